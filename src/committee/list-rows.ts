import { randomUUID } from "node:crypto";
import { z } from "zod/v4";
import { addDays, type Day } from "../calendar.ts";
import { join, key, split, type StoredRow, type Tables } from "../tables.ts";
import type { Seen } from "./import-plan.ts";

/** A row holds a megabyte, and a character can be two bytes. */
const PIECE = 240_000;
/** A list whose Import was not pressed is taken away on one of the days after. */
const DAYS_SWEPT = 7;

/** A list put aside for its preview: none of it is in the committee's records. */
export interface PutAside {
  readonly kind: string;
  readonly text: string;
  /** What its preview saw: an import writes nothing over what came later. */
  readonly seen: Seen;
  /** The names of the records that it would write. Lists of an earlier version do not say. */
  readonly toWrite?: readonly string[] | undefined;
  /** The Entra object id of whoever sent it. */
  readonly by: string;
}

/** What an import did. */
const Imported = z.object({
  written: z.int(),
  /** What was not written because somebody changed it since the preview, the first of them. */
  leftOut: z.array(z.string()),
  countLeftOut: z.int(),
});
export type Imported = Readonly<z.infer<typeof Imported>>;

const Content = z.object({
  text: z.string(),
  seen: z.record(z.string(), z.string()),
  toWrite: z.array(z.string()).optional(),
});
/** Sorts behind the pieces of the same list. */
const IMPORTED = "imported";

/**
 * Table `lists`: partition committee and day, row list and piece, and list and
 * `imported` with what the import did. A card holds 28 KB and a list
 * can be longer, so the button of a preview names the list. The day is in the partition so that old
 * lists are taken away without a scan.
 */
export function listRows(tables: Tables) {
  return { putAside, findList, markImported, sweepLists };

  /** Gives the name by which it is found again. */
  async function putAside(committee: string, today: Day, list: PutAside): Promise<string> {
    const id = randomUUID();
    const content = JSON.stringify(Content.parse(list)).toWellFormed();
    const pieces = Math.ceil(content.length / PIECE);
    const table = await tables("lists");
    for (let piece = 0; piece < pieces; piece += 1) {
      const text = content.slice(piece * PIECE, (piece + 1) * PIECE);
      const keys = { partitionKey: key(committee, today), rowKey: key(id, pieceName(piece)) };
      await table.put({ ...keys, kind: list.kind, by: list.by, pieces, ...split("text", text) });
    }
    return `${today}.${id}`;
  }

  /** The list, or undefined where it is gone or a card made its name up. */
  async function findList(
    committee: string,
    name: string,
  ): Promise<(PutAside & { readonly imported: Imported | undefined }) | undefined> {
    const [day = "", id = ""] = name.split(".");
    const table = await tables("lists");
    const all = await table.list(key(committee, day), { prefix: key(id, "") });
    const rows = all.filter(({ rowKey }) => rowKey !== key(id, IMPORTED));
    const [first] = rows;
    if (!first || rows.length !== first.pieces) return undefined;
    const content = Content.parse(JSON.parse(rows.map((row) => join("text", row)).join("")));
    const done = all.find(({ rowKey }) => rowKey === key(id, IMPORTED));
    const imported = done && importedIn(done);
    return { kind: String(first.kind), by: String(first.by), ...content, imported };
  }

  /**
   * An old card's Import does nothing any more, but to say what was done. Of several replicas that
   * were at it the first one notes it; the others get what that one noted.
   */
  async function markImported(
    committee: string,
    name: string,
    outcome: Imported,
  ): Promise<{ readonly imported: Imported; readonly isFirst: boolean }> {
    const [day = "", id = ""] = name.split(".");
    const table = await tables("lists");
    const keys = { partitionKey: key(committee, day), rowKey: key(id, IMPORTED) };
    for (;;) {
      const before = await table.find(keys.partitionKey, keys.rowKey);
      if (before) return { imported: importedIn(before), isFirst: false };
      const row = { ...keys, ...split("outcome", JSON.stringify(outcome)) };
      if (await table.create(row)) return { imported: outcome, isFirst: true };
    }
  }

  async function sweepLists(committee: string, today: Day): Promise<void> {
    const table = await tables("lists");
    const span = {
      from: key(committee, addDays(today, -1 - DAYS_SWEPT)),
      through: key(committee, addDays(today, -2)),
    };
    for (const { partitionKey, rowKey } of await table.list(span))
      await table.remove(partitionKey, rowKey);
  }
}

/** Earlier rows say only that it was done. */
function importedIn(row: StoredRow): Imported {
  const outcome = join("outcome", row);
  if (!outcome) return { written: 0, leftOut: [], countLeftOut: 0 };
  return Imported.parse(JSON.parse(outcome));
}

function pieceName(piece: number): string {
  return String(piece).padStart(3, "0");
}
