import { randomUUID } from "node:crypto";
import { z } from "zod/v4";
import { join, key, split, type StoredRow, type Table, type Tables } from "../tables.ts";
import { corrected, withCorrection, type KeptCorrection } from "./corrections.ts";
import { Correction, type Service } from "./schema.ts";
import {
  chunks,
  inSteps,
  isRetired,
  PARTITIONS,
  placeOf,
  readService,
  READS_AT_ONCE,
  retireOne,
  transactionsOf,
  TRIES,
  writeSome,
  type Upserted,
} from "./service-rows.ts";

/** Which services are other than a version had them; undefined when it is too long ago to say. */
export interface Changes {
  readonly version: number;
  readonly ids: readonly string[] | undefined;
}

export type ServiceStore = ReturnType<typeof createServiceStore>;

const VERSION = "version";
const CORRECTION = "correction";
const AT_ONCE = 4;
const IN_BATCH = 2000;
const LISTS_AT_ONCE = 2;
/** So many changes are remembered. A replica that missed more reads everything again. */
const REMEMBERED_CHANGES = 500;
/** Of what a correction was made. Earlier rows do not say. */
const OfWhat = z.object({
  saw: z
    .string()
    .default("{}")
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.record(z.string(), z.string())),
  origin: z.string().optional(),
});
/** Above this, reading everything is quicker than reading each. */
const MOST_SINGLE_READS = 2000;

/**
 * Table `services`: partition `service` and the first digit of a hash, row the service's id, its
 * origin, and whether it is retired;
 * partition `correction`, row id: what this council knows better, of whose service, and what that said;
 * partition `version`, row `now`, which changes once per batch, rows `change|000000012`, the ids
 * that each batch changed, and rows `open|…`, batches under way: after a stop half-way their ids
 * are announced again, because nobody can tell which of them were written.
 */
export function createServiceStore(tables: Tables) {
  return {
    upsert,
    retire,
    retireAll,
    find,
    readAll,
    version,
    changesSince,
    correct,
    correctionOf,
    closedHere,
    announceOpen,
  };

  /**
   * Writes services of one origin (a feed's name, `sample`, `local`). The same again is no change,
   * and what is another origin's is left as it is.
   */
  async function upsert(all: readonly Service[], origin: string): Promise<Upserted> {
    const table = await tables("services");
    // A feed can name a service twice; a transaction cannot.
    const services = [...new Map(all.map((service) => [service.id, service])).values()];
    const isEmpty = (await table.find(VERSION, "now")) === undefined;
    const counts = { added: 0, changed: 0, same: 0 };
    const kept: Upserted["kept"][number][] = [];
    await inSteps(inBatches(services), 1, async (batch) => {
      const touched = new Set<string>();
      const ids = batch.map(({ id }) => id);
      await announced(table, ids, touched, async () => {
        await inSteps(transactionsOf(batch), AT_ONCE, async (some) => {
          const outcome = await writeSome(table, some, { origin, isEmpty, touched });
          counts.added += outcome.added;
          counts.changed += outcome.changed;
          counts.same += outcome.same;
          kept.push(...outcome.kept);
        });
      });
    });
    return { ...counts, kept };
  }

  /** Takes services of an origin out of what is found. Another origin's stay. */
  async function retire(ids: readonly string[], origin: string): Promise<void> {
    const table = await tables("services");
    await inSteps(inBatches(ids), 1, async (batch) => {
      await announced(table, batch, new Set(batch), async () => {
        await inSteps(batch, READS_AT_ONCE, (id) => retireOne(table, id, origin));
      });
    });
  }

  /** Takes everything of an origin out of what is found, with a sign of life now and then. */
  async function retireAll(origin: string, stillHere: () => Promise<unknown>): Promise<void> {
    const table = await tables("services");
    await inSteps(PARTITIONS, 1, async (partition) => {
      const rows = await table.list(partition);
      const own = rows.filter((row) => row["origin"] === origin && !isRetired(row));
      const ids = own.map((row) => readService(row).id);
      await retire(ids, origin);
      await stillHere();
    });
  }

  /** A service with this council's corrections. */
  async function find(id: string): Promise<Service | undefined> {
    const table = await tables("services");
    const [row, correction] = await Promise.all([table.find(...placeOf(id)), correctionOf(id)]);
    if (!row || isRetired(row)) return undefined;
    return corrected(readService(row), originOf(row), correction?.kept);
  }

  /** Every service with its corrections, in batches as they are read. */
  async function readAll(take: (services: Service[]) => Promise<void>): Promise<void> {
    const table = await tables("services");
    const corrections = new Map(
      (await table.list(CORRECTION)).map((row) => [String(row["service"]), readCorrection(row)]),
    );
    await inSteps(PARTITIONS, LISTS_AT_ONCE, async (partition) => {
      const rows = await table.list(partition);
      await take(
        rows.flatMap((row) => {
          if (isRetired(row)) return [];
          const service = readService(row);
          return [corrected(service, originOf(row), corrections.get(service.id))];
        }),
      );
    });
  }

  /** Counts the batches. Every replica compares it with the one that it has read. */
  async function version(): Promise<number> {
    const row = await (await tables("services")).find(VERSION, "now");
    return Number(row?.["number"] ?? 0);
  }

  /** The ids that changed after a version, in the version that is current now. */
  async function changesSince(known: number): Promise<Changes> {
    const current = await version();
    if (current === known) return { version: current, ids: [] };
    const rows = await (await tables("services")).list(VERSION, { from: changeKey(known + 1) });
    const changes = rows.filter(({ rowKey }) => rowKey.startsWith("change|"));
    const ids = [...new Set(changes.flatMap((row) => idsOf(row)))];
    const isWhole = changes[0]?.rowKey === changeKey(known + 1) && ids.length <= MOST_SINGLE_READS;
    return { version: current, ids: isWhole ? ids : undefined };
  }

  /** This council's corrections of a service, with the etag they were read with. */
  async function correctionOf(id: string) {
    const row = await (await tables("services")).find(CORRECTION, key(id));
    return row && { kept: readCorrection(row), etag: row.etag };
  }

  /** The services that this council has marked as closed, by their names. */
  async function closedHere(): Promise<Service[]> {
    const rows = await (await tables("services")).list(CORRECTION);
    const closed = rows.flatMap((row) => {
      const { status } = readCorrection(row).fields;
      return status && status !== "active" ? [{ id: String(row["service"]), status }] : [];
    });
    const services = await inSteps(closed, READS_AT_ONCE, async ({ id, status }) => {
      const service = await find(id);
      return service?.status === status ? service : undefined;
    });
    return services
      .flatMap((service) => service ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name));
  }

  /** Adds to the corrections of a service. The newest wins for each field. */
  async function correct(id: string, fields: Correction): Promise<void> {
    const table = await tables("services");
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const [entry, before] = await Promise.all([table.find(...placeOf(id)), correctionOf(id)]);
      if (!entry) throw new Error("A service that is not there cannot be corrected");
      const kept = withCorrection(readService(entry), originOf(entry), before?.kept, fields);
      const row = {
        ...{ partitionKey: CORRECTION, rowKey: key(id), service: id },
        ...split("json", JSON.stringify(kept.fields)),
        saw: JSON.stringify(kept.saw),
        origin: kept.origin,
      };
      const isWritten = before ? await table.replace(row, before.etag) : await table.create(row);
      if (isWritten) return announce(table, [id]);
    }
    throw new Error("A correction was changed by somebody else again and again");
  }

  /** Announces the batches that a stop left half-way. One that is still under way loses nothing. */
  async function announceOpen(): Promise<void> {
    const table = await tables("services");
    for (const row of await table.list(VERSION, { prefix: "open|" })) {
      await announce(table, idsOf(row));
      await table.remove(VERSION, row.rowKey);
    }
  }
}

/** What one row of the version's partition can name. */
function inBatches<Item>(items: readonly Item[]): Item[][] {
  return chunks(items, IN_BATCH);
}

function changeKey(number: number): string {
  return key("change", String(number).padStart(9, "0"));
}

function originOf(row: StoredRow): string {
  return String(row["origin"]);
}

function readCorrection(row: StoredRow): KeptCorrection {
  const { saw, origin } = OfWhat.parse(row);
  return { fields: Correction.parse(JSON.parse(join("json", row))), saw, origin };
}

function idsOf(row: StoredRow): string[] {
  const ids: unknown = JSON.parse(join("ids", row));
  return Array.isArray(ids) ? ids.map(String) : [];
}

/**
 * Does the work between a note of what it is about and the announcement of what it touched. When
 * it breaks off, all of it is announced, because nobody can tell which of it was written.
 */
async function announced(
  table: Table,
  ids: readonly string[],
  touched: ReadonlySet<string>,
  work: () => Promise<void>,
): Promise<void> {
  const open = await begin(table, ids);
  try {
    await work();
  } catch (error) {
    await announce(table, ids);
    await table.remove(VERSION, open);
    throw error;
  }
  await announce(table, [...touched]);
  await table.remove(VERSION, open);
}

async function begin(table: Table, ids: readonly string[]): Promise<string> {
  const rowKey = key("open", randomUUID());
  await table.create({ partitionKey: VERSION, rowKey, ...split("ids", JSON.stringify(ids)) });
  return rowKey;
}

async function announce(table: Table, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  for (let attempt = 1; attempt <= TRIES * 2; attempt += 1) {
    const before = await table.find(VERSION, "now");
    const number = Number(before?.["number"] ?? 0) + 1;
    const now = { partitionKey: VERSION, rowKey: "now", number };
    const change = {
      ...{ partitionKey: VERSION, rowKey: changeKey(number) },
      ...split("ids", JSON.stringify(ids)),
    };
    const first = before ? { replace: now, etag: before.etag } : { create: now };
    if (!(await table.write([first, { create: change }]))) continue;
    if (number > REMEMBERED_CHANGES)
      await table.remove(VERSION, changeKey(number - REMEMBERED_CHANGES));
    return;
  }
  throw new Error("The directory's version was changed by somebody else again and again");
}
