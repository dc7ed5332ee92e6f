import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Clock, Instant } from "../../calendar.ts";
import type { Committee } from "../../council.ts";
import { apply, holdIfDoubtful, takeOut, tidy, type Filling } from "./applying.ts";
import { createAsking, pause, PATIENCE, type Patience } from "./asking.ts";
import { createDownload } from "./download.ts";
import { createGazetteer } from "./places.ts";
import type { AddressGuard } from "./public-address.ts";
import { pausing, placeOf } from "./pausing.ts";
import { readToTheEnd } from "./reading.ts";
import { isHeld, isTooOld, isUnfinished, newReading } from "./rules.ts";
import type { Feed, Reading } from "./schema.ts";
import { feedSource, type Source } from "./source.ts";
import type { FeedStore } from "./store.ts";
import { FeedTrouble } from "./trouble.ts";
import { TakenOver, takeUp, type Work } from "./work.ts";

/** What a reading needs of the rest of the product. */
export interface ImportParts {
  readonly store: FeedStore;
  readonly directory: Filling;
  readonly guard: AddressGuard;
  /** The computer's own clock: what a replica's sign of life is measured with. */
  readonly wallClock: Clock;
  readonly log: Logger;
  /** Tells whoever asked for a feed what became of it. */
  readonly tell: (feed: Feed) => Promise<void>;
  readonly patience?: Patience | undefined;
  /** Takes what was written into this replica's own search, before anybody is told that it is there. */
  readonly takeIn?: (() => Promise<void>) | undefined;
}

export type Importing = ReturnType<typeof createImporting>;

const LIMITS = { longestMs: 30_000, mostBytes: 20_000_000 };
/** One after the other, with nothing done between. */
const MOST_FAULTS = 6;
const LOST_LIST = "The bot stopped while it read the list. Import the list once more.";
const FAULT = "Something went wrong. It is tried again.";

/** Reads feeds into the directory: read → compare → apply → tidy, each step one that can be repeated. */
export function createImporting(parts: ImportParts) {
  const { store, directory, guard, wallClock, log, tell, patience = PATIENCE } = parts;
  const download = createDownload(guard, LIMITS);
  const stopped = new AbortController();
  return { begin, carryOn, confirm, discard, remove, noteTold, stop: () => stopped.abort() };

  /**
   * Begins a reading of a feed, new or known, or leaves the one that is under way. Gives the feed
   * as it is then.
   */
  async function begin(wanted: Omit<Feed, "reading" | "applied">, now: Instant, isAsked: boolean) {
    const run = randomUUID();
    const stored = await store.find(wanted.id);
    if (!stored) {
      const feed = { ...wanted, reading: { ...newReading(run, now), isAsked } };
      return (await store.create(feed)) ? feed : ((await store.find(wanted.id))?.feed ?? feed);
    }
    const { feed, etag } = stored;
    const last = feed.reading;
    if (last && goesOn(feed)) return feed;
    const next = { ...feed, ...wanted, reading: { ...newReading(run, now, last), isAsked } };
    if (!(await store.replace(next, etag))) return begin(wanted, now, isAsked);
    if (last && last.run !== feed.applied?.run)
      await store.clear({ feed: feed.id, run: last.run }, last.batches);
    return next;
  }

  /** A held one waits for somebody; one that was broken off goes on from its page. */
  function goesOn({ reading, url }: Feed): boolean {
    if (!reading) return false;
    const clock = wallClock();
    if (isHeld(reading, clock) || reading.state === "held") return true;
    if (!url && reading.state === "reading") return false;
    return isUnfinished(reading) && !isTooOld(reading, clock);
  }

  /** Works on a feed's reading until it is done, held, paused, failed or taken over. */
  async function carryOn(id: string, committee: Committee, now: Instant, list?: Source) {
    const work = await takeUp(store, id, wallClock);
    if (!work || !isUnfinished(work.feed().reading)) return;
    const from = placeOf(work.feed().reading);
    try {
      await workPatiently(work, () => workOn(work, committee, now, list));
    } catch (error) {
      if (error instanceof TakenOver) return;
      await setDown(work, error, from, now);
    }
    const { reading } = work.feed();
    const isNews = reading.isAsked || reading.troubleTold || reading.state !== "done";
    if (!stopped.signal.aborted && isNews) await tell(work.feed());
  }

  /** The tables can be away for a moment too. Each step can be done again, so it is. */
  async function workPatiently(work: Work, step: () => Promise<void>): Promise<void> {
    let reached = "";
    for (let faults = 1; ; faults += 1) {
      try {
        return await step();
      } catch (error) {
        const isLastWord = error instanceof FeedTrouble || error instanceof TakenOver;
        const place = placeOf(work.feed().reading);
        if (place !== reached) faults = 1;
        reached = place;
        if (isLastWord || stopped.signal.aborted || faults > MOST_FAULTS) throw error;
        log.warn({ err: error, feed: work.key.feed, faults }, "a step of a feed is tried again");
        await pause(patience.firstWait * 2 ** faults, stopped.signal);
      }
    }
  }

  async function workOn(work: Work, committee: Committee, now: Instant, list?: Source) {
    const { state } = work.feed().reading;
    const seen = { ...directory, takeIn };
    await work.save({ problem: undefined, notBefore: undefined });
    if (state === "removing") return takeOut(work, store, seen);
    if (state === "reading" || state === "paused") {
      await work.save({ state: "reading" });
      const source = list ?? sourceOf(work);
      await readToTheEnd(work, source, { store, gazetteer: createGazetteer(committee), now });
      if (await holdIfDoubtful(work, store)) return;
    }
    if (work.feed().reading.state === "applying") await apply(work, store, seen, now);
    await tidy(work, store);
  }

  /** The other replicas, and this one where it fails, look by themselves within a minute. */
  async function takeIn(): Promise<void> {
    try {
      await parts.takeIn?.();
    } catch (error) {
      log.warn({ err: error }, "what a feed brought is found later");
    }
  }

  function sourceOf(work: Work): Source {
    const { url } = work.feed();
    if (!url) throw new FeedTrouble(LOST_LIST, "for good");
    const ask = createAsking({
      ...{ download, patience, signal: stopped.signal },
      stillHere: () => work.save({}),
    });
    return feedSource(url, ask);
  }

  /** Writes down why it does not go on now, and when it does. `from` is where it was taken up. */
  async function setDown(work: Work, error: unknown, from: string, now: Instant): Promise<void> {
    const { reading } = work.feed();
    // Before the end of the reading it is paused; later each step is simply done once more.
    const state = reading.state === "reading" ? "paused" : reading.state;
    const isOfFeed = error instanceof FeedTrouble;
    const problem = isOfFeed ? error.message : FAULT;
    const asked = isOfFeed ? error.wait : undefined;
    const hasMoved = placeOf(reading) !== from;
    if (!isOfFeed && !stopped.signal.aborted)
      log.error({ err: error, feed: work.key.feed }, "a feed could not be read");
    try {
      if (stopped.signal.aborted) await work.leave({});
      else if (isOfFeed && error.kind === "for good")
        await work.leave({ state: "failed", problem, endedAt: now.toString() });
      else
        await work.leave({
          state,
          ...pausing(reading, { problem, ...(asked && { asked }), hasMoved }, wallClock()),
        });
    } catch (again) {
      // Whoever looks next finds that nobody has been heard of.
      log.warn({ err: again, feed: work.key.feed }, "a feed's reading could not be set down");
    }
  }

  /** Lets a held reading go on. Gives the feed as it is then. */
  async function confirm(id: string, run: string): Promise<Feed | undefined> {
    return decide(id, run, { state: "applying", problem: undefined, isAsked: true });
  }

  /** Throws away what was put aside. What is in the directory stays as it is. */
  async function discard(id: string, run: string, now: Instant): Promise<Feed | undefined> {
    const feed = await decide(id, run, { state: "discarded", endedAt: now.toString() });
    if (feed?.reading?.state === "discarded" && feed.reading.run === run)
      await store.clear({ feed: id, run }, feed.reading.batches);
    return feed;
  }

  /**
   * Begins to take a feed out: whoever takes up its work carries that on. Undefined while a replica
   * reads it, which could write what was just taken out.
   */
  async function remove(id: string, now: Instant): Promise<Feed | undefined> {
    const stored = await store.find(id);
    const last = stored?.feed.reading;
    if (stored && (last?.state === "removing" || last?.state === "removed")) return stored.feed;
    if (!stored || (last && isHeld(last, wallClock()))) return undefined;
    const reading: Reading = {
      ...newReading(randomUUID(), now),
      ...{ state: "removing", isAsked: true, replaces: last?.replaces },
    };
    const next = { ...stored.feed, isDaily: false, reading };
    if (!(await store.replace(next, stored.etag))) return remove(id, now);
    if (last && last.run !== stored.feed.applied?.run)
      await store.clear({ feed: id, run: last.run }, last.batches);
    return next;
  }

  /** Keeps which message tells of a reading's trouble; undefined when the trouble is over. */
  async function noteTold({ id, reading }: Feed, message: string | undefined): Promise<void> {
    const stored = await store.find(id);
    if (!stored?.feed.reading || stored.feed.reading.run !== reading?.run) return;
    const next = { ...stored.feed, reading: { ...stored.feed.reading, troubleTold: message } };
    if (!(await store.replace(next, stored.etag))) await noteTold(stored.feed, message);
  }

  /** Only a held reading waits for a decision, and the first one counts. */
  async function decide(
    id: string,
    run: string,
    changes: Partial<Reading>,
  ): Promise<Feed | undefined> {
    const stored = await store.find(id);
    const reading = stored?.feed.reading;
    if (!stored || reading?.run !== run || reading.state !== "held") return stored?.feed;
    const next = { ...stored.feed, reading: { ...reading, ...changes } };
    return (await store.replace(next, stored.etag)) ? next : decide(id, run, changes);
  }
}
