import { isDay, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { SaidBy, Slots } from "../slots.ts";
import { readDate, readMonth } from "./dates.ts";
import { roleNamed } from "./who-named.ts";
import { everyWord, isFiller, wordsOf } from "./words.ts";

/** Whose districts a text can name, and the day that it counts from. */
export interface About {
  readonly committee: Committee;
  readonly now: Instant;
}

/** A text, read for the districts and times that it names. */
export interface Read {
  readonly text: string;
  /** The words that say something, with `{district}` and so on where something is named. */
  readonly words: readonly string[];
  readonly every: readonly string[];
  /** Where something is named, among every word. */
  readonly spans: readonly Span[];
  readonly slots: Slots;
}

type Writable = { -readonly [slot in keyof Slots]: Slots[slot] };

/** A stretch of words that names something. */
export interface Span {
  readonly from: number;
  readonly length: number;
  readonly sign: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** "Close action 187d", "mark it as done": a wish, and not the question whether it is done. */
const COMPLETING =
  /^\W*(?:(?:please|can|could|you|i|we|want|need|like|to|would|lets?|now|ok|okay)\W+)*(?:(?:close|complete|finish|sign|tick)\b(?! (?:actions|ones)\b)|mark\b.*\b(?:completed?|done|closed|finished)\b)/i;
const wordsOfNames = new Map<string, readonly string[]>();

/** Takes the committee, the district and the times that a text names out of its words. */
export function readSlots(text: string, about: About): Read {
  const every = everyWord(text);
  const kept = every.flatMap((word, at) => (isFiller(word) ? [] : [{ word, at }]));
  const words = kept.map(({ word }) => word);
  const slots: Writable = { typed: text, said: words.join(" ") };
  const role = roleNamed(every);
  if (role) slots.role = role;
  if (COMPLETING.test(text)) slots.status = "complete";
  const spans: Span[] = [];
  const plain: string[] = [];
  for (let at = 0; at < words.length;) {
    const found = readOne(words.slice(at), slots, about);
    plain.push(found?.sign ?? words[at] ?? "");
    const length = found?.length ?? 1;
    if (found) spans.push(overEveryWord(kept, at, length, found.sign));
    at += length;
  }
  return { text, words: plain, every, spans, slots: withNumbered(slots) };
}

/**
 * A day said by its number alone is one of the month that the text names, by itself or in another
 * date: "the november meeting to the 28th".
 */
function withNumbered(slots: Slots): Slots {
  const { month, dates = [], loose = {} } = slots;
  const dated = dates.find((date) => (loose[date] ?? "month") === "month");
  const named = month ?? dated?.slice(0, "2019-08".length);
  const by = loose[month ?? dated ?? ""];
  if (!named || !dates.some((date) => loose[date] === "number")) return slots;
  const still: Record<string, SaidBy> = { ...loose };
  const moved = dates.map((date) => {
    const inMonth = `${named}-${date.slice(-2)}`;
    if (loose[date] !== "number" || !isDay(inMonth)) return date;
    delete still[date];
    if (by) still[inMonth] = by;
    return inMonth;
  });
  return { ...slots, dates: moved, loose: still };
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
    noteLoose(slots, date.date, date.by);
    return { sign: "{date}", length: date.length };
  }
  const month = slots.month ? undefined : readMonth(words, now);
  if (!month) return undefined;
  slots.month = month.month;
  noteLoose(slots, month.month, month.by);
  return { sign: "{month}", length: month.length };
}

function noteLoose(slots: Writable, when: string, by: SaidBy | undefined): void {
  if (by) slots.loose = { ...slots.loose, [when]: by };
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
