import { distance } from "fastest-levenshtein";

/** Words that change nothing. "not", "stop" and "no" are not among them: they change everything. */
const FILLERS = new Set(
  "a an the my me i we our is are was to of for in at on please can could would you like want need and".split(
    " ",
  ),
);

/** Longer than anything that one asks for: what comes behind is not read. */
const LONGEST_TEXT = 300;

/** Whether a word changes nothing in a phrase. */
export function isFiller(word: string): boolean {
  return FILLERS.has(word);
}

/** Every word of a text, in small letters: "Fenland's" as "fenland", "hasn't" as it is. */
export function everyWord(text: string): string[] {
  return text
    .slice(0, LONGEST_TEXT)
    .toLowerCase()
    .replaceAll(/[’']s\b/g, "")
    .replaceAll(/\b(\d{1,2})\.(\d{1,2})\.((?:20)?\d\d)\b/g, "$1/$2/$3")
    .replaceAll(/n[’']t\b/g, "nt")
    .replaceAll(/[^\p{L}\p{N}{}&/-]+/gu, " ")
    .split(" ")
    .filter(Boolean);
}

/** The words of a text that say something. */
export function wordsOf(text: string): string[] {
  return everyWord(text).filter((word) => !FILLERS.has(word));
}

/** Words that are no slip for another one. */
const OWN_WORDS = new Set("past stats states ghost cost lost most date late items".split(" "));

/** Small typing errors are allowed in long words, and never in the first letter. */
export function isNearly(typed: string, word: string): boolean {
  if (typed === word) return true;
  if (word.startsWith("{") || word.length < 4 || typed.length < 3 || OWN_WORDS.has(typed))
    return false;
  return distance(typed, word) <= (word.length < 6 ? 1 : 2) && typed[0] === word[0];
}
