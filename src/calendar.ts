import { Temporal } from "@js-temporal/polyfill";
import { z } from "zod/v4";
import bankHolidays from "../data/bank-holidays.json" with { type: "json" };

/** The council's clock: everything shown or decided by day or hour is in this zone. */
const LONDON = "Europe/London";
const LOOKS_LIKE_DAY = /^\d{4}-\d\d-\d\d$/;
const DayText = z.iso.date();
let worked = { minute: Number.NaN, day: "" };
const holidays = new Set(bankHolidays.dates);
// Written out because formatting through Intl costs a turn more than filling its card.
const WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
export const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** An instant as stored: UTC, ISO 8601. */
export type Instant = Temporal.Instant;
/** A day as stored, `2019-10-10`. */
export type Day = string;
/** A calendar month as stored, `2019-09`. */
export type Month = string;

/** Gives the time of each turn. Nothing else in the product reads the clock. */
export type Clock = () => Instant;

/** The computer's clock, or, for the sample council, a pinned London time that does not move. */
export function createClock(pinned?: string): Clock {
  if (!pinned) return () => Temporal.Now.instant();
  const instant = Temporal.PlainDateTime.from(pinned).toZonedDateTime(LONDON).toInstant();
  return () => instant;
}

/** The day it is in London. Worked out once a minute: a turn asks for it several times. */
export function dayOf(now: Instant): Day {
  const minute = Math.floor(now.epochMilliseconds / 60_000);
  if (minute !== worked.minute)
    worked = { minute, day: now.toZonedDateTimeISO(LONDON).toPlainDate().toString() };
  return worked.day;
}

/** The month of a day, or the month it is in London. */
export function monthOf(when: Instant | Day): Month {
  return (typeof when === "string" ? when : dayOf(when)).slice(0, 7);
}

/** Whether a text is a day that exists, `2019-10-10`. */
export function isDay(text: string): boolean {
  // Every word of a text is asked this, and to refuse one costs fifty times as much as a look at it.
  return LOOKS_LIKE_DAY.test(text) && DayText.safeParse(text).success;
}

/** A month so many months later (or earlier, when negative). */
export function addMonths(month: Month, months: number): Month {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}

/** The same day or month so many years later. */
export function addYears(when: Day, years: number): Day {
  if (when.length === "2019-10".length) return addMonths(when, years * 12);
  return Temporal.PlainDate.from(when).add({ years }).toString();
}

/** So many months, the latest first. */
export function monthsBackFrom(latest: Month, count: number): Month[] {
  return Array.from({ length: count }, (_, back) => addMonths(latest, -back));
}

/** A day so many days later (or earlier, when negative). */
export function addDays(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}

/** Monday to Friday, less the bank holidays of England. */
export function isWorkingDay(day: Day): boolean {
  return weekdayOf(day) <= 5 && !holidays.has(day);
}

/** What office hours are reckoned by: 1 is Monday, and the time is `09:30`. */
export function londonClock(now: Instant) {
  const london = now.toZonedDateTimeISO(LONDON);
  return {
    weekday: london.dayOfWeek,
    time: london.toPlainTime().toString().slice(0, 5),
    isBankHoliday: holidays.has(london.toPlainDate().toString()),
  };
}

/** The working day so many working days before (negative) or after a day, which is not counted. */
export function addWorkingDays(day: Day, count: number): Day {
  const step = Math.sign(count);
  let result = day;
  for (let left = Math.abs(count); left > 0;) {
    result = addDays(result, step);
    if (isWorkingDay(result)) left -= 1;
  }
  return result;
}

/**
 * The last day on which an agenda may be published: five clear working days lie between it and
 * the meeting, neither day counted (Local Government Act 1972, section 100B).
 */
export function latestPublication(meeting: Day): Day | undefined {
  return areHolidaysKnown(meeting) ? addWorkingDays(meeting, -6) : undefined;
}

/** Outside the table of bank holidays nobody knows whether a day is one. */
export function areHolidaysKnown(day: Day): boolean {
  const year = Number(day.slice(0, 4));
  return year >= bankHolidays.from && year <= bankHolidays.until;
}

/** The last day for which the bank holidays are known. */
export const LAST_KNOWN_HOLIDAY: Day = `${bankHolidays.until}-12-31`;

/** When London's clocks change next. Undefined when this computer does not know the zone. */
export function nextClockChange(now: Instant): Instant | undefined {
  try {
    const change = now.toZonedDateTimeISO(LONDON).getTimeZoneTransition("next");
    return change?.toInstant();
  } catch (error) {
    // How Temporal says that Node was built without the zones of the world.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The instant of a time of day (`09:00`) on a day in London. */
export function atTime(day: Day, time: string): Instant {
  const plainTime = Temporal.PlainTime.from(time);
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: LONDON, plainTime }).toInstant();
}

/** A stored instant. */
export function readInstant(text: string): Instant {
  return Temporal.Instant.from(text);
}

/** The day of a time as certificates write it: "Mar 31 12:00:00 2027 GMT". */
export function dayWritten(text: string): Day | undefined {
  const time = new Date(text).getTime();
  return Number.isNaN(time) ? undefined : dayOf(Temporal.Instant.fromEpochMilliseconds(time));
}

/** How many days lie before a day; fewer than none when it is past. */
export function daysUntil(day: Day, today: Day): number {
  return Temporal.PlainDate.from(today).until(Temporal.PlainDate.from(day)).days;
}

/** How long ago a stored instant was. */
export function millisecondsBetween(instant: string, now: Instant): number {
  return now.epochMilliseconds - Temporal.Instant.from(instant).epochMilliseconds;
}

/** "10 October 2019", as GOV.UK writes dates. */
export function longDate(day: Day): string {
  return `${Number(day.slice(8))} ${monthName(day.slice(0, 7))}`;
}

/** "Thursday 10 October 2019". */
export function dateWithWeekday(day: Day): string {
  return `${WEEKDAYS[weekdayOf(day) - 1]} ${longDate(day)}`;
}

/** "September 2019". */
export function monthName(month: Month): string {
  return `${MONTHS[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`;
}

/** "10am", "5:30pm", "midday": the time of day of a stored `10:00`. */
export function timeOfDay(time: string): string {
  const { hour, minute } = Temporal.PlainTime.from(time);
  if (hour === 12 && minute === 0) return "midday";
  const minutes = minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}

/** "9:10am on 25 September 2019", in London, for a stored instant. */
export function timeAndDate(instant: string): string {
  const london = inLondon(instant);
  return `${clockTime(london)} on ${longDate(london.toPlainDate().toString())}`;
}

/** "9:10am", in London, for a stored instant. */
export function timeInLondon(instant: string): string {
  return clockTime(inLondon(instant));
}

function inLondon(instant: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(LONDON);
}

function clockTime(when: Temporal.ZonedDateTime): string {
  return timeOfDay(when.toPlainTime().toString());
}
