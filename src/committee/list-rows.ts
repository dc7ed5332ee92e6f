import { randomUUID } from "node:crypto";
import { addDays, type Day } from "../calendar.ts";
import { join, key, split, type Tables } from "../tables.ts";

/** A row holds a megabyte, and a character can be two bytes. */
const PIECE = 240_000;
/** A list whose Import was not pressed is taken away on one of the days after. */
const DAYS_SWEPT = 7;

/** A list put aside for its preview: none of it is in the committee's records. */
export interface PutAside {
  readonly kind: string;
  readonly text: string;
  /** The Entra object id of whoever sent it. */
  readonly by: string;
}

/**
 * Table `lists`: partition committee and day, row list and piece. A card holds 28 KB and a list
 * can be longer, so the button of a preview names the list. The day is in the partition so that old
 * lists are taken away without a scan.
 */
export function listRows(tables: Tables) {
  return { putAside, findList, sweepLists };

  /** Gives the name by which it is found again. */
  async function putAside(committee: string, today: Day, list: PutAside): Promise<string> {
    const id = randomUUID();
    const pieces = Math.max(1, Math.ceil(list.text.length / PIECE));
    const table = await tables("lists");
    for (let piece = 0; piece < pieces; piece += 1) {
      const text = list.text.slice(piece * PIECE, (piece + 1) * PIECE);
      const keys = { partitionKey: key(committee, today), rowKey: key(id, pieceName(piece)) };
      await table.put({ ...keys, kind: list.kind, by: list.by, pieces, ...split("text", text) });
    }
    return `${today}.${id}`;
  }

  /** The list, or undefined where it is gone or a card made its name up. */
  async function findList(committee: string, name: string): Promise<PutAside | undefined> {
    const [day = "", id = ""] = name.split(".");
    const table = await tables("lists");
    const rows = await table.list(key(committee, day), { prefix: key(id, "") });
    const [first] = rows;
    if (!first || rows.length !== first.pieces) return undefined;
    const text = rows.map((row) => join("text", row)).join("");
    return { kind: String(first.kind), by: String(first.by), text };
  }

  async function sweepLists(committee: string, today: Day): Promise<void> {
    const table = await tables("lists");
    for (let back = 2; back < 2 + DAYS_SWEPT; back += 1) {
      const rows = await table.list(key(committee, addDays(today, -back)));
      for (const { partitionKey, rowKey } of rows) await table.remove(partitionKey, rowKey);
    }
  }
}

function pieceName(piece: number): string {
  return String(piece).padStart(3, "0");
}
