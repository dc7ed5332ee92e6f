import type { Command, Hunch } from "../feature.ts";
import type { Guess } from "./guessing.ts";

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
  /** A command in its own words; `isOpen` where anything could follow them. */
  readonly said: { readonly command: Command; readonly isOpen: boolean } | undefined;
  /** The best first. A guess without a command says that it is none of the bot's business. */
  readonly guesses: readonly Guess<Command | undefined>[];
  readonly hunch: (Hunch & { readonly of: Command }) | undefined;
  readonly words: readonly string[];
}

/** So sure a guess has to be before a command runs, and before it is offered. */
const SURE = 0.5;
const WORTH_ASKING = 0.2;
/** So sure before it is preferred to what a feature thinks of the text, or to an open-ended phrase. */
const SURER = 0.8;
const MOST_CHOICES = 3;

const NEGATIONS = new Set(
  "not don't dont never no stop won't wont without can't cant isn't isnt shouldn't shouldnt doesn't doesnt didn't didnt unless".split(
    " ",
  ),
);

/**
 * Decides what a text means. What reads may run on a good guess. What writes, posts or sends only
 * ever opens its form or asks; and where the words say not to do it, it is not even offered, unless
 * it is just what people say no with ("stop nudging me").
 */
export function decide({ said, guesses, hunch, words }: Clues): Meaning {
  const [best] = guesses;
  const others = commandsOf(guesses);
  const isNegated = words.some(isNegation);
  const mayRun = ({ changes, examples, phrases }: Command) =>
    !changes ||
    !isNegated ||
    [...examples, ...phrases].some((example) => example.split(" ").some(isNegation));
  const run = (command: Command, confidence: number, isGuess: boolean): Meaning =>
    mayRun(command)
      ? { kind: "command", command, confidence, isGuess, others: others.filter((each) => each !== command).slice(0, MOST_CHOICES) }
      : { kind: "ask", choices: others.filter(mayRun).slice(0, MOST_CHOICES), isNegated };

  if (said && !said.isOpen) return { kind: "command", command: said.command, confidence: 1, isGuess: false, others };
  const isSurer = (best?.confidence ?? 0) >= SURER;
  if (said && !(isSurer && best?.label && !hunch && best.label !== said.command && !said.command.changes))
    return run(said.command, 0.95, false);
  if (hunch?.isSure) {
    const isRelated = best?.label && best.confidence >= SURE && familyOf(best.label) === familyOf(hunch.of);
    return isRelated && best.label ? run(best.label, best.confidence, true) : run(hunch.of, 0.9, false);
  }
  if (best && isSurer) return best.label ? run(best.label, best.confidence, true) : { kind: "none" };
  if (hunch) return run(hunch.of, 0.7, false);
  if (best && best.confidence >= SURE)
    return best.label ? run(best.label, best.confidence, true) : { kind: "none" };
  const choices = commandsOf(guesses.filter(({ confidence }) => confidence >= WORTH_ASKING / 2)).filter(mayRun);
  return best && best.confidence >= WORTH_ASKING && choices.length > 0
    ? { kind: "ask", choices: choices.slice(0, MOST_CHOICES), isNegated }
    : { kind: "none" };
}

/** Whether a word turns what is said into its opposite. */
function isNegation(word: string): boolean {
  return NEGATIONS.has(word);
}

function commandsOf(guesses: readonly Guess<Command | undefined>[]): Command[] {
  return guesses.flatMap(({ label, confidence }) => (label && confidence > 0.02 ? [label] : []));
}

/** `kpi` of `kpi.show`. */
function familyOf({ id }: Command): string {
  return id.split(".")[0] ?? "";
}
