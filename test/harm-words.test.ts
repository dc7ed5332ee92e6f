import committeeFile from "../data/committee.json" with { type: "json" };
import { FIRST_SERVICES } from "../src/directory/first-services.ts";
import { Committee } from "../src/council.ts";
import { safetyNamed, safetyRuleFor } from "../src/directory/safety.ts";
import { createServiceSearch } from "../src/directory/search.ts";
import type { Tables } from "../src/tables.ts";
import { MEMBER, openProduct, withSampleCouncil, wordsOn } from "./support/council.ts";
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

describe("a search that finds nothing", () => {
  it("says where to go with harm, in one line", async () => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say("find zorbing in Fenland"))).toContain(
      "In danger now, or thoughts of ending a life: call 999. Abuse, neglect, exploitation or hate: type signpost.",
    );
  });
});
