import type { Command, Hunch } from "../feature.ts";
import type { Guess } from "./guessing.ts";
import { everyWord, isFiller } from "./words.ts";

/** What a text means. */
export type Meaning =
  /** A command, and how sure that is: 1 where it was said in its own words. */
  | {
      readonly kind: "command";
      readonly command: Command;
      readonly confidence: number;
      /** Whether the words are the bot's guess, and it has to say so. */
      readonly isGuess: boolean;
      readonly others: readonly Command[];
    }
  /** One of these, and nobody but the person knows which. */
  | { readonly kind: "ask"; readonly choices: readonly Command[]; readonly isNegated: boolean }
  | { readonly kind: "none" };

/** What is known of a text. */
interface Clues {
  readonly text: string;
  /** Every word of it, in small letters. */
  readonly words: readonly string[];
  /** A command whose words the text begins with. Anything could follow them. */
  readonly said: Command | undefined;
  /** The best first. A guess without a command says that it is none of the bot's business. */
  readonly guesses: readonly Guess<Command | undefined>[];
  readonly hunch: (Hunch & { readonly of: Command }) | undefined;
}

/** So sure a guess has to be before a command runs. Found on the tuning part of the utterances. */
const SURE = 0.75;
/** So sure before it is preferred to what a feature thinks of the text, or to an open-ended phrase. */
const SURER = 0.85;
const LIKELY = 0.5;
/** So sure that a text is none of the bot's business before nothing is offered. */
const NOT_OURS = 0.4;
const WORTH_OFFERING = 0.02;
const MOST_CHOICES = 4;
/** "risk 24" means what it says. Of a longer text the first word may only be how it begins. */
const LONG = 5;
/** A single word says what something is about, not what is wanted. */
const FEWEST_WORDS = 2;

/** Words that turn what is said into its opposite. */
const NEGATIONS = new Set(
  "not dont never no nobody neither nor stop wont without cant isnt shouldnt mustnt doesnt didnt havent hasnt unless".split(
    " ",
  ),
);
/** "I didn't say I was away": nothing is wanted at all. */
const TAKEN_BACK =
  /\b(?:did not|didn['’]?t|have not|haven['’]?t|never|was not|wasn['’]?t)\s+(?:say|said|ask|asked|want|wanted|mean|meant|tell|told|going)\b/i;
/** "debt advice Wisbech" is a need by itself; in a long sentence it can be anything. */
const LONGEST_NEED = 6;
const UNLIKELY = 0.3;
const POINTING = new Set("it that this them those these one".split(" "));

/**
 * Decides what a text means. What reads may run on a good guess. What writes, posts or sends only
 * ever opens its form or asks; and where the words say not to do it, it is not even opened, unless
 * it is what people say no with ("stop nudging me").
 */
export function decide({ text, words, said, guesses, hunch }: Clues): Meaning {
  const [best] = guesses;
  const isNegated = saysNot(words);
  const mayBe = (command: Command) => mayRun(command, text, words);
  const others = commandsOf(guesses).filter(mayBe);

  if (said && !isOverruled(said)) return run(said, 0.95, false);
  if (hunch?.comesFirst) return run(hunch.of, 0.9, false);
  if (hunch?.isSure) return afterHunch(hunch.of);
  if (hunch && isNeedOf(hunch.of)) return run(hunch.of, 0.7, false);
  if (best && !best.label && best.confidence >= NOT_OURS) return { kind: "none" };
  const needed = best?.label?.changes ? SURER : SURE;
  const isSaid = best?.label && best.confidence >= needed && isSaidEnough();
  return isSaid && best.label ? run(best.label, best.confidence, true) : ask();

  /** "find out who has not written" begins like a search and is none. */
  function isOverruled(command: Command): boolean {
    if (command.takesList) return false;
    const isOther = best?.label !== undefined && best.label !== command && !best.label.changes;
    const isLong = words.length >= LONG;
    return isLong && isOther && best.confidence >= SURER && !hunch && !text.includes(":");
  }

  /** A feature is sure what it is about. What is wanted of it can still be another of its commands. */
  function afterHunch(command: Command): Meaning {
    const isAboutSame = best?.label?.full?.includes("{indicator}") ?? false;
    if (isAboutSame && best?.label && best.confidence >= LIKELY && command.id === "kpi.show")
      return run(best.label, best.confidence, true);
    const isElse = best?.label && best.label !== command && best.confidence >= SURER;
    return isElse && !isAboutSame && familyOf(best.label) !== familyOf(command)
      ? ask([command])
      : run(command, 0.9, false);
  }

  /** Something that people need is named, and nothing else is more likely to be meant. */
  function isNeedOf(command: Command): boolean {
    if (best?.label === command) return true;
    return words.length <= LONGEST_NEED && (best?.confidence ?? 0) < UNLIKELY;
  }

  function isSaidEnough(): boolean {
    const telling = words.filter((word) => !isFiller(word) && !POINTING.has(word));
    return telling.length >= FEWEST_WORDS;
  }

  function run(command: Command, confidence: number, isGuess: boolean): Meaning {
    if (!mayBe(command) && confidence < 1) return ask();
    const rest = others.filter((other) => other !== command).slice(0, MOST_CHOICES - 1);
    return { kind: "command", command, confidence, isGuess, others: rest };
  }

  function ask(first: readonly Command[] = []): Meaning {
    const known = hunch ? [...first, hunch.of] : first;
    const choices = [...new Set([...known, ...others])].filter(mayBe).slice(0, MOST_CHOICES);
    return choices.length > 0 ? { kind: "ask", choices, isNegated } : { kind: "none" };
  }
}

/** Whether the words do not say not to do it, or it is what people say no with. */
export function mayRun(
  { changes, saysNo }: Command,
  text: string,
  words: readonly string[] = everyWord(text),
): boolean {
  return !changes || !saysNot(words) || (saysNo === true && !TAKEN_BACK.test(text));
}

function saysNot(words: readonly string[]): boolean {
  return words.some((word) => NEGATIONS.has(word));
}

function commandsOf(guesses: readonly Guess<Command | undefined>[]): Command[] {
  return guesses.flatMap(({ label, confidence }) =>
    label && confidence >= WORTH_OFFERING ? [label] : [],
  );
}

/** `kpi` of `kpi.show`. */
function familyOf({ id }: Command): string {
  return id.split(".")[0] ?? "";
}
