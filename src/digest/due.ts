import { addDays, addWorkingDays, atTime, dayOf, londonClock, type Instant } from "../calendar.ts";
import type { DigestMeeting } from "./cards.ts";
import type { MeetingPosts } from "./ledger.ts";
import type { OutboxParts } from "./outbox.ts";
import { canTryAgain, mayStand } from "./rules.ts";
import { expectedSince, hasBegun, isLate, planned, type Planned } from "./schedule.ts";
import type { Channel, DigestSettings } from "./schema.ts";
import type { DigestStore, StoredPost } from "./store.ts";

/** What comes late does not wake anybody: it waits for these hours, on any day. */
const DAY_BEGINS = "08:00";
const DAY_ENDS = "20:00";
/** Whom a digest is for that has no channel to go to. */
export const NOWHERE = "no channel";

/** One digest that is due: for which meeting, of which kind, to whom, and since when. */
export interface DueDigest extends Planned {
  readonly meeting: DigestMeeting;
  readonly to: string;
  readonly earlier: StoredPost | undefined;
  /** Whether the digest was posted when this one was due, or later. */
  readonly isCovered: boolean;
}

interface DueParts {
  readonly store: DigestStore;
  /** The Entra object ids of those who chair the committee now. */
  readonly chairsOf: (committee: string, now: Instant) => Promise<readonly string[]>;
  readonly wayOf: OutboxParts["wayOf"];
}

/** Which digests are due: of which meeting, of which kind, and to whom. */
export function digestsDue({ store, chairsOf, wayOf }: DueParts) {
  return dueAmong;

  /**
   * Due and not yet dealt with, in whichever channel. What was due before the committee had one is
   * not expected there. Without a channel the chair gets theirs all the same, and the officers a word.
   */
  async function dueAmong(
    committee: string,
    now: Instant,
    around: readonly MeetingPosts[],
  ): Promise<DueDigest[]> {
    const channel = await store.channelOf(committee);
    const way = await wayOf(committee);
    if (!channel && !way) return [];
    const settings = await store.settingsOf(committee);
    const due: DueDigest[] = [];
    for (const { meeting, posts: known } of around) {
      if (meeting.state !== "planned") continue;
      const all = planned(meeting, settings);
      const expected = channel ? all : [...all, ...remindersBefore(all, settings, now)];
      const kinds = expected.filter(
        ({ kind, at }) =>
          isDue(at, expectedSince(kind, channel, way), now) && !waitsForDay(at, meeting, now),
      );
      for (const each of kinds)
        for (const to of await recipients(committee, each, channel, now)) {
          const earlier = known.find(({ post }) => post.kind === each.kind && post.to === to);
          if (earlier ? canTryAgain(earlier.post) : !wentElsewhere(each, channel, known))
            due.push({ ...each, meeting, to, earlier, isCovered: isCovered(each, known) });
        }
    }
    // Where both have come due, one post is enough: the digest goes first.
    return due.filter(
      ({ kind, meeting }) =>
        kind !== "publication" ||
        !due.some((each) => each.kind === "digest" && each.meeting.date === meeting.date),
    );
  }

  async function recipients(
    committee: string,
    { kind }: Planned,
    channel: Channel | undefined,
    now: Instant,
  ): Promise<readonly string[]> {
    if (kind === "chair") return chairsOf(committee, now);
    if (channel) return [channel.place.channel];
    return kind === "publication" ? [] : [NOWHERE];
  }
}

function isDue(at: Instant, since: number | undefined, now: Instant): boolean {
  if (since === undefined) return false;
  return at.epochMilliseconds <= now.epochMilliseconds && at.epochMilliseconds >= since;
}

/** Whether something late waits for the morning, which it does not where the meeting comes first. */
function waitsForDay(at: Instant, meeting: DigestMeeting, now: Instant): boolean {
  const { time } = londonClock(now);
  if (!isLate({ at }, now) || (time >= DAY_BEGINS && time < DAY_ENDS)) return false;
  const morning = time < DAY_BEGINS ? dayOf(now) : addDays(dayOf(now), 1);
  return !hasBegun(meeting, atTime(morning, DAY_BEGINS));
}

/**
 * Dealt with in the channel before this one, when it was due. What Teams refused there goes to the
 * channel that is chosen now.
 */
function wentElsewhere(
  { kind, at }: Planned,
  channel: Channel | undefined,
  known: readonly StoredPost[],
): boolean {
  if (!channel || kind === "chair" || at.epochMilliseconds >= Date.parse(channel.at)) return false;
  return known.some(({ post }) => post.kind === kind && post.state !== "refused");
}

/** Whether somebody else has seen to a run, so that nothing is left of it. */
export function isDealtWith(run: string, around: readonly MeetingPosts[]): boolean {
  return around.some(({ meeting, posts }) =>
    posts.some(
      ({ post }) => `${meeting.date} ${post.kind} ${post.to}` === run && !canTryAgain(post),
    ),
  );
}

/** A digest which was posted when the one at publication was due, or later. */
function isCovered({ kind, at }: Planned, known: readonly StoredPost[]): boolean {
  return known.some(
    ({ post }) =>
      kind === "publication" &&
      post.kind === "digest" &&
      mayStand(post.state) &&
      Date.parse(post.at) >= at.epochMilliseconds,
  );
}

/** Where no channel is chosen, the officers hear of it on the working day before it is too late. */
function remindersBefore(
  all: readonly Planned[],
  { time }: DigestSettings,
  now: Instant,
): Planned[] {
  return all
    .filter(({ kind, at }) => kind === "digest" && at.epochMilliseconds > now.epochMilliseconds)
    .map(({ at }) => ({ kind: "reminder", at: atTime(addWorkingDays(dayOf(at), -1), time) }));
}

/** A run's name, which begins with its meeting. */
export function nameOf({ meeting, kind, to }: DueDigest): string {
  return `${meeting.date} ${kind} ${to}`;
}
