/** Words that say nothing about what is looked for. */
const LITTLE = new Set(
  "a about all also am an and any anybody anyone are as at be been being but by can cannot could did do does else find for from get give go going good got had has have having he help helps her here him his how i if in into is it its know like live lives living look looking make me my near need needs nearest of on or our out please she show so some somebody someone something somewhere than that the their them then there these they thing things this to too under up us want wants was way we were what when where which who whom whose why will wish with without would you your group groups local service services support place places old new people person man woman lady around".split(
    " ",
  ),
);
const ACCENTS = /[\u0300-\u036f]/g;
const NOT_PLAIN = /[^\0-\x7f]/;
const stems = new Map<string, string>();
/** Of names there is no end, so what is remembered has one. */
const MOST_REMEMBERED = 200_000;

/** The words of a text: small letters, no accents, "men's" as "mens", without their plural ending. */
export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase();
  const plain = NOT_PLAIN.test(lower)
    ? lower.replaceAll("’", "'").normalize("NFD").replaceAll(ACCENTS, "")
    : lower;
  const words = plain.replaceAll("'", "").match(/[\p{L}\p{N}]+/gu) ?? [];
  for (let at = 0; at < words.length; at += 1) words[at] = stemOf(words[at] ?? "");
  return words;
}

/** Whether a word says nothing of what is looked for. */
export function isLittle(word: string): boolean {
  return LITTLE.has(word);
}

/** A word without its plural ending, however often it is asked for worked out once. */
function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = singular(word);
  if (stems.size < MOST_REMEMBERED) stems.set(word, stem);
  return stem;
}

/**
 * Only plurals and possessives: cutting more makes typing errors harder to see, and "exercise" and
 * "exercising" are near enough for what corrects them.
 */
function singular(word: string): string {
  if (word.length < 4 || !word.endsWith("s") || LITTLE.has(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:sses|shes|ches|xes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
