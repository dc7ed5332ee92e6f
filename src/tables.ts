import {
  RestError,
  type TableClient,
  TableServiceClient,
  type TransactionAction,
} from "@azure/data-tables";
import type { Settings } from "./config.ts";
import { measuredTable } from "./measured-table.ts";
import { BY_KEY, byIdentity, openClient, PATIENCE, type WayToAzure } from "./table-client.ts";
import { MIGRATIONS, upgraded, versionAfter, type Migration } from "./migrations/index.ts";

/** A row as it is written: its keys and plain values. */
export interface Row {
  partitionKey: string;
  rowKey: string;
  [property: string]: string | number | boolean | Uint8Array | undefined;
}

/** A row as it was read. Its shape is checked by the store that reads it. */
export interface StoredRow {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly etag: string;
  readonly [property: string]: unknown;
}

/** One write of a transaction. */
export type Change =
  | { readonly create: Row }
  | { readonly replace: Row; readonly etag: string }
  | { readonly remove: { readonly partitionKey: string; readonly rowKey: string } };

/** Partitions from one through another, as keys sort: the days of a week, the months of a year. */
interface Span {
  readonly from: string;
  readonly through: string;
}

/** Row keys that start with `prefix`, or that sort at or after `from`, or before `before`. */
interface Range {
  readonly prefix?: string;
  readonly from?: string;
  readonly before?: string;
}

/**
 * One Azure table. Every change of a shared row needs the etag it was read with: the SDK's own
 * calls leave it out by default, and then the last writer wins unseen.
 */
export interface Table {
  find(partition: string, row: string): Promise<StoredRow | undefined>;
  /** The rows of one partition in key order, or of a few side by side. Never a scan. */
  list(partition: string | Span, range?: Range): Promise<StoredRow[]>;
  /** False when there is such a row already. */
  create(row: Row): Promise<boolean>;
  /** False when somebody changed or removed the row since it was read. */
  replace(row: Row, etag: string): Promise<boolean>;
  /** Writes whatever is there. Only for rows that one writer owns. */
  put(row: Row): Promise<void>;
  /** All or nothing, in one partition. False when somebody was there first. */
  write(changes: readonly Change[]): Promise<boolean>;
  /**
   * A row that is gone already is no trouble. With an etag, false when somebody changed the row
   * since it was read, and then it stays.
   */
  remove(partition: string, row: string, etag?: string): Promise<boolean>;
}

/** Opens tables by name, creating those that are missing. */
export type Tables = (name: string) => Promise<Table>;

/** So many rows the service takes in one transaction. */
export const MOST_IN_TRANSACTION = 100;
/** How long a call may take, and a list, which can have several pages of a thousand rows. */
const IN_AZURE = { call: 1500, list: 3000 };
/** An emulator shares its machine with everything else that runs there. */
const ON_THIS_MACHINE = { call: 4000, list: 8000 };
/** What a token for the tables is for. */
const STORAGE = "https://storage.azure.com/.default";
const SEPARATOR = /[\u2028\u2029]/;
const SEPARATORS = /[\u2028\u2029]/g;
/** Just under the 32K characters that a string property holds. */
const CHUNK = 30_000;

/** The council's tables: by managed identity in Azure, by connection string on this machine. */
export function openTables(
  { tables }: Settings,
  way?: WayToAzure,
  migrations: readonly Migration[] = MIGRATIONS,
): Tables {
  const opened = new Map<string, Promise<Table>>();
  return (name) => {
    let table = opened.get(name);
    if (!table) {
      table = open(name);
      opened.set(name, table);
      // A store that was away at start may be back later: the failure is not kept.
      table.catch(() => opened.delete(name));
    }
    return table;
  };

  async function open(name: string): Promise<Table> {
    const client = await openClient({ tables }, name, PATIENCE, way);
    const longest = "connectionString" in tables ? ON_THIS_MACHINE : IN_AZURE;
    await client.createTable(within(longest.call));
    return measuredTable(name, tableOver(client, longest, versioned(name, migrations)));
  }
}

/** Gets a token for the tables, where one is needed. Throws when this machine has no identity. */
export async function signIn({ tables }: Settings): Promise<void> {
  if ("connectionString" in tables) return;
  const [credential] = await byIdentity();
  await credential.getToken(STORAGE);
}

/** The names of the tables that are there. Opens none of them, and so makes none. */
export async function listTableNames({ tables }: Settings, way?: WayToAzure): Promise<string[]> {
  const service =
    "connectionString" in tables
      ? TableServiceClient.fromConnectionString(tables.connectionString, BY_KEY)
      : new TableServiceClient(tables.endpoint, ...(await byIdentity(way)));
  const names: string[] = [];
  for await (const { name } of service.listTables(within(IN_AZURE.call)))
    if (name) names.push(name);
  return names;
}

/** The address of the table service, with no key in it. */
export function addressOf({ tables }: Settings): URL {
  const address =
    "endpoint" in tables
      ? tables.endpoint
      : TableServiceClient.fromConnectionString(tables.connectionString, BY_KEY).url;
  // Whatever was pasted with it, a signature for one, stays here.
  return Object.assign(new URL(address), { username: "", password: "", search: "", hash: "" });
}

/** The one place where rows get their version, and where those of an earlier one are read. */
function versioned(name: string, migrations: readonly Migration[]) {
  const v = versionAfter(migrations);
  return {
    asRow: (entity: object) => upgraded(asRow(entity), name, migrations),
    asEntity: (row: Row): Row => ({ ...withPlainLines(row), v }),
  };
}

/**
 * A line or paragraph separator of Unicode, which some pages and PDFs put into what is copied from
 * them, is a line like any other. The emulator answers 500 to a transaction that holds one.
 */
function withPlainLines(row: Row): Row {
  const mended = Object.entries(row).flatMap(([name, value]) =>
    typeof value === "string" && SEPARATOR.test(value)
      ? [[name, value.replaceAll(SEPARATORS, "\n")]]
      : [],
  );
  return { ...row, ...Object.fromEntries(mended) };
}

function tableOver(
  client: TableClient,
  longest: typeof IN_AZURE,
  { asRow, asEntity }: ReturnType<typeof versioned>,
): Table {
  const soon = () => within(longest.call);
  return {
    async find(partition, row) {
      try {
        return asRow(await client.getEntity(partition, row, soon()));
      } catch (error) {
        if (hasStatus(error, 404)) return undefined;
        throw error;
      }
    },
    async list(partition, range = {}) {
      const filter = `${partitionKeys(partition)}${rowKeys(range)}`;
      const rows: StoredRow[] = [];
      for await (const row of client.listEntities({
        queryOptions: { filter },
        ...within(longest.list),
      }))
        rows.push(asRow(row));
      return rows;
    },
    create: (row) => unless(409, client.createEntity(asEntity(row), soon())),
    replace: (row, etag) =>
      unless([404, 412], client.updateEntity(asEntity(row), "Replace", { etag, ...soon() })),
    async put(row) {
      await client.upsertEntity(asEntity(row), "Replace", soon());
    },
    write: (changes) =>
      unless(
        [409, 412],
        client.submitTransaction(
          changes.map((each) => asAction(each, asEntity)),
          soon(),
        ),
      ),
    async remove(partition, row, etag = "*") {
      try {
        return await unless(412, client.deleteEntity(partition, row, { etag, ...soon() }));
      } catch (error) {
        if (hasStatus(error, 404)) return true;
        throw error;
      }
    },
  };
}

/** Joins parts to a table key that sorts part by part. Forbidden characters are percent-encoded. */
export function key(...parts: string[]): string {
  // Half a character, which only a forged card can hold, has no place in an address.
  return parts.map((part) => encode(part.toWellFormed())).join("|");
}

/** Splits long text over properties `name0`, `name1` and so on: a property holds 32K characters. */
export function split(name: string, text: string): Record<string, string> {
  const chunks: Record<string, string> = {};
  let start = 0;
  for (let index = 0; index === 0 || start < text.length; index += 1) {
    let end = Math.min(start + CHUNK, text.length);
    // A chunk must not end between the two halves of a character such as an emoji.
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    chunks[`${name}${index}`] = text.slice(start, end);
    start = end;
  }
  return chunks;
}

/** Puts together what `split` took apart. */
export function join(name: string, row: StoredRow): string {
  let text = "";
  for (let index = 0; typeof row[`${name}${index}`] === "string"; index += 1)
    text += String(row[`${name}${index}`]);
  return text;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function encode(part: string): string {
  return part.replaceAll(
    // The service forbids / \ # ? and control characters in keys; % and | are this file's own.
    // oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
    /[/\\#?%|\u0000-\u001f\u007f-\u009f]/g,
    (character) => `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function partitionKeys(partition: string | Span): string {
  if (typeof partition === "string") return `PartitionKey eq ${quoted(partition)}`;
  const { from, through } = partition;
  return `PartitionKey ge ${quoted(from)} and PartitionKey le ${quoted(through)}`;
}

function rowKeys({ prefix = "", from = prefix, before = prefix && `${prefix}~` }: Range): string {
  const start = from ? ` and RowKey ge ${quoted(from)}` : "";
  // "~" sorts behind every character that `key` leaves in ASCII parts.
  return before ? `${start} and RowKey lt ${quoted(before)}` : start;
}

function within(milliseconds: number) {
  return { abortSignal: AbortSignal.timeout(milliseconds) };
}

async function unless(status: number | number[], work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (hasStatus(error, ...[status].flat())) return false;
    throw error;
  }
}

function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof RestError && statuses.includes(error.statusCode ?? 0);
}

function asAction(change: Change, asEntity: (row: Row) => Row): TransactionAction {
  if ("create" in change) return ["create", asEntity(change.create)];
  if ("remove" in change) return ["delete", change.remove];
  return ["update", asEntity(change.replace), "Replace", { etag: change.etag }];
}

function asRow(entity: object): StoredRow {
  // The service always gives keys and an etag; everything else is checked by its store.
  return entity as StoredRow;
}
