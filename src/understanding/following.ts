import type { Card } from "../card-template.ts";
import type { Command, Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { whichCard } from "./cards.ts";
import {
  addedTo,
  goesOn,
  goneOn,
  isAddition,
  isBare,
  isEverywhere,
  isFew,
  isYes,
  namesNothing,
  namesOnly,
  openPhraseOf,
  placeAmong,
} from "./continuing.ts";
import { saysNot } from "./saying-no.ts";
import { inFull, takesMore, toldTo } from "./full.ts";
import type { Before } from "./memory.ts";
import type { Reading } from "./reading.ts";
import { everyWord } from "./words.ts";

/** How sure a short question is to go on with the one before. */
const CONTINUED = 0.8;

/** A command to run, with what it is told, or the same question with fewer answers. */
type Followed =
  | {
      readonly command: Command;
      readonly slots: Slots;
      readonly confidence: number;
      readonly taken: { readonly as: string; readonly others: readonly string[] };
    }
  | { readonly card: Card; readonly choices: readonly Command[]; readonly slots: Slots };

/** A text, read, and whether it may tell who somebody is. */
interface SaidNow {
  readonly turn: Turn;
  readonly text: string;
  readonly read: Reading;
  readonly isPersonal: boolean;
}

/** What a text is after another: the same question about something else, or the answer to one. */
export function following(commands: readonly Command[]) {
  const byId = new Map(commands.map((command) => [command.id, command]));
  return { followed, canBeFollowed };

  /** Whether anything said later can change or complete what was asked. */
  function canBeFollowed(command: Command): boolean {
    return takesMore(command) || openPhraseOf(command, commands) !== undefined;
  }

  function followed(said: SaidNow, before: Before): Followed | undefined {
    const { turn, text, read, isPersonal } = said;
    // "Not October" says which one is not meant.
    if (saysNot(everyWord(text))) return undefined;
    const earlier = byId.get(before.command);
    if (!earlier) return chosen(said, before);
    const { meaning, slots, signs } = read;
    const isOfPerson = slots.person !== undefined && isAddition(text);
    // It is of a district or of a person: whoever is named now takes the other's place.
    const isOther = isOfPerson && earlier.full?.includes("{whose}");
    const { district, ...rest } = before.slots;
    const now = goneOn(text, isOther ? rest : { ...rest, district }, slots);
    const isOn = goesOn(text, signs) || isEverywhere(text) || isOfPerson;
    const isAnswer = namesOnly(signs) && before.isOpen;
    if (isOn || isAnswer) {
      const isTaken = isEverywhere(text) || isTold(turn, earlier, slots);
      if (isTaken) return goingOn(turn, earlier, now);
      if (isOn) return undefined;
    }
    if (isPaper(earlier)) return undefined;
    if (meaning.kind === "command") {
      const { indicator } = isAboutNumber(earlier) ? before.slots : {};
      return indicator && isOfSameNumber(read)
        ? goingOn(turn, meaning.command, goneOn(text, before.slots, { ...slots, indicator }))
        : undefined;
    }
    const phrase = openPhraseOf(earlier, commands);
    const open = [earlier, ...commands].find(({ phrases }) => phrase && phrases.includes(phrase));
    const isNear =
      meaning.kind === "none" ||
      slots.person !== undefined ||
      /\d/.test(text) ||
      meaning.choices.some((each) => each === open);
    const isAdded = isAddition(text) || (before.isOpen && isFew(text) && isNear);
    const added = isAdded ? addedTo(phrase, text) : undefined;
    return open && added ? asTyped(open, { unread: text }, added, isPersonal) : undefined;
  }

  /** The answer to "Which of these do you mean?": one of them, or what only some of them can be told. */
  function chosen({ turn, text, read }: SaidNow, before: Before): Followed | undefined {
    const { meaning, slots, signs } = read;
    const choices = before.choices.flatMap((id) => byId.get(id) ?? []);
    const picked = choices[placeAmong(choices.length, text) ?? -1];
    if (picked) return goingOn(turn, picked, before.slots);
    if (choices.length > 1 && isYes(text))
      return { card: whichCard(choices, false), choices, slots: before.slots };
    const takers = choices.filter((choice) => isTold(turn, choice, slots));
    const [only, another] = takers;
    const told = goneOn(text, before.slots, slots);
    const isNamed = namesOnly(signs) && (!slots.indicator || !choices.some(isAboutNumber));
    if (isNamed && only)
      return another
        ? { card: whichCard(takers, false), choices: takers, slots: told }
        : goingOn(turn, only, told);
    // "since april", "hate crime reports": the command that is said now, with what was said before.
    if (meaning.kind !== "command" || isTimed(slots)) return undefined;
    const { command } = meaning;
    const isAmong = choices.includes(command) || isAboutNumber(command);
    return isAmong && isTold(turn, command, before.slots)
      ? goingOn(turn, command, told)
      : undefined;
  }
}

/**
 * Short texts, and commands with nothing said of what they are about, may go on with what was asked
 * before, or complete it. A text that says all of it by itself never does.
 */
export function needsBefore(turn: Turn, text: string, { meaning, signs, slots }: Reading): boolean {
  if (goesOn(text, signs) || isEverywhere(text) || namesOnly(signs)) return true;
  if (meaning.kind !== "command") return isAddition(text) || isFew(text);
  if (isOfSameNumber({ meaning, signs, slots })) return true;
  const { command } = meaning;
  return isFew(text) && takesMore(command) && !isTold(turn, command, slots);
}

/** "Explain that", "show me the table": a command about a number that does not say of which. */
function isOfSameNumber({ meaning, signs, slots }: Pick<Reading, "meaning" | "signs" | "slots">) {
  if (meaning.kind !== "command" || !isAboutNumber(meaning.command)) return false;
  const isUnnamed = meaning.isGuess && slots.indicator === undefined && namesNothing(signs);
  return isUnnamed || isBare(signs, meaning.command);
}

/** Whether nothing is said yet of what the command can be told, or not what it cannot do without. */
export function isOpen(turn: Turn, command: Command, slots: Slots): boolean {
  if (slots.unread) return false;
  return !isTold(turn, command, slots) || !toldTo(command, slots, turn.committee).isComplete;
}

/** A file to be made: it is not made again by a word that says nothing of it. */
export function isPaper({ id }: Command): boolean {
  return id.startsWith("papers.") || id.endsWith(".report");
}

/** Whether the command is told anything that it takes. */
function isTold({ committee }: Turn, command: Command, slots: Slots): boolean {
  return inFull(command, slots, committee) !== inFull(command, {}, committee);
}

function isTimed({ month, period, dates, district }: Slots): boolean {
  return (month ?? period ?? dates ?? district) !== undefined;
}

function isAboutNumber({ full }: Command): boolean {
  return full?.includes("{indicator}") ?? false;
}

/** The command with what it is told now, and what that is in full. */
function goingOn(turn: Turn, command: Command, slots: Slots): Followed {
  return asTyped(command, slots, inFull(command, slots, turn.committee));
}

/** The command as somebody would have typed it. What may tell who somebody is, is not said again. */
function asTyped(command: Command, slots: Slots, full: string, isPersonal = false): Followed {
  return {
    command,
    slots: { ...slots, typed: full, said: full.toLowerCase() },
    confidence: CONTINUED,
    taken: { as: isPersonal ? command.name : full, others: [] },
  };
}
