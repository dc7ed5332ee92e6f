import {
  addMonths,
  latestPublication,
  monthOf,
  monthsBackFrom,
  type Day,
  type Month,
} from "../calendar.ts";
import type { Action, Meeting } from "./schema.ts";

/** A committee that pauses longer than this starts afresh. */
const MONTHS_BACK = 13;

/** The next meeting of the committee. A workshop is not a meeting: nothing is decided there. */
export function nextMeeting(meetings: readonly Meeting[], today: Day): Meeting | undefined {
  return meetings.find((meeting) => isHeld(meeting) && meeting.date >= today);
}

function isHeld({ kind, state }: Meeting): boolean {
  return kind === "committee meeting" && state === "planned";
}

/**
 * The meeting that a month's updates go to: the first one in that month or after it. The papers
 * of 8 August 2019 hold the updates of August.
 */
function meetingForMonth(meetings: readonly Meeting[], month: Month): Meeting | undefined {
  return nextMeeting(meetings, `${month}-01`);
}

/** What a meeting is known by, wherever it is moved to. */
function keptOf({ date, agendaKept }: Meeting): string {
  return agendaKept ?? date;
}

/** What ties an update to its meeting: the day it was then on, and what it is known by. */
interface WrittenFor {
  readonly month: Month;
  readonly meeting: Day;
  readonly meetingKept?: string | undefined;
}

/**
 * The meeting that an update goes to now: the one it was written for, wherever that was moved to.
 * Where that is cancelled, the next one. Other meetings that are added take nothing from it.
 */
function meetingOfUpdate(meetings: readonly Meeting[], update: WrittenFor) {
  const kept = update.meetingKept ?? update.meeting;
  const same = meetings.filter((meeting) => keptOf(meeting) === kept);
  const own =
    same.find(({ state }) => state === "planned") ??
    same.find(({ state }) => state === "cancelled") ??
    meetings.find(({ date }) => date === update.meeting);
  if (!own) return { meeting: meetingForMonth(meetings, update.month), isInstead: false };
  if (isHeld(own)) return { meeting: own, isInstead: false };
  return { meeting: nextMeeting(meetings, own.date), isInstead: true };
}

/** When the agenda is published: as planned, or else the last day the law allows. */
function publicationOf({ date, publication }: Meeting): Day {
  return publication ?? latestPublication(date) ?? date;
}

/** The meetings around today, as a champion's update needs them. */
export function planOf(meetings: readonly Meeting[], today: Day) {
  const held = meetings.filter((meeting) => isHeld(meeting) && meeting.date < today);
  return {
    next: dates(nextMeeting(meetings, today)),
    last: dates(held.at(-1)),
    on: (date: Day) => dates(meetings.find((meeting) => meeting.date === date)),
    /** Every committee meeting of the plan, moved and cancelled ones too. */
    all: meetings.flatMap((meeting) =>
      meeting.kind === "committee meeting"
        ? withUpdates(dates(asItStands(meeting, meetings)), monthsFor)
        : [],
    ),
    forMonth: (month: Month) => dates(meetingForMonth(meetings, month)),
    monthsFor,
    monthsAround,
    secondMeetings,
    /** `isInstead` where the meeting it was written for was cancelled. */
    meetingOf: (update: WrittenFor) => {
      const { meeting, isInstead } = meetingOfUpdate(meetings, update);
      const found = dates(meeting);
      return found && { ...found, isInstead };
    },
  };

  /** From a day on, the meetings that share their month with an earlier one, which has its updates. */
  function secondMeetings(from: Day) {
    return meetings.flatMap((meeting) => {
      const { date } = meeting;
      const month = monthOf(date);
      const first = meetingForMonth(meetings, month)?.date ?? date;
      return isHeld(meeting) && date >= from && first < date ? [{ date, month, first }] : [];
    });
  }

  /** Every month in which an update of a meeting can be: more than go to it as the plan is now. */
  function monthsAround(meeting: Day): Month[] {
    const kept = meetings.find(({ date }) => date === meeting)?.agendaKept ?? meeting;
    const latest = [monthOf(meeting), kept.slice(0, monthOf(meeting).length)].toSorted().at(-1);
    return monthsBackFrom(latest ?? monthOf(meeting), MONTHS_BACK + 1).toReversed();
  }

  /** The months whose updates go to a meeting: back to the meeting before it. */
  function monthsFor(meeting: Day): Month[] {
    const months: Month[] = [];
    for (
      let month = monthOf(meeting);
      meetingForMonth(meetings, month)?.date === meeting && months.length < MONTHS_BACK;
      month = addMonths(month, -1)
    )
      months.unshift(month);
    return months;
  }
}

/** A meeting that was moved and then cancelled does not take place on its first date either. */
function asItStands(meeting: Meeting, meetings: readonly Meeting[]): Meeting {
  const target = meetings.find(({ date }) => date === meeting.movedTo);
  return target?.state === "cancelled" ? { ...meeting, state: "cancelled" } : meeting;
}

/** Two meetings in a month: its updates go to the first of them. */
function withUpdates(
  meeting: ReturnType<typeof dates>,
  monthsFor: (date: Day) => readonly Month[],
) {
  return meeting ? [{ ...meeting, takesUpdates: monthsFor(meeting.date).length > 0 }] : [];
}

function dates(meeting: Meeting | undefined) {
  return (
    meeting && {
      ...meeting,
      publication: publicationOf(meeting),
      isPublicationGiven: meeting.publication !== undefined,
    }
  );
}

/** Actions still going on, the longest first; those of an unknown meeting are the oldest. */
export function openActions(actions: readonly Action[]): Action[] {
  return actions
    .filter(({ status }) => status === "ACTION ONGOING")
    .toSorted((a, b) => (a.meeting ?? "").localeCompare(b.meeting ?? ""));
}
