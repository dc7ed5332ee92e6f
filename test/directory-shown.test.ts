import {
  addressOn,
  inputsOf,
  MEMBER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import type { Tables } from "../src/tables.ts";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

const CALM = "Nobody in danger: find a service for this";

describe("a text that is answered with 999", () => {
  it("leads back to the search with its words, and stays there from page to page", async () => {
    const { as } = await openProduct(tables);
    const text = "there is a fire in the flat of a family, and a library";
    const card = await as(MEMBER).say(text);

    const found = await as(MEMBER).press(...press(card, CALM));
    const more = await as(MEMBER).press(...press(found, "Search there", { district: "fenland" }));
    const one = await as(MEMBER).press(...press(found, "Tell me more"));
    const back = await as(MEMBER).press(...press(one, "Back to the list"));

    expect(wordsOn(card)).toContain("Call 999 now");
    expect(titlesOf(card)).toContain("Nobody in danger: where to point them");
    for (const each of [found, more, back]) {
      expect(wordsOn(each)).toContain(`“${text}”`);
      expect(wordsOn(each)).not.toContain("Call 999 now");
    }
  });

  it("carries nothing that tells who somebody is", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say(
      "there is a fire in the flat of Jane Smith, 01632 960123, call jane@example.org",
    );

    const found = await as(MEMBER).press(...press(card, CALM));

    expect(JSON.stringify(card)).not.toMatch(/Jane|960123|example\.org/);
    expect(wordsOn(found)).not.toMatch(/Jane|960123|example\.org/);
  });

  it("is heard again where other words are typed", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).press("directory.find", { text: "zorbing", calm: "true" });

    const again = await as(MEMBER).press(
      ...press(card, "Search again", { text: "there is a fire in the flat" }),
    );

    expect(inputsOf(card)).toMatchObject({ text: "zorbing" });
    expect(wordsOn(again)).toContain("Call 999 now");
  });
});

describe("what is looked for by its bare name", () => {
  it.each([
    ["foodbank", "You asked for “foodbank”"],
    ["housing", "Whitworth House"],
    ["kids clothes", "Winter Warmers"],
    ["reporting centre for hate crime in March", "Services in March"],
    ["where is the reporting centre for hate crime in Ely", "Hate crime reporting centre in Ely"],
  ])("is searched: %j", async (text, words) => {
    const { as } = await openProduct(tables);
    await as(MEMBER).say("find library");

    expect(wordsOn(await as(MEMBER).say(text))).toContain(words);
  });

  it("asks for the number of reports where that is what the words say", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("how many third party reporting centre reports");

    expect(wordsOn(card)).not.toContain("You asked for");
  });

  it.each(["veterans", "knitting circle"])(
    "stays with the button where the bot asks back: %j",
    async (text) => {
      const { as } = await openProduct(tables);

      const card = await as(MEMBER).say(text);

      expect(JSON.stringify(card)).toContain(`"say":"find ${text}"`);
      expect(wordsOn(await as(MEMBER).say(`find ${text}`))).toContain(`“${text}”`);
    },
  );

  it("is not repeated where it may tell who somebody is", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("Jane Smith 01632 960123");

    expect(JSON.stringify(card)).not.toContain("Jane Smith");
  });
});

describe("a service that gives no contact", () => {
  it("says whom to ask, on the list, alone, shared and put into a message", async () => {
    const { as, search, turnOf } = await openProduct(tables);
    const somebody = as(MEMBER, { place: "group" });
    const list = await somebody.say("find ramsey timebank");
    const one = await somebody.press(...press(list, "Tell me more"));
    const shared = await somebody.press(...press(one, "Share here"));
    const [inserted] = await search(await turnOf(MEMBER), "ramsey timebank", { skip: 0, count: 1 });

    for (const card of [list, one, shared, inserted?.card]) {
      const words = wordsOn(card);
      expect(words).toContain("Not given");
      expect(words).toContain("Ask instead");
      expect(words).toContain("Cambridgeshire County Council: general contact");
      expect(words).toContain("Source: The council's address in its e-mails");
      expect(addressOn(card ?? list, "Ask the council: website")).toBe(
        "https://www.cambridgeshire.gov.uk/",
      );
    }
  });

  it("is not told of where a service has its own", async () => {
    const { as } = await openProduct(tables);

    expect(
      wordsOn(await as(MEMBER).say("service Cambridgeshire Victim and Witness Hub")),
    ).not.toContain("Ask instead");
  });
});
