import { dayOf, type Instant } from "../../calendar.ts";
import type { Service } from "../schema.ts";
import type { Gazetteer } from "./places.ts";
import { idOf, readRecord, type Fault, type Origin } from "./record.ts";
import { isOfUse, markedName, nameMarked, overTheMost, READER } from "./rules.ts";
import type { Reading } from "./schema.ts";
import type { Source, SourcePage } from "./source.ts";
import type { FeedStore, PageNotes } from "./store.ts";
import { FeedTrouble } from "./trouble.ts";
import type { Work } from "./work.ts";

/** So many records that were not taken as they came are listed; all are counted. */
const MOST_LISTED = 5000;
const REPEATED = "Its id came before in this feed, so only the first one counts.";

/**
 * Reads a feed to its end, from the page that was reached. One page is in memory at a time; the
 * ids of all are, to find those that come twice.
 */
export async function readToTheEnd(
  work: Work,
  source: Source,
  { store, gazetteer, now }: { store: FeedStore; gazetteer: Gazetteer; now: Instant },
): Promise<void> {
  const { name, url, applied } = work.feed();
  const origin: Origin = { name, url, retrieved: dayOf(now), gazetteer };
  const { pages } = work.feed().reading;
  const seen = await store.idsOf(work.key, pages);
  // What was refused leaves its id to whoever comes next with it.
  const taken = new Set((await store.namesOf(work.key, pages)).keys());
  let digest = "";
  while (!work.feed().reading.isRead) {
    const { reading } = work.feed();
    const tooMuch = overTheMost(reading);
    if (tooMuch) throw new FeedTrouble(tooMuch, "for good");
    const number = reading.pages + 1;
    const before = await notesBefore(number);
    const came = await source.next(reading, number, before);
    if (came === "unchanged") await keep(number, before);
    else if (digest === came.digest) await stopAt(number);
    else {
      await stage(number, came);
      digest = came.digest;
    }
  }

  /** What was noted of the page when it was last read, by a reader that reads as this one does. */
  async function notesBefore(number: number): Promise<PageNotes | undefined> {
    if (applied?.reader !== READER || !url) return undefined;
    const notes = await store.findPage({ feed: work.key.feed, run: applied.run }, number);
    return notes?.etag || notes?.lastModified ? notes : undefined;
  }

  /** The page has not changed, and its services are in the directory already. */
  async function keep(number: number, page: PageNotes | undefined): Promise<void> {
    if (!applied || !page) throw new Error("A page that nobody knows cannot be unchanged");
    const earlier = { feed: work.key.feed, run: applied.run };
    const ids = await store.idsOfPage(earlier, number);
    const idle = await store.idleOfPage(earlier, number);
    const names = await store.namesOfPage(earlier, number);
    const faults = await store.faultsOfPage(earlier, number);
    for (const id of ids) seen.add(id);
    for (const name of names) taken.add(nameMarked(name)[0]);
    const { reading } = work.feed();
    await store.putPage(work.key, number, reading.batches, {
      ids,
      idle,
      names,
      faults,
      page,
      services: [],
    });
    await work.save({
      ...counted(reading, page, faults.filter(({ reason }) => reason === REPEATED).length),
      ...{ pages: number, unchanged: reading.unchanged + 1, isRead: page.isLast },
    });
  }

  async function stage(number: number, came: SourcePage): Promise<void> {
    const { services, ids, faults, repeated, known, refused } = readAll(number, came);
    const isNothingNew =
      came.records.length > 0 && known === came.records.length && services.length === 0;
    if (isNothingNew) return stopAt(number);
    const { reading } = work.feed();
    const listed = reading.refused + reading.mended + reading.repeated;
    const mended = faults.filter(({ isRefused }) => !isRefused).length;
    const page: PageNotes = {
      ...{ ...came.validators, total: came.total, isLast: came.isLast },
      records: came.records.length + came.faults.length,
      ...{ accepted: services.length, refused, mended },
    };
    const batches = await store.putPage(work.key, number, reading.batches, {
      ...{ ids, services, page },
      idle: services.filter((service) => !isOfUse(service)).map(({ id }) => id),
      names: services.map(markedName),
      faults: faults.slice(0, Math.max(0, MOST_LISTED - listed)),
    });
    await work.save({
      ...came.about,
      ...counted(reading, page, repeated),
      ...{ pages: number, batches: reading.batches + batches, bytes: reading.bytes + came.bytes },
      isRead: came.isLast,
    });
  }

  /** `refused` counts ids: each once, and less those that came before and are taken now. */
  function readAll(number: number, came: SourcePage) {
    const services: Service[] = [];
    const ids: string[] = [];
    const faults: Fault[] = [...came.faults];
    let repeated = 0;
    let known = 0;
    let refused = 0;
    for (const [at, record] of came.records.entries()) {
      const id = idOf(record);
      if (id && seen.has(id)) known += 1;
      if (id && taken.has(id)) {
        repeated += 1;
        faults.push({ id, reason: REPEATED, isRefused: true });
        continue;
      }
      const { service, fault } = readRecord(record, `page ${number}, number ${at + 1}`, origin);
      const isNew = id === undefined || !seen.has(id);
      if (service && !isNew) refused -= 1;
      if (!service && isNew) refused += 1;
      if (id) note(id);
      if (service) {
        services.push(service);
        taken.add(service.id);
      }
      if (fault) faults.push(fault);
    }
    for (const { id } of came.faults) {
      if (!seen.has(id)) refused += 1;
      note(id);
    }
    return { services, ids, faults, repeated, known, refused };

    function note(id: string): void {
      if (!seen.has(id)) ids.push(id);
      seen.add(id);
    }
  }

  /** The feed gives again what it gave before: it has no more. */
  async function stopAt(number: number): Promise<void> {
    await work.save({ isRead: true, repeatsFrom: number });
  }
}

function counted(reading: Reading, page: PageNotes, repeated: number): Partial<Reading> {
  return {
    records: reading.records + page.records,
    accepted: reading.accepted + page.accepted,
    refused: reading.refused + page.refused,
    mended: reading.mended + page.mended,
    repeated: reading.repeated + repeated,
    total: page.total ?? reading.total,
  };
}
