import { longDate, timeOfDay, type Day } from "../calendar.ts";
import { WEEK, type Schedule, type Service } from "./schema.ts";

const DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const NUMBERED = ["", "first", "second", "third", "fourth", "fifth"];
const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d/;

/**
 * When a service is given, in words: "Tuesday and Thursday, 10am to midday". What has ended is left
 * out, unless no day is given. Empty when nothing is known.
 */
export function timesInWords({ schedules }: Pick<Service, "schedules">, today: Day = ""): string {
  return schedules
    .filter(({ validTo }) => !validTo || validTo >= today)
    .map((schedule) => whenInWords(schedule, today))
    .filter(Boolean)
    .join("; ");
}

/** "First Thursday of the month, 10am to midday, until 4 May 2019". One text for each schedule. */
function whenInWords(schedule: Schedule, today: Day): string {
  const { opensAt, closesAt, description = "", validFrom = "", validTo } = schedule;
  const times = [opensAt, closesAt].flatMap((time) =>
    time && CLOCK_TIME.test(time) ? timeOfDay(time.slice(0, 5)) : [],
  );
  const from = validFrom > today ? `from ${longDate(validFrom)}` : "";
  const until = validTo ? `until ${longDate(validTo)}` : "";
  const valid = [from, until].filter(Boolean).join(" ");
  const parts = [repeatingInWords(schedule), times.join(" to "), description];
  const said = parts.filter(Boolean).join(", ");
  return said && valid ? `${said}, ${valid}` : said;
}

function repeatingInWords({ days, ofMonth, monthDays, isDaily, every = 1 }: Schedule): string {
  const month = every > 1 ? `of ${everyInWords(every, "month")}` : "of the month";
  if (ofMonth) return capital(`${nthsInWords(ofMonth)} ${month}`);
  if (monthDays) return capital(`${listed(monthDays.map(dayOfMonthInWords))} ${month}`);
  if (isDaily && days.length === 0) return capital(everyInWords(every, "day"));
  if (every === 1) return daysInWords(days);
  const [first] = days;
  if (first && days.length === 1) return capital(everyInWords(every, nameOf(first)));
  return `${capital(everyInWords(every, "week"))}, ${daysInWords(days)}`;
}

/** "every second month", "every 6 months". A Thursday in seven is one in 7 weeks. */
function everyInWords(every: number, what: string): string {
  if (every === 1) return `every ${what}`;
  const numbered = NUMBERED[every];
  if (numbered) return `every ${numbered} ${what}`;
  return DAY_NAMES.includes(what) ? `${what} every ${every} weeks` : `every ${every} ${what}s`;
}

/** "first and third Thursday", "first Tuesday and last Friday". */
function nthsInWords(nths: NonNullable<Schedule["ofMonth"]>): string {
  const days = Map.groupBy(nths, ({ day }) => day);
  return listed(
    [...days].map(
      ([day, some]) => `${listed(some.map(({ nth }) => NUMBERED[nth] ?? "last"))} ${nameOf(day)}`,
    ),
  );
}

/** "the 3rd", "the last day". */
function dayOfMonthInWords(day: number): string {
  if (day < 0) return "the last day";
  const ending = day > 10 && day < 14 ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th");
  return `the ${day}${ending}`;
}

/** "Monday to Friday", "Tuesday and Thursday". */
function daysInWords(days: Schedule["days"]): string {
  const positions = WEEK.flatMap((day, at) => (days.includes(day) ? at : []));
  const [first = 0] = positions;
  const last = positions.at(-1) ?? 0;
  if (positions.length === WEEK.length) return "Every day";
  const names = positions.map((at) => DAY_NAMES[at] ?? "");
  if (positions.length > 2 && last - first === positions.length - 1)
    return `${names[0]} to ${names.at(-1)}`;
  return listed(names);
}

function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
}

function nameOf(day: (typeof WEEK)[number]): string {
  return DAY_NAMES[WEEK.indexOf(day)] ?? "";
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
