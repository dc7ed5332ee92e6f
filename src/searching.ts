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

/**
 * Finds something for a text. Keeps nothing of one that is still being typed; where nothing is
 * there for a whole message, the need is counted as in a chat, and nothing of who looked.
 */
export type Search = (
  turn: Turn,
  text: string,
  page: { readonly skip: number; readonly count: number; readonly isWhole?: boolean },
) => Promise<SearchAnswer>;
