import { dateWithWeekday, longDate, type Day } from "../calendar.ts";
import { fromCsv, type CsvLine } from "../csv.ts";
import { UserError } from "../errors.ts";
import { MOST_ITEM_EDITS, type ItemEdit, type StoredAgenda } from "./agenda-rows.ts";
import { isSameItem } from "./agenda-rules.ts";
import { deadlineWarnings } from "./deadlines.ts";
import type { Edit } from "./history-rows.ts";
import {
  cellError,
  dayIn,
  inLineOrder,
  neededIn,
  readLines,
  short,
  textIn,
  type ImportPlan,
} from "./import-plan.ts";
import { isSame, onDay } from "./planning.ts";
import type { AgendaItem, Meeting, Stored } from "./schema.ts";

export const PLAN_COLUMNS = ["meeting_date", "meeting_type", "item_order", "agenda_item"] as const;
/** May be left out. The last three are worked out or remarks, and read over. */
export const OPTIONAL_PLAN_COLUMNS = [
  ...["lead_officer", "key_decision", "draft_deadline", "agenda_publication"],
  ...["full_council_marker", "confidential_marker", "time", "venue", "source_paragraph"],
  ...["clear_working_days_derived", "note"],
] as const;

/** Each is a read of its own: more than 25 years of meetings. */
const MOST_MEETINGS = 300;
const MOST_ORDER = 9999;

interface PlanLine {
  readonly meeting: Meeting;
  readonly item: AgendaItem;
}

/** A meeting of the list with its items. */
interface ListedMeeting {
  readonly meeting: Meeting;
  readonly items: readonly AgendaItem[];
}

/** What a list asks for, before it is compared with what is stored. */
export interface ListedPlan {
  readonly meetings: readonly ListedMeeting[];
  readonly bad: readonly string[];
}

/** Reads an agenda plan: a line for each item, the dates of its meeting repeated on each. */
export function readPlan(csv: string, source: string): ListedPlan {
  const lines = fromCsv([...PLAN_COLUMNS, ...OPTIONAL_PLAN_COLUMNS], csv, PLAN_COLUMNS);
  const { records, bad } = readLines(lines, (line) => readLine(line, source));
  const meetings = new Map<
    Day,
    { line: number; meeting: Meeting; items: Map<number, AgendaItem> }
  >();
  const conflicts: string[] = [];
  for (const { line, record } of records) {
    const { meeting, item } = record;
    const known = meetings.get(meeting.date) ?? {
      line,
      meeting,
      items: new Map<number, AgendaItem>(),
    };
    meetings.set(meeting.date, known);
    if (!isSame(known.meeting, meeting))
      conflicts.push(
        `Line ${line}, ${differing(known.meeting, meeting)}: it differs from line ${known.line}, which is about the same meeting. Write the same on both.`,
      );
    else if (known.items.has(item.order))
      conflicts.push(
        `Line ${line}, column item_order: the meeting has an item ${item.order} on an earlier line. Give each item its own number.`,
      );
    else known.items.set(item.order, item);
  }
  if (meetings.size > MOST_MEETINGS)
    throw new UserError(
      `The list has ${meetings.size} meetings. Import at most ${MOST_MEETINGS} at a time.`,
    );
  const listed = [...meetings.values()].map(({ meeting, items }) => ({
    meeting,
    items: [...items.values()].toSorted((a, b) => a.order - b.order),
  }));
  return {
    meetings: listed.toSorted((a, b) => a.meeting.date.localeCompare(b.meeting.date)),
    bad: inLineOrder([...bad, ...conflicts]),
  };
}

/** What of the list is new, changed or the same, beside the meetings and agendas that are stored. */
export function comparePlan(
  { meetings, bad }: ListedPlan,
  stored: readonly Stored<Meeting>[],
  agendas: ReadonlyMap<Day, StoredAgenda>,
): ImportPlan & { readonly edits: readonly Edit<Meeting>[] } {
  const fresh: string[] = [];
  const changed: string[] = [];
  const refused: string[] = [];
  let same = 0;
  let left = 0;
  const edits: Edit<Meeting>[] = [];
  for (const { meeting, items } of meetings) {
    const there = onDay(meeting.date, stored);
    if (there && there.value.state !== "planned") {
      refused.push(goneLine(there.value));
      continue;
    }
    const edit = meetingEdit(meeting, there);
    if (edit) edits.push(edit);
    if (edit) (there ? changed : fresh).push(`${dateWithWeekday(meeting.date)}, ${meeting.kind}`);
    const agenda = agendas.get(meeting.date);
    for (const item of items) {
      const was = agenda?.items.find(({ order }) => order === item.order);
      if (was && isSameItem(was, item)) same += 1;
      else (was ? changed : fresh).push(itemLine(meeting.date, item));
    }
    const orders = new Set(items.map(({ order }) => order));
    left += (agenda?.items ?? []).filter(({ order }) => !orders.has(order)).length;
  }
  const warnings = meetings.flatMap(({ meeting }) =>
    deadlineWarnings(meeting).map((warning) => `${longDate(meeting.date)}: ${warning}`),
  );
  return {
    ...{ fresh, changed, same, edits, warnings, bad: [...bad, ...refused] },
    left:
      left > 0
        ? `Items of these meetings that are not on the list: ${left}. They stay. Remove one with agenda, then Change an item.`
        : "",
  };
}

/** The items of one meeting that are not as the list has them, in parts that one transaction holds. */
export function itemEdits(items: readonly AgendaItem[], agenda: StoredAgenda): ItemEdit[] {
  const edits = items.flatMap((item): ItemEdit[] => {
    const before = agenda.items.find(({ order }) => order === item.order);
    if (before && isSameItem(before, item)) return [];
    return [
      { before, after: item, what: `${before ? "changed" : "added"} an agenda item by import` },
    ];
  });
  return edits.slice(0, MOST_ITEM_EDITS);
}

/** What the list does not say of a meeting stays as it is stored. */
function meetingEdit(
  listed: Meeting,
  there: Stored<Meeting> | undefined,
): Edit<Meeting> | undefined {
  const known = there?.value;
  const after: Meeting = {
    ...known,
    ...listed,
    source: known?.source ?? listed.source,
  };
  if (known && isSame(known, after)) return undefined;
  return { before: there, after, what: `${there ? "changed" : "added"} the meeting by import` };
}

function readLine({ cells }: CsvLine, source: string): PlanLine {
  const cell = (name: string) => cells[name] ?? "";
  const date = dayIn(cell("meeting_date"), "meeting_date");
  const kind = kindIn(cell("meeting_type"));
  const day = (name: string) => (cell(name) ? dayIn(cell(name), name) : undefined);
  const draftDeadline = day("draft_deadline");
  const publication = day("agenda_publication");
  const time = timeIn(cell("time"));
  const venue = textIn(cell("venue"), "venue", 200);
  const leadOfficer = textIn(cell("lead_officer"), "lead_officer", 200);
  return {
    meeting: {
      ...{ date, kind, state: "planned" },
      ...(time ? { time } : {}),
      ...(venue ? { venue } : {}),
      ...(draftDeadline ? { draftDeadline } : {}),
      ...(publication ? { publication } : {}),
      source: textIn(cell("source_paragraph"), "source_paragraph", 500) || source,
    },
    item: {
      order: orderIn(cell("item_order")),
      title: neededIn(cell("agenda_item"), "agenda_item", 500),
      ...(leadOfficer ? { leadOfficer } : {}),
      isPrivate: markIn(cell("confidential_marker"), "confidential_marker", "+"),
      goesToFullCouncil: markIn(cell("full_council_marker"), "full_council_marker", "*"),
    },
  };
}

function kindIn(cell: string): Meeting["kind"] {
  if (/^(committee )?meeting\b/i.test(cell)) return "committee meeting";
  // "workshop (reserve date)", as the committee's own plan has it.
  if (/^workshop\b/i.test(cell)) return "workshop";
  throw cellError(
    "meeting_type",
    `“${short(cell)}” is neither committee meeting nor workshop. Write one of them.`,
  );
}

function orderIn(cell: string): number {
  const order = Number(cell);
  if (cell !== "" && Number.isInteger(order) && order > 0 && order <= MOST_ORDER) return order;
  throw cellError("item_order", `“${short(cell)}” is no number of an item. Write 1 for the first.`);
}

function markIn(cell: string, column: string, mark: string): boolean {
  if (/^(no|n|false|0|-|)$/i.test(cell)) return false;
  if (/^(yes|y|true|1)$/i.test(cell) || cell === mark) return true;
  throw cellError(column, `“${short(cell)}” is neither yes nor no. Write one of them.`);
}

function timeIn(cell: string): string {
  if (cell === "") return "";
  const [, hour = "", minute = ""] = /^([01]?\d|2[0-3])[:.]([0-5]\d)(?::00)?$/.exec(cell) ?? [];
  if (!hour) throw cellError("time", `“${short(cell)}” is no time. Write it like 10:00.`);
  return `${hour.padStart(2, "0")}:${minute}`;
}

function differing(one: Meeting, other: Meeting): string {
  if (one.kind !== other.kind) return "column meeting_type";
  if (one.draftDeadline !== other.draftDeadline) return "column draft_deadline";
  if (one.publication !== other.publication) return "column agenda_publication";
  return one.time === other.time ? "column venue" : "column time";
}

function goneLine({ date, state, movedTo }: Meeting): string {
  const what = state === "moved" && movedTo ? `was moved to ${longDate(movedTo)}` : "was cancelled";
  const mend =
    state === "moved" && movedTo
      ? `Write ${movedTo} in column meeting_date, or move the meeting back first.`
      : "Take its lines out, or add the meeting again first.";
  return `Column meeting_date: the meeting on ${longDate(date)} ${what}. ${mend}`;
}

function itemLine(date: Day, { order, title, isPrivate }: AgendaItem): string {
  return `${longDate(date)}, item ${order}: ${short(title)}${isPrivate ? " (private item)" : ""}`;
}
