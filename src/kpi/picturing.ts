import { barChart, chartSentence, groupedBars, lineChart, MOST_GROUPS } from "./chart.ts";
import { lengthOf, periodInWords, type Period } from "./periods.ts";
import { datesOf, numberInWords, periodOf } from "./printing.ts";
import { targetOf } from "./rules.ts";
import type { Figure, Indicator } from "./schema.ts";
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

/** A card without a chart. */
export function noChart(): Charted {
  return { hasChart: false, chart: [], hasSentence: false, sentence: "" };
}

/** Figures of periods of one length as a line, the oldest first, and what can be said of them. */
export function chartOf(indicator: Indicator, figures: readonly Figure[]): Charted {
  const { name, unit } = indicator;
  const points = pointsOf(indicator, figures);
  if (points.length < 2) return noChart();
  const judged = judgedOf(indicator, figures);
  return charted(lineChart(name, points, unit), chartSentence(points, judged, unit));
}

/** The same as a picture for a paper, with the limits. Undefined where there is nothing to draw. */
export function lineOf(indicator: Indicator, figures: readonly Figure[]) {
  const points = pointsOf(indicator, figures);
  if (points.length < 2) return undefined;
  const { name: title, unit } = indicator;
  const judged = judgedOf(indicator, figures);
  return {
    picture: { title, points, xmr: judged, unit },
    sentence: chartSentence(points, judged, unit),
  };
}

/** What the rules say of figures of periods of one length. Undefined where there are too few. */
export function judgedOf(indicator: Indicator, figures: readonly Figure[]): Xmr | undefined {
  const { polarity, unit } = indicator;
  const last = figures.at(-1);
  const target = last && targetOf(indicator, last)?.value;
  return xmr(pointsOf(indicator, figures), { polarity, unit, target });
}

function pointsOf(indicator: Indicator, figures: readonly Figure[]): Point[] {
  return figures.flatMap((figure) => pointOf(figure, indicator));
}

/**
 * A bar for each area, in groups where earlier periods of the same length are known: up to four,
 * the latest last.
 */
export function districtChart(
  { name, unit }: Indicator,
  series: ReadonlyMap<string, readonly Figure[]>,
  latest: Figure,
): Charted {
  const groups = periodsUpTo(latest, [...series.values()].flat()).map((period) => ({
    legend: periodInWords(period),
    values: [...series].flatMap(([area, figures]) => barOf(area, figures, period)),
  }));
  const bars = groups.at(-1)?.values ?? [];
  if (bars.length < 2) return noChart();
  const values = bars.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) =>
    numberInWords(value, unit),
  );
  const sentence = `The chart has a bar for each of the ${bars.length} areas, from ${low} to ${high}.`;
  return groups.length === 1
    ? charted(barChart(name, bars, unit), sentence)
    : charted(
        groupedBars(name, groups, unit),
        `${sentence} Beside them are the ${groups.length - 1} periods before.`,
      );
}

/** The latest periods as long as a figure's, its own last. */
function periodsUpTo(latest: Figure, all: readonly Figure[]): Period[] {
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

function barOf(area: string, figures: readonly Figure[], { start, end }: Period) {
  const figure = figures.find((each) => each.start === start && each.end === end);
  return figure && isDrawn(figure) ? [{ label: area, value: figure.value ?? 0 }] : [];
}

function charted(chart: object, sentence: string): Charted {
  return { hasChart: true, chart: [chart], hasSentence: true, sentence };
}

function pointOf(figure: Figure, indicator: Indicator): Point[] {
  const period = datesOf(figure);
  if (!period || !isDrawn(figure)) return [];
  return [{ period: period.start, label: periodOf(figure, indicator), value: figure.value ?? 0 }];
}

function isDrawn({ value, qualifier = "", status }: Figure): boolean {
  return value !== undefined && status !== "not available" && !OPEN_ENDED.test(qualifier);
}
