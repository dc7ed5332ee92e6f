import { subtle } from "node:crypto";
import { z } from "zod/v4";
import { join, key, split, type StoredRow, type Tables } from "../tables.ts";
import { inSteps, TRIES } from "./service-rows.ts";

/** A snapshot in the tables: of which version of the directory, and by which code it can be read. */
const About = z.object({
  place: z.enum(["one", "other"]),
  format: z.string(),
  version: z.number(),
  /** When it was written. */
  day: z.iso.date(),
  rows: z.number(),
  /** How long each part is, and the sum over all of them. */
  sizes: z.array(z.number()),
  sha256: z.string(),
});
export type AboutSnapshot = z.infer<typeof About>;

export type SnapshotStore = ReturnType<typeof createSnapshotStore>;

const PARTITION = "directory";
const NOW = "now";
/** A property holds 64 KiB of bytes, and half a row is read well within the time of a call. */
const IN_PROPERTY = 60_000;
const PROPERTIES = 8;
const READS_AT_ONCE = 8;
const WRITES_AT_ONCE = 4;

/**
 * Table `snapshots`: partition `directory`, row `now`, says in which of two places the present
 * snapshot is; partitions `directory|one` and `directory|other`, rows `0000` and on, its bytes. The
 * next one is written where the present one is not, so nobody reads half of one. All of it can be
 * made again from the services, so backups leave it out.
 */
export function createSnapshotStore(tables: Tables) {
  return { about, read, write };

  /** What there is, without its bytes. */
  async function about(): Promise<AboutSnapshot | undefined> {
    return (await current())?.known;
  }

  /** The parts of a snapshot. Throws when it is not whole, or another has taken its place. */
  async function read({ place, rows, sha256, sizes }: AboutSnapshot): Promise<Buffer[]> {
    const table = await tables("snapshots");
    const numbers = Array.from({ length: rows }, (_, at) => at);
    const read = await inSteps(numbers, READS_AT_ONCE, (at) =>
      patiently(() => table.find(partitionOf(place), rowKeyOf(at))),
    );
    const bytes = Buffer.concat(read.flatMap((row) => (row ? bytesIn(row) : [])));
    if ((await sumOf(bytes)) !== sha256) throw new Error("The directory's snapshot is not whole");
    return cut(bytes, sizes);
  }

  /** Writes a snapshot, and then says that it is the present one, unless somebody was quicker. */
  async function write(
    what: Pick<AboutSnapshot, "format" | "version" | "day">,
    parts: readonly Buffer[],
  ): Promise<void> {
    const table = await tables("snapshots");
    const before = await current();
    const place = before?.known.place === "one" ? "other" : "one";
    const bytes = Buffer.concat(parts);
    const rows = piecesOf(bytes, IN_PROPERTY * PROPERTIES);
    await inSteps([...rows.entries()], WRITES_AT_ONCE, ([at, piece]) =>
      patiently(() =>
        table.put({
          ...{ partitionKey: partitionOf(place), rowKey: rowKeyOf(at) },
          ...Object.fromEntries(
            piecesOf(piece, IN_PROPERTY).map((some, number) => [`bytes${number}`, some]),
          ),
        }),
      ),
    );
    const row = {
      ...{ partitionKey: PARTITION, rowKey: NOW, ...what, place },
      ...{ rows: rows.length, sha256: await sumOf(bytes) },
      ...split("sizes", JSON.stringify(parts.map(({ length }) => length))),
    };
    if (before) await table.replace(row, before.etag);
    else await table.create(row);
  }

  async function current() {
    const row = await (await tables("snapshots")).find(PARTITION, NOW);
    if (!row) return undefined;
    const sizes: unknown = JSON.parse(join("sizes", row));
    return { known: About.parse({ ...row, sizes }), etag: row.etag };
  }
}

function partitionOf(place: AboutSnapshot["place"]): string {
  return key(PARTITION, place);
}

function rowKeyOf(at: number): string {
  return String(at).padStart(4, "0");
}

function bytesIn(row: StoredRow): Uint8Array[] {
  return Array.from({ length: PROPERTIES }, (_, number) => row[`bytes${number}`]).filter(
    (value) => value instanceof Uint8Array,
  );
}

function piecesOf(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  let from = 0;
  return sizes.map((size) => {
    from += size;
    return bytes.subarray(from - size, from);
  });
}

/** Beside everything else that a start does, not before it. */
async function sumOf(bytes: Buffer): Promise<string> {
  return Buffer.from(await subtle.digest("SHA-256", bytes)).toString("hex");
}

/** A busy table may not do in time what it does a moment later. */
async function patiently<Result>(call: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt === TRIES) throw error;
    }
  }
}
