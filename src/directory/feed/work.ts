import { randomUUID } from "node:crypto";
import type { Clock } from "../../calendar.ts";
import { isHeld } from "./rules.ts";
import type { Feed, Reading } from "./schema.ts";
import type { FeedStore, ReadingKey } from "./store.ts";

/** Another replica, or a person, has changed the feed: whoever notices stops at once. */
export class TakenOver extends Error {
  override readonly name = "TakenOver";
}

/** A feed with a reading that this replica is at work on. */
export interface Work {
  /** As it was last written. */
  readonly feed: () => Feed & { readonly reading: Reading };
  readonly key: ReadingKey;
  /** Writes how far it is. Throws TakenOver when it is not this replica's any more. */
  readonly save: (changes: Partial<Reading>, ofFeed?: Partial<Feed>) => Promise<void>;
  /** The same, and leaves it to whoever comes next. */
  readonly leave: (changes: Partial<Reading>) => Promise<void>;
}

/**
 * Takes up a reading. Undefined when there is none, or when a replica is at work on it.
 *
 * @param wallClock The computer's own clock: a replica that is gone must be noticed even where
 *   the council's clock is pinned.
 */
export async function takeUp(
  store: FeedStore,
  id: string,
  wallClock: Clock,
): Promise<Work | undefined> {
  const holder = randomUUID();
  const stored = await store.find(id);
  const reading = stored?.feed.reading;
  if (!stored || !reading || isHeld(reading, wallClock())) return undefined;
  let current = { ...stored.feed, reading };
  let { etag } = stored;
  // Nobody else writes this name, so as long as it is there the reading is ours.
  const work: Work = {
    feed: () => current,
    key: { feed: id, run: reading.run },
    save: (changes, ofFeed) => put({ ...changes, holder }, ofFeed),
    leave: (changes) => put({ ...changes, holder: undefined }),
  };
  try {
    await work.save({});
  } catch (error) {
    if (error instanceof TakenOver) return undefined;
    throw error;
  }
  return work;

  async function put(changes: Partial<Reading>, ofFeed: Partial<Feed> = {}): Promise<void> {
    for (;;) {
      const heardAt = wallClock().toString();
      const reading = { ...current.reading, ...changes, heardAt };
      const isWritten = await store.replace({ ...current, ...ofFeed, reading }, etag);
      const written = await store.find(id);
      const theirs = written?.feed.reading;
      const expected = isWritten ? reading.holder : current.reading.holder;
      if (!written || theirs?.run !== reading.run || theirs.holder !== expected)
        throw new TakenOver();
      // Somebody may have changed what else is known of the feed, or an answer was lost.
      current = { ...written.feed, reading: theirs };
      etag = written.etag;
      if (isWritten) return;
    }
  }
}
