import { createSetupStore } from "../src/signposting/setup-store.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import { COMMITTEE, file, fileMany, LEAD, numbersOn } from "./support/signposting.ts";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("a summary", () => {
  it("shows a month by kind, hides what is small, rounds the rest, and states the rule", async () => {
    await fileMany(tables, "2019-08", 12);
    await fileMany(tables, "2019-08", 23, { kind: "safeguarding-adult" });
    await fileMany(tables, "2019-08", 3, { kind: "domestic-abuse", district: "cambridge-city" });
    await fileMany(tables, "2019-08", 2, { kind: "eyes-and-ears", district: "huntingdonshire" });
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("signposting summary August 2019");

    expect(numbersOn(card)).toEqual({
      "Hate crime, or something that felt like hate": "10",
      "Safeguarding an adult": "25",
      "Safeguarding a child": "[c]",
      "Domestic abuse": "[c]",
      "Eyes and Ears": "[c]",
    });
    expect(wordsOn(card)).toContain("Numbers from 1 to 4 always are");
    expect(wordsOn(card)).toContain("rounded to the nearest 5");
    expect(titlesOf(card)).toEqual(["By district", "By route"]);
  });

  it("holds 1,000 records of a month", async () => {
    await fileMany(tables, "2019-08", 600);
    await fileMany(tables, "2019-08", 420, {
      kind: "safeguarding-child",
      district: "huntingdonshire",
    });
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("signposting summary August 2019 by district");

    expect(numbersOn(card)).toMatchObject({ Fenland: "600", Huntingdonshire: "420" });
  });

  it("stays the same when one more is recorded, deleted or the rule is changed", async () => {
    await fileMany(tables, "2019-08", 7);
    await fileMany(tables, "2019-08", 30, { kind: "safeguarding-child" });
    const { as } = await openProduct(tables);
    const before = await as(MEMBER).say("signposting summary August 2019");

    await fileMany(tables, "2019-08", 1, { kind: "eyes-and-ears" });
    await fileMany(tables, "2019-08", 3, { kind: "hate-crime", note: "later" });
    const form = await as(ADMINISTRATOR).say("signposting settings");
    await as(ADMINISTRATOR).press(...press(form, "Save", { threshold: "10" }));
    const after = await as(MEMBER).say("signposting summary August 2019");

    expect(after).toEqual(before);
  });

  it("is not shown before its month is over, not even on the first of the next", async () => {
    await fileMany(tables, "2019-08", 7);
    await fileMany(tables, "2019-09", 7);
    const { as } = await openProduct(tables);

    const early = await as(MEMBER, { clock: "2019-10-01T00:00" }).say(
      "signposting summary September 2019",
    );
    const late = await as(MEMBER, { clock: "2019-10-02T00:00" }).say(
      "signposting summary September 2019",
    );

    expect(wordsOn(early)).toContain("can be seen from 2 October 2019");
    expect(wordsOn(late)).toContain("Signposting, September 2019");
  });

  it("of a quarter adds up what its months show, and hides what one of them hides", async () => {
    for (const [month, adults] of [
      ["2019-07", 12],
      ["2019-08", 8],
      ["2019-09", 21],
    ] as const) {
      await fileMany(tables, month, 40);
      await fileMany(tables, month, adults, { kind: "safeguarding-adult" });
    }
    await fileMany(tables, "2019-09", 2, { kind: "domestic-abuse" });
    await fileMany(tables, "2019-09", 2, { kind: "eyes-and-ears" });
    const { as } = await openProduct(tables);
    const at = as(MEMBER, { clock: "2019-10-09T09:00" });

    const card = await at.say("signposting summary July to September 2019 by kind");

    expect(wordsOn(card)).toContain("Signposting, July to September 2019");
    expect(numbersOn(card)).toMatchObject({
      "Safeguarding an adult": "40",
      "Domestic abuse": "[c]",
    });
  });

  it.each([
    ["signposting summary June to August 2019", "July to September"],
    ["signposting summary this quarter", "July to September 2019 can be seen from 2 October 2019"],
    ["signposting summary January 1990", "They begin with January 2019"],
    ["signposting summary September 2019", "can be seen from 2 October 2019"],
  ])("answers %j with what can be asked", async (text, words) => {
    await fileMany(tables, "2019-08", 1);
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say(text))).toContain(words);
  });

  it.each([
    "signposting summary Q3 2019",
    "signposting summary 2019 Q3",
    "signposting summary quarter 3 2019",
    "signposting summary for July, August and September 2019",
    "signposting summary last quarter",
    "signposting summary Communities and Partnership July to Sept 2019",
  ])("reads %j as July to September 2019", async (text) => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER, { clock: "2019-10-09T09:00" }).say(text);

    expect(wordsOn(card)).toContain(
      "Signposting, July to September 2019, the whole county\nBy kind",
    );
  });

  it.each([
    ["Octember", "I did not understand “octember”."],
    ["2019", "I did not understand “2019”."],
    ["August 2019 by strand", "I did not understand “strand”."],
    ["last year", "I did not understand “last year”."],
    ["August 2019 by district by kind", "more than one period or split"],
    ["Q3 and Q4 2019", "more than one period or split"],
    ["August 2019 in Fenland", "There is no summary for Fenland alone. Ask by district."],
  ])("says what can be asked instead of %j, and shows no other period", async (text, words) => {
    const { as } = await openProduct(tables);

    const answer = await as(MEMBER).say(`signposting summary ${text}`);

    expect(wordsOn(answer)).toContain(words);
    expect(titlesOf(answer)).toEqual([
      "August 2019 by kind",
      "August 2019 by district",
      "August 2019 by route",
      "April to June 2019 by kind",
    ]);
    expect(JSON.stringify(answer)).not.toContain("Signposted");
  });

  it("has one county line and no split where outsiders can read along", async () => {
    await fileMany(tables, "2019-08", 30);
    const { as } = await openProduct(tables);

    const cards = await Promise.all(
      (["channel", "group"] as const).map((place) =>
        as(MEMBER, { place }).say("signposting summary August 2019 by district"),
      ),
    );

    for (const card of cards) {
      expect(wordsOn(card)).toContain("The whole county");
      expect(wordsOn(card)).not.toContain("Fenland");
      expect(numbersOn(card)).toEqual({});
    }
  });

  it("gives the digest its line from the same numbers", async () => {
    await fileMany(tables, "2019-08", 12);
    await fileMany(tables, "2019-08", 40, { kind: "safeguarding-adult" });
    const { as } = await openProduct(tables);

    const pages = wordsOn(await as(CHAIR).say("preview digest"));

    expect(pages).toContain("Signposting, August 2019");
    expect(pages).toContain("Safeguarding an adult: 40");
  });

  it("is withheld where its numbers together would give a small one away", async () => {
    const { as } = await openProduct(tables);
    const form = await as(ADMINISTRATOR).say("signposting settings");
    await as(ADMINISTRATOR).press(...press(form, "Save", { zeroIsShown: "true" }));
    // 18, 13 and 8 of each kind, 7 in each district, and 4 in Fenland.
    for (const [kind, district, count] of [
      ["hate-crime", "cambridge-city", 7],
      ["hate-crime", "east-cambridgeshire", 7],
      ["hate-crime", "fenland", 4],
      ["safeguarding-adult", "huntingdonshire", 7],
      ["safeguarding-adult", "south-cambridgeshire", 6],
      ["safeguarding-child", "south-cambridgeshire", 1],
      ["safeguarding-child", "outside", 7],
    ] as const)
      await fileMany(tables, "2019-08", count, { kind, district });

    const cards = await Promise.all(
      ["by kind", "by district", "by route"].map((view) =>
        as(MEMBER).say(`signposting summary August 2019 ${view}`),
      ),
    );

    for (const card of cards) {
      expect(wordsOn(card)).toContain("These numbers are withheld");
      expect(numbersOn(card)).toEqual({});
    }
  });

  it("tells nobody whether there is any record", async () => {
    const { as } = await openProduct(tables);
    const before = await as(MEMBER).say("signposting summary July 2019");
    await fileMany(tables, "2019-08", 1);
    const august = await as(MEMBER).say("signposting summary August 2019");

    expect(numbersOn(august)).toEqual(numbersOn(before));
    expect(Object.values(numbersOn(august))).toEqual(["[c]", "[c]", "[c]", "[c]", "[c]"]);
  });

  it("counts a month by the kinds and routes that it had, whatever came since", async () => {
    const { as } = await openProduct(tables);
    const before = as(MEMBER, { clock: "2019-08-20T10:00" });
    await file(before);
    await fileMany(tables, "2019-08", 40);
    const setup = createSetupStore(tables);
    const found = await setup.read(COMMITTEE);
    const [list] = found?.setup.kindLists ?? [];
    if (!found || !list) throw new Error("The sample council is not loaded");
    const renamed = list.kinds.map((kind) =>
      kind.id === "hate-crime" ? { ...kind, id: "hate-new", name: "By new rules" } : kind,
    );
    const kindLists = [list, { ...list, inForceFrom: "2019-09-01", kinds: renamed }];
    await setup.load(COMMITTEE, { ...found.setup, kindLists }, found.routes);
    const routes = await tables("routes");
    for (const row of await routes.list(COMMITTEE))
      if (row.rowKey.endsWith("true-vision")) await routes.remove(COMMITTEE, row.rowKey);
    const later = await openProduct(tables);

    const kinds = await later.as(MEMBER).say("signposting summary August 2019");
    const pointed = await later.as(MEMBER).say("signposting summary August 2019 by route");

    expect(numbersOn(kinds)).toMatchObject({
      "Hate crime, or something that felt like hate": "40",
    });
    expect(numbersOn(pointed)).toMatchObject({ "True Vision: report a hate crime online": "40" });
  });

  it("is the same for every role, and counts no Prevent", async () => {
    await fileMany(tables, "2019-08", 12);
    await fileMany(tables, "2019-08", 50, { kind: "prevent", routes: ["act-early"] });
    const { as } = await openProduct(tables);

    const cards = await Promise.all(
      [MEMBER, OFFICER, CHAIR, ADMINISTRATOR, LEAD].map((who) =>
        as(who).say("signposting summary August 2019 by district"),
      ),
    );

    for (const card of cards) expect(card).toEqual(cards[0]);
    expect(JSON.stringify(cards)).not.toMatch(/Prevent|"50"|"60"/);
  });
});
