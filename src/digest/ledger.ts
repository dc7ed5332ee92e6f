import { addDays, dayOf, type Day, type Instant } from "../calendar.ts";
import { perLook } from "../per-look.ts";
import type { DigestMeeting } from "./cards.ts";
import { DAYS_BACK } from "./schedule.ts";
import type { RenewingParts } from "./renewing.ts";
import type { Sending } from "./sending.ts";
import type { StoredPost } from "./store.ts";

/** Nothing is due longer than this before a meeting, and nothing is posted by hand before it. */
const DAYS_AHEAD = 60;

/** A meeting, and everything that went out for it or should have. */
export interface MeetingPosts {
  readonly meeting: DigestMeeting;
  readonly posts: readonly StoredPost[];
}

interface LedgerParts {
  readonly posts: Sending;
  /** All meetings of the plan, moved and cancelled ones too. */
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
  readonly meetingNow: RenewingParts["meetingNow"];
}

export type Ledger = ReturnType<typeof postLedger>;

/** What went out for the meetings around a day. */
export function postLedger({ posts, meetingsOf, meetingNow }: LedgerParts) {
  const atLook = perLook(
    (committee: string) => committee,
    (now, committee: string) => around(committee, now),
  );
  return { around, of, atLook };

  async function around(committee: string, now: Instant): Promise<MeetingPosts[]> {
    const from = addDays(dayOf(now), -DAYS_BACK);
    const until = addDays(dayOf(now), DAYS_AHEAD);
    const near = (await meetingsOf(committee, now)).filter(
      ({ date }) => date >= from && date <= until,
    );
    return Promise.all(near.map((meeting) => postsFor(committee, meeting, now)));
  }

  /** The same of one meeting alone, as it stands in this moment. */
  async function of(committee: string, date: Day, now: Instant): Promise<MeetingPosts[]> {
    const meeting = await meetingNow(committee, date, now);
    return meeting ? [await postsFor(committee, meeting, now)] : [];
  }

  async function postsFor(committee: string, meeting: DigestMeeting, now: Instant) {
    return { meeting, posts: await posts.ofMeeting(committee, meeting.date, now) };
  }
}

/** The runs of a digest's jobs begin with the meeting that they are about. */
export function meetingOfRun(run: string): Day {
  return run.slice(0, "2019-10-10".length);
}
