import { z } from "zod/v4";
import type { Day } from "../calendar.ts";

/** Whether more or less of it is good. A council that has not said leaves it neutral. */
export const POLARITIES = ["increase is good", "decrease is good", "neutral"] as const;
/** "sensitive people": counts of people after hate, abuse and the like. */
export const DISCLOSURE_CLASSES = ["none", "sensitive people"] as const;

/** A number to reach, and the day from which it counts. */
const Target = z.object({ value: z.number(), from: z.iso.date().optional() });

/** A known change in what is counted, and why it makes the figures before it another matter. */
const Rebase = z.object({ at: z.iso.date(), reason: z.string().min(1) });

/** What an indicator means. Figures are nothing without it. */
export const Indicator = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  priority: z.string().min(1),
  prioritySynonyms: z.array(z.string()).default([]),
  name: z.string().min(1),
  /** What people call it, abbreviations too: "IDVA referrals". */
  synonyms: z.array(z.string()).default([]),
  /** "count", "percent", "GBP", "category", or the council's own: "days". */
  unit: z.string().min(1),
  /** What is counted: "reports", "visits". */
  unitWords: z.string().default(""),
  polarity: z.enum(POLARITIES).default("neutral"),
  targets: z.array(Target).default([]),
  /** How long the periods are that a target is for: "quarter". Empty where the cadence says it. */
  targetPeriod: z.string().default(""),
  cadence: z.string().default(""),
  owner: z.string().default(""),
  source: z.string().default(""),
  disclosure: z.enum(DISCLOSURE_CLASSES).default("none"),
  /** Those of its figures that stand in public papers are quoted as printed. */
  isPublished: z.boolean().default(false),
  /** Whether figures of several periods or areas may be added: not so where people return. */
  addsUp: z.boolean().default(false),
  /** The month in which its year begins: 4, or 8 for an academic year. */
  yearStarts: z.number().int().min(1).max(12).default(4),
  /** Areas that figures come for, in the order in which they are shown. */
  areas: z.array(z.string().min(1)).default([]),
  /** What to say where a figure has no period: "to date". */
  undated: z.string().default(""),
  /** Why areas and periods without a figure have none. A figure that is stored is shown. */
  noData: z.string().default(""),
  /** What the paper says about it. */
  commentary: z.string().default(""),
  /** How it is counted, and what it does not say. */
  explanation: z.string().default(""),
  /** Known changes, each the first day after it, from which the limits of a chart begin anew. */
  rebases: z.array(Rebase).default([]),
  /** Whether 0 is shown where small counts of people are hidden: the county's policy says so. */
  isZeroShown: z.boolean().default(false),
});
export type Indicator = z.infer<typeof Indicator>;

/** Beside "as reported", the states that a reader has to know of. */
export const STATUSES = ["as reported", "provisional", "unverified", "not available"] as const;

/** What a list says of a figure that is not to be seen by everybody yet. */
export const NOT_PUBLISHED = "no";
/** What stands for the source where a list names none. */
export const NO_SOURCE = "Source not given";

/** One figure as it was reported. */
export const Figure = z.object({
  /** Both or neither: some papers print a figure without a period. */
  start: z.iso.date().optional(),
  end: z.iso.date().optional(),
  /** Missing where the figure is a word, or is not available. */
  value: z.number().optional(),
  /** A category: "Severe". */
  word: z.string().optional(),
  /** "over", "approximately", "average", "around". */
  qualifier: z.string().optional(),
  /** As the paper has it, where that is not how the bot writes numbers: "£266k". */
  printed: z.string().optional(),
  status: z.enum(STATUSES).default("as reported"),
  /** A number that the paper prints beside it. */
  baseline: z.number().optional(),
  baselineNote: z.string().optional(),
  source: z.string(),
  /** Whether the value is another one than its source printed, corrected without a new source. */
  isCorrected: z.boolean().optional(),
  note: z.string().optional(),
  /**
   * "yes", or the day of publication. Without it only officers and the chair see the figure. A
   * list says "no" where a figure is not to keep what the one before it was.
   */
  published: z.string().optional(),
  /** What the paper, or the officer, says about this figure and period. */
  commentary: z.string().optional(),
});
export type Figure = z.infer<typeof Figure>;

/** What a list of figures may leave out. `published` is kept where it is missing. */
const MAY_BE_UNSAID = [
  "baseline",
  "baselineNote",
  "source",
  "qualifier",
  "status",
  "note",
  "commentary",
] as const;

/** A figure as a list has it. What the list has no column for stays as it was. */
export const ListedFigure = Figure.extend({ unsaid: z.enum(MAY_BE_UNSAID).array().optional() });
export type ListedFigure = z.infer<typeof ListedFigure>;

/** A figure as stored: a revision is a further one for the same period. */
export const StoredFigure = Figure.extend({
  revision: z.number().int().positive(),
  at: z.iso.datetime(),
  by: z.string(),
});
export type StoredFigure = z.infer<typeof StoredFigure> & {
  /** What of it another revision said, as far as whoever asks may know. It is not stored. */
  readonly revised?: Revised | undefined;
  /** Of a sum: the periods of the figures in it that are revised. */
  readonly revisedParts?: readonly string[];
  /** Whether this bot added it up. It is not stored. */
  readonly isSum?: boolean;
};

/** When a figure took the place of another one, and of which, where that may be said. */
export interface Revised {
  readonly on: Day;
  readonly before?: StoredFigure;
}

/** A line of the finance report, in thousands of pounds. */
export const FinanceLine = z.object({
  order: z.coerce.number().int().positive(),
  line: z.string().min(1),
  kind: z.enum(["line", "total"]),
  synonyms: z.string(),
  month: z.string().regex(/^\d{4}-\d\d$/),
  /** As printed: "-0" is not "0". */
  budget: z.string(),
  actual: z.string(),
  variance: z.string(),
  source: z.string(),
  note: z.string(),
});
export type FinanceLine = z.infer<typeof FinanceLine>;

/** A risk of the register. */
export const Risk = z.object({
  number: z.coerce.number().int().positive(),
  title: z.string().min(1),
  titleInReport: z.string(),
  likelihood: z.coerce.number().int().min(1).max(5),
  consequence: z.coerce.number().int().min(1).max(5),
  residual: z.coerce.number().int(),
  appetite: z.coerce.number().int(),
  detail: z.string(),
  source: z.string(),
});
export type Risk = z.infer<typeof Risk>;

/** What the buttons of a figure's card carry. */
export const FigureChoice = z.object({
  indicator: z.string(),
  area: z.string().default(""),
  start: z.string().default(""),
  end: z.string().default(""),
  before: z.string().default(""),
});
export type FigureChoice = z.infer<typeof FigureChoice>;
