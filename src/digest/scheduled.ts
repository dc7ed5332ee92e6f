import { addWorkingDays, atTime, dayOf, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Job } from "../feature.ts";
import { perLook } from "../per-look.ts";
import type { DigestMeeting } from "./cards.ts";
import type { Gather } from "./composing.ts";
import { factsOf } from "./facts.ts";
import { keepingUp, standing } from "./keeping-up.ts";
import { lateNote, type Away } from "./lateness.ts";
import { meetingOfRun, postLedger, type MeetingPosts } from "./ledger.ts";
import { neverSent } from "./never-went.ts";
import type { Outbox, OutboxParts } from "./outbox.ts";
import type { Renewing, RenewingParts } from "./renewing.ts";
import { BY_ITSELF, canTryAgain, isForChair, mayStand } from "./rules.ts";
import { expectedSince, hasBegun, isLate, isPausedAt, planned, type Planned } from "./schedule.ts";
import type { Channel, DigestSettings, Post } from "./schema.ts";
import type { Sending } from "./sending.ts";
import type { DigestStore, StoredPost } from "./store.ts";
import { wordsToOfficers, type TellOfficers } from "./words.ts";

/** Whom a digest is for that has no channel to go to. */
const NOWHERE = "no channel";

interface ScheduledParts {
  readonly store: DigestStore;
  readonly posts: Sending;
  readonly outbox: Outbox;
  readonly gather: Gather;
  readonly meetingNow: RenewingParts["meetingNow"];
  /** All meetings of the plan, moved and cancelled ones too. */
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
  /** The Entra object ids of those who chair the committee now. */
  readonly chairsOf: (committee: string, now: Instant) => Promise<readonly string[]>;
  readonly tellOfficers: TellOfficers;
  readonly wayOf: OutboxParts["wayOf"];
  readonly renew: Renewing["renew"];
  /** The time in which no replica was at work, where that moment is in one. */
  readonly awayAt: (at: Instant) => Promise<Away | undefined>;
}

/** One digest that is due: for which meeting, of which kind, to whom, and since when. */
interface DueDigest extends Planned {
  readonly meeting: DigestMeeting;
  readonly to: string;
  readonly earlier: StoredPost | undefined;
  /** Whether the digest was posted when this one was due, or later. */
  readonly isCovered: boolean;
}

/**
 * What goes out by itself: each digest once when it is due, a word to the officers about what did
 * not go as it should, and the posted ones kept as things stand. Nothing is remembered between two
 * looks but the rows of the posts, so any replica goes on where another one stopped.
 */
export function scheduledDigests(parts: ScheduledParts) {
  const { store, posts, outbox, chairsOf, wayOf } = parts;
  const ledger = postLedger(parts);
  const { keepUp } = keepingUp({ ...parts, ledger });
  /** The digest and the chair's own say the same things: they are read once for both. */
  const gatheredAtLook = perLook(
    ({ id }: Committee, { date }: DigestMeeting) => `${id} ${date}`,
    (now, committee: Committee, meeting: DigestMeeting) => parts.gather(committee, meeting, now),
  );
  const jobs: Job[] = [
    {
      name: "digest",
      due: async (committee, now) =>
        (await dueDigests(committee, now, await ledger.atLook(now, committee.id))).map(nameOf),
      run: sendDue,
    },
    wordsToOfficers({ ...parts, ledger }),
    neverSent(parts),
    {
      name: "digest kept up to date",
      due: async ({ id }, now) => {
        const all = standing(await ledger.atLook(now, id), now);
        return all.length > 0 ? now.toString().slice(0, "2019-10-03T08".length) : undefined;
      },
      run: keepUp,
    },
  ];
  return { jobs, keepUp };

  /**
   * Due and not yet dealt with, in whichever channel. What was due before the committee had one is
   * not expected there. Without a channel the chair gets theirs all the same, and the officers a word.
   */
  async function dueDigests(
    { id }: Committee,
    now: Instant,
    around: readonly MeetingPosts[],
  ): Promise<DueDigest[]> {
    const channel = await store.channelOf(id);
    const way = await wayOf(id);
    if (!channel && !way) return [];
    const settings = await store.settingsOf(id);
    const due: DueDigest[] = [];
    for (const { meeting, posts: known } of around) {
      if (meeting.state !== "planned") continue;
      const all = planned(meeting, settings);
      const expected = channel ? all : [...all, ...remindersBefore(all, settings, now)];
      const kinds = expected.filter(({ kind, at }) =>
        isDue(at, expectedSince(kind, channel, way), now),
      );
      for (const each of kinds)
        for (const to of await recipients(id, each, channel, now)) {
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

  /** Compose → claim → send → mark. Throws where it is to be tried again later. */
  async function sendDue(committee: Committee, now: Instant, run: string): Promise<void> {
    const known = await ledger.of(committee.id, meetingOfRun(run), now);
    const due = (await dueDigests(committee, now, known)).find((each) => nameOf(each) === run);
    // What changed a moment ago can be due again: this run is not done with it.
    if (!due && !isDealtWith(run, known)) throw new Error("What was due has just changed");
    if (!due) return;
    const { meeting, kind, to, earlier } = due;
    if (to === NOWHERE) {
      const post = { meeting: meeting.date, kind, to, attempt: 1, by: BY_ITSELF };
      await store.claim(committee.id, { ...post, state: "no channel", at: now.toString() });
      return;
    }
    const note = isLate(due, now) ? await noteOn(committee, due, now) : undefined;
    const gathered = () => gatheredAtLook(now, committee, meeting);
    const wishes = { now, by: BY_ITSELF, earlier, note, gathered };
    const sendable = await outbox.prepare(committee, meeting, { kind, to }, wishes);
    // Read again: somebody may have paused them a moment ago.
    const settings = await store.settingsOf(committee.id);
    const unsent = whyNot(due, settings, sendable.isEmpty, now);
    if (unsent) {
      const isTold = unsent === "not needed";
      await store.claim(committee.id, { ...sendable.claim, state: unsent, isTold }, earlier);
      return;
    }
    await refuseChanged(committee, due, now);
    const result = await posts.sendAndWait(committee.id, sendable);
    if (result && canTryAgain(result))
      throw new Error(`A digest was refused for now: ${result.reason}`);
  }

  /** What is cancelled, moved or sent elsewhere while a digest is made ready must not go. */
  async function refuseChanged({ id }: Committee, { meeting, kind, to }: DueDigest, now: Instant) {
    const fresh = await parts.meetingNow(id, meeting.date, now);
    const channel = isForChair(kind) ? to : (await store.channelOf(id))?.place.channel;
    if (!fresh || factsOf(fresh) !== factsOf(meeting) || channel !== to)
      throw new Error("The meeting or the channel was changed a moment ago");
  }

  /** Says no reason but one that is known. */
  async function noteOn({ id }: Committee, due: DueDigest, now: Instant) {
    const { kind, to, at, earlier } = due;
    const isNewToIt = kind === "chair" && !(await chairsOf(id, at)).includes(to);
    const away = await parts.awayAt(at);
    const movedFrom = earlier ? undefined : await movedFromLater(id, due, now);
    return lateNote({ at, earlier: earlier?.post, away, isNewToIt, movedFrom }, now);
  }

  /** The later day that the meeting was moved from, where this digest was not due for that. */
  async function movedFromLater(id: string, { meeting, kind }: DueDigest, now: Instant) {
    const settings = await store.settingsOf(id);
    const all = await parts.meetingsOf(id, now);
    const before = all.find(({ movedTo, date }) => movedTo === meeting.date && date > movedTo);
    const expected = before && planned(before, settings).find((each) => each.kind === kind);
    return expected && expected.at.epochMilliseconds > now.epochMilliseconds
      ? before?.date
      : undefined;
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
function isDealtWith(run: string, around: readonly MeetingPosts[]): boolean {
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

/** Why something due is not sent, if it is not. */
function whyNot(
  { meeting, at, isCovered }: DueDigest,
  settings: DigestSettings,
  isEmpty: boolean,
  now: Instant,
): Post["state"] | undefined {
  if (isPausedAt(at, settings) || isPausedAt(now, settings)) return "paused";
  if (hasBegun(meeting, now)) return "missed";
  if (isCovered) return "not needed";
  return isEmpty ? "empty" : undefined;
}

function nameOf({ meeting, kind, to }: DueDigest): string {
  return `${meeting.date} ${kind} ${to}`;
}
