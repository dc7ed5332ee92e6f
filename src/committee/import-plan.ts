import { isDay } from "../calendar.ts";
import type { CsvLine } from "../csv.ts";
import { UserError } from "../errors.ts";

/** A list, compared with what is stored. */
export interface ImportPlan {
  readonly fresh: readonly string[];
  readonly changed: readonly string[];
  readonly same: number;
  /** Each names its line and column, what is wrong, and how to mend it. */
  readonly bad: readonly string[];
  /** What the plan would break. Said, never refused. */
  readonly warnings: readonly string[];
  /** What is stored and not on the list. It stays. */
  readonly left: string;
}

/** What is wrong with one cell of a list. */
export function cellError(column: string, problem: string): UserError {
  return new UserError(`column ${column}: ${problem}`);
}

/** Reads each line; those that cannot be read are named and the others go on. */
export function readLines<Record>(
  lines: readonly CsvLine[],
  read: (line: CsvLine) => Record,
): {
  readonly records: readonly { line: number; record: Record }[];
  readonly bad: readonly string[];
} {
  const records: { line: number; record: Record }[] = [];
  const bad: string[] = [];
  for (const line of lines)
    try {
      if (line.isTooLong)
        throw new UserError(
          "there are more cells than columns. Put quotation marks around a text with commas.",
        );
      records.push({ line: line.number, record: read(line) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      bad.push(`Line ${line.number}, ${error.message}`);
    }
  return { records, bad };
}

/** A day as 2019-10-01, or as spreadsheets of this country write it: 01/10/2019. */
export function dayIn(cell: string, column: string): string {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(cell) ?? [];
  const iso = year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : cell;
  if (!isDay(iso))
    throw cellError(column, `“${short(cell)}” is no day. Write it like 2019-10-17 or 17/10/2019.`);
  return iso;
}

/** A text that is not longer than the record can hold. */
export function textIn(cell: string, column: string, most: number): string {
  if (cell.length > most)
    throw cellError(
      column,
      `the text has ${cell.length} characters. Shorten it to ${most} or fewer.`,
    );
  return cell;
}

/** A cell that must hold something. */
export function neededIn(cell: string, column: string, most: number): string {
  if (cell === "") throw cellError(column, "it is empty. Fill it in.");
  return textIn(cell, column, most);
}

/** The beginning of what stands in a cell, to be recognised by. */
export function short(cell: string): string {
  return cell.length > 40 ? `${cell.slice(0, 40)}…` : cell;
}

/** What is wrong with a list, in the order of its lines. */
export function inLineOrder(problems: readonly string[]): string[] {
  return problems.toSorted((a, b) => lineOf(a) - lineOf(b));
}

function lineOf(problem: string): number {
  return Number(/^Line (\d+)/.exec(problem)?.[1] ?? 0);
}
