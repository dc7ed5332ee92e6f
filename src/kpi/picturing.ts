import { barChart, chartSentence, lineChart } from "./chart.ts";
import { datesOf, numberInWords, periodOf } from "./printing.ts";
import { targetOf } from "./rules.ts";
import type { Figure, Indicator } from "./schema.ts";
import { xmr, type Point } from "./spc.ts";

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
  const { name, polarity, unit } = indicator;
  const points = figures.flatMap((figure) => pointOf(figure, indicator));
  const last = figures.at(-1);
  if (points.length < 2 || !last) return noChart();
  const target = targetOf(indicator, last)?.value;
  const judged = xmr(points, { polarity, unit, ...(target === undefined ? {} : { target }) });
  return charted(lineChart(name, points, unit), chartSentence(points, judged, unit));
}

/** One period, a bar for each area. */
export function districtChart(
  { name, unit }: Indicator,
  figures: readonly { readonly area: string; readonly figure: Figure | undefined }[],
): Charted {
  const bars = figures.flatMap(({ area, figure }) =>
    figure && isDrawn(figure) ? [{ label: area, value: figure.value ?? 0 }] : [],
  );
  if (bars.length < 2) return noChart();
  const values = bars.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) =>
    numberInWords(value, unit),
  );
  return charted(
    barChart(name, bars, unit),
    `The chart has a bar for each of the ${bars.length} areas, from ${low} to ${high}.`,
  );
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
