import { dateWithWeekday, latestPublication, longDate, timeOfDay, type Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { deadlineWarnings } from "./deadlines.ts";
import type { Action, AgendaItem, Meeting } from "./schema.ts";

const NOT_GIVEN = "Not given in the agenda plan";
/** A card holds so many meetings of the plan. */
const MEETINGS_A_PAGE = 20;

/** On which day a card is read, what was just done, and whether its reader can change the plan. */
interface View {
  readonly today: Day;
  readonly note?: string;
  readonly canEdit?: boolean;
  /** Whether no other meeting comes before it. */
  readonly isNext?: boolean;
}

/** A meeting: when, where, the dates that lead up to it, and what is wrong with those. */
export function meetingCard(
  committee: string,
  meeting: Meeting,
  { today, note = "", canEdit = false, isNext = true }: View,
): Card {
  const { date, state, kind } = meeting;
  const isPlanned = state === "planned";
  const isComing = isPlanned && date >= today;
  const warnings = isComing ? deadlineWarnings(meeting) : [];
  return fill("committee/meeting", {
    committee,
    ...meetingFacts(meeting, today),
    ...noted(note),
    heading: kind === "workshop" ? "Workshop" : isNext && isComing ? "Next meeting" : "Meeting",
    standing: standingOf(meeting),
    isPlanned,
    isChanged: !isPlanned,
    hasWarnings: warnings.length > 0,
    warnings: warnings.map((warning) => ({ warning })),
    meeting: date,
    canChange: canEdit && isPlanned,
    canMove: canEdit && isComing,
    canSeeHistory: canEdit,
  });
}

/** The agenda in order, a private item by its title only. */
export function agendaCard(
  committee: string,
  meeting: Meeting,
  items: readonly AgendaItem[],
  { today, note = "", canEdit = false }: View,
): Card {
  return fill("committee/agenda", {
    committee,
    ...meetingFacts(meeting, today),
    time: meeting.time ? timeOfDay(meeting.time) : "time not given",
    venue: meeting.venue ?? "place not given",
    ...noted(note),
    standing: standingOf(meeting),
    isChanged: meeting.state !== "planned",
    items: items.map(agendaLine),
    hasItems: items.length > 0,
    hasNoItems: items.length === 0 && meeting.state === "planned",
    hasPrivateItems: items.some(({ isPrivate }) => isPrivate),
    meeting: meeting.date,
    canAdd: canEdit && meeting.state === "planned",
    canChange: canEdit && meeting.state === "planned" && items.length > 0,
    canSeeHistory: canEdit,
  });
}

/** Everything that is still to come, what was moved or cancelled too. */
export function planCard(
  committee: string,
  meetings: readonly Meeting[],
  {
    page,
    today,
    canEdit,
  }: { readonly page: number; readonly today: Day; readonly canEdit: boolean },
): Card {
  const pages = Math.max(1, Math.ceil(meetings.length / MEETINGS_A_PAGE));
  const shown = Math.min(page, pages);
  const part = meetings.slice((shown - 1) * MEETINGS_A_PAGE, shown * MEETINGS_A_PAGE);
  return fill("committee/plan", {
    committee,
    meetings: part.map((meeting) => ({
      when: dateWithWeekday(meeting.date),
      what: meeting.state === "planned" ? plannedLine(meeting, today) : standingOf(meeting),
    })),
    choices: part.map(({ date }) => ({ title: longDate(date), value: date })),
    first: part[0]?.date ?? "",
    hasMeetings: part.length > 0,
    hasNone: part.length === 0,
    hasNext: shown < pages,
    next: shown + 1,
    hasPrevious: shown > 1,
    previous: shown - 1,
    canEdit,
  });
}

function publicationOf(publication: Day, today: Day): string {
  const is = publication <= today ? "published" : "due to be published";
  return `agenda ${is} ${longDate(publication)}`;
}

function plannedLine(meeting: Meeting, today: Day): string {
  const { kind, time, venue, publication } = meeting;
  const parts = [
    kind === "workshop" ? "Workshop" : "Committee meeting",
    time && timeOfDay(time),
    venue,
    publication && publicationOf(publication, today),
  ];
  const warning = deadlineWarnings(meeting).length > 0 ? ". Check its deadlines." : "";
  return `${parts.filter(Boolean).join(", ")}${warning}`;
}

/** One agenda item in words. */
export function agendaLine({ title, leadOfficer, ...marks }: AgendaItem) {
  const note = marksOf(marks);
  // A private item is shown by its title only.
  const officer = marks.isPrivate ? "Private item" : (leadOfficer ?? "Not given");
  return { title, officer, note };
}

/** " (key decision 2019/045, goes to full council)", or nothing. */
export function marksOf({
  isPrivate,
  goesToFullCouncil,
  keyDecision = "",
}: Pick<AgendaItem, "isPrivate" | "goesToFullCouncil" | "keyDecision">): string {
  const key = /^y(es)?$/i.test(keyDecision) ? "key decision" : `key decision ${keyDecision}`;
  const marks = [
    isPrivate && "private item",
    keyDecision !== "" && !isPrivate && key,
    goesToFullCouncil && "goes to full council",
  ];
  const words = marks.filter(Boolean).join(", ");
  return words ? ` (${words})` : "";
}

/** An open action in one line: its minute number, who has it, and what was agreed. */
export function openActionLine({ minute, owner, action, meeting, report }: Action): string {
  const since = meeting ? `since ${longDate(meeting)}` : "meeting not stated in the log";
  return `${minute}, ${report}, ${owner} (${since}): ${action.replace(/^Action: /, "")}`;
}

/** A word on what was just done, over the card that shows it. */
export function noted(note: string) {
  return { note, hasNote: note !== "" };
}

/** What is wrong with what was typed, over the form that still holds it. */
export function troubled(problem: string) {
  return { problem, hasProblem: problem !== "" };
}

function standingOf({ kind, state, movedTo }: Meeting): string {
  const noun = kind === "workshop" ? "workshop" : "meeting";
  if (state === "moved")
    return `This ${noun} was moved${movedTo ? ` to ${dateWithWeekday(movedTo)}` : ""}.`;
  return state === "cancelled" ? `This ${noun} was cancelled.` : "";
}

function meetingFacts(meeting: Meeting, today: Day) {
  const { date, time, venue, draftDeadline, publication, source } = meeting;
  const lastDay = latestPublication(date);
  return {
    date: dateWithWeekday(date),
    time: time ? timeOfDay(time) : "Not given",
    venue: venue ?? "Not given",
    draftDeadline: draftDeadline ? longDate(draftDeadline) : NOT_GIVEN,
    publication: publication
      ? `${longDate(publication)} (${publication <= today ? "published" : "not yet published"})`
      : `${NOT_GIVEN}${lastDay ? `. The last day the law allows is ${longDate(lastDay)}` : ""}`,
    source,
  };
}
