import { z } from "zod/v4";
import type { Month } from "../calendar.ts";
import { join, key, split, type Tables } from "../tables.ts";
import { MonthCounts, Route } from "./schema.ts";

export type CountStore = ReturnType<typeof createCountStore>;

/**
 * Table `signpostcounts`. Partition committee, row month: a month's numbers, created once and never
 * changed. Partition committee and `routes`, row month: the routes that were on offer in it.
 */
export function createCountStore(tables: Tables) {
  return { find, create, routesIn, keepRoutes };

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

  /** Empty for a month of which none were kept. */
  async function routesIn(committee: string, month: Month): Promise<Route[]> {
    const row = await (await tables("signpostcounts")).find(key(committee, "routes"), month);
    return row ? z.array(Route).parse(JSON.parse(join("routes", row))) : [];
  }

  /** Once more when another replica was there first. */
  async function keepRoutes(
    committee: string,
    month: Month,
    how: (kept: readonly Route[]) => readonly Route[],
  ): Promise<void> {
    const table = await tables("signpostcounts");
    const keys = { partitionKey: key(committee, "routes"), rowKey: month };
    const found = await table.find(keys.partitionKey, keys.rowKey);
    const before = found ? join("routes", found) : "";
    const after = JSON.stringify(how(z.array(Route).parse(JSON.parse(before || "[]"))));
    if (after === before) return;
    const row = { ...keys, ...split("routes", after) };
    const isWritten = found ? await table.replace(row, found.etag) : await table.create(row);
    if (!isWritten) await keepRoutes(committee, month, how);
  }
}
