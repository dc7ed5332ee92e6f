import { wordsOf } from "./words.ts";

/** Something that a text says, and which of its words say it. */
export interface Said<What> {
  readonly what: What;
  readonly from: number;
  readonly length: number;
}

/** A wording and what it stands for. */
interface Name<What> {
  readonly words: readonly string[];
  readonly what: What;
}

/** Names by their first word, so that a text is read once however many names there are. */
export type Names<What> = ReadonlyMap<string, readonly Name<What>[]>;

/** Shorter words are one letter away from too many others. */
const SHORTEST_MENDED = 6;
/** So long has to be what was typed for one of them. */
export const SHORTEST_TYPED = SHORTEST_MENDED - 1;

/** The names by their first words, the longest wording first. */
export function named<What>(entries: readonly { name: string; what: What }[]): Names<What> {
  const names = entries.map(({ name, what }) => ({ words: wordsOf(name), what }));
  const byFirst = Map.groupBy(names, ({ words: [first = ""] }) => first);
  return new Map(
    [...byFirst].map(([first, list]) => [
      first,
      list.toSorted((a, b) => b.words.length - a.words.length),
    ]),
  );
}

/** The names that words say, from the first to the last, none inside another. */
export function saidIn<What>(words: readonly string[], names: Names<What>): Said<What>[] {
  const said: Said<What>[] = [];
  for (let at = 0; at < words.length;) {
    const from = at;
    const found = names
      .get(words[from] ?? "")
      ?.find((name) => name.words.every((word, offset) => words[from + offset] === word));
    if (found) said.push({ what: found.what, from, length: found.words.length });
    at += found?.words.length ?? 1;
  }
  return said;
}

/** The words of all names that are long enough to be mended, by their first letter. */
export function longWordsOf<What>(names: Names<What>): ReadonlyMap<string, readonly string[]> {
  const words = [...names.values()].flatMap((list) => list.flatMap((name) => name.words));
  const long = [...new Set(words)].filter((word) => word.length >= SHORTEST_MENDED);
  return Map.groupBy(long, (word) => word.slice(0, 1));
}
