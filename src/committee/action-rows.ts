import { key, MOST_IN_TRANSACTION, type Row, type StoredRow, type Tables } from "../tables.ts";
import {
  BEFORE_HISTORY,
  historyPrefix,
  readHistory,
  recorded,
  storedFrom,
  type Edit,
} from "./history-rows.ts";
import { Action, type Author, type HistoryEntry, type Stored } from "./schema.ts";

/** Each change is two rows of a transaction: the record, and its history. */
export const MOST_EDITS = MOST_IN_TRANSACTION / 2;

/**
 * Table `actions`: partition committee, row minute number padded and letter, and
 * `history|minute|version` of each change.
 */
export function actionRows(tables: Tables) {
  return { actionsOf, storedActions, findAction, saveAction, changeActions, actionHistory };

  /** The whole action log, in minute order. */
  async function actionsOf(committee: string): Promise<Action[]> {
    return (await storedActions(committee)).map(({ value }) => value);
  }

  async function storedActions(committee: string): Promise<Stored<Action>[]> {
    const table = await tables("actions");
    const rows = await table.list(key(committee), { before: BEFORE_HISTORY });
    return rows.map(readAction);
  }

  async function findAction(
    committee: string,
    minute: string,
  ): Promise<Stored<Action> | undefined> {
    const row = await (await tables("actions")).find(key(committee), rowKeyOf(minute));
    return row && readAction(row);
  }

  /** Writes an action whatever is there: for the first load of a council. */
  async function saveAction(committee: string, action: Action): Promise<void> {
    await (await tables("actions")).put(rowOf(committee, action));
  }

  /** At most MOST_EDITS, all or none. False when one was changed since it was read. */
  async function changeActions(
    committee: string,
    edits: readonly Edit<Action>[],
    author: Author,
  ): Promise<boolean> {
    const table = await tables("actions");
    return table.write(
      edits.flatMap((edit) => recorded(rowOf(committee, edit.after), edit, author)),
    );
  }

  /** The newest change first. */
  async function actionHistory(committee: string, minute: string): Promise<HistoryEntry[]> {
    const table = await tables("actions");
    const prefix = historyPrefix(rowKeyOf(minute));
    return (await table.list(key(committee), { prefix })).map(readHistory).toReversed();
  }
}

function rowOf(committee: string, action: Action): Row {
  return { partitionKey: key(committee), rowKey: rowKeyOf(action.minute), ...action };
}

/** "187d" → "000187d", which sorts as the log does. */
function rowKeyOf(minute: string): string {
  const [, number = "", letter = ""] = /^(\d+)([a-z]?)$/.exec(minute) ?? [];
  return `${number.padStart(6, "0")}${letter}`;
}

function readAction(row: StoredRow): Stored<Action> {
  return storedFrom(row, Action.parse(row));
}
