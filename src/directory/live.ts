import type { Logger } from "pino";
import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import { within } from "../deadline.ts";
import { missingServices } from "./first-services.ts";
import { inSteps, READS_AT_ONCE } from "./service-rows.ts";
import { createServiceSearch, type ServiceSearch } from "./search.ts";
import { formatOf, searchFrom } from "./snapshot.ts";
import type { AboutSnapshot, SnapshotStore } from "./snapshot-store.ts";
import type { Service } from "./schema.ts";
import type { ServiceStore } from "./store.ts";

interface Parts {
  readonly store: ServiceStore;
  readonly snapshots: SnapshotStore;
  readonly committees: () => Promise<Committee[]>;
  readonly log: Logger;
}

/** The directory as it was read: all of it up to a version. */
interface Loaded {
  readonly search: ServiceSearch;
  version: number;
  /** Which snapshots were made as this was. */
  readonly format: string;
}

/** A change made by another replica is looked for this often, while nobody waits for it. */
const CHECK_MS = 30_000;
/** After a quiet time the first search waits for the check, so that none is a minute behind. */
const MUST_CHECK_MS = 55_000;
/** A person waits this long for a directory that is being read; Teams gives up after five. */
const LONGEST_WAIT_MS = 2500;
/** So many services are taken in before anybody else's turn. */
const AT_ONCE = 500;
const GONE = "That service is not in the directory any more. Search again.";
const LOADING =
  "The directory is still being read. Wait a few seconds, then ask again. In danger, call 999.";

/**
 * The directory in this replica's memory: read when it is first wanted, from a snapshot where there
 * is one, and then kept up with what changed, by the version that every writer moves on.
 */
export function createLiveDirectory({ store, snapshots, committees, log }: Parts) {
  let loaded: Loaded | undefined;
  let loading: Promise<void> | undefined;
  let refreshing: Promise<void> | undefined;
  let checkedAt = 0;

  return { ready, known, begin, refresh, latest, atHand };

  /** The search as it is known at this moment, for what nobody should wait for. */
  function atHand(): ServiceSearch | undefined {
    return loaded?.search;
  }

  /** The search over all services. Throws a UserError while they are being read for long. */
  async function ready(): Promise<ServiceSearch> {
    if (!loaded) {
      const reading = begin();
      // Whoever waited too long is told so, and the reading goes on.
      reading.catch(() => undefined);
      await within(
        LONGEST_WAIT_MS,
        () => reading,
        () => new UserError(LOADING),
      );
    }
    if (!loaded) throw new UserError(LOADING);
    const age = performance.now() - checkedAt;
    // While the tables are away, what is known is better than nothing.
    const check = age > CHECK_MS ? refresh().catch(() => undefined) : undefined;
    // An import in full swing can change more than is read while somebody waits.
    if (check && age > MUST_CHECK_MS)
      await within(LONGEST_WAIT_MS, () => check).catch(() => undefined);
    return loaded.search;
  }

  /** The service that a button is about. Throws a UserError where it is gone. */
  async function known(id: string): Promise<Service> {
    const service = (await ready()).find(id);
    if (!service) throw new UserError(GONE);
    return service;
  }

  /** Reads the directory before anybody asks for it, however long that takes. */
  async function begin(): Promise<void> {
    if (!loaded) await (loading ??= load().finally(() => (loading = undefined)));
  }

  /** Takes in what changed since the last time, nothing else. */
  function refresh(): Promise<void> {
    refreshing ??= catchUp().finally(() => (refreshing = undefined));
    return refreshing;
  }

  /** What this replica knows, up to now. Undefined until it has read the directory. */
  async function latest(): Promise<Readonly<Loaded> | undefined> {
    if (loaded) await refresh();
    return loaded && { ...loaded };
  }

  async function load(): Promise<void> {
    const [council, about] = await Promise.all([
      wholeCouncil(),
      snapshots.about().catch(notUsable),
    ]);
    const format = formatOf(council);
    const isOfThis = about?.format === format;
    const kept = isOfThis ? await fromSnapshot(about, council).catch(notUsable) : undefined;
    const read = { ...(kept ?? (await fromRows(council))), format };
    for (const service of await missingServices(read.search, store))
      read.search.put(service, council);
    loaded = read;
    checkedAt = performance.now();
  }

  function notUsable(error: unknown): undefined {
    log.warn({ err: error }, "the directory's snapshot could not be read: every row is");
    return undefined;
  }

  /** Undefined where too much has changed since. What did is read while the rest is unpacked. */
  async function fromSnapshot(about: AboutSnapshot, council: Committee) {
    const packed = snapshots.read(about).then(searchFrom);
    const changed = store.changesSince(about.version).then(async ({ version, ids }) => ({
      version,
      services: ids && (await read(ids)),
    }));
    const [{ version, services }, unpacked] = await Promise.all([changed, packed]);
    if (!services) return undefined;
    const search = createServiceSearch(unpacked);
    takeIn(search, services, council);
    return { search, version };
  }

  async function fromRows(council: Committee) {
    const search = createServiceSearch();
    // Asked before reading: what changes while it is read is read again.
    const version = await store.version();
    await store.readAll(async (services) => {
      for (const [count, service] of services.entries()) {
        search.put(service, council);
        if (count % AT_ONCE === AT_ONCE - 1) await new Promise(setImmediate);
      }
    });
    return { search, version };
  }

  async function catchUp(): Promise<void> {
    if (!loaded) return;
    const { version, ids } = await store.changesSince(loaded.version);
    if (!ids) return load();
    takeIn(loaded.search, await read(ids), await wholeCouncil());
    loaded.version = version;
    checkedAt = performance.now();
  }

  /** The services with these ids, none where one is gone. */
  async function read(ids: readonly string[]) {
    return inSteps(ids, READS_AT_ONCE, async (id) => ({ id, service: await store.find(id) }));
  }

  function takeIn(
    search: ServiceSearch,
    services: Awaited<ReturnType<typeof read>>,
    council: Committee,
  ): void {
    for (const { id, service } of services)
      if (service) search.put(service, council);
      else search.remove(id);
  }

  /** One directory serves every committee, so it knows the districts of them all. */
  async function wholeCouncil(): Promise<Committee> {
    const [first, ...others] = await committees();
    if (!first) throw new UserError("The council is not set up yet.");
    const districts = new Map(
      [first, ...others].flatMap((each) => each.districts.map((one) => [one.id, one] as const)),
    );
    return { ...first, districts: [...districts.values()] };
  }
}
