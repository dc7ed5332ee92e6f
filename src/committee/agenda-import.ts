import type { Day } from "../calendar.ts";
import { fromCsv, type CsvLine } from "../csv.ts";
import { UserError } from "../errors.ts";
import { keyDecisionOf, LONGEST_KEY_DECISION } from "./agenda-rules.ts";
import {
  cellError,
  dayIn,
  inLineOrder,
  LIST_LIMITS,
  neededIn,
  readLines,
  short,
  textIn,
} from "./import-plan.ts";
import { isSame } from "./planning.ts";
import type { AgendaItem, Meeting } from "./schema.ts";

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

const OPTIONAL_PARTS = ["leadOfficer", "keyDecision", "isPrivate", "goesToFullCouncil"] as const;
type OptionalPart = (typeof OPTIONAL_PARTS)[number];
const COLUMN_OF = {
  leadOfficer: "lead_officer",
  keyDecision: "key_decision",
  isPrivate: "confidential_marker",
  goesToFullCouncil: "full_council_marker",
} as const;

/** An item of the list, and which of its columns the list does not have. */
export interface ListedItem {
  readonly item: AgendaItem;
  readonly leftOut: readonly OptionalPart[];
}

interface PlanLine extends ListedItem {
  readonly meeting: Meeting;
}

/** A meeting of the list with its items. */
export interface ListedMeeting {
  readonly meeting: Meeting;
  readonly items: readonly ListedItem[];
}

/** What a list asks for, before it is compared with what is stored. */
export interface ListedPlan {
  readonly meetings: readonly ListedMeeting[];
  readonly bad: readonly string[];
}

/** Reads an agenda plan: a line for each item, the dates of its meeting repeated on each. */
export async function readPlan(csv: string, source: string): Promise<ListedPlan> {
  const columns = [...PLAN_COLUMNS, ...OPTIONAL_PLAN_COLUMNS];
  const lines = fromCsv(columns, csv, PLAN_COLUMNS, LIST_LIMITS);
  const { records, bad } = await readLines(lines, (line) => readLine(line, source));
  const meetings = new Map<
    Day,
    { line: number; meeting: Meeting; items: Map<number, ListedItem> }
  >();
  const conflicts: string[] = [];
  for (const { line, record } of records) {
    const { meeting, item, leftOut } = record;
    const known = meetings.get(meeting.date) ?? {
      line,
      meeting,
      items: new Map<number, ListedItem>(),
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
    else known.items.set(item.order, { item, leftOut });
  }
  if (meetings.size > MOST_MEETINGS)
    throw new UserError(
      `The list has ${meetings.size} meetings. Import at most ${MOST_MEETINGS} at a time.`,
    );
  const listed = [...meetings.values()].map(({ meeting, items }) => ({
    meeting,
    items: [...items.values()].toSorted((a, b) => a.item.order - b.item.order),
  }));
  return {
    meetings: listed.toSorted((a, b) => a.meeting.date.localeCompare(b.meeting.date)),
    bad: inLineOrder([...bad, ...conflicts]),
  };
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
  const keyDecision = keyDecisionOf(
    textIn(cell("key_decision"), "key_decision", LONGEST_KEY_DECISION),
  );
  const isPrivate = markIn(cell("confidential_marker"), "confidential_marker", "+");
  return {
    meeting: {
      ...{ date, kind, state: "planned" },
      ...(time ? { time } : {}),
      ...(venue ? { venue } : {}),
      ...(draftDeadline ? { draftDeadline } : {}),
      ...(publication ? { publication } : {}),
      source: textIn(cell("source_paragraph"), "source_paragraph", 500) || source,
    },
    // The plan as it is exported has of a private item its title only.
    leftOut: OPTIONAL_PARTS.filter(
      (part) =>
        cells[COLUMN_OF[part]] === undefined ||
        ((part === "leadOfficer" || part === "keyDecision") &&
          isPrivate &&
          cell(COLUMN_OF[part]) === ""),
    ),
    item: {
      order: orderIn(cell("item_order")),
      title: neededIn(cell("agenda_item"), "agenda_item", 500),
      ...(leadOfficer ? { leadOfficer } : {}),
      ...(keyDecision ? { keyDecision } : {}),
      isPrivate,
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
  if (/^\d+$/.test(cell) && order > 0 && order <= MOST_ORDER) return order;
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
