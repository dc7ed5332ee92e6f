import { setTimeout } from "node:timers/promises";
import { millisecondsBetween, type Day, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { LONGEST_SENDING_MS, type Posting } from "../feature.ts";
import type { Channel, Post } from "./schema.ts";
import type { DigestStore, StoredPost } from "./store.ts";

/** Teams waits 5 seconds for the answer to a press, and the tables need some of them. */
const LONGEST_WAIT_MS = 3000;

/** A claim, what it is for, and who hears what became of it, however late. */
interface Sendable {
  readonly claim: Post;
  readonly card: Card;
  readonly earlier?: StoredPost | undefined;
  readonly settled: (result: Post) => Promise<void>;
}

/** What sending needs. */
interface SendingParts {
  readonly store: DigestStore;
  readonly posting: Posting;
  /** Work that goes on after the answer, until the bot stops. */
  readonly afterwards: (work: Promise<unknown>) => void;
}

/**
 * A post on its way: claim → send → mark. Whoever does not get the claim sends nothing. While it
 * can still be on its way nobody is offered a second one; a claim that nobody settled in that time
 * is in doubt.
 */
export function sending({ store, posting, afterwards }: SendingParts) {
  const running = new Map<string, Promise<Post>>();
  /** When this replica first saw a claim of another one. A clock can be pinned; this cannot. */
  const seen = new Map<string, { readonly attempt: number; readonly at: number }>();
  return { find, send };

  /** What became of a post. One that this replica is sending is waited for, for a while. */
  async function find(
    committee: string,
    meeting: Day,
    channel: Channel,
    now: Instant,
  ): Promise<StoredPost | undefined> {
    const { channel: room } = channel.place;
    const name = nameOf(committee, meeting, room);
    const work = running.get(name);
    if (work) await inTime(work).catch(() => undefined);
    const stored = await store.findPost(committee, meeting, room);
    if (stored?.post.state !== "sending" || !isOverdue(name, stored.post, now)) return stored;
    return { ...stored, post: { ...stored.post, state: "doubtful" } };
  }

  /** What became of it, or undefined where somebody else has the claim. */
  async function send(
    committee: string,
    { place }: Channel,
    { claim, card, earlier, settled }: Sendable,
  ): Promise<Post | undefined> {
    if (!(await store.claim(committee, claim, earlier))) return undefined;
    const name = nameOf(committee, claim.meeting, claim.channel);
    const work = deliver(committee, place, claim, card).then(async (result) => {
      await settled(result);
      return result;
    });
    running.set(name, work);
    afterwards(
      work.finally(() => {
        if (running.get(name) === work) running.delete(name);
      }),
    );
    return (await inTime(work)) ?? claim;
  }

  async function deliver(
    committee: string,
    place: Channel["place"],
    claim: Post,
    card: Card,
  ): Promise<Post> {
    const sent = await posting.toChannel(place, card);
    const result: Post =
      sent.outcome === "sent"
        ? { ...claim, state: "sent", activity: sent.activity }
        : { ...claim, state: sent.outcome === "refused" ? "refused" : "doubtful" };
    // It is what it is, whatever becomes of the note. Without it the officer is asked later.
    await store.mark(committee, result).catch(() => undefined);
    return result;
  }

  /** By the clock of the turns, or by how long this replica has seen it stand there. */
  function isOverdue(name: string, { attempt, at }: Post, now: Instant): boolean {
    if (millisecondsBetween(at, now) >= LONGEST_SENDING_MS) return true;
    const first = seen.get(name);
    if (first?.attempt === attempt) return performance.now() - first.at >= LONGEST_SENDING_MS;
    seen.set(name, { attempt, at: performance.now() });
    return false;
  }
}

/** The result, or undefined when it takes longer than a person's press can wait. */
async function inTime<Result>(work: Promise<Result>): Promise<Result | undefined> {
  const stop = new AbortController();
  const late = setTimeout(LONGEST_WAIT_MS, undefined, { signal: stop.signal });
  try {
    return await Promise.race([work, late.catch(() => undefined)]);
  } finally {
    stop.abort();
  }
}

function nameOf(committee: string, meeting: Day, channel: string): string {
  return [committee, meeting, channel].join("|");
}
