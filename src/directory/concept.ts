import { WHOLE } from "./entry.ts";
import { isMeantSo } from "./needs.ts";
import type { Question, Wish } from "./question.ts";
import type { Alternative, Concept } from "./word-index.ts";
import { isParticular } from "./wider.ts";
import { wordsOf } from "./words.ts";

/** When a need was recognised, the words around it matter little. */
const WORDS_BESIDE_A_NEED = 0.3;
/** What a need means first of all comes before what else may help. */
const LESS_MEANT = 0.8;

/**
 * What a service must be about to answer a wish.
 *
 * @param meaningsOf What the index knows of a word, or near it where it may be a typing error.
 */
export function conceptOf(
  { words, means, isLast }: Wish,
  { namesNeed, isStory }: Pick<Question, "namesNeed" | "isStory">,
  at: number,
  meaningsOf: (typed: string, isLast: boolean, canBeError: boolean) => Alternative[],
): Concept {
  const typed = words.flatMap((word) =>
    meaningsOf(word, isLast, !isMeantSo(word) && !isParticular(word)),
  );
  const whole = typed.map(({ word, factor }) => ({ word: WHOLE + word, factor }));
  if (means.length === 0)
    return {
      alternatives: [...typed, ...whole],
      weight: namesNeed ? WORDS_BESIDE_A_NEED : 1,
    };
  // In a story what matters most is said first.
  const weight = isStory ? 1 / (1 + at) : 1;
  return {
    alternatives: [
      ...typed,
      ...means.flatMap((term, rank) => meaning(term, rank === 0 ? 1 : LESS_MEANT)),
    ],
    weight,
  };
}

/** A taxonomy term counts whole; its words count a little, for feeds with terms of their own. */
function meaning(term: string, factor: number): Alternative[] {
  const words = wordsOf(term);
  const single = words.length === 1 ? 0.9 : 0.45;
  return [
    { word: WHOLE + words.join(" "), factor },
    ...words.filter((word) => word.length > 3).map((word) => ({ word, factor: single * factor })),
  ];
}
