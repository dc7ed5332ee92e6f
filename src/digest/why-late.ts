import { readInstant, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { DigestMeeting } from "./cards.ts";
import type { DueDigest } from "./due.ts";
import { lateNote, type Away, type PlannedSince } from "./lateness.ts";
import { hasBegun, planned } from "./schedule.ts";
import type { DigestStore } from "./store.ts";

export interface LateParts {
  readonly store: DigestStore;
  /** All meetings of the plan, moved and cancelled ones too. */
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
  /** When a meeting came into the plan on its day, where its history says so. */
  readonly plannedSince: (committee: string, date: string) => Promise<PlannedSince | undefined>;
  /** The Entra object ids of those who chair the committee now. */
  readonly chairsOf: (committee: string, now: Instant) => Promise<readonly string[]>;
  /** The time in which no replica was at work, where that moment is in one. */
  readonly awayAt: (at: Instant) => Promise<Away | undefined>;
}

/** What stands over a digest that comes late: no reason but one that is known. */
export function lateNotes({ store, meetingsOf, plannedSince, chairsOf, awayAt }: LateParts) {
  return async function noteOn({ id }: Committee, due: DueDigest, now: Instant) {
    const { kind, to, at, earlier, meeting } = due;
    const movedFrom = earlier ? undefined : await movedFromLater(id, due, now);
    const known = await plannedSince(id, meeting.date);
    const since = known && Date.parse(known.at) > at.epochMilliseconds ? known : undefined;
    // Nobody was late with it before the meeting was there.
    const expected = since ? readInstant(since.at) : at;
    const isNewToIt = kind === "chair" && !(await chairsOf(id, expected)).includes(to);
    const away = await awayAt(expected);
    return lateNote({ at, since, earlier: earlier?.post, away, isNewToIt, movedFrom }, now);
  };

  /** The later day that the meeting was moved from, where this digest was not due for that. */
  async function movedFromLater(id: string, { meeting, kind }: DueDigest, now: Instant) {
    const settings = await store.settingsOf(id);
    const all = await meetingsOf(id, now);
    const before = all.find(({ movedTo, date }) => movedTo === meeting.date && date > movedTo);
    const expected = before && planned(before, settings).find((each) => each.kind === kind);
    return expected && expected.at.epochMilliseconds > now.epochMilliseconds
      ? before?.date
      : undefined;
  }
}

/** Nobody waited for the digest of a meeting that was put into the plan when it was over. */
export async function isAddedAfterwards(
  { plannedSince }: Pick<LateParts, "plannedSince">,
  committee: string,
  meeting: DigestMeeting,
): Promise<boolean> {
  const since = await plannedSince(committee, meeting.date);
  return since !== undefined && hasBegun(meeting, readInstant(since.at));
}
