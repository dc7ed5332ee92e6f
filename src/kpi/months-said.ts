import { addMonths, monthOf, MONTHS, type Day, type Instant, type Month } from "../calendar.ts";
import { lastDay, lengthOf, type Period } from "./periods.ts";

const MONTH = MONTHS.map((month) => `${month}|${month.slice(0, 3)}`).join("|");
/** A month, perhaps with its year, for a pattern: two groups. */
export const NAMED = String.raw`(?:(${MONTH}|sept)\.?(?:\s+(\d{4}|['’]?\d\d(?!\s*months)))?)`;

/** "April to June 2019", "nov to feb": four groups of a match. */
export function readMonths(match: RegExpExecArray, now: Instant): Period | undefined {
  const [, from = "", fromYear, to = "", toYear] = match;
  const last = monthSaid(to, toYear, now);
  if (fromYear) return between(`${monthSaid(from, fromYear, now)}-01`, lastDay(last));
  const sameYear = `${last.slice(0, 4)}${monthSaid(from, "2000", now).slice(4)}`;
  return between(`${sameYear <= last ? sameYear : addMonths(sameYear, -12)}-01`, lastDay(last));
}

/** "June and July" are one stretch. "May and July" are not: only one of them is read. */
export function readNeighbours(match: RegExpExecArray, now: Instant): Period | undefined {
  const period = readMonths(match, now);
  const isStretch = period && (lengthOf(period) === "2 months" || /\bbetween\b/i.test(match[0]));
  return isStretch ? period : undefined;
}

/** A month with its year, or else the latest one that has begun. */
export function monthSaid(name: string, year: string | undefined, now: Instant): Month {
  const number = MONTHS.findIndex((month) =>
    month.toLowerCase().startsWith(name.toLowerCase().slice(0, 3)),
  );
  const ofYear = (of: string) => `${of}-${String(number + 1).padStart(2, "0")}`;
  if (year) return ofYear(`20${year.replace(/\D/g, "")}`.slice(-4));
  const current = monthOf(now);
  const thisYear = ofYear(current.slice(0, 4));
  return thisYear <= current ? thisYear : addMonths(thisYear, -12);
}

/** Undefined where it would end before it begins. */
export function between(start: Day, end: Day): Period | undefined {
  return start <= end ? { start, end } : undefined;
}
