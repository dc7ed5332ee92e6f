import type { Instant } from "../../calendar.ts";
import type { Fault } from "./record.ts";
import { NOTES_NAMES, NOTES_USE, READER, whyHeld } from "./rules.ts";
import type { Feed } from "./schema.ts";
import type { FeedStore, ReadingKey } from "./store.ts";
import { FeedTrouble } from "./trouble.ts";
import type { Service } from "../schema.ts";
import type { Work } from "./work.ts";

/** What the directory offers to whoever fills it. Doing either twice is the same as once. */
export interface Filling {
  /** Writes services that come from `origin`. Local corrections stay in force. */
  upsert(services: readonly Service[], origin: string): Promise<Filled>;
  /** Takes services of `origin` out of what is found, without forgetting them. */
  retire(ids: readonly string[], origin: string): Promise<unknown>;
  /** The same for everything that comes from `origin`. */
  retireAll(origin: string, stillHere: () => Promise<unknown>): Promise<unknown>;
}

/** What became of services. `kept` are entries of another origin, which stay as they are. */
interface Filled {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly kept: readonly { readonly id: string; readonly origin: string }[];
}

/** The directory, with this replica's own search of it. */
interface Found extends Filling {
  readonly takeIn: () => Promise<void>;
}

/** Services that are retired at a time, with a sign of life between. */
const RETIRED_AT_ONCE = 500;

/** Who a feed's services come from, in the directory's rows. */
function originOf({ id }: Pick<Feed, "id">): string {
  return `feed-${id}`;
}

/** Compares what came with the reading before. True when somebody has to look first. */
export async function holdIfDoubtful(work: Work, store: FeedStore): Promise<boolean> {
  const { applied, reading } = work.feed();
  if (reading.records === 0 && !applied) throw new FeedTrouble("It has no services.", "for good");
  const vanished = (await vanishedIds(work, store)).length;
  const { ofUse, lost } = await lostOf(work, store);
  const before = { services: applied?.services ?? 0, ofUse };
  const differences = { lost, ...(await renamedOf(work, store)) };
  const problem = whyHeld({ ...reading, vanished }, before, differences);
  if (problem) await work.leave({ state: "held", vanished, problem });
  else await work.save({ state: "applying", vanished, problem: undefined });
  return problem !== undefined;
}

/** Brings what was put aside into the directory, batch by batch, and retires what is gone. */
export async function apply(
  work: Work,
  store: FeedStore,
  directory: Found,
  now: Instant,
): Promise<void> {
  const origin = originOf(work.feed());
  for (let { reading } = work.feed(); reading.applied < reading.batches;) {
    const result = await directory.upsert(await store.batch(work.key, reading.applied), origin);
    await store.putKept(work.key, reading.applied, await keptFaults(result.kept, store));
    await work.save({
      applied: reading.applied + 1,
      kept: reading.kept + result.kept.length,
      added: reading.added + result.added,
      changed: reading.changed + result.changed,
      same: reading.same + result.same,
    });
    reading = work.feed().reading;
  }
  const gone = await vanishedIds(work, store);
  for (let at = 0; at < gone.length; at += RETIRED_AT_ONCE) {
    await directory.retire(gone.slice(at, at + RETIRED_AT_ONCE), origin);
    await work.save({});
  }
  await directory.takeIn();
  const { applied: before } = work.feed();
  const { run } = work.key;
  const services = await countOf(work, store);
  await work.save(
    { state: "tidying", endedAt: now.toString(), replaces: before?.run },
    { applied: { run, at: now.toString(), services, reader: READER } },
  );
}

/**
 * How many services of the feed are in the directory: those that were taken, and those that were
 * taken the last time and cannot be read now. What is another's entry stayed as it was.
 */
async function countOf(work: Work, store: FeedStore): Promise<number> {
  const { applied, reading } = work.feed();
  const taken = await store.namesOf(work.key);
  const before = applied && (await store.namesOf({ feed: work.key.feed, run: applied.run }));
  const ids = before ? await store.idsOf(work.key) : [];
  const still = [...ids].filter((id) => !taken.has(id) && before?.has(id));
  return taken.size + still.length - reading.kept;
}

/** Clears away what is not needed any more. */
export async function tidy(work: Work, store: FeedStore): Promise<void> {
  const { batches, replaces } = work.feed().reading;
  await store.clearBatches(work.key, batches);
  // Its batches went when it was tidied itself.
  if (replaces) await store.clear({ feed: work.key.feed, run: replaces }, 0);
  await work.leave({ state: "done", replaces: undefined });
}

/** Takes a feed's services out of the directory, and what was kept of its readings away. */
export async function takeOut(work: Work, store: FeedStore, directory: Found): Promise<void> {
  const { applied } = work.feed();
  const { replaces } = work.feed().reading;
  await directory.retireAll(originOf(work.feed()), () => work.save({}));
  await directory.takeIn();
  for (const run of [applied?.run, replaces])
    if (run) await store.clear({ feed: work.key.feed, run }, 0);
  await work.save({ state: "removed", replaces: undefined }, { applied: undefined });
  await work.leave({});
}

/** Says of each whose entry it is. */
async function keptFaults(kept: Filled["kept"], store: FeedStore): Promise<Fault[]> {
  const names = new Map<string, string>();
  for (const origin of new Set(kept.map((each) => each.origin))) {
    const feed = await store.find(origin.replace(/^feed-/, ""));
    names.set(origin, feed?.feed.name ?? "this directory itself");
  }
  return kept.map(({ id, origin }) => ({
    id,
    reason: `Not taken: an entry of that id is there already, from ${names.get(origin)}. It is kept as it is.`,
    isRefused: true,
  }));
}

async function vanishedIds(work: Work, store: FeedStore): Promise<string[]> {
  const { applied } = work.feed();
  if (!applied) return [];
  const now = await store.idsOf(work.key);
  const before = await store.idsOf({ feed: work.key.feed, run: applied.run });
  return [...before].filter((id) => !now.has(id));
}

/** How many services of the reading before were of use, and how many of those are not any more. */
async function lostOf(work: Work, store: FeedStore) {
  const { applied } = work.feed();
  // An earlier reader did not note which services are of use.
  if (!applied || applied.reader < NOTES_USE) return { ofUse: 0, lost: 0 };
  const before = await usefulIds(store, { feed: work.key.feed, run: applied.run });
  const now = await usefulIds(store, work.key);
  return { ofUse: before.size, lost: without(before, now).size };
}

/** How many services are in both readings, and how many of those have another name. */
async function renamedOf(work: Work, store: FeedStore) {
  const { applied } = work.feed();
  if (!applied || applied.reader < NOTES_NAMES) return { kept: 0, renamed: 0 };
  const before = await store.namesOf({ feed: work.key.feed, run: applied.run });
  const now = [...(await store.namesOf(work.key))].filter(([id]) => before.has(id));
  return { kept: now.length, renamed: now.filter(([id, mark]) => before.get(id) !== mark).length };
}

async function usefulIds(store: FeedStore, reading: ReadingKey): Promise<Set<string>> {
  return without(await store.idsOf(reading), await store.idleOf(reading));
}

function without(ids: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...ids].filter((id) => !others.has(id)));
}
