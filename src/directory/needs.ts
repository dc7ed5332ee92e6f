import { z } from "zod/v4";
import needsFile from "../../data/needs.json" with { type: "json" };
import placesFile from "../../data/places.json" with { type: "json" };
import type { Committee } from "../council.ts";
import { longWordsOf, named, SHORTEST_TYPED, saidIn, type Names, type Said } from "./naming.ts";
import { notTypingErrors as ofSafety } from "./safety.ts";
import { isLittle, isOneSlipAway, stemOf, wordsOf } from "./words.ts";

/** Words that people use, and what a directory calls it. */
interface Need {
  readonly means: readonly string[];
  /** What is listed under these is something else: grief is no registration of a death. */
  readonly never: readonly string[];
}

/** A place that a text names. */
export interface NamedPlace {
  readonly name: string;
  readonly district: string;
  /** "in Fenland", not a town there. */
  readonly isDistrict: boolean;
}

const NeedsFile = z.object({
  needs: z.array(
    z.object({
      words: z.array(z.string()),
      means: z.array(z.string()),
      never: z.array(z.string()).default([]),
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
  NeedsFile.parse(needsFile).needs.flatMap(({ words, means, never }) =>
    words.map((name) => ({ name, what: { means, never } })),
  ),
);
const NEED_WORDS = longWordsOf(NEEDS);
const NEED_PARTS = new Set([...NEEDS.values()].flat().flatMap(({ words }) => words));
const NOT_TYPING_ERRORS = new Set([...needsFile.notTypingErrors, ...ofSafety].flatMap(wordsOf));
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

/** The places that a text names: districts, and towns and villages in them. */
export function placesIn(words: readonly string[], committee: Committee): Said<NamedPlace>[] {
  return saidIn(words, placesOf(committee)).filter(({ from, length, what }) => {
    if (what.isDistrict || length > 1 || !AMBIGUOUS.has(words[from] ?? "")) return true;
    return BEFORE_A_PLACE.has(words[from - 1] ?? "");
  });
}

/** A word as it was probably meant: "lonley" as "lonely". Nobody slips at the first letter. */
function mended(word: string, meant: ReadonlyMap<string, readonly string[]>): string {
  if (word.length < SHORTEST_TYPED || isLittle(word) || NOT_TYPING_ERRORS.has(word)) return word;
  const near = meant.get(word.slice(0, 1)) ?? [];
  return near.includes(word) ? word : (near.find((each) => isOneSlipAway(word, each)) ?? word);
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

/** Whether a word is one that people use, and no slip of another one. */
export function isMeantSo(word: string): boolean {
  return NEED_PARTS.has(word) || NOT_TYPING_ERRORS.has(word);
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
