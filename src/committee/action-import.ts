import { fromCsv, type CsvLine } from "../csv.ts";
import { UserError } from "../errors.ts";
import { isSameAction, readMinute, readStatus } from "./action-rules.ts";
import type { Edit } from "./history-rows.ts";
import {
  cellError,
  inLineOrder,
  dayIn,
  neededIn,
  readLines,
  short,
  textIn,
  type ImportPlan,
} from "./import-plan.ts";
import type { Action, Stored } from "./schema.ts";

export const ACTION_COLUMNS = [
  ...["minute_no", "report_title", "action_to_be_taken_by", "action", "status"],
] as const;
/** May be left out. The last two are read over: the log says when it was printed. */
export const OPTIONAL_ACTION_COLUMNS = [
  ...["meeting_date", "sub_item", "background", "comments", "log_updated", "source"],
] as const;

/** Reads an action log, a line for each action. */
export function readActions(csv: string): {
  readonly actions: readonly Action[];
  readonly bad: readonly string[];
} {
  const lines = fromCsv([...ACTION_COLUMNS, ...OPTIONAL_ACTION_COLUMNS], csv, ACTION_COLUMNS);
  const { records, bad } = readLines(lines, readLine);
  const actions = new Map<string, Action>();
  const firstLines = new Map<string, number>();
  const twice: string[] = [];
  for (const { line, record } of records) {
    const first = firstLines.get(record.minute);
    if (first !== undefined)
      twice.push(
        `Line ${line}, column minute_no: ${record.minute} is on line ${first} already. Give each action its own number or letter.`,
      );
    else {
      firstLines.set(record.minute, line);
      actions.set(record.minute, record);
    }
  }
  return { actions: [...actions.values()], bad: inLineOrder([...bad, ...twice]) };
}

/** What of the list is new, changed or the same. */
export function compareActions(
  { actions, bad }: ReturnType<typeof readActions>,
  stored: readonly Stored<Action>[],
): ImportPlan & { readonly edits: readonly Edit<Action>[] } {
  const known = new Map(stored.map((each) => [each.value.minute, each]));
  const fresh: string[] = [];
  const changed: string[] = [];
  const edits: Edit<Action>[] = [];
  for (const action of actions) {
    const before = known.get(action.minute);
    if (before && isSameAction(before.value, action)) continue;
    const what = before ? "changed an action by import" : "added an action by import";
    edits.push({ before, after: action, what });
    (before ? changed : fresh).push(
      `${action.minute} ${short(action.report)}, ${action.owner}, ${action.status}`,
    );
  }
  const listed = new Set(actions.map(({ minute }) => minute));
  const left = stored.filter(({ value }) => !listed.has(value.minute)).length;
  return {
    ...{ fresh, changed, same: actions.length - edits.length, edits, bad, warnings: [] },
    left: left > 0 ? `Actions of the log that are not on the list: ${left}. They stay.` : "",
  };
}

function readLine({ cells }: CsvLine): Action {
  const cell = (name: string) => cells[name] ?? "";
  const meeting = cell("meeting_date") ? dayIn(cell("meeting_date"), "meeting_date") : "";
  const background = textIn(cell("background"), "background", 4000);
  return {
    minute: minuteIn(cell("minute_no"), cell("sub_item")),
    ...(meeting ? { meeting } : {}),
    report: neededIn(cell("report_title"), "report_title", 300),
    owner: neededIn(cell("action_to_be_taken_by"), "action_to_be_taken_by", 200),
    ...(background ? { background } : {}),
    action: neededIn(cell("action"), "action", 2000),
    comments: textIn(cell("comments"), "comments", 4000),
    status: statusIn(cell("status")),
  };
}

/** "187" and "d" in two columns, or "187d" in one. The papers write "146." too. */
function minuteIn(number: string, letter: string): string {
  try {
    return readMinute(`${number.replace(/\.$/, "")}${letter.replace(/[.)]$/, "")}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw cellError(
      "minute_no",
      `“${short(`${number}${letter}`)}” is no minute number. Write digits, and a letter in sub_item, like 187 and d.`,
    );
  }
}

function statusIn(cell: string): Action["status"] {
  try {
    return readStatus(cell);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw cellError(
      "status",
      `“${short(cell)}” is no status. Write ACTION COMPLETE or ACTION ONGOING.`,
    );
  }
}
