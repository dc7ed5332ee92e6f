import { addDays, dayOf, type Day, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import { holds, type Person, type PlaceKind } from "../feature.ts";
import { lengthOf, periodBefore, periodInWords, yearEarlier, type Period } from "./periods.ts";
import { datesOf, numberInWords } from "./printing.ts";
import { NO_SOURCE, type Figure, type Indicator, type StoredFigure } from "./schema.ts";
import { hadNotEnded } from "./unfinished.ts";

/** Stands between the sources of a sum. */
export const SOURCES = "; ";
const ONE_DAY = /^\d{1,2} [A-Za-z]+ \d{4}$/;

/** A figure beside one that it can be compared with. */
export interface Comparison {
  /** "May 2019", "the previous 12 month average per quarter". */
  readonly what: string;
  readonly value: number;
  /** Whether this bot added it up, and no paper prints it. */
  readonly isSum: boolean;
  /** Whether it, or a part of it, is another one than was printed first. */
  readonly isRevised?: boolean;
}

/** Everybody sees what is published. What is not yet is for officers, the chair and administrators, in a personal chat. */
export function isSeen(
  figure: Figure,
  { person, place, now }: { person: Person; place: { kind: PlaceKind }; now: Instant },
): boolean {
  if (isPublished(figure, dayOf(now))) return true;
  const isTheirs = (["officer", "chair", "administrator"] as const).some((role) =>
    holds(person, role),
  );
  return isTheirs && place.kind === "personal";
}

/** Whether a figure is in public papers on a day. */
export function isPublished({ published }: Figure, today: Day): boolean {
  return published === "yes" || (published !== undefined && published <= today);
}

/** Whether numbers of an indicator are about people in a sensitive area. */
export function isSensitive({ disclosure, unit }: Indicator): boolean {
  return disclosure === "sensitive people" && unit !== "category";
}

/**
 * Whether a figure is quoted as printed. Of a sensitive indicator that is one which a public paper
 * prints: the indicator is marked so, and the figure is published, has a source, and has not been
 * corrected since.
 */
export function isQuoted(figure: Figure, indicator: Indicator, today: Day): boolean {
  if (!isSensitive(indicator)) return true;
  const isInPaper = figure.source !== NO_SOURCE && !figure.isCorrected;
  return indicator.isPublished && isInPaper && isPublished(figure, today);
}

/** Whether a figure, or one that it is added up from, is another one than was printed first. */
export function isRevised({ revised, revisedParts = [] }: StoredFigure): boolean {
  return revised !== undefined || revisedParts.length > 0;
}

/** Whether two figures say something of the same time. One without a period is beside its like. */
export function isAtSameTime(one: Figure, other: Figure): boolean {
  const [a, b] = [datesOf(one), datesOf(other)];
  return a && b ? a.start <= b.end && b.start <= a.end : !a && !b;
}

/** Whether an area is one of the committee's districts. Peterborough is not. */
export function isDistrict(area: string, { districts }: Pick<Committee, "districts">): boolean {
  return districts.some(({ name }) => name === area);
}

/** The area that the districts make up: the indicator's first, where that is no district. */
export function wholeOf({ areas: [first] }: Indicator, about: Pick<Committee, "districts">) {
  return first !== undefined && !isDistrict(first, about) ? first : undefined;
}

/**
 * What a figure may be compared with: the period before and the same period a year earlier, both
 * as long as its own, and a baseline whose basis is the same length. A baseline that does not say
 * what it covers is no comparison.
 */
export function comparisonsOf(
  figure: StoredFigure,
  series: readonly StoredFigure[],
  indicator: Indicator,
): Comparison[] {
  const period = datesOf(figure);
  if (!period || !isExact(figure)) return [];
  const [before, year] = [periodBefore(period), yearEarlier(period)];
  // Of a whole year both are the same.
  const all = before.start === year.start && before.end === year.end ? [before] : [before, year];
  const found = all.flatMap((wanted) => {
    const other = series.find((each) => isFor(each, wanted)) ?? sumOver(wanted, series, indicator);
    return (other && comparisonWith(figure, other, periodInWords(wanted))) ?? [];
  });
  return hasComparableBaseline(figure)
    ? [
        ...found,
        { what: `the ${figure.baselineNote ?? ""}`, value: figure.baseline ?? 0, isSum: false },
      ]
    : found;
}

/** A figure beside another one that can be reckoned with. Undefined where one of them cannot. */
export function comparisonWith(
  figure: StoredFigure,
  other: StoredFigure,
  what: string,
): Comparison | undefined {
  if (!isExact(figure) || !isExact(other)) return undefined;
  const isSum = "parts" in other;
  return { what, value: other.value ?? 0, isSum, isRevised: isRevised(other) };
}

/** A baseline is comparable when its note says that it is per a period as long as the figure's. */
export function hasComparableBaseline(figure: Figure): boolean {
  const period = datesOf(figure);
  const per = /\bper (month|quarter|year)\b/i.exec(figure.baselineNote ?? "")?.[1]?.toLowerCase();
  if (figure.baseline === undefined || !period || !per) return false;
  return lengthOf(period) === { month: "1 month", quarter: "3 months", year: "12 months" }[per];
}

/** "12 more than in May 2019 (17)": which way it went, in words. Neither way is called good here. */
export function directionInWords(
  figure: Figure,
  { what, value, isSum, isRevised }: Comparison,
  { unit }: Indicator,
): string {
  const difference = Number(((figure.value ?? 0) - value).toFixed(6));
  const than = what.startsWith("the ") ? what : `${ONE_DAY.test(what) ? "on" : "in"} ${what}`;
  const revised = isRevised ? (isSum ? ", with a revised figure in it" : ", revised") : "";
  const before = `${numberInWords(value, unit)}${revised})${isSum ? ", added up by this bot" : ""}`;
  if (difference === 0) return `The same as ${than} (${before}`;
  const amount =
    unit === "percent"
      ? `${numberInWords(Math.abs(difference), "count")} percentage point${Math.abs(difference) === 1 ? "" : "s"}`
      : numberInWords(Math.abs(difference), unit);
  const less = unit.startsWith("count") ? "fewer" : "less";
  return `${amount} ${difference > 0 ? "more" : less} than ${than} (${before}`;
}

/**
 * Figures that make up a period without a gap or an overlap, added up: of all such runs the finest,
 * so that a quarter that stands beside its months is not added to some of them. Undefined where
 * there is none, or where the indicator's figures may not be added.
 */
export function sumOver(
  period: Period,
  figures: readonly StoredFigure[],
  { addsUp }: Indicator,
): (StoredFigure & { readonly parts: readonly StoredFigure[] }) | undefined {
  const parts = addsUp ? finestRun(period, figures) : undefined;
  if (!parts) return undefined;
  const [first] = parts;
  if (!first || parts.length === 1) return undefined;
  // The sum is no firmer than its weakest part, and no more public.
  const weakest = parts.find(({ status }) => status !== "as reported") ?? first;
  const { status } = weakest;
  const { by } = first;
  const at =
    parts
      .map((part) => part.at)
      .toSorted()
      .at(-1) ?? first.at;
  const source = [...new Set(parts.map((part) => part.source))].join(SOURCES);
  const days = parts.map(({ published }) => published ?? "");
  // A word sorts after every day: "yes" last, so that of several days the last one counts.
  const published = days.toSorted().findLast((day) => day !== "yes") ?? "yes";
  const about = {
    ...{ source, at, by, status, revision: 1, ...(published ? { published } : {}) },
    ...(parts.some(({ isCorrected }) => isCorrected) ? { isCorrected: true } : {}),
    revisedParts: parts.flatMap((part) => {
      const dates = part.revised && datesOf(part);
      return dates ? [periodInWords(dates)] : [];
    }),
  };
  return { ...about, ...period, value: total(parts), isSum: true, parts };
}

/** The most figures that stand one behind another from the first day to the last. */
function finestRun(
  { start, end }: Period,
  figures: readonly StoredFigure[],
): readonly StoredFigure[] | undefined {
  const inside = figures
    .filter((each) => datesOf(each) && isExact(each) && (each.end ?? "") <= end)
    .toSorted((a, b) => (b.start ?? "").localeCompare(a.start ?? ""));
  const runs = new Map<Day, readonly StoredFigure[]>([[addDays(end, 1), []]]);
  for (const figure of inside) {
    const behind = runs.get(addDays(figure.end ?? "", 1));
    const known = runs.get(figure.start ?? "")?.length ?? 0;
    if (behind && behind.length + 1 > known) runs.set(figure.start ?? "", [figure, ...behind]);
  }
  return runs.get(start);
}

/**
 * Where a figure of a longer period, and those that make it up, do not say the same. Empty where
 * they agree, or where nothing can be put beside anything.
 */
export function disagreement(
  period: Period,
  figures: readonly StoredFigure[],
  indicator: Indicator,
): string {
  const longer = figures.filter(
    ({ start = "", end = "" }) => start >= period.start && end !== "" && end <= period.end,
  );
  return longer
    .flatMap((figure) => {
      const dates = datesOf(figure);
      const sum = dates && isExact(figure) ? sumOver(dates, figures, indicator) : undefined;
      if (!dates || !sum || sum.value === figure.value) return [];
      const [whole, parts] = [figure.value, sum.value].map((value) =>
        numberInWords(value, indicator.unit),
      );
      return `The figure for ${periodInWords(dates)} is ${whole}, but the ${sum.parts.length} figures inside it make ${parts}.`;
    })
    .join(" ");
}

/** The sum of the districts' figures, where each has an exact one. */
export function sumOfDistricts(
  figures: readonly (StoredFigure | undefined)[],
  { addsUp }: Indicator,
): number | undefined {
  const known = figures.filter((figure) => figure !== undefined);
  if (!addsUp || known.length < figures.length || !known.every(isExact)) return undefined;
  return total(known);
}

function total(figures: readonly Figure[]): number {
  let sum = 0;
  for (const { value = 0 } of figures) sum += value;
  return sum;
}

/** "over 500", a word, and a period that had not ended cannot be reckoned with. */
function isExact(figure: StoredFigure): boolean {
  const { value, qualifier, status } = figure;
  const isNumber = value !== undefined && !qualifier && status !== "not available";
  return isNumber && !hadNotEnded(figure);
}

function isFor(figure: Figure, { start, end }: Period): boolean {
  return figure.start === start && figure.end === end;
}
