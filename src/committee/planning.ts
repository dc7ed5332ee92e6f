import { isDay, longDate, type Day } from "../calendar.ts";
import { UserError } from "../errors.ts";
import { proposedDeadlines } from "./deadlines.ts";
import type { Edit } from "./history-rows.ts";
import type { Meeting, MeetingForm, Stored } from "./schema.ts";

const TIME = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/;
const LONGEST_VENUE = 200;

/** What a form asks for, worked out but not yet written. */
export interface Planned {
  /** All of them are written, or none. Empty where everything is so already. */
  readonly edits: readonly Edit<Meeting>[];
  readonly meeting: Meeting;
  /** Where it stood before, if it is moved. */
  readonly from?: Day | undefined;
  readonly isNew: boolean;
}

/** Who asks, and on which day. */
export interface Standing {
  readonly today: Day;
  /** What the plan says of where a new meeting comes from. */
  readonly source: string;
  /** Who changes it, and when: "by Nick Mills on 25 September 2019". */
  readonly by: string;
}

/** What is wrong with a form's day is said with its label. Throws a `UserError`. */
function readDay(text: string, label: string): Day {
  if (text === "") throw new UserError(`Enter the ${label}.`);
  if (!isDay(text)) throw new UserError(`The ${label} is a day like 2019-10-17. Enter it so.`);
  return text;
}

/**
 * A meeting that is new, changed where it stands, or moved. A moved one stays in the plan under its
 * old date, and takes its agenda along. A day holds one meeting or workshop. What was moved away or
 * cancelled leaves its day free.
 */
export function plan(
  form: MeetingForm,
  stored: readonly Stored<Meeting>[],
  { today, source, by }: Standing,
): Planned {
  const was = form.was ? plannedOn(form.was, stored) : undefined;
  if (form.was && !was) throw goneError(form.was, stored);
  const meeting = readForm(form, was?.value, source);
  const there = onDay(meeting.date, stored);
  if (was && was.value.date === meeting.date) {
    const edits = isSame(was.value, meeting)
      ? []
      : [{ before: was, after: meeting, what: "changed the meeting" }];
    return { edits, meeting, isNew: false };
  }
  if (was && was.value.date < today)
    throw new UserError(`The meeting on ${longDate(was.value.date)} is over. It cannot be moved.`);
  if (meeting.date < today)
    throw new UserError(
      `The date, ${longDate(meeting.date)}, has passed. Enter one from today on.`,
    );
  if (there?.value.state === "planned") throw takenError(there.value, was !== undefined);
  if (!was) return added(meeting, there);
  // The paper that the old date came from does not say the new one, but where it goes back to it.
  const told = there?.value.source ?? `Moved from ${longDate(was.value.date)} ${by}`;
  return moved(was, { ...meeting, source: told }, there, stored);
}

/** A cancelled meeting stays in the plan, and its agenda too. */
export function cancelled(was: Stored<Meeting>, today: Day): Edit<Meeting>[] {
  const { date } = was.value;
  if (date < today)
    throw new UserError(`The meeting on ${longDate(date)} is over. It cannot be cancelled.`);
  const after: Meeting = { ...was.value, state: "cancelled" };
  return [{ before: was, after, what: `cancelled the meeting on ${longDate(date)}` }];
}

/** Whatever the plan has on a day, what was moved or cancelled too. */
export function onDay(date: Day, stored: readonly Stored<Meeting>[]): Stored<Meeting> | undefined {
  return stored.find(({ value }) => value.date === date);
}

/** The meeting or workshop that is planned on a day. */
export function plannedOn(
  date: Day,
  stored: readonly Stored<Meeting>[],
): Stored<Meeting> | undefined {
  const there = onDay(date, stored);
  return there?.value.state === "planned" ? there : undefined;
}

/** Why nothing is planned there. */
export function goneError(date: Day, stored: readonly Stored<Meeting>[]): UserError {
  const there = onDay(date, stored)?.value;
  if (there?.state === "moved" && there.movedTo)
    return new UserError(
      `The meeting on ${longDate(date)} was moved to ${longDate(there.movedTo)}. Type meeting ${longDate(there.movedTo)} to see it.`,
    );
  if (there?.state === "cancelled")
    return new UserError(
      `The meeting on ${longDate(date)} was cancelled. To plan it again, type add meeting ${longDate(date)}.`,
    );
  return new UserError(
    `No meeting is planned${isDay(date) ? ` on ${longDate(date)}` : " on that day"}. Type meetings to see those that are.`,
  );
}

function added(meeting: Meeting, there: Stored<Meeting> | undefined): Planned {
  const after = { ...meeting, ...agendaFor(meeting.date, there) };
  const what = `added the ${nounOf(meeting)} on ${longDate(meeting.date)}`;
  return { edits: [{ before: there, after, what }], meeting: after, isNew: true };
}

/** A cancelled meeting's agenda is there again; that of a moved one has gone along with it. */
function agendaFor(date: Day, there: Stored<Meeting> | undefined): Pick<Meeting, "agendaKept"> {
  if (!there) return {};
  const { state, agendaKept } = there.value;
  if (state === "moved") return { agendaKept: `${date} ${there.version + 1}` };
  return agendaKept ? { agendaKept } : {};
}

function moved(
  was: Stored<Meeting>,
  meeting: Meeting,
  there: Stored<Meeting> | undefined,
  stored: readonly Stored<Meeting>[],
): Planned {
  const from = was.value.date;
  const to = meeting.date;
  const kept = was.value.agendaKept ?? from;
  const { agendaKept: _kept, ...rest } = meeting;
  const after: Meeting = kept === to ? rest : { ...rest, agendaKept: kept };
  const what = `moved the ${nounOf(meeting)} from ${longDate(from)} to ${longDate(to)}`;
  // What was moved here before has moved on: whoever looks at the first date is told the last one.
  const earlier = stored.filter(
    ({ value }) => value.state === "moved" && value.movedTo === from && value.date !== to,
  );
  const edits = [
    { before: was, after: { ...was.value, state: "moved" as const, movedTo: to }, what },
    { before: there, after, what, was: was.value },
    ...earlier.map((each) => ({ before: each, after: { ...each.value, movedTo: to }, what })),
  ];
  return { edits, meeting: after, from, isNew: false };
}

function takenError({ date, kind }: Meeting, isMove: boolean): UserError {
  const noun = kind === "workshop" ? "a workshop" : "a meeting";
  const mend = isMove
    ? `Choose another date, or move or cancel that one first.`
    : `Type meeting ${longDate(date)} to change it.`;
  return new UserError(`There is ${noun} on ${longDate(date)} already. ${mend}`);
}

/** Deadlines that are left empty are proposed. */
function readForm(form: MeetingForm, was: Meeting | undefined, source: string): Meeting {
  const date = readDay(form.date, "date of the meeting");
  const kind = form.kind === "workshop" ? ("workshop" as const) : ("committee meeting" as const);
  const proposed = proposedDeadlines({ date, kind });
  const draftDeadline = form.draftDeadline
    ? readDay(form.draftDeadline, "draft deadline")
    : proposed.draftDeadline;
  const publication = form.publication
    ? readDay(form.publication, "publication date")
    : proposed.publication;
  const time = readTime(form.time);
  const venue = form.venue.trim();
  if (venue.length > LONGEST_VENUE)
    throw new UserError(
      `The place is too long. Shorten it to ${LONGEST_VENUE} characters or fewer.`,
    );
  return {
    ...(was?.agendaKept ? { agendaKept: was.agendaKept } : {}),
    ...{ date, kind, state: "planned", source: was?.source ?? source },
    ...(time ? { time } : {}),
    ...(venue ? { venue } : {}),
    ...(draftDeadline ? { draftDeadline } : {}),
    ...(publication ? { publication } : {}),
  };
}

function readTime(text: string): string {
  if (text.trim() === "") return "";
  const [, hour = "", minute = ""] = TIME.exec(text.trim()) ?? [];
  if (!hour) throw new UserError("The time is like 10:00 or 14:30. Enter it so.");
  return `${hour.padStart(2, "0")}:${minute}`;
}

function nounOf({ kind }: Meeting): string {
  return kind === "workshop" ? "workshop" : "meeting";
}

/** Whether two say the same of a meeting. */
export function isSame(one: Meeting, other: Meeting): boolean {
  return whatIsSaid(one) === whatIsSaid(other);
}

function whatIsSaid({
  date,
  kind,
  time,
  venue,
  draftDeadline,
  publication,
  state,
}: Meeting): string {
  return JSON.stringify([date, kind, time, venue, draftDeadline, publication, state]);
}
