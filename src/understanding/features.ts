import { GROUPS_OF_WORDS } from "./everyday-words.ts";

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

/** So many letters in a row are enough to know a word by, however it ends or is misspelt. */
const LETTERS = 4;

/**
 * Each sign, its beginning, the letters in it, what people also call it, its kind, and each two side
 * by side.
 */
export function featuresOf(signs: readonly string[]): string[] {
  const stems = signs.map(stemOf);
  const long = signs.filter((sign) => sign.length > BEGINNING && !sign.startsWith("{"));
  return [
    ...new Set([
      ...stems.map((stem) => `w:${stem}`),
      ...stems.flatMap((stem) => groups.get(stem) ?? []),
      ...long.map((sign) => `p:${sign.slice(0, BEGINNING)}`),
      ...signs.flatMap(lettersOf),
      ...signs.flatMap((sign) => KINDS[sign] ?? []),
      ...stems.slice(1).map((stem, at) => `b:${stems[at]} ${stem}`),
      ...groupPairs(stems),
      `f:${stems[0]}`,
    ]),
  ];
}

/** `c:<fen`, `c:fenl` and so on: what is left of a word when it is misspelt. */
function lettersOf(sign: string): string[] {
  if (sign.startsWith("{") || sign.length < LETTERS) return [];
  const word = `<${sign}>`;
  return Array.from(
    { length: word.length - LETTERS + 1 },
    (_, at) => `c:${word.slice(at, at + LETTERS)}`,
  );
}

/** Two groups of words anywhere in a text: "who" and "changed", however it is put. */
function groupPairs(stems: readonly string[]): string[] {
  const said = [
    ...new Set(stems.flatMap((stem) => groups.get(stem)?.slice(0, 2) ?? [])),
  ].toSorted();
  return said.flatMap((one, at) => said.slice(at + 1).map((other) => `b:${one}+${other}`));
}

/** "updates", "updated" and "updating" are one sign. */
export function stemOf(word: string): string {
  if (word.startsWith("{") || word.length <= SHORTEST_STEM) return word;
  return word.replace(/(?:ing|ed|ies|es|s|y|e)$/, "") || word;
}
