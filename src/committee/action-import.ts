import { longDate, type Day } from "../calendar.ts";
import { fromCsv, type CsvLine } from "../csv.ts";
import { UserError } from "../errors.ts";
import { isSameAction, readMinute, readStatus } from "./action-rules.ts";
import type { Edit } from "./history-rows.ts";
import {
  becomes,
  cellError,
  inLineOrder,
  dayIn,
  LIST_LIMITS,
  neededIn,
  readLines,
  short,
  textIn,
  type ImportPlan,
  type Overtaken,
  type Seen,
} from "./import-plan.ts";
import type { Action, Stored } from "./schema.ts";
import { partsByLetter, severalMinutes } from "./several-minutes.ts";

export const ACTION_COLUMNS = [
  ...["minute_no", "report_title", "action_to_be_taken_by", "action", "status"],
] as const;
/** May be left out. The last two are read over: the log says when it was printed. */
export const OPTIONAL_ACTION_COLUMNS = [
  ...["meeting_date", "sub_item", "background", "comments", "log_updated", "source"],
] as const;

/** A line of the list, and which of its columns the list does not have. */
interface ListedAction {
  readonly action: Action;
  readonly leftOut: readonly OptionalPart[];
}

const OPTIONAL_PARTS = ["meeting", "background", "comments"] as const;
type OptionalPart = (typeof OPTIONAL_PARTS)[number];
const COLUMN_OF = {
  ...{ meeting: "meeting_date", background: "background", comments: "comments" },
} as const;

/** Reads an action log, a line for each action. */
export async function readActions(csv: string): Promise<{
  readonly actions: readonly ListedAction[];
  readonly bad: readonly string[];
}> {
  const columns = [...ACTION_COLUMNS, ...OPTIONAL_ACTION_COLUMNS];
  const lines = fromCsv(columns, csv, ACTION_COLUMNS, LIST_LIMITS);
  const { records, bad } = await readLines(lines, readLine);
  const actions = new Map<string, ListedAction>();
  const firstLines = new Map<string, number>();
  const twice: string[] = [];
  const all = records.flatMap(({ line, record }) => record.map((each) => ({ line, record: each })));
  for (const { line, record } of all) {
    const { minute } = record.action;
    const first = firstLines.get(minute);
    if (first !== undefined)
      twice.push(
        `Line ${line}, column minute_no: ${minute} is on line ${first} already. Give each action its own number or letter.`,
      );
    else {
      firstLines.set(minute, line);
      actions.set(minute, record);
    }
  }
  return { actions: [...actions.values()], bad: inLineOrder([...bad, ...twice]) };
}

/** What of the list is new, changed or the same, and what is not as a preview saw it. */
export function compareActions(
  { actions, bad }: Awaited<ReturnType<typeof readActions>>,
  stored: readonly Stored<Action>[],
  previewed?: Seen,
): ImportPlan & { readonly edits: readonly Edit<Action>[] } {
  const known = new Map(stored.map((each) => [each.value.minute, each]));
  const fresh: string[] = [];
  const changed: string[] = [];
  const edits: Edit<Action>[] = [];
  const overtaken: Overtaken[] = [];
  const seen: Record<string, string> = {};
  let same = 0;
  for (const listed of actions) {
    const { minute } = listed.action;
    const before = known.get(minute);
    const action = withKept(listed, before?.value);
    seen[minute] = before?.etag ?? "";
    if (before && isSameAction(before.value, action)) {
      same += 1;
      continue;
    }
    const line = `${minute} ${short(action.report)}`;
    if (previewed && previewed[minute] !== seen[minute]) {
      overtaken.push({ kind: "action", record: minute, line });
      continue;
    }
    const what = before ? "changed an action by import" : "added an action by import";
    edits.push({ before, after: action, what });
    if (before) changed.push(`${line}. ${changesOf(before.value, action)}`);
    else fresh.push(`${line}, ${action.owner}, ${action.status}`);
  }
  const listed = new Set(actions.map(({ action }) => action.minute));
  const left = stored.filter(({ value }) => !listed.has(value.minute)).length;
  return {
    ...{ fresh, changed, same, edits, bad, warnings: [], seen, overtaken },
    toWrite: edits.map(({ after }) => after.minute),
    left: left > 0 ? `Actions of the log that are not on the list: ${left}. They stay.` : "",
  };
}

/** An action is agreed at a meeting: one that is still to come is likely a slip of the pen. */
export function notHeldYet(actions: readonly ListedAction[], today: Day): string[] {
  return actions.flatMap(({ action: { minute, meeting } }) =>
    meeting && meeting > today
      ? [`${minute}: the meeting on ${longDate(meeting)} has not been held yet.`]
      : [],
  );
}

/** What the list has no column for stays as it is in the log. */
function withKept({ action, leftOut }: ListedAction, before: Action | undefined): Action {
  const kept = leftOut.flatMap((part) => (before?.[part] ? [[part, before[part]]] : []));
  return { ...action, ...Object.fromEntries(kept) };
}

function changesOf(was: Action, after: Action): string {
  return [
    becomes("Report title", was.report, after.report),
    becomes("Action to be taken by", was.owner, after.owner),
    becomes("Status", was.status, after.status),
    becomes("Action", was.action, after.action),
    becomes("Comments", was.comments, after.comments),
    becomes("Background", was.background ?? "", after.background ?? ""),
    becomes("Meeting", was.meeting ?? "", after.meeting ?? ""),
  ]
    .filter(Boolean)
    .join(". ");
}

/** One action, or several where the line has a letter for each and says which is which. */
function readLine(listed: CsvLine): ListedAction[] {
  const { cells } = listed;
  const name = `${cells["minute_no"] ?? ""}${cells["sub_item"] ?? ""}`;
  const several = severalMinutes(name);
  if (!several) return [readOne(listed)];
  const { number, letters } = several;
  const actions = partsByLetter(cells["action"] ?? "", letters);
  if (!actions) {
    const own = letters.map((letter) => `${number}${letter}`).join(" and ");
    throw cellError(
      "minute_no",
      `“${short(name)}” is more than one action. Write each on a line of its own: ${own}. Or begin each part of the action with its letter: ${letters.map((letter) => `${letter})`).join(" and ")}.`,
    );
  }
  const comments = partsByLetter(cells["comments"] ?? "", letters);
  return letters.map((letter) => {
    const action = actions.get(letter) ?? "";
    const comment = comments?.get(letter) ?? cells["comments"];
    const own = { ...cells, minute_no: number, sub_item: letter, action };
    return readOne({
      ...listed,
      cells: comment === undefined ? own : { ...own, comments: comment },
    });
  });
}

function readOne({ cells }: CsvLine): ListedAction {
  const cell = (name: string) => cells[name] ?? "";
  const meeting = cell("meeting_date") ? dayIn(cell("meeting_date"), "meeting_date") : "";
  const background = textIn(cell("background"), "background", 4000);
  return {
    leftOut: OPTIONAL_PARTS.filter((part) => cells[COLUMN_OF[part]] === undefined),
    action: {
      minute: minuteIn(cell("minute_no"), cell("sub_item")),
      ...(meeting ? { meeting } : {}),
      report: neededIn(cell("report_title"), "report_title", 300),
      owner: neededIn(cell("action_to_be_taken_by"), "action_to_be_taken_by", 200),
      ...(background ? { background } : {}),
      action: neededIn(cell("action"), "action", 2000),
      comments: textIn(cell("comments"), "comments", 4000),
      status: statusIn(cell("status")),
    },
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
