import { featuresOf } from "./features.ts";

/** A way to say something, as signs: words, and `{district}` and so on where something is named. */
export interface Example {
  readonly label: string;
  readonly signs: readonly string[];
}

/** What was learned: for each feature how much it tells, and how it weighs for each label. */
export interface Learned {
  readonly labels: readonly string[];
  readonly features: readonly string[];
  readonly rarity: Float32Array;
  /** Feature by feature, one weight for each label, in units of the scale. */
  readonly weights: Float32Array | Int8Array;
  readonly scale: number;
}

/** What an example says, ready to be learned: which label, and which features by their number. */
interface Lesson {
  readonly target: number;
  readonly features: readonly number[];
}

/** Passes over the examples, and how far each one moves the weights. Found on the tuning part. */
const PASSES = 12;
const STEP = 5;
/** So much of an example is left out each time, so that nothing is learned from one word alone. */
const LEFT_OUT = 0.65;
/** What fewer examples have is chance, and may be a name. */
const FEWEST = 2;
/** Letters tell less than the words that they make. */
const LESS_TELLING = 0.5;
/** A weight that would hardly move stays as it is: that is most of them, and most of the time. */
const SMALLEST_ERROR = 0.002;

/**
 * Learns which features go with which label: multinomial logistic regression over features weighed
 * by how rare they are. It takes seconds, so it is done when the examples change and not at start.
 */
export function learn(examples: readonly Example[]): Learned {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const numbers = numbered(examples.map(({ signs }) => signs));
  const lessons: Lesson[] = examples.map(({ label, signs }) => ({
    target: labels.indexOf(label),
    features: featuresOf(signs).flatMap((feature) => numbers.get(feature) ?? []),
  }));
  const rarity = raritiesOf(
    lessons.map(({ features }) => features),
    [...numbers.keys()],
  );
  const weights = new Float32Array(numbers.size * labels.length);
  const learned = { labels, features: [...numbers.keys()], rarity, weights, scale: 1 };
  const random = sameEachTime();
  for (let pass = 0; pass < PASSES; pass += 1)
    for (const lesson of inMixedOrder(lessons, random)) {
      const features = lesson.features.filter(() => random() > LEFT_OUT);
      learnFrom({ ...lesson, features }, learned, STEP / (1 + pass / 5));
    }
  return learned;
}

/** How likely each label is for a text with these features, all together 1. */
export function chancesOf(
  features: readonly number[],
  { labels, rarity, weights, scale }: Learned,
): Float64Array {
  const sums = new Float64Array(labels.length);
  const share = scale * shareOf(features, rarity);
  for (const feature of features) {
    const weight = share * (rarity[feature] ?? 0);
    const start = feature * labels.length;
    for (let label = 0; label < labels.length; label += 1)
      sums[label] = (sums[label] ?? 0) + weight * (weights[start + label] ?? 0);
  }
  const most = Math.max(...sums);
  let total = 0;
  for (let label = 0; label < labels.length; label += 1) {
    const raised = Math.exp((sums[label] ?? 0) - most);
    sums[label] = raised;
    total += raised;
  }
  return sums.map((raised) => raised / total);
}

function learnFrom({ target, features }: Lesson, learned: Learned, step: number): void {
  const { labels, rarity, weights } = learned;
  const chances = chancesOf(features, learned);
  const share = step * shareOf(features, rarity);
  for (let label = 0; label < labels.length; label += 1) {
    const error = (label === target ? 1 : 0) - (chances[label] ?? 0);
    if (Math.abs(error) < SMALLEST_ERROR) continue;
    for (const feature of features) {
      const at = feature * labels.length + label;
      weights[at] = (weights[at] ?? 0) + share * error * (rarity[feature] ?? 0);
    }
  }
}

/** Long texts weigh no more than short ones. */
function shareOf(features: readonly number[], rarity: Float32Array): number {
  return 1 / Math.hypot(...features.map((feature) => rarity[feature] ?? 0));
}

/** Gives each feature a number. */
function numbered(all: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const signs of all)
    for (const feature of featuresOf(signs)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const numbers = new Map<string, number>();
  for (const [feature, count] of counts) if (count >= FEWEST) numbers.set(feature, numbers.size);
  return numbers;
}

/** A sign that few examples have tells more than one that many have. */
function raritiesOf(all: readonly (readonly number[])[], names: readonly string[]): Float32Array {
  const counts = new Float32Array(names.length);
  for (const features of all)
    for (const feature of features) counts[feature] = (counts[feature] ?? 0) + 1;
  return counts.map((count, feature) => {
    const isLetters = names[feature]?.startsWith("c:");
    return (Math.log(all.length / count) / 4) * (isLetters ? LESS_TELLING : 1);
  });
}

/** The lessons in another order (Fisher and Yates). */
function inMixedOrder(lessons: readonly Lesson[], random: () => number): Lesson[] {
  const mixed = [...lessons];
  for (const [at, lesson] of mixed.entries()) {
    const other = Math.floor(random() * (at + 1));
    mixed[at] = mixed[other] ?? lesson;
    mixed[other] = lesson;
  }
  return mixed;
}

/** From 0 to 1, the same on every machine (a linear congruential generator). */
function sameEachTime(): () => number {
  let last = 1;
  return () => {
    last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
    return last / 2_147_483_648;
  };
}
