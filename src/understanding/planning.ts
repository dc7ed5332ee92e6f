import { holds, type Command, type Turn } from "../feature.ts";
import { LONGEST_PLANNED, type Planner } from "../planner.ts";
import { saysNot } from "./saying-no.ts";
import type { Memory } from "./memory.ts";
import type { Reading } from "./reading.ts";
import { everyWord } from "./words.ts";

interface Asking {
  readonly planner: Planner | undefined;
  readonly memory: Pick<Memory, "hush" | "isHushed">;
  readonly afterwards: (work: Promise<unknown>) => void;
  readonly commands: readonly Command[];
}

/** A text that was read, and whether it may tell who somebody is. */
interface ToPlan {
  readonly turn: Turn;
  readonly text: string;
  readonly read: Reading;
  readonly isPersonal: boolean;
}

/** A single word says what something is about, not what is wanted. */
const FEWEST_WORDS = 2;
/** What a planner never hears of and never chooses. */
const NEVER_CHOSEN = ["signposting.", "people."];

/**
 * Asks the planner, where the council has one, for what the bot itself would only ask back. A text
 * goes there alone, and only where it says nothing of anybody and nothing of a signposting.
 */
export function planning({ planner, memory, afterwards, commands }: Asking) {
  return { plan, hush };

  /** The command that the planner takes the text for, among those that this person may use here. */
  async function plan({ turn, text, read, isPersonal }: ToPlan): Promise<Command | undefined> {
    if (!planner) return undefined;
    if (isPersonal || isOfSignposting(read)) hush(turn);
    if (isPersonal || isWithheld(read) || !isQuestion(text)) return undefined;
    // While nobody knows what was said before, it may have been a signposting.
    if (await memory.isHushed(turn).catch(() => true)) return undefined;
    const isNegated = saysNot(everyWord(text));
    const open = commands.filter(
      (command) => isOpen(turn, command) && !(command.changes && isNegated),
    );
    const choices = open.map(({ id, purpose, examples }) => ({ id, purpose, examples }));
    const chosen = await planner(text, choices, turn.now);
    return open.find(({ id }) => id === chosen);
  }

  /** What the person writes next in this conversation may belong to it, and stays here too. */
  function hush(turn: Turn): void {
    if (planner) afterwards(memory.hush(turn));
  }
}

/** Whether a command or a button is of what is told in confidence. */
export function isOfConfidence(id: string): boolean {
  return id.startsWith("signposting.");
}

function isQuestion(text: string): boolean {
  return text.length <= LONGEST_PLANNED && everyWord(text).length >= FEWEST_WORDS;
}

/** Whether the text is more likely than anything else about pointing somebody to help. */
function isOfSignposting({ meaning, hunch }: Reading): boolean {
  const likely = meaning.kind === "ask" ? meaning.choices[0] : undefined;
  return [likely?.id, hunch?.command].some((id) => id !== undefined && isOfConfidence(id));
}

/** Somebody is named, or what somebody needs, or a record; or it comes near to a signposting. */
function isWithheld({ meaning, nearest, slots, hunch, saysWho }: Reading): boolean {
  if (saysWho || (slots.person ?? slots.need ?? slots.reference)) return true;
  if (hunch && (isOfConfidence(hunch.command) || hunch.command.startsWith("directory.")))
    return true;
  return [...nearTo(meaning), ...nearest].some(({ id }) => isOfConfidence(id));
}

function nearTo(meaning: Reading["meaning"]): readonly Command[] {
  if (meaning.kind === "ask") return meaning.choices;
  return meaning.kind === "command" ? [meaning.command, ...meaning.others] : [];
}

function isOpen({ person, place }: Turn, { id, needs }: Command): boolean {
  if (NEVER_CHOSEN.some((feature) => id.startsWith(feature))) return false;
  return needs.places.includes(place.kind) && needs.roles.some((role) => holds(person, role));
}
