import type { Command, Slots } from "../feature.ts";
import { ANYTHING } from "./phrases.ts";
import { everyWord } from "./words.ts";

/** Words of a text that only changes a part of what was asked before. */
const LEADS =
  /^(?:and|also|or|but|so|ok|okay|now|then|again|same|ditto|what about|how about|what of)\b/i;
const CONTINUES = new Set(
  "and also or but so ok okay now then again same ditto what how about of for in at on the it them that this those please just only too as well instead one thing again is was were me show and".split(
    " ",
  ),
);
/** What can stand alone: a place or a time says nothing by itself. */
const PARTS = new Set(["{district}", "{place}", "{month}", "{date}", "{period}", "{person}"]);
const EVERYWHERE =
  /^(?:and )?(?:(?:for|across|in) )?(?:the (?:whole|entire) (?:county|council|area)|everywhere|county[ -]?wide|all (?:the |of the )?districts|cambridgeshire)(?: as a whole| together)?\W*$/i;
const MOST_ADDED = 3;
type Writable = { -readonly [slot in keyof Slots]: Slots[slot] };
/** The text itself is no part of what was asked. */
const WORDS = ["typed", "said", "unread"] as const;
const WHERE = ["district", "place"] as const;
const WHEN = ["month", "dates", "period"] as const;

/** Whether a text goes on with what was asked before: "and Fenland?", "same for June", "October". */
export function goesOn(text: string, signs: readonly string[]): boolean {
  const rest = signs.filter((sign) => !CONTINUES.has(sign));
  if (rest.length === 0) return false;
  const isPart = rest.every((sign) => PARTS.has(sign));
  const isNamed = rest.every((sign) => sign.startsWith("{"));
  return isPart || (isNamed && LEADS.test(text.trim()));
}

/** "The whole county": whatever district was asked about before. */
export function isEverywhere(text: string): boolean {
  return EVERYWHERE.test(text.trim());
}

/** Whether a few words are added to what was asked before: "and coroners?" */
export function isAddition(text: string): boolean {
  const count = everyWord(addition(text)).length;
  return LEADS.test(text.trim()) && count > 0 && count <= MOST_ADDED;
}

/** Whether anything at all can stand behind the command. */
export function takesAnything({ phrases }: Command): boolean {
  return phrases.some((phrase) => phrase.endsWith(ANYTHING));
}

/** The command with what a text adds to it, as somebody would type it: "finance coroners". */
export function addedTo({ phrases }: Command, text: string): string | undefined {
  const open = phrases.find((phrase) => phrase.endsWith(ANYTHING));
  return isAddition(text) ? open?.replace(ANYTHING, () => addition(text)) : undefined;
}

function addition(text: string): string {
  return text
    .trim()
    .replace(LEADS, "")
    .replace(/[?!.]+$/, "")
    .trim();
}

/** Whether a text says a command and nothing else: "explain that", "compare the districts". */
export function isBare(signs: readonly string[], { name, phrases }: Command): boolean {
  const own = new Set([name, ...phrases].flatMap(everyWord));
  return signs.every((sign) => own.has(sign) || CONTINUES.has(sign) || PARTS.has(sign));
}

/** What was asked before, with what the text puts in the place of a part of it. */
export function goneOn(text: string, before: Slots, now: Slots): Slots {
  const named: Writable = { ...now };
  for (const slot of WORDS) delete named[slot];
  const kept: Writable = { ...before };
  for (const group of [WHERE, WHEN])
    if (group.some((slot) => named[slot])) for (const slot of group) delete kept[slot];
  if (isEverywhere(text)) for (const slot of WHERE) delete kept[slot];
  return { ...kept, ...named };
}
