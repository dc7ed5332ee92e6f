import { addDays, addMonths, dayOf, isDay, monthOf, weekdayOf } from "../calendar.ts";
import type { Day, Instant } from "../calendar.ts";
import { COUNT, countSaid, lastOf, numberSaid } from "./counts-said.ts";
import { DAY, DAY_OF_A_YEAR, easterOf, readDay, readDays } from "./days-said.ts";
import { between, monthSaid, NAMED, readMonths, readNeighbours } from "./months-said.ts";
import {
  ACADEMIC_YEAR,
  LOCAL_GOVERNMENT_YEAR,
  monthsFrom,
  partOfYear,
  quartersUpTo,
  seasonOf,
  startOfYear,
  yearFrom,
  yearUpTo,
} from "./parts-of-years.ts";
import { lastDay, periodInWords, type Period } from "./periods.ts";
import { withMonthsMended } from "./months-mended.ts";

/** What a text says of a period. */
interface PeriodRead {
  readonly period?: Period | undefined;
  /** Why a day in it is none, and what to write. There is no period then. */
  readonly problem?: string;
  /** How a slip in it was read. */
  readonly remark?: string;
  /** What else the same words can be: a quarter of the other kind of year. */
  readonly other?: Period | undefined;
}

/** A period found in a text, and the text without it. */
interface Found extends PeriodRead {
  readonly rest: string;
}

const TO = String.raw`\s*(?:to|until|till|through|up to|-|–|—)\s*`;
const ORDINALS = "(first|1st|second|2nd|third|3rd|fourth|4th)";
const SEASON = "(spring|summer|autumn|winter)";
const NOW = "(?:now|today|date)";
/** "2018/19", "2018", "FY 18-19": two digits alone are a day or a month as well. */
const YEAR = String.raw`(?:fy\s*|financial\s+year\s+)?(\d{4}|\d\d(?=\s*[/-]\s*\d\d))(?:\s*[/-]\s*(\d{4}|\d\d))?`;
const BEHIND_YEAR = String.raw`(?:,?\s+(?:of\s+)?(?:the\s+)?${YEAR})?`;
/** "the", "in" and so on go with the period they introduce. */
const BEFORE = String.raw`(?:\b(?:in|for|during|over|the|of|from|between)\s+)*`;
const SINCE = String.raw`(?:since|from|after)\s+(?:the\s+|last\s+)?`;

type Reader = (
  match: RegExpExecArray,
  now: Instant,
  yearStarts: number,
) => Period | PeriodRead | undefined;

/** The longest ways of saying it come first, so that "2018/19" is not read inside "Q1 2018/19". */
const READERS: readonly (readonly [RegExp, Reader])[] = [
  [
    pattern(`${DAY_OF_A_YEAR}${TO}${DAY_OF_A_YEAR}`),
    ([, from = "", to = ""], now) => readDays(from, to, dayOf(now)),
  ],
  [
    pattern(String.raw`(\d{1,2})(?:st|nd|rd|th)?${TO}${DAY_OF_A_YEAR}`),
    ([, from = "", to = ""], now) =>
      isDay(to) ? undefined : readDays(to.replace(/^\d{1,2}/, from), to, dayOf(now)),
  ],
  [
    pattern(String.raw`(?<=\bbetween\s+)${DAY_OF_A_YEAR}\s+and\s+${DAY_OF_A_YEAR}`),
    ([, from = "", to = ""], now) => readDays(from, to, dayOf(now)),
  ],
  [
    pattern(`(?:since|from|after) ${DAY_OF_A_YEAR}|${DAY_OF_A_YEAR}${TO}${NOW}`),
    ([, since, from = since ?? ""], now) => {
      const { day, ...read } = readDay(from, dayOf(now));
      return day ? { ...read, period: sinceDay(day, now) } : read;
    },
  ],
  [
    pattern(DAY),
    ([, said = ""], now) => {
      const { day, ...read } = readDay(said, dayOf(now));
      return day ? { ...read, period: { start: day, end: day } } : read;
    },
  ],
  [pattern(`${NAMED}${TO}${NAMED}`), readMonths],
  [pattern(String.raw`${NAMED}\s*(?:and|&|\+|,)\s*${NAMED}`), readNeighbours],
  ...partsOf(
    4,
    String.raw`(?:quarter\s*|q)([1-4])(?:\s*(?:to|and|&|-|–)\s*(?:quarter\s*|q)([1-4]))?`,
  ),
  ...partsOf(2, String.raw`(?:half\s*|h)([12])(?:\s*(?:to|and|&|-|–)\s*(?:half\s*|h)([12]))?`),
  ...partsOf(4, String.raw`${ORDINALS}(\s)quarter`),
  ...partsOf(2, String.raw`${ORDINALS}(\s)half`),
  [
    pattern(
      String.raw`(academic\s+(?:year\s+)?|fy\s*|financial\s+year\s+)?(20\d\d|19\d\d|\d\d)\s*[/-]\s*(\d{4}|\d\d)(?!/)(\s+academic\s+year)?(?:\s+(?:so far|to date))?`,
    ),
    readYear,
  ],
  [
    pattern(String.raw`(?:last|past|previous)\s+${COUNT}\s+(days|weeks|months|quarters|years)`),
    ([, count = "", unit = ""], now) => lastOf(countSaid(count), unit.toLowerCase(), now),
  ],
  [
    pattern(String.raw`${COUNT}\s+months\s+(?:up\s+)?(?:to|ending|until)\s+${NAMED}`),
    ([, count = "", name = "", year], now) =>
      monthsFrom(addMonths(monthSaid(name, year, now), 1 - countSaid(count)), countSaid(count)),
  ],
  [pattern("(?:last|past|previous) fortnight"), (_match, now) => lastOf(14, "days", now)],
  [pattern("past week"), (_match, now) => lastOf(7, "days", now)],
  [
    pattern("(?:last|previous) week"),
    (_match, now) => {
      const sunday = addDays(dayOf(now), -weekdayOf(dayOf(now)));
      return { start: addDays(sunday, -6), end: sunday };
    },
  ],
  [
    pattern("(last|past|this|previous|current|latest) quarter"),
    ([, which = ""], now) => quartersUpTo(now, isThis(which) ? 0 : -1),
  ],
  [
    pattern("(last|past|this|previous|current) month"),
    ([, which = ""], now) => monthsFrom(addMonths(monthOf(now), isThis(which) ? 0 : -1), 1),
  ],
  [
    pattern("(?:(?:financial )?year to date|ytd|so far this year|this (?:financial )?year)"),
    (_match, now) => sinceDay(startOfYear(now, LOCAL_GOVERNMENT_YEAR), now),
  ],
  [
    pattern("(last|this|previous|current) academic year"),
    ([, which = ""], now) =>
      yearFrom(
        Number(startOfYear(now, ACADEMIC_YEAR).slice(0, 4)) - (isThis(which) ? 0 : 1),
        ACADEMIC_YEAR,
      ),
  ],
  [
    pattern("(?:last|previous) (?:financial )?year"),
    (_match, now, yearStarts) =>
      yearFrom(Number(startOfYear(now, yearStarts).slice(0, 4)) - 1, yearStarts),
  ],
  [
    pattern(
      String.raw`(?:12\s+months?|year)\s+(?:ending|ended|end|up\s+to|to)\s+(?:in\s+)?${NAMED}`,
    ),
    ([, name = "", year], now) => monthsFrom(addMonths(monthSaid(name, year, now), -11), 12),
  ],
  [pattern("past year"), (_match, now) => lastOf(12, "months", now)],
  [
    pattern(`(?:until|till|up to) ${NAMED}`),
    ([, name = "", year], now) => yearUpTo(monthSaid(name, year, now)),
  ],
  [
    pattern(`(?:since|from) ${NAMED}|${NAMED}${TO}${NOW}`),
    ([, since, sinceYear, month = since ?? "", year = sinceYear], now) =>
      sinceDay(`${monthSaid(month, year, now)}-01`, now),
  ],
  [
    pattern(String.raw`${SINCE}${SEASON}(?:\s+(\d{4}))?`),
    ([, season = "", year], now) =>
      sinceDay(seasonOf(season.toLowerCase(), { year }, now).start, now),
  ],
  [
    pattern(String.raw`${SINCE}(easter|christmas|new\s+year)(?:\s+(\d{4}))?`),
    ([, feast = "", year], now) => sinceDay(feastDay(feast.toLowerCase(), year, now), now),
  ],
  [pattern(String.raw`since (\d{4})`), ([, year = ""], now) => sinceDay(`${year}-01-01`, now)],
  [pattern(String.raw`(20\d\d-(?:0[1-9]|1[0-2]))`), ([, month = ""]) => monthsFrom(month, 1)],
  [
    pattern(String.raw`(0?[1-9]|1[0-2])/(20\d\d|19\d\d)`),
    ([, month = "", year = ""]) => monthsFrom(`${year}-${month.padStart(2, "0")}`, 1),
  ],
  [
    pattern(String.raw`(last\s+|previous\s+|this\s+|past\s+)?${SEASON}(?:\s+(?:of\s+)?(\d{4}))?`),
    ([, which = "", season = "", year], now) =>
      seasonOf(season.toLowerCase(), { year, isOver: /^(?:last|prev|past)/i.test(which) }, now),
  ],
  [pattern(NAMED), ([, month = "", year], now) => monthsFrom(monthSaid(month, year, now), 1)],
  [
    pattern(String.raw`(?:calendar\s+year\s+)?(20\d\d|19\d\d)`),
    ([, year = ""]) => yearFrom(Number(year), 1),
  ],
];

/**
 * Takes a period as people say it out of a text: "last quarter", "since March", "2018/19", "Q1".
 * A bare month is the latest one that has begun. "2018/19" is April to March, or the year of the
 * indicator where that begins in another month (`yearStarts`, 1 to 12). What goes on until now and
 * begins with a month goes to the end of this month, so that it is said in months.
 */
export function readPeriod(
  text: string,
  now: Instant,
  yearStarts: number = LOCAL_GOVERNMENT_YEAR,
): Found {
  const mended = withMonthsMended(text);
  const found = readRight(mended.text, now, yearStarts);
  if (mended.remark === "") return found;
  if (!found.period) return readRight(text, now, yearStarts);
  return { ...found, remark: [mended.remark, found.remark].filter(Boolean).join(" ") };
}

function readRight(text: string, now: Instant, yearStarts: number): Found {
  for (const [said, read] of READERS) {
    const match = said.exec(text);
    const found = match && read(match, now, yearStarts);
    if (!match || !found) continue;
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
    const answer = "start" in found ? { period: found } : found;
    return { ...answer, rest: rest.replaceAll(/\s+/g, " ").trim() };
  }
  return { rest: text };
}

function pattern(source: string): RegExp {
  return new RegExp(String.raw`${BEFORE}(?<![\w-])(?:${source})(?![\w-])`, "i");
}

/**
 * Quarters or halves, with the year behind them or before them: "Q3 18/19", "2018/19 Q3". Of a year
 * that is named by itself, "the first half of 2019" is of the calendar year, and "Q1 2019", as
 * councils write it, of local government's. Either says what the other would be.
 */
function partsOf(of: 2 | 4, said: string): (readonly [RegExp, Reader])[] {
  const read = (
    whole: string,
    [first = "", last]: readonly (string | undefined)[],
    [year, next]: readonly (string | undefined)[],
    now: Instant,
  ): Period | PeriodRead | undefined => {
    const from = numberSaid(first);
    const to = numberSaid(last ?? "") || from;
    if (from > to || to > of) return undefined;
    const begun = begunIn(year, next);
    const ofCouncil = partOfYear([from, to], of, begun, now);
    const isOneYear = begun !== undefined && year?.length === 4 && next === undefined;
    if (!isOneYear || /\bf(?:y|inancial)\b/i.test(whole)) return ofCouncil;
    const begins = addMonths(monthOf(ofCouncil.start), 1 - LOCAL_GOVERNMENT_YEAR);
    const ofCalendar = monthsFrom(begins, ((to - from + 1) * 12) / of);
    return /^[1-4]$/.test(first)
      ? twoWays({ period: ofCouncil, other: ofCalendar }, `the council’s year from April ${begun}`)
      : twoWays({ period: ofCalendar, other: ofCouncil }, `the calendar year ${begun}`);
  };
  return [
    [
      pattern(String.raw`${YEAR}\s*,?\s+${said}`),
      ([whole, year, next, ...which], now) => read(whole, which, [year, next], now),
    ],
    [
      pattern(`${said}${BEHIND_YEAR}`),
      ([whole, first, last, year, next], now) => read(whole, [first, last], [year, next], now),
    ],
  ];
}

function twoWays(
  { period, other }: { readonly period: Period; readonly other: Period },
  year: string,
): PeriodRead {
  const [taken, left] = [period, other].map(periodInWords);
  return { period, other, remark: `I took ${taken}, of ${year}. The other way is ${left}.` };
}

/** 2018 for "2018/19", "2018" and "18/19". Not 2018 for "18/20". */
function begunIn(year: string | undefined, next: string | undefined): number | undefined {
  if (!year) return undefined;
  const begun = Number(`20${year}`.slice(-4));
  return next === undefined || isNextYear(begun, next) ? begun : undefined;
}

function readYear(match: RegExpExecArray, _now: Instant, yearStarts: number): Period | undefined {
  const [, said = "", year = "", next = "", behind] = match;
  const begun = Number(`20${year}`.slice(-4));
  // "11/12" can be a day in December too; "12/13" is none.
  const isYear = year.length > 2 || said !== "" || behind !== undefined || Number(next) > 12;
  if (!isYear || !isNextYear(begun, next)) return undefined;
  const isAcademic = behind !== undefined || /^academic/i.test(said);
  return yearFrom(begun, isAcademic ? ACADEMIC_YEAR : yearStarts);
}

function isNextYear(year: number, next: string): boolean {
  return (year + 1) % 100 === Number(next) % 100;
}

/** Until now: to the end of this month, or to this day where it does not begin with a month. */
function sinceDay(start: Day, now: Instant): Period | undefined {
  return between(start, start.endsWith("-01") ? lastDay(monthOf(now)) : dayOf(now));
}

/** The latest that is over, of the year given or of any. */
function feastDay(feast: string, year: string | undefined, now: Instant): Day {
  const latest = Number(year ?? monthOf(now).slice(0, 4));
  const inYear = (each: number) =>
    feast === "easter" ? easterOf(each) : `${each}-${feast === "christmas" ? "12-25" : "01-01"}`;
  return year || inYear(latest) <= dayOf(now) ? inYear(latest) : inYear(latest - 1);
}

function isThis(which: string): boolean {
  return /^(this|current)$/i.test(which);
}
