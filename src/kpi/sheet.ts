import { CsvError, parse } from "csv-parse";
import { z } from "zod/v4";
import { UserError } from "../errors.ts";

/** A row of a sheet, with the line it ends on as an editor counts, the header being line 1. */
export interface SheetRow {
  readonly number: number;
  /** By the column's name, in small letters. */
  readonly cells: Readonly<Record<string, string>>;
  /** Cells beyond the last column: mostly a number with commas and no quotation marks. */
  readonly tooMany: boolean;
}

/** The columns of a kind of list. */
export interface Columns {
  readonly required: readonly string[];
  readonly known: readonly string[];
}

const Parsed = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });
/** Longer than any row has a reason to be. */
const LONGEST_ROW = 20_000;
const SEPARATORS = [",", ";", "\t"];
/** A spreadsheet's own guard, which `toCsv` writes, against cells that look like formulas. */
const GUARDED = /^'+[=+\-@]/;

/**
 * The text of a file. A byte order mark decides; without one it is UTF-8, or else the letters of
 * Windows, as old spreadsheets write them. Throws a UserError where it is no text.
 */
export function decode(bytes: Uint8Array): string {
  const text = decoderFor(bytes).decode(bytes);
  refuseWorkbook(text);
  if (text.includes("\u0000"))
    throw new UserError(
      "This file is not text. In the spreadsheet, choose Save as, then CSV (comma separated).",
    );
  return text;
}

/** A workbook of a spreadsheet, pasted or attached as it is. Throws a UserError. */
export function refuseWorkbook(text: string): void {
  if (/^PK(?:\p{Cc}|.{0,60}\[Content_Types\])/u.test(text))
    throw new UserError(
      "This is a workbook, not a list. Open it in the spreadsheet, choose Save as, then CSV (comma separated).",
    );
}

/** The decoder for a file that begins with these bytes. They have to be the whole of a short one. */
export function decoderFor(bytes: Uint8Array): InstanceType<typeof TextDecoder> {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le");
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be");
  return isUtf8(bytes) ? new TextDecoder() : new TextDecoder("windows-1252");
}

/** Reads a sheet row by row, so that only one is held at a time. Throws a UserError. */
export async function* readSheet(
  text: AsyncIterable<string> | Iterable<string>,
  columnsFor: (names: readonly string[]) => Columns,
): AsyncGenerator<SheetRow> {
  let names: string[] | undefined;
  try {
    for await (const { record, info } of records(text)) {
      if (!names) {
        names = record.map((name) => name.trim().toLowerCase());
        checkHeader(names, columnsFor(names));
        continue;
      }
      const cells = names.map((name, at) => [name, plain((record[at] ?? "").trim())] as const);
      yield {
        number: info.lines,
        cells: Object.fromEntries(cells),
        tooMany: record.slice(names.length).some((cell) => cell.trim() !== ""),
      };
    }
  } catch (error) {
    throw asProblem(error);
  }
  if (!names) throw new UserError("The list is empty. Its first line names the columns.");
}

async function* records(text: AsyncIterable<string> | Iterable<string>) {
  const chunks = chunksOf(text);
  const first = await firstLine(chunks);
  const parser = parse({
    delimiter: separatorOf(first),
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: LONGEST_ROW,
  });
  const feeding = feed();
  // A fault of the parser ends the loop below; this one only must not go unheard.
  feeding.catch(() => undefined);
  for await (const parsed of parser) yield Parsed.parse(parsed);
  await feeding;

  async function feed() {
    try {
      for await (const chunk of prepend(first, chunks))
        if (!parser.write(chunk)) await drained(parser);
      parser.end();
    } catch (error) {
      parser.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function drained(parser: ReturnType<typeof parse>): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      parser.off("drain", go).off("close", go);
      resolve();
    };
    parser.on("drain", go).on("close", go);
  });
}

async function* chunksOf(text: AsyncIterable<string> | Iterable<string>) {
  yield* text;
}

async function* prepend(first: string, rest: AsyncGenerator<string>) {
  yield first;
  yield* rest;
}

/** As much of the text as holds its first line. */
async function firstLine(chunks: AsyncGenerator<string>): Promise<string> {
  let text = "";
  while (!/[\r\n]/.test(text.trimStart()) && text.length < LONGEST_ROW) {
    const next = await chunks.next();
    if (next.done) break;
    text += next.value;
  }
  return text;
}

/** Whichever separates most names in the first line. */
function separatorOf(text: string): string {
  const line = text.trimStart().split(/[\r\n]/, 1)[0] ?? "";
  return SEPARATORS.toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ",";
}

function checkHeader(names: readonly string[], { required, known }: Columns): void {
  const missing = required.filter((name) => !names.includes(name));
  const unknown = names.filter((name) => name && !known.includes(name));
  const twice = names.filter((name, at) => name && names.indexOf(name) !== at);
  const about = [
    missing.length > 0 ? `These are missing: ${missing.join(", ")}.` : "",
    unknown.length > 0 ? `I do not know: ${unknown.slice(0, 10).join(", ").slice(0, 200)}.` : "",
    twice.length > 0 ? `These are there twice: ${twice.slice(0, 10).join(", ")}.` : "",
  ].filter(Boolean);
  if (about.length > 0)
    throw new UserError(
      `Line 1 must name the columns. ${about.join(" ")} Type kpi template for the columns.`,
    );
}

function plain(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}

function asProblem(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = typeof error["lines"] === "number" ? ` near line ${error["lines"]}` : "";
  return new UserError(
    error.code === "CSV_MAX_RECORD_SIZE"
      ? `A row${line} is longer than ${LONGEST_ROW.toLocaleString("en-GB")} characters. Check its quotation marks, then try again.`
      : `The list cannot be read${line}. Check its quotation marks, then try again.`,
  );
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
