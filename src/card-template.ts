import { readdirSync, readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { Template } from "adaptivecards-templating";
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

interface Scope {
  readonly $root: unknown;
  readonly $data: unknown;
  readonly $index?: number;
}
type Filler = (scope: Scope) => unknown;
type Expression = Exclude<ReturnType<typeof Template.parseInterpolatedString>, string>;

const GAP = /\$\{|"\$(?:data|when)"/;
/** A name or a path of names: what nearly every gap is. */
const PATH = /^[\w$]+(\.\w+)*$/;
const NEEDS_ESCAPING = /[\\*_~`[\]{}|&<>\r\n]|^\s*(?:[-+#]|\d+[.)])/;
const CARDS = joinPath(import.meta.dirname, "..", "cards");
const compiled = new Map<string, Filler>();

/**
 * Fills `cards/<name>.json`, an adaptivecards-templating file, with data. Text is escaped where
 * the card shows Markdown. A name that the data lacks, or that is null, throws: a card with
 * `${name}` on it never leaves the bot.
 *
 * The library parses every expression; its own walk over the parsed card costs about a
 * millisecond a turn, so the walk is done here, once for each file.
 */
export function fill(name: string, data: object = {}): Card {
  const template = compiled.get(name) ?? load(name);
  // The top of every card file is an AdaptiveCard object: the contract test reads them all.
  return measured("card", { card: name }, () => template({ $root: data, $data: data }) as Card);
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

function load(name: string): Filler {
  const file: unknown = JSON.parse(readFileSync(joinPath(CARDS, `${name}.json`), "utf8"));
  const template = compile(file, false);
  compiled.set(name, template);
  return template;
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

function compile(node: unknown, markdown: boolean): Filler {
  // A part without a gap is the same on every card, so it is not even copied.
  if (!GAP.test(JSON.stringify(node))) return () => node;
  if (typeof node === "string") return compileText(node, markdown);
  if (Array.isArray(node)) {
    const items = node.map((item) => compileItem(item, markdown));
    return (scope) => {
      const results: unknown[] = [];
      for (const item of items) item(scope, results);
      return results;
    };
  }
  if (isRecord(node)) {
    const properties = Object.entries(node)
      .filter(([key]) => key !== "$data" && key !== "$when")
      .map(([key, value]) => [key, compile(value, showsMarkdown(node, key, markdown))] as const);
    return (scope) => {
      const filled: Record<string, unknown> = {};
      for (const [key, filler] of properties) filled[key] = filler(scope);
      return filled;
    };
  }
  return () => node;
}

/** An array item can be left out (`$when`) or repeated (`$data`), so it adds to a list. */
function compileItem(node: unknown, markdown: boolean): (scope: Scope, results: unknown[]) => void {
  const filler = compile(node, markdown);
  if (!isRecord(node)) return (scope, results) => void results.push(filler(scope));
  const list = "$data" in node ? compile(node.$data, false) : undefined;
  const when = "$when" in node ? compile(node.$when, false) : undefined;
  return (scope, results) => {
    for (const inner of list ? scopes(list(scope), scope) : [scope])
      if (!when || isTrue(when(inner), node.$when)) results.push(filler(inner));
  };
}

function scopes(data: unknown, { $root }: Scope): Scope[] {
  return Array.isArray(data)
    ? data.map(($data: unknown, $index) => ({ $root, $data, $index }))
    : [{ $root, $data: data }];
}

function isTrue(value: unknown, when: unknown): boolean {
  if (typeof value !== "boolean") throw new Error(`$when ${String(when)} is not true or false`);
  return value;
}

/** TextBlock text and facts are shown as Markdown; labels, values and choices are not. */
function showsMarkdown(node: Record<string, unknown>, key: string, inherited: boolean): boolean {
  if (key === "facts") return true;
  if (node.type === "TextBlock") return key === "text";
  return inherited && (key === "title" || key === "value");
}

/** Text around gaps. The library takes a third of a millisecond to parse the plainest gap. */
function compileText(text: string, markdown: boolean): Filler {
  const pieces = text.split(/\$\{([^}]*)\}/);
  const isPlain = pieces.every((piece, at) =>
    at % 2 === 0 ? !/[\\{`]/.test(piece) : PATH.test(piece),
  );
  if (!isPlain) return compileParsed(text, markdown);
  const [before = "", name, after = "", ...rest] = pieces;
  if (name === undefined) return () => text;
  if (!before && !after && rest.length === 0) return show(name, compilePath(name), markdown);
  return join(
    pieces.map((piece, at) =>
      at % 2 === 0 ? () => piece : show(piece, compilePath(piece), markdown),
    ),
  );
}

/** Anything else is the library's: operators, functions, escapes. */
function compileParsed(text: string, markdown: boolean): Filler {
  const parsed = Template.parseInterpolatedString(text);
  if (typeof parsed === "string") return () => parsed;
  // adaptive-expressions calls a text with several parts a concatenation.
  return parsed.type === "concat"
    ? join(parsed.children.map((part) => compileExpression(part, markdown)))
    : compileExpression(parsed, markdown);
}

function compileExpression(expression: Expression, markdown: boolean): Filler {
  if (expression.type !== "Constant")
    return show(expression.toString(), compileRest(expression), markdown);
  const { value } = expression.tryEvaluate({});
  return () => value as unknown;
}

function join(parts: readonly Filler[]): Filler {
  return (scope) => {
    let filled = "";
    for (const part of parts) filled += String(part(scope));
    return filled;
  };
}

function show(name: string, read: Filler, markdown: boolean): Filler {
  return (scope) => {
    const value = read(scope);
    if (value === undefined || value === null) throw new Error(`The card has no ${name}`);
    return markdown ? escapeMarkdown(String(value)) : value;
  };
}

/** `a.b`, `$root.a` and `$index`. */
function compilePath(path: string): Filler {
  const [first = "", ...names] = path.split(".");
  return (scope) => {
    let value: unknown = property(first.startsWith("$") ? scope : scope.$data, first);
    for (const name of names) value = property(value, name);
    return value;
  };
}

function compileRest(expression: Expression): Filler {
  return (scope) => {
    const { value, error } = Template.tryEvaluateExpression(expression, scope, false);
    if (error) throw new Error(`A card's expression failed: ${error}`);
    return value as unknown;
  };
}

function property(owner: unknown, name: string): unknown {
  return isRecord(owner) && Object.hasOwn(owner, name) ? owner[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
