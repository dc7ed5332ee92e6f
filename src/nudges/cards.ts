import { dateWithWeekday, longDate, timeAndDate, type Day, type Instant } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Committee, District } from "../council.ts";
import { isLate, listDue, reminderDay, type Deadline, type NudgeMeeting } from "./rules.ts";

/** What a nudge says, and to whom. */
interface NudgeView {
  readonly meeting: NudgeMeeting;
  readonly deadline: Deadline;
  readonly district: District;
  /** All those that are missing from the champion, where there are more. */
  readonly districts?: readonly District[];
  /** Whether the champion writes for no other district. */
  readonly isOnly: boolean;
  readonly today: Day;
}

/** A champion whose update is not in. */
interface Missing {
  readonly district: string;
  readonly name: string;
  readonly awayUntil: Day | undefined;
}

/** One champion is told that their update is missing, with the form one press away. */
export function nudgeCard({
  meeting,
  deadline,
  district,
  districts = [district],
  isOnly,
  today,
}: NudgeView): Card {
  const names = new Intl.ListFormat("en-GB").format(districts.map(({ name }) => name));
  return fill("nudges/nudge", {
    heading:
      districts.length === 1
        ? `Your update for ${names} is not in yet`
        : `Your updates for ${names} are not in yet`,
    district: district.id,
    meeting: meeting.date,
    date: dateWithWeekday(meeting.date),
    deadline: `${deadline.day === today ? "today, " : ""}${dateWithWeekday(deadline.day)}`,
    isByPattern: !deadline.isGiven,
    canRemind: reminderDay(today, deadline) !== undefined,
    forms: districts.map(({ name }) => ({ say: isOnly ? "log update" : `log update ${name}` })),
  });
}

/** What a press on a nudge has led to. */
export function snoozedCard(
  { meeting, district }: { readonly meeting: Day; readonly district: string },
  until: Instant | undefined,
): Card {
  const title = until ? "I will remind you again" : "I will not remind you again";
  const detail = until
    ? `The next reminder comes at ${timeAndDate(until.toString())}, unless your update is in by then.`
    : `No more reminders come for the meeting on ${longDate(meeting)}.`;
  return fill("nudges/snoozed", {
    ...{ title, detail, meeting, district },
    canStop: until !== undefined,
    canWake: until === undefined,
  });
}

/** The snooze is taken back. */
export function wokenCard(meeting: Day, district: string): Card {
  return fill("nudges/snoozed", {
    title: "Reminders come again",
    detail: `You get those that are still to come before the draft deadline for ${longDate(meeting)}.`,
    ...{ meeting, district, canStop: true, canWake: false },
  });
}

/** For the officers: whose update is still missing at the draft deadline. */
export function listCard({
  committee,
  meeting,
  deadline,
  missing,
  now,
}: {
  readonly committee: Committee;
  readonly meeting: NudgeMeeting;
  readonly deadline: Deadline;
  readonly missing: readonly Missing[];
  readonly now: Instant;
}): Card {
  return fill("nudges/missing", {
    committee: committee.name,
    count: missing.length === 1 ? "1 update is" : `${missing.length} updates are`,
    date: longDate(meeting.date),
    deadline: dateWithWeekday(deadline.day),
    isByPattern: !deadline.isGiven,
    isLate: isLate(deadline, now),
    due: timeAndDate(listDue(deadline).toString()),
    lines: missing.map(({ district, name, awayUntil }) => ({
      line: `${district}: ${name}${awayUntil ? `, away until ${longDate(awayUntil)}` : ""}`,
    })),
  });
}
