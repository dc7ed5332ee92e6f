import { addDays, isDay, longDate, monthName, MONTHS, type Day } from "../calendar.ts";
import { lastDay, type Period } from "./periods.ts";

/** A day, or why what is written is none. */
export interface DayRead {
  readonly day?: Day;
  readonly problem?: string;
  /** How a slip was read: "30/6/9" beside "1/4/19" is 2019. */
  readonly remark?: string;
}

interface Parts {
  readonly day: string;
  readonly month: number;
  /** Empty where none is written, and one digit where one was left out. */
  readonly year: string;
}

const MONTH = MONTHS.map((month) => `${month}|${month.slice(0, 3)}`).join("|");
const NUMBERS = String.raw`\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{1,2})|\d{1,2}-\d{1,2}-(?:\d{4}|\d\d)`;
const NAMED_DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:${MONTH}|sept)\.?`;
const YEAR = String.raw`,?\s+(?:\d{4}|['’]?[1-9]\d(?!\d|\s*months))`;

/** A day with its year, for a pattern: one group. */
export const DAY = String.raw`(\d{4}-\d\d-\d\d|${NUMBERS}|${NAMED_DAY}${YEAR})`;
/** The same where the year may be left out, because another day or today says which it is. */
export const DAY_OF_A_YEAR = String.raw`(\d{4}-\d\d-\d\d|${NUMBERS}|${NAMED_DAY}(?:${YEAR})?)`;

/**
 * A day as people write it. Without a year it is the one that has been last; with one digit of a
 * year it is the nearest year that ends so.
 */
export function readDay(text: string, today: Day): DayRead {
  const parts = partsOf(text);
  if (parts.year) return asDay(text, parts, Number(today.slice(0, 4)));
  const ofThisYear = asDay(text, { ...parts, year: today.slice(0, 4) }, 0);
  const isAhead = (ofThisYear.day ?? "") > today;
  return isAhead
    ? asDay(text, { ...parts, year: String(Number(today.slice(0, 4)) - 1) }, 0)
    : ofThisYear;
}

/** From one day to another. Either year may be left out, or have lost a digit. */
export function readDays(
  from: string,
  to: string,
  today: Day,
): { readonly period?: Period; readonly problem?: string; readonly remark?: string } {
  const [first, second] = [partsOf(from), partsOf(to)];
  const ofFirst = yearOf(first);
  const end =
    second.year || !ofFirst
      ? readDay(to, `${ofFirst ?? today.slice(0, 4)}${today.slice(4)}`)
      : following(to, first);
  if (!end.day) return end;
  const start = first.year
    ? asDay(from, first, Number(end.day.slice(0, 4)))
    : before(from, first, end.day);
  if (!start.day) return start;
  if (start.day > end.day)
    return {
      problem: `“${from} to ${to}” ends before it begins. Write the earlier day first.`,
    };
  const remark = [start.remark, end.remark].filter(Boolean).join(" ");
  return { period: { start: start.day, end: end.day }, ...(remark ? { remark } : {}) };

  function following(text: string, { month, day }: Parts): DayRead {
    const own = partsOf(text);
    const isNext = own.month < month || (own.month === month && Number(own.day) < Number(day));
    return asDay(text, { ...own, year: String((ofFirst ?? 0) + (isNext ? 1 : 0)) }, 0);
  }
}

/** Easter Sunday (Gregorian calendar; the computation of Meeus, Jones and Butcher). */
export function easterOf(year: number): Day {
  const [golden, century] = [year % 19, Math.floor(year / 100)];
  const ofCentury = year % 100;
  const moved = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - Math.floor(century / 4) - moved + 15) % 30;
  const leap = Math.floor(ofCentury / 4);
  const toSunday = (32 + 2 * (century % 4) + 2 * leap - moon - (ofCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * toSunday) / 451);
  return addDays(`${year}-03-22`, moon + toSunday - 7 * late);
}

function before(text: string, parts: Parts, end: Day): DayRead {
  const year = Number(end.slice(0, 4));
  const same = asDay(text, { ...parts, year: String(year) }, 0);
  return (same.day ?? "") > end ? asDay(text, { ...parts, year: String(year - 1) }, 0) : same;
}

/** The year that is written in full, or with two digits. */
function yearOf({ year }: Parts): number | undefined {
  return year.length > 1 ? Number(`20${year}`.slice(-4)) : undefined;
}

function partsOf(text: string): Parts {
  if (isDay(text)) {
    const [year = "", month = "", day = ""] = text.split("-");
    return { day, month: Number(month), year };
  }
  const numbers = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{1,4})$/.exec(text);
  if (numbers) {
    const [, day = "", month = "", year = ""] = numbers;
    return { day, month: Number(month), year };
  }
  const [, day = "", name = "", year = ""] =
    /^(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]+)\W*(\d*)$/i.exec(text) ?? [];
  const short = name.toLowerCase().slice(0, 3);
  return {
    ...{ day, year },
    month: MONTHS.findIndex((month) => month.toLowerCase().startsWith(short)) + 1,
  };
}

function asDay(text: string, { day, month, year }: Parts, beside: number): DayRead {
  const full = year.length === 1 ? nearestYear(Number(year), beside) : `20${year}`.slice(-4);
  const ofMonth = `${full}-${String(month).padStart(2, "0")}`;
  const read = `${ofMonth}-${day.padStart(2, "0")}`;
  if (!isDay(read)) return { problem: problemOf(text, ofMonth, month) };
  return year.length === 1
    ? { day: read, remark: `I read “${text}” as ${longDate(read)}.` }
    : { day: read };
}

function problemOf(text: string, ofMonth: string, month: number): string {
  const why =
    month < 1 || month > 12
      ? `there is no month ${month}`
      : `${monthName(ofMonth)} has ${Number(lastDay(ofMonth).slice(-2))} days`;
  return `“${text}” is no date: ${why}. Write the day, the month and the year, like 30/6/19.`;
}

function nearestYear(digit: number, beside: number): string {
  const same = beside - (beside % 10) + digit;
  const years = [same - 10, same, same + 10];
  const [nearest = same] = years.toSorted(
    (a, b) => Math.abs(a - beside) - Math.abs(b - beside) || a - b,
  );
  return String(nearest);
}
