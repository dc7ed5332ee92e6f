import { setImmediate } from "node:timers/promises";
import { GROUPS_OF_WORDS } from "./everyday-words.ts";
import { isNearly } from "./words.ts";

/** What a text may be, and how sure that is: 0 to 1, all of them together 1. */
export interface Guess<Label> {
  readonly label: Label;
  readonly confidence: number;
}

/** A way to say something, as signs: words, and `{district}` and so on where something is named. */
interface Example<Label> {
  readonly label: Label;
  readonly signs: readonly string[];
}

/** What an example says, ready to be learned: which label, and which features by their number. */
interface Lesson {
  readonly target: number;
  readonly features: readonly number[];
}

/** Passes over the examples, and how far each one moves the weights. Found on the tuning part. */
const PASSES = 8;
const STEP = 5;
/** Between so many lessons others get their turn: nobody waits for the learning. */
const LESSONS_AT_ONCE = 100;
/** A weight that would hardly move stays as it is: that is most of them, and most of the time. */
const SMALLEST_ERROR = 0.002;
/** Names of the same kind, for a text that has one kind where the examples have another. */
const KINDS: Readonly<Record<string, string>> = {
  "{month}": "{when}",
  "{date}": "{when}",
  "{period}": "{when}",
  "{district}": "{where}",
  "{place}": "{where}",
};
const SHORTEST_STEM = 4;
const BEGINNING = 5;
const groups = new Map(
  [...GROUPS_OF_WORDS].map(([word, names]) => [stemOf(word), names.map((name) => `g:${name}`)]),
);

/**
 * A small model: it weighs which signs, and which two side by side, go with which command, learned
 * from the commands' own examples (multinomial logistic regression over words weighed by how rare
 * they are). The same examples give the same model on every machine. What follows from a guess is
 * decided elsewhere.
 */
export async function createGuessing<Label>(examples: readonly Example<Label>[]) {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const numbers = numbered(examples.map(({ signs }) => signs));
  const stems = stemsByFirstLetter(numbers.keys());
  const rarity = raritiesOf(examples.map(({ signs }) => indexesOf(signs)));
  const weights = new Float32Array(numbers.size * labels.length);
  await learn();
  return { guess };

  /** The best first. Empty where no word of the text is in any example. */
  function guess(signs: readonly string[]): Guess<Label>[] {
    if (signs.length === 0) return [];
    const features = indexesOf(signs.map(mended));
    if (features.length === 0) return [];
    const chances = chancesOf(features);
    return labels
      .map((label, at) => ({ label, confidence: chances[at] ?? 0 }))
      .toSorted((a, b) => b.confidence - a.confidence);
  }

  async function learn(): Promise<void> {
    const lessons: Lesson[] = examples.map(({ label, signs }) => ({
      target: labels.indexOf(label),
      features: indexesOf(signs),
    }));
    for (let pass = 0; pass < PASSES; pass += 1) {
      const mixed = inMixedOrder(lessons, pass);
      for (let at = 0; at < mixed.length; at += LESSONS_AT_ONCE) {
        for (const lesson of mixed.slice(at, at + LESSONS_AT_ONCE))
          learnFrom(lesson, STEP / (1 + pass / 5));
        await setImmediate();
      }
    }
  }

  function learnFrom({ target, features }: Lesson, step: number): void {
    const chances = chancesOf(features);
    const share = step * shareOf(features);
    for (let label = 0; label < labels.length; label += 1) {
      const error = (label === target ? 1 : 0) - (chances[label] ?? 0);
      if (Math.abs(error) < SMALLEST_ERROR) continue;
      for (const feature of features) {
        const at = feature * labels.length + label;
        weights[at] = (weights[at] ?? 0) + share * error * (rarity[feature] ?? 0);
      }
    }
  }

  function chancesOf(features: readonly number[]): Float64Array {
    const sums = new Float64Array(labels.length);
    const share = shareOf(features);
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

  /** Long texts weigh no more than short ones. */
  function shareOf(features: readonly number[]): number {
    return 1 / Math.hypot(...features.map((feature) => rarity[feature] ?? 0));
  }

  function indexesOf(signs: readonly string[]): number[] {
    return featuresOf(signs).flatMap((feature) => numbers.get(feature) ?? []);
  }

  /** A word with a small typing error, as the examples have it. */
  function mended(sign: string): string {
    const stem = stemOf(sign);
    if (numbers.has(`w:${stem}`) || stem.startsWith("{") || stem.length < SHORTEST_STEM)
      return sign;
    return stems.get(stem.slice(0, 1))?.find((known) => isNearly(stem, known)) ?? sign;
  }
}

/** Each sign, its beginning, what people also call it, its kind, and each two side by side. */
function featuresOf(signs: readonly string[]): string[] {
  const stems = signs.map(stemOf);
  const long = signs.filter((sign) => sign.length > BEGINNING && !sign.startsWith("{"));
  return [
    ...new Set([
      ...stems.map((stem) => `w:${stem}`),
      ...stems.flatMap((stem) => groups.get(stem) ?? []),
      ...long.map((sign) => `p:${sign.slice(0, BEGINNING)}`),
      ...signs.flatMap((sign) => KINDS[sign] ?? []),
      ...stems.slice(1).map((stem, at) => `b:${stems[at]} ${stem}`),
      ...groupPairs(stems),
      `f:${stems[0]}`,
    ]),
  ];
}

/** Two groups of words anywhere in a text: "who" and "changed", however it is put. */
function groupPairs(stems: readonly string[]): string[] {
  const said = [
    ...new Set(stems.flatMap((stem) => groups.get(stem)?.slice(0, 2) ?? [])),
  ].toSorted();
  return said.flatMap((one, at) => said.slice(at + 1).map((other) => `b:${one}+${other}`));
}

/** Gives each feature a number. Two signs side by side only once in all examples tell nothing. */
function numbered(all: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const signs of all)
    for (const feature of featuresOf(signs)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const numbers = new Map<string, number>();
  for (const [feature, count] of counts)
    if (count > 1 || !feature.startsWith("b:")) numbers.set(feature, numbers.size);
  return numbers;
}

/** A sign that few examples have tells more than one that many have. */
function raritiesOf(all: readonly (readonly number[])[]): Float32Array {
  const counts: number[] = [];
  for (const features of all)
    for (const feature of features) counts[feature] = (counts[feature] ?? 0) + 1;
  return Float32Array.from(counts, (count) => Math.log(all.length / count) / 4);
}

/** Another order in each pass, the same on every machine (a linear congruential generator). */
function inMixedOrder(lessons: readonly Lesson[], pass: number): Lesson[] {
  let random = pass + 1;
  return lessons
    .map((lesson) => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return { lesson, random };
    })
    .toSorted((a, b) => a.random - b.random)
    .map(({ lesson }) => lesson);
}

function stemsByFirstLetter(features: Iterable<string>): Map<string, string[]> {
  const words = [...features].filter((each) => each.startsWith("w:")).map((each) => each.slice(2));
  return Map.groupBy(
    words.filter((word) => word.length >= SHORTEST_STEM && !word.startsWith("{")),
    (word) => word.slice(0, 1),
  );
}

/** "updates", "updated" and "updating" are one sign. */
function stemOf(word: string): string {
  if (word.startsWith("{") || word.length <= SHORTEST_STEM) return word;
  return word.replace(/(?:ing|ed|ies|es|s|y|e)$/, "") || word;
}
