import { addMonths, MONTHS, monthName, monthOf, type Instant, type Month } from "../calendar.ts";
import type { View } from "./disclosure.ts";
import type { Line, MonthCounts } from "./schema.ts";

/** What a summary is asked for. */
export interface Asked {
  /** One month, or the three of a quarter. Empty when none was named. */
  readonly months: readonly Month[];
  readonly view: View;
  /** Several months were named that are no quarter, or two splits. */
  readonly isOdd: boolean;
  /** What was not understood, as it was typed but in small letters. */
  readonly unread: readonly string[];
}

/** Words that ask for nothing in particular. */
const LITTLE = new Set(
  "signposting signpost signposts summary summaries numbers counts count a the of for in and to me show give by per split until from up month quarter".split(
    " ",
  ),
);
const VIEW_WORDS: readonly (readonly [RegExp, View])[] = [
  [/^districts?$/, "district"],
  [/^kinds?$/, "kind"],
  [/^(?:routes?|services?)$/, "route"],
];
const YEAR = /^\d{4}$/;
const MONTH_NUMBER = /^\d{4}-(0[1-9]|1[0-2])$/;
const QUARTER = /^q([1-4])$/;
const MONTH_NAMES = MONTHS.map((name) => name.toLowerCase());

/**
 * Reads "July to September 2019 by district", "Q3 2019", "last quarter", "August by route". A word
 * that it does not know is never passed over: another period would be answered quietly.
 */
export function readAsked(typed: string, now: Instant): Asked {
  const words = wordsIn(typed);
  const views = words.flatMap((word) => viewOf(word) ?? []);
  const { months, quarters, read } = readPeriods(words, now);
  const unread = words.filter(
    (word, at) => !read.has(at) && !LITTLE.has(word) && viewOf(word) === undefined,
  );
  const view = views[0] ?? "kind";
  const rest = { view, unread };
  const isTwice = new Set(views).size > 1;
  const [quarter = []] = quarters;
  if (quarters.length > 0)
    return { ...rest, months: quarter, isOdd: isTwice || quarters.length > 1 || months.length > 0 };
  const [first = "", ...others] = months;
  const isWhole = words.includes("quarter") && others.length === 0 && first !== "";
  if (isWhole || isQuarter(months)) return { ...rest, months: quarterOf(first), isOdd: isTwice };
  return { ...rest, months, isOdd: isTwice || others.length > 0 };
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

/** The months and quarters that are named, and at which words. */
function readPeriods(words: readonly string[], now: Instant) {
  const named: { kind: "month" | "quarter"; number: number; year: string | undefined }[] = [];
  const months: Month[] = [];
  const quarters: Month[][] = [];
  const read = new Set<number>();
  words.forEach((word, at) => {
    const next = words[at + 1] ?? "";
    if (MONTH_NUMBER.test(word)) months.push(word);
    const back = word === "last" ? 1 : word === "this" ? 0 : undefined;
    const isNear = back !== undefined && (next === "month" || next === "quarter");
    if (isNear && next === "month") months.push(addMonths(monthOf(now), -back));
    if (isNear && next === "quarter") quarters.push(quarterOf(addMonths(monthOf(now), -3 * back)));
    if (isNear || MONTH_NUMBER.test(word)) read.add(at);
    const spelled = word === "quarter" && /^[1-4]$/.test(next);
    const quarter = spelled ? next : QUARTER.exec(word)?.[1];
    const month = monthNumber(word);
    const number = quarter ? Number(quarter) : month;
    if (!number) return;
    const last = spelled ? at + 1 : at;
    const year = [last + 1, at - 1].find((each) => YEAR.test(words[each] ?? "") && !read.has(each));
    for (const each of [at, last, year ?? at]) read.add(each);
    const kind = quarter ? "quarter" : "month";
    named.push({ kind, number, year: year === undefined ? undefined : words[year] });
  });
  // Nothing named but the word: the last one.
  const isBare = words.includes("quarter") && named.length + months.length + quarters.length === 0;
  if (isBare) quarters.push(quarterOf(addMonths(monthOf(now), -3)));
  const shared = named.findLast((each) => each.year)?.year;
  for (const { kind, number, year = shared } of named) {
    const first = String(kind === "month" ? number : number * 3 - 2).padStart(2, "0");
    const month = `${year ?? nearestYear(first, now)}-${first}`;
    if (kind === "month") months.push(month);
    else quarters.push(quarterOf(month));
  }
  return { months, quarters, read };
}

function nearestYear(month: string, now: Instant): string {
  const thisYear = monthOf(now).slice(0, 4);
  return `${thisYear}-${month}` <= monthOf(now) ? thisYear : String(Number(thisYear) - 1);
}

/** 1 to 12, or 0. Three letters are enough: "Sept". */
function monthNumber(word: string): number {
  return MONTH_NAMES.findIndex((name) => word.length >= 3 && name.startsWith(word)) + 1;
}

/** The first and last month of a quarter, or all three. */
function isQuarter(months: readonly Month[]): boolean {
  const [first = "", last = ""] = [months[0], months.at(-1)];
  if (months.length < 2 || months.length > 3) return false;
  const quarter = quarterOf(first);
  return (
    first === quarter[0] && last === quarter[2] && (months.length === 2 || months[1] === quarter[1])
  );
}

function wordsIn(typed: string): string[] {
  return typed.toLowerCase().match(/\d{4}-\d{2}|[\p{L}\p{N}]+/gu) ?? [];
}

function viewOf(word: string): View | undefined {
  return VIEW_WORDS.find(([pattern]) => pattern.test(word))?.[1];
}
