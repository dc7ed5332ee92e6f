import { createHash } from "node:crypto";
import type { Download, Validators } from "./download.ts";
import { FeedTrouble } from "./trouble.ts";

/** What a feed answered. `digest` is the same for the same text. */
export type Answered =
  | {
      readonly json: unknown;
      readonly bytes: number;
      readonly digest: string;
      readonly validators: Validators;
    }
  | "unchanged";

/** Asks a feed, one request at a time, again where it makes sense. Throws a FeedTrouble. */
export type Ask = (address: string, since?: Validators) => Promise<Answered>;

/** How patient a reading is with its feed, in milliseconds. */
export interface Patience {
  /** Before the second try; twice as long before each one after it. */
  readonly firstWait: number;
  /** A longer wait is not sat out here: the reading pauses, and is taken up when it is over. */
  readonly longestWait: number;
  /** While it waits, it says so often that it is still there. */
  readonly signOfLife: number;
}

export const PATIENCE: Patience = {
  firstWait: 1000,
  longestWait: 5 * 60_000,
  signOfLife: 60_000,
};
const MOST_TRIES = 5;

/**
 * @param stillHere Says that this replica is at work; throws when another one has taken over.
 */
export function createAsking(parts: {
  readonly download: Download;
  readonly patience: Patience;
  readonly stillHere: () => Promise<void>;
  readonly signal: AbortSignal;
}): Ask {
  const { download, patience, stillHere, signal } = parts;
  let heard = performance.now();
  return ask;

  async function ask(address: string, since?: Validators): Promise<Answered> {
    for (let attempt = 1; ; attempt += 1) {
      await giveSignOfLife();
      try {
        return await once(address, since);
      } catch (error) {
        if (!(error instanceof FeedTrouble) || error.kind === "for good") throw error;
        const wait = Math.max(error.wait ?? 0, patience.firstWait * 2 ** (attempt - 1));
        if (attempt >= MOST_TRIES || wait > patience.longestWait)
          throw new FeedTrouble(error.message, "for now", error.wait);
        await sitOut(wait);
      }
    }
  }

  async function once(address: string, since?: Validators): Promise<Answered> {
    const answer = await download(address, { since, signal });
    if (answer === "unchanged") return answer;
    const { text, bytes, etag, lastModified } = answer;
    const digest = createHash("sha256").update(text).digest("base64");
    return { json: parsed(text), bytes, digest, validators: { etag, lastModified } };
  }

  async function sitOut(wait: number): Promise<void> {
    const end = performance.now() + wait;
    for (let left = wait; left > 0; left = end - performance.now()) {
      await pause(Math.min(left, patience.signOfLife), signal);
      await giveSignOfLife();
    }
  }

  async function giveSignOfLife(): Promise<void> {
    if (performance.now() - heard < patience.signOfLife) return;
    await stillHere();
    heard = performance.now();
  }
}

/** A text that breaks off in the middle may be whole the next time. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new FeedTrouble("The feed's answer is not whole, or not JSON.", "for now");
  }
}

/** Waits, and throws when the signal comes. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopped = () => {
      clearTimeout(timer);
      reject(new DOMException("Stopped", "AbortError"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stopped);
      resolve();
    }, milliseconds);
    if (signal.aborted) stopped();
    else signal.addEventListener("abort", stopped, { once: true });
  });
}
