import { z } from "zod/v4";
import needsFile from "../../data/needs.json" with { type: "json" };
import placesFile from "../../data/places.json" with { type: "json" };
import safetyFile from "../../data/safety-words.json" with { type: "json" };
import type { Committee } from "../council.ts";
import { isLittle, isOneSlipAway, stemOf, wordsOf } from "./words.ts";

/** Words that people use, and what a directory calls it. */
interface Need {
  readonly means: readonly string[];
}

/** Words about abuse, danger or self-harm, and what is shown before anything else. */
interface SafetyRule {
  readonly id: string;
  /** Ids of services, the first to be shown first. */
  readonly first: readonly string[];
  readonly say: string;
}

/** A place that a text names. */
export interface NamedPlace {
  readonly name: string;
  readonly district: string;
  /** "in Fenland", not a town there. */
  readonly isDistrict: boolean;
}

/** Something that a text says, and which of its words say it. */
interface Said<What> {
  readonly what: What;
  readonly from: number;
  readonly length: number;
}

/** Names by their first word, so that a text is read once however many names there are. */
type Names<What> = ReadonlyMap<string, readonly { words: readonly string[]; what: What }[]>;

const NeedsFile = z.object({
  needs: z.array(z.object({ words: z.array(z.string()), means: z.array(z.string()) })),
  notTypingErrors: z.array(z.string()),
});
const SafetyFile = z.object({
  rules: z.array(
    z.object({
      id: z.string(),
      words: z.array(z.string()),
      first: z.array(z.string()),
      say: z.string(),
    }),
  ),
  notTypingErrors: z.array(z.string()),
});
const PlacesFile = z.object({
  places: z.array(z.object({ name: z.string(), district: z.string() })),
  outside: z.array(z.string()),
});

/** Names that are ordinary words, or parts of other names: places only after "in", "near" and so on. */
const AMBIGUOUS = new Set(
  "over reach bury abbey lode elm milton barton bourn holme elton orwell linton burwell romsey coate newton hartford reache".split(
    " ",
  ),
);
const BEFORE_A_PLACE = new Set("in near at from around to by live lives of".split(" "));

const NEEDS: Names<Need> = named(
  NeedsFile.parse(needsFile).needs.flatMap(({ words, means }) =>
    words.map((name) => ({ name, what: { means } })),
  ),
);
const SAFETY: Names<SafetyRule> = named(
  SafetyFile.parse(safetyFile).rules.flatMap(({ words, ...rule }) =>
    words.flatMap((wording) => eachOf(wording).map((name) => ({ name, what: rule }))),
  ),
);
const SAFETY_ENTRIES = new Set(safetyFile.rules.flatMap(({ first }) => first));
/** Shorter words are one letter away from too many others. */
const SHORTEST_MENDED = 6;
const NEED_WORDS = longWordsOf(NEEDS);
const NEED_PARTS = new Set([...NEEDS.values()].flat().flatMap(({ words }) => words));
const SAFETY_WORDS = longWordsOf(SAFETY);
const NOT_TYPING_ERRORS = new Set(
  [...needsFile.notTypingErrors, ...safetyFile.notTypingErrors].flatMap(wordsOf),
);
const { places: TOWNS, outside: OUTSIDE } = PlacesFile.parse(placesFile);
const NEIGHBOURS: Names<string> = named(OUTSIDE.map((name) => ({ name, what: name })));
const placesOfCommittees = new WeakMap<Committee, Names<NamedPlace>>();

/**
 * The needs that a text speaks of, the longest wording first, small typing errors included.
 *
 * @param isKnown Whether the directory has the word: then it is meant as it is.
 */
export function needsIn(
  words: readonly string[],
  isKnown: (word: string) => boolean = () => false,
): Said<Need>[] {
  return saidIn(
    words.map((word) => (isKnown(word) ? word : mended(word, NEED_WORDS))),
    NEEDS,
  );
}

/** Whether an entry is one that a safety rule puts first: no feed and no suggestion changes what it is. */
export function isSafetyEntry(id: string): boolean {
  return SAFETY_ENTRIES.has(id);
}

/** The safety rule that a text calls for, if any: the first that its file lists. */
export function safetyRuleFor(words: readonly string[]): SafetyRule | undefined {
  const called = [words, words.map((word) => mended(word, SAFETY_WORDS))].flatMap((each) =>
    saidIn(each, SAFETY).map(({ what }) => what),
  );
  const order = safetyFile.rules.map(({ id }) => id);
  return called.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))[0];
}

/** The places that a text names: districts, and towns and villages in them. */
export function placesIn(words: readonly string[], committee: Committee): Said<NamedPlace>[] {
  return saidIn(words, placesOf(committee)).filter(({ from, length, what }) => {
    if (what.isDistrict || length > 1 || !AMBIGUOUS.has(words[from] ?? "")) return true;
    return BEFORE_A_PLACE.has(words[from - 1] ?? "");
  });
}

/** "scared of my/her husband" is two wordings. */
function eachOf(wording: string): string[] {
  return wording
    .split(" ")
    .reduce<string[]>(
      (begun, word) =>
        begun.flatMap((start) => word.split("/").map((each) => `${start} ${each}`.trim())),
      [""],
    );
}

/** A word as it was probably meant: "lonley" as "lonely". Nobody slips at the first letter. */
function mended(word: string, meant: ReadonlyMap<string, readonly string[]>): string {
  if (word.length < SHORTEST_MENDED - 1 || isLittle(word) || NOT_TYPING_ERRORS.has(word))
    return word;
  const near = meant.get(word.slice(0, 1)) ?? [];
  return near.includes(word) ? word : (near.find((each) => isOneSlipAway(word, each)) ?? word);
}

/** The words of all names that are long enough to be mended, by their first letter. */
function longWordsOf<What>(names: Names<What>): ReadonlyMap<string, readonly string[]> {
  const words = [...names.values()].flatMap((list) => list.flatMap((name) => name.words));
  const long = [...new Set(words)].filter((word) => word.length >= SHORTEST_MENDED);
  return Map.groupBy(long, (word) => word.slice(0, 1));
}

/** The rule about abuse, danger or self-harm that a text calls for: "child", "adult", "hate" and so on. */
export function safetyNamed(text: string): string | undefined {
  return safetyRuleFor(wordsOf(text))?.id;
}

/** The needs and the places that words name, for whoever reads more of a text than the search does. */
export function mentionedIn(words: readonly string[], committee: Committee) {
  const stems = words.map(stemOf);
  return {
    needs: needsIn(stems).map(({ from, length }) => ({
      name: words.slice(from, from + length).join(" "),
      ...{ from, length },
    })),
    places: placesIn(stems, committee)
      .filter(({ what }) => !what.isDistrict)
      .map(({ what: { name }, from, length }) => ({ name, from, length })),
  };
}

/** The place that a text names first. Without a district it is near, but outside the county. */
export function placeNamed(
  text: string,
  committee: Committee,
): { readonly name: string; readonly district?: string } | undefined {
  const words = wordsOf(text);
  const [inside] = placesIn(words, committee);
  if (inside) return inside.what;
  const [outside] = saidIn(words, NEIGHBOURS);
  return outside && { name: outside.what };
}

/** The place outside the county that a text names first. */
export function neighbourIn(words: readonly string[]): Said<string> | undefined {
  return saidIn(words, NEIGHBOURS)[0];
}

/** The names of the towns and villages in a committee's districts. */
export function townsOf(committee: Committee): string[] {
  return TOWNS.filter(({ district }) => committee.districts.some(({ id }) => id === district)).map(
    ({ name }) => name,
  );
}

/** Whether a need is said with this word. */
export function isNeedWord(word: string): boolean {
  return NEED_PARTS.has(word);
}

function placesOf(committee: Committee): Names<NamedPlace> {
  const known = placesOfCommittees.get(committee);
  if (known) return known;
  const towns = TOWNS.filter(({ district }) =>
    committee.districts.some(({ id }) => id === district),
  );
  const places = named([
    ...committee.districts.flatMap(({ id, name, aliases }) =>
      [name, ...aliases].map((spelling) => ({
        name: spelling,
        what: { name, district: id, isDistrict: true },
      })),
    ),
    ...towns.map(({ name, district }) => ({ name, what: { name, district, isDistrict: false } })),
  ]);
  placesOfCommittees.set(committee, places);
  return places;
}

function named<What>(entries: readonly { name: string; what: What }[]): Names<What> {
  const names = new Map<string, { words: readonly string[]; what: What }[]>();
  for (const { name, what } of entries) {
    const words = wordsOf(name);
    const [first = ""] = words;
    const list = names.get(first) ?? [];
    list.push({ words, what });
    names.set(first, list);
  }
  for (const [first, list] of names)
    names.set(
      first,
      list.toSorted((a, b) => b.words.length - a.words.length),
    );
  return names;
}

function saidIn<What>(words: readonly string[], names: Names<What>): Said<What>[] {
  const said: Said<What>[] = [];
  for (let at = 0; at < words.length;) {
    const from = at;
    const found = names
      .get(words[from] ?? "")
      ?.find((name) => name.words.every((word, offset) => words[from + offset] === word));
    if (found) said.push({ what: found.what, from, length: found.words.length });
    at += found?.words.length ?? 1;
  }
  return said;
}
