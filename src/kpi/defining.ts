import { isDay, MONTHS } from "../calendar.ts";
import { DISCLOSURE_CLASSES, Indicator, POLARITIES } from "./schema.ts";
import { Unreadable } from "./reading.ts";
import type { SheetRow } from "./sheet.ts";

/** The columns of a list of definitions. */
export const DEFINITION_COLUMNS = {
  required: ["priority", "indicator", "unit"],
  optional: [
    "id",
    "priority_synonyms",
    "synonyms",
    "unit_words",
    "polarity",
    "target",
    "cadence",
    "owner",
    "source",
    "disclosure",
    "already_published",
    "adds_up",
    "year_starts",
    "areas",
    "undated",
    "no_data",
    "commentary",
    "explanation",
  ],
} as const;

type Cell = (column: string) => string;

const LONGEST_TEXT = 2000;
const LONGEST_ID = 60;

/** Reads one row of definitions. Lists in a cell are separated by semicolons. Throws `Unreadable`. */
export function readDefinition({ cells, tooMany }: SheetRow): Indicator {
  const cell: Cell = (column) => cells[column] ?? "";
  if (tooMany)
    throw new Unreadable(
      "the last one",
      "The row has more cells than there are columns. Put quotation marks around a text with commas in it.",
    );
  for (const column of DEFINITION_COLUMNS.required)
    if (!cell(column)) throw new Unreadable(column, `Enter the ${column}.`);
  const long = Object.keys(cells).find((column) => cell(column).length > LONGEST_TEXT);
  if (long) throw new Unreadable(long, `Shorten the text to ${LONGEST_TEXT} characters.`);
  return Indicator.parse({
    id: cell("id") ? idOf(cell("id")) : idOf(cell("indicator")),
    priority: cell("priority"),
    prioritySynonyms: list(cell("priority_synonyms")),
    name: cell("indicator"),
    synonyms: list(cell("synonyms")),
    unit: cell("unit"),
    unitWords: cell("unit_words"),
    polarity: choice(cell, "polarity", POLARITIES, "neutral"),
    targets: list(cell("target")).map(readTarget),
    cadence: cell("cadence"),
    owner: cell("owner"),
    source: cell("source"),
    disclosure: choice(cell, "disclosure", DISCLOSURE_CLASSES, "none"),
    isPublished: isYes(cell, "already_published"),
    addsUp: isYes(cell, "adds_up"),
    yearStarts: monthIn(cell("year_starts")),
    areas: list(cell("areas")),
    undated: cell("undated"),
    noData: cell("no_data"),
    commentary: cell("commentary"),
    explanation: cell("explanation"),
  });
}

/** "Number of visits" → "number-of-visits". */
function idOf(name: string): string {
  const id = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const short = id.replace(/^-/, "").slice(0, LONGEST_ID).replace(/-$/, "");
  if (short) return short;
  throw new Unreadable("id", "Enter an id of small letters, digits and dashes.");
}

function list(text: string): string[] {
  return text
    .split(";")
    .map((each) => each.trim())
    .filter(Boolean);
}

/** "95" or "95 from 2019-04-01". */
function readTarget(text: string) {
  const [, value = "", from = ""] = /^(-?[\d.,]+)\s*%?(?:\s+from\s+(\S+))?$/.exec(text) ?? [];
  const number = Number(value.replaceAll(",", ""));
  if (!value || !Number.isFinite(number) || (from && !isDay(from)))
    throw new Unreadable("target", "Write it like 95, or 95 from 2019-04-01; 97 from 2020-04-01.");
  return { value: number, ...(from ? { from } : {}) };
}

function choice<Value extends string>(
  cell: Cell,
  column: string,
  values: readonly Value[],
  fallback: Value,
): Value {
  const said = cell(column).toLowerCase();
  const value = said ? values.find((each) => each === said) : fallback;
  if (value) return value;
  throw new Unreadable(column, `Write one of these: ${values.join(", ")}.`);
}

function isYes(cell: Cell, column: string): boolean {
  return choice(cell, column, ["yes", "no"], "no") === "yes";
}

function monthIn(name: string): number {
  if (!name) return 4;
  const at = MONTHS.findIndex((month) => month.toLowerCase() === name.toLowerCase());
  if (at >= 0) return at + 1;
  throw new Unreadable("year_starts", "Write the month in which its year begins, like April.");
}
