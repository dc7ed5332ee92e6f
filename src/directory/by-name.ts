import { isLittle, stemOf, wordsOf } from "./words.ts";

/** What is asked of a service that is named: "is Coneygear library open". */
const ASKED = new Set(
  wordsOf(
    "open opening opened closed close closing time times hour hours today tomorrow now phone telephone number address contact",
  ),
);
/** A name is told by two words at least: one is what many are called. */
const LEAST_WORDS = 2;

/** The words of a question that can be a name. Empty where there are too few of them. */
export function nameIn(typed: readonly string[]): string[] {
  const words = typed.map(stemOf).filter((word) => !isLittle(word) && !ASKED.has(word));
  return words.length < LEAST_WORDS ? [] : words;
}

/** Whether the words stand in a name, in the order in which they were typed, from its beginning. */
export function isCalled(name: string, words: readonly string[]): boolean {
  const own = wordsOf(name);
  if (own[0] !== words[0]) return false;
  let at = 0;
  for (const word of own) if (word === words[at]) at += 1;
  return at === words.length;
}
