import { longDate, monthName, type Day, type Instant } from "../calendar.ts";
import type { ChampionParts, MeetingPlan, SecondMeeting } from "./index.ts";
import type { Update } from "./schema.ts";
import type { ChampionStore } from "./store.ts";

/** Every district's update that goes to a meeting, the first month first; withdrawn ones too. */
async function writtenFor(
  { ofMonths }: Pick<ChampionStore, "ofMonths">,
  plan: MeetingPlan,
  committee: string,
  meeting: Day,
): Promise<Update[]> {
  const updates = await ofMonths(committee, plan.monthsAround(meeting));
  return updates.filter((update) => plan.meetingOf(update)?.date === meeting);
}

/** What was submitted for a meeting. */
export async function submittedFor(
  store: Pick<ChampionStore, "ofMonths">,
  plan: MeetingPlan,
  committee: string,
  meeting: Day,
): Promise<Update[]> {
  const updates = await writtenFor(store, plan, committee, meeting);
  return updates.filter(({ status }) => status === "submitted");
}

/** What the other features ask of a meeting's updates. */
export function updatesForMeetings({ store, planFor }: Pick<ChampionParts, "store" | "planFor">) {
  return { doneFor, updatesFor };

  /** How many updates were submitted for a meeting. */
  async function updatesFor(committee: string, meeting: Day, now: Instant): Promise<number> {
    return (await submittedFor(store, await planFor(committee, now), committee, meeting)).length;
  }

  /**
   * The districts that need no reminder of a meeting: what they submitted goes to it, or each of
   * its months holds an update of theirs that goes to another meeting.
   */
  async function doneFor(committee: string, meeting: Day, now: Instant): Promise<Set<string>> {
    const plan = await planFor(committee, now);
    const months = plan.monthsFor(meeting);
    const updates = await store.submittedIn(committee, plan.monthsAround(meeting));
    const isDone = ({ district }: Update) => {
      const own = updates.filter((update) => update.district === district);
      return (
        own.some((update) => plan.meetingOf(update)?.date === meeting) ||
        (months.length > 0 && months.every((month) => own.some((each) => each.month === month)))
      );
    };
    return new Set(updates.filter(isDone).map(({ district }) => district));
  }
}

/** Where a month has two meetings: the second one, if that is what is planned on the day. */
export function secondMeetingOn(
  date: Day,
  { secondMeetings }: Pick<MeetingPlan, "secondMeetings">,
): SecondMeeting | undefined {
  return secondMeetings(date).find((meeting) => meeting.date === date);
}

/** Which meeting has the updates of a second meeting's month. */
export function whereTheyGo({ month, first }: SecondMeeting): string {
  return `The updates for ${monthName(month)} are for the meeting on ${longDate(first)}.`;
}

/** "17 October 2019 (moved from 10 October 2019)": where an update goes, and why there. */
export function meetingLine(update: Update, plan: Pick<MeetingPlan, "meetingOf">): string {
  const goesTo = plan.meetingOf(update);
  const own = longDate(update.meeting);
  if (!goesTo || goesTo.date === update.meeting) return own;
  const why = goesTo.isInstead ? `the meeting on ${own} was cancelled` : `moved from ${own}`;
  return `${longDate(goesTo.date)} (${why})`;
}
