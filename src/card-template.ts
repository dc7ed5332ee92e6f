import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { builderOf } from "./card-program.ts";
import { measured } from "./measuring.ts";

/** An Adaptive Card as Teams receives it. */
export interface Card {
  readonly type: "AdaptiveCard";
  readonly version: string;
  readonly body: readonly unknown[];
  readonly actions?: readonly unknown[];
  /** What Teams asks for when somebody sees the card: their own view of it. */
  readonly refresh?: unknown;
}

/** Characters of JSON. Teams takes 100 KB, counted as UTF-16; above it a card is lost unsaid. */
export const LARGEST_CARD = 48_000;

const NEEDS_ESCAPING = /[\\*_~`[\]{}|&<>\r\n]|^\s*(?:[-+#]|\d+[.)])/;
const CARDS = join(import.meta.dirname, "..", "cards");
const builders = new Map<string, (data: object) => Card>();

/**
 * Fills `cards/<name>.json`, an adaptivecards-templating file, with data. Text is escaped where
 * the card shows Markdown. A name that the data lacks, or that is null, throws: a card with
 * `${name}` on it never leaves the bot. What is the same on every card is frozen.
 *
 * Each file becomes a function once, which costs about what the same card costs in plain code.
 */
export function fill(name: string, data: object = {}): Card {
  const build = builders.get(name) ?? load(name);
  return measured("card", { card: name }, () => build(data));
}

/** The names of all cards, as `fill` takes them. */
export function cardNames(): string[] {
  return readdirSync(CARDS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length).replaceAll("\\", "/"))
    .toSorted();
}

/** Compiles every card before the bot listens, so that no person waits for a parser. */
export function warmCards(): void {
  for (const name of cardNames()) load(name);
}

function load(name: string): (data: object) => Card {
  const file: unknown = JSON.parse(readFileSync(join(CARDS, `${name}.json`), "utf8"));
  // The top of every card file is an AdaptiveCard object: the contract test reads them all.
  const builder = builderOf(name, file, escapeMarkdown) as (data: object) => Card;
  builders.set(name, builder);
  return builder;
}

/**
 * Makes text safe where a card shows Markdown: what was typed is seen as those characters and
 * does nothing else. Teams reads entities too, so `&`, `<` and `>` become entities.
 */
export function escapeMarkdown(text: string): string {
  // Most text has nothing to escape, and one look is much cheaper than eight.
  if (!NEEDS_ESCAPING.test(text)) return text;
  return text
    .replaceAll(/[\\*_~`[\]{}|]/g, String.raw`\$&`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll(/^(\s*)([-+#])/gm, String.raw`$1\$2`)
    .replaceAll(/^(\s*\d+)([.)])/gm, String.raw`$1\$2`)
    .replaceAll(/\r\n?|\n/g, "\n\n");
}
