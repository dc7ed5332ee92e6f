import directoryFile from "../data/directory.json" with { type: "json" };
import signpostingFile from "../data/signposting.json" with { type: "json" };
import type { Card } from "../src/card-template.ts";
import { Service } from "../src/directory/schema.ts";
import { createServiceStore } from "../src/directory/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  pressing,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import {
  file,
  HATE,
  LEAD,
  openForm,
  OTHER,
  recordRows,
  referenceOn,
} from "./support/signposting.ts";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("asking where to point somebody", () => {
  it.each([
    ["signpost hate crime", "Hate crime, or something", "True Vision", "What it was about"],
    ["signpost safeguarding adult", "Safeguarding an adult", "0345 045 5202", "Self-neglect"],
    ["signpost safeguarding child", "Safeguarding a child", "0345 045 5203", "Exploitation"],
    ["log signposting domestic abuse", "Domestic abuse", "Worried about an adult", "Outcome"],
    ["signpost prevent", "Prevent", "ACT Early", "Outcome"],
  ])(
    "answers %j with 999 and the routes on a short card, the choices one press away",
    async (text, title, route, choice) => {
      const { as } = await openProduct(tables);

      const short = await as(MEMBER).say(text);
      const form = await as(MEMBER).press(...press(short, "Count this"));

      expect(wordsOn(short)).toMatch(/^Is someone in danger now\? Call \[999\]\(tel:999\)/);
      for (const words of [title, route, "not a referral and not a report to the police"])
        expect(wordsOn(short)).toContain(words);
      expect(wordsOn(short)).not.toContain(choice);
      for (const words of [title, "Is someone in danger now", choice, "not a referral"])
        expect(wordsOn(form)).toContain(words);
      expect(JSON.stringify([short, form])).not.toContain("Input.Text");
    },
  );

  it("shows only 999 at the press of a button, and the routes again after it", async () => {
    const { as } = await openProduct(tables);
    const short = await as(MEMBER).say("signpost hate crime in Ely");

    const urgent = await as(MEMBER).press(...press(short, "Danger now: show only 999"));
    const back = await as(MEMBER).press(...press(urgent, "Back to the routes"));

    expect(wordsOn(urgent)).toBe(
      "Call 999 now\n[Call 999](tel:999)\nDo that first. This bot calls nobody.\nBack to the routes",
    );
    expect(back).toEqual(short);
  });

  it("makes one record of a short card, however often its form is opened", async () => {
    const { as } = await openProduct(tables);
    const short = await as(MEMBER).say("signpost hate crime");

    const forms = [
      await as(MEMBER).press(...press(short, "Count this")),
      await as(MEMBER).press(...press(short, "Count this")),
    ];
    for (const form of forms) await as(MEMBER).press(...press(form, "Submit", HATE));

    expect(await recordRows(tables, "2019-09")).toHaveLength(1);
  });

  it("goes back from the form to the routes, and on again, with every choice", async () => {
    const { as } = await openProduct(tables);
    const form = await openForm(as(MEMBER));

    const routes = await as(MEMBER).press(...press(form, "Back to the routes", HATE));
    const again = await as(MEMBER).press(...press(routes, "Count this"));

    expect(inputsOf(again)).toMatchObject(HATE);
  });

  it("asks what it is about when the words do not say", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(MEMBER).say("log signposting");

    expect(titlesOf(answer)).toContain("Safeguarding a child");
  });

  it.each([
    ["in East Cambs", "east-cambridgeshire", "Littleport"],
    ["in Ely", "east-cambridgeshire", "Littleport"],
    ["Littleport", "east-cambridgeshire", "Littleport"],
    ["at Melbourn", "south-cambridgeshire", "Melbourn"],
  ])("shows the reporting centres %s first", async (place, district, centre) => {
    const { as } = await openProduct(tables);

    const short = await as(MEMBER).say(`signpost hate crime ${place}`);

    expect(inputsOf(short)).toMatchObject({ district });
    const shown = routesShown(short);
    expect(shown.join()).toContain(centre);
    expect(shown.findIndex((name) => name.startsWith("Police"))).toBeGreaterThan(
      shown.findLastIndex((name) => name.includes(centre)),
    );
  });

  it("shows the centres of the district that is chosen on the card", async () => {
    const { as } = await openProduct(tables);
    const short = await as(MEMBER).say("signpost hate crime");
    const shows = press(short, "Show its centres", { district: "huntingdonshire" });

    const cards = [await as(MEMBER).press(...shows), await as(MEMBER).press(...shows)];
    const [chosen] = cards;
    if (!chosen) throw new Error("No card");
    const form = await as(MEMBER).press(...press(chosen, "Count this"));

    expect(routesShown(short).join()).not.toContain("Pathfinder");
    expect(routesShown(chosen).join()).toContain("Pathfinder");
    expect(cards[1]).toEqual(chosen);
    expect(inputsOf(form)).toMatchObject({ district: "huntingdonshire" });
  });

  it.each([
    ["in Wisbech", "No reporting centre is known in Fenland."],
    ["in Norfolk", "Norfolk is outside the county."],
    ["near King's Lynn", "King's Lynn is outside the county."],
    ["in Atlantis", "I do not know the place that you named. Choose the district below."],
  ])("says what there is to know of a place: %s", async (place, words) => {
    const { as } = await openProduct(tables);

    const short = await as(MEMBER).say(`signpost hate crime ${place}`);

    expect(wordsOn(short)).toContain(words);
    expect(routesShown(short)).toContain("Police, when it is not an emergency");
  });

  it.each([
    [
      "in office hours",
      "2019-09-25T09:00",
      "Worried about an adult: safeguarding",
      "Emergency Duty Team: safeguarding out of hours",
    ],
    ["at night", "2019-09-25T22:00", "Emergency Duty Team: safeguarding out of hours", undefined],
    [
      "on a Saturday",
      "2019-09-28T11:00",
      "Emergency Duty Team: safeguarding out of hours",
      undefined,
    ],
    [
      "on a bank holiday",
      "2019-08-26T11:00",
      "Emergency Duty Team: safeguarding out of hours",
      undefined,
    ],
  ])("puts who answers %s first", async (_when, clock, first, absent) => {
    const { as } = await openProduct(tables);

    const shown = routesShown(await as(MEMBER, { clock }).say("signpost safeguarding adult"));

    expect(shown[0]).toBe(first);
    expect(shown).not.toContain(absent);
  });

  it("says that the bank holidays of a year are not known, and keeps the team for them", async () => {
    const { as } = await openProduct(tables);

    const card = await as(MEMBER, { clock: "2030-04-22T11:00" }).say("signpost safeguarding adult");

    expect(routesShown(card)).toContain("Emergency Duty Team: safeguarding out of hours");
    expect(wordsOn(card)).toContain(
      "Closed on bank holidays, and those of 2030 are not known here.",
    );
  });

  it("warns of a route that nobody has confirmed, and makes its number one to press", async () => {
    const { as } = await openProduct(tables);

    const form = await as(MEMBER).say("signpost safeguarding child");

    expect(wordsOn(form)).toContain("Warning: not confirmed yet.\nCheck what has a warning");
    expect(JSON.stringify(form)).toContain("[0345 045 5203](tel:03450455203)");
  });

  it("says of a centre what the directory says: its name, its last check, its warning", async () => {
    const { as } = await openProduct(tables);
    const service = {
      ...{ id: "hate-crime-ely", name: "The Hub, Ely", description: "A centre." },
      ...{ status: "active", organization: { id: "hub", name: "The Hub" } },
      ...{ phones: ["01353 000 111 (ask for Jo)"], locations: [], taxonomyTerms: [] },
      ...{ areas: ["east-cambridgeshire"], alert: "Closed for repairs.", public: true },
      schedules: [{ days: ["MO", "TU"], opensAt: "10:00", closesAt: "12:00" }],
      assuredDate: "2019-09-20",
      source: { kind: "sample", name: "A test", retrieved: "2019-09-20" },
    };
    await createServiceStore(tables).upsert([Service.parse(service)], "sample");

    const short = await as(MEMBER).say("signpost hate crime in Ely");

    expect(wordsOn(short)).toContain(
      "**The Hub, Ely**: [01353 000 111 (ask for Jo)](tel:01353000111)",
    );
    expect(wordsOn(short)).toContain(
      "Closed now. Open Monday to Tuesday, 10am to midday. Closed for repairs. Last checked on 20 September 2019.",
    );
  });

  it("knows every reporting centre of the directory that is open", () => {
    const centres = directoryFile.services
      .filter((service) =>
        service.taxonomyTerms.some(({ id }) => id === "hate-crime-reporting-centre"),
      )
      .filter((service) => !service.alert?.includes("not open"))
      .map(({ id }) => id);
    const fits = signpostingFile.routes.map((route) => route.service);

    expect(fits).toEqual(expect.arrayContaining(centres));
  });

  it("answers “safeguarding child” without “signpost” with the children's contact first", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("safeguarding child"));

    expect(words).toContain("999");
    expect(words.indexOf("Worried about a child")).toBeGreaterThan(-1);
    expect(words).not.toMatch(/Worried about an adult[^]*Worried about a child/);
  });

  it.each(["channel", "group"] as const)(
    "says in a %s only that it has sent a private message",
    async (place) => {
      const { as, posted } = await openProduct(tables);

      const answer = await as(MEMBER, { place }).say("signpost hate crime Fenland");

      expect(wordsOn(answer)).toBe("I have sent you a private message\nGo on there.");
      expect(posted).toEqual([{ to: MEMBER.id, card: expect.anything() }]);
      expect(wordsOn(posted[0]?.card)).toContain("Hate crime");
    },
  );

  it("says where to go when the private message cannot be sent", async () => {
    const { as, outcomes } = await openProduct(tables);
    outcomes.push({ outcome: "refused", reason: "blocked" });

    const answer = await as(MEMBER, { place: "channel" }).say("signpost hate crime");

    expect(wordsOn(answer)).toContain("Open a chat with me and type it there");
    expect(wordsOn(answer)).not.toMatch(/hate/i);
  });
});

describe("danger", () => {
  it.each(["personal", "group", "channel"] as const)(
    "is answered with 999 before anything else, in a %s",
    async (place) => {
      const { as, posted } = await openProduct(tables);

      const answer = await as(MEMBER, { place }).say(
        "signpost hate crime, he is attacking her right now",
      );

      expect(wordsOn(answer)).toMatch(/^Call 999 now/);
      expect(JSON.stringify(answer)).not.toMatch(/hate|attack/i);
      expect(posted).toEqual([]);
    },
  );

  it("that is none now is one press from the kinds, in private from a channel", async () => {
    const { as, posted } = await openProduct(tables);
    const text = "my husband is hitting me";
    const here = as(MEMBER);
    const there = as(MEMBER, { place: "channel" });
    const way = (card: Card) => pressing(card, "Nobody in danger: where to point them").data;

    const kinds = await here.say(String(way(await here.say(text))["say"]));
    const sent = await there.say(String(way(await there.say(text))["say"]));

    expect(titlesOf(kinds)).toContain("Safeguarding an adult");
    expect(wordsOn(sent)).toBe("I have sent you a private message\nGo on there.");
    expect(posted.map(({ to }) => to)).toEqual([MEMBER.id]);
  });

  it("ticked on the form leaves only 999, and a way back to what was chosen", async () => {
    const { as } = await openProduct(tables);
    const form = await openForm(as(MEMBER));

    const urgent = await as(MEMBER).press(...press(form, "Submit", { ...HATE, danger: "true" }));
    const back = await as(MEMBER).press(...press(urgent, "Go on with the form"));

    expect(wordsOn(urgent)).toBe(
      "Call 999 now\n[Call 999](tel:999)\nDo that first. This bot calls nobody.\nGo on with the form",
    );
    expect(inputsOf(back)).toMatchObject(HATE);
    expect(inputsOf(back)).toMatchObject({ danger: "false" });
  });
});

describe("submitting", () => {
  it("gives a reference that tells nothing, the routes again, and keeps no name and no time", async () => {
    const { as } = await openProduct(tables);

    const filed = await file(as(MEMBER));

    const reference = referenceOn(filed);
    expect(reference).toMatch(/^[2-9A-Z]{8}$/);
    expect(wordsOn(filed)).toContain("True Vision");
    expect(wordsOn(filed)).toContain("not a referral");
    const [row] = await recordRows(tables, "2019-09");
    expect(row).toMatchObject({ rowKey: reference, by: MEMBER.id, district: "fenland" });
    expect(JSON.stringify({ ...row, etag: "", timestamp: "" })).not.toMatch(/Priya|T\d\d:/);
  });

  it("makes one record of two presses, even at once", async () => {
    const { as } = await openProduct(tables);
    const form = await openForm(as(MEMBER));

    const cards = await Promise.all(
      [1, 2, 3].map(() => as(MEMBER).press(...press(form, "Submit", HATE))),
    );
    const later = await as(MEMBER).press(...press(form, "Submit", HATE));

    expect(new Set([...cards, later].map(referenceOn)).size).toBe(1);
    expect(await recordRows(tables, "2019-09")).toHaveLength(1);
  });

  it("gives two people two records, and two forms too", async () => {
    const { as } = await openProduct(tables);

    const references = [await file(as(MEMBER)), await file(as(OTHER)), await file(as(MEMBER))].map(
      referenceOn,
    );

    expect(new Set(references).size).toBe(3);
  });

  it.each([
    [
      "no choices",
      Object.fromEntries(Object.keys(HATE).map((name) => [name, ""])),
      "Choose the district",
    ],
    ["an unknown district", { district: "atlantis" }, "Choose the district, or Not stated."],
    ["a date to come", { date: "2019-09-26" }, "The date must be today or earlier."],
    ["a date long ago", { date: "2019-09-01" }, "The date must be 11 September 2019 or later."],
    ["a day that does not exist", { date: "2019-02-30" }, "a day that exists"],
    ["a route that is not in the directory", { routes: "the-moon" }, "from the list"],
    ["a route of another kind", { routes: "adult-contact" }, "from the list"],
    ["a forged strand", { details: "blood-type" }, "What it was about"],
    ["a forged outcome", { outcome: "arrested" }, "Choose the outcome."],
  ])("refuses %s, says so, and keeps every choice", async (_what, wrong, problem) => {
    const { as } = await openProduct(tables);
    const form = await openForm(as(MEMBER));

    const answer = await as(MEMBER).press(...press(form, "Submit", { ...HATE, ...wrong }));

    expect(wordsOn(answer)).toContain(problem);
    const { date: _date, ...kept } = withoutEmpty({ ...HATE, ...wrong });
    expect(inputsOf(answer)).toMatchObject(kept);
    expect(await recordRows(tables, "2019-09")).toEqual([]);
  });

  it("says beforehand what is needed, and stops nobody without words", async () => {
    const { as } = await openProduct(tables);

    const form = await openForm(as(MEMBER));
    const wrong = { ...HATE, date: "2019-09-26", district: "" };
    const answer = await as(MEMBER).press(...press(form, "Submit", wrong));

    expect(wordsOn(form)).toContain("Every choice is needed.");
    // With these a client refuses the press and says nothing.
    expect(JSON.stringify(form)).not.toMatch(/"(?:max|min|isRequired|regex)":/);
    expect(wordsOn(answer)).toContain(
      "- Choose the district, or Not stated.\n- The date must be today or earlier.",
    );
  });

  it("says while the tables are away that it may not be saved, and keeps every choice", async () => {
    let isAway = false;
    const { as, lines } = await openProduct(async (name) => {
      if (isAway && name === "signposts") throw new Error("The tables are away");
      return tables(name);
    });
    const form = await openForm(as(MEMBER));
    isAway = true;

    const answer = await as(MEMBER).press(...press(form, "Submit", HATE));
    isAway = false;
    const filed = await as(MEMBER).press(...press(answer, "Submit"));

    expect(wordsOn(answer)).toContain("it may not have been saved");
    expect(inputsOf(answer)).toMatchObject(HATE);
    expect(wordsOn(filed)).toContain("Recorded");
    expect(lines.join()).not.toContain("true-vision");
  });

  it("counts the first minute of a month in British Summer Time in that month", async () => {
    const { as } = await openProduct(tables);

    await file(as(MEMBER, { clock: "2019-08-01T00:00" }));

    expect(await recordRows(tables, "2019-07")).toHaveLength(0);
    expect(await recordRows(tables, "2019-08")).toMatchObject([{ date: "2019-08-01" }]);
  });

  it("counts what is filed late in the month in which it is filed", async () => {
    const { as } = await openProduct(tables);

    await file(as(MEMBER, { clock: "2019-10-03T10:00" }), { date: "2019-09-28" });

    expect(await recordRows(tables, "2019-09")).toHaveLength(0);
    expect(await recordRows(tables, "2019-10")).toMatchObject([{ date: "2019-09-28" }]);
  });

  it("mends on the next press what a stop left half written", async () => {
    let breaks = true;
    const { as } = await openProduct(async (name) => {
      const table = await tables(name);
      if (name !== "signposts") return table;
      const create: typeof table.create = async (row) => {
        if (breaks && row.partitionKey.includes("|person")) throw new Error("stopped");
        return table.create(row);
      };
      return { ...table, create };
    });
    const form = await openForm(as(MEMBER));

    await as(MEMBER).press(...press(form, "Submit", HATE));
    breaks = false;
    const filed = await as(MEMBER).press(...press(form, "Submit", HATE));
    const mine = await as(MEMBER).say("my signposting");

    expect(await recordRows(tables, "2019-09")).toHaveLength(1);
    expect(wordsOn(mine)).toContain(referenceOn(filed));
  });
});

describe("a form whose first press fails before midnight of the month's end", () => {
  /** Presses at the end of August while a write is refused, and once more later. */
  async function pressTwice(refused: string, later: string) {
    let breaks = true;
    const { as } = await openProduct(async (name) => {
      const table = await tables(name);
      if (name !== "signposts") return table;
      const create: typeof table.create = async (row) => {
        if (breaks && row.partitionKey.includes(refused)) throw new Error("stopped");
        return table.create(row);
      };
      return { ...table, create };
    });
    const before = as(MEMBER, { clock: "2019-08-31T23:59" });
    const form = await openForm(before);
    await before.press(...press(form, "Submit", HATE));
    breaks = false;
    const after = as(MEMBER, { clock: later });
    const cards = [
      await after.press(...press(form, "Submit", HATE)),
      await after.press(...press(form, "Submit", HATE)),
    ];
    const mine = wordsOn(await after.say("my signposting"));
    return { cards: cards.map(referenceOn), mine };
  }

  it.each([
    ["the record was written", "|person", "2019-09-01T00:01", "2019-08"],
    ["the record was not written", "|month|", "2019-09-01T00:01", "2019-08"],
    ["it was not, and the month can be counted", "|month|", "2019-09-02T00:01", "2019-09"],
    ["it was written, and the month can be counted", "|person", "2019-09-02T00:01", "2019-08"],
  ])("makes one record in one month when %s", async (_when, refused, later, month) => {
    const { cards, mine } = await pressTwice(refused, later);

    const august = await recordRows(tables, "2019-08");
    const september = await recordRows(tables, "2019-09");
    expect([...august, ...september]).toMatchObject([{ rowKey: cards[0], month }]);
    expect(cards[0]).toBe(cards[1]);
    expect(mine).toContain(cards[0]);
  });
});

describe("afterwards", () => {
  it("lists a worker's own of 30 days, and nobody else's", async () => {
    const { as } = await openProduct(tables);
    const old = referenceOn(await file(as(MEMBER, { clock: "2019-08-20T10:00" })));
    const own = referenceOn(await file(as(MEMBER)));
    const others = referenceOn(await file(as(OTHER)));

    const mine = wordsOn(await as(MEMBER).say("my signposting"));

    expect(mine).toContain(own);
    expect(mine).not.toContain(old);
    expect(mine).not.toContain(others);
  });

  it("shows all that was stored: when it is recorded, in the list and in the follow-up", async () => {
    const { as } = await openProduct(tables);
    const filed = await file(as(MEMBER), { advised999: "yes" });

    const mine = await as(MEMBER).say("my signposting");
    const followed = await as(MEMBER).say(`follow up ${referenceOn(filed)}`);

    for (const card of [filed, mine, followed])
      for (const words of ["Race or ethnicity; Religion or belief", "Advised 999", "Agreed"])
        expect(wordsOn(card)).toContain(words);
    expect(wordsOn(mine)).toContain("Advised 999: Yes. Agreed: Yes");
  });

  it.each([
    ["adult", "About: Neglect and acts of omission."],
    ["child", "About: Neglect."],
  ])("calls what an entry about a safeguarded %s is about as its form did", async (kind, words) => {
    const { as } = await openProduct(tables);
    const form = await openForm(as(MEMBER), `signpost safeguarding ${kind}`);
    const choices = { ...HATE, details: "neglect", routes: "police-101" };
    const filed = await as(MEMBER).press(...press(form, "Submit", choices));

    const mine = wordsOn(await as(MEMBER).say("my signposting"));
    const csv = inputsOf(await as(MEMBER).say("export my signposting"))["csv"];

    const about = words.replace("About: ", "").replace(".", "");
    expect(wordsOn(filed)).toContain(`About\n${about}\n`);
    expect(mine).toContain(words);
    expect(csv).toContain(`,${about},`);
  });

  it("lists the newest first, those of one day too", async () => {
    const { as } = await openProduct(tables);
    const filed = [];
    for (let at = 0; at < 4; at += 1) filed.push(referenceOn(await file(as(MEMBER))));

    const mine = wordsOn(await as(MEMBER).say("my signposting"));

    const listed = [...mine.matchAll(/^(\w{8}), /gm)].map(([, reference]) => reference);
    expect(listed).toEqual(filed.toReversed());
  });

  it("notes the outcome by the reference, in small letters too", async () => {
    const { as } = await openProduct(tables);
    const reference = referenceOn(await file(as(MEMBER)));

    const form = await as(MEMBER).say(`follow up ${reference.toLowerCase()}`);
    const done = await as(MEMBER).press(...press(form, "Save", { followUp: "contact made" }));

    expect(wordsOn(done)).toContain(`Follow-up of ${reference}: contact made.`);
    expect(wordsOn(done)).toMatch(/^Is someone in danger now\? Call \[999\]/);
    expect(titlesOf(done)).toEqual(["My signposting"]);
    expect(await recordRows(tables, "2019-09")).toMatchObject([{ followUp: "contact made" }]);
  });

  it("tells administrators in no audit that somebody recorded or followed up", async () => {
    const { as } = await openProduct(tables);
    const reference = referenceOn(await file(as(MEMBER)));
    const form = await as(MEMBER).say(`follow up ${reference}`);
    await as(MEMBER).press(...press(form, "Save", { followUp: "contact made" }));

    const audit = wordsOn(await as(ADMINISTRATOR).say("audit"));

    expect(audit).not.toMatch(/signposting/i);
    expect(audit).not.toContain(reference);
  });

  it("puts 999 above every heading", async () => {
    const { as } = await openProduct(tables);
    const filed = await file(as(MEMBER));

    const cards = [
      filed,
      await as(MEMBER).say("signpost"),
      await as(MEMBER).say("log signposting"),
      await as(MEMBER).say("signpost safeguarding child"),
      await as(MEMBER).say(`follow up ${referenceOn(filed)}`),
      await as(MEMBER).say("my signposting"),
    ];

    for (const card of cards)
      expect(wordsOn(card)).toMatch(/^Is someone in danger now\? Call \[999\]/);
  });

  it("answers somebody else's reference like one that does not exist", async () => {
    const { as } = await openProduct(tables);
    const reference = referenceOn(await file(as(MEMBER)));

    const answers = await Promise.all(
      [OTHER, OFFICER, CHAIR, ADMINISTRATOR].map((who) => as(who).say(`follow up ${reference}`)),
    );
    const unknown = await as(OTHER).say("follow up ZZZZZZZZ");
    const forged = await as(OTHER).press("signposting.followUp", {
      reference,
      followUp: "declined",
    });

    for (const answer of [...answers, forged]) expect(answer.body).toEqual(unknown.body);
    expect(await recordRows(tables, "2019-09")).toMatchObject([{ followUp: "" }]);
  });

  it("lets the safeguarding lead read one record, and audits it without what it says", async () => {
    const { as } = await openProduct(tables);
    const reference = referenceOn(await file(as(MEMBER)));

    const record = wordsOn(await as(LEAD).say(`signposting record ${reference}`));
    const audit = wordsOn(await as(ADMINISTRATOR).say("audit"));

    expect(record).toContain("Fenland");
    expect(record).not.toContain("Priya");
    expect(audit).toContain(`read a signposting record (${reference})`);
    expect(audit).not.toMatch(/Fenland|hate/i);
  });

  it.each([MEMBER, OFFICER, CHAIR, ADMINISTRATOR])(
    "shows no single record to $name",
    async (somebody) => {
      const { as } = await openProduct(tables);
      const reference = referenceOn(await file(as(OTHER)));

      const answer = wordsOn(await as(somebody).say(`signposting record ${reference}`));

      expect(answer).toContain("is for safeguarding leads");
      expect(answer).not.toContain("Fenland");
    },
  );
});

/** The names of the routes on a short card, in order. */
function routesShown(card: Card): string[] {
  return [...wordsOn(card).matchAll(/^\*\*(.+?)\*\*/gm)].map(([, name = ""]) => name);
}

function withoutEmpty(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
}
