import {
  besideInWords,
  endsInWords,
  hiddenInWords,
  openInWords,
  withoutInWords,
} from "./bars-said.ts";
import {
  barChart,
  chartSentence,
  groupedBars,
  lineChart,
  MOST_GROUPS,
  valueIn,
  type Bar,
  type BarGroup,
} from "./chart.ts";
import { inOrderOf, withHidden, withUnfinished, withWords } from "./fallback-words.ts";
import { isHidden } from "./disclosure.ts";
import { lengthOf, periodInWords, type Period } from "./periods.ts";
import { datesOf, numberInWords, periodOf } from "./printing.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { fittingTarget, targetOf } from "./targets.ts";
import { hadNotEnded, unfinishedInWords } from "./unfinished.ts";
import { xmr, type Point, type Xmr } from "./spc.ts";

/** What a card's chart is filled with: elements, and the sentence below them. */
interface Charted {
  readonly hasChart: boolean;
  readonly chart: readonly object[];
  readonly hasSentence: boolean;
  readonly sentence: string;
}

/** Where an end is open there is no point to draw. */
const OPEN_ENDED = /over|under|more|fewer|less|at least/;

const NO_FIGURE = "no figure";
const NOT_DRAWN = "Not drawn";

/** A card without a chart. */
export function noChart(): Charted {
  return { hasChart: false, chart: [], hasSentence: false, sentence: "" };
}

/** Figures of periods of one length as a line, the oldest first, and what can be said of them. */
export function chartOf(
  indicator: Indicator,
  figures: readonly StoredFigure[],
  { isPast = false } = {},
): Charted {
  const { name, unit } = indicator;
  const points = pointsOf(indicator, figures);
  if (points.length < 2) return noChart();
  const hidden = figures.filter(isHidden).map((figure) => periodOf(figure, indicator));
  const anew = judgedOf(indicator, figures)?.phases.flatMap(({ reason, points: [first] }) =>
    reason && first ? [first.label] : [],
  );
  const inOrder = figures.map((figure) => periodOf(figure, indicator));
  const sentence = sentenceOf(indicator, figures, points);
  return charted(
    inOrderOf(
      inOrder,
      withUnfinished(
        withHidden(lineChart(name, points, unit, anew), hidden),
        figures.filter((figure) => hadNotEnded(figure) && isNumber(figure)),
        indicator,
      ),
    ),
    `${isPast ? inThePast(sentence) : sentence}${hiddenInWords(hidden.length)}${unfinishedInWords(figures, NOT_DRAWN)}`,
  );
}

/** Of earlier periods nothing is to be expected any more. */
function inThePast(sentence: string): string {
  return sentence
    .replace(
      / is outside the limits: expect it to be (met|missed) unless something changes\./,
      " was outside the limits of these earlier periods. It was likely to be $1.",
    )
    .replace(
      / is within the limits: usual variation can meet it or miss it\./,
      " was within the limits of these earlier periods. Usual variation could meet it or miss it.",
    )
    .replace(
      /The latest point, (.+?), is marked as/,
      "The last of these points, $1, was marked as",
    );
}

/** What can be said of a line. Of rounded numbers, with some left out, no rule says anything. */
function sentenceOf(
  indicator: Indicator,
  figures: readonly StoredFigure[],
  points: readonly Point[],
) {
  const isRounded = points.some(({ qualifier }) => qualifier === "about");
  const last = figures.at(-1);
  const sentence = chartSentence(
    points,
    judgedOf(indicator, figures),
    indicator.unit,
    isRounded ? "No limits are worked out from rounded numbers." : undefined,
  );
  return last && targetOf(indicator, last)
    ? sentence.replace("No target is set.", "The target is not for these figures.")
    : sentence;
}

/** The same as a picture for a paper, with the limits. Undefined where there is nothing to draw. */
export function lineOf(
  indicator: Indicator,
  figures: readonly StoredFigure[],
  { isPast = false } = {},
) {
  const points = pointsOf(indicator, figures);
  if (points.length < 2) return undefined;
  const { name: title, unit } = indicator;
  const judged = judgedOf(indicator, figures);
  const hidden = figures.filter(isHidden).length;
  const sentence = sentenceOf(indicator, figures, points);
  return {
    picture: { title, points, xmr: judged, unit },
    sentence: `${isPast ? inThePast(sentence) : sentence}${hiddenInWords(hidden)}${unfinishedInWords(figures, NOT_DRAWN)}`,
  };
}

/** What the rules say of figures of periods of one length. Undefined where there are too few. */
export function judgedOf(indicator: Indicator, figures: readonly StoredFigure[]): Xmr | undefined {
  const { polarity, unit, rebases } = indicator;
  const last = figures.findLast((figure) => !hadNotEnded(figure));
  const target = last && fittingTarget(indicator, last);
  const points = pointsOf(indicator, figures);
  if (points.some(({ qualifier }) => qualifier === "about")) return undefined;
  // What changed before the first point changes nothing among them.
  const known = rebases.filter(({ at }) => at > (points[0]?.period ?? ""));
  return xmr(points, { polarity, unit, target, rebases: known });
}

function pointsOf(indicator: Indicator, figures: readonly StoredFigure[]): Point[] {
  return figures.flatMap((figure) => pointOf(figure, indicator));
}

/**
 * A bar for each area, in groups where earlier periods of the same length are known: up to four,
 * the latest last. `all` has the groups with a bar missing too. Undefined where there is nothing
 * to draw. `apart` are the areas that are no districts: they are named by themselves.
 */
function barsOf(
  { unit }: Indicator,
  series: ReadonlyMap<string, readonly StoredFigure[]>,
  latest: StoredFigure,
  apart: readonly string[],
) {
  const all = periodsUpTo(latest, [...series.values()].flat()).map((period) => ({
    legend: periodInWords(period),
    values: [...series].flatMap(([area, figures]) => barOf(area, figures, period)),
    hidden: [...series].flatMap(([area, figures]) =>
      figures.some((each) => isFor(each, period) && isHidden(each)) ? [area] : [],
    ),
  }));
  const { values: bars = [], hidden = [] } = all.at(-1) ?? {};
  if (bars.length < 2) return undefined;
  const groups = completeOnes(all, bars);
  const open = [...series].flatMap(([area, figures]) =>
    figures.some(
      (each) => hadNotEnded(each) && each.start === latest.start && each.end === latest.end,
    )
      ? [area]
      : [],
  );
  const without = [...series.keys()].filter(
    (area) => ![...hidden, ...open].includes(area) && !bars.some(({ label }) => label === area),
  );
  const isEvery = hidden.length + without.length + open.length === 0;
  const sentence = `The chart has a bar for each of ${isEvery ? "the " : ""}${bars.length} areas. ${endsInWords(bars, apart, unit)}${hiddenInWords(hidden.length)}${withoutInWords(without)}${openInWords(open)}${besideInWords(groups, all)}`;
  return { all, groups, bars, hidden, without, sentence };
}

/** The bars as a picture for a paper, with the words for whoever cannot see it. */
export function districtBars(
  indicator: Indicator,
  series: ReadonlyMap<string, readonly StoredFigure[]>,
  latest: StoredFigure,
  apart: readonly string[],
) {
  const { name: title, unit } = indicator;
  const drawn = barsOf(indicator, series, latest, apart);
  if (!drawn) return undefined;
  const { groups, bars, sentence } = drawn;
  const values = bars.map(
    ({ label, value, qualifier }) =>
      `${label} ${qualifier ? `${qualifier} ` : ""}${numberInWords(value, unit)}`,
  );
  const description = `Bar chart of ${title}, ${groups.at(-1)?.legend}. ${values.join("; ")}. ${sentence}`;
  return { picture: { title, groups, unit }, sentence, description };
}

/** The same for a card, as Teams draws it. */
export function districtChart(
  indicator: Indicator,
  series: ReadonlyMap<string, readonly StoredFigure[]>,
  latest: StoredFigure,
  apart: readonly string[] = [],
): Charted {
  const { name, unit } = indicator;
  const found = barsOf(indicator, series, latest, apart);
  if (!found) return noChart();
  const { all, groups, bars, hidden, without, sentence } = found;
  const drawn = groups.length === 1 ? barChart(name, bars, unit) : groupedBars(name, groups, unit);
  const told = all.length === 1 ? drawn : groupedBars(name, all, unit);
  const chart =
    drawn.type === "FactSet"
      ? told
      : { ...drawn, fallback: told.type === "FactSet" ? told : told.fallback };
  const inOrder = [...series.keys()];
  return charted(
    inOrderOf(inOrder, withWords(withHidden(chart, hidden), without, NO_FIGURE)),
    sentence,
  );
}

/**
 * The groups that have every bar of the latest one, and no other: where a bar is missing or hidden,
 * a screen reader in Teams says that it is 0.
 */
function completeOnes<Each extends BarGroup>(all: readonly Each[], bars: readonly Bar[]): Each[] {
  const labels = bars.map(({ label }) => label);
  return all
    .filter((group) => labels.every((label) => valueIn(group, label) !== undefined))
    .map((group) => ({
      ...group,
      values: group.values.filter(({ label }) => labels.includes(label)),
    }));
}

/** The latest periods as long as a figure's, its own last. */
function periodsUpTo(latest: StoredFigure, all: readonly StoredFigure[]): Period[] {
  const own = datesOf(latest);
  if (!own) return [];
  const periods = new Map<string, Period>();
  for (const figure of all) {
    const period = datesOf(figure);
    if (period && period.end <= own.end && lengthOf(period) === lengthOf(own))
      periods.set(period.start, period);
  }
  return [...periods.values()]
    .toSorted((a, b) => a.start.localeCompare(b.start))
    .slice(-MOST_GROUPS);
}

function barOf(area: string, figures: readonly StoredFigure[], { start, end }: Period) {
  const figure = figures.find((each) => isFor(each, { start, end }));
  if (!figure || !isDrawn(figure)) return [];
  return [{ label: area, value: figure.value ?? 0, qualifier: figure.qualifier }];
}

function isFor(figure: StoredFigure, { start, end }: Period): boolean {
  return figure.start === start && figure.end === end;
}

function charted(chart: object, sentence: string): Charted {
  return { hasChart: true, chart: [chart], hasSentence: true, sentence };
}

function pointOf(figure: StoredFigure, indicator: Indicator): Point[] {
  const period = datesOf(figure);
  if (!period || !isDrawn(figure)) return [];
  return [
    {
      period: period.start,
      label: periodOf(figure, indicator),
      value: figure.value ?? 0,
      qualifier: figure.qualifier,
    },
  ];
}

/** A part of a period beside whole ones would be no point of the line, and the lowest bar. */
function isDrawn(figure: StoredFigure): boolean {
  return isNumber(figure) && !hadNotEnded(figure);
}

function isNumber({ value, qualifier = "", status }: StoredFigure): boolean {
  return value !== undefined && status !== "not available" && !OPEN_ENDED.test(qualifier);
}
