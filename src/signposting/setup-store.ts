import { key, join, split, type Tables } from "../tables.ts";
import { routesWith, type Entry } from "./route-entries.ts";
import { RouteSetup, Settings, Setup, type Route } from "./schema.ts";

/** Lists and routes hardly change; a change is felt after about this time on every replica. */
const REMEMBER_MS = 60_000;

/** What a committee records, and where people are pointed to. */
export interface Signposting {
  readonly setup: Setup;
  readonly routes: readonly Route[];
  /** Ids of the directory's entries that the routes are. */
  readonly services: readonly string[];
  /** Whether they could not be read again, so that they may have changed since. */
  readonly areLastKnown: boolean;
  /** The etag of the settings' own row, once somebody has changed them. */
  readonly etag: string | undefined;
}

export type SetupStore = ReturnType<typeof createSetupStore>;

/** Where no directory is read: only what is set up is written. */
async function noEntry(): Promise<undefined> {
  return undefined;
}

/**
 * Table `signpostsetup`: partition committee, rows `lists` (what is recorded) and `settings` (what
 * an administrator changed). Table `routes`: partition committee, row route. What a route is called
 * and how it is reached is the directory's, which `entryOf` reads.
 */
export function createSetupStore(
  tables: Tables,
  entryOf: (id: string) => Promise<Entry | undefined> = noEntry,
) {
  const known = new Map<string, { readonly value: Signposting; readonly readAt: number }>();
  const underWay = new Map<string, Promise<Signposting | undefined>>();
  return { of, pointedTo, refresh, read, saveSettings, load };

  /**
   * What was read last, at once: only before the first reading does anybody wait. What is older
   * than a minute is read again behind the answer.
   */
  async function of(committee: string): Promise<Signposting | undefined> {
    const last = known.get(committee);
    if (!last) return refresh(committee);
    // A reading that fails has marked what is known.
    if (performance.now() - last.readAt >= REMEMBER_MS) refresh(committee).catch(() => undefined);
    return last.value;
  }

  /** The directory's entries that people of these committees are pointed to. */
  async function pointedTo(committees: readonly { readonly id: string }[]): Promise<Set<string>> {
    const read = await Promise.all(committees.map(({ id }) => of(id)));
    return new Set(read.flatMap((each) => each?.services ?? []));
  }

  /** Reads it again, once at a time. While the tables are away, what was known last holds, and says so. */
  function refresh(committee: string): Promise<Signposting | undefined> {
    const reading = underWay.get(committee);
    if (reading) return reading;
    const work = readAgain(committee, (value) => {
      // Not what was read while somebody changed it.
      if (value && underWay.get(committee) === work)
        known.set(committee, { value, readAt: performance.now() });
    }).finally(() => {
      if (underWay.get(committee) === work) underWay.delete(committee);
    });
    underWay.set(committee, work);
    return work;
  }

  async function readAgain(
    committee: string,
    keep: (value: Signposting | undefined) => void,
  ): Promise<Signposting | undefined> {
    try {
      const value = await read(committee);
      keep(value);
      return value;
    } catch (error) {
      const last = known.get(committee);
      if (!last) throw error;
      const value = { ...last.value, areLastKnown: true };
      keep(value);
      return value;
    }
  }

  function forget(committee: string): void {
    known.delete(committee);
    underWay.delete(committee);
  }

  /** As it is in the tables now. Undefined for a committee that was never set up for it. */
  async function read(committee: string): Promise<Signposting | undefined> {
    const table = await tables("signpostsetup");
    const [lists, own] = await Promise.all([
      table.find(key(committee), "lists"),
      table.find(key(committee), "settings"),
    ]);
    if (!lists) return undefined;
    const rows = await (await tables("routes")).list(key(committee));
    const setup = Setup.parse(JSON.parse(join("setup", lists)));
    const settings = own ? Settings.parse(JSON.parse(String(own["settings"]))) : setup.settings;
    const fits = rows.map((row) => RouteSetup.parse(JSON.parse(String(row["route"]))));
    const services = fits.flatMap((fit) => ("service" in fit ? [fit.service] : []));
    const entries = new Map(
      await Promise.all(services.map(async (id) => [id, await entryOf(id)] as const)),
    );
    const routes = routesWith(fits, (id) => entries.get(id));
    const kept = { setup: { ...setup, settings }, routes, services };
    return { ...kept, areLastKnown: false, etag: own?.etag };
  }

  /** False when somebody changed them since they were read. */
  async function saveSettings(
    committee: string,
    settings: Settings,
    etag: string | undefined,
  ): Promise<boolean> {
    const table = await tables("signpostsetup");
    const row = { partitionKey: key(committee), rowKey: "settings" };
    const written = { ...row, settings: JSON.stringify(settings) };
    forget(committee);
    return etag ? table.replace(written, etag) : table.create(written);
  }

  /** Puts a council's own lists and routes into the tables. */
  async function load(
    committee: string,
    setup: Setup,
    routes: readonly RouteSetup[],
  ): Promise<void> {
    const [lists, rows] = await Promise.all([tables("signpostsetup"), tables("routes")]);
    const partitionKey = key(committee);
    const written = routes.map((route, order) => ({
      partitionKey,
      rowKey: key(String(order).padStart(4, "0"), route.id),
      route: JSON.stringify(route),
    }));
    // A load that was broken off before has left them: then they are written over.
    if (!(await rows.write(written.map((create) => ({ create })))))
      for (const row of written) await rows.put(row);
    await lists.put({
      partitionKey: key(committee),
      rowKey: "lists",
      ...split("setup", JSON.stringify(setup)),
    });
    forget(committee);
  }
}
