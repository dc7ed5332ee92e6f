import type { Command, Hunch } from "../feature.ts";
import type { Guess } from "./guessing.ts";
import { isForbidden, isNegating, mayRun, saysNot } from "./saying-no.ts";
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
  | { readonly kind: "none"; readonly isForeign?: boolean };

/** What is known of a text. */
interface Clues {
  readonly text: string;
  /** Every word of it, in small letters. */
  readonly words: readonly string[];
  /** The words, with `{district}` and so on where something is named. */
  readonly signs: readonly string[];
  /** A command whose words the text begins with. Anything could follow them. */
  readonly said: Command | undefined;
  /** The best first. A guess without a command says that it is none of the bot's business. */
  readonly guesses: readonly Guess<Command | undefined>[];
  readonly hunch: (Hunch & { readonly of: Command }) | undefined;
}

/** So sure a guess has to be before a command runs. Found on texts that nothing was learned from. */
export const SURE = 0.85;
/** So sure before it is preferred to what a feature thinks of the text, or to an open-ended phrase. */
const SURER = 0.9;
const SUREST = 0.95;
const LIKELY = 0.6;
/** So sure that a text is none of the bot's business before nothing is offered. */
const NOT_OURS = 0.6;
const WORTH_OFFERING = 0.02;
const LIKELY_BESIDE = 0.1;
const MOST_CHOICES = 4;
/** "risk 24" means what it says. Of a longer text the first word may only be how it begins. */
const LONG = 5;
const SHORT = 3;
/** A single word says what something is about, not what is wanted. What is named says both. */
const FEWEST_WORDS = 2;

/** "Has the October meeting been cancelled" asks, and wants nothing changed. */
const ASKING =
  /^\W*(?:has|have|had|did|was|were|why (?:was|were|is|are|has|have|did)|is it (?:right|true))\b/i;
/** "debt advice Wisbech" is a need by itself; in a long sentence it can be anything. */
const LONGEST_NEED = 6;
const UNLIKELY = 0.3;
/** What somebody who tells of abuse is shown: where to report it, and whom to ask. */
const TOLD = new Set(
  ["hateCrime", "adult", "child", "signpost"].map((kind) => `signposting.${kind}`),
);
/** What shows the routes to somebody who looks for help with harm, whatever else it may be. */
const FINDING = "directory.find";
/** What is named by these is what is wanted. */
const NAMING = new Set(["{number}", "{reference}", "{indicator}"]);
const LONGEST_POINTING = 6;
const BEHIND_POINTING = new Set(
  "to till until off back for on in at from now again please out up down away".split(" "),
);
/** An answer to nothing that was asked. */
const ANSWERS = new Set("yes no yeah yep nope ok okay cheers ta maybe".split(" "));
/** Little words of the languages that are spoken most here beside English. */
const FOREIGN = new Set(
  "quand quel quelle est le les des une avec pour où je suis moi prochaine réunion jest nie czy gdzie jak kiedy potrzebuję następne proszę się mam dla wann wo wie ist das der und ich nicht treffen kada yra kur kaip aš noriu quando onde é uma para reunião cuándo dónde cuando donde reunión próxima când este unde vreau pentru и где когда как я не".split(
    " ",
  ),
);
const ENGLISH = new Set(
  "the is are what when who where how for in of to my and on has have do does did not this that it with i can show me".split(
    " ",
  ),
);
const FEWEST_FOREIGN = 2;
const POINTING = new Set("it that this them those these one".split(" "));

/**
 * Decides what a text means. What reads may run on a good guess. What writes, posts or sends only
 * ever opens its form or asks; and where the words say not to do it, it is not even offered, unless
 * it is what people say no with ("stop nudging me").
 */
export function decide({ text, words, signs, said, guesses, hunch }: Clues): Meaning {
  const [best] = guesses;
  const isNegated = saysNot(words);
  const mayBe = (command: Command) => mayRun(command, text, words);
  const isAllowed = (command: Command) => !isForbidden(command, text, words);
  const others = commandsOf(guesses).filter(isAllowed);

  if (hunch?.comesFirst && hunch.of.id === FINDING && (!said || isNear(said, hunch.of)))
    return run(said ?? hunch.of, 0.95, said === undefined);
  if (said && !isOverruled(said)) return run(said, 0.95, false);
  if (hunch?.comesFirst) return isElsewhere() ? ask([hunch.of]) : run(kindOf(hunch.of), 0.9, false);
  if (hunch?.slots?.account && !isOfElse()) return run(hunch.of, SURE, true);
  if (hunch?.isSure) return afterHunch(hunch.of);
  if (hunch && isNeedOf(hunch.of)) return run(hunch.of, 0.7, false);
  if (isForeign(words)) return { kind: "none", isForeign: true };
  if (words.length === 1 && ANSWERS.has(words[0] ?? "")) return { kind: "none" };
  if (best && !best.label && best.confidence >= NOT_OURS) return { kind: "none" };
  const isSaid = best?.label && best.confidence >= SURE && isSaidEnough();
  return isSaid && best.label ? run(best.label, best.confidence, true) : ask();

  /** "find out who has not written" begins like a search and is none. */
  function isOverruled(command: Command): boolean {
    if (command.takesList || !best || best.label === command) return false;
    // "Finance my new car through salary sacrifice" begins like a command and is none.
    if (!best.label) {
      // What is looked for can be anything.
      if (command.id === FINDING) return false;
      return words.length >= LONG && best.confidence >= SUREST && !text.includes(":");
    }
    // Whoever begins with a command's own name means no change of anything else, and no near relation.
    const isOwnName = words[0] === everyWord(command.name)[0];
    // "kpi" and the name of one leave nothing to guess.
    if (isOwnName && signs.includes("{indicator}")) return false;
    const isAlike = hunch?.isSure === true && isNear(best.label, command);
    if (isOwnName && (best.label.changes || isAlike)) return false;
    const isOpen = words.length >= LONG && !text.includes(":");
    return words.length >= SHORT && best.confidence >= (isOpen ? SURER : SUREST);
  }

  /** Words of abuse in what is surely about something else: settings, or a part to act. */
  function isElsewhere(): boolean {
    if (!best?.label || best.confidence < SURER) return false;
    // Where it is a place to go to, the words have said so.
    if (hunch?.of.id === FINDING) return false;
    return !TOLD.has(best.label.id) && best.label.id !== FINDING;
  }

  /** What was done may be told of somebody who is to be helped, or of what is to be changed here. */
  function isOfElse(): boolean {
    if (!best?.label) return false;
    if (TOLD.has(best.label.id)) return best.confidence >= UNLIKELY;
    // What is surely asked for is not what somebody has done.
    if (best.label !== hunch?.of && best.confidence >= SUREST) return true;
    return best.label !== hunch?.of && best.label.changes === true && best.confidence >= LIKELY;
  }

  /** That somebody tells of abuse is a rule's to say, of which kind is better guessed. */
  function kindOf(command: Command): Command {
    if (command.id === "directory.find") return command;
    const isKind = best?.label && TOLD.has(best.label.id) && best.confidence >= LIKELY;
    return isKind && best.label ? best.label : command;
  }

  /** A feature is sure what it is about. What is wanted of it can still be another of its commands. */
  function afterHunch(command: Command): Meaning {
    // One word names what it is about, and says nothing of another wish.
    const isAlone = words.length < FEWEST_WORDS;
    if (isAlone || !best?.label || best.label === command) return run(command, 0.9, false);
    const isSame = isNear(best.label, command);
    if (best.confidence < (isSame ? LIKELY : SURER)) return run(command, 0.9, false);
    return isSame || !best.label.changes || TOLD.has(best.label.id)
      ? run(best.label, best.confidence, true)
      : ask([best.label, command]);
  }

  /** Something that people need is named, and nothing else is more likely to be meant. */
  function isNeedOf(command: Command): boolean {
    if (best?.label === command) return true;
    return words.length <= LONGEST_NEED && (best?.confidence ?? 0) < UNLIKELY;
  }

  /** "Move it to Thursday" does not say what is to be moved. */
  function isSaidEnough(): boolean {
    const isNamed = signs.some((sign) => NAMING.has(sign));
    const isUnclear = ASKING.test(text) || (isPointing(words) && !isNamed);
    if (best?.label?.changes && isUnclear) return false;
    const telling = words.filter(
      (word) => !isFiller(word) && !POINTING.has(word) && !isNegating(word),
    );
    return telling.length >= FEWEST_WORDS || isNamed;
  }

  /** "cancel" is the first word of a command's name: of the others only what is likely stands beside it. */
  function calledFirst(): Command[] {
    const isCalled = ({ name }: Command) => everyWord(name)[0] === words[0];
    const called = words.length === 1 ? others.filter(isCalled) : [];
    if (called.length === 0) return others;
    const likely = guesses.filter(({ confidence }) => confidence >= LIKELY_BESIDE);
    return [...called, ...commandsOf(likely).filter(isAllowed)];
  }

  function run(command: Command, confidence: number, isGuess: boolean): Meaning {
    if (!mayBe(command) && confidence < 1) return ask();
    const rest = others.filter((other) => other !== command).slice(0, MOST_CHOICES - 1);
    return { kind: "command", command, confidence, isGuess, others: rest };
  }

  function ask(first: readonly Command[] = []): Meaning {
    const known = (hunch ? [...first, hunch.of] : first).filter(isAllowed);
    const choices = [...new Set([...known, ...calledFirst()])].slice(0, MOST_CHOICES);
    return choices.length > 0 ? { kind: "ask", choices, isNegated } : { kind: "none" };
  }
}

/** Whether a text is in another language, as far as its little words tell. */
function isForeign(words: readonly string[]): boolean {
  const foreign = words.filter((word) => FOREIGN.has(word)).length;
  return foreign >= FEWEST_FOREIGN && !words.some((word) => ENGLISH.has(word));
}

/** Whether a short text speaks of something that was said before: "put that off till Friday". */
function isPointing(words: readonly string[]): boolean {
  if (words.length > LONGEST_POINTING) return false;
  return words.some((word, at) => {
    const next = words[at + 1];
    return POINTING.has(word) && (word.length <= "it".length || !next || BEHIND_POINTING.has(next));
  });
}

function commandsOf(guesses: readonly Guess<Command | undefined>[]): Command[] {
  return guesses.flatMap(({ label, confidence }) =>
    label && confidence >= WORTH_OFFERING ? [label] : [],
  );
}

function isNear(one: Command, other: Command): boolean {
  return familyOf(one) === familyOf(other);
}

/** `kpi` of `kpi.show`. */
function familyOf({ id }: Command): string {
  return id.split(".")[0] ?? "";
}
