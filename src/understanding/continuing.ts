import type { Command } from "../feature.ts";
import type { Slots } from "../slots.ts";
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
/** Words that ask something of a number, whichever it is. */
const OF_ANY_NUMBER = new Set(
  "a an any all each every by did do does did has have had been why where who when which would could should can will might mean means meaning meant stand explain explained explanation define definition count counted counts calculated worked out come comes source reason reasons behind spike spikes gone go going went get getting got up down higher lower more less fewer better worse rise rises rising risen rose fall falls falling fell fallen trend trends change changed changes since then before last year compare compared compares comparison versus against other others rest between side split break breakdown rank highest lowest most fewest district districts area areas county table tables rows columns chart charts graph graphs picture plot csv excel spreadsheet copy download export data figure figures number numbers stat stats statistic statistics total period periods kpi kpis give see let have i you we our us my need want like please tell put as to from there here latest current now so far well good bad normal target list long up-to-date again really actually exactly into full whole".split(
    " ",
  ),
);
/** What can stand alone: a place or a time says nothing by itself. */
const PARTS = new Set(["{district}", "{place}", "{month}", "{date}", "{period}", "{person}"]);
const EVERYWHERE =
  /^(?:and )?(?:(?:for|across|in) )?(?:the (?:whole|entire) (?:county|council|area)|everywhere|county[ -]?wide|all (?:the |of the )?districts|cambridgeshire)(?: as a whole| together)?\W*$/i;
const MOST_ADDED = 3;
/** Words around what is named in an answer. */
const AROUND = new Set("until till to from by a".split(" "));
const YES = new Set("yes yeah yep please ok sure".split(" "));
const PLACES = [
  ["first", "1st", "1"],
  ["second", "2nd", "2"],
  ["third", "3rd", "3"],
  ["fourth", "4th", "4"],
];
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

/** Whether a text is so short that it may be the answer to a question: "187d", "coroners". */
export function isFew(text: string): boolean {
  const count = everyWord(text).length;
  return count > 0 && count <= MOST_ADDED;
}

/** Whether a text names things and asks nothing: "187d", "the october one", "until friday". */
export function namesOnly(signs: readonly string[]): boolean {
  const rest = signs.filter((sign) => !CONTINUES.has(sign) && !AROUND.has(sign));
  return rest.length > 0 && rest.every((sign) => sign.startsWith("{"));
}

/**
 * The phrase behind which anything can stand, of the command or of one that begins with its name:
 * "risks" and behind it one of them.
 */
export function openPhraseOf(
  { name, phrases }: Command,
  commands: readonly Command[],
): string | undefined {
  const own = phrases.find((phrase) => phrase.endsWith(ANYTHING));
  if (own) return own;
  const longer = `${name} ${ANYTHING}`;
  return commands.some((command) => command.phrases.includes(longer)) ? longer : undefined;
}

/** The phrase with what a text adds to it, as somebody would type it: "finance coroners". */
export function addedTo(phrase: string | undefined, text: string): string | undefined {
  const added = addition(text);
  return added ? phrase?.replace(ANYTHING, () => added) : undefined;
}

/** Which one of so many a text says by its place: "the second one", "yes" where there is but one. */
export function placeAmong(count: number, text: string): number | undefined {
  const words = everyWord(text).filter((word) => !CONTINUES.has(word));
  const [word = "", another] = words;
  if (another !== undefined) return undefined;
  if (count === 1 && YES.has(word)) return 0;
  const place = PLACES.findIndex((each) => each.includes(word));
  return place >= 0 && place < count ? place : undefined;
}

/** Whether a text says yes and nothing else, which is no answer to "which of these". */
export function isYes(text: string): boolean {
  const words = everyWord(text);
  return words.length > 0 && words.every((word) => YES.has(word));
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

/**
 * Whether a text that asks for a number names none: no word is left that is neither a period, a
 * place, nor what can be asked of any number. "Has library use gone up" is a question of its own.
 */
export function namesNothing(signs: readonly string[]): boolean {
  return signs.every(
    (sign) => CONTINUES.has(sign) || PARTS.has(sign) || AROUND.has(sign) || OF_ANY_NUMBER.has(sign),
  );
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
