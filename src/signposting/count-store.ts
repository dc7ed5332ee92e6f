import type { Month } from "../calendar.ts";
import { key, type Tables } from "../tables.ts";
import { MonthCounts } from "./schema.ts";

export type CountStore = ReturnType<typeof createCountStore>;

/** Table `signpostcounts`: partition committee, row month. Rows are created once and never changed. */
export function createCountStore(tables: Tables) {
  return { find, create, months };

  async function find(committee: string, month: Month): Promise<MonthCounts | undefined> {
    const row = await (await tables("signpostcounts")).find(key(committee), month);
    return row && MonthCounts.parse(JSON.parse(String(row["counts"])));
  }

  /** The numbers as they are in the table: those of whoever came first. */
  async function create(
    committee: string,
    month: Month,
    counts: MonthCounts,
  ): Promise<MonthCounts> {
    const table = await tables("signpostcounts");
    const row = { partitionKey: key(committee), rowKey: month, counts: JSON.stringify(counts) };
    if (await table.create(row)) return counts;
    return (await find(committee, month)) ?? counts;
  }

  /** The months that have numbers: a dozen a year. */
  async function months(committee: string): Promise<Month[]> {
    return (await (await tables("signpostcounts")).list(key(committee))).map(
      ({ rowKey }) => rowKey,
    );
  }
}
