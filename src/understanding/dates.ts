import type { SaidBy } from "../slots.ts";
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
const NUMBERS = "one two three four five six seven eight nine ten".split(" ");
const FIRST_ORDINAL = 4;
const ORDINALS =
  "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(
    " ",
  );
const WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split(" ");

/** Any year behind a month is meant: whoever writes 1819 is told that nothing was then. */
const YEAR = /^[1-9]\d{3}$/;
/** "deletion may start again" names no month. */
const BEHIND_MAY = new Set("be have start go not well stop run come also resume then".split(" "));

/** A day among words, and how many of them say it. */
interface DaySaid {
  readonly date: Day;
  readonly length: number;
  /** What of it was said, where that leaves open which one is meant. */
  readonly by?: SaidBy;
}

/**
 * The day with which the words begin: "8 august 2019", "8th aug", "august 8", "8/8/19", "8/8",
 * "tomorrow", "next thursday", "thursday week", "a fortnight on thursday", "in 3 weeks", "the end of
 * october". Without a year it is the nearest, mostly past.
 */
export function readDate(words: readonly string[], now: Instant): DaySaid | undefined {
  return (
    oneWordDate(words[0] ?? "", now) ??
    namedDate(words, now) ??
    nextOrdinal(words, now) ??
    weekdayDate(words, now) ??
    daysAhead(words, now) ??
    endOfMonth(words, now)
  );
}

/** "august 2019", "aug", "2019-08", "last month". A bare month is the nearest one, mostly past. */
export function readMonth(
  [first = "", second = ""]: readonly string[],
  now: Instant,
): { readonly month: Month; readonly length: number; readonly by?: SaidBy } | undefined {
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
  const month = ofYear(year) <= latest ? ofYear(year) : ofYear(year - 1);
  return { month, length: 1, by: "month" };
}

/** "2019-08-08", "8/8/2019", "8/8/19", "8/8", "yesterday", "today", "tomorrow". */
function oneWordDate(word: string, now: Instant): DaySaid | undefined {
  const near = DAYS_NEAR.get(word);
  if (near !== undefined) return { date: addDays(dayOf(now), near), length: 1, by: "count" };
  const [, day = "", month = "", year = ""] =
    /^(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)?\d\d)$/.exec(word) ?? [];
  const date = day
    ? `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
    : word;
  return isDay(date) ? { date, length: 1 } : dayAndMonth(word, now);
}

/** "8/8", the nearest as "8 august" is. "24/7" is no day. */
function dayAndMonth(word: string, now: Instant): DaySaid | undefined {
  const [, day = "", number = ""] = /^(\d{1,2})\/(\d{1,2})$/.exec(word) ?? [];
  const name = MONTHS[Number(number) - 1];
  if (!name || word === "24/7") return undefined;
  const said = namedDate([day, name.toLowerCase()], now);
  return said && { ...said, length: 1 };
}

/** "8 august", "8th august 2019", "august 8th": the fillers between them are gone already. */
function namedDate([first = "", ...rest]: readonly string[], now: Instant): DaySaid | undefined {
  const day = dayNumber(first);
  const month = day ? readMonth(rest, now) : readMonth([first], now);
  const behind = day ?? dayNumber(rest[0] ?? "");
  if (!month || !behind || (day && !Number.isNaN(Number(rest[0]?.[0])))) return undefined;
  const year = day ? undefined : YEAR.exec(rest[1] ?? "")?.[0];
  const of = year ? `${year}${month.month.slice(4)}` : month.month;
  const date = `${of}-${behind.padStart(2, "0")}`;
  const by = !year && month.by ? { by: month.by } : {};
  return isDay(date) ? { date, length: month.length + (year ? 2 : 1), ...by } : undefined;
}

/** "the 10th" or "the tenth" alone is the next to come. */
function nextOrdinal([word = "", behind = ""]: readonly string[], now: Instant) {
  const day = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(word)?.[1] ?? ordinalDay(word);
  if (!day || behind === "quarter") return undefined;
  const today = dayOf(now);
  const inMonth = (later: number) => `${addMonths(monthOf(now), later)}-${day.padStart(2, "0")}`;
  const date = [0, 1, 2].map(inMonth).find((each) => isDay(each) && each >= today);
  return date ? ({ date, length: 1, by: "number" } as const) : undefined;
}

function dayNumber(word: string): string | undefined {
  return /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)?.[1] ?? ordinalDay(word);
}

/** "tenth" as "10". The first three are mostly no days: "the first quarter", "the second one". */
function ordinalDay(word: string): string | undefined {
  const at = ORDINALS.indexOf(word);
  return at < 0 ? undefined : String(at + FIRST_ORDINAL);
}

/**
 * "thursday" and "this thursday" are the next to come, "thursday week" and "a week on thursday" are
 * seven days later. "thursday 10 october" is said by its date.
 */
function weekdayDate(words: readonly string[], now: Instant): DaySaid | undefined {
  const ahead = weeksBefore(words);
  const from = ahead?.length ?? 0;
  const lead = !ahead && ["next", "this", "last"].includes(words[0] ?? "") ? 1 : 0;
  const which = WEEKDAYS.indexOf(words[from + lead] ?? "");
  if (which < 0) return undefined;
  const behind = words.slice(from + lead + 1);
  const dated = namedDate(behind, now) ?? nextOrdinal(behind, now);
  if (dated) return { ...dated, length: from + lead + 1 + dated.length };
  const today = dayOf(now);
  const next = addDays(today, (which + 1 - weekdayOf(today) + 7) % 7 || 7);
  if (words[0] === "last") return { date: addDays(next, -7), length: 2, by: "count" };
  if (ahead) return { date: addDays(next, 7 * ahead.weeks), length: from + 1, by: "count" };
  if (behind[0] === "next" && behind[1] === "week")
    return { date: addDays(today, which + 8 - weekdayOf(today)), length: lead + 3, by: "count" };
  const weeks = behind[0] === "week" ? 1 : behind[0] === "fortnight" ? 2 : 0;
  if (weeks > 0) return { date: addDays(next, 7 * weeks), length: lead + 2, by: "count" };
  return { date: next, length: lead + 1, by: lead === 0 ? "weekday" : "count" };
}

/** "a week on", "a fortnight on", "two weeks on": the little words are gone already. */
function weeksBefore([first = "", second = ""]: readonly string[]) {
  if (first === "week") return { weeks: 1, length: 1 };
  if (first === "fortnight") return { weeks: 2, length: 1 };
  const weeks = Number(first) || NUMBERS.indexOf(first) + 1;
  return weeks > 0 && /^weeks?$/.test(second) ? { weeks, length: 2 } : undefined;
}

/** "the end of october", "the end of the month". */
function endOfMonth(words: readonly string[], now: Instant): DaySaid | undefined {
  if (words[0] !== "end") return undefined;
  const said = words[1] === "month" ? { month: monthOf(now), length: 1 } : undefined;
  const month = said ?? readMonth(words.slice(1), now);
  if (!month) return undefined;
  const { by } = { by: undefined, ...month };
  const date = addDays(`${addMonths(month.month, 1)}-01`, -1);
  return { date, length: month.length + 1, ...(by && { by }) };
}

/** "2 weeks time", "fortnight", "week today", "10 days". */
function daysAhead(words: readonly string[], now: Instant): DaySaid | undefined {
  const today = dayOf(now);
  const [first = "", second = "", third = ""] = words;
  if (first === "fortnight") return { date: addDays(today, 14), length: 1, by: "count" };
  if (first === "week" && (second === "today" || second === "tomorrow"))
    return { date: addDays(today, second === "today" ? 7 : 8), length: 2, by: "count" };
  const count = Number(first) || NUMBERS.indexOf(first) + 1;
  const unit = /^(day|week)s?$/.exec(second)?.[1];
  if (!count || !unit || third !== "time") return undefined;
  return { date: addDays(today, count * (unit === "week" ? 7 : 1)), length: 3, by: "count" };
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
