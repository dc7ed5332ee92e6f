import { addMonths, dayOf, monthOf, type Day, type Instant, type Month } from "../calendar.ts";
import { lastDay, type Period } from "./periods.ts";

/** Local government's year begins in April, the academic year of adult skills in August. */
export const LOCAL_GOVERNMENT_YEAR = 4;
export const ACADEMIC_YEAR = 8;

/** The month in which each season begins, as the weather's year has it. */
const SEASONS = new Map([
  ["spring", 3],
  ["summer", 6],
  ["autumn", 9],
  ["winter", 12],
]);

/** Whole months from the first to the last. */
export function monthsFrom(first: Month, count: number): Period {
  return { start: `${first}-01`, end: lastDay(addMonths(first, count - 1)) };
}

/** The year that begins in a month (1 to 12) of a year. */
export function yearFrom(year: number, month: number): Period {
  return monthsFrom(monthOfYear(year, month), 12);
}

/** "2018/19", "academic year 2018/19", "2018": what a whole year is called. Undefined for the rest. */
export function yearName({ start, end }: Period): string | undefined {
  const [year, month] = start.split("-").map(Number);
  if (!year || !month || !start.endsWith("-01") || yearFrom(year, month).end !== end)
    return undefined;
  const years = `${year}/${String(year + 1).slice(2)}`;
  if (month === 1) return String(year);
  if (month === LOCAL_GOVERNMENT_YEAR) return years;
  return month === ACADEMIC_YEAR ? `academic year ${years}` : undefined;
}

/** The first day of the year that has begun last. */
export function startOfYear(now: Instant, month: number): Day {
  const year = Number(monthOf(now).slice(0, 4));
  const begun = `${monthOfYear(year, month)}-01`;
  return begun <= dayOf(now) ? begun : `${year - 1}${begun.slice(4)}`;
}

/**
 * Parts of local government's year, counted from 1: of four the first is April to June, of two
 * April to September. Without a year, the latest that has begun.
 */
export function partOfYear(
  [first, last]: readonly [number, number],
  of: 2 | 4,
  year: number | undefined,
  now: Instant,
): Period {
  const months = 12 / of;
  const inYear = (each: number) =>
    monthsFrom(
      addMonths(monthOfYear(each, LOCAL_GOVERNMENT_YEAR), (first - 1) * months),
      (last - first + 1) * months,
    );
  if (year) return inYear(year);
  const current = Number(startOfYear(now, LOCAL_GOVERNMENT_YEAR).slice(0, 4));
  return inYear(current).start <= dayOf(now) ? inYear(current) : inYear(current - 1);
}

/** Quarters up to one so many quarters from now. */
export function quartersUpTo(now: Instant, quartersLater: number, count = 1): Period {
  const month = monthOf(now);
  const intoQuarter = (Number(month.slice(5)) - 1) % 3;
  const first = addMonths(month, (quartersLater - count + 1) * 3 - intoQuarter);
  return monthsFrom(first, count * 3);
}

/** From the beginning of local government's year to the end of a month. */
export function yearUpTo(month: Month): Period {
  const year = Number(month.slice(0, 4)) - (Number(month.slice(5)) < LOCAL_GOVERNMENT_YEAR ? 1 : 0);
  return { start: `${year}-04-01`, end: lastDay(month) };
}

/** Three months, of the year given, or the latest that have begun, or are over. */
export function seasonOf(
  season: string,
  { year, isOver }: { readonly year?: string | undefined; readonly isOver?: boolean },
  now: Instant,
): Period {
  const month = SEASONS.get(season) ?? 1;
  const latest = Number(monthOf(now).slice(0, 4));
  const inYear = (each: number) => monthsFrom(monthOfYear(each, month), 3);
  if (year) return inYear(Number(year));
  const isFit = ({ start, end }: Period) => (isOver ? end : start) < dayOf(now);
  return [latest, latest - 1].map(inYear).find(isFit) ?? inYear(latest - 2);
}

function monthOfYear(year: number, month: number): Month {
  return `${year}-${String(month).padStart(2, "0")}`;
}
