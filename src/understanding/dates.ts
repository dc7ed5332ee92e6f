import {
  addDays,
  addMonths,
  dayOf,
  isDay,
  monthOf,
  MONTHS,
  weekdayOf,
  type Day,
  type Instant,
  type Month,
} from "../calendar.ts";

const DAYS_NEAR = new Map([
  ["yesterday", -1],
  ["today", 0],
  ["tomorrow", 1],
]);
const WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split(" ");

/** Any year behind a month is meant: whoever writes 1819 is told that nothing was then. */
const YEAR = /^[1-9]\d{3}$/;
/** "deletion may start again" names no month. */
const BEHIND_MAY = new Set("be have start go not well stop run come also resume then".split(" "));

/** A day among words, and how many of them say it. */
interface DaySaid {
  readonly date: Day;
  readonly length: number;
}

/**
 * The day with which the words begin: "8 august 2019", "8th aug", "august 8", "8/8/19", "tomorrow",
 * "next thursday", "thursday week", "in 3 weeks". Without a year it is the nearest, mostly past.
 */
export function readDate(words: readonly string[], now: Instant): DaySaid | undefined {
  const [first = "", ...rest] = words;
  const single = oneWordDate(first, now);
  if (single) return { date: single, length: 1 };
  return (
    namedDate(first, rest, now) ??
    nextOrdinal(first, now) ??
    weekdayDate(words, now) ??
    daysAhead(words, now)
  );
}

/** "august 2019", "aug", "2019-08", "last month". A bare month is the nearest one, mostly past. */
export function readMonth(
  [first = "", second = ""]: readonly string[],
  now: Instant,
): { readonly month: Month; readonly length: number } | undefined {
  const current = monthOf(now);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(first)) return { month: first, length: 1 };
  if (second === "month") {
    const away = ["last", "this", "next"].indexOf(first) - 1;
    if (away >= -1) return { month: addMonths(current, away), length: 2 };
  }
  if (first === "may" && BEHIND_MAY.has(second)) return undefined;
  const number = first.length >= 3 ? monthNumber(first) : 0;
  if (!number) return undefined;
  const ofYear = (year: string | number): Month => `${year}-${String(number).padStart(2, "0")}`;
  if (YEAR.test(second)) return { month: ofYear(second), length: 2 };
  const latest = addMonths(current, 2);
  const year = Number(latest.slice(0, 4));
  return { month: ofYear(year) <= latest ? ofYear(year) : ofYear(year - 1), length: 1 };
}

/** "2019-08-08", "8/8/2019", "8/8/19", "yesterday", "today", "tomorrow". */
function oneWordDate(word: string, now: Instant): Day | undefined {
  const near = DAYS_NEAR.get(word);
  if (near !== undefined) return addDays(dayOf(now), near);
  const [, day = "", month = "", year = ""] =
    /^(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)?\d\d)$/.exec(word) ?? [];
  const date = day
    ? `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
    : word;
  return isDay(date) ? date : undefined;
}

/** "8 august", "8th august 2019", "august 8th": the fillers between them are gone already. */
function namedDate(first: string, rest: readonly string[], now: Instant): DaySaid | undefined {
  const day = dayNumber(first);
  const month = day ? readMonth(rest, now) : readMonth([first], now);
  const behind = day ?? dayNumber(rest[0] ?? "");
  if (!month || !behind || (day && !Number.isNaN(Number(rest[0]?.[0])))) return undefined;
  const year = day ? undefined : YEAR.exec(rest[1] ?? "")?.[0];
  const of = year ? `${year}${month.month.slice(4)}` : month.month;
  const date = `${of}-${behind.padStart(2, "0")}`;
  return isDay(date) ? { date, length: month.length + (year ? 2 : 1) } : undefined;
}

/** "the 10th" alone is the next to come. */
function nextOrdinal(word: string, now: Instant): DaySaid | undefined {
  const day = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word)?.[1];
  if (!day) return undefined;
  const today = dayOf(now);
  const inMonth = (later: number) => `${addMonths(monthOf(now), later)}-${day.padStart(2, "0")}`;
  const date = [0, 1, 2].map(inMonth).find((each) => isDay(each) && each >= today);
  return date ? { date, length: 1 } : undefined;
}

function dayNumber(word: string): string | undefined {
  return /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)?.[1];
}

/** "thursday" and "this thursday" are the next to come, "thursday week" is seven days later. */
function weekdayDate(words: readonly string[], now: Instant): DaySaid | undefined {
  const lead = ["next", "this", "last"].includes(words[0] ?? "") ? 1 : 0;
  const which = WEEKDAYS.indexOf(words[lead] ?? "");
  if (which < 0) return undefined;
  const today = dayOf(now);
  const ahead = (which + 1 - weekdayOf(today) + 7) % 7 || 7;
  if (words[0] === "last") return { date: addDays(today, ahead - 7), length: 2 };
  const isWeekLater = words[lead + 1] === "week";
  const date = addDays(today, ahead + (isWeekLater ? 7 : 0));
  return { date, length: lead + (isWeekLater ? 2 : 1) };
}

const NUMBERS = "one two three four five six seven eight nine ten".split(" ");

/** "2 weeks time", "fortnight", "week today", "10 days". */
function daysAhead(words: readonly string[], now: Instant): DaySaid | undefined {
  const today = dayOf(now);
  const [first = "", second = "", third = ""] = words;
  if (first === "fortnight") return { date: addDays(today, 14), length: 1 };
  if (first === "week" && (second === "today" || second === "tomorrow"))
    return { date: addDays(today, second === "today" ? 7 : 8), length: 2 };
  const count = Number(first) || NUMBERS.indexOf(first) + 1;
  const unit = /^(day|week)s?$/.exec(second)?.[1];
  if (!count || !unit || third !== "time") return undefined;
  return { date: addDays(today, count * (unit === "week" ? 7 : 1)), length: 3 };
}

function monthNumber(word: string): number {
  return (
    MONTHS.findIndex((month) => {
      const name = month.toLowerCase();
      return (
        word === name || word === name.slice(0, 3) || (word === "sept" && name === "september")
      );
    }) + 1
  );
}
