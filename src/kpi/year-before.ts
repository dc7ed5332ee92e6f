import { fill, type Card } from "../card-template.ts";
import { dayOf } from "../calendar.ts";
import type { Turn } from "../feature.ts";
import { isHidden } from "./disclosure.ts";
import { lengthOf, periodInWords, yearEarlier } from "./periods.ts";
import { datesOf, figureInWords, periodOf, statusInWords } from "./printing.ts";
import {
  commentaryOf,
  comparisonWith,
  directionInWords,
  isPublished,
  sumOver,
  type Comparison,
} from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";

/** "with last year", "to the same quarter a year ago". Said after compare, it is no period. */
const SAID =
  /\b(?:with|to|and|against|versus|vs\.?)\s+(?:the\s+)?(?:same\s+(?:period|quarter|month|time|figure)\s+(?:of\s+|in\s+)?)?(?:the\s+)?(?:last year|previous year|year before|a year (?:ago|before|earlier))\b/i;
const COMPARES = /\bcompar(?:e|ed|ing|ison)\b/i;

/** A question without the words that ask for the year before. Undefined where it has none. */
export function withoutYearBefore(typed: string): string | undefined {
  return COMPARES.test(typed) && SAID.test(typed) ? typed.replace(SAID, " ") : undefined;
}

/** A figure beside that of a year before, or why there is nothing to put beside it. */
interface Pair {
  readonly figure: StoredFigure;
  readonly before?: StoredFigure | undefined;
  readonly comparison?: Comparison | undefined;
  readonly why: string;
}

/** The same period a year before: the figure as printed, or the sum of its parts. */
function pairOf(figure: StoredFigure, series: readonly StoredFigure[], indicator: Indicator): Pair {
  const period = datesOf(figure);
  if (!period) return { figure, why: "The paper gives no period" };
  const wanted = yearEarlier(period);
  const words = periodInWords(wanted);
  const before =
    series.find(({ start, end }) => start === wanted.start && end === wanted.end) ??
    sumOver(wanted, series, indicator);
  if (!before) {
    const other = series.find(
      ({ start = "9", end = "" }) => start <= wanted.end && end >= wanted.start,
    );
    const unlike = other && datesOf(other);
    const there = unlike
      ? `. There is one for ${periodInWords(unlike)} (${lengthOf(unlike)}, not ${lengthOf(wanted)})`
      : "";
    return { figure, why: `No figure for ${words} is stored that you can see here${there}` };
  }
  const comparison = comparisonWith(figure, before, words);
  return { figure, before, comparison, why: comparison ? "" : whyUnlike(figure, before) };
}

function whyUnlike(figure: StoredFigure, before: StoredFigure): string {
  const both = [figure, before];
  if (both.some(isHidden)) return "A number is hidden";
  const missing = both.find(({ status }) => status === "not available");
  if (missing) return `No data: ${missing.note ?? "no reason is given"}`;
  return both.some(({ qualifier }) => qualifier)
    ? "A number is not exact, so no difference is worked out"
    : "These are words, not numbers";
}

interface Beside {
  readonly indicator: Indicator;
  /** The figure of each area for one period, and the series that it stands in. */
  readonly rows: readonly {
    readonly area: string;
    readonly figure: StoredFigure | undefined;
    readonly series: readonly StoredFigure[];
  }[];
  /** The figure that says which period the card is about. */
  readonly shown: StoredFigure;
  readonly remark: string;
  /** What stands around the period where it is not the one asked for. */
  readonly lead?: string;
  readonly partOf?: string;
}

/** One period beside the same period a year before, area by area, like for like only. */
export function yearBeforeCard(
  { indicator, rows, shown, remark, lead = "", partOf = "" }: Beside,
  turn: Turn,
): Card {
  const period = periodOf(shown, indicator);
  const pairs = rows.map(({ area, figure, series }) => ({
    area,
    pair: figure && pairOf(figure, series, indicator),
  }));
  const sources = pairs.flatMap(({ pair }) => [pair?.figure.source, pair?.before?.source]);
  const facts = [
    ["Commentary", commentaryOf(shown, indicator)],
    ["Source", [...new Set(sources.filter(Boolean))].join("; ")],
  ];
  return fill("kpi/year", {
    ...{ name: indicator.name, period: `${lead}${period}${partOf}` },
    ...{ remark, hasRemark: remark !== "" },
    rows: pairs.map(({ area, pair }) => ({
      area,
      now: pair ? lineOf(pair.figure, indicator, turn) : `${period}: No data`,
      before: pair?.before ? lineOf(pair.before, indicator, turn) : "",
      hasBefore: pair?.before !== undefined,
      change: pair ? changeOf(pair, indicator) : "No figure of this area is stored",
    })),
    facts: facts.filter(([, value]) => value).map(([title, value]) => ({ title, value })),
    choice: {
      ...{ indicator: indicator.id, area: rows.length === 1 ? rows[0]?.area : "" },
      ...{ start: shown.start ?? "", end: shown.end ?? "" },
    },
  });
}

function lineOf(figure: StoredFigure, indicator: Indicator, { now }: Turn): string {
  const status = statusInWords(figure, isPublished(figure, dayOf(now)));
  return `${periodOf(figure, indicator)}: ${figureInWords(figure, indicator)}. ${status}`;
}

function changeOf({ figure, comparison, why }: Pair, indicator: Indicator): string {
  return comparison ? directionInWords(figure, comparison, indicator) : why;
}
