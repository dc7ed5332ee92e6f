import { randomUUID } from "node:crypto";
import type { Day } from "../calendar.ts";
import { key, type Tables } from "../tables.ts";
import { AuditEntry } from "./schema.ts";

export type AuditStore = ReturnType<typeof createAuditStore>;

/**
 * Table `audit`: partition committee and day, row time, count and a random part. Rows are only
 * ever created: nothing in the bot changes or removes one.
 */
export function createAuditStore(tables: Tables) {
  let count = 0;
  return { append, ofDay };

  async function append(committee: string, day: Day, entry: AuditEntry): Promise<void> {
    const table = await tables("audit");
    // The count keeps the order of what one replica did in the same millisecond.
    count += 1;
    const rowKey = key(entry.at, String(count).padStart(9, "0"), randomUUID().slice(0, 8));
    await table.create({ partitionKey: key(committee, day), rowKey, ...entry });
  }

  /** A day's entries, the newest first. */
  async function ofDay(committee: string, day: Day): Promise<AuditEntry[]> {
    const rows = await (await tables("audit")).list(key(committee, day));
    return rows.map((row) => AuditEntry.parse(row)).toReversed();
  }
}
