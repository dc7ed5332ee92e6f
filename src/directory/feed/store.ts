import { z } from "zod/v4";
import { join, key, split, type StoredRow, type Table, type Tables } from "../../tables.ts";
import { Service } from "../schema.ts";
import type { Validators } from "./download.ts";
import type { Fault } from "./record.ts";
import { nameMarked } from "./rules.ts";
import { Feed } from "./schema.ts";

/** A feed with the etag it was read with. */
export interface StoredFeed {
  readonly feed: Feed;
  readonly etag: string;
}

/** What is kept of one page of a reading. */
export interface StagedPage {
  /** Of every record that has one, taken or not. */
  readonly ids: readonly string[];
  /** Of those that are in the feed and of no use: closed for good, or without a way to get there. */
  readonly idle: readonly string[];
  /** Of those that are in the feed: a mark of the name, and the id. */
  readonly names: readonly string[];
  readonly faults: readonly Fault[];
  readonly page: PageNotes;
  /** None where the page has not changed since the reading before. */
  readonly services: readonly Service[];
}

/** What spares the next reading a page that has not changed. */
export const PageNotes = z.object({
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  records: z.number(),
  accepted: z.number(),
  refused: z.number(),
  mended: z.number(),
  total: z.number().optional(),
  isLast: z.boolean(),
});
export type PageNotes = z.infer<typeof PageNotes> & Validators;

const Faults = z.array(z.object({ id: z.string(), reason: z.string(), isRefused: z.boolean() }));
const FEED = "feed";
/** Characters of JSON in one row: well under a megabyte, and so is what is in memory at once. */
const LARGEST_ROW = 300_000;
/** Few enough to be in the directory between two stalls of the tables, or it is all done again. */
const MOST_IN_BATCH = 100;
const AT_ONCE = 8;

export type FeedStore = ReturnType<typeof createFeedStore>;

/**
 * Table `feeds`: partition `feed`, row feed: the feed with its reading, whose row says how far it
 * is. Table `feedpages`: partition feed and reading; rows `page`, number; `ids`, `idle`
 * and `names`, number, part;
 * `fault`, number, part: kept until the next reading is in the directory; or `fault`, `kept`, batch, part: what the directory did not take; and `batch`, number:
 * services put aside until this one is. A page is written before the feed's row counts it, so
 * whoever carries on writes it again, the same.
 */
export function createFeedStore(tables: Tables) {
  return {
    ...{ find, feedsOf, create, replace },
    ...{
      putKept,
      putPage,
      findPage,
      idsOfPage,
      idsOf,
      idleOfPage,
      idleOf,
      namesOfPage,
      namesOf,
      faultsOfPage,
      faultsOf,
      batch,
      clearBatches,
      clear,
    },
  };

  async function find(id: string): Promise<StoredFeed | undefined> {
    const row = await (await tables("feeds")).find(FEED, key(id));
    return row && { feed: readFeed(row), etag: row.etag };
  }

  async function feedsOf(committee: string): Promise<Feed[]> {
    const rows = await (await tables("feeds")).list(FEED);
    return rows
      .map(readFeed)
      .filter((feed) => feed.committee === committee && feed.reading?.state !== "removed");
  }

  async function create(feed: Feed): Promise<boolean> {
    return (await tables("feeds")).create(rowOf(feed));
  }

  /** False when somebody else was there first. */
  async function replace(feed: Feed, etag: string): Promise<boolean> {
    return (await tables("feeds")).replace(rowOf(feed), etag);
  }

  /**
   * Puts a page aside. Gives the number of rows of services, which are numbered from
   * `firstBatch` on.
   */
  async function putPage(
    { feed, run }: ReadingKey,
    number: number,
    firstBatch: number,
    { ids, idle, names, faults, page, services }: StagedPage,
  ): Promise<number> {
    const table = await tables("feedpages");
    const partitionKey = key(feed, run);
    const batches = inRows(services, MOST_IN_BATCH);
    const parts = [
      ...inRows(ids).map((part, at) => ({ name: key("ids", six(number), six(at)), part })),
      ...inRows(idle).map((part, at) => ({ name: key("idle", six(number), six(at)), part })),
      ...inRows(names).map((part, at) => ({ name: key("names", six(number), six(at)), part })),
      ...inRows(faults).map((part, at) => ({ name: key("fault", six(number), six(at)), part })),
      ...batches.map((part, at) => ({ name: key("batch", six(firstBatch + at)), part })),
      { name: key("page", six(number)), part: page },
    ];
    for (const { name, part } of parts)
      await table.put({ partitionKey, rowKey: name, ...split("json", JSON.stringify(part)) });
    return batches.length;
  }

  /** What the directory did not take of a batch. Written again it is the same. */
  async function putKept({ feed, run }: ReadingKey, number: number, faults: readonly Fault[]) {
    const table = await tables("feedpages");
    for (const [at, part] of inRows(faults).entries()) {
      const rowKey = key("fault", "kept", six(number), six(at));
      const json = split("json", JSON.stringify(part));
      await table.put({ partitionKey: key(feed, run), rowKey, ...json });
    }
  }

  async function findPage({ feed, run }: ReadingKey, number: number) {
    const row = await (await tables("feedpages")).find(key(feed, run), key("page", six(number)));
    return row && PageNotes.parse(jsonOf(row));
  }

  async function idsOfPage(reading: ReadingKey, number: number): Promise<string[]> {
    return listedIn(reading, key("ids", six(number)));
  }

  async function idleOfPage(reading: ReadingKey, number: number): Promise<string[]> {
    return listedIn(reading, key("idle", six(number)));
  }

  /** Of every id of a reading those that are of no use. */
  async function idleOf(reading: ReadingKey): Promise<Set<string>> {
    return new Set(await listedIn(reading, "idle"));
  }

  async function namesOfPage(reading: ReadingKey, number: number): Promise<string[]> {
    return listedIn(reading, key("names", six(number)));
  }

  /** The marks of every name of a reading, by the ids of what was taken, up to and with a page. */
  async function namesOf(reading: ReadingKey, until?: number): Promise<Map<string, string>> {
    return new Map((await listedIn(reading, "names", until)).map(nameMarked));
  }

  async function listedIn(
    { feed, run }: ReadingKey,
    name: string,
    until = Number.POSITIVE_INFINITY,
  ): Promise<string[]> {
    const rows = await (await tables("feedpages")).list(key(feed, run), { prefix: `${name}|` });
    return rows
      .filter((row) => numberIn(row) <= until)
      .flatMap((row) => z.array(z.string()).parse(jsonOf(row)));
  }

  /** Every id of a reading, up to and with a page. */
  async function idsOf(reading: ReadingKey, until?: number): Promise<Set<string>> {
    return new Set(await listedIn(reading, "ids", until));
  }

  async function faultsOfPage({ feed, run }: ReadingKey, number: number): Promise<Fault[]> {
    const rows = await (
      await tables("feedpages")
    ).list(key(feed, run), { prefix: `${key("fault", six(number))}|` });
    return rows.flatMap((row) => Faults.parse(jsonOf(row)));
  }

  /** The records that were not taken as they came, page by page. */
  async function faultsOf({ feed, run }: ReadingKey): Promise<Fault[]> {
    const rows = await (await tables("feedpages")).list(key(feed, run), { prefix: "fault|" });
    return rows.flatMap((row) => Faults.parse(jsonOf(row)));
  }

  async function batch({ feed, run }: ReadingKey, number: number): Promise<Service[]> {
    const row = await (await tables("feedpages")).find(key(feed, run), key("batch", six(number)));
    return row ? Service.array().parse(jsonOf(row)) : [];
  }

  async function clearBatches({ feed, run }: ReadingKey, count: number): Promise<void> {
    const names = Array.from({ length: count }, (_, at) => key("batch", six(at)));
    await removeAll(await tables("feedpages"), key(feed, run), names);
  }

  /** Clears away a whole reading. */
  async function clear({ feed, run }: ReadingKey, batches: number): Promise<void> {
    await clearBatches({ feed, run }, batches);
    const table = await tables("feedpages");
    for (const prefix of ["ids|", "idle|", "names|", "fault|", "page|"]) {
      const rows = await table.list(key(feed, run), { prefix });
      await removeAll(
        table,
        key(feed, run),
        rows.map(({ rowKey }) => rowKey),
      );
    }
  }
}

/** Which reading of which feed. */
export interface ReadingKey {
  readonly feed: string;
  readonly run: string;
}

async function removeAll(table: Table, partition: string, names: readonly string[]): Promise<void> {
  for (let at = 0; at < names.length; at += AT_ONCE)
    await Promise.all(names.slice(at, at + AT_ONCE).map((name) => table.remove(partition, name)));
}

function rowOf(feed: Feed) {
  const json = split("json", JSON.stringify(feed));
  return { partitionKey: FEED, rowKey: key(feed.id), ...json };
}

function readFeed(row: StoredRow): Feed {
  return Feed.parse(jsonOf(row));
}

function jsonOf(row: StoredRow): unknown {
  return JSON.parse(join("json", row));
}

function numberIn({ rowKey }: StoredRow): number {
  return Number(rowKey.split("|")[1]);
}

/** Parts that each fit a row. */
function inRows<Item>(items: readonly Item[], most = Number.POSITIVE_INFINITY): Item[][] {
  const parts: Item[][] = [];
  let size = LARGEST_ROW;
  for (const item of items) {
    const length = JSON.stringify(item).length;
    if (size + length > LARGEST_ROW || parts.at(-1)?.length === most) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(item);
    size += length;
  }
  return parts;
}

function six(number: number): string {
  return String(number).padStart(6, "0");
}
