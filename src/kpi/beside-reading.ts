import { addMonths, monthOf, type Instant } from "../calendar.ts";
import { monthsFrom, quartersUpTo } from "./parts-of-years.ts";
import { readPeriod } from "./period-reading.ts";
import type { Period } from "./periods.ts";

/** What is to stand beside the figure of a period: how the text says it, and what is left of it. */
export interface Beside {
  readonly rest: string;
  /** The same period a year before; the one just before; or the one that is named. */
  readonly which: "year before" | "just before" | "named";
  /** The period that the words name by themselves: "last quarter", "January to March 2019". */
  readonly period?: Period | undefined;
  /** The words for it: "last quarter". Empty where they only say that it is the one before. */
  readonly said: string;
  /** The period that it is to stand beside, where that is said with it: "May and June". */
  readonly base?: Period | undefined;
}

const BESIDE = String.raw`\b(?:compared\s+(?:to|with)|with|to|and|against|versus|vs\.?)\s+(?:that\s+(?:of|in)\s+)?(?:the\s+)?`;
/** "with last year", "to the same quarter a year ago". Said after compare, it is no period. */
const YEAR = new RegExp(
  String.raw`${BESIDE}(?:same\s+(?:period|quarter|month|time|figure)\s+(?:of\s+|in\s+)?)?(?:the\s+)?(?:last year|previous year|year before|a year (?:ago|before|earlier))\b`,
  "i",
);
/** "with last quarter", "to the month before", "with the previous period". */
const BEFORE = new RegExp(
  String.raw`${BESIDE}(?:(last|previous|preceding|prior)\s+(quarter|month|period|time|one)|(quarter|month|period|time|one)\s+before(?:\s+(?:it|that))?)\b`,
  "i",
);
/** "with January to March 2019". Behind "to" and "and" most periods only end. */
const NAMED = /\b(?:compared\s+(?:to|with)|with|against|versus|vs\.?)\s+(.+)$/is;
/** "May and June": of a number that is compared these are two, of any other one stretch of time. */
const AND = /^(.*\S)\s+and\s+(.+)$/is;
const YEAR_SAID = /\b(?:19|20)\d\d(?:\s*[/-]\s*\d{2,4})?/;
const COMPARES = /\bcompar(?:e|ed|es|ing|ison)\b/i;

/** Reads that two periods are to be put side by side. Undefined where a text does not say so. */
export function readBeside(typed: string, now: Instant): Beside | undefined {
  if (!COMPARES.test(typed)) return undefined;
  const read = readWords(typed, now);
  // "How does May compare with April": what stands before the word belongs to the question too.
  return read && { ...read, rest: read.rest.replace(COMPARES, " ") };
}

function readWords(typed: string, now: Instant): Beside | undefined {
  if (YEAR.test(typed)) return { rest: typed.replace(YEAR, " "), which: "year before", said: "" };
  const before = BEFORE.exec(typed);
  if (!before) return readNamed(typed, now) ?? readPair(typed, now);
  const [words, last = "", unit = "", other = unit] = before;
  const isLast = /^last$/i.test(last);
  return {
    rest: typed.replace(words, " "),
    which: "just before",
    period: unitOf(other, now),
    said: isLast ? `last ${unit.toLowerCase()}` : "",
  };
}

/** The period stands right behind "with": in "with Fenland in July" it is that of both. */
function readNamed(typed: string, now: Instant): Beside | undefined {
  const [whole, tail = ""] = NAMED.exec(typed) ?? [];
  if (!whole) return undefined;
  const plain = tail.replaceAll(/\s+/g, " ").trim();
  const { period, problem, rest } = readPeriod(plain, now);
  if (!period || problem || (rest !== "" && !plain.endsWith(` ${rest}`))) return undefined;
  return { rest: typed.replace(whole, ` ${rest}`), which: "named", period, said: "" };
}

/** One period right before "and", another right behind it. Days so joined are one stretch. */
function readPair(typed: string, now: Instant): Beside | undefined {
  const [, head = "", tail = ""] = AND.exec(typed.replaceAll(/\s+/g, " ").trim()) ?? [];
  if (!head || /\bbetween\b/i.test(head)) return undefined;
  const second = readPeriod(tail, now);
  const year = YEAR_SAID.test(head) ? "" : (YEAR_SAID.exec(tail)?.[0] ?? "");
  const first = readPeriod(`${head} ${year}`.trim(), now);
  const isPair =
    (second.rest === "" || tail.endsWith(` ${second.rest}`)) && head.startsWith(first.rest);
  if (!first.period || !second.period || !isPair) return undefined;
  const both = [first.period, second.period];
  if (both.some(({ start, end }) => start === end)) return undefined;
  const [period, base] = both.toSorted((a, b) => a.end.localeCompare(b.end));
  return { rest: `${first.rest} ${second.rest}`, which: "named", period, base, said: "" };
}

/** The last quarter or month that is over. Undefined for "period" and the like. */
function unitOf(unit: string, now: Instant): Period | undefined {
  switch (unit.toLowerCase()) {
    case "quarter":
      return quartersUpTo(now, -1);
    case "month":
      return monthsFrom(addMonths(monthOf(now), -1), 1);
    default:
      return undefined;
  }
}
