import { createClock } from "../src/calendar.ts";
import type { Card } from "../src/card-template.ts";
import { inShort } from "../src/champions/rules.ts";
import type { Tables } from "../src/tables.ts";
import { elementsOf } from "./support/cards.ts";
import {
  addressOn,
  CHAIR,
  EVERY,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  useChannel,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import { readWord } from "./support/word.ts";

const ROOM = { place: "channel", channel: "room" } as const;
const NOW = "2019-09-25T09:00";
/** As a champion writes it: a line of its own, ended with a colon, leads in those under it. */
const TYPED = [
  "Before any heading",
  "Major Projects:",
  "- Youth Strategy presented",
  "Careers exhibition: planned for November",
  "The following are still ongoing:",
  "• Timebank in Soham",
].join("\n");
const LINES = [
  "Before any heading",
  "Major Projects:",
  "- Youth Strategy presented",
  "- Careers exhibition: planned for November",
  "The following are still ongoing:",
  "- Timebank in Soham",
];

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("a champion's own headings", () => {
  it("stand on the card word for word, as headings and not in the list", async () => {
    const { card } = await submitted();

    expect(linesOf(card)).toEqual(["- Before any heading", ...LINES.slice(1)]);
    expect(headingsOf(card)).toEqual(["Major Projects:", "The following are still ongoing:"]);
  });

  it("are in the form again as they were typed", async () => {
    const { product, card } = await submitted();

    const form = await product.as(EVERY).press(...press(card, "Edit"));

    expect(inputsOf(form).updates).toBe(TYPED.replaceAll(/^[-•] /gm, ""));
  });

  it("come with what is carried forward from under them, once", async () => {
    const { product, card } = await submitted();
    const ahead = product.as(EVERY, { clock: "2019-10-14T09:00" });
    const form = await ahead.say("log update");
    const titles = JSON.stringify(form);

    const carry = "updates-2,updates-5,updates-3,updates-0";
    const shown = await ahead.press(...press(form, "Submit", { updates: "New", carry }));

    expect(wordsOn(card)).toContain("Major Projects:");
    expect(titles).toContain('"title":"Youth Strategy presented"');
    expect(titles).not.toContain('"title":"Major Projects:"');
    expect(linesOf(shown)).toEqual(["- New", "- Before any heading", ...LINES.slice(1)]);
  });

  it("stand in the whole update that is read from the digest", async () => {
    const { product } = await submitted();
    await useChannel(product.as(OFFICER, ROOM));
    await product.as(OFFICER, ROOM).press("digest.audience", { audience: "committee" });
    const confirm = await product.as(OFFICER).say("post digest");
    await product.as(OFFICER).press(...press(confirm, "Post the digest"));
    const reader = product.as(MEMBER, ROOM);
    const digest = await reader.press("digest.page", { meeting: "2019-10-10", page: 1 });

    const whole = await reader.press(...press(digest, "Read East Cambridgeshire"));

    expect(linesOf(whole)).toEqual(["- Before any heading", ...LINES.slice(1)]);
    expect(headingsOf(whole)).toEqual(["Major Projects:", "The following are still ongoing:"]);
  });

  it("head their lines in the chair's own digest", async () => {
    const { product } = await submitted();

    const words = wordsOn(await product.as(CHAIR).say("preview the chair's digest"));

    expect(words).toContain(
      [
        "East Cambridgeshire, Lis Every",
        "- Updates: Before any heading",
        "East Cambridgeshire, Updates: Major Projects:",
        "- Youth Strategy presented",
        "- Careers exhibition: planned for November",
        "East Cambridgeshire, Updates: The following are still ongoing:",
        "- Timebank in Soham",
      ].join("\n"),
    );
  });

  it.each([
    [["Major Projects:", "First", "Second"], "Updates: Major Projects: First (and 1 more)"],
    [["Empty:", "Major Projects:", "First"], "Updates: Major Projects: First"],
    [["First", "Major Projects:", "Second"], "Updates: First (and 1 more)"],
    [["Major Projects:"], "Updates: Major Projects:"],
  ])("lead in the first item of a short digest, and are not counted: %j", (lines, said) => {
    expect(inShort("updates", lines)).toEqual([said]);
  });

  it("are headings of the Word document of the meeting, below the form's own", async () => {
    const { product } = await submitted();

    const texts = await paperOf(product, "export updates for 10 October 2019");

    expect(inReport(texts)).toEqual([
      "Heading3 UPDATES",
      "Before any heading",
      "Heading4 Major Projects:",
      "Youth Strategy presented",
      "Careers exhibition: planned for November",
      "Heading4 The following are still ongoing:",
      "Timebank in Soham",
    ]);
  });

  it("lead in what is new under them in the review, however often they are used", async () => {
    const { product } = await submitted();

    const texts = await paperOf(product, "annual review August 2019 to July 2020");

    expect(texts).toContain("Heading4 Major Projects:");
    expect(texts.filter((text) => text === "Heading4 The following are still ongoing:")).toEqual([
      "Heading4 The following are still ongoing:",
      "Heading4 The following are still ongoing:",
    ]);
    expect(texts.indexOf("Timebank in Soham")).toBe(
      texts.lastIndexOf("Heading4 The following are still ongoing:") + 1,
    );
  });
});

async function submitted() {
  const product = await openProduct(tables);
  const form = await product.as(EVERY).say("log update");
  const typed = { updates: TYPED, contacts: "", goodPractice: "" };
  const card = await product.as(EVERY).press(...press(form, "Submit", typed));
  return { product, card };
}

/** What stands on the card under "Updates", as it is written on it. */
function linesOf(card: Card): string[] {
  const texts = elementsOf(card, "TextBlock").map(({ text }) => String(text));
  return texts.slice(texts.indexOf("Updates") + 1);
}

function headingsOf(card: Card): string[] {
  const [, ...headings] = elementsOf(card, "TextBlock")
    .filter(({ style }) => style === "heading")
    .map(({ text }) => String(text));
  return headings;
}

/** The paragraphs of a paper, headings with their level. */
async function paperOf(product: Awaited<ReturnType<typeof openProduct>>, text: string) {
  const offered = await product.as(OFFICER).say(text);
  const card = await product.as(OFFICER).press(...press(offered, "Get a link instead"));
  const token = addressOn(card, "Download").split("/papers/")[1] ?? "";
  const file = await product.download(token, createClock(NOW)());
  const { paragraphs } = await readWord(file?.bytes ?? new Uint8Array());
  return paragraphs.map(({ style, text: words }) =>
    style.startsWith("Heading") ? `${style} ${words}` : words,
  );
}

/** The section of East Cambridgeshire's updates. */
function inReport(texts: readonly string[]): string[] {
  const from = texts.indexOf("Heading3 UPDATES");
  return texts.slice(from, texts.indexOf("Heading3 NEW CONTACTS, PROJECTS AND PRIORITIES", from));
}
