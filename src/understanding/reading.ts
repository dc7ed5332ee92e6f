import type { Command, Hunch, Slots, Vocabulary } from "../feature.ts";
import { decide, type Meaning } from "./deciding.ts";
import { createGuessing } from "./guessing.ts";
import { createPhrasebook } from "./phrases.ts";
import { said } from "./said.ts";
import { readSlots, signsIn, type About } from "./slots.ts";
import { everyWord } from "./words.ts";

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
  /** False where a text may be about a person: then only its plain words count. */
  readonly isGuessed: boolean;
  /** What the features think of it. Asked only where no command is said in its own words. */
  readonly hunch: () => Promise<Hunch | undefined>;
}

/** Reads texts for the commands. The small model is made at the first text that needs it. */
export function createReading(commands: readonly Command[]) {
  const phrasebook = createPhrasebook(commands);
  let model: ReturnType<typeof learn> | undefined;
  return { read, warm };

  function warm(vocabulary: Vocabulary): void {
    model ??= learn(commands, vocabulary);
  }

  async function read(text: string, { about, isGuessed, hunch }: Context): Promise<Reading> {
    const { words, signs, slots: named } = readSlots(text, about);
    const found = phrasebook.commandSaid(words);
    const isOpen = found?.unread !== undefined;
    const slots = isOpen ? { ...named, unread: found.unread } : named;
    const isPlain = found !== undefined && !isOpen;
    const thought = isPlain ? undefined : await hunch();
    const of = thought && commands.find(({ id }) => id === thought.command);
    if (!isPlain && isGuessed) warm(about.vocabulary);
    const meaning = decide({
      text,
      said: found && { command: found.command, isOpen },
      guesses: isPlain || !isGuessed ? [] : (model?.guess(signs) ?? []),
      hunch: thought && of && { ...thought, of },
      words: everyWord(text),
    });
    return { meaning, slots, signs, nearest: meaning.kind === "none" ? phrasebook.nearest(words) : [] };
  }
}

/** The commands' phrases and examples, and what is none of the bot's business. */
function learn(commands: readonly Command[], { needsIn }: Vocabulary) {
  const signsOf = (text: string) => signsIn(everyWord(text.replaceAll("{anything}", "")), needsIn);
  const known = commands.flatMap((command) =>
    [command.name, ...command.phrases, ...command.examples].map((text) => ({
      label: command,
      signs: signsOf(text),
    })),
  );
  const nothing = said.nothing.map((text) => ({ label: undefined, signs: signsOf(text) }));
  return createGuessing<Command | undefined>([...known, ...nothing]);
}
