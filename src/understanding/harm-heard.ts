import { signsIn } from "./names.ts";
import { warm } from "./reading.ts";
import { everyWord } from "./words.ts";

/** What is told when somebody types it alone, by the command that would answer it. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["signposting.child", "child"],
  ["signposting.adult", "adult"],
  ["signposting.hateCrime", "hate"],
  ["signposting.signpost", "domestic"],
]);
/** All kinds together. At 0.9, some 5 in 1,000 ordinary needs are heard, and most that tell of harm. */
const ENOUGH = 0.9;
/** How a search for help begins: it is not what happened. */
const LEAD = /^(?:(?:find|search|look(?:ing)?|help|support|advice|for|with|me|us|please)\b|\W)+/i;
/** Somebody tells of a person. */
const TELLS =
  /\b(?:he|she|they|him|her|hers|his|them|i|me|my|we|mum|dad|mother|father|gran|nan|someone|somebody)\b/i;
/** In a few words these say whom a service is for: "woman homeless in Cambridge". */
const WHO =
  /\b(?:resident|neighbour|lady|man|woman|boy|girl|kid|child|baby|son|daughter|husband|wife|partner|friend|learner|client|customer)\b/i;
const FEWEST_TOLD = 6;
/** Somebody says what is wished for, and has a name for it. */
const WISHES =
  /\b(?:needs?|wants?|would like|could do with|looking for|lessons?|choir|class(?:es)?|clubs?|groups?|training|leaflets?|course)\b|\b(?:at chess|in (?:a|his|her) wheelchair)\b/i;

/**
 * The kind of harm that a text tells of, as plain chat would hear it: "child", "adult", "hate" or
 * "domestic". It hears what no rule of words foresaw, so it only ever adds a route.
 */
export function harmHeard(text: string): string | undefined {
  const told = text.replace(LEAD, "");
  const words = everyWord(told);
  const tells = TELLS.test(told) || (WHO.test(told) && words.length >= FEWEST_TOLD);
  if (!tells || WISHES.test(told)) return undefined;
  const guesses = warm()
    .guess(signsIn(words, () => []))
    .filter(({ label }) => KINDS.has(label));
  const sum = guesses.reduce((all, { confidence }) => all + confidence, 0);
  return sum >= ENOUGH ? KINDS.get(guesses[0]?.label ?? "") : undefined;
}
