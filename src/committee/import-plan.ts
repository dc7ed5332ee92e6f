import { setImmediate } from "node:timers/promises";
import { isDay } from "../calendar.ts";
import type { CsvLine } from "../csv.ts";
import { UserError } from "../errors.ts";

/** How much of a list is read. The longest line that a record can hold has 11,000 characters. */
export const LIST_LIMITS = { lines: 5000, line: 50_000 } as const;
/** So many refused lines are kept. */
const MOST_BAD = 200;
/** Others are answered between so many lines. */
const LINES_AT_ONCE = 200;
/** So much of what was and what becomes is shown. */
const IN_SHORT = 70;

/**
 * Which version of each record a preview saw: its etag by the record's name, "" for one that was
 * not there. An import writes only what is still so.
 */
export type Seen = Readonly<Record<string, string>>;

/** A record that somebody changed since the preview: "187d", and what to call it. */
export interface Overtaken {
  readonly kind: "action" | "meeting" | "item";
  /** The minute number, or the day of the meeting. */
  readonly record: string;
  readonly order?: number;
  readonly line: string;
}

/** The name of a record, as `Seen` has it. */
export function recordName({ record, order }: Pick<Overtaken, "record" | "order">): string {
  return order === undefined ? record : `${record} ${order}`;
}

/** A list, compared with what is stored. */
export interface ImportPlan {
  readonly fresh: readonly string[];
  /** Each with what was and what becomes. */
  readonly changed: readonly string[];
  /** The names of the records that would be written, as `Seen` has them. */
  readonly toWrite: readonly string[];
  readonly same: number;
  /** Each names its line and column, what is wrong, and how to mend it. */
  readonly bad: readonly string[];
  /** What the plan would break. Said, never refused. */
  readonly warnings: readonly string[];
  /** What is stored and not on the list. It stays. */
  readonly left: string;
  /** The versions that it was compared with. */
  readonly seen: Seen;
  /** What is not as an earlier preview saw it: it is not written. */
  readonly overtaken: readonly Overtaken[];
}

/** What is wrong with one cell of a list. */
export function cellError(column: string, problem: string): UserError {
  return new UserError(`column ${column}: ${problem}`);
}

/** Reads each line; those that cannot be read are named and the others go on. */
export async function readLines<Record>(
  lines: readonly CsvLine[],
  read: (line: CsvLine) => Record,
): Promise<{
  readonly records: readonly { line: number; record: Record }[];
  readonly bad: readonly string[];
}> {
  const records: { line: number; record: Record }[] = [];
  const bad: string[] = [];
  for (const [at, line] of lines.entries()) {
    if (at % LINES_AT_ONCE === LINES_AT_ONCE - 1) await setImmediate();
    if (bad.length >= MOST_BAD) break;
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
  }
  return { records, bad };
}

/** "Status: ACTION ONGOING becomes ACTION COMPLETE", from where the two begin to differ. */
export function becomes(label: string, was: string, after: string): string {
  if (was === after) return "";
  const from = was.length > IN_SHORT || after.length > IN_SHORT ? startOfDifference(was, after) : 0;
  return `${label}: ${quoted(was, from)} becomes ${quoted(after, from)}`;
}

function startOfDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  // A few words before it, to be recognised by.
  return Math.max(0, one.lastIndexOf(" ", Math.max(0, at - 15)) + 1);
}

function quoted(text: string, from: number): string {
  if (text === "") return "nothing";
  const part = text.slice(from, from + IN_SHORT).trim();
  return `“${from > 0 ? "… " : ""}${part}${from + IN_SHORT < text.length ? " …" : ""}”`;
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
