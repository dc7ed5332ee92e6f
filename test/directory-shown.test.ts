import directoryFile from "../data/directory.json" with { type: "json" };
import type { Card } from "../src/card-template.ts";
import { Service } from "../src/directory/schema.ts";
import { createServiceStore } from "../src/directory/store.ts";
import {
  addressOn,
  inputsOf,
  MEMBER,
  OFFICER,
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

  it("keeps an age, which tells of nobody and decides which route is right", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("my 14 year old is being strangled by her uncle Bob Jones");

    const found = await as(MEMBER).press(...press(card, CALM));

    expect(wordsOn(found)).toContain("14 year old");
    expect(wordsOn(found)).toContain("Worried about a child");
    expect(JSON.stringify([card, found])).not.toContain("Jones");
  });

  it("is heard again where other words are typed", async () => {
    const { as } = await openProduct(tables);
    const calm = await as(MEMBER).press("directory.find", { text: "zorbing", calm: "true" });
    const card = await as(MEMBER).say("find zorbing");

    const again = await as(MEMBER).press(
      ...press(card, "Search again", { text: "there is a fire in the flat" }),
    );

    expect(wordsOn(calm)).toContain("Worried about an adult: safeguarding");
    expect(inputsOf(card)).toMatchObject({ text: "zorbing" });
    expect(wordsOn(again)).toContain("Call 999 now");
  });
});

describe("what is looked for by its bare name", () => {
  it.each([
    ["foodbank", "You asked for “foodbank”"],
    ["housing", "Whitworth House"],
    ["kids clothes", "Winter Warmers"],
    ["knitting circle", "I looked for “knitting circle”"],
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

  it.each(["veterans"])("stays with the button where the bot asks back: %j", async (text) => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say(text);

    expect(JSON.stringify(card)).toContain(`"say":"find ${text}"`);
    expect(wordsOn(await as(MEMBER).say(`find ${text}`))).toContain(`“${text}”`);
  });

  it("is not repeated where it may tell who somebody is", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("Jane Smith 01632 960123");

    expect(JSON.stringify(card)).not.toContain("Jane Smith");
  });
});

describe("an age in what is looked for", () => {
  it("calls for the route for a child", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("find help, my 14 year old was touched by her uncle");

    expect(titlesOf(card).join() + wordsOn(card)).toContain("Worried about a child");
    expect(wordsOn(card)).not.toContain("Worried about an adult");
  });

  it.each([
    ["find clubs for a 3 year old", "“clubs for a 3 year old”"],
    ["find lunch club for mum aged 82", "“lunch club for mum aged 82”"],
    ["find clubs for Jane Smith who is a 3 year old", "a 3 year old”"],
  ])("is shown and searched by: %s", async (text, words) => {
    const { as } = await openProduct(tables);

    const card = wordsOn(await as(MEMBER).say(text));

    expect(card).toContain(words);
    expect(card).not.toContain("Smith");
  });
});

describe("a service that gives no contact", () => {
  it("says whom to ask, on the list, alone, shared and put into a message", async () => {
    const { as, search, turnOf } = await openProduct(tables);
    const somebody = as(MEMBER, { place: "group" });
    const list = await somebody.say("find ramsey timebank");
    const one = await somebody.press(...press(list, "Tell me more"));
    const shared = await somebody.press(...press(one, "Share here"));
    const page = { skip: 0, count: 1 };
    const { results } = await search(await turnOf(MEMBER), "ramsey timebank", page);
    const [inserted] = results;

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

describe("which service comes first", () => {
  it.each([
    ["his wife died last month and he sits at home all day in Ramsey", "Ramsey Timebank"],
    ["bereavment group Ely", "Ely Timebank"],
    ["register a death in Wisbech", "Register Office"],
    ["register a birth in Huntingdon", "Huntingdon Library"],
    ["job help for 19 year old in Wisbech", "First Step Forward"],
    ["job help for 55 year old in Cambourne", "British Library Business"],
    ["woman homeless in Cambridge", "Whitworth House"],
    ["job for an adult with a learning disability", "First Steps to Success"],
    ["coneygear library", "Coneygear community library"],
    ["is Coneygear library open", "Coneygear community library"],
    ["soham library", "Soham Library"],
    ["no food", "Local Assistance Scheme"],
    ["single mum in Wisbech, three kids, no food till friday", "Local Assistance Scheme"],
    ["electric runs out tonight", "Local Assistance Scheme"],
    ["free school meals", "Local Assistance Scheme"],
    ["lifts to Addenbrookes from Littleport", "Car share scheme"],
  ])("for %j", async (text, name) => {
    const { as, search, turnOf } = await openProduct(tables);

    const card = await as(MEMBER).press("directory.find", { text });
    const { results } = await search(await turnOf(MEMBER), text, { skip: 0, count: 4 });

    expect(firstOf(card)).toContain(name);
    expect(results[0]?.title).toContain(name);
  });

  it.each([
    ["his wife died last month and he sits at home all day in Ramsey", /Regist|Archives/],
    ["bereavment group Ely", /Register|Archives/],
    ["homeless hostel for a man in Cambridge", /Whitworth/],
    ["timebank in Littleport for a lady", /Men's Shed/],
    ["find somewhere for a man with dementia in Wisbech", /Innovate and Cultivate/],
  ])("is never what is not for them: %j", async (text, names) => {
    const { search, turnOf } = await openProduct(tables);

    const { results } = await search(await turnOf(MEMBER), text, { skip: 0, count: 10 });

    expect(results.map(({ title }) => title).filter((title) => names.test(title))).toEqual([]);
  });

  it("is not what is for the people around another town", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).press("directory.find", { text: "timebank in St Ives" });

    expect(firstOf(card)).not.toContain("Ramsey Timebank");
  });

  it("says of what was asked for by its name that it is closed", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).press("directory.find", { text: "coneygear library" }));

    expect(words).toMatch(/Coneygear community library[^]{0,120}Temporarily closed/);
  });

  function firstOf(card: Card): string {
    return /Showing .*\n([^]*)/.exec(wordsOn(card))?.[1]?.split("\n").slice(0, 2).join(" ") ?? "";
  }
});

describe("a message that nothing is found for", () => {
  it("is counted as in a chat, and what is looked up by its name is not", async () => {
    const { as, search, turnOf, finish } = await openProduct(tables);
    const turn = await turnOf(MEMBER);
    for (let time = 0; time < 5; time += 1) {
      await search(turn, "falconry", { skip: 0, count: 6, written: "whole" });
      await finish();
      await search(turn, "falconr", { skip: 0, count: 6 });
    }

    const words = wordsOn(await as(OFFICER).say("unmet needs"));

    expect(words).toMatch(/\bfalconry\b/);
    expect(words).not.toMatch(/\bfalconr\b/);
  });
});

describe("a place with a typing error", () => {
  it.each([
    ["dimentia cafe in Sohm", "Sohm", "Soham"],
    ["timbank littelport", "Littelport", "Littleport"],
  ])("is searched as the one place that is that near: %j", async (text, typed, town) => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).press("directory.find", { text });
    const back = await as(MEMBER).press(...press(card, `I did not mean ${town}`));

    expect(wordsOn(card)).toContain(`I took ${typed} for ${town}.`);
    expect(wordsOn(card)).toContain(`Services in ${town} and the rest of East Cambridgeshire`);
    expect(wordsOn(back)).not.toContain(`Services in ${town}`);
    expect(wordsOn(back)).not.toContain("I took");
  });
});

describe("what a search is made of", () => {
  it.each([
    ["library in Narnia", "I do not know the place Narnia, so I searched the whole county."],
    ["library in Elly", "Do you mean Ely?"],
    ["dimentia cafe in Sohm", "I took Sohm for Soham."],
    ["library in Papworth", "Do you mean Papworth Everard?"],
    ["men's shed in Peterborough", "Peterborough is outside the county"],
    ["zorbing in Narnia", "I do not know the place Narnia"],
  ])("says which place it does not know: %j", async (text, words) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say(`find ${text}`))).toContain(words);
  });

  it("says so of the beginning of a postcode, and finds what is asked for beside it", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).press("directory.find", { text: "library PE29" });

    expect(wordsOn(card)).toContain("I do not know the place PE29");
    expect(wordsOn(card)).toContain("Library");
  });

  it.each(["help in a crisis", "library in March", "debt in Fenland", "learn English in Ely"])(
    "takes no other word for a place: %j",
    async (text) => {
      const { as } = await openProduct(tables);

      expect(wordsOn(await as(MEMBER).say(`find ${text}`))).not.toContain("know the place");
    },
  );

  it("sends nobody to what is for another town's people", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("find company for my dad in Soham");

    expect(wordsOn(card)).toContain("Soham Timebank");
    expect(wordsOn(card)).not.toContain("Residents of Littleport");
  });

  it("answers both of two needs, and says so", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("cannot pay her rent and is very lonely"));

    expect(words).toContain("You spoke of “cannot pay” and “lonely”.");
    expect(words).toContain("Cambridgeshire Community Local Assistance Scheme");
    expect(words).toContain("“lonely”, listed under");
  });

  it.each([
    ["foodbank", "Wisbech Food Bank"],
    ["food bank", "Wisbech Foodbank"],
  ])("puts a real food bank first: %j, %j", async (text, name) => {
    const service = { ...directoryFile.services[0], id: "real", name, taxonomyTerms: [] };
    await createServiceStore(tables).upsert(
      [Service.parse({ ...service, description: "Food for three days." })],
      "local",
    );
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say(`find ${text}`));

    expect(words.indexOf(name)).toBeGreaterThan(0);
    const others = ["Winter Warmers", "Arbury"].map((other) => words.indexOf(other));
    expect(others.every((at) => at < 0 || at > words.indexOf(name))).toBe(true);
  });
});

describe("why a service is on a list", () => {
  it.each([
    ["men's shed in Fenland", "“men's shed”, in its name; it serves Fenland"],
    ["my neighbour is lonely", "“lonely”, listed under Loneliness"],
    ["timebnak in Soham", "“timebnak”, listed under Timebank; it is in Soham"],
    ["debt in Wisbech", "“debt”, listed under Money and debt; it serves the whole county"],
    ["Ramsey", "Why it is here: it is in Ramsey"],
  ])("is said by the word and the place that fit: %j", async (text, words) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say(`find ${text}`))).toContain(words);
  });

  it("is not said of a route out of danger, which is there whatever the words are", async () => {
    const { as } = await openProduct(tables);

    const lines = wordsOn(await as(MEMBER).say("find help for an abused old lady in Ely"));

    expect(lines).toContain("Emergency services: call 999");
    expect(lines).not.toMatch(/Why it is here: it (?:is|serves)/);
  });
});

describe("an activity that the directory does not have", () => {
  it.each(["find walking football in Fenland", "walking football in Fenland"])(
    "is looked for, and something wider is one press away: %j",
    async (text) => {
      const { as } = await openProduct(tables);
      const nothing = await as(MEMBER).say(text);

      const wider = await as(MEMBER).press(
        ...press(nothing, "Search for exercise in the whole county"),
      );

      expect(wordsOn(nothing)).toContain("I looked for “walking football in Fenland” in Fenland");
      expect(wordsOn(nothing)).toContain("Wider, and in the directory: exercise.");
      expect(wordsOn(wider)).toContain("You asked for “exercise”.");
      expect(wordsOn(wider)).toContain("Get Moving: chair-based exercise");
    },
  );

  it("is looked for more widely where it was asked for, if there is something there", async () => {
    const { as } = await openProduct(tables);
    const nothing = await as(MEMBER).say("find badminton in Littleport");

    const wider = await as(MEMBER).press(...press(nothing, "Search for exercise"));

    expect(wordsOn(wider)).toContain("Services in Littleport");
    expect(wordsOn(wider)).toContain("Dementia exercise class, Littleport");
  });

  it("is offered nothing wider that a card was not made with", async () => {
    const { as } = await openProduct(tables);

    const forged = await as(MEMBER).press("directory.wider", { need: "weapons", near: "Ely" });

    expect(wordsOn(forged)).toContain("Write what you are looking for.");
  });

  it.each(["walking group", "zumba", "chess club in Ely", "lunch club", "tai chi in March"])(
    "is not taken for another word, and no wrong service comes first: %j",
    async (text) => {
      const { as } = await openProduct(tables);

      expect(wordsOn(await as(MEMBER).say(`find ${text}`))).toContain("Nothing found");
    },
  );

  it("says how many services would fit in the whole county", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("find repair cafe in Fenland");

    expect(wordsOn(card)).toContain("In the whole county 1 service fits.");
    expect(titlesOf(card)).toContain("Search the whole county");
  });

  it.each([
    ["find swimming lessons", "I found nothing for “swimming”."],
    ["football for kids in March", "I looked for “football for kids in March”"],
    ["find toilet", "Nothing found"],
  ])("is not passed over beside words that find something: %j", async (text, words) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say(text))).toContain(words);
  });

  it("is told from what only mentions it", async () => {
    const { as } = await openProduct(tables);

    const there = wordsOn(await as(MEMBER).say("find dementia group in Fenland"));
    const elsewhere = wordsOn(await as(MEMBER).say("find dementia group in Littleport"));

    expect(there).toContain("Nothing there is for “dementia”: what is shown only mentions it.");
    expect(elsewhere).not.toContain("only mentions it");
  });
});

describe("what a card says of an entry", () => {
  it("names who gives it once, where that is its own name", async () => {
    const { as, search, turnOf } = await openProduct(tables);
    const page = { skip: 0, count: 1 };
    const { results } = await search(await turnOf(MEMBER), "ramsey timebank", page);

    const named = wordsOn(await as(MEMBER).say("service Ramsey Timebank"));
    const other = wordsOn(await as(MEMBER).say("service Sutton Timebank"));

    expect(named.split("\n").filter((line) => line === "Ramsey Timebank")).toHaveLength(1);
    expect(results[0]?.text).not.toContain("Ramsey Timebank");
    expect(other).toContain("Sutton Parish Council");
  });

  it("is not confirmed on a day that is yet to come", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("service Milton Road Library");

    expect(wordsOn(card)).toContain("Nobody has confirmed this entry.");
    expect(wordsOn(card)).not.toContain("Last confirmed on 2 October 2019");
  });

  it("names a place without the word before it, and begins a cost with a capital", async () => {
    const free = { ...directoryFile.services[0], id: "zorb", name: "Zorb club", fees: "free" };
    await createServiceStore(tables).upsert([Service.parse(free)], "local");
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say("services in Ramsey"))).toContain("You asked for “Ramsey”");
    expect(wordsOn(await as(MEMBER).say("service Zorb club"))).toMatch(/\bFree\b/);
  });
});
