import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import { commentaryOf, commentaryTitle } from "./commentary.ts";
import { isHidden } from "./disclosure.ts";
import { lengthOf, periodInWords, type Period } from "./periods.ts";
import { datesOf, figureInWords, periodOf } from "./printing.ts";
import {
  comparisonWith,
  comparisonsOf,
  directionInWords,
  hasComparableBaseline,
  sumOver,
  wholeOf,
  type Comparison,
} from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { statusInWords } from "./status.ts";
import { againstTarget, targetOf } from "./targets.ts";
import { hadNotEnded } from "./unfinished.ts";

/** A figure beside that of another period, or why there is nothing to put beside it. */
interface Pair {
  readonly figure: StoredFigure;
  readonly before?: StoredFigure | undefined;
  readonly comparison?: Comparison | undefined;
  readonly why: string;
}

/** The figure of another period as printed, or the sum of its parts. */
function pairOf(
  figure: StoredFigure,
  series: readonly StoredFigure[],
  indicator: Indicator,
  wanted: Period | undefined,
): Pair {
  const period = datesOf(figure);
  if (!period || !wanted) return { figure, why: "The paper gives no period" };
  const words = periodInWords(wanted);
  const before =
    series.find(({ start, end }) => start === wanted.start && end === wanted.end) ??
    sumOver(wanted, series, indicator);
  if (!before) {
    const there = besideIt(wanted, series);
    const why = `No figure for ${words} is stored that you can see here${there}`;
    return {
      figure,
      why: [why, againstBaseline(figure, series, indicator)].filter(Boolean).join(". "),
    };
  }
  if (lengthOf(period) !== lengthOf(wanted)) {
    const lengths = `${lengthOf(period)} beside ${lengthOf(wanted)}`;
    return { figure, before, why: `${lengths}: no difference is worked out` };
  }
  const comparison = comparisonWith(figure, before, words);
  return { figure, before, comparison, why: comparison ? "" : whyUnlike(figure, before) };
}

/** What there is instead: figures of another length that share days with it. */
function besideIt(wanted: Period, series: readonly StoredFigure[]): string {
  const unlike = series.flatMap((figure) => {
    const dates = datesOf(figure);
    return dates && dates.start <= wanted.end && dates.end >= wanted.start ? [dates] : [];
  });
  const [first] = unlike;
  if (!first) return "";
  return unlike.length === 1
    ? `. There is one for ${periodInWords(first)} (${lengthOf(first)}, not ${lengthOf(wanted)})`
    : `. There are ${unlike.length} that share days with it, but none for just that time`;
}

/** What the paper itself prints to compare it with. Empty where that is not like for like. */
function againstBaseline(
  figure: StoredFigure,
  series: readonly StoredFigure[],
  indicator: Indicator,
): string {
  const printed = hasComparableBaseline(figure)
    ? comparisonsOf(figure, series, indicator).at(-1)
    : undefined;
  return printed ? directionInWords(figure, printed, indicator) : "";
}

function whyUnlike(figure: StoredFigure, before: StoredFigure): string {
  const both = [figure, before];
  if (both.some(isHidden)) return "A number is hidden";
  const missing = both.find(({ status }) => status === "not available");
  if (missing) return `No data: ${missing.note ?? "no reason is given"}`;
  if (both.some(hadNotEnded))
    return "A period had not ended when its number was stored, so no difference is worked out";
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
  /** The period to stand beside it. Undefined where the figure has none. */
  readonly other: Period | undefined;
  readonly isYearBefore: boolean;
  readonly remark: string;
  /** What stands around the period where it is not the one asked for. */
  readonly lead?: string;
  readonly partOf?: string;
}

/** One period beside another one, area by area, like for like only. */
export function twoPeriodsCard(
  { indicator, rows, shown, other, isYearBefore, remark, lead = "", partOf = "" }: Beside,
  turn: Turn,
): Card {
  const period = periodOf(shown, indicator);
  const pairs = rows.map(({ area, figure, series }) => ({
    area,
    pair: figure && pairOf(figure, series, indicator, other),
  }));
  const sources = pairs.flatMap(({ pair }) => [pair?.figure.source, pair?.before?.source]);
  const [only] = pairs.length === 1 ? pairs : [];
  const about = { area: only?.area ?? "", whole: wholeOf(indicator, turn.committee) };
  const facts = [
    [commentaryTitle(shown, indicator), commentaryOf(shown, indicator)],
    [
      "Target",
      only?.pair && targetOf(indicator, shown) ? againstTarget(indicator, shown, about) : "",
    ],
    ["Source", [...new Set(sources.filter(Boolean))].join("; ")],
  ];
  return fill("kpi/beside", {
    name: indicator.name,
    how: isYearBefore ? "beside a year before" : "two periods side by side",
    period: `${lead}${period}${partOf}${other ? ` beside ${periodInWords(other)}` : ""}`,
    ...{ remark, hasRemark: remark !== "" },
    rows: pairs.map(({ area, pair }) => ({
      area,
      now: pair ? lineOf(pair.figure, indicator, turn) : `${period}: No data`,
      before: pair?.before ? lineOf(pair.before, indicator, turn) : "",
      hasBefore: pair?.before !== undefined,
      change: pair
        ? changeOf(pair, indicator)
        : `No figure of this area is stored for ${period} that you can see here`,
    })),
    facts: facts.filter(([, value]) => value).map(([title, value]) => ({ title, value })),
    choice: {
      ...{ indicator: indicator.id, area: rows.length === 1 ? rows[0]?.area : "" },
      ...{ start: shown.start ?? "", end: shown.end ?? "" },
    },
  });
}

function lineOf(figure: StoredFigure, indicator: Indicator, turn: Turn): string {
  const status = statusInWords(figure, indicator, turn);
  return `${periodOf(figure, indicator)}: ${figureInWords(figure, indicator)}. ${status}`;
}

function changeOf({ figure, comparison, why }: Pair, indicator: Indicator): string {
  return comparison ? directionInWords(figure, comparison, indicator) : why;
}
