import { dayOf, type Clock, type Instant } from "../../calendar.ts";
import type { Committee } from "../../council.ts";
import type { Job } from "../../feature.ts";
import type { Importing } from "./importing.ts";
import { isToBeTakenUp, isUnfinished } from "./rules.ts";
import type { Feed } from "./schema.ts";
import type { FeedStore } from "./store.ts";

interface Parts {
  readonly store: FeedStore;
  readonly importing: Importing;
  readonly wallClock: Clock;
  readonly afterwards: (work: Promise<unknown>) => void;
}

/** Reads feeds that nobody has asked for just now: daily ones, and what was left half done. */
export function feedSchedule({ store, importing, wallClock, afterwards }: Parts) {
  /** Every feed once a day, the first time that the jobs are looked at on that day. */
  const daily: Job = {
    name: "directory feeds",
    due: async ({ id }, now) =>
      (await store.feedsOf(id)).some((feed) => isDue(feed, now)) ? dayOf(now) : undefined,
    run: async (committee, now) => {
      for (const feed of await store.feedsOf(committee.id))
        if (isDue(feed, now)) await begin(feed, committee, now);
    },
  };
  /** What a replica that is gone has left, and what has paused for long enough. */
  const leftOff: Job = {
    name: "directory feeds left off",
    due: async (committee) => {
      const [feed] = await waiting(committee);
      // Each time that it is left is another run.
      return feed && `${feed.reading?.run} ${feed.reading?.heardAt}`;
    },
    run: resume,
  };
  return { jobs: [daily, leftOff], resume };

  async function begin(known: Feed, committee: Committee, now: Instant): Promise<void> {
    const { reading: _reading, applied: _applied, ...feed } = known;
    await importing.begin(feed, now, false);
    afterwards(importing.carryOn(feed.id, committee, now));
  }

  /** Takes up what a stop of the bot left half done. */
  async function resume(committee: Committee, now: Instant): Promise<void> {
    for (const { id } of await waiting(committee))
      afterwards(importing.carryOn(id, committee, now));
  }

  /** One that has paused is left alone until its time comes: then it goes on by itself. */
  function isDue(feed: Feed, now: Instant): boolean {
    const { isDaily, reading } = feed;
    if (!isDaily || (reading && reading.day >= dayOf(now))) return false;
    return !reading?.notBefore || !isUnfinished(reading) || isToBeTakenUp(feed, wallClock());
  }

  async function waiting({ id }: Committee): Promise<Feed[]> {
    return (await store.feedsOf(id)).filter((feed) => isToBeTakenUp(feed, wallClock()));
  }
}
