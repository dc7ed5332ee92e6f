import { Template } from "adaptivecards-templating";
import * as fc from "fast-check";
import { measurePlainCards } from "../bench/cards.ts";
import { builderOf } from "../src/card-program.ts";
import { cardNames, fill } from "../src/card-template.ts";
import { openCardViewer, type CardViewer } from "./support/browser.ts";
import { cardsSaying, elementsOf, readCard, sampleCards } from "./support/cards.ts";

/** Well under what Teams takes, because other clients of the same message take less. */
const MOST_BYTES = 28_000;
/** Charts are elements of Teams, not of the renderer. Their fallback is shown and checked instead. */
const OF_TEAMS = /^Unknown element type "Chart\.[\w.]+"\. Fallback will be used/;
const HARMLESS = "harmless";
/** Made once: to make sense of the pattern takes longer than all that is drawn from it. */
const WORDS = fc.stringMatching(/^[A-Za-z][a-z]{0,8}( [a-z]{1,8}){0,3}$/);

const names = cardNames();
const namesWithGaps = names.filter((name) => JSON.stringify(readCard(name)).includes("${"));
const samples = sampleCards();

let viewer: CardViewer;
beforeAll(async () => (viewer = await openCardViewer()));
afterAll(() => viewer.close());

it("is measured against cards by hand that are the same", () => {
  const measured = measurePlainCards({ times: 1, longestMs: 1 });

  expect(measured.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["champions/form", "digest/digest", "kpi/figure", "directory/results"]),
  );
});

describe.each(names)("the card file %s", (name) => {
  it("is an Adaptive Card 1.5", () => {
    expect(readCard(name)).toMatchObject({ type: "AdaptiveCard", version: "1.5" });
  });

  it("begins with a heading, which only 999 comes before", () => {
    const texts = elementsOf(readCard(name), "TextBlock");
    const first = texts.find(({ text }) => !String(text).includes("(tel:999)"));

    expect(first).toMatchObject({ style: "heading" });
  });

  it("wraps its text", () => {
    const cut = elementsOf(readCard(name), "TextBlock").filter(({ wrap }) => wrap !== true);

    expect(cut).toEqual([]);
  });

  it("has a label on every input and a description of every picture", () => {
    const elements = elementsOf(readCard(name));
    const inputs = elements.filter(({ type }) => String(type).startsWith("Input."));
    const pictures = elements.filter(({ type }) => type === "Image");

    expect(inputs.filter(({ label }) => !label)).toEqual([]);
    expect(pictures.filter(({ altText }) => !altText)).toEqual([]);
  });

  it("has buttons that press, say something for the person, show a hidden part, or open a page", () => {
    const actions = elementsOf(readCard(name)).filter(({ type }) =>
      String(type).startsWith("Action."),
    );
    const kinds = actions.map(({ type, verb, data }) => {
      if (verb !== undefined) return type === "Action.Execute" ? "presses" : "cannot press";
      // A dialog of Teams' own knows one button: the one that hands in what was chosen.
      if (type === "Action.Submit" && name.startsWith("teams/")) return "says";
      if (type === "Action.Submit")
        return data instanceof Object && "say" in data ? "says" : "says nothing";
      return type;
    });
    const allowed = ["presses", "says", "Action.ToggleVisibility", "Action.OpenUrl"];
    expect(allowed).toEqual(expect.arrayContaining(kinds));
  });
});

describe("filling a card", () => {
  it.each(namesWithGaps)("throws when %s has nothing to fill it with", (name) => {
    expect(() => fill(name, {})).toThrow("The card has no");
  });

  it.each(names)("gives for %s what the templating library gives", (name) => {
    const file = readCard(name);
    // Parsing takes far longer than filling, and what is parsed can be filled again and again.
    const template = new Template(file);

    fc.assert(
      fc.property(dataFor(file), (data) => {
        const expanded: unknown = template.expand({ $root: data });

        expect(fill(name, data)).toEqual(expanded);
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ["a number alone", "${count}"],
    ["text around gaps", "${who} wrote ${count} of ${$root.most.at}${count}"],
    ["quotation marks and new lines", 'He said "${who}"\n and left'],
    ["the opposite", "${!isDone}"],
    ["a sum", "${count + 1}"],
    ["a choice with text around it", "${if(isDone, 'one', 'many')} of ${count + 1}, ${who}"],
    ["numbers side by side", "${1}${2}${who}"],
    ["a constant", "${'x'}"],
    ["what only looks like a gap", "\\${who} of ${who}"],
  ])("gives what the templating library gives: %s", (_, text) => {
    const file = {
      type: "Input.Text",
      value: text,
      list: [{ $data: "${list}", text: "${$index}: ${$data}" }],
    };
    const data = { who: "Lis", count: 3, isDone: false, most: { at: 9 }, list: ["a", "b"] };

    const filled = builderOf("tested", file, String)(data);

    expect(filled).toEqual(new Template(file).expand({ $root: data }));
  });

  it("throws when a card asks for what every object has", () => {
    const file = { type: "AdaptiveCard", title: "${toString}" };

    expect(() => builderOf("tested", file, String)).toThrow("cannot ask for toString");
  });

  it("shares what is the same on every card, which nobody can change", () => {
    const hints = samples
      .filter(({ name }) => name === "champions/form")
      .map(({ card }) =>
        elementsOf(card, "TextBlock").find(({ text }) => String(text).startsWith("Write one item")),
      );
    const [hint, ...others] = hints;

    expect(others.length).toBeGreaterThan(0);
    expect(others.every((other) => other === hint)).toBe(true);
    expect(() => Object.assign(hint ?? {}, { text: "changed" })).toThrow("read only");
  });
});

describe("the filled cards", () => {
  it("are of every file", () => {
    expect([...new Set(samples.map(({ name }) => name))].toSorted()).toEqual(names);
  });

  it.each(samples)("have no gap left: $name, $occasion", ({ card }) => {
    expect(JSON.stringify(card)).not.toContain("${");
  });

  it.each(samples)("fit into a message: $name, $occasion", ({ card }) => {
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(MOST_BYTES);
  });

  it.each(samples)("offer choices that can be joined with commas: $name, $occasion", ({ card }) => {
    const values = elementsOf(card, "Input.ChoiceSet")
      .flatMap(({ choices }) => choices as { value: string }[])
      .map(({ value }) => value);

    expect(values.filter((value) => value.includes(","))).toEqual([]);
  });

  it.each(samples)("are understood by Microsoft's renderer: $name, $occasion", async ({ card }) => {
    const { faults } = await viewer.show(card);

    expect(faults.filter((fault) => !OF_TEAMS.test(fault))).toEqual([]);
  });
});

describe("what people type", () => {
  const markup = {
    bold: "**bold** and __bold__",
    italic: "*slanted* and _slanted_",
    "struck out": "~~gone~~",
    "a link": "[Approve](https://example.org)",
    "an address": "https://example.org/?a=1&copy=2",
    "an address in brackets": "<https://example.org>",
    "a picture": "![Picture](https://example.org/a.png)",
    "a mention": "<at>Jan French</at>",
    "a script": "<script>document.title = 'changed'</script><img src=x onerror=alert(1)>",
    "a gap": "${title} and ${$root.districtName}",
    "a date to be written by Teams": "{{DATE()}} {{TIME()}}",
    code: "`code` and ```code```",
    "a fence": "~~~ and on",
    "a heading": "# Heading",
    "a quotation": "> said",
    "a bulleted list": "- item",
    "a list with stars": "* item",
    "a list with plus signs": "+ item",
    "a numbered list": "1. item",
    "a numbered list with brackets": "12) item",
    "a rule": "---",
    "a rule of stars": "* * *",
    "an underlining": "===",
    "a table": "| a | b |",
    entities: "&lt;b&gt; &amp; &#42;&#x2a; &nbsp;",
    backslashes: String.raw`\*not slanted\* C:\temp\ \\`,
    formulas: "$x^2$ and $$y$$",
    "a very long word": "x".repeat(500),
    emoji: "👩‍👩‍👧 🇬🇧 👍🏽",
    "writing from right to left": "\u202Eabc\u202C \u200Fשלום\u200F مرحبا",
    "a wikilink": "[[Page]] [^1] [x]: https://example.org",
  };

  let harmless: Promise<string[]> | undefined;

  it.each(Object.entries(markup))("is shown as it was typed: %s", async (_, typed) => {
    expect(await partsSaying(typed)).toEqual(await expectedParts(typed));
  });

  it("is shown as it was typed, whatever it is", async () => {
    const piece = fc.oneof(
      fc.constantFrom(...Object.values(markup)),
      fc.string({ unit: "grapheme" }),
    );
    const typed = fc
      .tuple(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.constantFrom("", " ", "  "))
      .map(([pieces, between]) => pieces.join(between).trim())
      .filter((text) => text !== "");

    await fc.assert(
      fc.asyncProperty(typed, async (text) => {
        expect(await partsSaying(text)).toEqual(await expectedParts(text));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["**bold**", "<strong"],
    ["_slanted_", "<em"],
    ["[Approve](https://example.org)", "<a"],
    ["<at>Jan French</at>", "<at"],
    ["- item", "<li"],
    ["1. item", "<ol"],
    ["# Heading", "<h1"],
    ["`code`", "<code"],
  ])("would be noticed if it became markup: %s", async (text, element) => {
    const body = [{ type: "TextBlock", text, wrap: true }];

    const { parts } = await viewer.show({ type: "AdaptiveCard", version: "1.5", body });

    expect(parts).toContain(element);
  });

  async function partsSaying(text: string): Promise<string[]> {
    const parts: string[] = [];
    for (const card of cardsSaying(text)) parts.push(...(await viewer.show(card)).parts);
    return parts;
  }

  /** The same elements as for a harmless word, with the text in that word's places. */
  async function expectedParts(text: string): Promise<string[]> {
    harmless ??= partsSaying(HARMLESS);
    return (await harmless).map((part) => part.replaceAll(HARMLESS, () => text));
  }
});

/** What the gaps of one level of a card hold. */
interface Gaps {
  readonly words: Set<string>;
  readonly flags: Set<string>;
  readonly lists: Map<string, Gaps>;
  readonly objects: Map<string, Gaps>;
}

/** Any data that a card file can be filled with: its gaps say what it needs. */
function dataFor(file: unknown): fc.Arbitrary<object> {
  const gaps = noGaps();
  collect(file, gaps);
  return dataOf(gaps);
}

function dataOf({ words, flags, lists, objects }: Gaps): fc.Arbitrary<object> {
  const values: Record<string, fc.Arbitrary<unknown>> = {};
  for (const name of words) values[name] = WORDS;
  for (const name of flags) values[name] = fc.boolean();
  for (const [name, gaps] of objects) values[name] = dataOf(gaps);
  for (const [name, gaps] of lists) values[name] = fc.array(dataOf(gaps), { maxLength: 3 });
  return fc.record(values);
}

function collect(node: unknown, gaps: Gaps): void {
  if (typeof node === "string") for (const path of pathsIn(node)) addWord(path, gaps);
  if (typeof node !== "object" || node === null) return;
  const { $data, $when, ...rest } = node as Record<string, unknown>;
  const [list] = pathsIn($data);
  const inner = list === undefined ? gaps : levelIn(gaps.lists, list);
  for (const flag of pathsIn($when)) inner.flags.add(flag);
  for (const part of Object.values(rest)) collect(part, inner);
}

function addWord(path: string, gaps: Gaps): void {
  const [owner = "", name] = path.split(".");
  if (name === undefined) gaps.words.add(owner);
  else levelIn(gaps.objects, owner).words.add(name);
}

function levelIn(levels: Map<string, Gaps>, name: string): Gaps {
  const level = levels.get(name) ?? noGaps();
  levels.set(name, level);
  return level;
}

function noGaps(): Gaps {
  return { words: new Set(), flags: new Set(), lists: new Map(), objects: new Map() };
}

function pathsIn(text: unknown): string[] {
  return typeof text === "string"
    ? [...text.matchAll(/\$\{!?([^}]+)\}/g)].map(([, path = ""]) => path)
    : [];
}
