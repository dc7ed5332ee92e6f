import neverKept from "../../data/never-kept.json" with { type: "json" };
import topicsFile from "../../data/sensitive-topics.json" with { type: "json" };
import { FIRST_NAMES } from "../first-names.ts";
import type { Wish } from "./question.ts";
import type { UnmetNeed } from "./schema.ts";
import { isOneSlipAway, stemOf, wordsOf, writtenWords } from "./words.ts";

/** How small counts are shown: the same for all that is counted of people. */
export interface SmallCounts {
  /** Counts from 1 up to below this are hidden. */
  readonly threshold: number;
  readonly shown: (count: number) => number | "hidden";
}

/** One line of the officer's list. */
interface UnmetLine {
  /** Empty where they were left out. */
  readonly words: string;
  /** A district's id, "county", or "several". */
  readonly district: string;
  readonly count: number;
}

/** What may be shown of a month, and how often anything rarer was looked for. */
export interface UnmetShown {
  readonly lines: readonly UnmetLine[];
  /** "hidden" where that is rare as well; undefined where nothing is left. */
  readonly others: number | "hidden" | undefined;
}

const TOPICS = new Set(
  topicsFile.categories.flatMap(({ words }) => words.map((topic) => wordsOf(topic).join(" "))),
);
const NEVER_KEPT = new Set(Object.values(neverKept.words).flat());
/** More words than these may be somebody's story. */
const MOST_KEPT = 3;
/** A topic has at most so many words. */
const LONGEST_TOPIC = 3;
/** Shorter words are one letter away from too many others. */
const SHORTEST_MENDED = 7;
const LONG_TOPICS = Map.groupBy(
  [...TOPICS].filter((topic) => topic.length >= SHORTEST_MENDED && !topic.includes(" ")),
  (topic) => topic.charAt(0),
);
/** "aged 14": less than a name, and still one person. */
const AGE = /\baged? \d|\b\d+ ?(?:years?|yrs?|yo)\b/i;
/** "JS" may be somebody, among small letters. */
const INITIALS = /\b(?!IT\b|TV\b|PE\b|DV\b)[A-Z]{2}\b/;

/**
 * Whether a need speaks of special category data (UK GDPR article 9), of crime (article 10), or of
 * one person. Such words are not kept: beside a place or a rare wish they can point at somebody.
 */
function isSensitive(text: string): boolean {
  if (AGE.test(text) || (INITIALS.test(text) && /[a-z]/.test(text))) return true;
  const words = wordsOf(text);
  return words.some((word, at) => {
    const phrases = Array.from({ length: LONGEST_TOPIC }, (_, more) =>
      words.slice(at, at + more + 1).join(" "),
    );
    return phrases.some((phrase) => TOPICS.has(phrase)) || isMistyped(word);
  });
}

/**
 * What is kept of wishes that were not met: a need that the directory's own lists know, or so few
 * words that they tell of nobody. Anything else is counted without its words.
 *
 * @param text All that was typed: who tells a story may tell of somebody.
 */
export function unmetWords(
  text: string,
  wishes: readonly Wish[],
  personalDataIn: (text: string) => boolean,
): string {
  const words = wishes.map(({ typed }) => typed.replaceAll(/['’]/g, "")).join(" ");
  const isOfNobody = !isSensitive(text) && !personalDataIn(text) && !tellsOfSomebody(words);
  if (isOfNobody && writtenWords(words).length <= MOST_KEPT) return words;
  return listedKind(wishes);
}

/** The kind of service that is wished for, as a directory lists it: "dementia". Empty for any other. */
export function listedKind(wishes: readonly Wish[]): string {
  return wishes.find(({ means }) => means.length > 0)?.means[0] ?? "";
}

/** A person, a family, a body, an age, violence or sex, or a number of any kind. */
function tellsOfSomebody(words: string): boolean {
  return writtenWords(words).some(
    (word) =>
      NEVER_KEPT.has(word) ||
      NEVER_KEPT.has(stemOf(word)) ||
      FIRST_NAMES.has(word) ||
      /\d/.test(word),
  );
}

function isMistyped(word: string): boolean {
  return (LONG_TOPICS.get(word.charAt(0)) ?? []).some((topic) => isOneSlipAway(word, topic));
}

/**
 * What is frequent enough to be shown. Words that are frequent only in all places together are
 * shown without the place. There is no total: what is hidden could be taken from it.
 */
export function unmetShown(
  needs: readonly UnmetNeed[],
  { threshold, shown }: SmallCounts,
): UnmetShown {
  const lines: UnmetLine[] = [];
  let rest = 0;
  for (const [words, same] of Map.groupBy(needs, (need) => need.words)) {
    const [often, rare] = [
      same.filter(({ count }) => count >= threshold),
      same.filter(({ count }) => count < threshold),
    ];
    const together = { words, district: "several", count: sumOf(rare) };
    const isShown = together.count >= threshold;
    if (!isShown) rest += together.count;
    for (const line of isShown ? [...often, together] : often) {
      const count = shown(line.count);
      if (count !== "hidden") lines.push({ words, district: line.district, count });
    }
  }
  const others = rest === 0 ? undefined : shown(rest);
  return { lines: lines.toSorted((a, b) => b.count - a.count), others };
}

function sumOf(needs: readonly UnmetNeed[]): number {
  return needs.reduce((sum, { count }) => sum + count, 0);
}
