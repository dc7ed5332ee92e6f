import type { Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { DigestMeeting } from "./cards.ts";
import type { Gather, Gathered } from "./composing.ts";
import { factsOf } from "./facts.ts";
import type { Outbox } from "./outbox.ts";
import type { Ledger, MeetingPosts } from "./ledger.ts";
import { isWrong, type Renewing, type RenewingParts } from "./renewing.ts";
import { BY_ITSELF, canTryAgain, isForChair, mayStand } from "./rules.ts";
import { hasBegun, isPausedAt } from "./schedule.ts";
import type { Post } from "./schema.ts";
import type { Sending } from "./sending.ts";
import type { DigestStore, StoredPost } from "./store.ts";

interface KeepingParts {
  readonly store: DigestStore;
  readonly posts: Sending;
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly gather: Gather;
  readonly meetingNow: RenewingParts["meetingNow"];
  readonly renew: Renewing["renew"];
}

/** Posted digests say what holds now. What cannot be changed any more is corrected in a new post. */
export function keepingUp(parts: KeepingParts) {
  const { store, posts, outbox, ledger, gather, meetingNow, renew } = parts;
  return { keepUp };

  /** Throws where something is to be tried again later. */
  async function keepUp(committee: Committee, now: Instant): Promise<void> {
    const left: string[] = [];
    for (const each of standing(await ledger.around(committee.id, now), now)) {
      const meeting = await meetingNow(committee.id, each.meeting.date, now);
      if (!meeting) continue;
      const wrong: Post[] = [];
      let known: Promise<Gathered> | undefined;
      const gathered = () => (known ??= gather(committee, meeting, now));
      for (const stored of each.posts) {
        const { post } = stored;
        const renewal = await renew(committee, post, { stored, meeting, gathered }, now);
        if (renewal === "later") left.push(`${post.kind}: not renewed yet`);
        if (renewal === "outdated") await markOutdated(committee, post);
        if (renewal === "never" && isWrong(post, meeting)) wrong.push(post);
      }
      left.push(...(await correctAll(committee, meeting, wrong, now)));
    }
    if (left.length > 0) throw new Error(`Digests are not kept up to date: ${left.join("; ")}`);
  }

  /** The officers are told of it once, and decide. */
  async function markOutdated({ id }: Committee, post: Post): Promise<void> {
    await store.change(id, post, (each) =>
      each.state === "sent" && !each.outdated
        ? { ...each, outdated: true, isTold: false, told: [], tellings: 0 }
        : undefined,
    );
  }

  /** One correction for each place and each change. Gives what is to be tried again. */
  async function correctAll(
    committee: Committee,
    meeting: DigestMeeting,
    wrong: readonly Post[],
    now: Instant,
  ): Promise<string[]> {
    const left: string[] = [];
    if (wrong.length === 0) return left;
    const known = await posts.ofMeeting(committee.id, meeting.date, now);
    for (const post of new Map(wrong.map((each) => [each.to, each])).values()) {
      const result = await correct(committee, { meeting, known, post }, now);
      if (result && canTryAgain(result)) left.push(`a correction was refused: ${result.reason}`);
    }
    return left;
  }

  /** Whoever read what cannot be changed still believes the old time or place. */
  async function correct(
    committee: Committee,
    {
      meeting,
      known,
      post,
    }: {
      readonly meeting: DigestMeeting;
      readonly known: readonly StoredPost[];
      readonly post: Post;
    },
    now: Instant,
  ): Promise<Post | undefined> {
    const kind = isForChair(post.kind) ? ("chair correction" as const) : ("correction" as const);
    const about = factsOf(meeting);
    const corrections = known.filter((each) => each.post.kind === kind && each.post.to === post.to);
    const earlier = corrections.find((each) => each.post.about === about);
    if (corrections.some((each) => each.post.facts === about && !canTryAgain(each.post)))
      return undefined;
    const reference = { meeting: meeting.date, kind, to: post.to, about };
    const wishes = { now, by: BY_ITSELF, earlier, corrected: post };
    const sendable = await outbox.prepare(committee, meeting, reference, wishes);
    if (!isPausedAt(now, await store.settingsOf(committee.id)))
      return posts.sendAndWait(committee.id, sendable);
    await store.claim(committee.id, { ...sendable.claim, state: "paused" }, earlier);
    return undefined;
  }
}

/** What stands somewhere about the meetings that are still to come, or were to. */
export function standing(around: readonly MeetingPosts[], now: Instant): MeetingPosts[] {
  return around
    .filter(({ meeting }) => !hasBegun(meeting, now))
    .map(({ meeting, posts }) => ({
      meeting,
      posts: posts.filter(({ post: { state } }) => mayStand(state) && state !== "sending"),
    }))
    .filter(({ posts }) => posts.length > 0);
}
