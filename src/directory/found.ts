import type { Committee } from "../council.ts";
import type { Question, Wish } from "./question.ts";
import type { Service } from "./schema.ts";
import type { Unanswered } from "./unanswered.ts";
import type { Concept } from "./word-index.ts";

/** A service that was found, and why. */
export interface Hit {
  readonly service: Service;
  /** "“lonely”, listed under Loneliness". One for each wish that it meets, and one for the place. */
  readonly reasons: readonly string[];
}

/** What a search gives. */
export interface Found {
  readonly question: Question;
  /** The best first. */
  readonly hits: readonly Hit[];
  readonly total: number;
  /** The needs that are answered one by one, where the question speaks of several. */
  readonly needs?: readonly string[];
  /** Needs that nothing there is listed under. */
  readonly unanswered?: readonly Unanswered[];
}

/** What is searched: the words, and the district if only one is wanted. */
export interface Wanted {
  readonly text: string;
  readonly committee: Committee;
  /** Wins over a place that the text names; "county" searches everywhere. */
  readonly district?: string | undefined;
  readonly skip?: number;
  readonly count: number;
  /** The safety rule that else hears harm in the words, by its id: where no rule of words does. */
  readonly heard?: string | undefined;
  /** Somebody has seen 999 for these words, and said that nobody is in danger now. */
  readonly isCalm?: boolean;
}

/** A wish, and what of a service answers it. */
export interface Meant {
  readonly wish: Wish;
  readonly concept: Concept;
}
