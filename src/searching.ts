import type { Card } from "./card-template.ts";
import type { Turn } from "./feature.ts";

/** Something that was found while somebody writes: a line of a list, and the card it becomes. */
export interface SearchResult {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** 999, which stands alone and before anything that could be chosen. */
  readonly isUrgent?: boolean;
  /** A card without the bot's own buttons: it goes into chats that the bot is not in. */
  readonly card: Card;
}

/** What was found, and what was made of the text. */
export interface SearchAnswer {
  readonly results: readonly SearchResult[];
  /** "Ramsey and the rest of Huntingdonshire"; empty where the text names no place. */
  readonly place: string;
  /** A place that is not known, needs that nothing was found for. */
  readonly remarks: readonly string[];
  /** Where nothing was found: what can be searched wider, and whom to ask. */
  readonly instead?: string;
}

/** What of a list is wanted, and of what kind the text is. */
interface SearchPage {
  readonly skip: number;
  readonly count: number;
  /** A need, in all its words or still being typed; undefined where something is looked up by name. */
  readonly written?: "whole" | "being typed";
}

/**
 * Finds something for a text. Where nothing is there for a need, that is counted as in a chat, and
 * nothing of who looked. Of a text that is still being typed no word is kept.
 */
export type Search = (turn: Turn, text: string, page: SearchPage) => Promise<SearchAnswer>;
