import type { Card } from "../src/card-template.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import { elementsOf } from "./support/cards.ts";
import {
  file,
  giveLeadRole,
  HATE,
  LEAD,
  OTHER,
  recordRows,
  referenceOn,
} from "./support/signposting.ts";

let tables: Tables;
withSampleCouncil((own) => (tables = own));
beforeEach(async () => {
  await giveLeadRole(tables);
});

describe("asking where to point somebody", () => {
  it.each([
    ["signpost hate crime", "Hate crime, or something", "True Vision", "What it was about"],
    ["signpost safeguarding adult", "Safeguarding an adult", "0345 045 5202", "Self-neglect"],
    ["signpost safeguarding child", "Safeguarding a child", "0345 045 5203", "Exploitation"],
    ["log signposting domestic abuse", "Domestic abuse", "Council contact", "Outcome"],
    ["signpost prevent", "Prevent", "ACT Early", "Outcome"],
  ])("answers %j with 999, the routes and closed choices", async (text, title, route, choice) => {
    const { as } = await openProduct(tables);

    const form = await as(MEMBER).say(text);

    expect(wordsOn(form)).toMatch(new RegExp(`^Is someone in danger now[^\\n]*\\n${title}`));
    for (const words of [route, choice, "not a referral and not a report to the police"])
      expect(wordsOn(form)).toContain(words);
    expect(JSON.stringify(form)).not.toContain("Input.Text");
  });

  it("asks what it is about when the words do not say", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(MEMBER).say("log signposting");

    expect(titlesOf(answer)).toContain("Safeguarding a child");
  });

  it("shows the reporting centres of the district that was named", async () => {
    const { as } = await openProduct(tables);

    const form = await as(MEMBER).say("signpost hate crime in East Cambs");

    expect(inputsOf(form)).toMatchObject({ district: "east-cambridgeshire" });
    expect(routesShown(form)).toContain("Reporting centre in Littleport");
    expect(routesShown(form)).not.toContain("Melbourn");
  });

  it.each([
    ["in office hours", "2019-09-25T09:00", "Council contact for adults", "Emergency Duty Team"],
    ["at night", "2019-09-25T22:00", "Emergency Duty Team", undefined],
    ["on a Saturday", "2019-09-28T11:00", "Emergency Duty Team", undefined],
    ["on a bank holiday", "2019-08-26T11:00", "Emergency Duty Team", undefined],
  ])("puts who answers %s first", async (_when, clock, first, absent) => {
    const { as } = await openProduct(tables);

    const shown = routesShown(await as(MEMBER, { clock }).say("signpost safeguarding adult"));

    expect(shown[0]).toBe(first);
    expect(shown).not.toContain(absent);
  });

  it("warns of a route that nobody has confirmed, and makes its number one to press", async () => {
    const { as } = await openProduct(tables);

    const form = await as(MEMBER).say("signpost safeguarding child");

    expect(wordsOn(form)).toContain("Warning: Not confirmed yet. Check it before you rely on it.");
    expect(JSON.stringify(form)).toContain("[0345 045 5203](tel:03450455203)");
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

      expect(wordsOn(answer)).toContain("Call 999 now");
      expect(titlesOf(answer)).toEqual([]);
      expect(posted).toEqual([]);
    },
  );

  it("ticked on the form leaves only 999, and a way back to what was chosen", async () => {
    const { as } = await openProduct(tables);
    const form = await as(MEMBER).say("signpost hate crime");

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
    const form = await as(MEMBER).say("signpost hate crime");

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
    const form = await as(MEMBER).say("signpost hate crime");

    const answer = await as(MEMBER).press(...press(form, "Submit", { ...HATE, ...wrong }));

    expect(wordsOn(answer)).toContain(problem);
    const { date: _date, ...kept } = withoutEmpty({ ...HATE, ...wrong });
    expect(inputsOf(answer)).toMatchObject(kept);
    expect(await recordRows(tables, "2019-09")).toEqual([]);
  });

  it("says while the tables are away that it may not be saved, and keeps every choice", async () => {
    let isAway = false;
    const { as, lines } = await openProduct(async (name) => {
      if (isAway && name === "signposts") throw new Error("The tables are away");
      return tables(name);
    });
    const form = await as(MEMBER).say("signpost hate crime");
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
    const form = await as(MEMBER).say("signpost hate crime");

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
    const form = await before.say("signpost hate crime");
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

  it("notes the outcome by the reference, in small letters too", async () => {
    const { as } = await openProduct(tables);
    const reference = referenceOn(await file(as(MEMBER)));

    const form = await as(MEMBER).say(`follow up ${reference.toLowerCase()}`);
    const done = await as(MEMBER).press(...press(form, "Save", { followUp: "contact made" }));

    expect(wordsOn(done)).toContain(`Follow-up of ${reference}: contact made.`);
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

/** The names of the routes on a card, in order. */
function routesShown(card: Card): string[] {
  return elementsOf(card, "Container")
    .map((part) => elementsOf(part["items"], "TextBlock").map(({ text }) => String(text)))
    .filter((texts) => texts.filter((text) => /Last checked|Not confirmed/.test(text)).length === 1)
    .filter((texts) => !texts.some((text) => text.startsWith("Known by name")))
    .map(([name = ""]) => name);
}

function withoutEmpty(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
}
