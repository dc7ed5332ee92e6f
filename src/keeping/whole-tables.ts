import { createHash } from "node:crypto";
import {
  RestError,
  type TableClient,
  type TableEntity,
  type TransactionAction,
} from "@azure/data-tables";
import type { Settings } from "../config.ts";
import { asEntity, linesOf, partitionOf } from "./row-line.ts";
import { openClient } from "../table-client.ts";
import { listTableNames } from "../tables.ts";

/** A row as a line of a backup, and by what it can be told whether it has changed. */
export interface WholeRow {
  readonly partition: string;
  readonly etag: string;
  /** See row-line.ts. */
  readonly line: string;
}

/** What the service gives at one moment: a thousand rows at most. */
interface Page {
  readonly rows: readonly WholeRow[];
  /** Where to go on. Undefined behind the last row. */
  readonly next: string | undefined;
}

/** Rows of one partition that did, or did not, stand still while they were read. */
interface Partition {
  readonly name: string;
  readonly lines: () => AsyncIterable<string> | Iterable<string>;
  readonly rows: number;
  /** True when somebody changed it each time it was read. */
  readonly moved: boolean;
}

/** What is kept of a partition that is too large for one page until it is known to be whole. */
export interface Spool {
  write(lines: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  lines(): AsyncIterable<string>;
}

export type WholeTables = ReturnType<typeof openWholeTables>;

/** Nobody waits for it, so a slow service is waited for. */
const LONGEST_CALL_MS = 60_000;
const PATIENCE = { maxRetries: 6, retryDelayInMs: 500, maxRetryDelayInMs: 10_000 };
/** A partition that changed each time it was read is taken as it was the last time. */
const MOST_READINGS = 4;
const KEYS = ["partitionKey", "rowKey"];

/**
 * The tables as a whole, for those who keep and move them. It reads every row there is, so no
 * person may wait for it.
 */
export function openWholeTables(settings: Settings) {
  const opened = new Map<string, Promise<TableClient>>();
  return { names, partitions, lines, create, fill, isEmpty, checksum };

  /** In the order of the alphabet, so that two runs agree. */
  async function names(): Promise<string[]> {
    return (await listTableNames(settings)).toSorted();
  }

  /**
   * The partitions of a table that come behind `after`, each as it stood at one moment. One that
   * fits on a page comes from one request; a larger one is read until its etags before and after
   * are the same.
   */
  async function* partitions(
    table: string,
    spool: Spool,
    after?: string,
  ): AsyncGenerator<Partition> {
    let last = after;
    for (;;) {
      const { rows, next } = await someRows(table, last);
      const whole = [...Map.groupBy(rows, ({ partition }) => partition)];
      const cut = next === undefined ? undefined : whole.pop()?.[0];
      for (const [name, its] of whole) yield inOnePage(name, its);
      if (cut === undefined) return;
      yield await settled(table, cut, spool);
      last = cut;
    }
  }

  /** A page may be empty and still not be the last one. */
  async function someRows(table: string, after: string | undefined): Promise<Page> {
    const filter = after === undefined ? "" : `PartitionKey gt ${quoted(after)}`;
    let { rows, next } = await page(table, { filter });
    while (rows.length === 0 && next !== undefined)
      ({ rows, next } = await page(table, { filter, from: next }));
    return { rows, next };
  }

  async function settled(table: string, partition: string, spool: Spool): Promise<Partition> {
    for (let reading = 1; ; reading += 1) {
      const before = await fingerprint(table, partition);
      await spool.clear();
      const hash = createHash("sha256");
      let count = 0;
      for await (const rows of pages(table, partition)) {
        for (const { etag } of rows) hash.update(`${etag}\n`);
        count += rows.length;
        await spool.write(rows.map(({ line }) => line));
      }
      const moved = hash.digest("hex") !== before;
      if (!moved || reading === MOST_READINGS)
        return { name: partition, lines: () => spool.lines(), rows: count, moved };
    }
  }

  /** An etag is new with each write, so equal ones in equal order are equal rows. */
  async function fingerprint(table: string, partition: string): Promise<string> {
    const hash = createHash("sha256");
    for await (const rows of pages(table, partition, KEYS))
      for (const { etag } of rows) hash.update(`${etag}\n`);
    return hash.digest("hex");
  }

  async function* pages(table: string, partition: string, select?: string[]) {
    const filter = `PartitionKey eq ${quoted(partition)}`;
    let from: string | undefined;
    do {
      const { rows, next } = await page(table, { filter, from, select });
      yield rows;
      from = next;
    } while (from !== undefined);
  }

  async function page(
    table: string,
    {
      filter,
      from,
      select,
    }: { filter: string; from?: string | undefined; select?: string[] | undefined },
  ): Promise<Page> {
    const client = await clientOf(table);
    let body = "";
    const asked = client.listEntities({
      queryOptions: { ...(filter && { filter }), ...(select && { select }) },
      ...soon(),
      // The SDK takes 5.0 for a whole number, so the rows are read from the answer itself.
      onResponse: ({ bodyAsText }) => void (body = bodyAsText ?? ""),
    });
    for await (const read of asked.byPage(from === undefined ? {} : { continuationToken: from }))
      // The SDK sets the token on the page, and its type does not say so.
      return {
        rows: linesOf(body),
        next: (read as { continuationToken?: string }).continuationToken,
      };
    return { rows: [], next: undefined };
  }

  async function isEmpty(table: string): Promise<boolean> {
    return (await someRows(table, undefined)).rows.length === 0;
  }

  /** How many rows a table has, and the checksum over them in the order of their keys. */
  async function checksum(table: string): Promise<{ rows: number; sha256: string }> {
    const hash = createHash("sha256");
    let count = 0;
    for await (const line of lines(table)) {
      hash.update(`${line}\n`);
      count += 1;
    }
    return { rows: count, sha256: hash.digest("hex") };
  }

  /** Every row of a table, in the order of their keys, while others may change them. */
  async function* lines(table: string): AsyncGenerator<string> {
    let from: string | undefined;
    do {
      const { rows, next } = await page(table, { filter: "", from });
      for (const { line } of rows) yield line;
      from = next;
    } while (from !== undefined);
  }

  /** A table without rows is a part of the store too. */
  async function create(table: string): Promise<void> {
    await clientOf(table);
  }

  /**
   * Writes new rows of one partition, a hundred at most, in one transaction. False when one of
   * them is there already; with `isAgain` it is written over.
   */
  async function fill(table: string, lines: readonly string[], isAgain: boolean): Promise<boolean> {
    const client = await clientOf(table);
    const [entity, ...others] = lines.map(asEntity);
    try {
      if (!entity) return true;
      if (others.length > 0)
        await client.submitTransaction([entity, ...others].map(asAction), soon());
      else if (isAgain) await client.upsertEntity(entity, "Replace", soon());
      else await client.createEntity(entity, soon());
      return true;
    } catch (error) {
      if (error instanceof RestError && error.statusCode === 409) return false;
      throw error;
    }

    function asAction(each: TableEntity): TransactionAction {
      return isAgain ? ["upsert", each, "Replace"] : ["create", each];
    }
  }

  function clientOf(table: string): Promise<TableClient> {
    let client = opened.get(table);
    if (!client) {
      client = open(table);
      opened.set(table, client);
    }
    return client;
  }

  async function open(table: string): Promise<TableClient> {
    const client = await openClient(settings, table, PATIENCE);
    await client.createTable(soon());
    return client;
  }
}

function inOnePage(name: string, rows: readonly WholeRow[]): Partition {
  const lines = rows.map(({ line }) => line);
  return { name, lines: () => lines, rows: lines.length, moved: false };
}

/** Lines in transactions: rows of one partition, so many and so long as the service takes. */
export function* transactionsOf(
  lines: readonly string[],
  most: { readonly rows: number; readonly characters: number },
): Generator<string[]> {
  let batch: string[] = [];
  let length = 0;
  for (const line of lines) {
    const [first] = batch;
    const isFull =
      batch.length === most.rows ||
      length + line.length > most.characters ||
      (first !== undefined && partitionOf(first) !== partitionOf(line));
    if (batch.length > 0 && isFull) {
      yield batch;
      batch = [];
      length = 0;
    }
    batch.push(line);
    length += line.length;
  }
  if (batch.length > 0) yield batch;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function soon() {
  return { abortSignal: AbortSignal.timeout(LONGEST_CALL_MS) };
}
