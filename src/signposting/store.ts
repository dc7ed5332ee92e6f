import type { Day, Month } from "../calendar.ts";
import { key, MOST_IN_TRANSACTION, type Row, type StoredRow, type Tables } from "../tables.ts";
import { Signpost } from "./schema.ts";

/** A record with the etag it was read with. */
export interface StoredSignpost {
  readonly signpost: Signpost;
  readonly etag: string;
}

export type SignpostStore = ReturnType<typeof createSignpostStore>;

/**
 * Table `signposts`. Partition committee, `month` and month holds the records by reference. Three
 * more find them: committee, `reference` (row reference) leads to the month; committee, `person`
 * and person (row date, reference) lists a worker's own; committee, `months` names the months
 * there are. The record is written first, then what finds it: a stop between them is mended by
 * the next press of the same form, or by the daily job.
 */
export function createSignpostStore(tables: Tables) {
  const knownMonths = new Set<string>();
  return { create, find, ofMonth, ofPerson, replace, mend, months, removePage, forgetMonth };

  /** The record as it is in the table. Another one when the reference is taken. */
  async function create(committee: string, signpost: Signpost): Promise<Signpost> {
    const table = await tables("signposts");
    await rememberMonth(committee, signpost.month);
    const row = asRow(committee, signpost);
    if (!(await table.create(row))) {
      const there = await table.find(row.partitionKey, row.rowKey);
      if (there) return asSignpost(there).signpost;
    }
    return signpost;
  }

  /** Writes what finds a record, where it is missing. */
  async function mend(committee: string, { reference, month, by, date }: Signpost): Promise<void> {
    const table = await tables("signposts");
    await Promise.all([
      table.create({ partitionKey: key(committee, "reference"), rowKey: key(reference), month }),
      table.create({
        partitionKey: key(committee, "person", by),
        rowKey: key(date, reference),
        month,
      }),
    ]);
  }

  async function find(committee: string, reference: string): Promise<StoredSignpost | undefined> {
    const table = await tables("signposts");
    const pointer = await table.find(key(committee, "reference"), key(reference));
    if (!pointer) return undefined;
    const row = await table.find(monthKey(committee, String(pointer["month"])), key(reference));
    return row && asSignpost(row);
  }

  async function ofMonth(committee: string, month: Month): Promise<Signpost[]> {
    const rows = await (await tables("signposts")).list(monthKey(committee, month));
    return rows.map((row) => asSignpost(row).signpost);
  }

  /** A worker's own, dated on or after a day, the newest first. */
  async function ofPerson(committee: string, person: string, from: Day): Promise<Signpost[]> {
    const table = await tables("signposts");
    const pointers = await table.list(key(committee, "person", person), { from });
    const rows = await Promise.all(
      pointers.map(({ rowKey, month }) =>
        table.find(monthKey(committee, String(month)), rowKey.split("|")[1] ?? ""),
      ),
    );
    return rows.flatMap((row) => (row ? [asSignpost(row).signpost] : [])).toReversed();
  }

  /** False when it was changed since it was read. */
  async function replace(committee: string, signpost: Signpost, etag: string): Promise<boolean> {
    return (await tables("signposts")).replace(asRow(committee, signpost), etag);
  }

  /** The months that have records, the earliest first. */
  async function months(committee: string): Promise<Month[]> {
    const rows = await (await tables("signposts")).list(key(committee, "months"));
    return rows.map(({ rowKey }) => rowKey);
  }

  /**
   * Deletes up to a hundred records of a month: first what finds them, then the records in one
   * transaction, so that a run that stops half-way loses sight of nothing. Gives how many.
   */
  async function removePage(committee: string, month: Month): Promise<number> {
    const table = await tables("signposts");
    const rows = await table.list(monthKey(committee, month));
    const page = rows.slice(0, MOST_IN_TRANSACTION);
    for (const { signpost } of page.map(asSignpost)) {
      const { by, date, reference } = signpost;
      await table.remove(key(committee, "person", by), key(date, reference));
      await table.remove(key(committee, "reference"), key(reference));
    }
    if (page.length > 0)
      await table.write(
        page.map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } })),
      );
    return page.length;
  }

  async function forgetMonth(committee: string, month: Month): Promise<void> {
    await (await tables("signposts")).remove(key(committee, "months"), month);
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

function monthKey(committee: string, month: Month): string {
  return key(committee, "month", month);
}

function asRow(committee: string, { details, routes, ...rest }: Signpost): Row {
  const keys = { partitionKey: monthKey(committee, rest.month), rowKey: key(rest.reference) };
  return { ...keys, ...rest, details: details.join(), routes: routes.join() };
}

function asSignpost(row: StoredRow): StoredSignpost {
  const list = (name: string) => String(row[name]).split(",").filter(Boolean);
  const signpost = Signpost.parse({ ...row, details: list("details"), routes: list("routes") });
  return { signpost, etag: row.etag };
}
