import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod/v4";
import { UserError } from "./errors.ts";

/** A line of a CSV text, with its number as an editor counts, the header being line 1. */
export interface CsvLine {
  readonly number: number;
  readonly cells: Readonly<Record<string, string>>;
  /** More cells than columns: most often a comma that stands outside quotation marks. */
  readonly isTooLong: boolean;
}

const Lines = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }),
);
/** So many wrong columns are named, and so much of each. */
const MOST_NAMED = 10;
const LONGEST_NAME = 40;
/** Longer, it is no list of columns' names: taking it apart alone would keep everybody waiting. */
const LONGEST_HEADER = 20_000;
const LINE_TOO_LONG =
  "A line of the list is too long. Check its commas and quotation marks, then try again.";
/** What a spreadsheet runs as a formula, and the same behind apostrophes, so that none is lost. */
const FORMULA = /^'*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Writes rows as CSV with a header. A cell that a spreadsheet would run as a formula gets an
 * apostrophe in front, which `fromCsv` takes off again.
 */
export function toCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
): string {
  const safe = rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [name, FORMULA.test(cell) ? `'${cell}` : cell]),
    ),
  );
  // Whatever `fromCsv` takes as the end of a cell is inside quotation marks.
  return stringify(safe, { header: true, columns: [...columns], quoted_match: /[;\t\r]/ });
}

/** How much is read. More is refused before it is taken apart. */
export interface CsvLimits {
  readonly lines: number;
  /** Characters of one line. */
  readonly line: number;
}

/**
 * Reads CSV with a header. Columns it does not know are a mistake. Throws a UserError.
 *
 * @param needed The columns that must be there.
 */
export function fromCsv(
  columns: readonly string[],
  text: string,
  needed: readonly string[] = columns,
  limits?: CsvLimits,
): CsvLine[] {
  const [header, ...rows] = read(text, limits);
  const names = header?.record.map((name) => name.trim().toLowerCase()) ?? [];
  const unknown = names.filter((name) => !columns.includes(name));
  const missing = needed.filter((name) => !names.includes(name));
  const twice = names.filter((name, at) => names.indexOf(name) !== at && columns.includes(name));
  if (unknown.length > 0 || missing.length > 0 || twice.length > 0)
    throw new UserError(
      `The first line must name the columns, like this: ${columns.join(",")}${named(" Missing", missing)}${named(" Not known", unknown)}${named(" There twice", twice)}`,
    );
  return rows.map(({ record, number }) => ({
    number,
    isTooLong: record.slice(names.length).some((cell) => cell.trim() !== ""),
    cells: Object.fromEntries(names.map((name, at) => [name, plain((record[at] ?? "").trim())])),
  }));
}

function named(what: string, columns: readonly string[]): string {
  const said = columns.slice(0, MOST_NAMED).map((name) => name.slice(0, LONGEST_NAME) || "(empty)");
  return said.length > 0 ? `.${what}: ${said.join(", ")}` : "";
}

function plain(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/**
 * Cells copied from a spreadsheet have tabs between them, and those of some countries semicolons.
 * The header says which: a sentence in a cell can hold any of them.
 */
function delimiterOf(text: string): string {
  const start = text.trimStart();
  const end = start.search(/[\r\n]/);
  const header = end < 0 ? start : start.slice(0, end);
  if (header.length > LONGEST_HEADER)
    throw new UserError(
      "The first line is too long to name columns. Put the columns' names there, then send the list again.",
    );
  const counted = [",", ";", "\t"].map((mark) => ({ mark, count: header.split(mark).length }));
  return counted.toSorted((a, b) => b.count - a.count)[0]?.mark ?? ",";
}

function read(text: string, limits?: CsvLimits): { record: string[]; number: number }[] {
  try {
    const options = {
      delimiter: delimiterOf(text),
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // One more than is allowed, and the header, tell that there are too many.
      ...(limits ? { to: limits.lines + 2, max_record_size: limits.line } : {}),
    };
    // The reader's own limit counts what is in cells, and commas are not.
    if (limits && text.split("\n").some((line) => line.length > limits.line))
      throw new UserError(LINE_TOO_LONG);
    const lines = Lines.parse(parse(text, options));
    if (limits && lines.length > limits.lines + 1)
      throw new UserError(
        `The list has more than ${limits.lines.toLocaleString("en-GB")} lines. Import it in parts.`,
      );
    return lines.map(({ record, info }) => ({ record, number: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_MAX_RECORD_SIZE") throw new UserError(LINE_TOO_LONG);
    const line = typeof error["lines"] === "number" ? ` near line ${error["lines"]}` : "";
    throw new UserError(
      `The list cannot be read${line}. Check its quotation marks, then try again.`,
    );
  }
}
