import { distance } from "fastest-levenshtein";
import {
  addDays,
  addMonths,
  dayOf,
  isDay,
  monthOf,
  MONTHS,
  type Day,
  type Instant,
  type Month,
} from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Command, Slots } from "../feature.ts";

/** What a text means: a command that may run, or the commands that come nearest. */
export type Meaning =
  { readonly command: Command; readonly slots: Slots } | { readonly nearest: readonly Command[] };

/** Words that change nothing. "not", "stop" and "no" are not among them: they change everything. */
const FILLERS = new Set(
  "a an the my me i we our is are was to of for in at on please can could would you like want need and".split(
    " ",
  ),
);
const LONGEST_TEXT = 300;
const DAYS_NEAR = new Map([
  ["yesterday", -1],
  ["today", 0],
  ["tomorrow", 1],
]);
const SUGGESTIONS = 4;

const wordsOfNames = new Map<string, readonly string[]>();

/** A command's phrases, made ready once. */
interface Pattern {
  readonly command: Command;
  readonly words: readonly string[];
}

/** Prepares the commands; the function it gives reads one text. */
export function createUnderstanding(commands: readonly Command[]) {
  const patterns: Pattern[] = commands.flatMap((command) =>
    [command.name, ...command.phrases].map((phrase) => ({ command, words: wordsOf(phrase) })),
  );

  return function understand(text: string, committee: Committee, now: Instant): Meaning {
    const { words, slots: read } = readSlots(wordsOf(text.slice(0, LONGEST_TEXT)), committee, now);
    const slots: Slots = { ...read, typed: text };
    // Every command can be said of a named committee: "preview digest Highways and Transport".
    const unnamed = words.filter((word) => word !== "{committee}");
    const sameWords =
      patterns.find((pattern) => matches(pattern.words, words, isSame)) ??
      patterns.find((pattern) => matches(pattern.words, words, isNearly)) ??
      patterns.find((pattern) => matches(pattern.words, unnamed, isSame));
    if (sameWords) return { command: sameWords.command, slots };
    const openEnded = patterns.find(
      ({ words: pattern }) =>
        pattern.at(-1) === "{anything}" &&
        words.length >= pattern.length &&
        matches(pattern.slice(0, -1), words.slice(0, pattern.length - 1), isSame),
    );
    if (openEnded) {
      const unread = words
        .slice(openEnded.words.length - 1)
        .filter((word) => !word.startsWith("{"))
        .join(" ");
      return { command: openEnded.command, slots: { ...slots, unread } };
    }
    return { nearest: nearest(patterns, words) };
  };
}

/** The committee that a text names, if it names one. */
export function committeeNamedIn(
  text: string,
  committees: readonly Committee[],
): Committee | undefined {
  const words = wordsOf(text.slice(0, LONGEST_TEXT));
  for (let at = 0; at < words.length; at += 1) {
    const id = readName(words.slice(at), committees)?.id;
    if (id) return committees.find((committee) => committee.id === id);
  }
  return undefined;
}

function wordsOf(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll(/[’']s\b/g, "")
    .replaceAll(/[^\p{L}\p{N}{}&/-]+/gu, " ");
  return plain.split(" ").filter((word) => word && !FILLERS.has(word));
}

/** A council's own names are few and are compared with every word, so they are read once. */
function wordsOfName(name: string): readonly string[] {
  const words = wordsOfNames.get(name) ?? wordsOf(name);
  wordsOfNames.set(name, words);
  return words;
}

/** Takes districts, months and the committee out of the words, leaving `{district}` and so on. */
function readSlots(words: string[], committee: Committee, now: Instant) {
  const slots: { -readonly [slot in keyof Slots]: Slots[slot] } = { said: words.join(" ") };
  const rest: string[] = [];
  for (let at = 0; at < words.length;) {
    const date = readDate(words.slice(at), now);
    const month = readMonth(words.slice(at), now);
    const place = readName(words.slice(at), committee.districts);
    const ours = readName(words.slice(at), [committee]);
    if (ours && !slots.committee) {
      slots.committee = ours.id;
      rest.push("{committee}");
      at += ours.length;
    } else if (place && !slots.district) {
      slots.district = place.id;
      rest.push("{district}");
      at += place.length;
    } else if (date) {
      slots.dates = [...(slots.dates ?? []), date.date];
      rest.push("{date}");
      at += date.length;
    } else if (month && !slots.month) {
      slots.month = month.month;
      rest.push("{month}");
      at += month.length;
    } else {
      rest.push(words[at] ?? "");
      at += 1;
    }
  }
  return { words: rest, slots };
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** The longest name or alias that the words begin with. */
function readName(words: string[], things: readonly Named[]) {
  let best: { id: string; length: number } | undefined;
  for (const { id, name, aliases } of things)
    for (const spelling of [name, ...aliases]) {
      const parts = wordsOfName(spelling);
      const same = parts.length > 0 && parts.every((part, index) => part === words[index]);
      if (same && parts.length > (best?.length ?? 0)) best = { id, length: parts.length };
    }
  return best;
}

/** "2019-08-08", "8/8/2019", "8/8/19", "yesterday", "today", "tomorrow". */
function readOneWordDate(word: string, now: Instant): Day | undefined {
  const near = DAYS_NEAR.get(word);
  if (near !== undefined) return addDays(dayOf(now), near);
  const [, day = "", month = "", year = ""] =
    /^(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)?\d\d)$/.exec(word) ?? [];
  const date = day
    ? `${year.padStart(4, "20")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`
    : word;
  return isDay(date) ? date : undefined;
}

/** "8 august 2019", "8th aug", "8/8/19", "tomorrow". Without a year it is the nearest, mostly past. */
function readDate([first = "", ...rest]: string[], now: Instant) {
  const single = readOneWordDate(first, now);
  if (single) return { date: single, length: 1 };
  const day = /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(first)?.[1];
  const month = day === undefined ? undefined : readMonth(rest, now);
  if (!day || !month || !Number.isNaN(Number(rest[0]?.[0]))) return undefined;
  const date = `${month.month}-${day.padStart(2, "0")}`;
  return isDay(date) ? { date, length: month.length + 1 } : undefined;
}

/** "august 2019", "aug", "2019-08", "last month". A bare month is the nearest one, mostly past. */
function readMonth([first = "", second = ""]: string[], now: Instant) {
  const current = monthOf(now);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(first)) return { month: first, length: 1 };
  if (second === "month" && first === "this") return { month: current, length: 2 };
  if (second === "month" && first === "last") return { month: addMonths(current, -1), length: 2 };
  const number = first.length >= 3 ? monthNumber(first) : 0;
  if (!number) return undefined;
  const ofYear = (year: string | number): Month => `${year}-${String(number).padStart(2, "0")}`;
  if (/^(19|20)\d\d$/.test(second)) return { month: ofYear(second), length: 2 };
  const latest = addMonths(current, 2);
  const year = Number(latest.slice(0, 4));
  return { month: ofYear(year) <= latest ? ofYear(year) : ofYear(year - 1), length: 1 };
}

function monthNumber(word: string): number {
  return (
    MONTHS.findIndex((month) => {
      const name = month.toLowerCase();
      return (
        word === name || word === name.slice(0, 3) || (word === "sept" && name === "september")
      );
    }) + 1
  );
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

/** Small typing errors are allowed in long words, and never in the first letter. */
function isNearly(typed: string, word: string): boolean {
  if (typed === word) return true;
  if (word.startsWith("{") || word.length < 4 || typed.length < 3) return false;
  return distance(typed, word) <= (word.length < 6 ? 1 : 2) && typed[0] === word[0];
}

function nearest(patterns: readonly Pattern[], words: readonly string[]): Command[] {
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
