import { z } from "zod/v4";
import type { Day } from "./calendar.ts";

const Slug = z.string().regex(/^[a-z0-9-]+$/);
const DayText = z.iso.date();

/** One district of the county, as the committee names it. */
export const District = z.object({
  id: Slug,
  name: z.string().min(1),
  /** What people call it: "Hunts", "the city". */
  aliases: z.array(z.string()).default([]),
});
export type District = z.infer<typeof District>;

/** A list of priorities as the committee adopted it. Lists change, so they carry dates. */
const PriorityList = z.object({
  inForceFrom: DayText,
  source: z.string(),
  priorities: z.array(z.object({ id: Slug, name: z.string().min(1) })),
});

/**
 * How the committee's own papers are headed. What is left out is headed plainly, or left out of the
 * paper.
 */
const Forms = z.object({
  /** The committee's name as its forms print it. */
  committee: z.string().optional(),
  /** The heading of a champion's update, and of a champion's report of the year. */
  update: z.string().default("Community Champion update"),
  annualReport: z.string().default("Community Champion annual report"),
  /** What every report of the council says something about. */
  corporatePriorities: z.array(z.string()).default([]),
  implications: z
    .array(z.object({ name: z.string(), clearance: z.string().optional() }))
    .default([]),
});

const MonthText = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** What a champion's report of a year says that was printed already: facts, not its words. */
const AnnualReport = z.object({
  district: Slug,
  champion: z.string().min(1),
  from: MonthText,
  until: MonthText,
  /** As the report prints it: "13th August 2019". */
  datePrinted: z.string().min(1),
  /** Where it is printed. */
  source: z.string().min(1),
  /** Its own headings, and how many entries stand under each. */
  headings: z.array(z.object({ name: z.string().min(1), entries: z.int().positive() })),
  /** Its figures and results, a line each. */
  figures: z.array(z.string().min(1)),
});
export type AnnualReport = z.infer<typeof AnnualReport>;

/** A file of printed reports. */
export const AnnualReportsFile = z.object({ reports: z.array(AnnualReport) });

/** A committee that this council runs the bot for. Nothing about it is in code. */
export const Committee = z.object({
  id: Slug,
  name: z.string().min(1),
  /** What people call it: "C&P". */
  aliases: z.array(z.string()).default([]),
  districts: z.array(District).min(1),
  priorityLists: z.array(PriorityList),
  forms: Forms.optional(),
  annualReports: z.array(AnnualReport).optional(),
});
export type Committee = z.infer<typeof Committee>;

/** How the committee's papers are headed: plainly, where it does not say. */
export function formsOf({ forms }: Committee): z.infer<typeof Forms> {
  return forms ?? Forms.parse({});
}

/** The priorities in force on a day: those of the newest list that had begun. */
export function prioritiesOn(day: Day, { priorityLists }: Committee) {
  const begun = priorityLists.filter(({ inForceFrom }) => inForceFrom <= day);
  const newest = begun.toSorted((a, b) => a.inForceFrom.localeCompare(b.inForceFrom)).at(-1);
  return newest?.priorities ?? [];
}

/** The district with this id. A card can carry any text, so absence is an ordinary answer. */
export function districtWithId(id: string, { districts }: Committee): District | undefined {
  return districts.find((district) => district.id === id);
}
