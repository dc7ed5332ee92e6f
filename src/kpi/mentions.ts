import { isNearly, wordsOf } from "./names.ts";
import type { Indicator } from "./schema.ts";
import type { Mention } from "../vocabulary.ts";

/** A name or synonym, as the words that say something. */
interface Phrase {
  readonly name: string;
  readonly words: readonly string[];
}

/** Longer words of a longer name may have a typing error: "football" is no slip for "footfall". */
const SHORTEST = 6;

const phrasesOf = new WeakMap<readonly Indicator[], ReadonlyMap<string, readonly Phrase[]>>();

/** The indicator that words name in a row, by the longest of its names. Small words may stand between. */
export function indicatorIn(
  words: readonly string[],
  indicators: readonly Indicator[],
): Mention | undefined {
  const phrases = phrasesByLetter(indicators);
  let best: (Mention & { readonly said: number }) | undefined;
  words.forEach((word, from) => {
    for (const { name, words: phrase } of phrases.get(word.slice(0, 1)) ?? []) {
      const said = phrase.join(" ").length;
      const length = best && best.said >= said ? 0 : lengthSaid(words, from, phrase);
      if (length > 0) best = { name, from, length, said };
    }
  });
  return best && { name: best.name, from: best.from, length: best.length };
}

/** How many words from here on say the phrase: "hate crimes reports" and "reports of hate crime" do. */
function lengthSaid(words: readonly string[], from: number, phrase: readonly string[]): number {
  let at = from;
  for (const part of phrase) {
    while (at > from && at < words.length && isSmall(words[at] ?? "")) at += 1;
    if (!isSaid(words[at] ?? "", part, phrase.length === 1)) return 0;
    at += 1;
  }
  return at - from;
}

/** Short words are one slip away from too many others: "date" is no slip for "death". */
function isSaid(typed: string, word: string, isOneWord: boolean): boolean {
  if (plural(typed) === plural(word)) return true;
  return !isOneWord && word.length > SHORTEST && isNearly(typed, word);
}

function plural(word: string): string {
  return word.replace(/s$/, "");
}

/** "the", "of" and so on: what `wordsOf` leaves out, where something else is left. */
function isSmall(word: string): boolean {
  return wordsOf(`${word} something`).length === 1;
}

function phrasesByLetter(indicators: readonly Indicator[]) {
  const known = phrasesOf.get(indicators);
  if (known) return known;
  const phrases = indicators.flatMap(({ name, synonyms }) =>
    [name, ...synonyms].map((each) => ({ name, words: wordsOf(each) })),
  );
  const byLetter = Map.groupBy(phrases, ({ words: [first = ""] }) => first.slice(0, 1));
  phrasesOf.set(indicators, byLetter);
  return byLetter;
}
