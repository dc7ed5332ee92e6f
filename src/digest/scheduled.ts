import { addDays, dayOf, timeAndDate, type Day, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import type { Job, Place } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import type { Outbox } from "./outbox.ts";
import { BY_ITSELF, outcomeCard } from "./post-cards.ts";
import { hasBegun, isLate, isPausedAt, planned, type Planned } from "./schedule.ts";
import type { Channel, DigestSettings, Post } from "./schema.ts";
import type { Sending } from "./sending.ts";
import type { DigestStore, StoredPost } from "./store.ts";

/** A meeting further back is not looked at any more. */
const DAYS_BACK = 30;
/** Nothing is due longer than this before a meeting, and nothing is posted by hand before it. */
const DAYS_AHEAD = 60;
/** So often a refused post is tried again before an officer is asked. */
const MOST_TRIES = 4;
/** Teams refuses for good: trying again helps only after somebody has brought the bot back. */
const FOR_GOOD = /^40[34]\b/;

interface ScheduledParts {
  readonly store: DigestStore;
  readonly posts: Sending;
  readonly outbox: Outbox;
  /** All meetings of the plan, moved and cancelled ones too. */
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
  /** The Entra object ids of those who chair the committee now. */
  readonly chairsOf: (committee: string, now: Instant) => Promise<readonly string[]>;
  /** False while it is not sure that the officers were told. */
  readonly tellOfficers: (
    committee: Committee,
    now: Instant,
    from: Place,
    card: Card,
  ) => Promise<boolean>;
}

/** One digest that is due: for which meeting, of which kind, to whom, and since when. */
interface DueDigest extends Planned {
  readonly meeting: DigestMeeting;
  readonly to: string;
  readonly earlier: StoredPost | undefined;
  readonly settings: DigestSettings;
}

/**
 * What goes out by itself: each digest once when it is due, a word to the officers about what did
 * not go as it should, and the posted ones kept as things stand. Nothing is remembered between two
 * looks but the rows of the posts, so any replica goes on where another one stopped.
 */
export function scheduledDigests(parts: ScheduledParts) {
  const { store, posts, outbox, meetingsOf, chairsOf, tellOfficers } = parts;
  const jobs: Job[] = [
    {
      name: "digest",
      due: async (committee, now) => (await dueDigests(committee, now)).map(nameOf),
      run: sendDue,
    },
    {
      name: "digest word to officers",
      due: async (committee, now) => (await untold(committee, now)).map(({ post }) => wordOf(post)),
      run: tell,
    },
    {
      name: "digest kept up to date",
      due: async (committee, now) => {
        const standing = await standingPosts(committee, now);
        return standing.length > 0 ? now.toString().slice(0, "2019-10-03T08".length) : undefined;
      },
      run: keepUp,
    },
  ];
  return { jobs, keepUp };

  /** Due and not yet dealt with. What was due before its channel was chosen is not expected there. */
  async function dueDigests({ id }: Committee, now: Instant): Promise<DueDigest[]> {
    const channel = await store.channelOf(id);
    if (!channel) return [];
    const settings = await store.settingsOf(id);
    const due: DueDigest[] = [];
    for (const meeting of await meetingsAround(id, now)) {
      if (meeting.state !== "planned") continue;
      const kinds = planned(meeting, settings).filter(({ at }) => isDue(at, channel, now));
      if (kinds.length === 0) continue;
      const known = await posts.ofMeeting(id, meeting.date, now);
      for (const each of kinds)
        for (const to of await recipients(id, each, channel, now)) {
          const earlier = known.find(({ post }) => post.kind === each.kind && post.to === to);
          if (!earlier || canTryAgain(earlier.post))
            due.push({ ...each, meeting, to, earlier, settings });
        }
    }
    return due;
  }

  /** Compose → claim → send → mark. Throws where it is to be tried again later. */
  async function sendDue(committee: Committee, now: Instant, run: string): Promise<void> {
    const due = (await dueDigests(committee, now)).find((each) => nameOf(each) === run);
    if (!due) return;
    const { meeting, kind, to, at, earlier, settings } = due;
    const note = isLate(due, now)
      ? `This was due at ${timeAndDate(at.toString())} and comes late, because this bot was not running then.`
      : undefined;
    const wishes = { now, by: BY_ITSELF, earlier, note };
    const sendable = await outbox.prepare(
      committee,
      meeting,
      { meeting: meeting.date, kind, to },
      wishes,
    );
    const unsent = whyNot(due, settings, sendable.isEmpty, now);
    if (unsent) {
      await store.claim(committee.id, { ...sendable.claim, state: unsent }, earlier);
      return;
    }
    const result = await posts.sendAndWait(committee.id, sendable);
    if (result && canTryAgain(result))
      throw new Error(`A digest was refused for now: ${result.reason}`);
  }

  async function untold({ id }: Committee, now: Instant): Promise<StoredPost[]> {
    const meetings = await meetingsAround(id, now);
    const all = await Promise.all(meetings.map(({ date }) => posts.ofMeeting(id, date, now)));
    return all.flat().filter(({ post }) => hasToBeTold(post));
  }

  async function tell(committee: Committee, now: Instant, run: string): Promise<void> {
    const stored = (await untold(committee, now)).find(({ post }) => wordOf(post) === run);
    const channel = await store.channelOf(committee.id);
    if (!stored || !channel) return;
    const { post } = stored;
    if (!(await tellOfficers(committee, now, channel.place, outcomeCard(post))))
      throw new Error("The officers could not be told what became of a digest");
    await store.mark(committee.id, { ...post, isTold: true });
  }

  /** Posted digests say what holds now. What cannot be changed any more is corrected in a new post. */
  async function keepUp(committee: Committee, now: Instant): Promise<void> {
    for (const { meeting, post } of await standingPosts(committee, now)) {
      const renewed = await outbox.renew(committee, meeting, post, now);
      const isWrong = renewed?.outcome === "refused" && meeting.state !== "planned";
      if (isWrong && post.kind !== "chair") await correct(committee, meeting, post, now);
    }
  }

  /** The message is gone, and whoever read it still believes the old day. */
  async function correct(committee: Committee, meeting: DigestMeeting, post: Post, now: Instant) {
    const reference = { meeting: meeting.date, kind: "correction" as const, to: post.to };
    if (await posts.find(committee.id, reference, now)) return;
    const wishes = { now, by: BY_ITSELF };
    await posts.sendAndWait(
      committee.id,
      await outbox.prepare(committee, meeting, reference, wishes),
    );
  }

  /** What was posted for meetings that are still to come, or were to. */
  async function standingPosts({ id }: Committee, now: Instant) {
    const channel = await store.channelOf(id);
    const standing: { meeting: DigestMeeting; post: Post }[] = [];
    for (const meeting of await meetingsAround(id, now)) {
      if (!channel || hasBegun(meeting, now)) continue;
      for (const { post } of await posts.ofMeeting(id, meeting.date, now)) {
        const isHere = post.kind === "chair" || post.to === channel.place.channel;
        if (post.state === "sent" && post.activity && isHere) standing.push({ meeting, post });
      }
    }
    return standing;
  }

  async function recipients(
    committee: string,
    { kind }: Planned,
    { place }: Channel,
    now: Instant,
  ): Promise<readonly string[]> {
    return kind === "chair" ? chairsOf(committee, now) : [place.channel];
  }

  async function meetingsAround(committee: string, now: Instant): Promise<DigestMeeting[]> {
    const [from, until]: Day[] = [addDays(dayOf(now), -DAYS_BACK), addDays(dayOf(now), DAYS_AHEAD)];
    const meetings = await meetingsOf(committee, now);
    return meetings.filter(({ date }) => date >= (from ?? "") && date <= (until ?? ""));
  }
}

function isDue(at: Instant, channel: Channel, now: Instant): boolean {
  return (
    at.epochMilliseconds <= now.epochMilliseconds && at.epochMilliseconds >= Date.parse(channel.at)
  );
}

/** Why something due is not sent, if it is not. */
function whyNot(
  { meeting, at }: DueDigest,
  settings: DigestSettings,
  isEmpty: boolean,
  now: Instant,
): Post["state"] | undefined {
  if (isPausedAt(at, settings)) return "paused";
  if (hasBegun(meeting, now)) return "missed";
  return isEmpty ? "empty" : undefined;
}

function canTryAgain({ state, reason = "", attempt, by }: Post): boolean {
  return state === "refused" && by === BY_ITSELF && attempt < MOST_TRIES && !FOR_GOOD.test(reason);
}

function hasToBeTold(post: Post): boolean {
  const { state, isTold } = post;
  if (isTold || canTryAgain(post)) return false;
  return ["doubtful", "refused", "empty", "missed"].includes(state);
}

function nameOf({ meeting, kind, to }: DueDigest): string {
  return `${meeting.date} ${kind} ${to}`;
}

function wordOf({ meeting, kind, to, state, attempt }: Post): string {
  return `${meeting} ${kind} ${to} ${state} ${attempt}`;
}
