import { dayOf, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import type { Job, Place } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { meetingOfRun, type Ledger, type MeetingPosts } from "./ledger.ts";
import type { OutboxParts } from "./outbox.ts";
import { outcomeCard } from "./post-cards.ts";
import { canTryAgain, isCorrection, isForChair, isOutdated, MOST_TRIES } from "./rules.ts";
import { hasBegun } from "./schedule.ts";
import type { Post } from "./schema.ts";
import type { DigestStore, StoredPost } from "./store.ts";

/** Tells those officers who do not know yet: who got it now, and how many are left. */
export type TellOfficers = (
  committee: Committee,
  now: Instant,
  from: Place,
  word: { readonly card: Card; readonly known: readonly string[] },
) => Promise<{ readonly told: readonly string[]; readonly left: number }>;

interface WordParts {
  readonly store: DigestStore;
  readonly tellOfficers: TellOfficers;
  readonly wayOf: OutboxParts["wayOf"];
  readonly ledger: Ledger;
}

/**
 * A word to the officers about what did not go as it should: once to each who got it, and tried a
 * few times with the others. What one of them answers in the meantime stays.
 */
export function wordsToOfficers(parts: WordParts): Job {
  const { store, tellOfficers, wayOf, ledger } = parts;
  return {
    name: "digest word to officers",
    due: async ({ id }, now) =>
      untold(await ledger.atLook(now, id), now).map(({ post }) => wordOf(post)),
    run: tell,
  };

  async function tell(committee: Committee, now: Instant, run: string): Promise<void> {
    const known = await ledger.of(committee.id, meetingOfRun(run), now);
    const { post } = untold(known, now).find((each) => wordOf(each.post) === run) ?? {};
    const channel = await store.channelOf(committee.id);
    const from = channel?.place ?? (await wayOf(committee.id))?.place;
    if (!post || !from) return;
    const word = { card: outcomeCard(post, channel), known: post.told };
    const { told, left } = await tellOfficers(committee, now, from, word);
    const all = [...post.told, ...told];
    // Where nobody is an officer yet, whoever becomes one is to know.
    if (all.length === 0 && left === 0) throw new Error("There is no officer to be told");
    const isTold = left === 0 || post.tellings + 1 >= MOST_TRIES;
    await store.change(committee.id, post, (each) => ({
      ...each,
      // What nobody settled in its time is in doubt for every replica.
      state: each.state === "sending" ? post.state : each.state,
      isTold: each.isTold || isTold,
      told: all,
      tellings: post.tellings + 1,
    }));
    if (!isTold) throw new Error("Not every officer could be told what became of a digest");
  }
}

function untold(around: readonly MeetingPosts[], now: Instant): StoredPost[] {
  return around.flatMap(({ meeting, posts }) =>
    posts.filter(
      ({ post }) => hasToBeTold(post, meeting, now) && !isReplaced(post, meeting, posts),
    ),
  );
}

function hasToBeTold(post: Post, meeting: DigestMeeting, now: Instant): boolean {
  const { state, isTold, kind } = post;
  if (isTold) return false;
  if (canTryAgain(post))
    return isCorrection(kind) ? hasBegun(meeting, now) : dayOf(now) > meeting.date;
  if (state === "paused") return isCorrection(kind);
  if (isOutdated(post)) return !hasBegun(meeting, now);
  return ["doubtful", "refused", "empty", "missed", "no channel"].includes(state);
}

/** Refused, and then seen to in another channel, or not needed as the meeting does not take place. */
function isReplaced(
  { state, kind, to }: Post,
  meeting: DigestMeeting,
  posts: readonly StoredPost[],
): boolean {
  if (state !== "refused" || isCorrection(kind)) return false;
  const isElsewhere = posts.some(
    ({ post }) => !isForChair(kind) && post.kind === kind && post.to !== to,
  );
  return isElsewhere || meeting.state !== "planned";
}

function wordOf({ meeting, kind, to, about = "", state, attempt }: Post): string {
  return `${meeting} ${kind} ${to} ${about} ${state} ${attempt}`;
}
