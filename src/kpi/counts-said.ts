import { addDays, addMonths, dayOf, monthOf, type Instant } from "../calendar.ts";
import { monthsFrom, quartersUpTo } from "./parts-of-years.ts";
import type { Period } from "./periods.ts";

const NUMBERS = "two three four five six seven eight nine ten eleven twelve".split(" ");
/** How many, in figures or in a word: a part of a pattern. */
export const COUNT = String.raw`(\d{1,2}|${NUMBERS.join("|")})`;

/** 3 for "3" and "three". */
export function countSaid(count: string): number {
  return Number(count) || NUMBERS.indexOf(count.toLowerCase()) + 2;
}

/** 1 for "1", "first" and "1st"; 0 for anything else. */
export function numberSaid(which: string): number {
  const names = ["first", "second", "third", "fourth"];
  return Number.parseInt(which, 10) || names.indexOf(which.toLowerCase()) + 1;
}

/** So many whole months, quarters or years that are over, or days and weeks up to yesterday. */
export function lastOf(count: number, unit: string, now: Instant): Period | undefined {
  if (count < 1) return undefined;
  const yesterday = addDays(dayOf(now), -1);
  if (unit === "days") return { start: addDays(yesterday, 1 - count), end: yesterday };
  if (unit === "weeks") return { start: addDays(yesterday, 1 - 7 * count), end: yesterday };
  if (unit === "quarters") return quartersUpTo(now, -1, count);
  const months = unit === "years" ? 12 * count : count;
  return monthsFrom(addMonths(monthOf(now), -months), months);
}
