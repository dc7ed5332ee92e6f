import { setTimeout } from "node:timers/promises";
import { millisecondsBetween, type Instant } from "../calendar.ts";
import { LONGEST_SENDING_MS, type Sent } from "../feature.ts";
import type { Post, PostReference } from "./schema.ts";
import type { DigestStore, StoredPost } from "./store.ts";

/** Teams waits 5 seconds for the answer to a press, and the tables need some of them. */
const LONGEST_WAIT_MS = 3000;

/** A claim, how it is delivered, and who hears what became of it, however late. */
export interface Sendable {
  readonly claim: Post;
  readonly deliver: () => Promise<Sent>;
  readonly earlier?: StoredPost | undefined;
  readonly settled: (result: Post) => Promise<void>;
}

/** What sending needs. */
interface SendingParts {
  readonly store: DigestStore;
  /** Work that goes on after the answer, until the bot stops. */
  readonly afterwards: (work: Promise<unknown>) => void;
}

export type Sending = ReturnType<typeof sending>;

/**
 * A post on its way: claim → send → mark. Whoever does not get the claim sends nothing. While it
 * can still be on its way nobody is offered a second one; a claim that nobody settled in that time
 * is in doubt.
 */
export function sending({ store, afterwards }: SendingParts) {
  const running = new Map<string, Promise<Post>>();
  /** When this replica first saw a claim of another one. A clock can be pinned; this cannot. */
  const seen = new Map<string, { readonly attempt: number; readonly at: number }>();
  return { find, ofMeeting, send, sendAndWait };

  /** What became of a post. One that this replica is sending is waited for, for a while. */
  async function find(
    committee: string,
    reference: PostReference,
    now: Instant,
  ): Promise<StoredPost | undefined> {
    const name = nameOf(committee, reference);
    const work = running.get(name);
    if (work) await inTime(work).catch(() => undefined);
    const stored = await store.findPost(committee, reference);
    return stored && asItStands(committee, stored, now);
  }

  /** Every post of a meeting, one that is overdue as doubtful. */
  async function ofMeeting(committee: string, meeting: string, now: Instant) {
    const stored = await store.postsOf(committee, meeting);
    return stored.map((each) => asItStands(committee, each, now));
  }

  /** What became of it in the time that a press can wait; undefined where another has the claim. */
  async function send(committee: string, sendable: Sendable): Promise<Post | undefined> {
    const started = await start(committee, sendable);
    return started && ((await inTime(started.work)) ?? sendable.claim);
  }

  /** The same, however long it takes. */
  async function sendAndWait(committee: string, sendable: Sendable): Promise<Post | undefined> {
    return (await start(committee, sendable))?.work;
  }

  async function start(committee: string, { claim, deliver, earlier, settled }: Sendable) {
    if (!(await store.claim(committee, claim, earlier))) return undefined;
    const name = nameOf(committee, claim);
    const work = settle(committee, claim, deliver).then(async (result) => {
      await settled(result);
      return result;
    });
    running.set(name, work);
    afterwards(
      work.finally(() => {
        if (running.get(name) === work) running.delete(name);
      }),
    );
    // In an object: a promise given back by an async function would be waited for.
    return { work };
  }

  async function settle(
    committee: string,
    claim: Post,
    deliver: Sendable["deliver"],
  ): Promise<Post> {
    const sent = await deliver();
    const became: Partial<Post> =
      sent.outcome === "sent"
        ? { state: "sent", activity: sent.activity }
        : sent.outcome === "refused"
          ? { state: "refused", reason: sent.reason }
          : { state: "doubtful" };
    // What an officer has said of it in the meantime stays, unless Teams knows better.
    const note = (now: Post) =>
      now.state === "sent" && sent.outcome !== "sent" ? undefined : { ...now, ...became };
    // It is what it is, whatever becomes of the note. Without it the officer is asked later.
    await store.change(committee, claim, note).catch(() => undefined);
    return { ...claim, ...became };
  }

  function asItStands(committee: string, stored: StoredPost, now: Instant): StoredPost {
    const { post } = stored;
    if (post.state !== "sending" || !isOverdue(nameOf(committee, post), post, now)) return stored;
    return { ...stored, post: { ...post, state: "doubtful" } };
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

function nameOf(committee: string, { meeting, kind, to, about = "" }: PostReference): string {
  return [committee, meeting, kind, to, about].join("|");
}
