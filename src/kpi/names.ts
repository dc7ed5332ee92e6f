import { distance } from "fastest-levenshtein";
import type { Committee } from "../council.ts";
import type { Indicator } from "./schema.ts";

/** What somebody asks about, as far as its words say. */
export type Match = { readonly indicator: Indicator } | { readonly priority: string } | Choices;

/** Several that fit equally well, or, with `isSure` false, those that come nearest. */
export interface Choices {
  readonly indicators: readonly Indicator[];
  readonly isSure: boolean;
}

/** An indicator's ways to be called, made ready once. */
interface Entry {
  readonly indicator: Indicator;
  readonly phrases: readonly (readonly string[])[];
  /** Every word of its names and of its priority. */
  readonly words: ReadonlySet<string>;
}

/** The indicators of a committee by their words, and by each of their names as a whole. */
interface Index {
  /** Every word of every entry, by its first letter. */
  readonly byLetter: ReadonlyMap<string, readonly string[]>;
  readonly entries: readonly Entry[];
  readonly byName: ReadonlyMap<string, readonly Entry[]>;
  readonly priorities: readonly { readonly priority: string; readonly words: readonly string[] }[];
}

const areasSaid = new Map<string, RegExp>();
const FILLERS = new Set(
  "a an the me of to for in at on by is are was were what how many much number show give please kpi kpis and or with about our we did do does there have has figure figures numbers data statistics stats reason reasons why behind spike spikes trend trends rise rose rising fall fell falling happened latest current tell any gone going go went up down been most fewest which highest lowest better worse than higher lower who that this these those them district districts".split(
    " ",
  ),
);
/** Of the words that somebody typed, so many must be known for an answer without a question. */
const ENOUGH = 0.6;
const NEARLY = 0.3;
const MOST_CHOICES = 6;
const comparables = new WeakMap<Indicator, readonly string[]>();
const indexes = new WeakMap<readonly Indicator[], Index>();

/** Names are the same whatever their capitals, spaces, dashes and quotation marks. */
export function sameName(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** A name as `sameName` compares it. */
export function comparable(name: string): string {
  return plain(name);
}

/** What an indicator is called, its name first, as `comparable` gives it. Made once for each. */
export function comparableNames(indicator: Indicator): readonly string[] {
  const known = comparables.get(indicator);
  if (known) return known;
  const names = [indicator.name, ...indicator.synonyms].map(plain);
  comparables.set(indicator, names);
  return names;
}

/** The indicators with exactly this name or synonym, no word more. Undefined where there are none. */
export function indicatorNamed(text: string, indicators: readonly Indicator[]): Match | undefined {
  const exact = indexOf(indicators).byName.get(wordsOf(text).join(" "));
  return exact && among(exact, true);
}

/**
 * The indicator that the words fit best: its name, a synonym, an abbreviation, small typing errors
 * allowed. The index is made once for each version of the definitions and never holds a figure.
 */
export function findIndicator(text: string, indicators: readonly Indicator[]): Match {
  const words = wordsOf(text);
  const exact = indicatorNamed(text, indicators);
  if (exact) return exact;
  const { entries, priorities, byLetter } = indexOf(indicators);
  const near = words.map((typed) => wordsNear(typed, byLetter));
  const priority = priorities.find((each) => isSameWords(words, each.words));
  if (priority) return { priority: priority.priority };
  const ranked = entries
    .map((entry) => ({ entry, ...score(near, entry) }))
    .filter(({ known }) => known >= NEARLY)
    .toSorted((a, b) => b.known - a.known || b.covered - a.covered);
  const [best] = ranked;
  if (!best) return { indicators: [], isSure: false };
  if (best.known < ENOUGH)
    return among(
      ranked.map(({ entry }) => entry),
      false,
    );
  const equals = ranked.filter(
    ({ known, covered }) => known === best.known && covered === best.covered,
  );
  return among(
    equals.map(({ entry }) => entry),
    true,
  );
}

/** Whether a text says the indicator's name or a synonym, and nothing else. */
export function isNameOf(text: string, { name, synonyms }: Indicator): boolean {
  const words = wordsOf(text);
  return [name, ...synonyms].some((each) => isSameWords(words, wordsOf(each)));
}

/** Whether a typed word is one of the indicator's names or of its priority's. */
export function isWordOf(typed: string, indicator: Indicator): boolean {
  const { name, synonyms, priority, prioritySynonyms } = indicator;
  return [name, ...synonyms, priority, ...prioritySynonyms]
    .flatMap(wordsOf)
    .some((word) => isNearly(typed, word));
}

/** The area that a text names, and the text without it. Any name and alias of a district will do. */
export function findArea(
  text: string,
  { districts }: Pick<Committee, "districts">,
  areas: readonly string[],
): { readonly area?: string; readonly rest: string } {
  const names = [
    ...districts.flatMap(({ name, aliases }) => [name, ...aliases].map((said) => ({ said, name }))),
    ...areas.map((name) => ({ said: name, name })),
  ].toSorted((a, b) => b.said.length - a.said.length);
  for (const { said, name } of names) {
    const match = saying(said).exec(text);
    if (!match) continue;
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
    return { area: name, rest: rest.replaceAll(/\s+/g, " ").trim() };
  }
  return { rest: text };
}

/** A council's areas are few and are looked for in every text, so each is compiled once. */
function saying(area: string): RegExp {
  const known = areasSaid.get(area);
  if (known) return known;
  const pattern = new RegExp(
    String.raw`(?:\b(?:in|for|of|at)\s+(?:the\s+)?)?(?<![\w-])${escape(area)}(?![\w-])`,
    "i",
  );
  areasSaid.set(area, pattern);
  return pattern;
}

/** The words of a text that say something. */
export function wordsOf(text: string): string[] {
  const words = plain(text).split(" ");
  const telling = words.filter((word) => word && !FILLERS.has(word));
  return telling.length > 0 ? telling : words.filter(Boolean);
}

/** Whether a typed word is a known one, small errors allowed in long ones. */
export function isNearly(typed: string, word: string): boolean {
  if (typed === word || stem(typed) === stem(word)) return true;
  if (word.length < 4 || typed.length < 4 || typed[0] !== word[0]) return false;
  if (/\d/.test(typed + word)) return false;
  return distance(typed, word) <= (word.length < 6 ? 1 : 2);
}

function among(entries: readonly Entry[], isSure: boolean): Match {
  const indicators = entries.map(({ indicator }) => indicator).slice(0, MOST_CHOICES);
  const [indicator, another] = indicators;
  return isSure && indicator && !another ? { indicator } : { indicators, isSure };
}

/** How many of the typed words are known, and how much of the indicator's best name they cover. */
function score(near: readonly (readonly string[])[], { phrases, words: vocabulary }: Entry) {
  const known = near.filter((words) => words.some((word) => vocabulary.has(word)));
  const said = new Set(near.flat());
  const covered = phrases.map((phrase) => {
    const hits = phrase.filter((word) => said.has(word)).length;
    return hits / phrase.length + hits / 100;
  });
  return { known: known.length / Math.max(near.length, 1), covered: Math.max(0, ...covered) };
}

/** The words of all indicators that a typed word may be. Nobody slips at the first letter. */
function wordsNear(typed: string, byLetter: Index["byLetter"]): string[] {
  return (byLetter.get(typed.slice(0, 1)) ?? []).filter((word) => isNearly(typed, word));
}

function isSameWords(words: readonly string[], others: readonly string[]): boolean {
  return (
    words.length === others.length &&
    words.every((word) => others.some((other) => isNearly(word, other)))
  );
}

function indexOf(indicators: readonly Indicator[]): Index {
  const known = indexes.get(indicators);
  if (known) return known;
  const byName = new Map<string, Entry[]>();
  const entries = indicators.map((indicator) => {
    const phrases = [indicator.name, ...indicator.synonyms].map(wordsOf);
    const priority = [indicator.priority, ...indicator.prioritySynonyms].flatMap(wordsOf);
    const entry = { indicator, phrases, words: new Set([...phrases.flat(), ...priority]) };
    for (const name of new Set(phrases.map((phrase) => phrase.join(" "))))
      byName.set(name, [...(byName.get(name) ?? []), entry]);
    return entry;
  });
  const names = new Map(
    indicators.flatMap(({ priority, prioritySynonyms }) =>
      [priority, ...prioritySynonyms].map((name) => [name, priority] as const),
    ),
  );
  const priorities = [...names].map(([name, priority]) => ({ priority, words: wordsOf(name) }));
  const words = new Set(entries.flatMap((entry) => [...entry.words]));
  const byLetter = Map.groupBy(words, (word) => word.slice(0, 1));
  const index = { entries, byName, priorities, byLetter };
  indexes.set(indicators, index);
  return index;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[’']s\b/g, "")
    .replaceAll(/(?<=\d),(?=\d{3})/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function stem(word: string): string {
  if (word.length <= 3) return word;
  return word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.replace(/(?:es|s)$/, "");
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
