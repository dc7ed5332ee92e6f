import { addMonths, latestPublication, monthOf, type Day, type Month } from "../calendar.ts";
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
  };

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
