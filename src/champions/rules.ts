import {
  addMonths,
  dayOf,
  longDate,
  monthName,
  monthOf,
  type Day,
  type Month,
} from "../calendar.ts";
import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import { isOwnHeading, underOwnHeadings, type LedIn } from "../own-heading.ts";
import { checkLength, SECTION_NAMES } from "./length.ts";
import {
  SECTIONS,
  type Draft,
  type Form,
  type Section,
  type Typed,
  type Update,
} from "./schema.ts";

/** The dates of a meeting that an update depends on. */
export interface MeetingDates {
  readonly date: Day;
  readonly draftDeadline?: string | undefined;
  /** The day the agenda is published; later changes are marked. */
  readonly publication: Day;
  /** What the meeting is known by, where that is not its date. */
  readonly agendaKept?: string | undefined;
}

/** What a person sees as one character may be many code units: a flag, a family, an accent. */
const characters = new Intl.Segmenter("en-GB", { granularity: "grapheme" });
/** How much of an item a digest shows before the press that shows the whole. */
const LONGEST_LINE = 180;
/** A champion can look this far ahead for a month that still has a meeting to come. */
const MONTHS_AHEAD = 12;

/** The lines of a text as items: no empty ones, no bullet or number in front, otherwise as typed. */
export function itemsOf(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) =>
      line
        .trim()
        .replace(/^(?:[-*•–·]|\d{1,2}[.)])\s+/, "")
        .trim(),
    )
    .filter((line) => line !== "");
}

/** The text that `itemsOf` reads back: one item a line. */
function textOf(items: readonly string[]): string {
  return items.join("\n");
}

/** The month that a new update is for: the first from this month on with a meeting still to come. */
export function openMonth(
  today: Day,
  meetingFor: (month: Month) => MeetingDates | undefined,
): Month | undefined {
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
    const month = addMonths(monthOf(today), ahead);
    const meeting = meetingFor(month);
    if (meeting && meeting.date >= today) return month;
  }
  return undefined;
}

/** A blank form, or the district's submitted update opened again. */
export function openForm(
  current: Update | undefined,
  form: Pick<Draft, "month" | "district" | "author" | "operation">,
): Draft {
  const sections = current?.sections;
  return {
    ...form,
    updates: textOf(sections?.updates ?? []),
    contacts: textOf(sections?.contacts ?? []),
    goodPractice: textOf(sections?.goodPractice ?? []),
    priorities: current?.priorities ?? [],
    version: current?.version ?? 0,
    saved: 0,
  };
}

/** Puts the chosen items of the last update behind what was typed, each once. */
export function carryForward(form: Form, last: Update | undefined): Form {
  const carried = { ...form, carry: [] };
  for (const choice of form.carry) {
    const [section, position] = choice.split("-");
    const name = SECTIONS.find((known) => known === section);
    const item = name && last?.sections[name][Number(position)];
    if (!name || !item || itemsOf(carried[name]).includes(item)) continue;
    const before = last.sections[name].slice(0, Number(position));
    carried[name] = textOf(withItem(itemsOf(carried[name]), item, before.findLast(isOwnHeading)));
  }
  return carried;
}

/** An item behind those under the same heading, which is written once, or before all headings. */
function withItem(lines: readonly string[], item: string, heading = ""): string[] {
  const parts = underOwnHeadings(lines);
  const own = parts.findLastIndex((part) => part.heading === heading);
  const end = own < 0 ? (heading ? lines.length : 0) : endOf(parts.slice(0, own + 1));
  const added = own < 0 && heading ? [heading, item] : [item];
  return lines.toSpliced(end, 0, ...added);
}

/** How many lines these parts are. */
function endOf(parts: readonly LedIn[]): number {
  return parts.reduce((lines, { heading, items }) => lines + items.length + (heading ? 1 : 0), 0);
}

/** What is wrong with the text, said so that it can be mended. Throws a UserError. */
export function checkTyped(typed: Typed): void {
  if (SECTIONS.every((section) => itemsOf(typed[section]).length === 0))
    throw new UserError(
      "Nothing is written yet. Write at least one line in one of the three sections, then press Submit.",
    );
  checkLength(typed);
}

/** A month whose meeting is over takes no first update. Throws a UserError. */
export function checkMonth(
  month: Month,
  meeting: MeetingDates | undefined,
  today: Day,
): MeetingDates {
  if (!meeting)
    throw new UserError(
      `No meeting is planned for updates of ${monthName(month)}. Choose another month, or ask the committee's officer to add the meeting.`,
    );
  if (meeting.date < today)
    throw new UserError(
      `The meeting for ${monthName(month)} was on ${longDate(meeting.date)}. Choose the month below again, then press Submit.`,
    );
  return meeting;
}

/** The same, for a month that somebody typed rather than chose. Throws a UserError. */
export function checkTypedMonth(month: Month, meeting: MeetingDates | undefined, today: Day): void {
  if (meeting && meeting.date < today)
    throw new UserError(
      `The meeting for ${monthName(month)} was on ${longDate(meeting.date)}. Type log update to write for the next one.`,
    );
  checkMonth(month, meeting, today);
}

/** The next version of a district's update, for the meeting that it goes to. */
export function submit(
  form: Form,
  current: Update | undefined,
  meeting: MeetingDates,
  { person, now, committee }: Turn,
): Update {
  return {
    month: form.month,
    district: form.district,
    ...writtenFor(meeting),
    version: (current?.version ?? 0) + 1,
    status: "submitted",
    kind: "written",
    sections: sectionsOf(form),
    priorities: knownPriorities(form, committee),
    champion: person.name,
    author: { id: person.id, name: person.name },
    at: now.toString(),
    late: dayOf(now) >= meeting.publication,
    operation: form.operation,
  };
}

/** What ties an update to a meeting, whatever becomes of that meeting's date. */
export function writtenFor({ date, agendaKept }: MeetingDates) {
  return { meeting: date, meetingKept: agendaKept ?? date };
}

/** Whether the very same form was already taken: pressed twice, or delivered twice. */
export function isRepeat(
  form: Typed & Pick<Draft, "operation">,
  current: Update | undefined,
  committee: Committee,
): boolean {
  return (
    current !== undefined &&
    current.operation === form.operation &&
    current.status === "submitted" &&
    JSON.stringify(current.sections) === JSON.stringify(sectionsOf(form)) &&
    current.priorities.join() === knownPriorities(form, committee).join()
  );
}

/** Takes an update back. It stays in the history, and can be written again. */
export function withdraw(
  current: Update,
  meeting: MeetingDates,
  { person, now, id }: Turn,
): Update {
  return {
    ...current,
    ...writtenFor(meeting),
    version: current.version + 1,
    status: "withdrawn",
    author: { id: person.id, name: person.name },
    at: now.toString(),
    late: dayOf(now) >= meeting.publication,
    operation: id,
  };
}

/** A section in one line: how many items there are and how the first begins, under its heading. */
export function inShort(section: Section, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const parts = underOwnHeadings(lines);
  const { heading = "", items = [] } =
    parts.find((part) => part.items.length > 0) ?? parts[0] ?? {};
  const words = beginningOf([heading, ...items.slice(0, 1)].join(" ").trim(), LONGEST_LINE);
  const others = lines.filter((line) => !isOwnHeading(line)).length - 1;
  const more = others > 0 ? ` (and ${others} more)` : "";
  return [`${SECTION_NAMES[section]}: ${words}${more}`];
}

/** How a text begins, to tell one from another. */
export function firstWords(typed: Typed): string {
  const [first = "nothing written yet"] = SECTIONS.flatMap((section) => itemsOf(typed[section]));
  return beginningOf(first, LONGEST_LINE / 2);
}

/** At most so much of a text, cut behind a word if one ends late enough, and never inside a character. */
function beginningOf(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let cut = "";
  for (const { segment } of characters.segment(text)) {
    if (cut.length + segment.length > longest) break;
    cut += segment;
  }
  const end = cut.lastIndexOf(" ");
  return `${end >= longest / 2 ? cut.slice(0, end) : cut}…`;
}

/** A card can send back priorities that there are none of: they are left out. */
function knownPriorities({ priorities }: Typed, { priorityLists }: Committee): string[] {
  const known = priorityLists.flatMap((list) => list.priorities.map(({ id }) => id));
  return priorities.filter((id) => known.includes(id));
}

function sectionsOf(typed: Typed): Update["sections"] {
  return {
    updates: itemsOf(typed.updates),
    contacts: itemsOf(typed.contacts),
    goodPractice: itemsOf(typed.goodPractice),
  };
}
