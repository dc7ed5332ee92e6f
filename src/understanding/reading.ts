import type { Command, Hunch } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { clausesOf, clearest } from "./clauses.ts";
import { decide, SURE, type Meaning } from "./deciding.ts";
import { createGuessing, type Guess } from "./guessing.ts";
import { createPhrasebook } from "./phrases.ts";
import { readModel } from "./model.ts";
import { maySayWho, readNames } from "./names.ts";
import { isForbidden } from "./saying-no.ts";
import { readSlots, type About, type Read } from "./slots.ts";
import { everyWord } from "./words.ts";
import type { Vocabulary } from "../vocabulary.ts";

/** A text, read: what it means, and what it names. */
export interface Reading {
  readonly meaning: Meaning;
  readonly slots: Slots;
  readonly signs: readonly string[];
  /** The commands that share most words with it. */
  readonly nearest: readonly Command[];
  /** What a feature thinks of it, where no command was said in its own words. */
  readonly hunch?: Hunch | undefined;
  /** Whether it may name somebody. Not looked at where a command was said in its own words. */
  readonly saysWho?: boolean;
}

interface Context {
  readonly about: About;
  /** What the features know by name. Asked only where no command is said in its own words. */
  readonly vocabulary: () => Promise<Vocabulary>;
  /**
   * The text without what may tell who somebody is: a guess goes by this alone. For somebody whom
   * the committee knows, only that a person is named.
   */
  readonly plain: (isKnown: (part: string) => boolean) => string;
  /** What the features think of it. Asked only where no command is said in its own words. */
  readonly hunch: () => Promise<Hunch | undefined>;
}

const WANTED_MOST = ["committee.meeting", "directory.find"];
/** Unpacked before the first text that needs it, and then the same for every product. */
let model: ReturnType<typeof createGuessing> | undefined;

/** Reads texts for the commands.  */
export function createReading(commands: readonly Command[]) {
  const phrasebook = createPhrasebook(commands);
  const byId = new Map(commands.map((command) => [command.id, command]));
  return { read };

  async function read(text: string, context: Context): Promise<Reading> {
    const first = readSlots(text, context.about);
    const found = phrasebook.commandSaid(first.words);
    if (found && found.unread === undefined) {
      const { command } = found;
      const meaning = {
        kind: "command",
        command,
        confidence: 1,
        isGuess: false,
        others: [],
      } as const;
      return { meaning, signs: [], slots: first.slots, nearest: [] };
    }
    const { signs, slots, guesses, hunch, saysWho } = await readAll(first, context);
    const words = everyWord(text);
    const meaning = decide({ text, words, signs, said: found?.command, guesses, hunch });
    const { unread } = found ?? {};
    return {
      ...{ meaning, signs, hunch, saysWho },
      slots: unread === undefined ? slots : { ...slots, unread },
      nearest: meaning.kind === "none" ? nearestTo(first, meaning.isForeign) : [],
    };
  }

  /** What shares words with a text, or what most people want where the words are of another language. */
  function nearestTo({ text, words }: Read, isForeign = false): Command[] {
    if (isForeign) return WANTED_MOST.flatMap((id) => byId.get(id) ?? []);
    return phrasebook.nearest(words).filter((command) => !isForbidden(command, text));
  }

  /** Everything that a text names, what the features think of it, and what it may be. */
  async function readAll(first: Read, { about, plain: plainly, hunch, vocabulary: ask }: Context) {
    const vocabulary = await ask();
    const { signs, slots } = readNames(first, vocabulary, about.now);
    const { people, owners } = vocabulary;
    const who = slots.person ?? "";
    const known = [...people, ...owners].includes(who) ? everyWord(who) : [];
    const plain = plainly((part) => everyWord(part).every((word) => known.includes(word)));
    const heard =
      plain === first.text
        ? signs
        : readNames(readSlots(plain, about), vocabulary, about.now).signs;
    const guesses = guessesOf(heard);
    const isClear = guesses[0]?.label && guesses[0].confidence >= SURE;
    const clauses = isClear
      ? []
      : clausesOf(plain).map((clause) =>
          guessesOf(readNames(readSlots(clause, about), vocabulary, about.now).signs),
        );
    const thought = await hunch();
    const of = byId.get(thought?.command ?? "");
    return {
      ...{ signs, guesses: clearest(guesses, clauses) },
      slots: { ...thought?.slots, ...slots },
      hunch: thought && of && { ...thought, of },
      saysWho: maySayWho(first, vocabulary),
    };
  }

  function guessesOf(signs: readonly string[]): Guess<Command | undefined>[] {
    return warm()
      .guess(signs)
      .map(({ label, confidence }) => ({ label: byId.get(label), confidence }));
  }
}

/** Unpacks the small model, which takes some milliseconds. */
export function warm(): ReturnType<typeof createGuessing> {
  model ??= createGuessing(readModel());
  return model;
}
