import { MONTHS } from "../calendar.ts";
import type { Point } from "./spc.ts";

const START = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?(?!\d)/;
const MONTH_NAME = new RegExp(String.raw`\b(${MONTHS.join("|")})\b`, "g");
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
export function firstDay(period: string): string | undefined {
  const [, year, month = "01", day = "01"] = START.exec(period) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}`;
}

/** "Jul" and "2019" for "July 2019": what an axis has room for. The year may be missing. */
export function shortName(label: string): { name: string; year: string } {
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
