import type { Day, Month } from "../calendar.ts";
import { fewAtATime } from "../few-at-a-time.ts";
import { key, MOST_IN_TRANSACTION, type Row, type StoredRow, type Tables } from "../tables.ts";
import { Signpost } from "./schema.ts";

/** A record with the etag it was read with. */
export interface StoredSignpost {
  readonly signpost: Signpost;
  readonly etag: string;
}

export type SignpostStore = ReturnType<typeof createSignpostStore>;

/** Which form a reference was given to, and the month that its record is in. */
interface Claim {
  readonly reference: string;
  readonly month: Month;
  readonly operation: string;
}

/**
 * Table `signposts`. Partition committee, `month` and month holds the records by reference. Three
 * more find them: committee, `reference` (row reference) leads to the month; committee, `person`
 * and person (row date, reference) lists a worker's own; committee, `months` names the months
 * there are, with records or without. The reference is claimed first, so that every press of one
 * form writes the same record in the same month. Then comes the record, then what lists it: a stop
 * between them is mended by the next press of the same form, or by the daily job. While a month is
 * deleted, each record first becomes a row that holds only what found it; such a row is no record.
 */
export function createSignpostStore(tables: Tables) {
  const knownMonths = new Set<string>();
  return {
    ...{ claim, create, find, ofMonth, ofPerson, replace, mend },
    ...{ months, rememberMonth, removePage, forgetMonth },
  };

  /**
   * Gives a reference to a form, or the claim that is there already. A claim of a month that
   * `isCounted` and has no record yet is moved to the month that is wanted now.
   */
  async function claim(
    committee: string,
    wanted: Claim,
    isCounted: (month: Month) => boolean,
  ): Promise<Claim> {
    const table = await tables("signposts");
    const keys = { partitionKey: key(committee, "reference"), rowKey: key(wanted.reference) };
    await rememberMonth(committee, wanted.month);
    const row = { ...keys, month: wanted.month, operation: wanted.operation };
    if (await table.create(row)) return wanted;
    const there = await table.find(keys.partitionKey, keys.rowKey);
    if (!there) return claim(committee, wanted, isCounted);
    const found = {
      reference: wanted.reference,
      month: String(there["month"]),
      operation: String(there["operation"]),
    };
    if (found.operation !== wanted.operation || !isCounted(found.month)) return found;
    if (await find(committee, wanted.reference)) return found;
    return (await table.replace(row, there.etag)) ? wanted : claim(committee, wanted, isCounted);
  }

  /** The record as it is in the table. Another one when the reference is taken. */
  async function create(committee: string, signpost: Signpost): Promise<Signpost> {
    const table = await tables("signposts");
    await rememberMonth(committee, signpost.month);
    const { record: row } = rowsOf(committee, signpost);
    if (!(await table.create(row))) {
      const there = await table.find(row.partitionKey, row.rowKey);
      if (there && !isGone(there)) return asSignpost(there).signpost;
    }
    return signpost;
  }

  /** Writes what finds a record, where it is missing. */
  async function mend(committee: string, signpost: Signpost): Promise<void> {
    const table = await tables("signposts");
    const { ofReference, ofPerson: own } = rowsOf(committee, signpost);
    await Promise.all([table.create(ofReference), table.create(own)]);
  }

  async function find(committee: string, reference: string): Promise<StoredSignpost | undefined> {
    const table = await tables("signposts");
    const pointer = await table.find(key(committee, "reference"), key(reference));
    if (!pointer) return undefined;
    const row = await table.find(monthKey(committee, String(pointer["month"])), key(reference));
    return row && !isGone(row) ? asSignpost(row) : undefined;
  }

  async function ofMonth(committee: string, month: Month): Promise<Signpost[]> {
    const rows = await (await tables("signposts")).list(monthKey(committee, month));
    return rows.filter((row) => !isGone(row)).map((row) => asSignpost(row).signpost);
  }

  /** A worker's own, dated on or after a day, the newest first. */
  async function ofPerson(committee: string, person: string, from: Day): Promise<Signpost[]> {
    const table = await tables("signposts");
    const pointers = await table.list(key(committee, "person", person), { from });
    const rows = await Promise.all(
      pointers
        .toSorted(newestFirst)
        .map(({ rowKey, month }) =>
          table.find(monthKey(committee, String(month)), rowKey.split("|")[1] ?? ""),
        ),
    );
    return rows.flatMap((row) => (row && !isGone(row) ? [asSignpost(row).signpost] : []));
  }

  /** False when it was changed since it was read. */
  async function replace(committee: string, signpost: Signpost, etag: string): Promise<boolean> {
    return (await tables("signposts")).replace(rowsOf(committee, signpost).record, etag);
  }

  /** The months that are kept, the earliest first. */
  async function months(committee: string): Promise<Month[]> {
    const rows = await (await tables("signposts")).list(key(committee, "months"));
    return rows.map(({ rowKey }) => rowKey);
  }

  /**
   * Deletes up to a hundred records of a month, and gives whether there was one. First they become
   * rows that are no record, in one transaction, then what lists them goes, then these rows. A run
   * that stops anywhere leaves each record whole or gone, and the next one finishes.
   */
  async function removePage(committee: string, month: Month): Promise<boolean> {
    const table = await tables("signposts");
    const rows = await table.list(monthKey(committee, month));
    const page = rows.slice(0, MOST_IN_TRANSACTION);
    if (page.length === 0) return false;
    const left = page.filter((row) => !isGone(row));
    if (left.length > 0) {
      const emptied = left.map((row) => ({ replace: asGone(row), etag: row.etag }));
      // Somebody followed one up just now: the next page begins with the same ones.
      if (!(await table.write(emptied))) return true;
    }
    await fewAtATime(
      page.flatMap(({ rowKey, by, date }) => [
        () => table.remove(key(committee, "person", String(by)), key(String(date), rowKey)),
        () => table.remove(key(committee, "reference"), rowKey),
      ]),
    );
    await table.write(
      page.map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } })),
    );
    return true;
  }

  /** With the claims that no record followed. */
  async function forgetMonth(committee: string, month: Month): Promise<void> {
    const table = await tables("signposts");
    for (const { partitionKey, rowKey, month: claimed } of await table.list(
      key(committee, "reference"),
    ))
      if (claimed === month) await table.remove(partitionKey, rowKey);
    await table.remove(key(committee, "months"), month);
    knownMonths.delete(key(committee, month));
  }

  /** Named before its first record is written, so that none outlives its time unseen. */
  async function rememberMonth(committee: string, month: Month): Promise<void> {
    const known = key(committee, month);
    if (knownMonths.has(known)) return;
    const table = await tables("signposts");
    await table.create({ partitionKey: key(committee, "months"), rowKey: month });
    knownMonths.add(known);
  }
}

/** By the day, and within it by when it was written: a reference says nothing of that. */
function newestFirst(a: StoredRow, b: StoredRow): number {
  return whenOf(b).localeCompare(whenOf(a));
}

function whenOf({ rowKey, timestamp }: StoredRow): string {
  return `${rowKey.split("|")[0]} ${String(timestamp)}`;
}

function monthKey(committee: string, month: Month): string {
  return key(committee, "month", month);
}

/** A record as a row, and the two rows that find it: by its reference, and among a worker's own. */
export function rowsOf(committee: string, { details, routes, ...rest }: Signpost) {
  const { reference, month, operation, by, date } = rest;
  const record: Row = {
    ...{ partitionKey: monthKey(committee, month), rowKey: key(reference), ...rest },
    ...{ details: details.join(), routes: routes.join() },
  };
  const ofReference: Row = {
    ...{ partitionKey: key(committee, "reference"), rowKey: key(reference), month, operation },
  };
  const ofPerson: Row = {
    ...{ partitionKey: key(committee, "person", by), rowKey: key(date, reference), month },
  };
  return { record, ofReference, ofPerson };
}

/** What is left of a record while it is deleted. */
function asGone({ partitionKey, rowKey, by, date }: StoredRow): Row {
  return { partitionKey, rowKey, by: String(by), date: String(date), isGone: true };
}

function isGone(row: StoredRow): boolean {
  return row["isGone"] === true;
}

function asSignpost(row: StoredRow): StoredSignpost {
  const list = (name: string) => String(row[name]).split(",").filter(Boolean);
  const signpost = Signpost.parse({ ...row, details: list("details"), routes: list("routes") });
  return { signpost, etag: row.etag };
}
