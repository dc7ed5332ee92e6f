import type { Command } from "../feature.ts";
import { stemOf } from "./features.ts";
import { everyWord } from "./words.ts";

/** Words that turn what is said into its opposite. */
const NEGATION =
  /^(?:not|nothing|avoid|refrain|forget|no|never|nobody|none|neither|nor|stop|without|unless|cannot|against|(?:do|does|did|is|are|was|were|has|have|had|ca|could|wo|would|should|must|need|ai)nt)$/;
/** Two words that do the same: "instead of posting", "rather than move it", "hang fire with it". */
const NEGATION_OF_TWO = new Set([
  ...["instead of", "rather than", "hang fire", "hang off", "hold fire", "hold off", "hold back"],
]);
/** "Don't forget to post it" and "don't stop reminding me" take their "not" back. */
const TWICE = /\b(?:do not|don['’]?t|never|not|dont)\s+(?:you\s+)?(?:forget|stop|fail)\b/i;
/** "un-cancel", "uncancelled". */
const UNDOING = /^un-?(?=\p{L}{4})/u;
/** So far behind a "not" may stand what is not to be done. */
const REACH = 4;
/** "I didn't say I was away": nothing is wanted at all. */
const TAKEN_BACK =
  /\b(?:did not|didn['’]?t|have not|haven['’]?t|never|was not|wasn['’]?t)\s+(?:say|said|saying|ask|asked|asking|want|wanted|mean|meant|tell|told|telling|going)\b/i;
/** What is to be as it was: "keep the meeting", "carry on nudging me", "it stays on the 10th". */
const KEEPING = new Set(
  "keep keeping keeps stay stays stayed staying remain remains carry".split(" "),
);

/** Whether a word turns what is said into its opposite. */
export function isNegating(word: string): boolean {
  return NEGATION.test(word);
}

/** Whether anything among the words turns them into their opposite. */
export function saysNot(words: readonly string[]): boolean {
  return words.some((_, at) => negates(words, at) > 0);
}

/** Whether the words do not say not to do it, or it is what people say no with. */
export function mayRun(command: Command, text: string, words: readonly string[]): boolean {
  if (isForbidden(command, text, words)) return false;
  return !command.changes || !saysNot(words) || command.saysNo !== undefined;
}

/** Whether the words say not to do just this: "nobody is to cancel the meeting". */
export function isForbidden(
  { changes, ends, name, saysNo }: Command,
  text: string,
  words: readonly string[] = everyWord(text),
): boolean {
  if (!changes) return false;
  if (TAKEN_BACK.test(text)) return true;
  const own = new Set((saysNo ?? everyWord(name)).map(baseOf));
  const isOwn = (word: string) => own.has(baseOf(word));
  if (words.some((word) => UNDOING.test(word) && isOwn(word.replace(UNDOING, "")))) return true;
  if (TWICE.test(text)) return saysNo !== undefined;
  const kept = words.findIndex((word) => KEEPING.has(word));
  // "Keep the digest on hold" is to hold it, "keep the digest" is not.
  if (ends && kept >= 0 && !words.slice(kept + 1).some(isOwn)) return true;
  return words.some((_, at) => {
    const length = negates(words, at);
    return length > 0 && words.slice(at + length, at + length + REACH).some(isOwn);
  });
}

/** How many of the words from here turn what follows into its opposite: none, one or two. */
function negates(words: readonly string[], at: number): 0 | 1 | 2 {
  if (NEGATION.test(words[at] ?? "")) return 1;
  return NEGATION_OF_TWO.has(`${words[at]} ${words[at + 1]}`) ? 2 : 0;
}

/** "cancelling", "cancelled" and "cancel" are one, and so are "moving" and "move". */
function baseOf(word: string): string {
  return stemOf(word)
    .replace(/(\p{L})\1$/u, "$1")
    .replace(/e$/, "");
}
