import {
  addMonths,
  longDate,
  millisecondsBetween,
  monthName,
  monthOf,
  MONTHS,
  type Day,
  type Instant,
  type Month,
} from "../calendar.ts";
import { formsOf, type Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import type { Offer } from "./schema.ts";

const MONTHS_IN_A_YEAR = 12;
const LONGEST_NAME = 120;
/** What Windows, OneDrive or a header cannot have in a file's name. */
// oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
const NOT_IN_NAMES = /[\u0000-\u001F\u007F-\u009F"*:<>?/\\|#%~&{}\p{Cf}]/gu;
const MONTH_AND_YEAR = new RegExp(`\\b(${MONTHS.map(start).join("|")})[a-z]*\\s+(\\d{4})\\b`, "gi");
const PERIOD = "annual review August 2018 to July 2019";

/** "8th August 2019": how the committee's own forms write a day. Everywhere else it is "8 August". */
export function printedDate(day: Day): string {
  const [number = "", ...rest] = longDate(day).split(" ");
  return `${number}${ordinal(Number(number))} ${rest.join(" ")}`;
}

/** "Update for Communities & Partnership Committee on 8th August 2019". */
export function dateLine(committee: Committee, meeting: Day): string {
  return `Update for ${formName(committee)} on ${printedDate(meeting)}`;
}

/** The committee's name as its forms print it. */
export function formName(committee: Committee): string {
  return formsOf(committee).committee ?? committee.name;
}

/** First and last month that a text names, or the last year from August to July that is over. */
export function periodIn(typed: string, today: Day): { from: Month; until: Month } {
  const named = [...typed.matchAll(MONTH_AND_YEAR)].map(
    ([, month = "", year = ""]) => `${year}-${numberOf(month)}`,
  );
  if (named.length === 0 && !/\d/.test(typed)) {
    const july = `${today.slice(0, 4)}-07`;
    const until = monthOf(today) > july ? july : addMonths(july, -MONTHS_IN_A_YEAR);
    return { from: addMonths(until, 1 - MONTHS_IN_A_YEAR), until };
  }
  const [from, until] = named;
  if (!from || !until || named.length > 2)
    throw new UserError(`Name the first and the last month, each with its year: ${PERIOD}.`);
  return checkPeriod(from, until);
}

/** A period that a year's review can cover. Throws a UserError. */
export function checkPeriod(from: Month, until: Month): { from: Month; until: Month } {
  if (until < from)
    throw new UserError(
      `${monthName(until)} is before ${monthName(from)}. Name the first month first: ${PERIOD}.`,
    );
  if (until >= addMonths(from, MONTHS_IN_A_YEAR))
    throw new UserError(`Name at most 12 months: ${PERIOD}.`);
  return { from, until };
}

/** The months of a period, the first first. */
export function monthsOf(from: Month, until: Month): Month[] {
  const months: Month[] = [];
  for (let month = from; month <= until; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** A file's name that every system and every header takes. */
export function fileName(title: string, ending: string): string {
  const name = title
    .toWellFormed()
    .replaceAll(NOT_IN_NAMES, " ")
    .replaceAll(/\s+/g, " ")
    .slice(0, LONGEST_NAME)
    .toWellFormed()
    .replaceAll(/^[. ]+|[. ]+$/g, "");
  return `${name || "Paper"}.${ending}`;
}

/** Whether the time to fetch a file is over. */
export function isOver({ until }: Offer, now: Instant): boolean {
  return millisecondsBetween(until, now) >= 0;
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

function start(month: string): string {
  return month.slice(0, 3);
}

function numberOf(month: string): string {
  const at = MONTHS.findIndex((each) => start(each).toLowerCase() === start(month).toLowerCase());
  return String(at + 1).padStart(2, "0");
}
