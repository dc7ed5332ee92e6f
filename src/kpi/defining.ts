import { isDay, MONTHS } from "../calendar.ts";
import { comparable, comparableNames, sameName } from "./names.ts";
import { DISCLOSURE_CLASSES, Indicator, POLARITIES } from "./schema.ts";
import { Unreadable } from "./reading.ts";
import { refuseSharedNames } from "./shared-names.ts";
import type { SheetRow } from "./sheet.ts";
import { targetLength } from "./targets.ts";
import { unitCalled, unitsOf } from "./units.ts";

/** The columns of a list of definitions. A new indicator needs the first two of the others too. */
export const DEFINITION_COLUMNS = {
  required: ["indicator"],
  optional: [
    "priority",
    "unit",
    "id",
    "priority_synonyms",
    "synonyms",
    "unit_words",
    "polarity",
    "target",
    "target_period",
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
    "rebases",
    "zero_shown",
  ],
} as const;

type Cell = (column: string) => string;

/** Columns that a new indicator cannot do without. */
const NEEDED = new Set(["priority", "unit"]);
const LONGEST_TEXT = 2000;
const LONGEST_ID = 60;

/**
 * Reads one row of definitions. Lists in a cell are separated by semicolons. A column that the list
 * leaves out keeps what the indicator has in `known`; an empty cell takes it away. Throws
 * `Unreadable`.
 */
export function readDefinition(
  { cells, tooMany }: SheetRow,
  known: readonly Indicator[],
): Indicator {
  const cell: Cell = (column) => cells[column] ?? "";
  if (tooMany)
    throw new Unreadable(
      "the last one",
      "The row has more cells than there are columns. Put quotation marks around a text with commas in it.",
    );
  if (!cell("indicator")) throw new Unreadable("indicator", "Enter the indicator.");
  const long = Object.keys(cells).find((column) => cell(column).length > LONGEST_TEXT);
  if (long) throw new Unreadable(long, `Shorten the text to ${LONGEST_TEXT} characters.`);
  const earlier = earlierOf(cell, known);
  const given = Object.entries(readersFor(cell, known)).filter(
    ([column]) => column in cells || (!earlier && NEEDED.has(column)),
  );
  const read = given.map(([, [property, value]]) => [property, value()] as const);
  const id = earlier?.id ?? idOf(cell("id") || cell("indicator"));
  const indicator = Indicator.parse({
    ...earlier,
    ...{ id, name: cell("indicator") },
    ...Object.fromEntries(read),
  });
  refuseSharedNames(indicator, earlier, known);
  return indicator;
}

/** How each column is read, and what it is called in a definition. */
function readersFor(
  cell: Cell,
  known: readonly Indicator[],
): Record<string, readonly [property: keyof Indicator, read: () => unknown]> {
  const text = (column: string) => () => cell(column);
  const texts = (column: string) => () => list(cell(column));
  const yes = (column: string) => () => isYes(cell, column);
  return {
    priority: ["priority", () => needed(cell, "priority")],
    unit: ["unit", () => readUnit(needed(cell, "unit"), known)],
    priority_synonyms: ["prioritySynonyms", texts("priority_synonyms")],
    synonyms: ["synonyms", texts("synonyms")],
    unit_words: ["unitWords", text("unit_words")],
    polarity: ["polarity", () => choice(cell, "polarity", POLARITIES, "neutral")],
    target: ["targets", () => list(cell("target")).map(readTarget)],
    target_period: ["targetPeriod", () => lengthIn(cell("target_period"))],
    cadence: ["cadence", text("cadence")],
    owner: ["owner", text("owner")],
    source: ["source", text("source")],
    disclosure: ["disclosure", () => choice(cell, "disclosure", DISCLOSURE_CLASSES, "none")],
    already_published: ["isPublished", yes("already_published")],
    adds_up: ["addsUp", yes("adds_up")],
    year_starts: ["yearStarts", () => monthIn(cell("year_starts"))],
    areas: ["areas", texts("areas")],
    undated: ["undated", text("undated")],
    no_data: ["noData", text("no_data")],
    commentary: ["commentary", text("commentary")],
    explanation: ["explanation", text("explanation")],
    rebases: ["rebases", () => list(cell("rebases")).map(readRebase)],
    zero_shown: ["isZeroShown", yes("zero_shown")],
  };
}

/** The indicator that a row is about: by its id, or else by its name. Undefined for a new one. */
function earlierOf(cell: Cell, known: readonly Indicator[]): Indicator | undefined {
  if (cell("id")) return known.find(({ id }) => id === idOf(cell("id")));
  const name = comparable(cell("indicator"));
  const named = known.filter((each) => comparableNames(each)[0] === name);
  const priority = cell("priority");
  const own = priority ? named.filter((each) => sameName(each.priority, priority)) : named;
  const [earlier, another] = own;
  if (earlier && !another) return earlier;
  // A new one may not take the place of one that was renamed.
  const taken = named.length > 0 ? named : known.filter(({ id }) => id === idOf(cell("indicator")));
  if (taken.length === 0) return undefined;
  const ids = taken.map((each) => `${each.id} (${each.name}, ${each.priority})`).join("; ");
  throw new Unreadable(
    "id",
    `These are kept already: ${ids}. Enter the id to change one, or another id for a new one.`,
  );
}

function needed(cell: Cell, column: string): string {
  if (cell(column)) return cell(column);
  throw new Unreadable(column, `Enter the ${column}.`);
}

function readUnit(said: string, known: readonly Indicator[]): string {
  const unit = unitCalled(said, known);
  if (unit) return unit;
  throw new Unreadable(
    "unit",
    `I know no unit “${said.slice(0, 40)}”. Use one of these: ${unitsOf(known).join("; ")}.`,
  );
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

/** "2019-04-01 because a new provider began". */
function readRebase(text: string) {
  const [, at = "", reason = ""] = /^(\S+)\s+because:?\s+(.*\S)$/is.exec(text) ?? [];
  if (reason && isDay(at)) return { at, reason };
  throw new Unreadable(
    "rebases",
    "Write the day from which limits begin anew, and why: 2019-04-01 because a new provider began.",
  );
}

/** "quarter": how long the periods are that a target is for. */
function lengthIn(text: string): string {
  if (!text || targetLength(text)) return text.toLowerCase();
  throw new Unreadable(
    "target_period",
    "Write one of these: week, month, quarter, half-year, year.",
  );
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
