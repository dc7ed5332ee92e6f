import topicsFile from "../../data/sensitive-topics.json" with { type: "json" };
import type { UnmetNeed } from "./schema.ts";
import { wordsOf } from "./words.ts";

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

const TOPICS = topicsFile.words.map((words) => wordsOf(words).join(" "));

/** Words about such a matter and a place together can point at one person. */
export function isSensitive(text: string): boolean {
  const words = ` ${wordsOf(text).join(" ")} `;
  return TOPICS.some((topic) => words.includes(` ${topic} `));
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
