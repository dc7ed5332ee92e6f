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

/** Passes over the examples, and how far each one moves the weights. Found on the tuning part. */
const PASSES = 30;
const STEP = 0.5;
const SHRINK = 2e-5;
/** Names of the same kind, for a text that has one kind where the examples have another. */
const KINDS: Readonly<Record<string, string>> = {
  "{month}": "{when}",
  "{date}": "{when}",
  "{period}": "{when}",
  "{district}": "{where}",
  "{place}": "{where}",
};
const SHORTEST_STEM = 4;

/**
 * A small model: it weighs which signs, and which two side by side, go with which command, learned
 * from the commands' own examples (multinomial logistic regression). The same examples give the
 * same model on every machine. Only a guess: what follows from it is decided elsewhere.
 */
export function createGuessing<Label>(examples: readonly Example<Label>[]) {
  const labels = [...new Set(examples.map(({ label }) => label))];
  const known = new Map<string, number>();
  for (const { signs } of examples)
    for (const feature of featuresOf(signs)) if (!known.has(feature)) known.set(feature, known.size);
  const words = wordsByFirstLetter(known.keys());
  const weights = new Float32Array(known.size * labels.length);
  learn();
  return { guess };

  /** The best first. Empty where no word of the text is in any example. */
  function guess(signs: readonly string[]): Guess<Label>[] {
    const mended = signs.map((sign) => (known.has(`w:${stemOf(sign)}`) ? sign : nearWord(sign)));
    const features = indexesOf(mended);
    if (features.length === 0) return [];
    const chances = chancesOf(features);
    return labels
      .map((label, at) => ({ label, confidence: chances[at] ?? 0 }))
      .toSorted((a, b) => b.confidence - a.confidence);
  }

  function learn(): void {
    const prepared = examples.map(({ label, signs }) => ({
      target: labels.indexOf(label),
      features: indexesOf(signs),
    }));
    for (let pass = 0; pass < PASSES; pass += 1) {
      const step = STEP / (1 + pass / 10);
      for (const { target, features } of prepared) {
        const chances = chancesOf(features);
        const share = step / Math.sqrt(features.length);
        for (const feature of features) {
          const start = feature * labels.length;
          for (let at = 0; at < labels.length; at += 1) {
            const wrong = (at === target ? 1 : 0) - (chances[at] ?? 0);
            const weight = weights[start + at] ?? 0;
            weights[start + at] = weight + share * wrong - SHRINK * weight;
          }
        }
      }
    }
  }

  function chancesOf(features: readonly number[]): Float32Array {
    const sums = new Float32Array(labels.length);
    const share = 1 / Math.sqrt(features.length);
    for (const feature of features) {
      const start = feature * labels.length;
      for (let at = 0; at < labels.length; at += 1)
        sums[at] = (sums[at] ?? 0) + share * (weights[start + at] ?? 0);
    }
    const most = Math.max(...sums);
    const raised = sums.map((sum) => Math.exp(sum - most));
    const total = raised.reduce((sum, each) => sum + each, 0);
    return raised.map((each) => each / total);
  }

  function indexesOf(signs: readonly string[]): number[] {
    return [...new Set(featuresOf(signs))].flatMap((feature) => known.get(feature) ?? []);
  }

  /** A word with a small typing error, as the examples have it. */
  function nearWord(typed: string): string {
    if (typed.startsWith("{") || typed.length < SHORTEST_STEM) return typed;
    const same = words.get(typed.slice(0, 1)) ?? [];
    return same.find((word) => isNearly(typed, word)) ?? typed;
  }
}

/** Each sign, its beginning, its kind, and each two side by side. */
function featuresOf(signs: readonly string[]): string[] {
  const stems = signs.map(stemOf);
  return [
    ...stems.map((stem) => `w:${stem}`),
    ...signs.filter((sign) => sign.length > 5 && !sign.startsWith("{")).map((sign) => `p:${sign.slice(0, 5)}`),
    ...signs.flatMap((sign) => (KINDS[sign] ? [`k:${KINDS[sign]}`] : [])),
    ...stems.slice(1).map((stem, at) => `b:${stems[at]} ${stem}`),
    `f:${stems[0]}`,
  ];
}

function wordsByFirstLetter(features: Iterable<string>): Map<string, string[]> {
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
