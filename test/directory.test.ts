import { z } from "zod/v4";
import committeeFile from "../data/committee.json" with { type: "json" };
import directoryFile from "../data/directory.json" with { type: "json" };
import peopleFile from "../data/people.json" with { type: "json" };
import questionsFile from "./directory-questions.json" with { type: "json" };
import { createCommitteeStore } from "../src/committee/store.ts";
import { Committee } from "../src/council.ts";
import { Service } from "../src/directory/schema.ts";
import { offered } from "../src/directory/rules.ts";
import { createServiceSearch } from "../src/directory/search.ts";
import { createServiceStore } from "../src/directory/store.ts";
import { createSuggestionStore } from "../src/directory/suggestion-store.ts";
import { CommitteePerson } from "../src/people/schema.ts";
import type { Sent } from "../src/feature.ts";
import { createPeopleStore } from "../src/people/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  addressOn,
  ADMINISTRATOR,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";

const committee = Committee.parse(committeeFile);
const sample = z.array(Service).parse(directoryFile.services);
/** The floor under the measured 79 and 80 of 80. */
const LEAST_FIRST = 76;
const LEAST_AMONG_THREE = 79;

/** The one link of a service that gives no contact: nothing on a shared card asks the bot. */
const ASK = "Ask the council: website";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("finding a service", () => {
  it("shows the best one first, with what a person needs to know of it", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("find men's shed in Huntingdonshire"));

    expect(words).toContain("Services in Huntingdonshire");
    expect(words).toContain("Ramshed: men's shed in Ramsey");
    expect(words).toContain("Men of any age");
    expect(words).toContain("Last confirmed on 13 August 2019.");
    expect(words).toContain("Why it is here:");
    expect(words).not.toContain("Soham Men's Shed");
  });

  it.each([
    ["who helps with debt in Wisbech", "Cambridgeshire Community Local Assistance Scheme"],
    ["dementia group near Ely", "Dementia groups with exercise and singing"],
    ["my neighbour is lonely", "Timebank"],
    ["Find a timebnak in Soham!", "Soham Timebank"],
    ["where can I report a hate crime in Huntingdon", "Pathfinder House"],
  ])("understands %j", async (text, name) => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say(text));

    expect(words).toContain(name);
  });

  it("labels what is closed for now", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("find men's shed in Fenland"));

    expect(words).toContain("Temporarily closed");
    expect(words).toContain("Alert: Not open: still looking for buildings in 2019.");
  });

  it("never shows what is closed for good", async () => {
    const [first = sample[0]] = sample;
    const gone = { ...first, id: "gone", name: "Ramsey Zorb Club", status: "defunct" as const };
    await createServiceStore(tables).upsert([Service.parse(gone)], "test");
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("find Ramsey Zorb Club"));

    expect(words).toContain("Nothing found");
  });

  it("says when nobody confirmed an entry", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("find victim support"));

    expect(words).toContain("Nobody has confirmed this entry.");
    expect(words).toContain("Check before you send anybody there.");
  });

  it("turns the page and searches another district", async () => {
    const { as } = await openProduct(tables);
    const first = await as(MEMBER).say("find library");

    const second = await as(MEMBER).press(...press(first, "More services"));
    const there = await as(MEMBER).press(...press(first, "Search there", { district: "fenland" }));

    expect(wordsOn(second)).toContain("Showing 4 to 6 of");
    expect(wordsOn(there)).toContain("Services in Fenland");
    expect(wordsOn(there)).toContain("March Library");
  });

  it("says that there is no page beyond the last one", async () => {
    const { as } = await openProduct(tables);

    const found = await as(MEMBER).press("directory.find", { text: "library", page: 200 });
    const checks = await as(OFFICER).press("directory.checks", { page: 10_000 });

    expect(wordsOn(found)).toMatch(/There is no page 200. The last one is page \d+\./);
    expect(inputsOf(found)).toMatchObject({ text: "library" });
    expect(wordsOn(checks)).toMatch(/There is no page 10000. The last one is page \d+\./);
  });

  it("shows fewer services, only the best one, and the others again", async () => {
    const { as } = await openProduct(tables);
    const first = await as(MEMBER).say("find library");

    const best = await as(MEMBER).press(...press(first, "Fewer services"));
    const again = await as(MEMBER).press(...press(best, "More services"));

    expect(wordsOn(best)).toContain("Showing 1 of");
    expect(titlesOf(best)).not.toContain("Fewer services");
    expect(wordsOn(again)).toContain("Showing 1 to 3 of");
  });

  it("says with each service all that somebody needs who sends another there", async () => {
    const [one = sample[0]] = sample;
    const whole = Service.parse({
      ...one,
      ...{ id: "whole", name: "Zorb club", description: "Rolling downhill.", fees: "£2 a visit" },
      ...{ eligibility: "Everybody who likes to roll", minimumAge: 18, areas: ["fenland"] },
      ...{ phones: ["01354 000000"], email: "zorb@example.org", url: "https://example.org" },
      locations: [{ name: "Zorb Hall", address: "1 High Street, March", district: "fenland" }],
      schedules: [{ days: ["TU"], opensAt: "10:00", closesAt: "12:00" }],
      ...{ alert: "Bring a helmet.", assuredDate: "2017-08-01", status: "temporarily closed" },
    });
    await createServiceStore(tables).upsert([whole], "test");
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("find zorb");

    for (const said of [
      ...["Zorb club", "Temporarily closed", "Rolling downhill.", "Alert: Bring a helmet."],
      ...["Everybody who likes to roll. From 18 years", "Zorb Hall, 1 High Street, March"],
      ...["Fenland", "Tuesday, 10am to midday", "£2 a visit", "Last confirmed on 1 August 2017."],
      ...["Check before you send anybody there.", "Why it is here: “zorb”"],
    ])
      expect(wordsOn(card)).toContain(said);
    expect(addressOn(card, "Call 01354 000000")).toBe("tel:01354000000");
    expect(addressOn(card, "Email zorb@example.org")).toBe("mailto:zorb@example.org");
    expect(addressOn(card, "Website")).toBe("https://example.org/");
  });

  it("says where a service can be shared when nobody else is in the chat", async () => {
    const { as } = await openProduct(tables);

    const one = await as(MEMBER).say("service Soham Library");
    const refused = await as(MEMBER).press("directory.share", { id: "soham-library" });

    expect(titlesOf(one)).not.toContain("Share here");
    expect(wordsOn(one)).toContain("choose Find a service under the message box");
    expect(wordsOn(refused)).toContain("choose Find a service under the message box");
  });

  it("shows all of one service, by a button and by its name", async () => {
    const { as } = await openProduct(tables);
    const list = await as(MEMBER).say("find soham library");

    const pressed = await as(MEMBER).press(...press(list, "Tell me more"));
    const named = await as(MEMBER).say("service Soham Library");

    expect(wordsOn(pressed)).toContain("Source: Committee pack of 10 October 2019");
    expect(titlesOf(pressed)).toEqual(
      expect.arrayContaining(["Suggest a correction", "Back to the list"]),
    );
    expect(wordsOn(named)).toContain("Opened again on 15 July 2019");
    expect(titlesOf(named)).not.toContain("Share here");
  });

  it("shares one service in a group chat, without the buttons of the search", async () => {
    const { as } = await openProduct(tables);
    const somebody = as(MEMBER, { place: "group" });
    const list = await somebody.say("find soham library");
    const one = await somebody.press(...press(list, "Tell me more"));

    const shared = await somebody.press(...press(one, "Share here"));
    const fromList = await somebody.press(...press(list, "Share here"));

    expect(wordsOn(shared)).toContain("Soham Library");
    expect(titlesOf(shared)).toEqual([ASK]);
    expect(fromList).toEqual(shared);
  });

  it("shares one service in a channel as a post of its own, and leaves what others see", async () => {
    const { as, posted } = await openProduct(tables);
    const somebody = as(MEMBER, { place: "channel", channel: "room" });
    const list = await somebody.say("find soham library");
    const one = await somebody.press(...press(list, "Tell me more"));

    const shared = await somebody.press(...press(one, "Share here"));
    await somebody.press(...press(list, "Share here"));

    expect(wordsOn(shared)).toContain("The service is a new post in this channel.");
    expect(posted.map(({ to }) => to)).toEqual(["room", "room"]);
    expect(posted.map(({ card }) => titlesOf(card))).toEqual([[ASK], [ASK]]);
    expect(wordsOn(posted[0]?.card)).toContain("Soham Library");
  });

  it.each<[string, Sent]>([
    ["Teams did not take the post.", { outcome: "refused", reason: "403" }],
    ["Look in the channel before you share it again.", { outcome: "unknown" }],
  ])("says when a service may not have been shared: %s", async (words, sent) => {
    const { as, outcomes } = await openProduct(tables);
    const somebody = as(MEMBER, { place: "channel", channel: "room" });
    const one = await somebody.say("service Soham Library");
    outcomes.push(sent);

    const answer = await somebody.press(...press(one, "Share here"));

    expect(wordsOn(answer)).toContain(words);
  });

  it("asks what is looked for when nothing was said, and keeps what was typed on a mistake", async () => {
    const { as } = await openProduct(tables);
    const form = await as(MEMBER).say("find");

    const again = await as(MEMBER).press(...press(form, "Search", { text: " " }));
    const found = await as(MEMBER).press(...press(form, "Search", { text: "repair cafe" }));

    expect(wordsOn(again)).toContain("Write what you are looking for.");
    expect(wordsOn(found)).toContain("Ramsey Repair Café");
  });

  it("answers a forged press plainly", async () => {
    const { as } = await openProduct(tables);

    const unknown = await as(MEMBER).press("directory.show", { id: "no such service" });
    const odd = await as(MEMBER).press("directory.find", { text: "library", district: "Mars" });

    expect(wordsOn(unknown)).toContain("That service is not in the directory any more.");
    expect(wordsOn(odd)).toContain("You asked for “library”.");
  });

  it("lists what is there when a place alone is named, and offers a correction at once", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("find Ramsey");

    expect(wordsOn(card)).toContain("Services in Ramsey");
    expect(wordsOn(card)).toContain("Ramsey Timebank");
    expect(titlesOf(card)).toContain("Suggest a correction");
  });

  it("leaves a text that speaks of no need to the commands", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("wann ist das Treffen"));

    expect(words).toMatch(/I did not understand that|Which of these do you mean/);
    expect(words).not.toContain("You asked for");
  });
});

describe("words about danger", () => {
  it.each([
    ["find abuse of an old man", "Emergency services: call 999"],
    ["find neglected", "Emergency services: call 999"],
  ])("put the emergency route first: %j", async (text, first) => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say(text));

    expect(words).toContain("This search is not a referral");
    expect(words.indexOf(first)).toBeGreaterThan(0);
    const names = sample.map(({ name }) => words.indexOf(name)).filter((at) => at >= 0);
    expect(Math.min(...names)).toBe(words.indexOf(first));
  });

  it.each([
    "find help, my partner hits me",
    "a child is being hurt in Ely",
    "she says she wants to kill herself",
  ])("are heard by the search itself too: %j", (text) => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);

    expect(search.search({ text, committee, count: 3 }).hits[0]?.service.id).toBe("emergency-999");
  });

  it.each([
    "I am scared of my husband",
    "he controls her money",
    "he won't let her leave the house",
    "my ex keeps tracking my phone",
    "a lad who is cutting himself",
    "she says she dont want to be here any more",
    "the carer steals money from mum",
    "an old man who is never fed",
    "FGM",
    "worried that her daughter is to be cut in the holidays",
    "selfharm",
    "men working for no pay",
    "she is suicdal",
    "thinking of suiside",
    "he is abusve to her",
  ])("put emergency and safeguarding first: %j", (text) => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);

    const [first, second, third] = search
      .search({ text, committee, count: 3 })
      .hits.map(({ service }) => service.id);

    expect(first).toBe("emergency-999");
    expect(["adult-safeguarding", "child-safeguarding"]).toEqual(
      expect.arrayContaining([[second, third].find((id) => id?.endsWith("safeguarding"))]),
    );
  });

  it.each([
    ["racist abuse in Littleport", "hate-crime-littleport"],
    ["homophobic abuse Huntingdon", "hate-crime-pathfinder-house"],
    ["shouted at because of her headscarf in Littleport", "hate-crime-littleport"],
  ])("put True Vision and the reporting centre first: %j", (text, centre) => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);

    const { hits, question } = search.search({ text, committee, count: 3 });
    const [first, ...others] = hits.map(({ service }) => service.id);

    expect(first).toBe("true-vision");
    expect(others).toContain(centre);
    expect(question.safety?.say).toContain("call 999");
  });

  it.each([
    "a lovely library",
    "amused children",
    "get her hair cut",
    "find hearing aid batteries",
  ])("are not heard in %j", (text) => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);

    const { question } = search.search({ text, committee, count: 3 });

    expect(question.safety).toBeUndefined();
    expect(question.wishes.flatMap(({ means }) => means)).not.toContain("loneliness");
  });

  it("are believed whatever the directory holds", async () => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);
    for (let number = 0; number < 200; number += 1)
      search.put(
        Service.parse({ ...sample[0], id: `abuse-${number}`, name: "Abuse abuse abuse" }),
        committee,
      );

    const { hits } = search.search({ text: "abuse", committee, count: 3 });

    expect(hits[0]?.service.id).toBe("emergency-999");
  });
});

describe("danger in a search that is typed into a card", () => {
  it.each([
    "her husband will kill her tonight",
    "he is strangling her right now",
    "my son has a gun",
    "there is a fire in the flat",
    "help he is in my house",
  ])("is answered with 999: %j", async (text) => {
    const { as } = await openProduct(tables);
    const form = await as(MEMBER).say("find");
    const nothing = await as(MEMBER).say("find zorbing in Fenland");

    const cards = await Promise.all([
      as(MEMBER).press(...press(form, "Search", { text })),
      as(MEMBER).press(...press(nothing, "Search again", { text })),
      as(MEMBER).press(
        ...press(nothing, "Search again", { text: `${"so ".repeat(400)}. ${text}` }),
      ),
      as(MEMBER).press("directory.everywhere", { text }),
    ]);

    for (const card of cards) expect(wordsOn(card)).toContain("Call 999 now");
  });

  it.each(["he is strangling her right now", "there is a fire in the flat"])(
    "is answered with 999 in a suggestion and in the form of an import: %j",
    async (text) => {
      const { as } = await openProduct(tables);
      const card = await as(MEMBER).say("service Soham Library");
      const form = await as(MEMBER).press(...press(card, "Suggest a correction"));
      const list = await as(ADMINISTRATOR).say("import directory");

      const cards = [
        await as(MEMBER).press(...press(form, "Send", { field: "other", text })),
        await as(MEMBER).press(...press(form, "Send", { field: "phone", text })),
        await as(ADMINISTRATOR).press(...press(list, "Import", { list: text })),
        await as(ADMINISTRATOR).press(...press(list, "Import", { name: text })),
      ];
      const waiting = await as(OFFICER).say("suggested corrections");

      for (const each of cards) expect(wordsOn(each)).toContain("Call 999 now");
      expect(wordsOn(waiting)).toContain("Nothing waits for a decision.");
    },
  );

  it("leaves other searches as they are", async () => {
    const { as } = await openProduct(tables);
    const form = await as(MEMBER).say("find");

    const words = wordsOn(await as(MEMBER).press(...press(form, "Search", { text: "timebank" })));

    expect(words).toContain("Timebank");
    expect(words).not.toContain("Call 999 now");
  });
});

describe("a search for help with harm", () => {
  it.each([
    "find domestic abuse in Fenland",
    "find domestic abuse in East Cambridgeshire",
    "find domestic abuse in Fenland this year",
    "find hate crime in Fenland this year",
    "who helps with domestic abuse",
    "who can help with domestic violence",
    "where can i go for forced marriage",
    "looking for coercive control support",
    "domestic abuse",
    "domestic voilence",
    "stalking",
    "trafficking",
    "hate crime",
    "hate crime help",
    "stalking support in Wisbech",
    "spat at for wearing hijab",
    "find women's refuge",
    "find refuge in Fenland",
    "DV support in Wisbech",
    "domesticabuse",
    "find county lines",
    "find s u i c i d e",
    "find \uFF53\uFF55\uFF49\uFF43\uFF49\uFF44\uFF45",
    "find r@pe",
    "kms",
    "dont wanna be here anymore",
    "self-harmm",
    "find kid with bruises",
  ])("has 999 on its first card, and no number: %j", async (text) => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say(text));

    expect(words.slice(0, 500)).toContain("999");
    expect(words).not.toMatch(/referrals|Which of these do you mean|I do not know that number/);
  });

  it.each(["hate crime figures", "idva referrals in Fenland", "find hate crime figures"])(
    "is none where a number is asked for: %j",
    async (text) => {
      const { as } = await openProduct(tables);

      expect(wordsOn(await as(MEMBER).say(text))).not.toContain("This search is not");
    },
  );

  it.each([
    "find bleeding badly",
    "find mum's boyfriend punches us",
    "find toddler left alone all day",
    "find i want 2 die",
    "find acid attack",
    "who can help, dad punches us",
    "kill my self",
    "find unalive myself",
  ])("is danger with the words that begin it and without them: %j", async (text) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say(text)).slice(0, 500)).toContain("999");
  });

  it.each([
    "kill my self",
    "wanna die",
    "touched a child",
    "touching my daughter",
    "sexualy assulted",
    "batterd wife",
    "paedophile next door",
    "child is scared of dad",
    "rapped by boyfriend",
    "gang making him sell drugs",
    "unalive myself",
    "racist neighbours",
    "r@pe",
  ])("is heard wherever it is typed: %j", (text) => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);

    expect(search.search({ text, committee, count: 3 }).question.safety?.say).toContain("999");
  });

  it.each([
    "refuse collection",
    "refugee welcome",
    "rap battle",
    "a racing club",
    "touch rugby for girls",
    "battered cod",
    "self service",
    "stacking chairs",
  ])("is not heard in what only looks like it: %j", (text) => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);

    expect(search.search({ text, committee, count: 3 }).question.safety).toBeUndefined();
  });
});

describe("harm in a suggestion", () => {
  it.each(["suicde", "self harm", "kid with bruises", "he is strangling her right now"])(
    "is answered with 999, and the form is one press away as it was filled in: %j",
    async (text) => {
      const { as } = await openProduct(tables);
      const card = await as(MEMBER).say("service Soham Library");
      const form = await as(MEMBER).press(...press(card, "Suggest a correction"));

      const heard = await as(MEMBER).press(...press(form, "Send", { field: "other", text }));
      const back = await as(MEMBER).press(...press(heard, "Go back to the suggestion"));
      const waiting = await as(OFFICER).say("suggested corrections");
      const sent = await as(MEMBER).press(...press(back, "Send", { field: "other", text }));

      expect(wordsOn(heard)).toMatch(/^Call 999 now/);
      expect(inputsOf(back)).toMatchObject({ field: "other", text });
      expect(wordsOn(waiting)).toContain("Nothing waits for a decision.");
      expect(wordsOn(sent)).toContain("Thank you");
    },
  );
});

describe("a need that nothing was found for", () => {
  it.each([
    "epilepsy surfing",
    "ukrainian polo",
    "autism snorkelling",
    "huntingtons disease polo Welney",
    "pregnant schoolgirl parachuting",
    "juggling for JS aged 14 in Sutton",
    "epilepsey surfing",
  ])(
    "is counted without words of health, origin, belief, sexual life or crime: %j",
    async (text) => {
      const { as, finish } = await openProduct(tables);
      await as(MEMBER).press("directory.find", { text, district: "fenland" });
      await finish();

      const needs = await createSuggestionStore(tables).unmetOf(committee.id, "2019-09");

      expect(needs.map(({ words }) => words).join("")).toBe("");
    },
  );
});

describe("the search", () => {
  it("finds the right service for the questions that were written before it", () => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);

    const places = questionsFile.first.map(({ question, right }) =>
      search
        .search({ text: question, committee, count: 3 })
        .hits.findIndex(({ service }) => right.includes(service.id)),
    );

    expect(questionsFile.first.length).toBeGreaterThanOrEqual(60);
    expect(places.filter((place) => place === 0).length).toBeGreaterThanOrEqual(LEAST_FIRST);
    expect(places.filter((place) => place >= 0).length).toBeGreaterThanOrEqual(LEAST_AMONG_THREE);
  });

  it.each([
    ["Hi, do you know a men's shed near Soham for my neighbour's dad? Thanks", "soham-mens-shed"],
    [
      "Morning all, had a call from a lady in Ramsey whose mum is very lonely since her husband died last winter. She hardly goes out now and the family live miles away. Does anybody know of something for her nearby? Kind regards",
      "ramsey-timebank",
    ],
    [
      "Resident in Wisbech is behind on her rent and has no food in the house until Friday, two small children with her. What can we offer today before the weekend?",
      "clas",
    ],
    ["lonley in Soham", "soham-timebank"],
    ["someone to take my mum shopping in Ely", "ely-timebank"],
    ["hes lost his wife and dosnt eat, Littleport", "social-prescribing-littleport"],
    ["bed for the night in Wisbech", "ferry-project"],
    ["isloated in Sutton", "sutton-timebank"],
    ["foodbnak", "winter-warmers"],
    ["depresed in Littleport", "social-prescribing-littleport"],
  ])("finds among the first three for %j", (text, right) => {
    const search = createServiceSearch();
    for (const service of sample) search.put(service, committee);

    const { hits } = search.search({ text, committee, count: 3 });

    expect(hits.map(({ service }) => service.id)).toContain(right);
  });

  it("shows the change of a service and not what it was before", () => {
    const search = createServiceSearch();
    const [first] = sample;
    search.put(Service.parse({ ...first, id: "one", name: "Chess club" }), committee);
    search.put(Service.parse({ ...first, id: "one", name: "Kite club" }), committee);

    expect(search.search({ text: "chess", committee, count: 3 }).total).toBe(0);
    expect(search.search({ text: "kites", committee, count: 3 }).hits[0]?.service.name).toBe(
      "Kite club",
    );
    search.remove("one");
    expect(search.search({ text: "kite", committee, count: 3 }).total).toBe(0);
  });
});

describe("when nothing is found", () => {
  it("says what was searched, offers the whole county and the council's contact", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER).say("find zorbing in Fenland");

    expect(wordsOn(card)).toContain("I looked for “zorbing in Fenland” in Fenland");
    expect(wordsOn(card)).toContain("https://www.cambridgeshire.gov.uk");
    expect(titlesOf(card)).toContain("Search the whole county");
  });

  it("counts the need for the officer's list, and never who looked", async () => {
    const { as, finish, lines } = await openProduct(tables);
    for (let times = 0; times < 7; times += 1) await as(MEMBER).say("find zorbing in Fenland");
    for (let times = 0; times < 5; times += 1) await as(MEMBER).say("find qwertyish 01632 960001");
    await finish();

    const words = wordsOn(await as(OFFICER).say("unmet needs"));

    expect(words).toContain("Who searched is not recorded.");
    expect(words).toMatch(/zorbing\s+Fenland\s+About 5/);
    expect(words).toMatch(/qwertyish\s+Anywhere\s+About 5/);
    expect(words).not.toContain("960001");
    expect(words).not.toContain(MEMBER.name);
    expect(lines.join("\n")).not.toContain("zorbing");
  });

  it("hides what few looked for, and where", async () => {
    const { as, finish } = await openProduct(tables);
    for (const text of ["zorbing in Fenland", "zorbing in Ely", "abseiling in Wisbech"])
      for (let times = 0; times < 4; times += 1) await as(MEMBER).say(`find ${text}`);
    await finish();

    const words = wordsOn(await as(OFFICER).say("unmet needs"));

    expect(words).toMatch(/zorbing\s+In several places\s+About 10/);
    expect(words).toMatch(/fewer than 5 times\s+Hidden\s+Fewer than 5/);
    expect(words).not.toContain("abseiling");
    expect(words).not.toContain("Fenland");
  });

  it("counts what the directory has elsewhere, by its kind and the district", async () => {
    const { as, finish } = await openProduct(tables);
    const times = ["dementia", "dementia group for my uncle Bob aged 81", "alzheimers club"];
    for (const text of [...times, ...times])
      await as(MEMBER).press("directory.find", { text, district: "fenland" });
    await as(MEMBER).say("find dementia group in Littleport");
    await finish();

    const words = wordsOn(await as(OFFICER).say("unmet needs"));

    expect(words).toMatch(/dementia\s+Fenland\s+About 5/);
    expect(words).not.toMatch(/Bob|81|uncle|East Cambridgeshire/);
  });

  it("counts the one of two needs that nothing was found for, and says so", async () => {
    const { as, finish } = await openProduct(tables);
    let card;
    for (let times = 0; times < 5; times += 1)
      card = await as(MEMBER).say("find dementia and men's shed in Fenland");
    await finish();

    const words = wordsOn(await as(OFFICER).say("unmet needs"));

    expect(wordsOn(card)).toContain("Men's sheds for Fenland");
    expect(wordsOn(card)).toContain("I found nothing for “dementia”");
    expect(words).toMatch(/dementia\s+Fenland\s+About 5/);
    expect(words).not.toContain("shed");
  });

  it("keeps no word of a sensitive matter beside a place", async () => {
    const { as, finish } = await openProduct(tables);
    const text = "find qwertyish conversion therapy survivor in Fenland";
    const card = await as(MEMBER).press("directory.find", { text, district: "" });
    await finish();

    const needs = await createSuggestionStore(tables).unmetOf(committee.id, "2019-09");

    expect(wordsOn(card)).toContain("found nothing");
    expect(needs).toEqual([{ words: "", district: "fenland", count: 1 }]);
  });

  it.each([
    ["find qwertyish for my cousin", ""],
    ["find zorbing parkour bouldering frisbee", ""],
    ["find qwertyish nude", ""],
    ["find qwertyish zxcvb", "qwertyish zxcvb"],
  ])("keeps few words, and none of a person: %j", async (text, words) => {
    const { as, finish } = await openProduct(tables);
    await as(MEMBER).press("directory.find", { text: text.slice(5), district: "" });
    await finish();

    const needs = await createSuggestionStore(tables).unmetOf(committee.id, "2019-09");

    expect(needs).toEqual([{ words, district: "county", count: 1 }]);
  });

  it("counts nothing that tells of harm, nor what 999 was shown for", async () => {
    const { as, finish } = await openProduct(tables);
    for (const text of ["find help, my stepdad comes into my room at night", "find hates his life"])
      await as(MEMBER).say(text);
    await as(MEMBER).press("directory.find", { text: "zorbing", calm: "true" });
    await finish();

    expect(await createSuggestionStore(tables).unmetOf(committee.id, "2019-09")).toEqual([]);
  });

  it("is the officer's to read", async () => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say("unmet needs"))).toContain("officers");
  });
});

describe("a council that has not filled its directory", () => {
  it.each([
    ["find domestic violence support", "Emergency services: call 999"],
    ["find child neglect", "Worried about a child: safeguarding"],
    ["find help for an abused old lady", "Worried about an adult: safeguarding"],
    ["find zorbing", "The council: general contact"],
  ])("finds for %j what nobody has confirmed yet", async (text, name) => {
    const { as } = await openProduct(await tablesWithoutServices());

    const words = wordsOn(await as(MEMBER).say(text));

    expect(words).toContain(name);
    expect(words).toContain("Nobody has confirmed this entry.");
  });

  it("enters its own number by its administrator, and a start does not undo it", async () => {
    const own = await tablesWithoutServices();
    const { as } = await openProduct(own);
    const form = await as(MEMBER).say("suggest a correction");
    const filled = { chosen: "adult-safeguarding", field: "phone", text: "01632 960001" };
    await as(MEMBER).press(...press(form, "Send", filled));
    const waiting = await as(ADMINISTRATOR).say("suggested corrections");

    await as(ADMINISTRATOR).press(...press(waiting, "Accept"));

    const another = await openProduct(own);
    const words = wordsOn(await another.as(MEMBER).say("find help for an abused old lady"));
    expect(words).toContain("01632 960001");
    expect(words).toContain("changed on 25 September 2019, not confirmed");
  });

  /** The committee and its people, and an empty directory. */
  async function tablesWithoutServices(): Promise<Tables> {
    const empty: Tables = (name) => tables(`empty${name}`);
    const [about] = await createCommitteeStore(tables).committees();
    if (!about) throw new Error("The sample council has no committee");
    const people = z.object({ people: z.array(CommitteePerson) }).parse(peopleFile).people;
    await createPeopleStore(empty).save(about.id, people, { etags: new Map() });
    await createCommitteeStore(empty).saveCommittee(about);
    return empty;
  }
});

describe("keeping the directory right", () => {
  it("takes a suggestion to the officer, who accepts it, and everybody sees it", async () => {
    const { as, posted, finish } = await openProduct(tables);
    const card = await as(MEMBER).say("service Soham Library");
    const form = await as(MEMBER).press(...press(card, "Suggest a correction"));
    const filled = { field: "times", text: "Tuesday and Friday, 10am to 4pm" };

    const thanks = await as(MEMBER).press(...press(form, "Send", filled));
    await finish();
    const waiting = await as(OFFICER).say("suggested corrections");
    const after = await as(OFFICER).press(...press(waiting, "Accept"));
    const seen = wordsOn(await as(MEMBER).say("service Soham Library"));

    expect(wordsOn(thanks)).toContain("The directory's officer will decide about Soham Library.");
    expect(posted.map(({ to }) => to)).toEqual([OFFICER.id]);
    expect(wordsOn(waiting)).toContain("Tuesday and Friday, 10am to 4pm");
    expect(wordsOn(after)).toContain("Nothing waits for a decision.");
    expect(seen).toContain("Tuesday and Friday, 10am to 4pm");
    expect(seen).toContain("Last confirmed on 25 September 2019.");
  });

  it("changes nothing when the officer rejects it, and decides only once", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("service Soham Library");
    const form = await as(MEMBER).press(...press(card, "Suggest a correction"));
    await as(MEMBER).press(...press(form, "Send", { field: "fees", text: "£5" }));
    const waiting = await as(OFFICER).say("suggested corrections");

    await as(OFFICER).press(...press(waiting, "Reject"));
    const late = await as(OFFICER).press(...press(waiting, "Accept"));

    expect(wordsOn(late)).toContain(`${OFFICER.name} has rejected that already.`);
    expect(wordsOn(await as(MEMBER).say("service Soham Library"))).not.toContain("£5");
  });

  it("takes a suggestion from somebody who names no service, with a list that is typed into", async () => {
    const { as } = await openProduct(tables);
    const form = await as(MEMBER).say("suggest a correction");

    const unchosen = await as(MEMBER).press(
      ...press(form, "Send", { field: "fees", text: "Free" }),
    );
    const thanks = await as(MEMBER).press(
      ...press(unchosen, "Send", { chosen: "soham-library", field: "fees", text: "Free" }),
    );

    const list = form.body.find((part) => JSON.stringify(part).includes("Data.Query"));
    expect(list).toMatchObject({
      style: "filtered",
      "choices.data": { type: "Data.Query", dataset: "services" },
      choices: expect.arrayContaining([{ title: "Soham Library", value: "soham-library" }]),
    });
    expect(wordsOn(unchosen)).toContain("Choose the service that is wrong.");
    expect(inputsOf(unchosen)).toMatchObject({ field: "fees", text: "Free" });
    expect(wordsOn(thanks)).toContain("will decide about Soham Library.");
  });

  it("keeps the chosen service on the form after a mistake", async () => {
    const { as } = await openProduct(tables);
    const form = await as(MEMBER).say("suggest a correction");
    const filled = { chosen: "soham-library", field: "email", text: "no address" };

    const again = await as(MEMBER).press(...press(form, "Send", filled));

    expect(wordsOn(again)).toContain("Write the email address like this");
    expect(inputsOf(again)).toMatchObject(filled);
  });

  it("opens the form of a service that is named with the command", async () => {
    const { as } = await openProduct(tables);

    const form = await as(MEMBER).say("suggest a correction for soham library");

    expect(wordsOn(form)).toContain("Soham Library");
    expect(inputsOf(form)).toEqual({ field: "phone" });
  });

  it("offers in a long directory what is the council's own, and a hundred at most", () => {
    const [one = sample[0]] = sample;
    const fed = Array.from({ length: 5000 }, (_, at) =>
      Service.parse({ ...one, id: `fed-${at}`, source: { ...one?.source, kind: "feed" } }),
    );

    const list = offered([...fed, ...sample], fed[4000]).map(({ id }) => id);

    expect(list).toHaveLength(100);
    expect(list).toEqual(expect.arrayContaining(sample.map(({ id }) => id)));
    expect(list).toContain("fed-4000");
  });

  it("refuses what names a person, and keeps what was typed", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("service Soham Library");
    const form = await as(MEMBER).press(...press(card, "Suggest a correction"));
    const filled = { field: "other", text: "Ask for 01632 960123" };

    const again = await as(MEMBER).press(...press(form, "Send", filled));

    expect(wordsOn(again)).toContain("This may name or describe a person.");
    expect(wordsOn(again)).toContain("Ask for 01632 960123");
  });

  it.each([
    ["phone", "01353 000000, ask for Jane Smith", "Write one telephone number"],
    ["email", "jane@example.org or her own jane@example.com", "Write the email address like this"],
    ["address", "Mrs Jane Smith, 4 High Street, March PE15 0AA", "This may name or describe"],
    ["url", "https://example.org/?contact=jane@example.com", "This may name or describe"],
  ])("takes nothing about a person as a %s: %s", async (field, text, words) => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("service Soham Library");
    const form = await as(MEMBER).press(...press(card, "Suggest a correction"));

    const again = await as(MEMBER).press(...press(form, "Send", { field, text }));

    expect(wordsOn(again)).toContain(words);
  });

  it.each([
    ["phone", "+44 (0)1353 000000"],
    ["other", "Ring 01632 960001 instead"],
    ["email", "hello@example.org"],
    ["address", "Village Hall, 4 High Street, March PE15 0AA"],
    ["url", "https://example.org/timebank"],
  ])("takes a service's own %s: %s", async (field, text) => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("service Soham Library");
    const form = await as(MEMBER).press(...press(card, "Suggest a correction"));

    const thanks = await as(MEMBER).press(...press(form, "Send", { field, text }));

    expect(wordsOn(thanks)).toContain("Suggested");
  });

  it.each(["closed", "ended"])("never takes a route out of danger away as %s", async (field) => {
    const { as } = await openProduct(tables);
    const form = await as(MEMBER).press("directory.suggest", { id: "emergency-999" });

    const again = await as(MEMBER).press(...press(form, "Send", { field, text: "" }));

    expect(wordsOn(again)).toContain("This is a route out of danger");
  });

  it("opens again what was closed for good", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("service Soham Library");
    const form = await as(MEMBER).press(...press(card, "Suggest a correction"));
    await as(MEMBER).press(...press(form, "Send", { field: "ended", text: "" }));
    const waiting = await as(OFFICER).say("suggested corrections");
    await as(OFFICER).press(...press(waiting, "Accept"));
    const gone = wordsOn(await as(MEMBER).say("service Soham Library"));
    const closed = await as(OFFICER).say("closed services");

    const after = await as(OFFICER).press(...press(closed, "Open again"));
    const back = wordsOn(await as(MEMBER).say("service Soham Library"));

    expect(gone).not.toContain("Source: Committee pack");
    expect(wordsOn(closed)).toContain("Closed for good");
    expect(wordsOn(after)).toContain("This council has marked no service as closed.");
    expect(back).toContain("Source: Committee pack");
  });

  it("lets one decide when two do at the same moment, and tells the other who did", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("service Soham Library");
    const form = await as(MEMBER).press(...press(card, "Suggest a correction"));
    await as(MEMBER).press(...press(form, "Send", { field: "fees", text: "£5" }));
    const waiting = await as(OFFICER).say("suggested corrections");

    const answers = await Promise.all([
      as(OFFICER).press(...press(waiting, "Accept")),
      as(OFFICER).press(...press(waiting, "Reject")),
    ]);
    const words = answers.map(wordsOn);
    const isAccepted = words[0]?.includes("Nothing waits for a decision.");
    const seen = wordsOn(await as(MEMBER).say("service Soham Library"));

    expect(words.filter((each) => each.includes("Nothing waits"))).toHaveLength(1);
    expect(words.join()).toContain(
      `${OFFICER.name} has ${isAccepted ? "accepted" : "rejected"} that already.`,
    );
    expect(seen.includes("£5")).toBe(isAccepted);
  });

  it("is decided by officers only", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(MEMBER).press("directory.accept", {
      id: "x",
      at: "2019-09-25T08:00:00Z",
    });

    expect(wordsOn(answer)).toContain("officers");
  });

  it("lists what nobody has confirmed for longest, and confirms it with one press", async () => {
    const { as } = await openProduct(tables);
    const list = await as(ADMINISTRATOR).say("check services");

    const after = await as(ADMINISTRATOR).press(...press(list, "It is right today"));

    expect(wordsOn(list)).toContain("ACT Early");
    expect(wordsOn(after)).not.toContain("ACT Early");
    expect(
      wordsOn(
        await as(MEMBER).say("service ACT Early: worried that somebody is being radicalised"),
      ),
    ).toContain("Last confirmed on 25 September 2019.");
  });
});

describe("the rows", () => {
  it("are added, changed or the same, and keep this council's corrections", async () => {
    const store = createServiceStore(tables);
    const [first] = sample;
    const service = Service.parse({ ...first, id: "feed/1", fees: "£1" });

    expect(await store.upsert([service, service], "feed")).toEqual({
      ...{ added: 1, changed: 0, same: 0 },
      kept: [],
    });
    await store.correct("feed/1", { eligibility: "Anglers" });
    expect(await store.upsert([service], "feed")).toMatchObject({ added: 0, changed: 0, same: 1 });
    expect(await store.upsert([{ ...service, fees: "£2" }], "feed")).toMatchObject({
      added: 0,
      changed: 1,
      same: 0,
    });

    expect(await store.find("feed/1")).toMatchObject({ fees: "£2", eligibility: "Anglers" });
  });

  it("are retired by their own origin only", async () => {
    const store = createServiceStore(tables);

    await store.retire(["soham-library"], "another feed");
    expect(await store.find("soham-library")).toBeDefined();
    await store.retire(["soham-library"], "sample");
    expect(await store.find("soham-library")).toBeUndefined();
  });

  it("come back when they are imported again, and are no change for a new day alone", async () => {
    const store = createServiceStore(tables);
    const service = Service.parse({ ...sample[0], id: "feed/1" });
    const nextDay = { ...service, source: { ...service.source, retrieved: "2026-12-01" } };
    await store.upsert([service], "feed");
    expect(await store.upsert([nextDay], "feed")).toMatchObject({ changed: 0, same: 1 });

    await store.retire(["feed/1"], "feed");
    expect(await store.find("feed/1")).toBeUndefined();
    expect(await store.upsert([nextDay], "feed")).toMatchObject({ added: 1, same: 0 });
    expect(await store.find("feed/1")).toBeDefined();
  });

  it("belong to their origin, and those for emergencies to nobody else", async () => {
    const store = createServiceStore(tables);
    const [first] = sample;
    const taken = ["soham-library", "emergency-999", "mine"].map((id) =>
      Service.parse({ ...first, id, name: "Call 09876 instead", status: "defunct" }),
    );

    const { added, changed, kept } = await store.upsert(taken, "feed-x");
    await store.retire(["emergency-999", "soham-library"], "feed-x");

    expect({ added, changed }).toEqual({ added: 1, changed: 0 });
    expect(kept.map(({ id }) => id).toSorted()).toEqual(["emergency-999", "soham-library"]);
    expect((await store.find("emergency-999"))?.phones).toEqual(["999"]);
    expect((await store.find("soham-library"))?.name).toBe("Soham Library");
  });

  it("tell another replica what changed, and nothing more", async () => {
    const store = createServiceStore(tables);
    const before = await store.version();
    const [first] = sample;

    await store.upsert([Service.parse({ ...first, id: "new" })], "local");
    await store.retire(["soham-library"], "sample");

    expect(await store.changesSince(before)).toEqual({
      version: before + 2,
      ids: ["new", "soham-library"],
    });
    expect(await store.changesSince(before + 2)).toEqual({ version: before + 2, ids: [] });
    expect((await store.changesSince(-5)).ids).toBeUndefined();
  });

  it("of two writers at once are all announced", async () => {
    const store = createServiceStore(tables);
    const before = await store.version();
    const [first] = sample;
    const names = Array.from({ length: 6 }, (_, at) => `at-once-${at}`);

    await Promise.all(names.map((id) => store.upsert([Service.parse({ ...first, id })], "local")));

    const { ids } = await store.changesSince(before);
    expect(ids?.toSorted()).toEqual(names);
  });
});
