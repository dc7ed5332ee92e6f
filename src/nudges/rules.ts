import {
  addDays,
  addWorkingDays,
  atTime,
  dayOf,
  londonClock,
  millisecondsBetween,
  readInstant,
  type Day,
  type Instant,
} from "../calendar.ts";
import { LONGEST_SENDING_MS } from "../feature.ts";
import type { Absence, Nudge, NudgeSettings, Silence, Snooze } from "./schema.ts";

/** What nudges need to know of a meeting. */
export interface NudgeMeeting {
  readonly date: Day;
  readonly draftDeadline?: string | undefined;
  readonly state: "planned" | "moved" | "cancelled";
  readonly movedTo?: Day | undefined;
  /** False where the updates of its month go to an earlier meeting. */
  readonly takesUpdates?: boolean;
}

/** By when drafts are wanted, and whether the agenda plan says so itself. */
export interface Deadline {
  readonly day: Day;
  readonly isGiven: boolean;
}

/** One time at which a nudge is due. */
export interface Slot {
  readonly day: Day;
  readonly at: Instant;
  readonly isAskedFor: boolean;
}

/** What decides whether a champion is nudged. */
interface Case {
  readonly holder: { readonly id: string } | undefined;
  readonly hasSubmitted: boolean;
  readonly absence: Absence | undefined;
  readonly snooze: Snooze | undefined;
  /** What the ledger holds for the meeting. */
  readonly before: readonly Nudge[];
}

/** Nobody is written to outside these hours, at weekends and on bank holidays. */
const FIRST_TIME = "08:00";
const END_OF_DAY = "17:00";
/** The officers get the list of who is missing at this time on the day of the deadline. */
const LIST_TIME = "09:00";
const LATE_MS = 60 * 60_000;
/** The agenda plan's own pattern: the Friday of the week before the publication's Wednesday. */
const DEADLINE_DAYS_BEFORE = 13;
/** So often a nudge that Teams was too busy for is tried. */
const MOST_TRIES = 4;
/** Teams refuses for good, until somebody brings the bot back. */
const FOR_GOOD = /^40[34]\b/;

/** The draft deadline of the plan, or 13 calendar days before the meeting where it gives none. */
export function deadlineOf({ date, draftDeadline }: NudgeMeeting): Deadline {
  return draftDeadline
    ? { day: draftDeadline, isGiven: true }
    : { day: addDays(date, -DEADLINE_DAYS_BEFORE), isGiven: false };
}

/** Whether people may be written to now: a working day of England, from 8am until 5pm in London. */
export function isOfficeHour(now: Instant): boolean {
  const { weekday, time, isBankHoliday } = londonClock(now);
  return weekday <= 5 && !isBankHoliday && time >= FIRST_TIME && time < END_OF_DAY;
}

/** When the nudges before a deadline are due, the first first. */
export function plannedSlots({ day }: Deadline, { daysBefore, time }: NudgeSettings): Slot[] {
  return daysBefore
    .toSorted((a, b) => b - a)
    .map((days) => addWorkingDays(day, -days))
    .map((due) => ({ day: due, at: atTime(due, time), isAskedFor: false }));
}

/** Whether anything before a deadline can have come due. */
export function hasBegun(deadline: Deadline, settings: NudgeSettings, now: Instant): boolean {
  const [first] = plannedSlots(deadline, settings);
  const start = first && first.day < deadline.day ? first.day : deadline.day;
  return dayOf(now) >= start;
}

/**
 * The latest nudge that has come due since a time, planned or asked for. Those before it are not
 * made up: several due at once are one, and what a day's own nudge follows a little later waits for it.
 */
export function slotDue(
  planned: readonly Slot[],
  snooze: Snooze | undefined,
  { time }: NudgeSettings,
  { now, since }: { readonly now: Instant; readonly since: Instant },
): Slot | undefined {
  const asked = snooze?.until
    ? [{ day: snooze.until, at: atTime(snooze.until, time), isAskedFor: true }]
    : [];
  const latest = [...planned, ...asked]
    .filter(({ at }) => isWithin(at, since, now))
    .toSorted((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)
    .at(-1);
  const today = dayOf(now);
  const isFollowed = planned.some(
    ({ day, at }) => day === today && at.epochMilliseconds > now.epochMilliseconds,
  );
  return latest && latest.day < today && !latest.isAskedFor && isFollowed ? undefined : latest;
}

/** When the officers get their list: on the day of the deadline, or at the next office hour. */
export function listDue({ day }: Deadline): Instant {
  const at = atTime(day, LIST_TIME);
  return isOfficeHour(at) ? at : atTime(addWorkingDays(day, 1), FIRST_TIME);
}

/** Whether the list is told so much after its time that it has to say so. */
export function isLate(deadline: Deadline, now: Instant): boolean {
  return millisecondsBetween(listDue(deadline).toString(), now) >= LATE_MS;
}

/** Since when nudges are expected: what was due before the rule, or a way to people, is not made up. */
export function expectedSince(
  { since = "" }: NudgeSettings,
  way: { readonly at: string } | undefined,
): Instant | undefined {
  return way && readInstant(since > way.at ? since : way.at);
}

/** Whether something that came due then is expected at all, and by now. */
export function isWithin(at: Instant, since: Instant, now: Instant): boolean {
  return (
    at.epochMilliseconds >= since.epochMilliseconds && at.epochMilliseconds <= now.epochMilliseconds
  );
}

/** Why a champion is not nudged now, or undefined when they are. */
export function silenceFor(
  { holder, hasSubmitted, absence, snooze, before }: Case,
  slot: Slot,
  deadline: Deadline,
  { settings, now }: { readonly settings: NudgeSettings; readonly now: Instant },
): Silence | undefined {
  if (hasSubmitted) return "submitted";
  if (!holder) return "vacant";
  if (isAway(absence, dayOf(now))) return "away";
  if (isSnoozed(snooze, settings, now)) return "snoozed";
  if (dayOf(now) > deadline.day) return "missed";
  if (slot.isAskedFor) return undefined;
  // One message can be about several districts.
  const received = before.filter((nudge) => nudge.to === holder.id && counts(nudge));
  return new Set(received.map(({ day }) => day)).size >= settings.mostPerMeeting
    ? "limit"
    : undefined;
}

/** Whether somebody is away on a day. On the day that they gave they are back. */
export function isAway(absence: Absence | undefined, day: Day): boolean {
  return absence !== undefined && day < absence.until;
}

/** Whether a champion wants no nudge yet, or none for this meeting. */
function isSnoozed(
  snooze: Snooze | undefined,
  { time }: Pick<NudgeSettings, "time">,
  now: Instant,
): boolean {
  if (!snooze) return false;
  if (!snooze.until) return true;
  return now.epochMilliseconds < atTime(snooze.until, time).epochMilliseconds;
}

/** The day of "Remind me tomorrow": the next working day, unless the deadline is over by then. */
export function reminderDay(today: Day, deadline: Deadline): Day | undefined {
  const next = addWorkingDays(today, 1);
  return next <= deadline.day ? next : undefined;
}

/** Whether a nudge that Teams refused has surely not arrived and may go on the next try. */
export function canTryAgain({ state, reason = "", attempt }: Nudge): boolean {
  return state === "refused" && attempt < MOST_TRIES && !FOR_GOOD.test(reason);
}

/** Whether a nudge under way was broken off: it may have arrived or not. */
export function isBrokenOff({ state, at }: Nudge, now: Instant): boolean {
  return state === "sending" && millisecondsBetween(at, now) >= LONGEST_SENDING_MS;
}

/** What may have reached the champion counts, except what they asked for themselves. */
function counts({ state, isAskedFor }: Nudge): boolean {
  return !isAskedFor && ["sending", "sent", "doubtful"].includes(state);
}

/** The meetings to come that updates go to: a deadline can be earlier than the meeting before. */
export function comingOf<Meeting extends NudgeMeeting>(
  meetings: readonly Meeting[],
  today: Day,
): Meeting[] {
  return meetings.filter(
    ({ date, state, takesUpdates }) =>
      state === "planned" && date >= today && takesUpdates !== false,
  );
}

/** The meeting that updates go to now. */
export function nextOf<Meeting extends NudgeMeeting>(
  meetings: readonly Meeting[],
  today: Day,
): Meeting | undefined {
  return comingOf(meetings, today)[0];
}
