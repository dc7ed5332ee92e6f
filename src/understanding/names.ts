import type { Instant } from "../calendar.ts";
import type { Slots } from "../slots.ts";
import type { Read, Span } from "./slots.ts";
import { calledByOneName } from "./who-named.ts";
import { everyWord } from "./words.ts";
import type { Mention, Vocabulary } from "../vocabulary.ts";

/** A text, read for everything that it names. */
interface Named {
  /** Every word, with `{district}` and so on where something is named: what a guess goes by. */
  readonly signs: readonly string[];
  readonly slots: Slots;
}

/** A stretch of words that names something, and the slots that it fills. */
interface Found extends Span {
  readonly slots?: Slots;
}

const NEAR = new Set(["round", "around", "near", "nr", "outside"]);
/** A town and a champion can be called like a month. */
const NAMES_LIKE_MONTHS = new Set(["{place}", "{person}"]);
/** Behind these a month is a month, whoever is called like it. */
const WHEN = new Set(
  "in for since until till by of from to last next this the and before after between".split(" "),
);
const AREA = new Set(["way", "area", "town", "side", "library"]);
const REFERENCE = /^(?=[a-z]*\d)(?=\d*[a-z])[a-z2-9]{8}$/;
const ACTION_NUMBER = /^\d{1,3}(?!st$|nd$|rd$|th$)[a-z]{1,2}$/;
const NAME =
  /(?<![\p{L}’'-])\p{Lu}\p{Ll}+(?:[-’']\p{L}+)? (?:Mc|Mac|O’|O')?\p{Lu}\p{Ll}+(?:[-’']\p{L}+)?/gu;

/**
 * Everything that a text names: numbers that are kept, districts and times, towns, needs, records,
 * people. What is told apart best comes first, and nothing is taken for two things.
 */
export function readNames(read: Read, vocabulary: Vocabulary, now: Instant): Named {
  const { every, spans, slots: first, text } = read;
  const taken: Found[] = [];
  const time = vocabulary.periodIn(text, now);
  for (const found of allFound(read, vocabulary, time?.rest))
    if (isFree(found, taken)) taken.push(found);
  const named = taken.toReversed().map(({ slots = {} }) => slots);
  const period = time?.period;
  const whole: Slots = Object.assign({}, ...named, first, period ? { period } : {});
  const slots = withPerson(whole, read, vocabulary);
  if (taken.some((found) => NAMES_LIKE_MONTHS.has(found.sign) && isMonth(found, spans)))
    return {
      signs: signsOf(every, taken),
      slots: { ...slots, month: undefined, period: undefined },
    };
  return { signs: signsOf(every, taken), slots };
}

/** Somebody who is called by one of their names is told to the command, and is no sign for a guess. */
function withPerson(slots: Slots, { text, every }: Read, { people, owners }: Vocabulary): Slots {
  if (slots.person) return slots;
  const person = calledByOneName(text, every, [...people, ...owners]);
  return person ? { ...slots, person } : slots;
}

/**
 * Whether a text may name somebody: a part of the name of anybody whom the committee knows, or two
 * words as names are written. What it takes for a month or a district can be a name all the same.
 */
export function maySayWho({ every, text }: Read, { people, owners }: Vocabulary): boolean {
  const parts = new Set(
    [...people, ...owners].flatMap(everyWord).filter((part) => part.length > 1),
  );
  return text.search(NAME) >= 0 || every.some((word) => parts.has(word));
}

/** The signs of an example, in which only needs are not marked yet. */
export function signsIn(every: readonly string[], needsIn: Vocabulary["needsIn"]): string[] {
  return signsOf(every, needsIn(every).map(markedAs("{need}")));
}

function allFound(
  { every, spans, text }: Read,
  vocabulary: Vocabulary,
  rest: string | undefined,
): Found[] {
  const indicator = vocabulary.indicatorIn(every);
  const places = vocabulary.placesIn(every).map(filling("{place}", "place"));
  return [
    ...(indicator ? [indicator].map(filling("{indicator}", "indicator")) : []),
    // What is asked of a number is asked of a stretch of time, not of the days that it lies between.
    ...(indicator ? periodFound(every, rest) : []),
    ...places.filter(({ from, length }) => isThere(every, from, length)),
    ...peopleKnown(every, text, [...vocabulary.people, ...vocabulary.owners]),
    ...calledLikeMonths(every, spans, vocabulary.people),
    ...spans,
    ...periodFound(every, rest),
    ...places,
    ...vocabulary.needsIn(every).map(filling("{need}", "need")),
    ...every.flatMap(recordFound),
    ...namesWritten(every, text),
  ];
}

/** "round March way" is the town, "in March" the month. */
function isThere(every: readonly string[], from: number, length: number): boolean {
  return NEAR.has(every[from - 1] ?? "") || AREA.has(every[from + length] ?? "");
}

function isMonth({ from, length }: Span, spans: readonly Span[]): boolean {
  return spans.some(
    (span) => span.sign === "{month}" && span.from >= from && span.from < from + length,
  );
}

/** The words that are not in the rest of the text say the period. */
function periodFound(every: readonly string[], rest: string | undefined): Found[] {
  if (rest === undefined) return [];
  const left = everyWord(rest);
  let from = 0;
  while (from < left.length && left[from] === every[from]) from += 1;
  return [{ from, length: every.length - left.length, sign: "{period}" }];
}

function recordFound(word: string, from: number): Found[] {
  if (REFERENCE.test(word))
    return [{ from, length: 1, sign: "{reference}", slots: { reference: word.toUpperCase() } }];
  return ACTION_NUMBER.test(word)
    ? [{ from, length: 1, sign: "{number}", slots: { action: word } }]
    : [];
}

/** People of the committee by their whole names in any letters. */
function peopleKnown(every: readonly string[], text: string, known: readonly string[]): Found[] {
  const lower = text.toLowerCase();
  return personAt(
    every,
    known.filter((name) => lower.includes(name.toLowerCase())),
  );
}

/** "Jan did not write" is somebody whom the committee knows, "in Jan" the month. */
function calledLikeMonths(
  every: readonly string[],
  spans: readonly Span[],
  known: readonly string[],
): Found[] {
  return spans.flatMap(({ from, length, sign }) => {
    const word = every[from] ?? "";
    const isOne = sign === "{month}" && length === 1 && !WHEN.has(every[from - 1] ?? "");
    const person = isOne && known.find((name) => everyWord(name)[0] === word);
    return person ? [{ from, length, sign: "{person}", slots: { person } }] : [];
  });
}

/** Anybody else, as names are written. */
function namesWritten(every: readonly string[], text: string): Found[] {
  return personAt(every, text.match(NAME) ?? []);
}

function personAt(every: readonly string[], names: readonly string[]): Found[] {
  return names.slice(0, 1).flatMap((person) => {
    const words = everyWord(person);
    const from = every.findIndex((_, at) =>
      words.every((word, index) => every[at + index] === word),
    );
    return from < 0 ? [] : [{ from, length: words.length, sign: "{person}", slots: { person } }];
  });
}

function filling(sign: string, slot: "indicator" | "place" | "need") {
  return ({ name, from, length }: Mention): Found => ({
    ...{ from, length, sign },
    slots: { [slot]: name },
  });
}

function markedAs(sign: string) {
  return ({ from, length }: Mention): Span => ({ from, length, sign });
}

function isFree({ from, length }: Span, taken: readonly Span[]): boolean {
  return (
    length > 0 &&
    taken.every((span) => from + length <= span.from || span.from + span.length <= from)
  );
}

function signsOf(every: readonly string[], spans: readonly Span[]): string[] {
  const signs: string[] = [];
  for (let at = 0; at < every.length;) {
    const span = spans.find(({ from }) => from === at);
    const length = span?.length ?? 1;
    // What is needed, and a number with a name of one word, may mean something else.
    const isOrdinary = span?.sign === "{need}" || (span?.sign === "{indicator}" && length === 1);
    if (!span || isOrdinary) signs.push(...every.slice(at, at + length));
    if (span) signs.push(span.sign);
    at += length;
  }
  return signs;
}
