import { MONTHS } from "../calendar.ts";
import type { Point } from "./spc.ts";

const START = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?(?!\d)/;
const MONTH_NAME = new RegExp(String.raw`\b(${MONTHS.join("|")})\b`, "g");
const WHOLE_YEAR =
  /^(?:(?:April|August|September) (\d{4}) to (?:March|July|August) (\d{4})|January to December (\d{4}))$/;
const YEAR = / (\d{4}(?:\/\d{2})?)$/;

/**
 * The points after which figures are missing. The step between periods is learnt from the periods
 * themselves: the shortest is the usual one. Periods that are not years or months have no gaps.
 */
export function missingAfter(points: readonly Point[]): Point[] {
  const starts = points.map(({ period }) => monthsOf(period));
  const steps = starts.slice(1).map((start, at) => start - (starts[at] ?? Number.NaN));
  const usual = Math.min(...steps);
  return usual > 0 ? points.filter((_, at) => (steps[at] ?? usual) > usual) : [];
}

/** The day that a period begins with: `2019-07-01` for `2019-07`. */
function firstDay(period: string): string | undefined {
  const [, year, month = "01", day = "01"] = START.exec(period) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

/**
 * "Jul" and "2019" for "July 2019": what an axis has room for. The year may be missing. A whole
 * year is called "2018/19", or "2018" where it begins in January.
 */
export function shortName(label: string): { name: string; year: string } {
  const [, begun, ended, own] = WHOLE_YEAR.exec(label) ?? [];
  const isWhole = begun !== undefined && Number(ended) === Number(begun) + 1;
  if (own ?? isWhole) return { name: own ?? `${begun}/${ended?.slice(2)}`, year: "" };
  const short = label.replaceAll(MONTH_NAME, (month) => month.slice(0, 3));
  const [found = "", year = ""] = YEAR.exec(short) ?? [];
  return { name: short.slice(0, short.length - found.length), year };
}

/** Short names, "Jul" or "Apr–Jun", without the year where they can be told apart without it. */
export function shortNames(labels: readonly string[]): string[] {
  const short = labels.map(shortName).map(({ name, year }) => ({
    name: name.replace(" to ", "–"),
    year,
  }));
  const isPlain = new Set(short.map(({ name }) => name)).size === labels.length;
  return short.map(({ name, year }) => (isPlain || !year ? name : `${name} ${year}`));
}

/** Room for letters under a line on a card, and what is left free beside each name, in pixels. */
const LINE_WIDTH = 314;
const BESIDE = 8;
const LETTER = 5.4;

/**
 * The names of periods under a line, each once: as they are called, as long as there is room. Where
 * there is none, Teams cuts them off on the axis and has them whole beside the point. They are never
 * days: Teams would write these as Americans do, and at distances that are no period.
 */
export function axisNames(labels: readonly string[]): string[] {
  const room = (LINE_WIDTH / labels.length - BESIDE) / LETTER;
  const ways = [shortNames(labels), labels.map(withShortYear)];
  const fits = (names: readonly string[]) => names.every(({ length }) => length <= room);
  return ways.find(fits) ?? labels.map(withYear);
}

/** "Jul 2019", "Apr–Jun 2019", "2018/19". */
function withYear(label: string): string {
  const { name, year } = shortName(label);
  return [name.replace(" to ", "–"), year].filter(Boolean).join(" ");
}

/** "Jul 19", "Apr–Jun 19", "18/19". */
function withShortYear(label: string): string {
  return withYear(label).replace(/\b20(?=\d\d\b)/g, "");
}

/** "January 2019 to July 2019". */
export function span(labels: readonly string[]): string {
  const first = labels[0] ?? "";
  const last = labels.at(-1) ?? "";
  if (first === last) return first;
  // Periods that are ranges themselves would give "April to June 2018 to July to …".
  return first.includes(" to ") ? `from ${first}, until ${last}` : `${first} to ${last}`;
}

function monthsOf(period: string): number {
  const [year = 0, month = 0] = (firstDay(period) ?? "").split("-").map(Number);
  return (year || Number.NaN) * 12 + month;
}
