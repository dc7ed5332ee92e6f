import type { Card } from "../card-template.ts";
import { ANYWHERE, EVERYONE, holds, type Command, type Hunch, type Turn } from "../feature.ts";
import { isAge } from "../personal-data.ts";
import type { Slots } from "../slots.ts";
import {
  helpCard,
  nearestCard,
  otherBodyCard,
  thanksCard,
  welcomeCard,
  whichCard,
} from "./cards.ts";
import { following, isOpen, isPaper, needsBefore } from "./following.ts";
import { inFull } from "./full.ts";
import { daysFor } from "./meant-days.ts";
import type { Memory } from "./memory.ts";
import { isOfConfidence, planning } from "./planning.ts";
import { isOfCommittee, otherBodyAsked } from "./other-bodies.ts";
import { createReading, warm, type Reading } from "./reading.ts";
import { isThanks } from "./thanks.ts";
import said from "./said.json" with { type: "json" };
import type { Planner } from "../planner.ts";
import type { Vocabulary } from "../vocabulary.ts";

/** What understanding needs from the rest of the product. */
export interface UnderstandingParts {
  readonly commands: readonly Command[];
  readonly hunches: readonly ((turn: Turn, text: string) => Promise<Hunch | undefined>)[];
  readonly vocabularyFor: (turn: Pick<Turn, "committee">) => Promise<Vocabulary>;
  readonly memory: Memory;
  /** Who is asked where the bot would only ask back. Usually nobody. */
  readonly planner?: Planner | undefined;
  /** What in a text may tell who somebody is. */
  readonly personalIn: (text: string) => readonly string[];
  readonly afterwards: (work: Promise<unknown>) => void;
}

/** What people look for by its bare name has so many words: "knitting circle". */
const FEWEST_LOOKED_FOR = 2;
const MOST_LOOKED_FOR = 4;
/** How sure a planner is: what it chose was one of many for the bot itself. */
const PLANNED = 0.5;

/** A command to run, with what it was told. */
interface Meant {
  readonly command: Command;
  readonly slots: Slots;
  /** 0 to 1; 1 where the command was said in its own words. */
  readonly confidence: number;
  /** What the bot took the text to mean, where that was a guess. */
  readonly taken?: { readonly as: string; readonly others: readonly string[] };
}

/** What somebody's text comes to: a command to run, or a card that asks back. */
type Understood =
  | Meant
  /** A question back, between the choices, or none where it is not the bot's business. */
  | { readonly card: Card; readonly choices?: readonly Command[]; readonly slots?: Slots };

/**
 * Turns text into a command. It reads only what the features declare, and so do help and the
 * buttons for a near miss: a command is written down once.
 */
export function understanding(parts: UnderstandingParts) {
  const { memory, afterwards, personalIn, planner } = parts;
  const help: Command = {
    id: "understanding.help",
    name: "help",
    phrases: [
      ...["what can you do", "what can i do", "commands", "?", "start", "hello", "hi", "hey"],
      ...["thanks", "thank you"],
    ],
    examples: said.help,
    purpose: "See what you can do here.",
    task: "About this bot",
    needs: { roles: EVERYONE, places: ANYWHERE },
    run: showHelp,
  };
  const commands = [...parts.commands, help];
  const helpCards = new Map<string, Card>();
  const reading = createReading(commands);
  const { followed, canBeFollowed } = following(commands);
  const { plan, hush } = planning({ planner, memory, afterwards, commands });

  return {
    commands,
    /** Makes the guessing ready before anybody waits for it. */
    warm,
    welcome(turn: Turn): Card {
      const own = parts.commands.filter((command) => isFor(turn, command));
      // In a team it greets everybody, not the one who added it.
      const name = turn.place.kind === "personal" ? turn.person.name : "";
      return welcomeCard(name, turn.committee.name, [...own.slice(0, 3), help]);
    },
    understand,
    /** What the person writes here next belongs to something told in confidence. */
    hush,
  };

  /** The command to run for a text, or a card that offers the nearest ones. */
  async function understand(turn: Turn, text: string): Promise<Understood> {
    if (isThanks(text)) return { command: help, slots: { typed: text }, confidence: 1 };
    const personal = personalIn(text);
    const read = await reading.read(text, {
      about: turn,
      vocabulary: () => parts.vocabularyFor(turn),
      plain: (isKnown) =>
        personal.reduce(
          (rest, part) => without([part], rest, isKnown(part) ? " {person}" : " "),
          text,
        ),
      hunch: () => firstHunch(turn, text),
    });
    const isPersonal = personal.length > 0;
    // While the tables are away, a text still says what it says by itself.
    const recalled = needsBefore(turn, text, read) && memory.recall(turn).catch(() => undefined);
    const before = (await recalled) || undefined;
    const follows = before && followed({ turn, text, read, isPersonal }, before);
    const body = follows ? undefined : ofOtherBody(turn, text, read);
    if (body) return { card: body };
    const kept = isPersonal ? "" : text.trim();
    const own = follows ?? meant(turn, withKeeper(read, kept), isPersonal, kept);
    const planned = "card" in own ? await plan({ turn, text, read, isPersonal }) : undefined;
    const taken = planned ? meant(turn, asPlanned(read, planned), false) : own;
    const understood = "command" in taken ? inTime(discreet(taken, personal), turn) : taken;
    if ("command" in understood) keep(turn, understood, isPersonal);
    else if (understood.choices && !isPersonal)
      keepQuestion(turn, understood.choices, understood.slots ?? read.slots);
    return understood;
  }

  function ofOtherBody(turn: Turn, text: string, read: Reading): Card | undefined {
    const body = otherBodyAsked(turn, text, read);
    const own = commands.filter((command) => isOfCommittee(command) && isFor(turn, command));
    return body ? otherBodyCard(body, turn.committee.name, own) : undefined;
  }

  /** A few words that come to nothing else may be what somebody looks for. */
  function withKeeper(read: Reading, words: string): Reading {
    const count = words.split(/\s+/).length;
    if (count < FEWEST_LOOKED_FOR || count > MOST_LOOKED_FOR) return read;
    const keepers = commands.filter(({ takesWords }) => takesWords !== undefined);
    return { ...read, nearest: [...new Set([...read.nearest, ...keepers])] };
  }

  async function firstHunch(turn: Turn, text: string): Promise<Hunch | undefined> {
    const all = await Promise.all(parts.hunches.map(async (each) => each(turn, text)));
    return (
      all.find((hunch) => hunch?.comesFirst) ??
      all.find((hunch) => hunch?.isSure) ??
      all.find(Boolean)
    );
  }

  /** Where nothing may be kept, nothing older is gone on with either. */
  function keep(turn: Turn, { command, slots }: Meant, isPersonal: boolean): void {
    if (isPersonal || isOfConfidence(command.id)) hush(turn);
    const isAsked = isPaper(command) && isOpen(turn, command, slots);
    if (!isPersonal && (isAsked || !isUnkept(command)) && canBeFollowed(command))
      afterwards(
        memory.remember(turn, {
          ...{ command: command.id, choices: [], slots },
          isOpen: isOpen(turn, command, slots),
        }),
      );
    else afterwards(memory.drop(turn));
  }

  /** The answer to a question back completes one of the commands that it offers. */
  function keepQuestion(turn: Turn, offered: readonly Command[], slots: Slots): void {
    const [first] = offered;
    // A count of signpostings tells of nobody.
    if (!first || (isOfConfidence(first.id) && first.id !== "signposting.summary")) return;
    const choices = offered.filter((choice) => !isUnkept(choice)).map(({ id }) => id);
    afterwards(memory.remember(turn, { command: "", choices, isOpen: true, slots }));
  }

  /** The same for everybody with the same roles in the same kind of place, so made once. */
  async function showHelp(turn: Turn, { typed = "" }: Slots = {}): Promise<Card> {
    if (isThanks(typed)) return thanksCard();
    const roles = [...new Set(turn.person.holdings.map(({ role }) => role))].toSorted();
    const id = [turn.place.kind, ...roles].join();
    const card =
      helpCards.get(id) ??
      helpCard(
        commands.filter((command) => isFor(turn, command)),
        commands.filter((command) => isElsewhere(turn, command)),
      );
    helpCards.set(id, card);
    return card;
  }
}

/** In a form, the one who wrote it sees where something is missing. */
const LEFT_OUT = "[left out: it may tell who somebody is]";

/** A text without some of its parts. */
function without(personal: readonly string[], text: string, instead = " "): string {
  return personal.reduce((rest, part) => rest.replaceAll(part, () => instead), text);
}

/** With its days as the command means them. */
function inTime(meant: Meant, { now, committee }: Turn): Meant {
  const slots = daysFor(meant.command, meant.slots, now);
  if (slots === meant.slots || !meant.taken) return { ...meant, slots };
  const { as } = meant.taken;
  // Without a day in it, it says no more than the command's name.
  const said = as === meant.command.name ? as : inFull(meant.command, slots, committee);
  return { ...meant, slots, taken: { ...meant.taken, as: said } };
}

/** Somebody is looked for help for, and whoever that is, is neither searched for nor repeated. An age is. */
function discreet(meant: Meant, personal: readonly string[]): Meant {
  const { command, slots } = meant;
  if (slots.account)
    return { ...meant, slots: { ...slots, account: without(personal, slots.account, LEFT_OUT) } };
  if (command.id !== "directory.find" || !slots.typed) return meant;
  const named = personal.filter((part) => !isAge(part));
  return { ...meant, slots: { ...slots, typed: without(named, slots.typed) } };
}

/**
 * Nobody's search for help and nobody's signposting is written down, and no paper is made again by
 * a word that follows it, but where nothing was said of what it is to be of: "annual review", and
 * then "2018/19".
 */
function isUnkept(command: Command): boolean {
  return isOfConfidence(command.id) || isPaper(command) || /^directory\.(?!unmet)/.test(command.id);
}

/** A question between what this person may do here. */
function between(
  turn: Turn,
  commands: readonly Command[],
  nearest: readonly Command[],
  { isNegated = false, words = "" } = {},
): Understood {
  const choices = commands.filter((command) => isFor(turn, command));
  return choices.length > 0
    ? { card: whichCard(choices, isNegated, words), choices }
    : nothing(turn, nearest, { words });
}

function isTheirs({ person }: Turn, { needs }: Command): boolean {
  return needs.roles.some((role) => holds(person, role));
}

/** Theirs, but in another kind of place. */
function isElsewhere({ person, place }: Turn, { needs }: Command): boolean {
  return !needs.places.includes(place.kind) && needs.roles.some((role) => holds(person, role));
}

function isFor({ person, place }: Turn, { needs }: Command): boolean {
  return needs.places.includes(place.kind) && needs.roles.some((role) => holds(person, role));
}

function nothing(
  turn: Turn,
  nearest: readonly Command[],
  { isForeign = false, words = "" } = {},
): Understood {
  const choices = nearest.filter((command) => isFor(turn, command));
  return { card: nearestCard(choices, isForeign, words) };
}

/** The text as a planner takes it: a guess, beside what the bot itself would have asked. */
function asPlanned(read: Reading, command: Command): Reading {
  const choices = read.meaning.kind === "ask" ? read.meaning.choices : [];
  const others = choices.filter((other) => other !== command);
  const meaning = { command, confidence: PLANNED, isGuess: true, others } as const;
  return { ...read, meaning: { kind: "command", ...meaning } };
}

/** A month or a district in what somebody tells is where and when they did it. */
function withoutNames(slots: Slots): Slots {
  const { typed = "", said = "", account } = slots;
  return account ? { typed, said, account } : slots;
}

function meant(turn: Turn, read: Reading, isPersonal: boolean, words = ""): Understood {
  const { meaning, nearest } = read;
  const slots = withoutNames(read.slots);
  if (meaning.kind === "ask") {
    const { choices, isNegated } = meaning;
    return between(turn, choices, nearest, { isNegated, words });
  }
  if (meaning.kind === "none")
    return nothing(turn, nearest, { isForeign: meaning.isForeign, words });
  const { command, isGuess, others, confidence } = meaning;
  if (!isGuess) return { command, slots, confidence };
  // A guess at what only others may do is no reason to refuse something that nobody asked for.
  if (command.changes && !isTheirs(turn, command)) return between(turn, others, nearest, { words });
  const isQuiet = isPersonal || (isOfConfidence(command.id) && turn.place.kind !== "personal");
  const as = isQuiet ? command.name : inFull(command, slots, turn.committee);
  const allowed = others.filter((other) => isFor(turn, other)).map(({ name }) => name);
  return { command, slots, confidence, taken: { as, others: allowed } };
}
