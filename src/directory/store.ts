import { createHash, randomUUID } from "node:crypto";
import { join, key, split, type Row, type StoredRow, type Table, type Tables } from "../tables.ts";
import { Correction, type Service } from "./schema.ts";

/** What became of a batch. */
export interface Upserted {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
}

/** Which services are other than a version had them; undefined when it is too long ago to say. */
export interface Changes {
  readonly version: number;
  readonly ids: readonly string[] | undefined;
}

export type ServiceStore = ReturnType<typeof createServiceStore>;

const SERVICE = "service";
const VERSION = "version";
const CORRECTION = "correction";
/** Row keys begin with two digits of a hash: 16 ranges are read side by side. */
const RANGES = "0123456789abcdef".split("");
/** A transaction holds 4 MB, and a service's description can be long. */
const IN_TRANSACTION = 50;
const READS_AT_ONCE = 25;
/** So many changes are remembered. A replica that missed more reads everything again. */
const REMEMBERED_CHANGES = 500;
/** Above this, reading everything is quicker than reading each. */
const MOST_SINGLE_READS = 2000;
const TRIES = 5;

/**
 * Table `services`: partition `service`, row two digits of a hash and the service's id; partition
 * `correction`, row id: what this council knows better, which wins over what any feed says;
 * partition `version`, row `now`, which changes once per batch, rows `change|000000012`, the ids
 * that each batch changed, and rows `open|…`, batches under way: after a stop half-way their ids
 * are announced again, because nobody can tell which of them were written.
 */
export function createServiceStore(tables: Tables) {
  return {
    upsert,
    retire,
    find,
    readAll,
    version,
    changesSince,
    correct,
    correctionOf,
    announceOpen,
  };

  /** Writes services of one origin (a feed's name, `sample`, `local`). The same again is no change. */
  async function upsert(all: readonly Service[], origin: string): Promise<Upserted> {
    const table = await tables("services");
    // A feed can name a service twice; a transaction cannot.
    const services = [...new Map(all.map((service) => [service.id, service])).values()];
    const isEmpty = (await table.find(VERSION, "now")) === undefined;
    const open = await begin(
      table,
      services.map(({ id }) => id),
    );
    const counts = { added: 0, changed: 0, same: 0 };
    const written: string[] = [];
    for (let from = 0; from < services.length; from += IN_TRANSACTION) {
      const outcome = await writeSome(table, services.slice(from, from + IN_TRANSACTION), {
        origin,
        isEmpty,
      });
      counts.added += outcome.added.length;
      counts.changed += outcome.changed.length;
      counts.same += outcome.same;
      written.push(...outcome.added, ...outcome.changed);
    }
    await announce(table, written);
    await table.remove(VERSION, open);
    return counts;
  }

  /** Takes services of an origin out of the directory. Another origin's stay. */
  async function retire(ids: readonly string[], origin: string): Promise<void> {
    const table = await tables("services");
    const open = await begin(table, ids);
    await inSteps(ids, async (id) => {
      const row = await table.find(SERVICE, rowKeyOf(id));
      if (row?.["origin"] === origin) await table.remove(SERVICE, row.rowKey, row.etag);
    });
    await announce(table, ids);
    await table.remove(VERSION, open);
  }

  /** A service with this council's corrections. */
  async function find(id: string): Promise<Service | undefined> {
    const table = await tables("services");
    const [row, correction] = await Promise.all([
      table.find(SERVICE, rowKeyOf(id)),
      correctionOf(id),
    ]);
    return row && corrected(readService(row), correction?.fields);
  }

  /** Every service with its corrections, in batches as they are read. */
  async function readAll(take: (services: Service[]) => Promise<void>): Promise<void> {
    const table = await tables("services");
    const corrections = new Map(
      (await table.list(CORRECTION)).map((row) => [String(row["service"]), readCorrection(row)]),
    );
    await Promise.all(
      RANGES.map(async (range) => {
        const rows = await table.list(SERVICE, { prefix: range });
        await take(
          rows.map((row) => {
            const service = readService(row);
            return corrected(service, corrections.get(service.id));
          }),
        );
      }),
    );
  }

  /** Counts the batches. Every replica compares it with the one that it has read. */
  async function version(): Promise<number> {
    const row = await (await tables("services")).find(VERSION, "now");
    return Number(row?.["number"] ?? 0);
  }

  /** The ids that changed after a version, in the version that is current now. */
  async function changesSince(known: number): Promise<Changes> {
    const current = await version();
    if (current === known) return { version: current, ids: [] };
    const rows = await (await tables("services")).list(VERSION, { from: changeKey(known + 1) });
    const changes = rows.filter(({ rowKey }) => rowKey.startsWith("change|"));
    const ids = [...new Set(changes.flatMap((row) => idsOf(row)))];
    const isWhole = changes[0]?.rowKey === changeKey(known + 1) && ids.length <= MOST_SINGLE_READS;
    return { version: current, ids: isWhole ? ids : undefined };
  }

  /** This council's corrections of a service, with the etag they were read with. */
  async function correctionOf(id: string) {
    const row = await (await tables("services")).find(CORRECTION, key(id));
    return row && { fields: readCorrection(row), etag: row.etag };
  }

  /** Adds to the corrections of a service. The newest wins for each field. */
  async function correct(id: string, fields: Correction): Promise<void> {
    const table = await tables("services");
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const before = await correctionOf(id);
      const row = {
        ...{ partitionKey: CORRECTION, rowKey: key(id), service: id },
        ...split("json", JSON.stringify({ ...before?.fields, ...fields })),
      };
      const isWritten = before ? await table.replace(row, before.etag) : await table.create(row);
      if (isWritten) return announce(table, [id]);
    }
    throw new Error("A correction was changed by somebody else again and again");
  }

  /** Announces the batches that a stop left half-way. One that is still under way loses nothing. */
  async function announceOpen(): Promise<void> {
    const table = await tables("services");
    for (const row of await table.list(VERSION, { prefix: "open|" })) {
      await announce(table, idsOf(row));
      await table.remove(VERSION, row.rowKey);
    }
  }
}

/** A service as this council shows it: what it knows better wins over what the feed says. */
function corrected(service: Service, fields?: Correction): Service {
  return fields ? { ...service, ...fields } : service;
}

function rowOf(service: Service, origin: string): Row {
  const json = split("json", JSON.stringify(service));
  return { partitionKey: SERVICE, rowKey: rowKeyOf(service.id), origin, ...json };
}

function rowKeyOf(id: string): string {
  return key(createHash("sha256").update(id).digest("hex").slice(0, 2), id);
}

function changeKey(number: number): string {
  return key("change", String(number).padStart(9, "0"));
}

/** Checked when it was written, and read 50,000 at a time: only its shape is trusted here. */
function readService(row: StoredRow): Service {
  return JSON.parse(join("json", row)) as Service;
}

function readCorrection(row: StoredRow): Correction {
  return Correction.parse(JSON.parse(join("json", row)));
}

function idsOf(row: StoredRow): string[] {
  const ids: unknown = JSON.parse(join("ids", row));
  return Array.isArray(ids) ? ids.map(String) : [];
}

async function inSteps<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += READS_AT_ONCE)
    results.push(...(await Promise.all(items.slice(from, from + READS_AT_ONCE).map(work))));
  return results;
}

/** Into an empty directory it writes without asking what is there; a clash says that it was not. */
async function writeSome(
  table: Table,
  services: readonly Service[],
  { origin, isEmpty }: { readonly origin: string; readonly isEmpty: boolean },
) {
  const rows = services.map((service) => rowOf(service, origin));
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const stored =
      isEmpty && attempt === 1
        ? []
        : await inSteps(rows, ({ rowKey }) => table.find(SERVICE, rowKey));
    const isSame = (index: number) => {
      const before = stored[index];
      return (
        before?.["origin"] === origin && join("json", before) === JSON.stringify(services[index])
      );
    };
    const others = rows.map((row, index) => ({ row, index })).filter(({ index }) => !isSame(index));
    const changes = others.map(({ row, index }) => {
      const etag = stored[index]?.etag;
      return etag ? { replace: row, etag } : { create: row };
    });
    if (changes.length > 0 && !(await table.write(changes))) continue;
    const ids = (isNew: boolean) =>
      others.flatMap(({ index }) =>
        (stored[index] === undefined) === isNew ? (services[index]?.id ?? []) : [],
      );
    return { added: ids(true), changed: ids(false), same: rows.length - others.length };
  }
  throw new Error("Services were changed by somebody else again and again");
}

async function begin(table: Table, ids: readonly string[]): Promise<string> {
  const rowKey = key("open", randomUUID());
  await table.create({ partitionKey: VERSION, rowKey, ...split("ids", JSON.stringify(ids)) });
  return rowKey;
}

async function announce(table: Table, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (let attempt = 1; attempt <= TRIES * 2; attempt += 1) {
    const before = await table.find(VERSION, "now");
    const number = Number(before?.["number"] ?? 0) + 1;
    const now = { partitionKey: VERSION, rowKey: "now", number };
    const change = {
      ...{ partitionKey: VERSION, rowKey: changeKey(number) },
      ...split("ids", JSON.stringify(ids)),
    };
    const first = before ? { replace: now, etag: before.etag } : { create: now };
    if (!(await table.write([first, { create: change }]))) continue;
    if (number > REMEMBERED_CHANGES)
      await table.remove(VERSION, changeKey(number - REMEMBERED_CHANGES));
    return;
  }
  throw new Error("The directory's version was changed by somebody else again and again");
}
