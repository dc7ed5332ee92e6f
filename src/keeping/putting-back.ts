import { z } from "zod/v4";
import { UserError } from "../errors.ts";
import { MOST_IN_TRANSACTION, type Tables } from "../tables.ts";
import { Damaged, piecesOf } from "./backup-file.ts";
import { contentsOf, type Contents } from "./contents.ts";
import { RESTORES } from "./taking.ts";
import { transactionsOf, type WholeTables } from "./whole-tables.ts";

interface Parts {
  readonly whole: WholeTables;
  readonly tables: Tables;
  readonly print: (line: string) => void;
}

/** How far a restore has come. Table `restores`: partition `restore`, row the backup's id. */
const Progress = z.object({ rowKey: z.string(), lines: z.number() });
const PARTITION = "restore";

/** A transaction takes less than 4 MB, and a character takes 3 bytes at most. */
const MOST = { rows: MOST_IN_TRANSACTION, characters: 1_000_000 };
/** So many lines are read before they are written, and how far it is noted behind them. */
const PORTION = 1000;

/**
 * A backup into an empty store. The whole file is checked before the first row is written. A
 * restore that was broken off is gone on with by the same file. At the end every table is read
 * back: true when each has the rows and the checksum of the backup. Throws a UserError when the
 * file is damaged or the store holds something else.
 */
export async function restoreBackup(
  file: string,
  { whole, tables, print }: Parts,
): Promise<boolean> {
  const contents = await checked(file);
  const begun = await progressIn(contents.id);
  const done = begun?.lines ?? 0;
  if (begun) print("Going on with the restore that was begun.");
  else await note(0);
  await write();
  const isSame = await compare();
  if (isSame) await (await tables(RESTORES)).remove(PARTITION, contents.id);
  return isSame;

  /** How far this restore has come before. Undefined when the store is empty. */
  async function progressIn(id: string): Promise<z.infer<typeof Progress> | undefined> {
    const [row] = await (await tables(RESTORES)).list(PARTITION);
    const progress = row && Progress.parse(row);
    if (progress?.rowKey === id) return progress;
    if (progress)
      throw new UserError(
        "Another backup was being restored into this store. Go on with that file, or empty the store.",
      );
    for (const name of await whole.names())
      if (!(await whole.isEmpty(name)))
        throw new UserError(
          `The store is not empty: ${name} has rows. Nothing was changed. Restore into a store without any.`,
        );
    return undefined;
  }

  async function write(): Promise<void> {
    let table = "";
    let at = 0;
    let rows: string[] = [];
    for await (const piece of piecesOf(file)) {
      at += 1;
      if ("mark" in piece && "table" in piece.mark) {
        ({ table } = piece.mark);
        await whole.create(table);
      }
      if ("row" in piece && at > done) rows.push(piece.row);
      const isEnd = "mark" in piece && "endOf" in piece.mark;
      if (rows.length < PORTION && !(isEnd && rows.length > 0)) continue;
      await fill(table, rows);
      await note(at);
      rows = [];
    }
  }

  async function fill(table: string, rows: readonly string[]): Promise<void> {
    for (const batch of transactionsOf(rows, MOST)) {
      if (await whole.fill(table, batch, false)) continue;
      if (!begun)
        throw new UserError(
          "Somebody else writes into these tables. Stop the bot, empty the store, and begin again.",
        );
      // What was written between the last note and the stop is there already.
      await whole.fill(table, batch, true);
    }
  }

  async function note(lines: number): Promise<void> {
    await (await tables(RESTORES)).put({ partitionKey: PARTITION, rowKey: contents.id, lines });
  }

  async function compare(): Promise<boolean> {
    let isSame = true;
    for (const { endOf, rows, sha256 } of contents.tables) {
      const there = await whole.checksum(endOf);
      const isEqual = there.rows === rows && there.sha256 === sha256;
      isSame &&= isEqual;
      print(
        isEqual
          ? `${endOf}: ${rows} rows, the same`
          : `${endOf}: DIFFERS. The backup has ${rows} rows (sha256 ${sha256}), the store ${there.rows} (${there.sha256})`,
      );
    }
    return isSame;
  }
}

/** Reads the whole file once: nothing of a damaged one gets into a store. */
async function checked(file: string): Promise<Contents> {
  try {
    const contents = await contentsOf(file);
    if (!contents.isComplete) throw new Damaged("it is not complete");
    return contents;
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    throw new UserError(
      `${file} is damaged: ${error.message}. Nothing was changed. Take another backup.`,
    );
  }
}
