import { isDay, longDate } from "../calendar.ts";
import { amount } from "./amount.ts";
import { missingAfter } from "./cadence.ts";
import type { Signal } from "./special-cause.ts";
import type { Phase, Point, Xmr, XmrOptions } from "./spc.ts";

/** Findings in one sentence; the chart marks the rest. */
const MOST_FINDINGS = 3;

/** What the chart shows, in short sentences, without guessing at causes. */
export function sentenceFor(chart: Omit<Xmr, "sentence">, options: XmrOptions): string {
  const { phases, waiting, isTrial, points } = chart;
  const last = phases.at(-1);
  return [
    ...(last ? findings(last, options.unit) : []),
    ...latest(chart, options),
    ...(isTrial ? ["The limits are trial limits, because they rest on fewer than 12 points."] : []),
    ...(last?.reason
      ? [`The limits are new from ${last.points[0]?.label}: ${endless(last.reason)}.`]
      : []),
    ...waiting.map(
      ({ at, reason }) =>
        `The change from ${labelOf(at, points)} has too few points for limits of its own: ${endless(reason)}.`,
    ),
    ...gaps(points),
    target(chart, options.unit),
  ].join(" ");
}

function findings({ points, signals, upper, lower }: Phase, unit?: string): string[] {
  const first = points[0];
  if (first && upper === lower) return [`Every value is ${amount(first.value, unit)}.`];
  if (signals.length === 0)
    return [
      `The changes are within usual variation: the ${points.length} points show no special cause.`,
    ];
  const byTime = signals.toSorted((a, b) => (a.marked.at(-1) ?? 0) - (b.marked.at(-1) ?? 0));
  const earlier = byTime.length - MOST_FINDINGS;
  return [
    ...byTime.slice(-MOST_FINDINGS).map((signal) => finding(signal, points, unit)),
    ...(earlier > 0 ? [`Earlier special causes: ${earlier}.`] : []),
  ];
}

function finding({ rule, direction, marked }: Signal, points: readonly Point[], unit?: string) {
  const shown = marked.flatMap((at) => points[at] ?? []);
  const [first] = shown;
  const isHigh = direction === "high";
  if (rule === "outside a limit")
    return `${first?.label} (${amount(first?.value ?? 0, unit)}) is ${isHigh ? "above the upper" : "below the lower"} limit.`;
  const what = {
    trend: `points in a row ${isHigh ? "rise" : "fall"}`,
    "near a limit": `points close together are near the ${isHigh ? "upper" : "lower"} limit`,
    shift: `points in a row are ${isHigh ? "above" : "below"} the mean`,
  }[rule];
  return `${shown.length} ${what}: the first is ${first?.label}, the last ${shown.at(-1)?.label}.`;
}

/** Which way is better is said only where the indicator says so. */
function latest({ variation, points }: Omit<Xmr, "sentence">, { polarity }: XmrOptions): string[] {
  if (variation === "common cause" || polarity === "neutral") return [];
  const word = variation.startsWith("improvement") ? "an improvement" : "a concern";
  return [`The latest point, ${points.at(-1)?.label}, is marked as ${word}: ${polarity} here.`];
}

function target({ target, assurance }: Omit<Xmr, "sentence">, unit?: string): string {
  if (target === undefined) return "No target is set.";
  const named = `The target of ${amount(target, unit)}`;
  switch (assurance) {
    case "pass":
      return `${named} is outside the limits: expect it to be met unless something changes.`;
    case "fail":
      return `${named} is outside the limits: expect it to be missed unless something changes.`;
    case "inconsistent":
      return `${named} is within the limits: usual variation can meet it or miss it.`;
    default:
      return `${named} is not judged: neither direction is said to be better.`;
  }
}

function gaps(points: readonly Point[]): string[] {
  const after = missingAfter(points);
  const [first] = after;
  if (!first) return [];
  return after.length === 1
    ? [`Figures are missing after ${first.label}.`]
    : [`Figures are missing in ${after.length} places, the first after ${first.label}.`];
}

/** A reason as it goes into a sentence, which brings its own full stop. */
function endless(reason: string): string {
  return reason.trim().replace(/\.+$/, "");
}

function labelOf(at: string, points: readonly Point[]): string {
  return points.find(({ period }) => period >= at)?.label ?? (isDay(at) ? longDate(at) : at);
}
