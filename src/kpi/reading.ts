import { isDay, MONTHS, type Day } from "../calendar.ts";
import type { Committee } from "../council.ts";
import {
  NO_SOURCE,
  NOT_PUBLISHED,
  STATUSES,
  type Figure,
  type Indicator,
  type ListedFigure,
} from "./schema.ts";
import type { SheetRow } from "./sheet.ts";
import { comparable, comparableNames, sameName } from "./names.ts";

/** The columns of a list of figures: those it must have, and those it may have. */
export const FIGURE_COLUMNS = {
  required: ["indicator", "district", "period_start", "period_end", "value", "unit"],
  optional: [
    "priority",
    "baseline",
    "source_paragraph",
    "qualifier",
    "data_status",
    "baseline_note",
    "note",
    "published",
    "commentary",
  ],
} as const;
export const ALL_FIGURE_COLUMNS: readonly string[] = [
  ...["priority", "indicator", "district", "period_start", "period_end", "value", "unit"],
  ...FIGURE_COLUMNS.optional.slice(1),
];

/** Why a cell cannot be taken, and how to mend it. */
export class Unreadable extends Error {
  readonly column: string;
  constructor(column: string, problem: string) {
    super(problem);
    this.column = column;
  }
}

/** A row that can be stored. */
export interface ReadFigure {
  readonly indicator: Indicator;
  readonly area: string;
  readonly figure: ListedFigure;
}

type Cell = (column: string) => string;

const QUALIFIERS = ["over", "more than", "at least", "under", "fewer than", "less than", "about"];
const QUALIFIED = new RegExp(
  String.raw`^(${QUALIFIERS.join("|")}|approximately|approx\.?|around|circa|average)\s+(.+)$`,
  "i",
);
const THOUSANDTHS = /^\d{1,3}(?:\.\d{3})+$/;
const SCALE = /\bscale is ([^.]+)\./i;
const NUMBER = /^(-|\()?\s*(£)?\s*(-)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(k|m)?\s*(%)?\)?$/i;
/** Columns that a list may leave out, and what of a figure they say. */
const COLUMNS_OF = [
  ["baseline", "baseline"],
  ["baseline_note", "baselineNote"],
  ["source_paragraph", "source"],
  ["qualifier", "qualifier"],
  ["data_status", "status"],
  ["note", "note"],
  ["commentary", "commentary"],
] as const;
const LONGEST_TEXT = 1000;
/** A day outside these is a typing error: no council has figures of the year 219 or 20190. */
const [EARLIEST, LATEST] = ["1900-01-01", "2099-12-31"];

/** Reads one row of figures. Throws `Unreadable` for the first cell that cannot be taken. */
export function readFigure(
  { cells, tooMany }: SheetRow,
  indicators: readonly Indicator[],
  { districts }: Pick<Committee, "districts">,
): ReadFigure {
  const cell: Cell = (column) => cells[column] ?? "";
  if (tooMany)
    throw new Unreadable(
      "the last one",
      "The row has more cells than there are columns. Put quotation marks around a text or number with commas in it.",
    );
  const indicator = indicatorIn(cell, indicators);
  const long = Object.keys(cells).find((column) => cell(column).length > LONGEST_TEXT);
  if (long) throw new Unreadable(long, `Shorten the text to ${LONGEST_TEXT} characters.`);
  return {
    indicator,
    area: areaIn(cell, indicator, districts),
    figure: {
      ...periodIn(cell),
      ...valueIn(cell, indicator),
      ...baselineIn(cell),
      ...textIn(cell, "note", "note"),
      // A list without the column says nothing of it: a figure stays as public as it was.
      ...("published" in cells ? publishedIn(cell) : {}),
      ...textIn(cell, "commentary", "commentary"),
      source: cell("source_paragraph") || NO_SOURCE,
      ...unsaidIn(cells),
    },
  };
}

function indicatorIn(cell: Cell, indicators: readonly Indicator[]): Indicator {
  const name = cell("indicator");
  if (!name) throw new Unreadable("indicator", "Enter the name of the indicator.");
  const said = comparable(name);
  const named = indicators.filter((each) => comparableNames(each)[0] === said || each.id === name);
  const found =
    named.length > 0 ? named : indicators.filter((each) => comparableNames(each).includes(said));
  const own = found.filter(({ priority }) => sameName(priority, cell("priority")));
  const fitting = own.length > 0 ? own : found;
  const [indicator, another] = fitting;
  if (!indicator)
    throw new Unreadable(
      "indicator",
      `I know no indicator “${name.slice(0, 100)}”. Type kpi for the names, or import its definition first.`,
    );
  if (another && named.length === 0)
    throw new Unreadable(
      "indicator",
      `“${name.slice(0, 100)}” may be ${fitting.map((each) => each.name).join(" or ")}. Enter the name of one.`,
    );
  if (another)
    throw new Unreadable("priority", "Two indicators have this name. Enter the priority too.");
  return indicator;
}

function areaIn(cell: Cell, indicator: Indicator, districts: Committee["districts"]): string {
  const said = cell("district");
  const [only] = indicator.areas;
  if (!said && indicator.areas.length === 1 && only) return only;
  const district = districts.find(({ name, aliases }) =>
    [name, ...aliases].some((each) => sameName(each, said)),
  );
  const area = indicator.areas.find((each) => sameName(each, said)) ?? district?.name;
  if (area) return area;
  const known = [...new Set([...indicator.areas, ...districts.map(({ name }) => name)])].join("; ");
  throw new Unreadable(
    "district",
    said
      ? `I know no area “${said.slice(0, 60)}” for this indicator. Use one of these: ${known}.`
      : `Enter the area: ${known}.`,
  );
}

function periodIn(cell: Cell): Pick<Figure, "start" | "end"> {
  const [first, last] = [cell("period_start"), cell("period_end")];
  if (!first && !last) return {};
  if (!first) throw new Unreadable("period_start", "Enter the first day, like 2019-04-01.");
  if (!last) throw new Unreadable("period_end", "Enter the last day, like 2019-06-30.");
  const start = readDay("period_start", first);
  const end = readDay("period_end", last);
  if (end < start)
    throw new Unreadable("period_end", "The last day must not be before the first day.");
  return { start, end };
}

/** 2019-06-30, 30/06/2019, 30/6/19, 30 June 2019. Throws `Unreadable`. */
function readDay(column: string, text: string): Day {
  const [, day = "", month = "", year = ""] =
    /^(\d{1,2})[/.-](\d{1,2}|[a-z]+)[/.-](\d{4}|\d\d)$/i.exec(text) ??
    /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]+)\s+(\d{4})$/i.exec(text) ??
    [];
  const number = /^\d+$/.test(month) ? Number(month) : monthNumber(month);
  const found = year
    ? `${year.length === 2 ? "20" : ""}${year}-${pad(number)}-${pad(Number(day))}`
    : text;
  if (isDay(found) && found >= EARLIEST && found <= LATEST) return found;
  throw new Unreadable(column, `“${text.slice(0, 40)}” is not a day. Write it like 2019-06-30.`);
}

function valueIn(
  cell: Cell,
  indicator: Indicator,
): Pick<Figure, "value" | "word" | "qualifier" | "printed" | "status"> {
  const status = statusIn(cell);
  const text = cell("value");
  if (status === "not available") {
    if (!cell("note")) throw new Unreadable("note", "Say why there is no figure.");
    if (text) throw new Unreadable("value", "Leave the value empty where there is no figure.");
    return { status };
  }
  if (!text)
    throw new Unreadable(
      "value",
      "Enter the value. Where there is none, write not available as data_status, and why as note.",
    );
  const unit = cell("unit");
  if (unit && !sameName(unit, indicator.unit))
    throw new Unreadable(
      "unit",
      `The unit of this indicator is ${indicator.unit}. Convert the value, or change the unit.`,
    );
  const [, said = "", amount = text] = QUALIFIED.exec(text) ?? [];
  const qualifier = said.toLowerCase() || qualifierIn(cell);
  const rest = { status, ...(qualifier ? { qualifier } : {}) };
  if (indicator.unit === "category") return { ...rest, word: onScale(text, indicator) };
  return { ...rest, ...readNumber(amount, indicator) };
}

/** A word, if the definition says which there are: "The scale is low, moderate, high." */
function onScale(word: string, { explanation }: Indicator): string {
  const scale = SCALE.exec(explanation)?.[1]?.split(/,\s*/);
  if (!scale || scale.some((each) => sameName(each, word))) return word;
  throw new Unreadable(
    "value",
    `“${word.slice(0, 40)}” is not on the scale: ${scale.join(", ")}. Write one of these.`,
  );
}

/** "1,954,443", "£266k", "81%", "(57)". How it was printed is kept where it is not the bot's way. */
function readNumber(text: string, { unit }: Indicator): Pick<Figure, "value" | "printed"> {
  const match = NUMBER.exec(text);
  if (!match || text.startsWith("(") !== text.endsWith(")"))
    throw new Unreadable(
      "value",
      `“${text.slice(0, 40)}” is not a number. Write it like 1954443, 62.5, 81% or £266k.`,
    );
  // A count has no thousandths: in other countries a point parts the thousands.
  if (unit.startsWith("count") && THOUSANDTHS.test(text)) {
    const plain = text.replaceAll(".", "");
    throw new Unreadable(
      "value",
      `“${text.slice(0, 40)}” may be ${plain} or ${Number.parseFloat(text)}. Write ${plain}, or the count without zeros behind the point.`,
    );
  }
  const [, before, pound, after, whole = "", fraction = "", size = "", percent] = match;
  if (pound && unit !== "GBP") throw new Unreadable("value", `The unit is ${unit}, not pounds.`);
  if (percent && unit !== "percent")
    throw new Unreadable("value", `The unit is ${unit}, not percent.`);
  const times = { k: 1000, m: 1_000_000 }[size.toLowerCase()] ?? 1;
  const amount = Number((Number(`${whole.replaceAll(",", "")}${fraction}`) * times).toFixed(6));
  const value = before || after ? -amount : amount;
  if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new Unreadable("value", "The number is too large.");
  if (value < 0 && unit.startsWith("count"))
    throw new Unreadable("value", "A count must not be below 0.");
  return { value, ...(times === 1 ? {} : { printed: text }) };
}

function statusIn(cell: Cell): Figure["status"] {
  const said = cell("data_status").toLowerCase() || "as reported";
  const status = STATUSES.find((each) => each === said);
  if (status) return status;
  throw new Unreadable("data_status", `Write one of these: ${STATUSES.join(", ")}.`);
}

function qualifierIn(cell: Cell): string {
  const said = cell("qualifier").toLowerCase();
  return said === "exact" ? "" : said;
}

function baselineIn(cell: Cell): Pick<Figure, "baseline" | "baselineNote"> {
  const text = cell("baseline");
  const note = textIn(cell, "baseline_note", "baselineNote");
  if (!text) return note;
  const baseline = Number(text.replaceAll(/[,£%\s]/g, ""));
  if (!Number.isFinite(baseline))
    throw new Unreadable("baseline", "Write the baseline as a number, or leave it empty.");
  return { baseline, ...note };
}

function publishedIn(cell: Cell): Pick<Figure, "published"> {
  const text = cell("published");
  if (!text || /^no$/i.test(text)) return { published: NOT_PUBLISHED };
  return { published: /^yes$/i.test(text) ? "yes" : readDay("published", text) };
}

function textIn<Property extends string>(cell: Cell, column: string, property: Property) {
  const text = cell(column);
  // An object with the one property that the type says, or none.
  return (text ? { [property]: text } : {}) as { [name in Property]?: string };
}

/** What the list has no column for, which an earlier figure may say. */
function unsaidIn(cells: SheetRow["cells"]): Pick<ListedFigure, "unsaid"> {
  const unsaid = COLUMNS_OF.filter(([column]) => !(column in cells)).map(([, said]) => said);
  return unsaid.length > 0 ? { unsaid } : {};
}

function monthNumber(name: string): number {
  if (name.length < 3) return 0;
  return MONTHS.findIndex((each) => each.toLowerCase().startsWith(name.toLowerCase())) + 1;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}
