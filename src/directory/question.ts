import type { Committee } from "../council.ts";
import { elsewhereIn, type Elsewhere } from "./elsewhere.ts";
import { needsIn, placesIn, type NamedPlace } from "./needs.ts";
import type { Said } from "./naming.ts";
import { safetyRuleFor } from "./safety.ts";
import { isLittle, shownWords, stemOf, writtenWords } from "./words.ts";

/** One thing that a question asks for. */
export interface Wish {
  /** As it was typed. */
  readonly typed: string;
  /** The typed words, as the index has words. */
  readonly words: readonly string[];
  /** What a directory calls it; nothing when the words are meant as they are. */
  readonly means: readonly string[];
  /** What it is not, whatever its words are found in. */
  readonly never: readonly string[];
  readonly isLast: boolean;
}

/** What somebody looks for, read from their words. */
export interface Question {
  readonly wishes: readonly Wish[];
  /** A long text with a need in it: only its needs are wished for, and one of them will do. */
  readonly isStory: boolean;
  /** Every word that was read. */
  readonly typed: readonly string[];
  readonly place: NamedPlace | undefined;
  /** A place that was named and is none of this council's: it was not searched by. */
  readonly elsewhere: Elsewhere | undefined;
  readonly safety: ReturnType<typeof safetyRuleFor>;
  /** Whether it speaks of something that directories are for: then it is a question in itself. */
  readonly namesNeed: boolean;
}

/** People write whole stories. What is looked for is said early. */
const MOST_WORDS = 150;
/** A text with more words than this is a story: of it only the needs that it speaks of are meant. */
const MOST_IN_A_QUESTION = 9;

/** Who came from a place is not there any more. */
const CAME = new Set(["moved", "came", "comes", "moving"]);

/** Of two places the one where somebody is: "lifts to Addenbrooke's from Littleport". */
function whereOf(places: readonly Said<NamedPlace>[], written: readonly string[]) {
  const towns = places.filter(({ what }) => !what.isDistrict);
  const before = ({ from }: Said<NamedPlace>) => written[from - 1];
  const hasCome = written.some((word) => CAME.has(word));
  const home = hasCome ? undefined : towns.find((town) => before(town) === "from");
  const isGoal = (town: Said<NamedPlace>) => before(town) === "to" && !hasCome;
  return home ?? towns.find((town) => !isGoal(town)) ?? towns[0] ?? places[0];
}

/** Reads a question: the needs it speaks of, the place, and the words that are left. */
export function readQuestion(
  text: string,
  committee: Committee,
  isKnown?: (word: string) => boolean,
): Question {
  const written = writtenWords(text).slice(0, MOST_WORDS);
  const shown = shownWords(text);
  const words = written.map(stemOf);
  const needs = needsIn(words, isKnown);
  const places = placesIn(words, committee);
  const taken = new Set<number>();
  const wishes: Wish[] = [];
  const take = (from: number, length: number) => {
    for (let at = from; at < from + length; at += 1) taken.add(at);
  };
  for (const { what, from, length } of needs) {
    if (places.some((place) => place.from < from + length && from < place.from + place.length))
      continue;
    const typed = words.slice(from, from + length).filter((word) => !isLittle(word));
    wishes.push({
      typed: shown.slice(from, from + length).join(" "),
      words: typed,
      means: what.means,
      never: what.never,
      isLast: false,
    });
    take(from, length);
  }
  for (const { from, length } of places) take(from, length);
  const elsewhere =
    places.length === 0 && isKnown ? elsewhereIn(written, committee, isKnown) : undefined;
  const slip = elsewhere?.what.takenFor;
  if (elsewhere) take(elsewhere.from, elsewhere.length);
  words.forEach((word, at) => {
    if (taken.has(at) || isLittle(word) || word.length < 2) return;
    wishes.push({
      typed: shown[at] ?? word,
      words: [word],
      means: [],
      never: [],
      isLast: at === words.length - 1,
    });
  });
  const safety = safetyRuleFor(text);
  const needed = wishes.filter(({ means }) => means.length > 0);
  const isStory = needed.length > 0 && words.length > MOST_IN_A_QUESTION;
  return {
    wishes: isStory ? needed : wishes,
    isStory,
    typed: written,
    elsewhere: elsewhere?.what,
    place: whereOf(places, written)?.what ?? slip,
    safety,
    namesNeed: safety !== undefined || needed.length > 0,
  };
}
