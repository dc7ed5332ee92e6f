import { signalsIn, type Signal } from "./special-cause.ts";
import { sentenceFor } from "./spc-sentence.ts";

/** A figure of one period. `period` sorts as text and begins with the year: `2019-07`. */
export interface Point {
  readonly period: string;
  /** As people read it: "July 2019". */
  readonly label: string;
  readonly value: number;
  /** "about", where the number was rounded. */
  readonly qualifier?: string | undefined;
}

/** Which way is better. Most indicators of concern to a committee are neutral. */
export type Polarity = "increase is good" | "decrease is good" | "neutral";

/** A known change after which the process is another one. `at` is the first period after it. */
interface Rebase {
  readonly at: string;
  readonly reason: string;
}

export interface XmrOptions {
  readonly polarity: Polarity;
  readonly target?: number | undefined;
  readonly rebases?: readonly Rebase[] | undefined;
  /** For the words only: "percent" makes "95%" of 95. */
  readonly unit?: string | undefined;
}

/** Where usual variation ends. Limits may lie below zero: only a picture of counts cuts them. */
export interface Limits {
  readonly mean: number;
  readonly upper: number;
  readonly lower: number;
  readonly nearUpper: number;
  readonly nearLower: number;
}

type Sense = "improvement" | "concern" | "neutral";

export interface JudgedPoint extends Point {
  /** The first rule, in their order, that marks the point. Without it: common cause. */
  readonly cause?: Signal["rule"];
  readonly direction?: Signal["direction"];
  readonly sense?: Sense;
}

/** Points that are judged together: all of them, or those between two known changes. */
export interface Phase extends Limits {
  readonly points: readonly JudgedPoint[];
  readonly signals: readonly Signal[];
  /** Why it begins where it does. The first has none. */
  readonly reason?: string | undefined;
  readonly isTrial: boolean;
}

/** A chart of individual values and moving ranges. The limits are those of the latest phase. */
export interface Xmr extends Limits {
  readonly points: readonly JudgedPoint[];
  readonly phases: readonly Phase[];
  /** Known changes with too few points on one side: the limits before them go on. */
  readonly waiting: readonly Rebase[];
  readonly isTrial: boolean;
  readonly target?: number | undefined;
  /** What the latest point says. */
  readonly variation: "common cause" | `${Sense}, ${Signal["direction"]}`;
  /** Whether the target can be relied on. */
  readonly assurance: "no target" | "not judged" | "pass" | "fail" | "inconsistent";
  /** What can be said, and no more. Plain text: whoever shows it escapes it. */
  readonly sentence: string;
}

/** Nobody supports limits on fewer points. */
export const FEWEST_POINTS = 5;
/** With fewer points than this the limits are on trial. */
const FEWEST_FOR_FIRM_LIMITS = 12;

/** The distance of the limits from the mean, in average moving ranges. */
const LIMIT = 2.66;
const NEAR_LIMIT = (2 / 3) * LIMIT;
/** Added decimal fractions differ from their sum in the last digits; that is no variation. */
const ROUNDING = 1e-12;

/**
 * An XmR chart as NHS Making Data Count draws it: limits at mean ± 2.66 × average moving range,
 * moving ranges not screened. Undefined for fewer than five points. Throws for a value that is no
 * number, a period given twice, or a known change without its reason.
 */
export function xmr(points: readonly Point[], options: XmrOptions): Xmr | undefined {
  const { polarity, target, rebases = [] } = options;
  const sorted = inOrder(points);
  if (sorted.length < FEWEST_POINTS) return undefined;
  const { taken, waiting } = settle(rebases, sorted);
  const phases = [undefined, ...taken].map((rebase, at) => {
    const until = taken[at]?.at;
    const own = sorted.filter(
      ({ period }) =>
        (rebase === undefined || period >= rebase.at) && (until === undefined || period < until),
    );
    return phaseOf(own, polarity, rebase?.reason);
  });
  const last = phases.at(-1);
  if (!last) return undefined;
  const { mean, upper, lower, nearUpper, nearLower, isTrial } = last;
  const judged = {
    ...{ mean, upper, lower, nearUpper, nearLower, isTrial, target, phases, waiting },
    points: phases.flatMap(({ points }) => points),
    variation: variationOf(last),
    assurance: assuranceOf(last, polarity, target),
  };
  return { ...judged, sentence: sentenceFor(judged, options) };
}

function inOrder(points: readonly Point[]): Point[] {
  const sorted = points.toSorted((a, b) => (a.period < b.period ? -1 : 1));
  for (const [at, { period, label, value }] of sorted.entries()) {
    if (!Number.isFinite(value)) throw new RangeError(`${label} has no number`);
    if (period === sorted[at + 1]?.period) throw new RangeError(`${label} is there twice`);
  }
  return sorted;
}

/** A change counts once there are enough points on both sides of it for limits of their own. */
function settle(rebases: readonly Rebase[], points: readonly Point[]) {
  const taken: Rebase[] = [];
  const waiting: Rebase[] = [];
  let begin = 0;
  for (const rebase of rebases.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    if (!rebase.reason.trim()) throw new RangeError(`The change at ${rebase.at} has no reason`);
    const before = points.filter(({ period }) => period < rebase.at).length;
    const isEnough = before - begin >= FEWEST_POINTS && points.length - before >= FEWEST_POINTS;
    if (isEnough) begin = before;
    (isEnough ? taken : waiting).push(rebase);
  }
  return { taken, waiting };
}

function phaseOf(points: readonly Point[], polarity: Polarity, reason?: string): Phase {
  const values = points.map(({ value }) => value);
  const limits = limitsOf(values);
  const signals = signalsIn(values, limits, ROUNDING * Math.max(...values.map(Math.abs)));
  const judged = points.map((point, at): JudgedPoint => {
    const signal = signals.find(({ marked }) => marked.includes(at));
    if (!signal) return point;
    const { rule, direction } = signal;
    return { ...point, cause: rule, direction, sense: senseOf(direction, polarity) };
  });
  const isTrial = points.length < FEWEST_FOR_FIRM_LIMITS;
  return { ...limits, points: judged, signals, reason, isTrial };
}

function limitsOf(values: readonly number[]): Limits {
  const mean = averageOf(values);
  const range = averageOf(values.slice(1).map((value, at) => Math.abs(value - (values[at] ?? 0))));
  return {
    mean,
    upper: mean + LIMIT * range,
    lower: mean - LIMIT * range,
    nearUpper: mean + NEAR_LIMIT * range,
    nearLower: mean - NEAR_LIMIT * range,
  };
}

/** Counted from the first value, so that equal fractions have exactly themselves as their mean. */
function averageOf(values: readonly number[]): number {
  const [first = 0] = values;
  let sum = 0;
  for (const value of values) sum += value - first;
  return first + sum / values.length;
}

function senseOf(direction: Signal["direction"], polarity: Polarity): Sense {
  if (polarity === "neutral") return "neutral";
  return (polarity === "increase is good") === (direction === "high") ? "improvement" : "concern";
}

function variationOf({ points }: Phase): Xmr["variation"] {
  const { sense, direction } = points.at(-1) ?? {};
  return sense && direction ? `${sense}, ${direction}` : "common cause";
}

function assuranceOf(
  { upper, lower }: Limits,
  polarity: Polarity,
  target: number | undefined,
): Xmr["assurance"] {
  if (target === undefined) return "no target";
  if (polarity === "neutral") return "not judged";
  // Where nothing varies, a target that is the value itself is met every time.
  if (upper === lower && target === upper) return "pass";
  if (target > upper) return polarity === "increase is good" ? "fail" : "pass";
  if (target < lower) return polarity === "increase is good" ? "pass" : "fail";
  return "inconsistent";
}
