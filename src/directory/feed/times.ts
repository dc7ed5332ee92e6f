import { z } from "zod/v4";
import { WEEK, type Schedule } from "../schema.ts";

/** One time of a feed's schedule, field by field as it came. */
interface TimesOfFeed {
  readonly freq?: string | undefined;
  readonly interval?: number | undefined;
  readonly byday?: readonly DayOfRule[] | undefined;
  readonly weekday?: readonly DayOfRule[] | undefined;
  readonly bymonthday?: number[] | undefined;
  readonly valid_from?: string | undefined;
  readonly valid_to?: string | undefined;
  readonly until?: string | undefined;
  readonly opens_at?: string | undefined;
  readonly closes_at?: string | undefined;
  readonly description?: string | undefined;
}

/** "TH", or "1TH" for the first one of a month and "-1TH" for its last. */
interface DayOfRule {
  readonly nth?: number | undefined;
  readonly day: (typeof WEEK)[number];
}

const DAY_OF_RULE = /^(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)$/;
/** What no service of ours repeats itself by, so that it cannot be said. */
export const UNSAID: readonly string[] = ["bysetpos", "byweekno", "byyearday", "bymonth", "count"];

const asList = z.union([
  z.string().transform((text) => text.split(",")),
  z.number().transform((number) => [String(number)]),
  z.array(z.union([z.string(), z.number().transform(String)])),
]);

/** "TH,FR", "1TH,3TH", "Thursday" or a list of these. */
export const DaysOfRule = asList
  .transform((days) => days.map(shortDay))
  .pipe(z.array(z.string().regex(DAY_OF_RULE)))
  .transform((days) => days.flatMap((text) => ruleOf(text) ?? []));

/** "+1 Thursday" as "1TH". */
function shortDay(text: string): string {
  const [, nth = "", day = ""] =
    /^\+?(-?\d*)\s*([A-Z]{2})[A-Z]*$/.exec(text.trim().toUpperCase()) ?? [];
  return nth + day;
}

function ruleOf(text: string): DayOfRule | undefined {
  const [, nth, name] = DAY_OF_RULE.exec(text) ?? [];
  const day = WEEK.find((each) => each === name);
  return day && { nth: nth ? Number(nth) : undefined, day };
}

/** "3", "1,15", or "-1" for the last day of a month. */
export const DaysOfMonth = asList
  .transform((days) => days.map((day) => (day.trim() === "" ? Number.NaN : Number(day))))
  .pipe(
    z.array(
      z
        .int()
        .min(-1)
        .max(31)
        .refine((day) => day !== 0),
    ),
  );

/** The schedule that the times mean; undefined when they mean what cannot be said truly. */
export function scheduleFrom(times: TimesOfFeed): Schedule | undefined {
  const { freq, interval = 1, bymonthday: monthDays = [], opens_at, closes_at } = times;
  const byDay = times.byday ?? times.weekday ?? [];
  const days = [...new Set(byDay.map(({ day }) => day))];
  const nths = byDay.filter(({ nth }) => nth !== undefined);
  const repeats = interval >= 1 ? repeating() : undefined;
  if (!repeats) return undefined;
  return defined({
    ...{ days, ...repeats, every: interval > 1 ? interval : undefined },
    ...{ opensAt: opens_at, closesAt: closes_at, description: times.description },
    ...{ validFrom: times.valid_from, validTo: times.valid_to ?? times.until },
  });

  function repeating(): Partial<Schedule> | undefined {
    if (nths.length > 0) {
      const isMonthly = (!freq || freq === "MONTHLY") && nths.length === byDay.length;
      const ofMonth = nths.map(({ nth = 1, day }) => ({ nth, day }));
      return isMonthly && monthDays.length === 0 ? { ofMonth } : undefined;
    }
    if (monthDays.length > 0)
      return (!freq || freq === "MONTHLY") && days.length === 0 ? { monthDays } : undefined;
    if (freq === "DAILY") return interval > 1 && days.length > 0 ? undefined : { isDaily: true };
    // "Monthly on a Thursday" does not say on which, and a week's rule needs its days.
    if (freq === "MONTHLY" || (freq && freq !== "WEEKLY")) return undefined;
    return interval > 1 && days.length === 0 ? undefined : {};
  }
}

/** The same without what is undefined: a schedule leaves out what is not known. */
function defined(whole: Schedule): Schedule {
  // Only properties that may be left out are undefined here.
  return Object.fromEntries(
    Object.entries(whole).filter(([, value]) => value !== undefined),
  ) as Schedule;
}
