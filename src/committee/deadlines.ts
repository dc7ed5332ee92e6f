import {
  addDays,
  addWorkingDays,
  dateWithWeekday,
  isWorkingDay,
  latestPublication,
  longDate,
  weekdayOf,
  type Day,
} from "../calendar.ts";
import type { Meeting } from "./schema.ts";

const WEDNESDAY = 3;
const FRIDAY = 5;

/** The dates that lead up to a meeting. */
export type Deadlines = Pick<Meeting, "draftDeadline" | "publication">;

/**
 * As the committee's agenda plan has them: published on the Wednesday of the week before, drafts on
 * the Friday before that. Earlier where bank holidays would leave less than five clear days. A
 * workshop publishes nothing.
 */
export function proposedDeadlines({ date, kind }: Pick<Meeting, "date" | "kind">): Deadlines {
  if (kind === "workshop") return {};
  const pattern = addDays(date, WEDNESDAY - weekdayOf(date) - 7);
  const lawful = latestPublication(date) ?? pattern;
  const publication = lawful < pattern ? lawful : pattern;
  const daysSinceFriday = (weekdayOf(publication) - FRIDAY + 7) % 7 || 7;
  const friday = addDays(publication, -daysSinceFriday);
  // A bank holiday is no day to hand in a draft: the working day before it.
  return { publication, draftDeadline: addWorkingDays(addDays(friday, 1), -1) };
}

/** The days that a meeting still to come would have needed, and that are over. */
export function passedDeadlines(
  { date, kind, draftDeadline, publication }: Meeting,
  today: Day,
): string[] {
  if (kind === "workshop" || date < today) return [];
  const passed = (day: Day | undefined, name: string) =>
    day && day < today ? [`The ${name}, ${longDate(day)}, has passed.`] : [];
  return [
    ...passed(draftDeadline, "draft deadline"),
    ...passed(publication, "publication of the agenda"),
  ];
}

/**
 * What is wrong with the dates of a plan, in words. It is said and never refused: an urgent item
 * can have its lawful reason (Local Government Act 1972, section 100B).
 */
export function deadlineWarnings({ date, kind, draftDeadline, publication }: Meeting): string[] {
  const warnings = isWorkingDay(date) ? [] : [`${dateWithWeekday(date)} is no working day.`];
  if (kind === "workshop") return warnings;
  const latest = latestPublication(date);
  if (!latest)
    warnings.push(
      `The bank holidays of ${date.slice(0, 4)} are not known here. Count the five clear days yourself.`,
    );
  if (publication && latest && publication > latest)
    warnings.push(
      `Publication on ${longDate(publication)} leaves less than five clear days. The last day the law allows is ${longDate(latest)}.`,
    );
  if (publication && draftDeadline && draftDeadline > publication)
    warnings.push(
      `The draft deadline, ${longDate(draftDeadline)}, is after publication on ${longDate(publication)}.`,
    );
  return warnings;
}
