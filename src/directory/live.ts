import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import { within } from "../deadline.ts";
import { missingServices } from "./first-services.ts";
import { createServiceSearch, type ServiceSearch } from "./search.ts";
import type { ServiceStore } from "./store.ts";

/** A change made by another replica is looked for this often, while nobody waits for it. */
const CHECK_MS = 30_000;
/** After a quiet time the first search waits for the check, so that none is a minute behind. */
const MUST_CHECK_MS = 55_000;
/** A person waits this long for a directory that is being read; Teams gives up after five. */
const LONGEST_WAIT_MS = 2500;
/** So many services are taken in before anybody else's turn. */
const AT_ONCE = 500;
const READS_AT_ONCE = 25;
const LOADING =
  "The directory is still being read. Wait a few seconds, then ask again. In danger, call 999.";

/**
 * The directory in this replica's memory: read when it is first wanted, and then kept up with what
 * changed, by the version that every writer moves on.
 */
export function createLiveDirectory(store: ServiceStore, committees: () => Promise<Committee[]>) {
  let loaded: { search: ServiceSearch; version: number } | undefined;
  let loading: Promise<void> | undefined;
  let refreshing: Promise<void> | undefined;
  let checkedAt = 0;

  return { ready, refresh };

  /** The search over all services. Throws a UserError while they are being read for long. */
  async function ready(): Promise<ServiceSearch> {
    if (!loaded) {
      loading ??= load().finally(() => (loading = undefined));
      // Whoever waited too long is told so, and the reading goes on.
      loading.catch(() => undefined);
      const reading = loading;
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
    if (age > MUST_CHECK_MS) await check;
    return loaded.search;
  }

  /** Takes in what changed since the last time, nothing else. */
  function refresh(): Promise<void> {
    refreshing ??= catchUp().finally(() => (refreshing = undefined));
    return refreshing;
  }

  async function load(): Promise<void> {
    const search = createServiceSearch();
    const council = await wholeCouncil();
    // Asked before reading: what changes while it is read is read again.
    const version = await store.version();
    await store.readAll(async (services) => {
      for (const [count, service] of services.entries()) {
        search.put(service, council);
        if (count % AT_ONCE === AT_ONCE - 1) await new Promise(setImmediate);
      }
    });
    for (const service of await missingServices(search, store)) search.put(service, council);
    loaded = { search, version };
    checkedAt = performance.now();
  }

  async function catchUp(): Promise<void> {
    if (!loaded) return;
    const { version, ids } = await store.changesSince(loaded.version);
    if (!ids) return load();
    const council = await wholeCouncil();
    for (let from = 0; from < ids.length; from += READS_AT_ONCE) {
      const some = ids.slice(from, from + READS_AT_ONCE);
      const services = await Promise.all(some.map((id) => store.find(id)));
      for (const [at, service] of services.entries()) {
        if (service) loaded.search.put(service, council);
        else loaded.search.remove(some[at] ?? "");
      }
    }
    loaded.version = version;
    checkedAt = performance.now();
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
