import { Template } from "adaptivecards-templating";

type Expression = Exclude<ReturnType<typeof Template.parseInterpolatedString>, string>;

/** Builds a card from what its gaps ask for. */
export type Builder = (data: unknown) => unknown;
/** How a gap stands: where Markdown is shown, and with or without text around it. */
interface Shown {
  readonly markdown: boolean;
  readonly isAlone: boolean;
}
/** What a builder calls, each by the name under which it stands here. */
type Called = Record<string, (...values: never[]) => unknown>;

/** A name, a path of names, or the opposite of one: what nearly every gap is. */
const PATH = /^(!?)([A-Za-z_$][\w$]*(?:\.\w+)*)$/;
/** Where the library's words for the levels of the data stand in a builder. */
const LEVELS = new Map([
  ["$root", "root"],
  ["$data", "data"],
  ["$index", "index"],
]);

/**
 * Makes the function that builds the card of a template file: its text is what a programmer would
 * write for that one card, an object with the data's names in it. So building it costs what such a
 * function costs, where a walk over the template costs many times that. The file is the bot's own
 * and nothing else gets into the text: names and wording stand there as quoted JSON.
 *
 * Parts without a gap are made once, and are frozen, because they are the same object on every card.
 *
 * @param name of the file, for the stack of an error
 * @param escape makes text safe where the card shows Markdown
 */
export function builderOf(name: string, file: unknown, escape: (text: string) => string): Builder {
  const lines: string[] = [];
  const expressions: Expression[] = [];
  const card = value(file, false);
  const program = [
    '"use strict";',
    ...lines,
    `return (root) => { const data = root; let index; return ${card}; };`,
    `//# sourceURL=cards/${name}.json`,
  ].join("\n");
  const called: Called = { given, isTrue, freeze, entries, escape, evaluate };
  // The text is made here, from a file of the bot's own. It gives the function of the last line.
  // oxlint-disable-next-line typescript/no-implied-eval -- nothing that anybody typed is in it
  return new Function(...Object.keys(called), program)(...Object.values(called)) as Builder;

  function value(node: unknown, markdown: boolean): string {
    if (!hasGap(node)) return shared(node);
    if (typeof node === "string") return text(node, markdown);
    return Array.isArray(node) ? list(node, markdown) : object(node, markdown);
  }

  function shared(node: unknown): string {
    if (typeof node !== "object" || node === null) return JSON.stringify(node);
    lines.push(`const part${lines.length} = freeze(${JSON.stringify(node)});`);
    return `part${lines.length - 1}`;
  }

  function object(node: unknown, markdown: boolean): string {
    const properties = Object.entries(isRecord(node) ? node : {})
      .filter(([key]) => key !== "$data" && key !== "$when")
      .map(([key, each]) => `${JSON.stringify(key)}: ${value(each, shows(node, key, markdown))}`);
    return `{ ${properties.join(", ")} }`;
  }

  /** An item can be left out (`$when`) or repeated (`$data`): then a list is grown item by item. */
  function list(nodes: readonly unknown[], markdown: boolean): string {
    const isFixed = !nodes.some((node) => isRecord(node) && ("$data" in node || "$when" in node));
    if (isFixed) return `[${nodes.map((node) => value(node, markdown)).join(", ")}]`;
    const items = nodes.map((node) => item(node, markdown));
    lines.push(
      `function list${lines.length}(root, data, index) { const list = []; ${items.join(" ")} return list; }`,
    );
    return `list${lines.length - 1}(root, data, index)`;
  }

  function item(node: unknown, markdown: boolean): string {
    const push = `list.push(${value(node, markdown)});`;
    const { $data, $when }: Record<string, unknown> = isRecord(node) ? node : {};
    const condition =
      $when === undefined ? "" : `if (isTrue(${value($when, false)}, ${quoted($when)})) `;
    if ($data === undefined) return condition + push;
    const each = `const data = rows[index]; ${condition}${push}`;
    return `{ const rows = entries(${value($data, false)}); for (let index = 0; index < rows.length; index += 1) { ${each} } }`;
  }

  /** Text around gaps. The library takes a third of a millisecond to parse the plainest gap. */
  function text(whole: string, markdown: boolean): string {
    const pieces = whole.split(/\$\{([^}]*)\}/);
    const isPlain = pieces.every((piece, at) =>
      at % 2 === 0 ? !/[\\{`]/.test(piece) : PATH.test(piece),
    );
    if (!isPlain) return parsed(whole, markdown);
    const isAlone = pieces.length === 3 && !pieces[0] && !pieces[2];
    const parts = pieces.map((piece, at) =>
      at % 2 === 0 ? quoted(piece) : gap(path(piece), piece, { markdown, isAlone }),
    );
    return isAlone ? (parts[1] ?? "") : parts.filter((part) => part !== '""').join(" + ");
  }

  /** Anything else is the library's: operators, functions, escapes. */
  function parsed(whole: string, markdown: boolean): string {
    const expression = Template.parseInterpolatedString(whole);
    if (typeof expression === "string") return JSON.stringify(expression);
    // adaptive-expressions calls a text with several parts a concatenation.
    return expression.type === "concat"
      ? expression.children.map((part) => evaluated(part, { markdown, isAlone: false })).join(" + ")
      : evaluated(expression, { markdown, isAlone: true });
  }

  function evaluated(expression: Expression, shown: Shown): string {
    if (expression.type === "Constant") {
      const constant: unknown = expression.tryEvaluate({}).value;
      return shown.isAlone ? JSON.stringify(constant) : quoted(constant);
    }
    expressions.push(expression);
    const call = `evaluate(${expressions.length - 1}, root, data, index)`;
    return gap(call, expression.toString(), shown);
  }

  function evaluate(at: number, $root: unknown, $data: unknown, $index: unknown): unknown {
    const expression = expressions[at];
    if (!expression) throw new Error(`${name} has no expression ${at}`);
    const scope = { $root, $data, $index };
    const { value, error } = Template.tryEvaluateExpression(expression, scope, false);
    if (error) throw new Error(`A card's expression failed: ${error}`);
    return value as unknown;
  }
}

function hasGap(node: unknown): boolean {
  if (typeof node === "string") return node.includes("${");
  if (typeof node !== "object" || node === null) return false;
  return "$data" in node || "$when" in node || Object.values(node).some(hasGap);
}

/** One gap alone keeps its type: a number stays a number, a list a list. */
function gap(read: string, name: string, { markdown, isAlone }: Shown): string {
  const checked = `given(${read}, ${quoted(name)})`;
  if (markdown) return `escape(String(${checked}))`;
  return isAlone ? checked : `String(${checked})`;
}

/** `a.b`, `$root.a`, `$index` and `!a`. */
function path(words: string): string {
  const [, not = "", names = ""] = PATH.exec(words) ?? [];
  const [first = "", ...rest] = names.split(".");
  const level = LEVELS.get(first);
  const steps = (level === undefined ? [first, ...rest] : rest).map((name) => {
    // Every object has these, so that a card would never notice that its data has not.
    if (name in Object.prototype) throw new Error(`A card cannot ask for ${name}`);
    return `?.[${JSON.stringify(name)}]`;
  });
  const read = `${level ?? "data"}${steps.join("")}`;
  return not
    ? `!isTrue(${gap(read, names, { markdown: false, isAlone: true })}, ${quoted(names)})`
    : read;
}

/** TextBlock text and facts are shown as Markdown; labels, values and choices are not. */
function shows(node: unknown, key: string, inherited: boolean): boolean {
  if (key === "facts") return true;
  if (isRecord(node) && node["type"] === "TextBlock") return key === "text";
  return inherited && (key === "title" || key === "value");
}

function given(value: unknown, name: string): unknown {
  if (value === undefined || value === null) throw new Error(`The card has no ${name}`);
  return value;
}

function isTrue(value: unknown, words: string): boolean {
  if (typeof value !== "boolean") throw new Error(`${words} is not true or false`);
  return value;
}

function quoted(words: unknown): string {
  return JSON.stringify(String(words));
}

function entries(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [data];
}

function freeze(node: unknown): unknown {
  if (typeof node !== "object" || node === null) return node;
  for (const part of Object.values(node)) freeze(part);
  return Object.freeze(node);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
