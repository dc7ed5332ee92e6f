import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { constants, createGunzip, createGzip } from "node:zlib";
import { z } from "zod/v4";
import { UserError } from "../errors.ts";
import { unreadable } from "./file-trouble.ts";

/*
 * A backup is lines of JSON, packed with gzip, so that any other program can read it too:
 *
 *   {"backup":1,"id":…,"at":…}                            first of all
 *   {"table":"people"}                                    then for each table
 *   {"PartitionKey":…,"RowKey":…,…}                       its rows (row-line.ts)
 *   {"partition":…,"rows":12}                             behind the rows of each partition
 *   {"endOf":"people","partitions":3,"rows":40,"sha256":…}
 *   {"complete":true,"tables":30,"rows":5000}             last of all
 *
 * The checksum is SHA-256 over the table's row lines, each with a line feed behind it.
 */

export const Head = z.strictObject({ backup: z.literal(1), id: z.string(), at: z.string() });
export type Head = Readonly<z.infer<typeof Head>>;
const Count = z.number().int().nonnegative();
const Begin = z.strictObject({ table: z.string() });
const EndOfPartition = z.strictObject({
  partition: z.string(),
  rows: Count,
  /** It was changed each time it was read, so its rows are not from one moment. */
  moved: z.literal(true).optional(),
});
const EndOfTable = z.strictObject({
  endOf: z.string(),
  partitions: Count,
  rows: Count,
  sha256: z.string(),
});
export type EndOfTable = Readonly<z.infer<typeof EndOfTable>>;
const Complete = z.strictObject({ complete: z.literal(true), tables: Count, rows: Count });
const Mark = z.union([Head, Begin, EndOfPartition, EndOfTable, Complete]);
type Mark = Readonly<z.infer<typeof Mark>>;

/** A line of the file: a row, or what stands between the rows. */
export type Piece = { readonly row: string } | { readonly mark: Mark };

/** Says that a file cannot be believed. */
export class Damaged extends Error {
  override readonly name = "Damaged";
}

/** The file's lines. Throws `Damaged` where it cannot be unpacked, and a UserError without any. */
export async function* piecesOf(file: string): AsyncGenerator<Piece> {
  try {
    for await (const line of unpacked(file, false)) yield pieceOf(line);
  } catch (error) {
    const told = unreadable(file, error);
    if (error instanceof Damaged || told instanceof UserError) throw told;
    throw new Damaged("it cannot be unpacked to its end", { cause: error });
  }
}

/** The lines that a backup which was broken off has whole: what comes after them is left out. */
export async function* wholePiecesOf(file: string): AsyncGenerator<Piece> {
  try {
    for await (const line of unpacked(file, true)) yield pieceOf(line);
  } catch (error) {
    const told = unreadable(file, error);
    if (told instanceof UserError) throw told;
    // The rest of it was never written, or only in part.
  }
}

/** Appends lines to a file. Each time it is opened it begins a part that unpacks by itself. */
export function openWriter(file: string, flags: "w" | "a") {
  const packed = createGzip();
  // It holds what the tables hold, so nobody but its owner reads it.
  const done = pipeline(packed, createWriteStream(file, { flags, mode: 0o600 }));
  // A full disk is told to whoever waits for the next write or the end.
  done.catch(() => undefined);
  let sinceFlush = 0;
  return { write, settle, end };

  async function write(line: string): Promise<void> {
    // What is broken gives no sign any more that it can be written to.
    if (packed.destroyed) await done;
    sinceFlush += line.length;
    if (!packed.write(`${line}\n`)) await once(packed, "drain");
  }

  /** What is written so far can be read back after a stop. */
  async function settle(isWorthIt = 100_000): Promise<void> {
    if (sinceFlush < isWorthIt) return;
    sinceFlush = 0;
    if (packed.destroyed) await done;
    const flushed = new Promise<void>((resolve) =>
      packed.flush(constants.Z_SYNC_FLUSH, () => resolve()),
    );
    await Promise.race([flushed, done]);
  }

  /** On the disk, and not only on its way there. */
  async function end(): Promise<void> {
    packed.end();
    await done;
    const handle = await open(file, "r");
    await handle.sync();
    await handle.close();
  }
}

/** The checksum of a table, row by row. */
export function tableSum() {
  const hash = createHash("sha256");
  let rows = 0;
  let partitions = 0;
  return {
    row: (line: string) => {
      hash.update(`${line}\n`);
      rows += 1;
    },
    partition: () => void (partitions += 1),
    end: (table: string): EndOfTable => ({
      endOf: table,
      partitions,
      rows,
      sha256: hash.digest("hex"),
    }),
  };
}

/** Whether a system call failed for this reason. */
export function isAbout(code: string, error: unknown): boolean {
  // Not `instanceof Error`: under jest, what Node itself throws is of another realm's class.
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}

async function* unpacked(file: string, mayBeCut: boolean): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacking = createGunzip(mayBeCut ? { finishFlush: constants.Z_SYNC_FLUSH } : {});
  source.once("error", (error) => unpacking.destroy(error));
  // Whoever stops reading early leaves no file open.
  unpacking.once("close", () => source.destroy());
  yield* linesIn(source.pipe(unpacking));
}

/** readline also cuts at other signs than a line feed, and swallows a fault of the stream. */
export async function* linesIn(stream: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream) {
    // A stream without an encoding gives bytes.
    const lines = (rest + decoder.decode(bytes as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest) throw new Damaged("its last line is not whole");
}

function pieceOf(line: string): Piece {
  if (line.startsWith('{"PartitionKey":')) return { row: line };
  try {
    return { mark: Mark.parse(JSON.parse(line)) };
  } catch (error) {
    throw new Damaged("a line of it is no line of a backup", { cause: error });
  }
}
