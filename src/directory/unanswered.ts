import { WHOLE } from "./entry.ts";
import type { Meant } from "./found.ts";
import type { Wish } from "./question.ts";
import { isParticular } from "./wider.ts";
import type { Concept, createWordIndex } from "./word-index.ts";
import { wordsOf } from "./words.ts";

/** What nothing is for where it was looked for, though something may mention it. */
export interface Unanswered {
  readonly wish: Wish;
  readonly isMentioned: boolean;
}

interface Where {
  readonly index: Pick<
    ReturnType<typeof createWordIndex>,
    "search" | "isKnown" | "isAnywhere" | "has"
  >;
  /** How much a document is wanted there; 0 for not at all. */
  readonly favour: (document: number) => number;
  readonly nameOf: (document: number) => string;
  /** What was found, the best first. */
  readonly found: readonly number[];
}

/** So many of the best are looked at for whether they are named after a need. */
const MOST_LOOKED_AT = 10;

/**
 * A wish that nothing is for. Where the directory has services for a need, what only mentions it in
 * passing is no answer to it; a need that it does not list is looked for in every word.
 */
export function unansweredBy(
  { wish, concept }: Meant,
  { index, favour, nameOf, found }: Where,
): Unanswered[] {
  const { alternatives } = concept;
  if (wish.means.length === 0) {
    const isUnknown = alternatives.length === 0 && wish.words.some(isParticular);
    return isUnknown ? [{ wish, isMentioned: false }] : [];
  }
  const isWanted = (document: number) => favour(document) > 0;
  const kinds = alternatives.filter(({ word }) => word.startsWith(WHOLE));
  if (found.some((document) => kinds.some(({ word }) => index.has(document, word)))) return [];
  if (index.isAnywhere(kinds, isWanted)) return [];
  const isListed = kinds.some(({ word }) => index.isKnown(word));
  if (!isListed)
    return index.isAnywhere(alternatives, isWanted) ? [] : [{ wish, isMentioned: false }];
  const judge = (document: number, score: number) => score * favour(document);
  const { top } = index.search([concept], judge, MOST_LOOKED_AT);
  const isNamed = top.some((document) => isNamedAfter(nameOf(document), alternatives));
  return isNamed ? [] : [{ wish, isMentioned: top.length > 0 }];
}

function isNamedAfter(name: string, alternatives: Concept["alternatives"]): boolean {
  const words = wordsOf(name);
  return alternatives.some(({ word }) => words.includes(word));
}
