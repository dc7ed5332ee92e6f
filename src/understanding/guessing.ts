import { featuresOf } from "./features.ts";
import { chancesOf, type Learned } from "./learning.ts";

/** What a text may be, and how sure that is: 0 to 1, all of them together 1. */
export interface Guess<Label> {
  readonly label: Label;
  readonly confidence: number;
}

/** Guesses by what was learned. What follows from a guess is decided elsewhere. */
export function createGuessing(learned: Learned) {
  const numbers = new Map(learned.features.map((feature, number) => [feature, number]));
  return { guess };

  /** The best first. Empty where no word of the text is known. */
  function guess(signs: readonly string[]): Guess<string>[] {
    const features = featuresOf(signs).flatMap((each) => numbers.get(each) ?? []);
    if (signs.length === 0 || features.length === 0) return [];
    const chances = chancesOf(features, learned);
    return learned.labels
      .map((label, at) => ({ label, confidence: chances[at] ?? 0 }))
      .toSorted((a, b) => b.confidence - a.confidence);
  }
}
