import { WHOLE } from "./entry.ts";
import { isMeantSo } from "./needs.ts";
import type { Question, Wish } from "./question.ts";
import type { Alternative, Concept, createWordIndex } from "./word-index.ts";
import { isParticular, isParticularName } from "./wider.ts";
import { wordsOf } from "./words.ts";

/** When a need was recognised, the words around it matter little. */
const WORDS_BESIDE_A_NEED = 0.3;
/** What a need means first of all comes before what else may help. */
const LESS_MEANT = 0.8;
/** Where services are listed under a term, its words elsewhere ("family history") matter less. */
const LISTED_OTHERWISE = 0.6;

type Index = Pick<ReturnType<typeof createWordIndex>, "meaningsOf" | "isKnown">;

/**
 * What a service must be about to answer a wish.
 *
 * @param index What knows the words, and what is near them where they may be typing errors.
 */
export function conceptOf(
  { words, means, isLast }: Wish,
  { namesNeed, isStory }: Pick<Question, "namesNeed" | "isStory">,
  at: number,
  index: Index,
): Concept {
  const typed = words.flatMap((word) => {
    const meanings = index.meaningsOf(word, isLast, !isMeantSo(word) && !isParticular(word));
    return isParticularName(word) ? meanings.filter((each) => each.word === word) : meanings;
  });
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
      ...means.flatMap((term, rank) => meaning(term, rank === 0 ? 1 : LESS_MEANT, index)),
    ],
    weight,
  };
}

/** What grief is not, unless that is asked for as well. */
export function ruledOut({ wishes }: Pick<Question, "wishes">): string[] {
  const wanted = new Set(wishes.flatMap(({ means, never }) => (never.length > 0 ? [] : means)));
  const never = wishes.flatMap((wish) => wish.never).filter((term) => !wanted.has(term));
  return [...new Set(never)].map((term) => WHOLE + wordsOf(term).join(" "));
}

/** A taxonomy term counts whole; its words count a little, for feeds with terms of their own. */
function meaning(term: string, factor: number, { isKnown }: Index): Alternative[] {
  const words = wordsOf(term);
  const isListed = isKnown(WHOLE + words.join(" "));
  const single = (words.length === 1 ? 0.9 : 0.45) * (isListed ? LISTED_OTHERWISE : 1);
  return [
    { word: WHOLE + words.join(" "), factor },
    ...words.filter((word) => word.length > 3).map((word) => ({ word, factor: single * factor })),
  ];
}
