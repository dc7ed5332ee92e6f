import type { Command } from "../feature.ts";

/** A command, and the list that was pasted behind its words. */
interface Pasted {
  readonly command: Command;
  readonly list: string;
}

/** "import actions" with a list behind it, in the same message. */
export function pastedFor(commands: readonly Command[], text: string): Pasted | undefined {
  for (const command of commands)
    for (const words of command.takesList ? [command.name, ...command.phrases] : []) {
      const list = behind(words, text);
      if (list && command.takesList?.(list)) return { command, list };
    }
  return undefined;
}

function behind(words: string, text: string): string {
  const start = text.trimStart();
  if (start.slice(0, words.length).toLowerCase() !== words.toLowerCase()) return "";
  return start.slice(words.length).replace(/^[\s:]+/, "");
}
