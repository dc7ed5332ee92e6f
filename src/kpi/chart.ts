import { escapeMarkdown } from "../card-template.ts";
import { areaNames } from "./area-names.ts";
import { quarteredAxisFor, topOfBars } from "./axis.ts";
import { amount, isCount, unitName } from "./amount.ts";
import { axisNames, shortNames, span } from "./cadence.ts";
import { FEWEST_POINTS, type Limits, type Point, type Xmr } from "./spc.ts";

/** A bar with its name: a district, a kind of help. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** "about", where the number was rounded. */
  readonly qualifier?: string | undefined;
}

/** Bars of one colour in a chart with several: all districts in one period. */
export interface BarGroup {
  readonly legend: string;
  readonly values: readonly Bar[];
  /** Names whose number is there, but hidden. */
  readonly hidden?: readonly string[];
}

/** A card element that Teams draws itself. Clients that do not know it show the fallback. */
export interface Chart {
  readonly type: "Chart.Line" | "Chart.VerticalBar" | "Chart.VerticalBar.Grouped";
  readonly title: string;
  readonly fallback: Facts;
  readonly [property: string]: unknown;
}

/** The same numbers as words, for clients that draw no charts and for what Teams draws wrong. */
export interface Facts {
  readonly type: "FactSet";
  readonly facts: readonly { readonly title: string; readonly value: string }[];
}

/** The latest points on a line: five years of months. Older ones are in the table. */
const MOST_POINTS = 60;
/** Side by side, more bars than this have no room for their names. */
export const MOST_BARS = 12;
/** More colours than this cannot be told apart, and Teams' own limit is the same. */
export const MOST_GROUPS = 4;
/** Facts in a fallback: on a telephone they are all one sees. */
const MOST_FACTS = 12;
/** Far apart in lightness too. Neither green nor red, which would judge. */
const GROUP_COLOURS = [
  "categoricalBlue",
  "categoricalMarigold",
  "categoricalPurple",
  "categoricalTeal",
];

/** The latest 60 points as a line, without limits: Teams draws no dashes. */
export function lineChart(
  title: string,
  points: readonly Point[],
  unit: string,
  anew: readonly string[] = [],
): Chart {
  const shown = latestPoints(points);
  const labels = shown.map(({ label }) => label);
  const axis = axisNames(labels);
  const { lowest, highest } = quarteredAxisFor(
    shown.map(({ value }) => value),
    unit,
  );
  return {
    type: "Chart.Line",
    title: partOf(title, shown.length, points.length),
    xAxisTitle: [
      span(labels),
      ...anew.filter((label) => labels.includes(label)).map((label) => `new limits from ${label}`),
    ].join(", "),
    yAxisTitle: unitName(unit),
    yMin: lowest,
    yMax: highest,
    color: "categoricalBlue",
    data: [
      {
        legend: title,
        values: shown.map(({ label, value }, at) => ({ x: axis[at] ?? label, y: value })),
      },
    ],
    fallback: facts(shown, unit),
  };
}

/** Up to 12 bars, each with its value. Facts instead where a value is negative. */
export function barChart(title: string, bars: readonly Bar[], unit: string): Chart | Facts {
  const shown = bars.slice(0, MOST_BARS);
  if (hasNegative(shown)) return facts(shown, unit);
  const names = areaNames(shown.map(({ label }) => label));
  return {
    type: "Chart.VerticalBar",
    title: partOf(title, shown.length, bars.length),
    yAxisTitle: unitName(unit),
    yMin: 0,
    yMax: topOfBars(
      shown.map(({ value }) => value),
      unit,
    ),
    // One colour: they are the same thing in several places, and no place is good or bad.
    color: "categoricalBlue",
    showBarValues: true,
    data: shown.map(({ label, value }, at) => ({ x: names[at] ?? label, y: value })),
    fallback: facts(shown, unit),
  };
}

/**
 * The latest four groups of up to 12 bars, side by side under each name. Facts instead where a
 * value is negative.
 */
export function groupedBars(
  title: string,
  groups: readonly BarGroup[],
  unit: string,
): Chart | Facts {
  const shown = groups.slice(-MOST_GROUPS);
  const all = namesIn(shown);
  const names = all.slice(0, MOST_BARS);
  const fallback = groupedFacts(shown, names, unit);
  if (shown.some(({ values }) => hasNegative(values))) return fallback;
  const legends = shown.map(({ legend }) => legend);
  const short = shortNames(legends);
  const areas = areaNames(names);
  const drawn = shown.flatMap((group) => names.flatMap((name) => valueIn(group, name) ?? []));
  return {
    type: "Chart.VerticalBar.Grouped",
    title: partOf(title, names.length, all.length),
    // Short legends may have lost the year that they have in common, or not.
    xAxisTitle: span(legends),
    yAxisTitle: unitName(unit),
    yMin: 0,
    yMax: topOfBars(drawn, unit),
    data: shown.map((group, at) => ({
      legend: short[at] ?? group.legend,
      color: GROUP_COLOURS[at],
      values: names.flatMap((name, which) => {
        const value = valueIn(group, name);
        return value === undefined ? [] : [{ x: areas[which] ?? name, y: value }];
      }),
    })),
    fallback,
  };
}

/**
 * What a line chart shows, for people who do not see it and for everyone under it. Plain text:
 * whoever shows it escapes it.
 */
export function chartSentence(
  points: readonly Point[],
  chart?: Xmr,
  unit = "count",
  withoutLimits = `Limits need at least ${FEWEST_POINTS} figures.`,
): string {
  const shown = latestPoints(points);
  const [first] = shown;
  const last = shown.at(-1);
  if (!first || !last) return "There is no figure to show.";
  const values = shown.map(({ value }) => value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const says = ({ label, value, qualifier }: Point) =>
    `${label} (${said({ value, qualifier }, unit)})`;
  return [
    first === last
      ? `One figure: ${says(first)}.`
      : `${shown.length} figures from ${says(first)} to ${says(last)}.`,
    ...(low === high
      ? []
      : [`Lowest: ${reached(low, shown, unit)}. Highest: ${reached(high, shown, unit)}.`]),
    ...(points.length > shown.length ? [`Earlier figures: ${points.length - shown.length}.`] : []),
    chart
      ? `Mean ${amount(chart.mean, unit)}, limits ${amount(shownLower(chart, points, unit), unit)} to ${amount(chart.upper, unit)}. ${chart.sentence}`
      : withoutLimits,
  ].join(" ");
}

/** The points that a chart has room for, in order of time. */
export function latestPoints<Each extends Point>(points: readonly Each[]): Each[] {
  return points.toSorted((a, b) => (a.period < b.period ? -1 : 1)).slice(-MOST_POINTS);
}

/** The names under a group of bars, each once, in the order in which they come. */
export function namesIn(groups: readonly BarGroup[]): string[] {
  return [...new Set(groups.flatMap(({ values }) => values.map(({ label }) => label)))];
}

export function valueIn({ values }: BarGroup, name: string): number | undefined {
  return values.find(({ label }) => label === name)?.value;
}

/** Fewer than nothing cannot be counted: a lower limit below zero is shown as zero. */
export function shownLower(
  { lower }: Limits,
  points: readonly { readonly value: number }[],
  unit: string,
): number {
  return isCount(unit) && points.every(({ value }) => value >= 0) ? Math.max(0, lower) : lower;
}

/** A title that says so when not everything is shown. */
export function partOf(title: string, shown: number, all: number): string {
  return shown < all ? `${title} (${shown} of ${all} shown)` : title;
}

/** "about 15", "23". */
function said({ value, qualifier }: Pick<Bar, "value" | "qualifier">, unit: string): string {
  return [qualifier, amount(value, unit)].filter(Boolean).join(" ");
}

function reached(value: number, points: readonly Point[], unit: string): string {
  const there = points.filter((point) => point.value === value);
  const when = there.map(({ label }) => label);
  return `${said({ value, qualifier: there[0]?.qualifier }, unit)} (${when.length > 2 ? `${when.length} times` : when.join(" and ")})`;
}

/** Teams draws a bar below zero as if it were zero, and writes 0 on it. */
function hasNegative(bars: readonly Bar[]): boolean {
  return bars.some(({ value }) => value < 0);
}

/** The same numbers where no chart is drawn, the latest ones where there are many. */
function facts(shown: readonly Bar[], unit: string): Facts {
  const latest = shown.slice(-MOST_FACTS).map(({ label, value, qualifier }) => ({
    title: escapeMarkdown(label),
    value: escapeMarkdown(said({ value, qualifier }, unit)),
  }));
  const earlier = shown.length - latest.length;
  const rest =
    earlier > 0 ? [{ title: "Earlier", value: `${earlier} figures, not shown here` }] : [];
  return { type: "FactSet", facts: [...rest, ...latest] };
}

function groupedFacts(groups: readonly BarGroup[], names: readonly string[], unit: string): Facts {
  const says = (group: BarGroup, name: string) => {
    const bar = group.values.find(({ label }) => label === name);
    const without = group.hidden?.includes(name) ? "hidden" : "no figure";
    return `${group.legend}: ${bar ? said(bar, unit) : without}`;
  };
  const hidden = groups.flatMap((group) => group.hidden ?? []);
  return {
    type: "FactSet",
    facts: [...new Set([...names, ...hidden])].map((name) => ({
      title: escapeMarkdown(name),
      value: escapeMarkdown(groups.map((group) => says(group, name)).join(", ")),
    })),
  };
}
