import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { join, key, split, type Change, type Row, type StoredRow, type Table } from "../tables.ts";
import { isSafetyEntry } from "./safety.ts";
import type { Service } from "./schema.ts";

/** What became of a batch. */
export interface Upserted {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** What was left as it is, because the id is an entry's of another origin. */
  readonly kept: readonly { readonly id: string; readonly origin: string }[];
}

/** How many parts of the work on rows are under way at a time. */
export const READS_AT_ONCE = 25;
/** A transaction holds 4 MB, and a service's description can be long. */
const IN_TRANSACTION = 50;
const PAUSE_MS = 200;
/** So often is tried what somebody else was quicker with, or what a busy table did not do in time. */
export const TRIES = 5;
const SERVICE = "service";
/** Whoever writes the entries for emergencies and safeguarding: what ships with the product. */
const SHIPPED = "sample";

/** By the first digit of a hash: no partition is too long to be read in one list. */
export const PARTITIONS = "0123456789abcdef".split("").map((digit) => key(SERVICE, digit));

/** Tries again what a busy table did not do in time: writing the same twice is no change. */
export async function writeSome(
  table: Table,
  services: readonly Service[],
  how: { readonly origin: string; readonly isEmpty: boolean; readonly touched: Set<string> },
): Promise<Upserted> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const isEmpty = how.isEmpty && attempt === 1;
      const written = await tryWriting(table, services, { ...how, isEmpty });
      if (written) return written;
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
    if (attempt === TRIES)
      throw new Error("Services were changed by somebody else again and again");
    await setTimeout(PAUSE_MS * attempt);
  }
}

/** Into an empty directory it writes without asking what is there; a clash says that it was not. */
async function tryWriting(
  table: Table,
  services: readonly Service[],
  { origin, isEmpty, touched }: Parameters<typeof writeSome>[2],
): Promise<Upserted | undefined> {
  const rows = services.map((service) => rowOf(service, origin));
  const kept: { id: string; origin: string }[] = [];
  const stored = isEmpty
    ? []
    : await inSteps(rows, READS_AT_ONCE, ({ partitionKey, rowKey }) =>
        table.find(partitionKey, rowKey),
      );
  const counts = { added: 0, changed: 0, same: 0 };
  const changes = rows.flatMap((row, at): Change[] => {
    const service = services[at];
    const before = stored[at];
    if (!service) return [];
    const owner = ownerOf(service.id, before);
    if (owner !== undefined && owner !== origin) {
      kept.push({ id: service.id, origin: owner });
      return [];
    }
    if (before && !isRetired(before) && isSame(before, service)) {
      counts.same += 1;
      return [];
    }
    touched.add(service.id);
    counts[before && !isRetired(before) ? "changed" : "added"] += 1;
    return before ? [{ replace: row, etag: before.etag }] : [{ create: row }];
  });
  return changes.length === 0 || (await table.write(changes)) ? { ...counts, kept } : undefined;
}

/**
 * A row belongs to its origin for as long as it is in the directory. The routes out of danger are
 * nobody's but the product's own, whether they are there or not.
 */
function ownerOf(id: string, before: StoredRow | undefined): string | undefined {
  if (isSafetyEntry(id)) return SHIPPED;
  return before && !isRetired(before) ? String(before["origin"]) : undefined;
}

/** Whether an entry was taken out of what is found. Its row stays, and an import brings it back. */
export function isRetired(row: StoredRow): boolean {
  return row["retired"] === true;
}

/** A daily reading gives every service a new day on which it was copied: that alone is no change. */
function isSame(before: StoredRow, service: Service): boolean {
  return withoutDay(readService(before)) === withoutDay(service);
}

function withoutDay(service: Service): string {
  return JSON.stringify({ ...service, source: { ...service.source, retrieved: "" } });
}

/** Checked when it was written, and read 50,000 at a time: only its shape is trusted here. */
export function readService(row: StoredRow): Service {
  return JSON.parse(join("json", row)) as Service;
}

/** Somebody else may be quicker with a row, which is then another one. */
export async function retireOne(table: Table, id: string, origin: string): Promise<void> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const row = await table.find(...placeOf(id));
    if (row?.["origin"] !== origin || isRetired(row)) return;
    const retired = { ...rowOf(readService(row), origin), retired: true };
    if (await table.replace(retired, row.etag)) return;
  }
  throw new Error("A service was changed by somebody else again and again");
}

function rowOf(service: Service, origin: string): Row {
  const [partitionKey, rowKey] = placeOf(service.id);
  return { partitionKey, rowKey, origin, ...split("json", JSON.stringify(service)) };
}

/** The partition and the row of a service. */
export function placeOf(id: string): [string, string] {
  const digit = createHash("sha256").update(id).digest("hex").slice(0, 1);
  return [key(SERVICE, digit), key(id)];
}

export function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}

/** A transaction is in one partition. */
export function transactionsOf(services: readonly Service[]): Service[][] {
  const partitions = Map.groupBy(services, ({ id }) => placeOf(id)[0]);
  return [...partitions.values()].flatMap((some) => chunks(some, IN_TRANSACTION));
}

/** So many at a time, each group after the other. */
export async function inSteps<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(work))));
  return results;
}
