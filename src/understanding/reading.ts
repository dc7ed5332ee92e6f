import type { Command, Hunch, Slots } from "../feature.ts";
import { decide, type Meaning } from "./deciding.ts";
import { createGuessing, type Guess } from "./guessing.ts";
import { createPhrasebook } from "./phrases.ts";
import said from "./said.json" with { type: "json" };
import { readNames, signsIn } from "./names.ts";
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
}

interface Context {
  readonly about: About;
  /** What the features know by name. Asked only where no command is said in its own words. */
  readonly vocabulary: () => Promise<Vocabulary>;
  /** The text without what may tell who somebody is: a guess goes by this alone. */
  readonly plain: string;
  /** What the features think of it. Asked only where no command is said in its own words. */
  readonly hunch: () => Promise<Hunch | undefined>;
}

type Model = Awaited<ReturnType<typeof createGuessing<string>>>;

/** What is none of the bot's business, among the ids of commands. */
const NOTHING = "nothing";
/** Learned once for each set of examples: a process can hold several products. */
const models = new Map<string, Promise<Model>>();

/** Reads texts for the commands. The small model is learned before the first text that needs it. */
export function createReading(commands: readonly Command[]) {
  const phrasebook = createPhrasebook(commands);
  const byId = new Map(commands.map((command) => [command.id, command]));
  return { read, warm };

  function warm(vocabulary: Vocabulary): Promise<Model> {
    const name = [...byId.keys()].join(" ");
    const model = models.get(name) ?? learn(commands, vocabulary);
    models.set(name, model);
    return model;
  }

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
    const { signs, slots, guesses, hunch } = await readAll(first, context);
    const words = everyWord(text);
    const meaning = decide({ text, words, said: found?.command, guesses, hunch });
    const { unread } = found ?? {};
    return {
      ...{ meaning, signs },
      slots: unread === undefined ? slots : { ...slots, unread },
      nearest: meaning.kind === "none" ? phrasebook.nearest(first.words) : [],
    };
  }

  /** Everything that a text names, what the features think of it, and what it may be. */
  async function readAll(first: Read, { about, plain, hunch, vocabulary: ask }: Context) {
    const vocabulary = await ask();
    const { signs, slots } = readNames(first, vocabulary, about.now);
    const heard =
      plain === first.text
        ? signs
        : readNames(readSlots(plain, about), vocabulary, about.now).signs;
    const guesses = await guessesOf(heard, vocabulary);
    const thought = await hunch();
    const of = byId.get(thought?.command ?? "");
    return { signs, slots, guesses, hunch: thought && of && { ...thought, of } };
  }

  async function guessesOf(
    signs: readonly string[],
    vocabulary: Vocabulary,
  ): Promise<Guess<Command | undefined>[]> {
    const model = await warm(vocabulary);
    return model
      .guess(signs)
      .map(({ label, confidence }) => ({ label: byId.get(label), confidence }));
  }
}

/** The commands' phrases and examples, and what is none of the bot's business. */
function learn(commands: readonly Command[], { needsIn }: Vocabulary): Promise<Model> {
  const texts = commands.flatMap(({ id, name, phrases, examples }) =>
    [name, ...phrases, ...examples].map((text) => ({ id, text })),
  );
  const nothing = said.nothing.map((text) => ({ id: NOTHING, text }));
  return createGuessing(
    [...texts, ...nothing].map(({ id, text }) => ({
      label: id,
      signs: signsIn(everyWord(text.replaceAll("{anything}", "")), needsIn),
    })),
  );
}
