import {
  addMonths,
  dayOf,
  isDay,
  monthOf,
  MONTHS,
  type Day,
  type Instant,
  type Month,
} from "../calendar.ts";
import { lastDay, lengthOf, type Period } from "./periods.ts";

/** A period found in a text, and the text without it. */
interface Found {
  readonly period?: Period;
  readonly rest: string;
}

/** Local government's year begins in April, the academic year of adult skills in August. */
export const LOCAL_GOVERNMENT_YEAR = 4;
const ACADEMIC_YEAR = 8;

const MONTH = MONTHS.map((month) => `${month}|${month.slice(0, 3)}`).join("|");
const NAMED = String.raw`(?:(${MONTH}|sept)\.?(?:\s+(\d{4}|['’]?\d\d(?!\s*months)))?)`;
const DAY = String.raw`(\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)?\s+(?:${MONTH}|sept)\s+\d{4}|\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d))`;
const TO = String.raw`\s*(?:to|until|-|–|—)\s*`;
const COUNTS = "two three four five six seven eight nine ten eleven twelve".split(" ");
const ORDINALS = ["first", "second", "third", "fourth"];
/** The month in which each season begins, as the weather's year has it. */
const SEASONS = new Map([
  ["spring", 3],
  ["summer", 6],
  ["autumn", 9],
  ["winter", 12],
]);
/** "the", "in" and so on go with the period they introduce. */
const BEFORE = String.raw`(?:\b(?:in|for|during|over|the|of|from|between)\s+)*`;

type Reader = (match: RegExpExecArray, now: Instant, yearStarts: number) => Period | undefined;

/** The longest ways of saying it come first, so that "2018/19" is not read inside "Q1 2018/19". */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [pattern(`${DAY}${TO}${DAY}`), ([, from = "", to = ""]) => between(readDay(from), readDay(to))],
  [
    pattern(`(?:since|from|after) ${DAY}`),
    ([, from = ""], now) => between(readDay(from), dayOf(now)),
  ],
  [pattern(DAY), ([, day = ""]) => between(readDay(day), readDay(day))],
  [pattern(`${NAMED}${TO}${NAMED}`), readMonths],
  [pattern(String.raw`${NAMED}\s*(?:and|&|\+|,)\s*${NAMED}`), readNeighbours],
  [
    pattern(String.raw`(?:quarter\s*|q)([1-4])(?:\s+(?:of\s+)?(\d{4})(?:\s*[/-]\s*\d{2,4})?)?`),
    ([, number = "", year], now) => quarterOf(Number(number), year, now),
  ],
  [
    pattern(
      String.raw`(academic year\s+)?(20\d\d|19\d\d)\s*[/-]\s*(\d{4}|\d\d)(\s+academic year)?`,
    ),
    ([, before, year = "", next = "", after], _now, yearStarts) =>
      (Number(year) + 1) % 100 === Number(next) % 100
        ? yearFrom(Number(year), before || after ? ACADEMIC_YEAR : yearStarts)
        : undefined,
  ],
  [
    pattern(String.raw`(?:last|past|previous)\s+(\d{1,2}|${COUNTS.join("|")})\s+months`),
    ([, count = ""], now) => lastMonths(countSaid(count), now),
  ],
  [
    pattern(
      String.raw`(first|second|third|fourth)\s+quarter(?:\s+(?:of\s+)?(\d{4})(?:\s*[/-]\s*\d{2,4})?)?`,
    ),
    ([, which = "", year], now) => quarterOf(ORDINALS.indexOf(which.toLowerCase()) + 1, year, now),
  ],
  [
    pattern("(last|past|this|previous|current|latest) quarter"),
    ([, which = ""], now) => quarterAround(now, isThis(which) ? 0 : -1),
  ],
  [
    pattern("(last|past|this|previous|current) month"),
    ([, which = ""], now) => wholeMonth(addMonths(monthOf(now), isThis(which) ? 0 : -1)),
  ],
  [
    pattern("(?:year to date|ytd|so far this year|this (?:financial )?year)"),
    (_match, now) => ({ start: startOfYear(now, LOCAL_GOVERNMENT_YEAR), end: dayOf(now) }),
  ],
  [
    pattern("(last|this|previous|current) academic year"),
    ([, which = ""], now) =>
      yearFrom(Number(startOfYear(now, ACADEMIC_YEAR).slice(0, 4)) - (isThis(which) ? 0 : 1), 8),
  ],
  [
    pattern("(?:last|previous) (?:financial )?year"),
    (_match, now, yearStarts) =>
      yearFrom(Number(startOfYear(now, yearStarts).slice(0, 4)) - 1, yearStarts),
  ],
  [pattern("past year"), (_match, now) => lastMonths(12, now)],
  [
    pattern(`(?:until|till|up to) ${NAMED}`),
    ([, name = "", year], now) => yearUpTo(monthSaid(name, year, now)),
  ],
  [
    pattern(`(?:since|from) ${NAMED}`),
    ([, month = "", year], now) => ({
      start: `${monthSaid(month, year, now)}-01`,
      end: dayOf(now),
    }),
  ],
  [
    pattern(String.raw`since (?:the |last )?(spring|summer|autumn|winter)(?:\s+(\d{4}))?`),
    ([, season = "", year], now) => ({
      start: seasonOf(season.toLowerCase(), year, now).start,
      end: dayOf(now),
    }),
  ],
  [
    pattern(String.raw`since (\d{4})`),
    ([, year = ""], now) => between(`${year}-01-01`, dayOf(now)),
  ],
  [pattern(String.raw`(20\d\d-(?:0[1-9]|1[0-2]))`), ([, month = ""]) => wholeMonth(month)],
  [
    pattern(String.raw`(0?[1-9]|1[0-2])/(20\d\d|19\d\d)`),
    ([, month = "", year = ""]) => wholeMonth(`${year}-${month.padStart(2, "0")}`),
  ],
  [
    pattern(String.raw`(spring|summer|autumn|winter)(?:\s+(\d{4}))?`),
    ([, season = "", year], now) => seasonOf(season.toLowerCase(), year, now),
  ],
  [pattern(NAMED), ([, month = "", year], now) => wholeMonth(monthSaid(month, year, now))],
  [
    pattern(String.raw`(?:calendar\s+year\s+)?(20\d\d|19\d\d)`),
    ([, year = ""]) => between(`${year}-01-01`, `${year}-12-31`),
  ],
];

/**
 * Takes a period as people say it out of a text: "last quarter", "since March", "2018/19", "Q1".
 * A bare month is the latest one that has begun. "2018/19" is April to March, or the year of the
 * indicator where that begins in another month (`yearStarts`, 1 to 12).
 */
export function readPeriod(
  text: string,
  now: Instant,
  yearStarts: number = LOCAL_GOVERNMENT_YEAR,
): Found {
  for (const [said, read] of READERS) {
    const match = said.exec(text);
    const period = match && read(match, now, yearStarts);
    if (match && period) {
      const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
      return { period, rest: rest.replaceAll(/\s+/g, " ").trim() };
    }
  }
  return { rest: text };
}

function pattern(source: string): RegExp {
  return new RegExp(String.raw`${BEFORE}(?<![\w-])${source}(?![\w-])`, "i");
}

function readMonths(match: RegExpExecArray, now: Instant): Period | undefined {
  const [, from = "", fromYear, to = "", toYear] = match;
  const last = monthSaid(to, toYear, now);
  if (fromYear) return between(`${monthSaid(from, fromYear, now)}-01`, lastDay(last));
  const sameYear = `${last.slice(0, 4)}${monthSaid(from, "2000", now).slice(4)}`;
  return between(`${sameYear <= last ? sameYear : addMonths(sameYear, -12)}-01`, lastDay(last));
}

/** "June and July" are one stretch. "May and July" are not: only one of them is read. */
function readNeighbours(match: RegExpExecArray, now: Instant): Period | undefined {
  const period = readMonths(match, now);
  const isStretch = period && (lengthOf(period) === "2 months" || /\bbetween\b/i.test(match[0]));
  return isStretch ? period : undefined;
}

/** A month with its year, or else the latest one that has begun. */
function monthSaid(name: string, year: string | undefined, now: Instant): Month {
  const number = MONTHS.findIndex((month) =>
    month.toLowerCase().startsWith(name.toLowerCase().slice(0, 3)),
  );
  const ofYear = (of: string) => `${of}-${String(number + 1).padStart(2, "0")}`;
  if (year) return ofYear(`20${year.replace(/\D/g, "")}`.slice(-4));
  const current = monthOf(now);
  const thisYear = ofYear(current.slice(0, 4));
  return thisYear <= current ? thisYear : addMonths(thisYear, -12);
}

function readDay(text: string): Day {
  if (isDay(text)) return text;
  const numbers = /^(\d{1,2})[/.](\d{1,2})[/.](\d{2,4})$/.exec(text);
  if (numbers) {
    const [, of = "", month = "", year = ""] = numbers;
    return `${`20${year}`.slice(-4)}-${month.padStart(2, "0")}-${of.padStart(2, "0")}`;
  }
  const [, day = "", name = "", year = ""] = /^(\d{1,2})\D*\s+(\w+)\s+(\d{4})$/.exec(text) ?? [];
  const month = MONTHS.findIndex((each) =>
    each.toLowerCase().startsWith(name.toLowerCase().slice(0, 3)),
  );
  return `${year}-${String(month + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function between(start: Day, end: Day): Period | undefined {
  return isDay(start) && isDay(end) && start <= end ? { start, end } : undefined;
}

function wholeMonth(month: Month): Period {
  return { start: `${month}-01`, end: lastDay(month) };
}

function yearFrom(year: number, month: number): Period {
  const first = `${year}-${String(month).padStart(2, "0")}`;
  return { start: `${first}-01`, end: lastDay(addMonths(first, 11)) };
}

function startOfYear(now: Instant, month: number): Day {
  const year = Number(monthOf(now).slice(0, 4));
  const begun = `${year}-${String(month).padStart(2, "0")}-01`;
  return begun <= dayOf(now) ? begun : `${year - 1}${begun.slice(4)}`;
}

/** A quarter of local government's year: the first is April to June. */
function quarterOf(number: number, year: string | undefined, now: Instant): Period {
  const quarter = (of: number): Period => {
    const first = addMonths(`${of}-04`, (number - 1) * 3);
    return { start: `${first}-01`, end: lastDay(addMonths(first, 2)) };
  };
  if (year) return quarter(Number(year));
  const current = Number(startOfYear(now, LOCAL_GOVERNMENT_YEAR).slice(0, 4));
  return quarter(current).start <= dayOf(now) ? quarter(current) : quarter(current - 1);
}

function quarterAround(now: Instant, quartersLater: number): Period {
  const month = monthOf(now);
  const intoQuarter = (Number(month.slice(5)) - 1) % 3;
  const first = addMonths(month, quartersLater * 3 - intoQuarter);
  return { start: `${first}-01`, end: lastDay(addMonths(first, 2)) };
}

/** From the beginning of local government's year to the end of a month. */
function yearUpTo(month: Month): Period {
  const year = Number(month.slice(0, 4)) - (Number(month.slice(5)) < LOCAL_GOVERNMENT_YEAR ? 1 : 0);
  return { start: `${year}-04-01`, end: lastDay(month) };
}

/** Three months, of the year given or the latest that have begun. */
function seasonOf(season: string, year: string | undefined, now: Instant): Period {
  const month = String(SEASONS.get(season) ?? 1).padStart(2, "0");
  const thisYear = monthOf(now).slice(0, 4);
  const first = `${year ?? thisYear}-${month}`;
  const begun = year || first <= monthOf(now) ? first : addMonths(first, -12);
  return { start: `${begun}-01`, end: lastDay(addMonths(begun, 2)) };
}

function countSaid(count: string): number {
  return Number(count) || COUNTS.indexOf(count.toLowerCase()) + 2;
}

function lastMonths(count: number, now: Instant): Period | undefined {
  const last = addMonths(monthOf(now), -1);
  return between(`${addMonths(last, 1 - count)}-01`, lastDay(last));
}

function isThis(which: string): boolean {
  return /^(this|current)$/i.test(which);
}
