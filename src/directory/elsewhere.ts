import type { Committee } from "../council.ts";
import { isNeedWord, neighbourIn, placeNamed, townsOf, type NamedPlace } from "./needs.ts";
import { isLittle, isOneSlipAway, stemOf } from "./words.ts";

/** A place that somebody named and that this council does not have. */
export interface Elsewhere {
  /** As it was typed. */
  readonly name: string;
  /** It is known to lie outside the county. */
  readonly isOutside: boolean;
  /** Places of this council that were perhaps meant: "Elly" is nearly Ely. */
  readonly meant: readonly string[];
  /** The one place that it is a typing error of: it was searched as that. */
  readonly takenFor?: NamedPlace | undefined;
}

const BEFORE = new Set("in near at around by from".split(" "));
/** What stands behind "in" and is no place. */
const NO_PLACE = new Set(
  "monday tuesday wednesday thursday friday saturday sunday crisis general need trouble person home school hospital work debt pain bed town county total english poverty danger recovery care prison private public advance case order time area village march april june july august september october november december january february may".split(
    " ",
  ),
);
const POSTCODE_AREA = /^(?:cb|pe|sg|ip|nn|mk)\d{1,2}$/;
const MOST_MEANT = 2;
/** A word as short as "at" is a slip away from too much. */
const SHORTEST = 3;
/** Shorter names are a letter away from too many words. */
const SHORTEST_TOWN = 5;

/** The first place among the words that is not this council's, and where it stands. */
export function elsewhereIn(
  written: readonly string[],
  committee: Committee,
  isKnown: (word: string) => boolean,
): { readonly what: Elsewhere; readonly from: number; readonly length: number } | undefined {
  const outside = neighbourIn(written.map(stemOf));
  if (outside) {
    const { from, length } = outside;
    const name = titled(written.slice(from, from + length));
    return { what: { name, isOutside: true, meant: [] }, from, length };
  }
  const from = written.findIndex((word, at) => isPlace(word, written[at - 1], written[at + 1]));
  const word = written[from];
  if (word === undefined) return undefined;
  const meant = nearTo(word, committee);
  const what = {
    ...{ name: titled([word]), isOutside: false, meant },
    takenFor: slipOf(word, meant, committee),
  };
  return { what, from, length: 1 };

  function isPlace(word: string, before: string | undefined, after: string | undefined): boolean {
    if (POSTCODE_AREA.test(word)) return !isKnown(word);
    if (word.length < SHORTEST || isLittle(word) || isNeedWord(stemOf(word))) return false;
    if (NO_PLACE.has(word)) return false;
    const meant = nearTo(word, committee);
    const isNamed = before !== undefined && BEFORE.has(before);
    // "In wet sheets": what stands before another word of weight only says how that is.
    const isLast = after === undefined || isLittle(after);
    if (isNamed) return meant.length > 0 || (isLast && !isKnown(stemOf(word)));
    return meant.length > 0 && !isKnown(stemOf(word)) && word.length > SHORTEST;
  }
}

/** "Sohm" is Soham: one place is that near, and nobody slips at the first letter. */
function slipOf(
  word: string,
  meant: readonly string[],
  committee: Committee,
): NamedPlace | undefined {
  const [town, ...others] = meant;
  if (!town || others.length > 0 || town.length < SHORTEST_TOWN) return undefined;
  const isSlip = isOneSlipAway(word, town.toLowerCase()) && word[0] === town[0]?.toLowerCase();
  const place = isSlip ? placeNamed(`in ${town}`, committee) : undefined;
  if (!place?.district) return undefined;
  return { name: place.name, district: place.district, isDistrict: false };
}

/** "Papworth" is the beginning of Papworth Everard, "elly" a slip away from Ely. */
function nearTo(word: string, committee: Committee): string[] {
  const towns = townsOf(committee);
  const begun = towns.filter((town) => town.toLowerCase().startsWith(`${word} `));
  const slips = towns.filter((town) => isOneSlipAway(word, town.toLowerCase()));
  return [...new Set([...begun, ...slips])].slice(0, MOST_MEANT);
}

function titled(words: readonly string[]): string {
  return words
    .map((word) =>
      POSTCODE_AREA.test(word)
        ? word.toUpperCase()
        : `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
    )
    .join(" ");
}

/** What is said of it, beside what was searched instead. */
export function saidOf({ name, isOutside, meant, takenFor }: Elsewhere): string {
  if (takenFor) return `I took ${name} for ${takenFor.name}.`;
  if (isOutside) return `${name} is outside the county, so I searched the whole county.`;
  const perhaps = meant.length > 0 ? ` Do you mean ${meant.join(" or ")}? Type it that way.` : "";
  return `I do not know the place ${name}, so I searched the whole county.${perhaps}`;
}
