import type { Command } from "../feature.ts";
import { isNearly, wordsOf } from "./words.ts";

/** A phrase of a command, made ready once. */
interface Pattern {
  readonly command: Command;
  readonly words: readonly string[];
}

/** A command said in its own words, and what an open-ended phrase left over. */
interface Said {
  readonly command: Command;
  readonly unread?: string;
}

const SUGGESTIONS = 4;
/** The end of a phrase that anything can follow. */
export const ANYTHING = "{anything}";

/** Recognises the commands by the phrases that they declare. */
export function createPhrasebook(commands: readonly Command[]) {
  const patterns: Pattern[] = commands.flatMap((command) =>
    phrasesOf(command).map((phrase) => ({ command, words: wordsOf(phrase) })),
  );
  return { commandSaid, nearest };

  /** The command whose phrase the words are, small typing errors allowed. */
  function commandSaid(words: readonly string[]): Said | undefined {
    // Every command can be said of a named committee: "preview digest Highways and Transport".
    const unnamed = words.filter((word) => word !== "{committee}");
    const same =
      patterns.find((pattern) => matches(pattern.words, words, isSame)) ??
      patterns.find((pattern) => matches(pattern.words, words, isNearly)) ??
      patterns.find((pattern) => matches(pattern.words, unnamed, isSame));
    if (same) return { command: same.command };
    const open = patterns.find(
      ({ words: pattern }) =>
        pattern.at(-1) === ANYTHING &&
        words.length >= pattern.length &&
        matches(pattern.slice(0, -1), words.slice(0, pattern.length - 1), isSame),
    );
    if (!open) return undefined;
    const unread = words
      .slice(open.words.length - 1)
      .filter((word) => !word.startsWith("{"))
      .join(" ");
    return { command: open.command, unread };
  }

  /** The commands that share most words with a text. */
  function nearest(words: readonly string[]): Command[] {
    const scores = new Map<Command, number>();
    for (const { command, words: pattern } of patterns) {
      const shared = pattern.filter((word) => words.some((typed) => isNearly(typed, word))).length;
      const score = shared / Math.max(pattern.length, words.length, 1);
      scores.set(command, Math.max(score, scores.get(command) ?? 0));
    }
    return [...scores]
      .filter(([, score]) => score > 0)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, SUGGESTIONS)
      .map(([command]) => command);
  }
}

/** A name that shows what can follow, "risk 7", says no more than "risk {anything}" does. */
function phrasesOf({ name, phrases }: Command): readonly string[] {
  const isShown = phrases.some(
    (phrase) => phrase.endsWith(ANYTHING) && name.startsWith(phrase.slice(0, -ANYTHING.length)),
  );
  return isShown ? phrases : [name, ...phrases];
}

/** The same words in the same order. */
function matches(
  pattern: readonly string[],
  words: readonly string[],
  agree: (typed: string, word: string) => boolean,
): boolean {
  if (pattern.length !== words.length || words.length === 0) return false;
  return pattern.every((word, index) => agree(words[index] ?? "", word));
}

function isSame(typed: string, word: string): boolean {
  return typed === word;
}
