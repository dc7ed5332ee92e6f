import type { Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Slots, Vocabulary } from "../feature.ts";
import { readDate, readMonth } from "./dates.ts";
import { everyWord, isFiller, wordsOf } from "./words.ts";

/** What of the council a text can name. */
export interface About {
  readonly committee: Committee;
  readonly now: Instant;
  readonly vocabulary: Vocabulary;
}

/** A text, read for what it names. */
export interface Read {
  /** The words that say something, with `{district}` and so on where something is named. */
  readonly words: readonly string[];
  /** Every word, and everything that is named: what a guess goes by. */
  readonly signs: readonly string[];
  readonly slots: Slots;
}

type Writable = { -readonly [slot in keyof Slots]: Slots[slot] };

/** A stretch of words that names something. */
interface Span {
  readonly from: number;
  readonly length: number;
  readonly sign: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

const REFERENCE = /^(?=[a-z]*\d)(?=\d*[a-z])[a-z2-9]{8}$/;
const ACTION_NUMBER = /^\d{1,3}(?!st$|nd$|rd$|th$)[a-z]{1,2}$/;
const NAME =
  /(?<![\p{L}’'-])\p{Lu}\p{Ll}+(?:[-’']\p{L}+)? (?:Mc|Mac|O’|O')?\p{Lu}\p{Ll}+(?:[-’']\p{L}+)?/gu;
const wordsOfNames = new Map<string, readonly string[]>();

/** Takes what a text names out of its words: the committee, districts, places, times, numbers, needs. */
export function readSlots(text: string, about: About): Read {
  const every = everyWord(text);
  const kept = every.flatMap((word, at) => (isFiller(word) ? [] : [{ word, at }]));
  const words = kept.map(({ word }) => word);
  const slots: Writable = { typed: text, said: words.join(" ") };
  const spans: Span[] = [];
  const plain: string[] = [];
  for (let at = 0; at < words.length;) {
    const found = readOne(words.slice(at), slots, about);
    plain.push(found?.sign ?? words[at] ?? "");
    const length = found?.length ?? 1;
    if (found) spans.push(overEveryWord(kept, at, length, found.sign));
    at += length;
  }
  const { signs, named } = furtherNames(every, spans, text, about);
  return { words: plain, signs, slots: { ...slots, ...named } };
}

/** The committee that a text names, if it names one. */
export function committeeNamedIn(
  text: string,
  committees: readonly Committee[],
): Committee | undefined {
  const words = wordsOf(text);
  for (let at = 0; at < words.length; at += 1) {
    const id = readName(words.slice(at), committees)?.id;
    if (id) return committees.find((committee) => committee.id === id);
  }
  return undefined;
}

/** What the words begin with, written into the slots. The first of each kind counts. */
function readOne(words: readonly string[], slots: Writable, { committee, now }: About) {
  const ours = slots.committee ? undefined : readName(words, [committee]);
  if (ours) {
    slots.committee = ours.id;
    return { sign: "{committee}", length: ours.length };
  }
  const district = slots.district ? undefined : readName(words, committee.districts);
  if (district) {
    slots.district = district.id;
    return { sign: "{district}", length: district.length };
  }
  const date = readDate(words, now);
  if (date) {
    slots.dates = [...(slots.dates ?? []), date.date];
    return { sign: "{date}", length: date.length };
  }
  const month = slots.month ? undefined : readMonth(words, now);
  if (month) slots.month = month.month;
  return month && { sign: "{month}", length: month.length };
}

/** What only a guess needs: numbers that are kept, stretches of time, needs, towns, people, references. */
function furtherNames(
  every: readonly string[],
  spans: readonly Span[],
  text: string,
  about: About,
) {
  const { vocabulary, now } = about;
  const named: Writable = {};
  const found: Span[] = [];
  const isFree = (from: number, length: number) =>
    found.every((span) => from + length <= span.from || span.from + span.length <= from);
  const take = (span: Span) => {
    if (isFree(span.from, span.length)) found.push(span);
  };
  const indicator = vocabulary.indicatorIn(every);
  if (indicator) {
    named.indicator = indicator.name;
    take({ ...indicator, sign: "{indicator}" });
  }
  for (const span of spans) take(span);
  const period = vocabulary.periodIn(text, now);
  if (period) named.period = period;
  for (const place of vocabulary.placesIn(every)) {
    if (isFree(place.from, place.length)) named.place ??= place.name;
    take({ ...place, sign: "{place}" });
  }
  for (const need of vocabulary.needsIn(every)) {
    if (isFree(need.from, need.length)) named.need ??= need.name;
    take({ ...need, sign: "{need}" });
  }
  every.forEach((word, from) => {
    if (REFERENCE.test(word)) {
      named.reference ??= word.toUpperCase();
      take({ from, length: 1, sign: "{reference}" });
    } else if (ACTION_NUMBER.test(word)) {
      named.action ??= word;
      take({ from, length: 1, sign: "{number}" });
    }
  });
  const [person] = peopleIn(text, vocabulary.people);
  if (person) {
    named.person = person;
    const first = everyWord(person);
    const from = every.findIndex((_, at) =>
      first.every((word, index) => every[at + index] === word),
    );
    if (from >= 0) take({ from, length: first.length, sign: "{person}" });
  }
  return { signs: signsOf(every, found), named };
}

/** People of the committee by their whole names in any letters, and others as names are written. */
function peopleIn(text: string, known: readonly string[]): string[] {
  const lower = text.toLowerCase();
  const ours = known.filter((name) => lower.includes(name.toLowerCase()));
  return ours.length > 0 ? ours : (text.match(NAME) ?? []);
}

/** The signs of an example, in which only needs are not marked yet. */
export function signsIn(every: readonly string[], needsIn: Vocabulary["needsIn"]): string[] {
  return signsOf(
    every,
    needsIn(every).map((need) => ({ ...need, sign: "{need}" })),
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

/** Where a stretch of the words that say something lies among all words. */
function overEveryWord(
  kept: readonly { readonly at: number }[],
  at: number,
  length: number,
  sign: string,
): Span {
  const from = kept[at]?.at ?? 0;
  const last = kept[at + length - 1]?.at ?? from;
  return { from, length: last - from + 1, sign };
}

/** A council's own names are few and are compared with every word, so they are read once. */
function wordsOfName(name: string): readonly string[] {
  const words = wordsOfNames.get(name) ?? wordsOf(name);
  wordsOfNames.set(name, words);
  return words;
}

/** The longest name or alias that the words begin with. */
function readName(words: readonly string[], things: readonly Named[]) {
  let best: { id: string; length: number } | undefined;
  for (const { id, name, aliases } of things)
    for (const spelling of [name, ...aliases]) {
      const parts = wordsOfName(spelling);
      const same = parts.length > 0 && parts.every((part, index) => part === words[index]);
      if (same && parts.length > (best?.length ?? 0)) best = { id, length: parts.length };
    }
  return best;
}
