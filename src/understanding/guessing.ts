import { featuresOf, stemOf } from "./features.ts";
import { chancesOf, type Learned } from "./learning.ts";
import { isNearly } from "./words.ts";

/** What a text may be, and how sure that is: 0 to 1, all of them together 1. */
export interface Guess<Label> {
  readonly label: Label;
  readonly confidence: number;
}

/** Shorter words are one slip away from too many others. */
const SHORTEST = 4;

/** Guesses by what was learned. What follows from a guess is decided elsewhere. */
export function createGuessing(learned: Learned) {
  const numbers = new Map(learned.features.map((feature, number) => [feature, number]));
  const stems = stemsByFirstLetter(learned.features);
  return { guess };

  /** The best first. Empty where no word of the text is known. */
  function guess(signs: readonly string[]): Guess<string>[] {
    const features = featuresOf(signs.map(mended)).flatMap((each) => numbers.get(each) ?? []);
    if (signs.length === 0 || features.length === 0) return [];
    const chances = chancesOf(features, learned);
    return learned.labels
      .map((label, at) => ({ label, confidence: chances[at] ?? 0 }))
      .toSorted((a, b) => b.confidence - a.confidence);
  }

  /** A word with a small typing error, as the examples have it. */
  function mended(sign: string): string {
    const stem = stemOf(sign);
    if (numbers.has(`w:${stem}`) || stem.startsWith("{") || stem.length < SHORTEST) return sign;
    return stems.get(stem.slice(0, 1))?.find((known) => isNearly(stem, known)) ?? sign;
  }
}

function stemsByFirstLetter(features: readonly string[]): Map<string, string[]> {
  const words = features.filter((each) => each.startsWith("w:")).map((each) => each.slice(2));
  return Map.groupBy(
    words.filter((word) => word.length >= SHORTEST && !word.startsWith("{")),
    (word) => word.slice(0, 1),
  );
}
