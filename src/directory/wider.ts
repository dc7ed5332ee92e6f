import { z } from "zod/v4";
import widerFile from "../../data/wider.json" with { type: "json" };
import type { Committee } from "../council.ts";
import { named, saidIn, type Names } from "./naming.ts";
import { COUNTY } from "./nearness.ts";
import type { Question } from "./question.ts";
import type { ServiceSearch } from "./search.ts";
import { stemOf, wordsOf } from "./words.ts";

/** A search for something wider than was asked for, which finds something. */
export interface WiderSearch {
  /** "exercise", where football was asked for. */
  readonly need: string;
  /** The place that was asked for, as it is called; empty for none. */
  readonly near: string;
  /** A district's id, "county", or empty. */
  readonly within: string;
}

const WiderFile = z.object({
  wider: z.array(z.object({ words: z.array(z.string()), to: z.array(z.string()) })),
});
const { wider: GROUPS } = WiderFile.parse(widerFile);
const WIDER: Names<readonly string[]> = named(
  GROUPS.flatMap(({ words, to }) => words.map((name) => ({ name, what: to }))),
);
const WORDS = new Set([...WIDER.values()].flat().flatMap(({ words }) => words));
const NEEDS = new Set(GROUPS.flatMap(({ to }) => to));
const MOST_OFFERED = 2;
/** For whom it is says nothing of what it is. */
const OF_WHOM = new Set(wordsOf("kids children adults men mens women ladies boys girls beginners"));

/** Whether it is a word of something that people do or look for: then it is no typing error. */
export function isParticular(word: string): boolean {
  return WORDS.has(word);
}

/** Whether it is such a word by itself: then it is no beginning of another one either. */
export function isParticularName(word: string): boolean {
  return WIDER.get(word)?.some(({ words }) => words.length === 1) === true;
}

/** Whether a wider search can be for this: card data is input. */
export function isWiderNeed(need: string): boolean {
  return NEEDS.has(need);
}

/** Whether all that is looked for is something that people do: "walking football". */
export function isOnlyParticular({ wishes, typed }: Question): boolean {
  const stems = typed.map(stemOf);
  const said = saidIn(stems, WIDER);
  const known = new Set(said.flatMap(({ from, length }) => stems.slice(from, from + length)));
  const isSaid = (word: string) => known.has(word) || OF_WHOM.has(word);
  return said.length > 0 && wishes.every(({ words }) => words.every(isSaid));
}

/** What is one step wider than a question and finds something: there, or else in the county. */
export function widerSearches(
  { typed, place }: Question,
  district: string,
  {
    search,
    committee,
  }: { readonly search: ServiceSearch["search"]; readonly committee: Committee },
): WiderSearch[] {
  const needs = saidIn(typed.map(stemOf), WIDER).flatMap(({ what }) => what);
  const near = district ? "" : (place?.name ?? "");
  const there = district || place?.district;
  return [...new Set(needs)]
    .flatMap((need): WiderSearch[] => {
      if (finds(need, there)) return [{ need, near, within: district }];
      return there && finds(need, COUNTY) ? [{ need, near: "", within: COUNTY }] : [];
    })
    .slice(0, MOST_OFFERED);

  function finds(text: string, within: string | undefined): boolean {
    return search({ text, committee, district: within, count: 1 }).total > 0;
  }
}
