import type { Learned } from "../src/signposting/danger-learned.ts";

/** One sentence, ready to be learned: what it is, what it is weighed by, and how much it counts. */
export interface Example {
  readonly danger: boolean;
  readonly features: readonly string[];
  readonly counts: number;
}

/** A feature that fewer examples have tells nothing. */
const FEWEST = 3;
/** Logistic regression by stochastic descent: passes, first step, and how much weights cost. */
const PASSES = 12;
const STEP = 0.4;
const RIDGE = 0.01;
/** A weight of less is left out, and the others are learned again without it. */
const SMALLEST = 0.4;
const HUNDREDTHS = 100;

/** Learns weights for features: the same examples give the same weights on every machine. */
export function learnDanger(examples: readonly Example[]): Learned {
  const counts = new Map<string, number>();
  for (const { features } of examples)
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const known = [...counts].filter(([, count]) => count >= FEWEST).map(([feature]) => feature);
  const first = descend(examples, known);
  const telling = known.filter((_, at) => Math.abs(first.weights[at] ?? 0) >= SMALLEST);
  const { beginning, weights } = descend(examples, telling);
  return {
    beginning: rounded(beginning),
    weights: Object.fromEntries(
      telling.map((feature, at) => [feature, rounded(weights[at])] as const).toSorted(byName),
    ),
  };
}

function rounded(weight = 0): number {
  return Math.round(weight * HUNDREDTHS);
}

function descend(examples: readonly Example[], known: readonly string[]) {
  const numbers = new Map(known.map((feature, at) => [feature, at]));
  const lessons = examples.map(({ danger, features, counts }) => ({
    target: Number(danger),
    counts,
    features: features.flatMap((feature) => numbers.get(feature) ?? []),
  }));
  const weights = new Float64Array(known.length);
  const moved = new Float64Array(known.length).fill(0.01);
  const seen = new Int32Array(known.length);
  const cost = RIDGE / lessons.length;
  let [beginning, beginningMoved, time] = [-1, 0.01, 0];
  for (let pass = 0; pass < PASSES; pass += 1)
    for (const { target, counts, features } of inMixedOrder(lessons, pass)) {
      time += 1;
      const share = 1 / Math.sqrt(features.length || 1);
      const sum = features.reduce((total, at) => total + (weights[at] ?? 0) * share, beginning);
      const error = (1 / (1 + Math.exp(-sum)) - target) * counts;
      for (const at of features) {
        const weight = weights[at] ?? 0;
        const idle = Math.min(time - (seen[at] ?? 0), lessons.length);
        const slope = error * share + cost * weight * idle;
        seen[at] = time;
        moved[at] = (moved[at] ?? 0) + slope * slope;
        weights[at] = weight - (STEP * slope) / Math.sqrt(moved[at] ?? 1);
      }
      beginningMoved += error * error;
      beginning -= (0.3 * STEP * error) / Math.sqrt(beginningMoved);
    }
  return { beginning, weights };
}

/** Another order in each pass, the same on every machine (a linear congruential generator). */
function inMixedOrder<T>(lessons: readonly T[], pass: number): T[] {
  let random = pass + 1;
  return lessons
    .map((lesson) => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return { lesson, random };
    })
    .toSorted((a, b) => a.random - b.random)
    .map(({ lesson }) => lesson);
}

function byName(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] < b[0] ? -1 : 1;
}
