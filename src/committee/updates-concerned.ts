import { longDate, monthName, type Day } from "../calendar.ts";
import type { Planned } from "./planning.ts";
import { nextMeeting, planOf } from "./rules.ts";
import type { Meeting, Stored } from "./schema.ts";

/** What an added or moved meeting means for the districts' updates. `written` counts a meeting's. */
export async function updatesConcerned(
  { meeting, from, isNew }: Planned,
  stored: readonly Stored<Meeting>[],
  today: Day,
  written: (meeting: Day) => Promise<number>,
): Promise<string[]> {
  const shared = sharedMonth(meeting, from, stored, today);
  if (from) {
    const count = await written(from);
    return count > 0
      ? [`${counted(count)} written for it. What is written goes along.`, ...shared]
      : shared;
  }
  if (!isNew || meeting.kind === "workshop") return [];
  if (shared.length > 0) return shared;
  const before = stored.map(({ value }) => value).filter(({ date }) => date !== meeting.date);
  const after = [...before, meeting].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const taken = planOf(after, today).monthsFor(meeting.date);
  const next = nextMeeting(before, meeting.date);
  const months = taken.filter(
    (month) => planOf(before, today).forMonth(month)?.date === next?.date,
  );
  if (!next || months.length === 0) return [];
  const day = longDate(next.date);
  const count = await written(next.date);
  const names = months.map(monthName).join(", ");
  return [
    `What is still to be written for ${names} goes to this meeting, not to the one on ${day}.`,
    ...(count > 0
      ? [
          `${counted(count)} written for the meeting on ${day} already. What is written stays there.`,
        ]
      : []),
  ];
}

/** A month has one update of each district: where it has two meetings, that is for the first. */
function sharedMonth(
  meeting: Meeting,
  from: Day | undefined,
  stored: readonly Stored<Meeting>[],
  today: Day,
): string[] {
  const others = stored
    .map(({ value }) => value)
    .filter(({ date }) => date !== meeting.date && date !== from);
  const all = [...others, meeting].toSorted((a, b) => (a.date < b.date ? -1 : 1));
  return planOf(all, today)
    .secondMeetings(meeting.date)
    .filter(({ date }) => date === meeting.date)
    .map(
      ({ month, first }) =>
        `The updates for ${monthName(month)} are for the meeting on ${longDate(first)}. This meeting has none of its own, and nobody is asked for one.`,
    );
}

/** Where the updates of a meeting go when it is cancelled. */
export function updatesOfCancelled(
  count: number,
  date: Day,
  stored: readonly Stored<Meeting>[],
): string {
  if (count === 0) return "";
  const others = stored.map(({ value }) => value).filter((each) => each.date !== date);
  const next = nextMeeting(others, date);
  const where = next
    ? `goes to the meeting on ${longDate(next.date)}`
    : "waits for the next meeting";
  return `${counted(count)} written for it. What is written ${where}, and the update says so.`;
}

function counted(count: number): string {
  return count === 1 ? "1 update is" : `${count} updates are`;
}
