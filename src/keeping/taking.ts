import { randomUUID } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { appendFile, rename, rm, writeFile } from "node:fs/promises";
import { UserError } from "../errors.ts";
import {
  Damaged,
  linesIn,
  openWriter,
  tableSum,
  wholePiecesOf,
  type EndOfTable,
  type Head,
  type Piece,
} from "./backup-file.ts";
import { contentsOf, rowsOf } from "./contents.ts";
import { alone } from "./file-claim.ts";
import { unwritable } from "./file-trouble.ts";
import type { Spool, WholeTables } from "./whole-tables.ts";

/** The bot's own notes of a restore: no record of the council's. */
export const RESTORES = "restores";
/** What is no record: those notes, and what the bot makes again from the directory's services. */
const NOT_TAKEN = new Set([RESTORES, "snapshots"]);

interface Parts {
  readonly whole: WholeTables;
  /** `2026-11-22T09:00:00Z` */
  readonly now: string;
  readonly print: (line: string) => void;
}

/** What a backup that was broken off has whole. */
interface Begun {
  readonly head: Head;
  readonly ended: EndOfTable[];
  /** The table that it was in, up to which of its partitions, and the checksum so far. */
  table: string | undefined;
  after: string | undefined;
  sum: ReturnType<typeof tableSum>;
  moved: string[];
}

/**
 * All tables into one file. A file that was broken off is gone on with: what it has whole is not
 * read again. Each partition is as it stood at one moment; tables and partitions are read one
 * after the other while the bot works. Before it is called whole, it is read back. Gives the names
 * of partitions that never stood still. Throws a UserError when the file is there already, when
 * somebody else is writing it, when it cannot be written, and when it does not hold what was
 * counted.
 */
export async function takeBackup(file: string, parts: Parts): Promise<string[]> {
  try {
    return await alone(file, () => take(file, parts));
  } catch (error) {
    throw unwritable(file, error);
  }
}

async function take(file: string, { whole, now, print }: Parts): Promise<string[]> {
  if (existsSync(file)) throw new UserError(`${file} is there already. Name another file.`);
  const part = `${file}.part`;
  const earlier = existsSync(part) ? await takeUp(part) : undefined;
  if (earlier) print(`Going on with the backup begun at ${earlier.head.at}.`);
  const begun = earlier ?? begin(now);
  const writer = openWriter(part, earlier ? "a" : "w");
  if (!earlier) await writer.write(JSON.stringify(begun.head));

  const spool = fileSpool(`${file}.partition`);
  const isDone = new Set(begun.ended.map(({ endOf }) => endOf));
  const names = await whole.names();
  // The table that a stop cut through comes first: its rows are at the end of the file.
  for (const table of [begun.table ?? [], names].flat()) {
    if (isDone.has(table) || NOT_TAKEN.has(table)) continue;
    if (begun.table !== table) {
      Object.assign(begun, { table, after: undefined, sum: tableSum() });
      await writer.write(JSON.stringify({ table }));
    }
    await takeTable(table);
    isDone.add(table);
  }
  await writer.end();
  await spool.clear();
  await readBack(part, begun.ended);
  const rows = rowsOf(begun.ended);
  const tables = begun.ended.length;
  const ending = openWriter(part, "a");
  await ending.write(JSON.stringify({ complete: true, tables, rows }));
  await ending.end();
  await rename(part, file);
  print(`${tables} tables, ${rows} rows.`);
  return begun.moved;

  async function takeTable(table: string): Promise<void> {
    for await (const partition of whole.partitions(table, spool, begun.after)) {
      for await (const line of partition.lines()) {
        begun.sum.row(line);
        await writer.write(line);
      }
      begun.sum.partition();
      const { name, rows, moved } = partition;
      await writer.write(JSON.stringify({ partition: name, rows, ...(moved ? { moved } : {}) }));
      if (moved) begun.moved.push(`${table}: ${name}`);
      await writer.settle();
    }
    const end = begun.sum.end(table);
    await writer.write(JSON.stringify(end));
    await writer.settle(0);
    begun.ended.push(end);
    begun.table = undefined;
    print(`${table}: ${end.rows} rows in ${end.partitions} partitions, sha256 ${end.sha256}`);
  }
}

function begin(now: string): Begun {
  const head: Head = { backup: 1, id: randomUUID(), at: now };
  return { head, ended: [], table: undefined, after: undefined, sum: tableSum(), moved: [] };
}

/** A part that does not hold what was counted is removed: gone on with, it would stay damaged. */
async function readBack(part: string, counted: readonly EndOfTable[]): Promise<void> {
  try {
    const { tables } = await contentsOf(part);
    if (tables.length !== counted.length || rowsOf(tables) !== rowsOf(counted))
      throw new Damaged("it holds other tables than were counted");
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    await rm(part, { force: true });
    throw new UserError(
      `${part} is damaged: ${error.message}. It is removed, and there is no backup yet. Begin again with the same command.`,
    );
  }
}

/** Cuts the file behind the last partition or table that it has whole. Undefined without any. */
async function takeUp(part: string): Promise<Begun | undefined> {
  const whole = await countWhole(part);
  if (whole === 0) return undefined;
  const copy = `${part}.copy`;
  const writer = openWriter(copy, "w");
  let begun: Begun | undefined;
  let left = whole;
  for await (const piece of wholePiecesOf(part)) {
    if (left === 0) break;
    left -= 1;
    await writer.write("row" in piece ? piece.row : JSON.stringify(piece.mark));
    begun = follow(begun, piece);
  }
  await writer.end();
  await rename(copy, part);
  return begun;
}

/** How many lines there are up to the end of the last partition or table. */
async function countWhole(part: string): Promise<number> {
  let lines = 0;
  let whole = 0;
  for await (const piece of wholePiecesOf(part)) {
    lines += 1;
    // Whoever was stopped behind the last line writes it again.
    if ("mark" in piece && !("table" in piece.mark) && !("complete" in piece.mark)) whole = lines;
  }
  return whole;
}

function follow(begun: Begun | undefined, piece: Piece): Begun | undefined {
  if (!begun)
    return "mark" in piece && "backup" in piece.mark
      ? { ...begin(""), head: piece.mark }
      : undefined;
  if ("row" in piece) begun.sum.row(piece.row);
  else if ("table" in piece.mark)
    Object.assign(begun, { table: piece.mark.table, after: undefined, sum: tableSum() });
  else if ("partition" in piece.mark) {
    begun.sum.partition();
    begun.after = piece.mark.partition;
    if (piece.mark.moved) begun.moved.push(`${begun.table}: ${piece.mark.partition}`);
  } else if ("endOf" in piece.mark) {
    begun.ended.push(piece.mark);
    begun.table = undefined;
  }
  return begun;
}

/** Beside the backup, so that a large partition needs no more memory than a small one. */
function fileSpool(file: string): Spool {
  return {
    clear: () => rm(file, { force: true }),
    write: async (lines) => {
      if (!existsSync(file)) await writeFile(file, "", { mode: 0o600 });
      await appendFile(file, lines.map((line) => `${line}\n`).join(""));
    },
    lines: () => linesIn(createReadStream(file)),
  };
}
