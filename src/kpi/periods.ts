import {
  addDays,
  addMonths,
  longDate,
  monthName,
  monthOf,
  type Day,
  type Month,
} from "../calendar.ts";

/** A stretch of days, both ends counted. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

/** "July 2019", "April to June 2019", "August 2018 to July 2019", "1 January to 8 August 2019", "11 to 24 August 2019". */
export function periodInWords({ start, end }: Period): string {
  if (start === end) return longDate(start);
  const isWhole = start.endsWith("-01") && end === lastDay(monthOf(end));
  const [from, to] = isWhole
    ? [monthName(monthOf(start)), monthName(monthOf(end))]
    : [longDate(start), longDate(end)];
  if (from === to) return to;
  if (!isWhole && monthOf(start) === monthOf(end)) return `${Number(start.slice(8))} to ${to}`;
  const isOneYear = start.slice(0, 4) === end.slice(0, 4);
  return `${isOneYear ? from.slice(0, -" 2019".length) : from} to ${to}`;
}

/** "1 month", "3 months", "12 months", "220 days". */
export function lengthOf({ start, end }: Period): string {
  const isWhole = start.endsWith("-01") && end === lastDay(monthOf(end));
  if (!isWhole) return counted(daysIn({ start, end }), "day");
  return counted(monthCount(monthOf(end)) - monthCount(monthOf(start)) + 1, "month");
}

/** The last day of a month. */
export function lastDay(month: Month): Day {
  return addDays(`${addMonths(month, 1)}-01`, -1);
}

/** The period just before, of the same length. */
export function periodBefore({ start, end }: Period): Period {
  const length = lengthOf({ start, end });
  const last = addDays(start, -1);
  return length.includes("month")
    ? { start: `${addMonths(monthOf(start), -Number.parseInt(length, 10))}-01`, end: last }
    : { start: addDays(start, -daysIn({ start, end })), end: last };
}

/** The same period a year earlier. */
export function yearEarlier({ start, end }: Period): Period {
  const isWhole = end === lastDay(monthOf(end));
  const last = lastDay(addMonths(monthOf(end), -12));
  return { start: dayYearEarlier(start), end: isWhole ? last : dayYearEarlier(end) };
}

function dayYearEarlier(day: Day): Day {
  return `${addMonths(monthOf(day), -12)}${day.slice(7)}`;
}

function monthCount(month: Month): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
}

function daysIn({ start, end }: Period): number {
  const [from, to] = [start, end].map((day) => Date.parse(`${day}T00:00:00Z`));
  return ((to ?? 0) - (from ?? 0)) / 86_400_000 + 1;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
