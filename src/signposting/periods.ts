import { addMonths, MONTHS, monthName, monthOf, type Instant, type Month } from "../calendar.ts";
import type { View } from "./disclosure.ts";
import type { Line, MonthCounts } from "./schema.ts";

/** What a summary is asked for. */
export interface Asked {
  /** One month, or the three of a quarter. Empty when none was named. */
  readonly months: readonly Month[];
  readonly view: View;
  /** Several months were named that are no quarter. */
  readonly isOdd: boolean;
}

const MONTH_NAMES = MONTHS.map((name) => name.toLowerCase());

/** Reads "July to September 2019 by district", "last quarter", "August by route". */
export function readAsked(typed: string, now: Instant): Asked {
  const words: readonly string[] = typed.toLowerCase().match(/[a-z]+|\d{4}-\d{2}|\d{4}/g) ?? [];
  const by = words[words.lastIndexOf("by") + 1] ?? "";
  const view =
    words.includes("by") && by.startsWith("district") ? "district" : isRoute(by) ? "route" : "kind";
  const named = readMonths(words, now);
  const isQuarter = named.length === 2 && isQuarterOf(named[0], named[1]);
  if (words.includes("quarter") && named.length < 2)
    return { months: quarterOf(named[0] ?? addMonths(monthOf(now), -3)), view, isOdd: false };
  if (named.length > 1)
    return { months: quarterOf(named[0] ?? monthOf(now)), view, isOdd: !isQuarter };
  return { months: named, view, isOdd: false };
}

/** The quarter that a month is in: January to March and so on. */
export function quarterOf(month: Month): Month[] {
  const first = addMonths(month, -((Number(month.slice(5)) - 1) % 3));
  return [first, addMonths(first, 1), addMonths(first, 2)];
}

/** "August 2019", or "July to September 2019". */
export function periodName(months: readonly Month[]): string {
  const [first = "", last = first] = [months[0], months.at(-1)];
  if (first === last) return monthName(first);
  return `${monthName(first).split(" ")[0]} to ${monthName(last)}`;
}

/**
 * The lines of a period, from the published numbers of its months and nothing else: a quarter
 * tells no more than its months do. A line that is hidden in one of them is hidden.
 */
export function linesOver(numbers: readonly MonthCounts[], view: View): Line[] {
  const lines = new Map<string, Line>();
  for (const month of numbers)
    for (const line of month[view]) {
      const sum = lines.get(line.id);
      lines.set(line.id, sum ? { ...line, shown: add(sum.shown, line.shown) } : line);
    }
  const isInAll = ({ id }: Line) => numbers.every((month) => month[view].some((l) => l.id === id));
  // A line that came or went within the period cannot stand for all of it.
  return [...lines.values()].map((line) =>
    isInAll(line) ? line : { ...line, shown: "hidden" as const },
  );
}

function add(a: Line["shown"], b: Line["shown"]): Line["shown"] {
  return a === "hidden" || b === "hidden" ? "hidden" : a + b;
}

function readMonths(words: readonly string[], now: Instant): Month[] {
  const found: { number: number; year: string | undefined }[] = [];
  const months: Month[] = [];
  words.forEach((word, at) => {
    if (/^\d{4}-(0[1-9]|1[0-2])$/.test(word)) months.push(word);
    if (word === "last" && words[at + 1] === "month") months.push(addMonths(monthOf(now), -1));
    if (word === "this" && words[at + 1] === "month") months.push(monthOf(now));
    const number = MONTH_NAMES.findIndex(
      (name) => name === word || (word.length === 3 && name.startsWith(word)),
    );
    if (number < 0) return;
    const next = words[at + 1] ?? "";
    found.push({ number: number + 1, year: /^\d{4}$/.test(next) ? next : undefined });
  });
  const year = found.findLast((each) => each.year)?.year;
  for (const { number, year: own = year } of found) {
    const month = String(number).padStart(2, "0");
    const thisYear = monthOf(now).slice(0, 4);
    const nearest =
      `${thisYear}-${month}` <= monthOf(now) ? thisYear : String(Number(thisYear) - 1);
    months.push(`${own ?? nearest}-${month}`);
  }
  return months;
}

function isQuarterOf(first = "", last = ""): boolean {
  const [start, , end] = quarterOf(first);
  return first === start && last === end;
}

function isRoute(word: string): boolean {
  return word.startsWith("route") || word.startsWith("service");
}
