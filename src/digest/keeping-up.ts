import type { Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { DigestMeeting } from "./cards.ts";
import { factsOf } from "./facts.ts";
import type { Outbox } from "./outbox.ts";
import { isWrong, type Renewing } from "./renewing.ts";
import { BY_ITSELF, canTryAgain, isForChair, mayStand } from "./rules.ts";
import { hasBegun, isPausedAt } from "./schedule.ts";
import type { Post } from "./schema.ts";
import type { Sending } from "./sending.ts";
import type { DigestStore, StoredPost } from "./store.ts";

interface KeepingParts {
  readonly store: DigestStore;
  readonly posts: Sending;
  readonly outbox: Outbox;
  readonly renew: Renewing["renew"];
  readonly meetingsAround: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
}

/** A meeting that is still to come, or was to, and what stands somewhere about it. */
interface Standing {
  readonly meeting: DigestMeeting;
  readonly posts: readonly Post[];
}

/** Posted digests say what holds now. What cannot be changed any more is corrected in a new post. */
export function keepingUp({ store, posts, outbox, renew, meetingsAround }: KeepingParts) {
  return { keepUp, standing };

  /** Throws where something is to be tried again later. */
  async function keepUp(committee: Committee, now: Instant): Promise<void> {
    const left: string[] = [];
    for (const each of await standing(committee, now)) {
      const wrong: Post[] = [];
      for (const post of each.posts) {
        const renewal = await renew(committee, post, now);
        if (renewal === "later") left.push(`${post.kind}: not renewed yet`);
        if (renewal === "never" && isWrong(post, each.meeting)) wrong.push(post);
      }
      left.push(...(await correctAll(committee, each.meeting, wrong, now)));
    }
    if (left.length > 0) throw new Error(`Digests are not kept up to date: ${left.join("; ")}`);
  }

  async function standing({ id }: Committee, now: Instant): Promise<Standing[]> {
    const found: Standing[] = [];
    for (const meeting of await meetingsAround(id, now)) {
      if (hasBegun(meeting, now)) continue;
      const known = await posts.ofMeeting(id, meeting.date, now);
      const standing = known
        .map(({ post }) => post)
        .filter(({ state }) => mayStand(state) && state !== "sending");
      if (standing.length > 0) found.push({ meeting, posts: standing });
    }
    return found;
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
