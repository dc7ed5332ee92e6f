import { isHidden } from "./disclosure.ts";
import { yearName } from "./parts-of-years.ts";
import { lengthOf, periodInWords, type Period } from "./periods.ts";
import { datesOf } from "./printing.ts";
import { disagreement, sumOver } from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { periodKey } from "./store.ts";
import { hadNotEnded, unfinishedInWords } from "./unfinished.ts";

/** What a series says about a question. */
export interface Answered {
  readonly figure: StoredFigure;
  /** Stands before the figure where it is from another period than was asked for, else empty. */
  readonly lead: string;
  /** Stands behind its period where it is only a part of what was asked for: ", part of 2019/20". */
  readonly partOf: string;
  /** What else to know where the figure is not quite what was asked for. */
  readonly remark: string;
  /** A figure as long as those of its chart and table: one of the parts of a sum. */
  readonly like: StoredFigure;
}

const NO_OTHER = "No other part of it has a figure that you can see here.";
const AS_ASKED = { lead: "", partOf: "", remark: "" };

/**
 * The figure that answers for a period, or the latest where none is asked for. Undefined where there
 * is none. A period of which only a part has figures is answered with that part under its own name,
 * never under the name of the whole; figures are added up only where they may be and where nothing
 * is missing between them. A figure that covers exactly what is asked is shown as it is; else the
 * finest run without an overlap is added. Where figures of both lengths do not agree, that is said. A period without figures gets the nearest one, which says first that it
 * is another.
 */
export function answerFrom(
  series: readonly StoredFigure[],
  indicator: Indicator,
  period: Period | undefined,
): Answered | undefined {
  const answered = foundIn(series, indicator, period);
  const shown = answered && datesOf(answered.figure);
  const odd = shown ? disagreement(shown, series, indicator) : "";
  return answered && odd
    ? { ...answered, remark: [answered.remark, odd].filter(Boolean).join(" ") }
    : answered;
}

function foundIn(
  series: readonly StoredFigure[],
  indicator: Indicator,
  period: Period | undefined,
): Answered | undefined {
  const latest = series.findLast(datesOf) ?? series.at(-1);
  if (!latest) return undefined;
  if (!period) return { ...AS_ASKED, figure: latest, like: latest };
  const exact = series.find(({ start, end }) => start === period.start && end === period.end);
  if (exact) return { ...AS_ASKED, figure: exact, like: exact };
  const sum = sumOver(period, series, indicator);
  if (sum) {
    const { parts, ...figure } = sum;
    return { ...AS_ASKED, figure, like: parts.at(-1) ?? figure, remark: addedUp(parts.length) };
  }
  return partIn(series, indicator, period) ?? nearest(series, latest, period);
}

/** The latest figures inside the period that stand next to each other, added up where they may be. */
function partIn(
  series: readonly StoredFigure[],
  indicator: Indicator,
  period: Period,
): Answered | undefined {
  const inside = series.filter(
    ({ start, end }) => start && end && start >= period.start && end <= period.end,
  );
  const numbers = inside.filter(({ value }) => value !== undefined);
  const last = numbers.findLast((each) => !hadNotEnded(each)) ?? numbers.at(-1) ?? inside.at(-1);
  if (!last) return undefined;
  const partOf = `, part of ${yearName(period) ?? periodInWords(period)}`;
  const open = hadNotEnded(last) ? "" : unfinishedInWords(inside, "Left out");
  const asked = `You asked for ${periodInWords(period)}.${open}`;
  const stretches = inside.flatMap(({ start = "" }) => {
    const sum = sumOver({ start, end: last.end ?? "" }, inside, indicator);
    return sum ? [sum] : [];
  });
  // The earliest that reaches the last one is the longest.
  const [longest] = stretches;
  if (longest) {
    const { parts, ...figure } = longest;
    const isMore = inside.some(({ start = "" }) => start < (figure.start ?? ""));
    const others = isMore
      ? " The other figures in it do not stand next to these, so they are not added."
      : open
        ? ""
        : ` ${NO_OTHER}`;
    const remark = `${asked}${others} ${addedUp(parts.length)}`;
    return { ...{ figure, partOf, remark, lead: "" }, like: parts.at(-1) ?? figure };
  }
  const count = countOf(inside);
  const hidden = countOf(inside.filter((each) => isHidden(each)));
  const latest =
    hidden > 0
      ? `This is one of ${count} figures in it. Hidden: ${hidden}.`
      : `This is the latest of ${count} figures in it.`;
  const those =
    open || count > 1 ? (count > 1 ? `${latest} They are not added up.` : "") : NO_OTHER;
  return { ...{ figure: last, like: last, partOf, lead: "" }, remark: `${asked} ${those}` };
}

/** A figure of a longer period that holds the one asked for, one that shares days, or the latest. */
function nearest(series: readonly StoredFigure[], latest: StoredFigure, period: Period): Answered {
  const dated = series.flatMap((figure) => {
    const own = datesOf(figure);
    return own ? [{ figure, own }] : [];
  });
  const around = dated
    .filter(({ own }) => own.start <= period.start && own.end >= period.end)
    .toSorted((a, b) => daysOf(a.own) - daysOf(b.own))[0]?.figure;
  const beside = dated.findLast(
    ({ own }) => own.start <= period.end && own.end >= period.start,
  )?.figure;
  const figure = around ?? beside ?? latest;
  const asked = periodInWords(period);
  const what = around
    ? `No figure for ${asked} alone. There is one that holds it:`
    : `No figure for ${asked}. The ${beside ? "nearest" : "latest"}:`;
  const isShort = lengthOf(period).includes("day") && dated.length > 0;
  const shortest = Math.min(...dated.map(({ own }) => daysOf(own)));
  const remark = isShort && daysOf(period) < shortest ? "No figure covers so short a time." : "";
  return { figure, like: figure, lead: `${what} `, partOf: "", remark };
}

/** Several areas have a figure for the same period: that is one. */
function countOf(figures: readonly StoredFigure[]): number {
  return new Set(figures.map(periodKey)).size;
}

function addedUp(count: number): string {
  return `Added up by this bot from ${count} figures. The paper does not print this total.`;
}

function daysOf({ start, end }: Period): number {
  return (Date.parse(end) - Date.parse(start)) / 86_400_000 + 1;
}
