import { MONTHS } from "../calendar.ts";
import type { Role } from "../feature.ts";
import { everyWord } from "./words.ts";

/** First names that are words of every day: only a capital letter or a "for" tells them apart. */
const ORDINARY = new Set(
  "will mark bill grace hope joy rose sue jack pat bob rob frank grant dean art iris guy max drew dawn rich summer".split(
    " ",
  ),
);
const MONTH_NAMES = new Set(
  MONTHS.flatMap((name) => [name, name.slice(0, 3)]).map((name) => name.toLowerCase()),
);
const ROLES: readonly Role[] = [
  "champion",
  "officer",
  "chair",
  "safeguarding lead",
  "administrator",
];
/** Behind these stands somebody's name, however it is written. */
const BEFORE_NAMES = new Set("for of by from".split(" "));
/** Behind these stands a family name. */
const TITLES = new Set("cllr councillor mr mrs ms miss dr".split(" "));
/** "Head of Finance" owns actions too, and is nobody's name. */
const NO_NAME =
  /\b(?:head|director|officer|team|services?|council|group|manager|lead|committee|democratic|all)\b/i;
const SHORTEST = 3;

/** The role that a text names, if it names one. */
export function roleNamed(words: readonly string[]): string | undefined {
  const said = words.join(" ");
  return ROLES.find((role) => new RegExp(String.raw`\b${role}s?\b`).test(said));
}

/**
 * The one person of those known who is called by their first name alone, "has adela sent hers", or
 * by their family name: "cllr french". Undefined where two are called so.
 */
export function calledByOneName(
  text: string,
  every: readonly string[],
  known: readonly string[],
): string | undefined {
  const called = [...new Set(known)].filter((name) => {
    const parts = everyWord(name);
    const [first = "", last = ""] = [parts[0], parts.at(-1)];
    if (parts.length < 2 || NO_NAME.test(name)) return false;
    return every.some((word, at) => {
      const before = every[at - 1] ?? "";
      if (word === last && TITLES.has(before)) return true;
      return isFirst(word, first) && (isNameHere(word, before) || isWrittenSo(text, first));
    });
  });
  return called.length === 1 ? called[0] : undefined;
}

/** "lis" and "adelas" are Lis and Adela's. */
function isFirst(word: string, first: string): boolean {
  if (first.length < SHORTEST || MONTH_NAMES.has(first)) return false;
  return word === first || word === `${first}s`;
}

function isNameHere(word: string, before: string): boolean {
  return !ORDINARY.has(word) || BEFORE_NAMES.has(before);
}

/** With a capital letter, and not only because a sentence begins. */
function isWrittenSo(text: string, first: string): boolean {
  const name = first.charAt(0).toUpperCase() + first.slice(1);
  return new RegExp(String.raw`(?<=[\p{L},] )${name}(?!\p{L})`, "u").test(text);
}
