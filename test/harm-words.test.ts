import committeeFile from "../data/committee.json" with { type: "json" };
import { FIRST_SERVICES } from "../src/directory/first-services.ts";
import { Committee } from "../src/council.ts";
import { safetyNamed, safetyRuleFor } from "../src/directory/safety.ts";
import { createServiceSearch } from "../src/directory/search.ts";
import { harmHeard } from "../src/understanding/harm-heard.ts";
import type { Tables } from "../src/tables.ts";
import { MEMBER, openProduct, press, withSampleCouncil, wordsOn } from "./support/council.ts";
import { harm, noHarm } from "./support/harm-sentences.ts";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("harm told of in ordinary words", () => {
  it.each(harm)("calls for the rule of %s: %s", (rule, text) => {
    expect(safetyNamed(text)).toBe(rule);
    expect(safetyNamed(`find help, ${text}`)).toBe(rule);
  });

  it.each(noHarm)("is not heard in: %s", (text) => {
    expect(safetyRuleFor(text)).toBeUndefined();
  });

  it("puts the routes first, even where a directory holds nothing else", () => {
    const committee = Committee.parse(committeeFile);
    const search = createServiceSearch();
    for (const service of FIRST_SERVICES) search.put(service, committee);

    for (const [, text] of harm)
      expect(search.search({ text, committee, count: 3 }).hits.length).toBeGreaterThan(0);
  });

  it("is answered with a route and 999 in a search and in plain chat", async () => {
    const { as } = await openProduct(tables);
    const without: string[] = [];

    for (const [, text] of harm)
      for (const typed of [text, `find help, ${text}`]) {
        const words = wordsOn(await as(MEMBER).say(typed));
        if (!words.includes("999") || words.includes("Nothing found")) without.push(typed);
      }

    expect(without).toEqual([]);
  });
});

describe("the compose box and a message's menu", () => {
  it("show a route first for harm in ordinary words", async () => {
    const { search, turnOf } = await openProduct(tables);
    const turn = await turnOf(MEMBER, {}, "turn", {});
    const routes = new Set([...FIRST_SERVICES.map(({ id }) => id), "act-early"]);
    const without: string[] = [];

    for (const [, text] of harm) {
      const [first] = (await search(turn, text, { skip: 0, count: 6 })).results;
      if (!first || !routes.has(first.id)) without.push(text);
    }

    expect(without).toEqual([]);
  });
});

describe("harm that plain chat hears and no rule of words foresaw", () => {
  const told: readonly (readonly [string, RegExp])[] = [
    ["the carer gives mum extra tablets so she sleeps", /Worried about an adult/],
    ["my brother shakes the baby when it cries", /Worried about a child/],
    ["somebody pulled off my headscarf on the bus", /True Vision/],
    ["her nephew empties her bank account every pension day", /Worried about an adult/],
    ["my foster dad gets undressed in front of me", /Worried about a child/],
    ["he put a tracker in my handbag", /Police, when it is not an emergency|call 999/],
  ];

  it.each(told)("is heard by a search: %s", async (text, route) => {
    const { as, search, turnOf } = await openProduct(tables);
    const turn = await turnOf(MEMBER, {}, "turn", {});

    const card = wordsOn(await as(MEMBER).say(`find help, ${text}`));
    const { results } = await search(turn, text, { skip: 0, count: 4 });

    expect(card).toMatch(route);
    expect(card).not.toContain("Nothing found");
    expect(results.map(({ title, text: line }) => `${title} ${line}`).join()).toMatch(
      /999|True Vision|Worried about/,
    );
  });

  it("is not heard in ordinary needs, but for 1 in 15 of those nearest to harm", () => {
    const heard = noHarm.filter(harmHeard);

    expect(heard.length).toBeLessThanOrEqual(noHarm.length / 15);
    expect(harmHeard("a jigsaw library for my daughter")).toBeUndefined();
  });
});

describe("a search that finds nothing", () => {
  it("says where to go with harm, in one line", async () => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say("find zorbing in Fenland"))).toContain(
      "In danger now, or thoughts of ending a life: call 999. Abuse, neglect, exploitation or hate: type signpost.",
    );
  });
});

describe("after 999, when nobody is in danger now", () => {
  const CALM = "Nobody in danger: find a service for this";

  it.each([
    "he takes pills and has stopped answering the phone",
    "he is strangling her",
    "his carer is rough with him",
    "there is a man with a gun in my dream zorbing",
    "she is not being fed by her son",
  ])("the search has safeguarding on its first page: %s", async (text) => {
    const { as } = await openProduct(tables);
    const alarm = await as(MEMBER).say(text);

    const words = wordsOn(await as(MEMBER).press(...press(alarm, CALM)));

    expect(words).toMatch(/Worried about an adult: safeguarding|Worried about a child/);
    expect(words).not.toContain("Nothing found");
  });
});

describe("a search about hate", () => {
  it("says of those services alone that they take reports which do", async () => {
    const { as } = await openProduct(tables);
    const words = wordsOn(
      await as(MEMBER).say("find help: racist abuse at the men's shed in Soham"),
    );

    expect(words).toMatch(/Takes reports of hate\s+True Vision/);
    expect(words).not.toContain("The services below");
    const others = words.indexOf("Fits your words, and takes no reports of hate");
    expect(others).toBeGreaterThan(words.indexOf("True Vision"));
    expect(words.indexOf("Soham Men's Shed")).toBeGreaterThan(others);
  });
});
