/** How a day or a month was said: without its year, its date or its month, or counted from today. */
export type SaidBy = "month" | "weekday" | "number" | "count";

/** What a phrase left open: `{district}`, `{month}` and so on, each already read. */
export interface Slots {
  readonly district?: string;
  /** `2019-08` */
  readonly month?: string;
  /** `2019-08-08`, in the order in which they were named. */
  readonly dates?: readonly string[];
  /** Of the days and months, those of which only a part was said: which one is meant is a guess. */
  readonly loose?: Readonly<Record<string, SaidBy>>;
  /** What was not understood of an open-ended phrase: small letters, without the little words. */
  readonly unread?: string;
  /** Every word, as `unread` has them: a name can look like a month. */
  readonly said?: string;
  /** Set when the text named the committee. */
  readonly committee?: string;
  /** An indicator by its own name. */
  readonly indicator?: string;
  /** "April to June 2019" */
  readonly period?: string;
  /** A town or village by its own name. */
  readonly place?: string;
  /** What somebody needs help with, as they said it. */
  readonly need?: string;
  readonly person?: string;
  /** "officer": a role that somebody holds or is to hold. */
  readonly role?: string;
  /** What is to become of it: an action is to be `complete`. */
  readonly status?: "complete";
  /** What a record or a signposting is called by, `K7BD2QXM`. */
  readonly reference?: string;
  /** The minute number of an action, with its letter: `187d`. */
  readonly action?: string;
  /** What somebody tells of their work, in their words: it belongs into a form. Never kept by typing. */
  readonly account?: string;
  /** The text as it was typed, for what only its feature can read. Never logged, never kept. */
  readonly typed?: string;
  /** A list that was pasted behind the command's words. */
  readonly list?: string;
}
