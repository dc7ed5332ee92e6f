import updates from "../data/updates.json" with { type: "json" };
import { addMonths, createClock } from "../src/calendar.ts";
import { inShort } from "../src/champions/rules.ts";
import { createChampionStore } from "../src/champions/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  CHAIR,
  COSTELLO,
  EVERY,
  FRENCH,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  pressing,
  RICHARDS,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";
const AFTER_PUBLICATION = "2019-10-03T10:00";
const TEXT = {
  updates: "- Oasis Centre visit\n\n• Golden Age fair in March library",
  contacts: "",
  goodPractice: "Repair café",
};

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("opening the form", () => {
  it("fills in the place, the month and the meeting it goes to", async () => {
    const { as } = await openProduct(tables);

    const form = await as(FRENCH).say("log update");

    expect(wordsOn(form)).toContain("Monthly update for Fenland");
    expect(wordsOn(form)).toContain("September 2019, for the meeting on 10 October 2019");
    expect(wordsOn(form)).toContain("27 September 2019");
    expect(wordsOn(form)).toContain("1 October 2019");
  });

  it("offers the priorities in force and the items of the last written update", async () => {
    const { as } = await openProduct(tables);

    const form = await as(COSTELLO).say("log update");

    expect(wordsOn(form)).toContain("Homelessness reduction");
    expect(wordsOn(form)).not.toContain("Support for carers");
    expect(wordsOn(form)).toContain("Carry forward items from August 2019");
    expect(wordsOn(form)).toContain("Monthly article in the local newspaper");
  });

  it("says why there is nothing to carry forward", async () => {
    const { as } = await openProduct(tables);

    const form = await as(FRENCH).say("log update");

    expect(wordsOn(form)).toContain("nothing to carry forward");
  });

  it("offers the next month once this month's meeting is over", async () => {
    const { as } = await openProduct(tables);

    const form = await as(FRENCH, { clock: "2019-10-15T09:00" }).say("log update");

    expect(wordsOn(form)).toContain("November 2019, for the meeting on 21 November 2019");
  });

  it.each([
    ["a member of staff", MEMBER, "log update", "Jan French"],
    [
      "a champion of another district",
      EVERY,
      "log update for Fenland",
      "Jan French writes the update for Fenland",
    ],
    [
      "anyone, for a vacant district",
      EVERY,
      "log update South Cambs",
      "South Cambridgeshire has no champion",
    ],
  ])("tells %s who can do it", async (_who, somebody, text, words) => {
    const { as } = await openProduct(tables);

    const answer = await as(somebody).say(text);

    expect(wordsOn(answer)).toContain(words);
  });

  it("stays out of channels, where others could read the draft", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(FRENCH, { place: "channel" }).say("log update");

    expect(wordsOn(answer)).toContain("personal chat");
    expect(inputsOf(answer)).toEqual({});
  });
});

describe("submitting", () => {
  it("keeps every line as an item and shows the update to read", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");

    const shown = await as(FRENCH).press(
      ...submit(form, { ...TEXT, priorities: "library-services" }),
    );

    const stored = await find("2019-09", "fenland");
    expect(stored?.sections).toEqual({
      updates: ["Oasis Centre visit", "Golden Age fair in March library"],
      contacts: [],
      goodPractice: ["Repair café"],
    });
    expect(stored).toMatchObject({
      meeting: "2019-10-10",
      version: 1,
      priorities: ["library-services"],
      late: false,
    });
    expect(wordsOn(shown)).toContain(
      "Submitted by Jan French at 9am on 25 September 2019, version 1",
    );
    expect(titlesOf(shown)).toEqual(["Edit", "Withdraw", "History"]);
  });

  it("takes the real updates of August 2019 word for word", async () => {
    const { as } = await openProduct(tables);
    const [costello, every] = updates.written;
    for (const [somebody, written] of [
      [COSTELLO, costello],
      [EVERY, every],
    ] as const) {
      const typed = Object.fromEntries(
        Object.entries(written?.sections ?? {}).map(([section, items]) => [
          section,
          items.join("\n"),
        ]),
      );
      await as(somebody).press(...submit(await as(somebody).say("log update"), typed));
    }

    const stored = await find("2019-09", "east-cambridgeshire");

    expect(stored?.sections).toEqual(every?.sections);
    expect((await find("2019-09", "huntingdonshire"))?.sections).toEqual(costello?.sections);
  });

  it("makes one record of a press repeated, at once or later, on another replica too", async () => {
    const one = await openProduct(tables);
    const two = await openProduct(tables);
    const press = submit(await one.as(FRENCH).say("log update"), TEXT);

    const answers = await Promise.all([
      one.as(FRENCH).press(...press),
      two.as(FRENCH).press(...press),
      one.as(FRENCH).press(...press),
    ]);
    answers.push(await two.as(FRENCH).press(...press));

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await versionsOf("2019-09", "fenland")).toHaveLength(1);
  });

  it("makes one record of a repeated press with a priority that there is not", async () => {
    const { as } = await openProduct(tables);
    const pressed = submit(await as(FRENCH).say("log update"), {
      ...TEXT,
      priorities: "a,prevent",
    });

    await as(FRENCH).press(...pressed);
    const again = await as(FRENCH).press(...pressed);

    expect(titlesOf(again)).toEqual(["Edit", "Withdraw", "History"]);
    expect(await versionsOf("2019-09", "fenland")).toHaveLength(1);
  });

  it("carries the chosen items forward behind what was typed", async () => {
    const { as } = await openProduct(tables);
    const form = await as(COSTELLO).say("log update");

    await as(COSTELLO).press(
      ...submit(form, { updates: "New", carry: "updates-1,goodPractice-0" }),
    );

    const stored = await find("2019-09", "huntingdonshire");
    expect(stored?.sections.updates[0]).toBe("New");
    expect(stored?.sections.updates[1]).toMatch(/^Monthly article in the local newspaper/);
    expect(stored?.sections.goodPractice).toHaveLength(1);
  });

  it.each([
    [
      "nothing typed",
      { updates: "", contacts: "  \n ", goodPractice: "" },
      "Nothing is written yet",
    ],
    ["40,000 characters", { updates: "a word ".repeat(5715) }, "Shorten it to 6,000 or fewer"],
  ])("answers %s with what to do, and keeps the words", async (_what, typed, words) => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");

    const answer = await as(FRENCH).press(...submit(form, { ...typed, priorities: "prevent" }));

    expect(wordsOn(answer)).toContain(words);
    expect(inputsOf(answer)).toMatchObject({ ...nonEmpty(typed), priorities: "prevent" });
    expect(JSON.stringify(answer).length).toBeLessThan(50_000);
    expect(await find("2019-09", "fenland")).toBeUndefined();
  });

  it("keeps text that no card can hold as a draft, and gives it back in parts", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    const many = Array.from({ length: 8000 }, (_, number) => `${number % 10}abc`).join("\n");
    const typed = { updates: many, goodPractice: "Repair café 🎪" };

    let part = await as(FRENCH).press(...submit(form, typed));
    const short = await as(FRENCH).press(...press(part, "Open the form with what fits"));
    const parts = [inputsOf(part).part ?? ""];
    while (titlesOf(part).includes("Next part")) {
      part = await as(FRENCH).press(...press(part, "Next part"));
      parts.push(inputsOf(part).part ?? "");
      expect(JSON.stringify(part).length).toBeLessThan(48_000);
    }

    expect(parts.join("")).toBe(`${many}Repair café 🎪`);
    expect(await find("2019-09", "fenland")).toBeUndefined();
    expect(many.startsWith(inputsOf(short).updates ?? "missing")).toBe(true);
    expect(inputsOf(short).goodPractice).toBe("Repair café 🎪");
    expect(wordsOn(await as(FRENCH).say("log update"))).toContain("Your text is kept");
    expect(wordsOn(await as(FRENCH).press(...submit(short)))).toContain("Submitted by Jan French");
  });

  it("keeps both texts where one card cannot show them side by side", async () => {
    const { as } = await openProduct(tables);
    const quotes = '"'.repeat(5900);
    const typed = { updates: quotes, contacts: quotes, goodPractice: quotes };
    const form = await as(FRENCH).say("log update");
    await as(FRENCH).press(...submit(form, { updates: "&".repeat(5900) }));

    const kept = await as(FRENCH).press(...submit(form, typed));
    const draft = await as(FRENCH).say("log update");

    expect(wordsOn(kept)).toContain("changed while you were writing");
    expect(inputsOf(draft)).toMatchObject(typed);
  });

  it("turns a form of a past month to the open one, with the words kept", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH, { clock: "2019-09-25T09:00" }).say("log update");
    const later = as(FRENCH, { clock: "2019-10-14T09:00" });

    const answer = await later.press(...submit(form, TEXT));
    await later.press(...submit(answer));

    expect(wordsOn(answer)).toContain("The meeting for September 2019 was on 10 October 2019");
    expect(inputsOf(answer)).toMatchObject({ month: "2019-11", updates: TEXT.updates });
    expect(await find("2019-11", "fenland")).toMatchObject({ meeting: "2019-11-21", version: 1 });
  });

  it("carries what was ticked, even if the last update was changed in the meantime", async () => {
    const { as } = await openProduct(tables);
    const form = await as(COSTELLO).say("log update");
    const old = await as(COSTELLO).press("champions.edit", {
      month: "2019-08",
      district: "huntingdonshire",
    });
    await as(COSTELLO).press(...submit(old, { updates: "Another\nOrder\nAltogether" }));

    await as(COSTELLO).press(...submit(form, { carry: "updates-2" }));

    const stored = await find("2019-09", "huntingdonshire");
    expect(stored?.sections.updates[0]).toMatch(/^Discussion with WI/);
  });

  it("refuses more items than one card can show, before anything is saved", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    const many = Array.from({ length: 600 }, (_, number) => `item ${number}`).join("\n");
    const typed = { updates: many, contacts: many.slice(0, 5000), goodPractice: "&".repeat(6000) };

    const answer = await as(FRENCH).press(...submit(form, typed));

    expect(wordsOn(answer)).toContain("too long for one card");
    expect(inputsOf(answer)).toMatchObject(typed);
    expect(await find("2019-09", "fenland")).toBeUndefined();
  });

  it("refuses a form whose district is not the person's, and keeps the words", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    const { verb, data } = pressing(form, "Submit", TEXT);

    const answer = await as(EVERY).press(verb, data);

    expect(wordsOn(answer)).toContain("Jan French writes the update for Fenland");
    expect(wordsOn(answer)).not.toContain("Lis Every");
    expect(inputsOf(answer).updates).toBe(TEXT.updates);
    expect(await find("2019-09", "fenland")).toBeUndefined();
  });

  it("keeps every word on the form while the tables are away", async () => {
    const { as } = await openProduct(failing(tables, "updates", "meetings"));
    const form = await (await openProduct(tables)).as(COSTELLO).say("log update");

    const answer = await as(COSTELLO).press(...submit(form, { ...TEXT, carry: "updates-1" }));

    expect(wordsOn(answer)).toMatch(/may not have been saved.*reference [0-9a-f]{8}/s);
    expect(inputsOf(answer)).toMatchObject({
      updates: TEXT.updates,
      goodPractice: TEXT.goodPractice,
    });
    expect(pressing(answer, "Submit").data).toMatchObject({ carry: "updates-1", month: "2019-09" });
  });

  it("never logs what was typed", async () => {
    const { as, lines } = await openProduct(failing(tables, "updates"));
    const form = await (await openProduct(tables)).as(FRENCH).say("log update");

    await as(FRENCH).press(...submit(form, { updates: "PLANTED-7731", operation: "x" }));
    await as(FRENCH).say("PLANTED-7731 nobody knows this");

    expect(lines.join("")).toContain("a turn failed");
    expect(lines.join("")).not.toContain("PLANTED-7731");
  });
});

describe("drafts", () => {
  it("are there again after a restart, and gone after submitting", async () => {
    const before = await openProduct(tables);
    const form = await before.as(FRENCH).say("log update");
    await before.as(FRENCH).press(...press(form, "Save draft", { ...TEXT, priorities: "prevent" }));

    const after = await openProduct(tables);
    const again = await after.as(FRENCH, { clock: "2019-09-26T18:00" }).say("log update");
    await after.as(FRENCH).press(...submit(again));

    expect(wordsOn(again)).toContain("This is your draft");
    expect(inputsOf(again)).toMatchObject({ updates: TEXT.updates, priorities: "prevent" });
    expect(titlesOf(await after.as(FRENCH).say("log update"))).toContain("Edit");
  });

  it("are found again in the next month, as long as their meeting is to come", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    await as(FRENCH).press(...press(form, "Save draft", TEXT));

    const again = await as(FRENCH, { clock: "2019-10-01T09:00" }).say("log update");

    expect(inputsOf(again)).toMatchObject({ month: "2019-09", updates: TEXT.updates });
  });

  it("hold long text, emoji at every edge included", async () => {
    const { as } = await openProduct(tables);
    const long = "🎪é".repeat(1900);
    await as(FRENCH).press(
      ...press(await as(FRENCH).say("log update"), "Save draft", { updates: long }),
    );

    const again = await as(FRENCH).say("log update");

    expect(inputsOf(again).updates).toBe(long);
  });

  it("are seen by nobody else", async () => {
    const { as } = await openProduct(tables);
    await as(FRENCH).press(
      ...press(await as(FRENCH).say("log update"), "Save draft", { updates: "Secret plan" }),
    );

    const seen = [
      await as(OFFICER).say("show update Fenland September 2019"),
      await as(CHAIR).say("update status"),
      await as(OFFICER).say("preview digest"),
      await as(EVERY).press("champions.edit", { month: "2019-09", district: "fenland" }),
    ];

    expect(seen.map(wordsOn).join()).not.toContain("Secret plan");
    expect(wordsOn(seen[1])).toContain("Draft started");
  });

  it("come back after being discarded by mistake", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    const gone = await as(FRENCH).press(...press(form, "Discard", TEXT));

    const back = await as(FRENCH).press(...press(gone, "Bring my words back"));

    expect(inputsOf(back)).toMatchObject(nonEmpty(TEXT));
  });
});

describe("changing a submitted update", () => {
  it("says which version is changed, and that it stands when the change is discarded", async () => {
    const { as } = await openProduct(tables);
    const shown = await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    const form = await as(FRENCH).press(...press(shown, "Edit"));

    const gone = await as(FRENCH).press(...press(form, "Discard", { updates: "Changed" }));
    const stands = await as(FRENCH).press(...press(gone, "Show the update"));

    expect(wordsOn(form)).toContain("You are changing version 1");
    expect(wordsOn(gone)).toContain("The update that you submitted stands as it was, version 1");
    expect(wordsOn(stands)).toContain("Repair café");
  });

  it("makes a new version and keeps the old one", async () => {
    const { as } = await openProduct(tables);
    const shown = await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    const form = await as(FRENCH).press(...press(shown, "Edit"));
    await as(FRENCH).press(...submit(form, { updates: "Oasis Centre visit, with the chairman" }));

    const versions = await versionsOf("2019-09", "fenland");
    const history = await as(OFFICER).press("champions.history", {
      month: "2019-09",
      district: "fenland",
    });
    const first = await as(OFFICER).press(...press(history, "Version 1"));

    const newest = await as(OFFICER).press(...press(first, "Newest version"));
    const back = await as(OFFICER).press(...press(history, "Back to the update"));

    expect(versions.map(({ version }) => version)).toEqual([2, 1]);
    expect(wordsOn(first)).toContain("This is an older version. It was replaced by version 2.");
    expect(wordsOn(newest)).toContain("with the chairman");
    expect(wordsOn(newest)).not.toContain("older version");
    expect(back).toEqual(newest);
    expect(wordsOn(first)).toContain("Golden Age fair in March library");
    expect((await find("2019-09", "fenland"))?.sections.updates).toEqual([
      "Oasis Centre visit, with the chairman",
    ]);
  });

  it("shows both texts to the second of two writers, who decides", async () => {
    const { as } = await openProduct(tables);
    const shown = await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    const mine = await as(FRENCH).press(...press(shown, "Edit"));
    const theirs = await as(FRENCH).press(...press(shown, "Edit"));
    await as(FRENCH).press(...submit(theirs, { updates: "Theirs", priorities: "prevent" }));

    const both = await as(FRENCH).press(...submit(mine, { updates: "Mine" }));
    const done = await as(FRENCH).press(...submit(both));

    expect(wordsOn(both)).toContain("changed while you were writing");
    expect(wordsOn(both)).toContain("Theirs");
    expect(wordsOn(both)).toMatch(/The other text.*Priorities\nPrevent/s);
    expect(inputsOf(both).updates).toBe("Mine");
    expect(wordsOn(done)).toContain("Mine");
    expect(
      (await versionsOf("2019-09", "fenland")).map(({ sections }) => sections.updates),
    ).toEqual([["Mine"], ["Theirs"], ["Oasis Centre visit", "Golden Age fair in March library"]]);
  });

  it("has room for both texts, each as long as it may be", async () => {
    const { as } = await openProduct(tables);
    const longest = (word: string) => `${word} `.repeat(2000).slice(0, 6000);
    const typed = (word: string) => ({
      updates: longest(word),
      contacts: longest(word),
      goodPractice: longest(word),
    });
    const form = await as(COSTELLO).say("log update");
    await as(COSTELLO).press(...submit(form, typed("aa")));

    const both = await as(COSTELLO).press(...submit(form, typed("bb")));

    expect(wordsOn(both)).toContain("aa aa aa");
    expect(inputsOf(both).updates).toContain("bb bb bb");
    expect(JSON.stringify(both).length).toBeLessThan(48_000);
  });

  it("does not lose new words typed into a form that was submitted before", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    await as(FRENCH).press(...submit(form, TEXT));

    const answer = await as(FRENCH).press(...submit(form, { updates: "Something quite new" }));

    expect(wordsOn(answer)).toContain("changed while you were writing");
    expect(inputsOf(answer).updates).toBe("Something quite new");
  });

  it("marks versions after publication and tells the officer", async () => {
    const { as, posted, finish } = await openProduct(tables);
    await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    const late = as(FRENCH, { clock: AFTER_PUBLICATION });
    const form = await late.press("champions.edit", { month: "2019-09", district: "fenland" });

    const shown = await late.press(...submit(form, { updates: "A correction" }));
    await finish();

    expect(wordsOn(shown)).toContain("after the agenda was published");
    expect(wordsOn(shown)).toContain("The officer is told.");
    expect((await find("2019-09", "fenland"))?.late).toBe(true);
    expect(posted.map(({ to }) => to)).toEqual([OFFICER.id]);
    expect(wordsOn(posted[0]?.card)).toContain("Fenland, September 2019");
  });

  it("tells the officer of a late change after the bot was killed in between", async () => {
    await withUntoldChange();

    const next = await openProduct(tables);
    await next.resume(createClock(AFTER_PUBLICATION)());
    await next.resume(createClock(AFTER_PUBLICATION)());

    expect(next.posted.map(({ to }) => to)).toEqual([OFFICER.id]);
    expect(wordsOn(next.posted[0]?.card)).toContain("Fenland, September 2019");
  });

  it("tells the officer later when Teams did not confirm it", async () => {
    const { as, posted, outcomes, finish, resume } = await openProduct(tables);
    outcomes.push({ outcome: "unknown" });
    const late = as(FRENCH, { clock: AFTER_PUBLICATION });
    await late.press(...submit(await late.say("log update September 2019"), TEXT));
    await finish();

    await resume(createClock(AFTER_PUBLICATION)());

    expect(posted).toHaveLength(2);
  });

  it.each([
    ["asks for the status", OFFICER, "update status"],
    ["previews the digest", CHAIR, "preview digest"],
  ])("tells the officer when somebody %s, once", async (_what, somebody, text) => {
    const { as, posted, outcomes, finish } = await withUntoldChange();
    outcomes.push({ outcome: "unknown" });

    await as(somebody, { clock: AFTER_PUBLICATION }).say(text);
    await finish();
    const tried = posted.length;
    await Promise.all([1, 2, 3].map(() => as(somebody, { clock: AFTER_PUBLICATION }).say(text)));
    await finish();
    await as(somebody, { clock: AFTER_PUBLICATION }).say(text);
    await finish();

    expect(tried).toBe(1);
    expect(posted.map(({ to }) => to)).toEqual([OFFICER.id, OFFICER.id]);
  });

  it("tells the officer of an earlier late change with the next one", async () => {
    const { as, posted, finish } = await withUntoldChange();
    const every = as(EVERY, { clock: AFTER_PUBLICATION });
    const form = await every.say("log update September 2019");

    await every.press(...submit(form, TEXT));
    await finish();

    expect(posted.map(({ card }) => wordsOn(card).split("\n")[1])).toEqual([
      "East Cambridgeshire, September 2019, for the meeting on 10 October 2019",
      "Fenland, September 2019, for the meeting on 10 October 2019",
    ]);
  });

  it("leaves a notice to the replica that is sending it", async () => {
    const one = await withUntoldChange();
    const two = await openProduct(tables);

    await Promise.all(
      [one, two].map(({ as }) => as(CHAIR, { clock: AFTER_PUBLICATION }).say("update status")),
    );
    await Promise.all([one.finish(), two.finish()]);

    expect([...one.posted, ...two.posted]).toHaveLength(1);
  });

  it("withdraws an update and lets it be written again", async () => {
    const { as } = await openProduct(tables);
    const shown = await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    const asked = await as(FRENCH).press(...press(shown, "Withdraw"));
    const withdraw = press(asked, "Withdraw it");

    const gone = await as(FRENCH).press(...withdraw);
    const again = await as(FRENCH).press(...withdraw);
    const form = await as(FRENCH).say("log update");
    await as(FRENCH).press(...submit(form));

    expect(wordsOn(asked)).toContain("Withdraw the update of Fenland for September 2019?");
    expect(titlesOf(asked)).toEqual(["Withdraw it", "Keep it"]);
    expect(wordsOn(gone)).toContain("Withdrawn by Jan French");
    expect(wordsOn(again)).toContain("Withdrawn by Jan French");
    expect((await versionsOf("2019-09", "fenland")).map(({ status }) => status)).toEqual([
      "submitted",
      "withdrawn",
      "submitted",
    ]);
  });
});

describe("what is not a champion's to change", () => {
  it("keeps an officer's record of what was said as it is", async () => {
    const { as } = await openProduct(tables);

    const shown = await as(FRENCH).say("show update Fenland August 2019");
    const forged = await as(FRENCH).press("champions.edit", {
      month: "2019-08",
      district: "fenland",
    });

    expect(titlesOf(shown)).toEqual(["History"]);
    expect(wordsOn(forged)).toContain("Nick Mills recorded this from the meeting");
  });

  it("is not replaced by a form that was opened before the officer's record", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH, { clock: "2019-10-09T09:00" }).say("log update October 2019");
    const day = as(OFFICER, { clock: "2019-10-11T09:00" });
    const spoken = { meeting: "2019-10-10", district: "fenland", minuted: "Spoken" };
    await day.press(...press(await day.say("record oral update"), "Record", spoken));

    const later = as(FRENCH, { clock: "2019-10-12T09:00" });
    const refused = await later.press(...submit(form, { updates: "Mine" }));
    const forged = pressing(form, "Submit", { updates: "Mine", version: "1" });
    const again = await later.press(forged.verb, forged.data);
    await later.press(...submit(refused));

    expect(wordsOn(refused)).toContain("Nick Mills recorded this from the meeting");
    expect(inputsOf(refused)).toMatchObject({ updates: "Mine", month: "2019-11" });
    expect(wordsOn(again)).toContain("Nick Mills recorded this from the meeting");
    expect(await find("2019-10", "fenland")).toMatchObject({ kind: "oral", version: 1 });
    expect((await find("2019-11", "fenland"))?.sections.updates).toEqual(["Mine"]);
  });
});

describe("reading updates", () => {
  it("shows a withdrawn update to its champion and the officer only", async () => {
    const { as } = await openProduct(tables);
    const sent = await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    await as(FRENCH).press(
      ...press(await as(FRENCH).press(...press(sent, "Withdraw")), "Withdraw it"),
    );

    const others = [EVERY, CHAIR, MEMBER].map((each) =>
      as(each).say("show update Fenland September 2019"),
    );
    const officer = await as(OFFICER).say("show update Fenland September 2019");

    expect(wordsOn(await Promise.all(others))).not.toContain("Oasis");
    expect(wordsOn(officer)).toContain("Oasis Centre visit");
  });

  it("keeps withdrawn text from the rest of the committee on old cards too", async () => {
    const { as } = await openProduct(tables);
    const sent = await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    const seen = await as(COSTELLO).say("show update Fenland September 2019");
    await as(FRENCH).press(
      ...press(await as(FRENCH).press(...press(sent, "Withdraw")), "Withdraw it"),
    );
    const first = { month: "2019-09", district: "fenland", version: 1 };

    const others = [COSTELLO, CHAIR].flatMap((each) => [
      as(each).press(...press(seen, "History")),
      as(each).press("champions.version", first),
    ]);
    const own = await as(FRENCH).press("champions.version", first);
    const officer = await as(OFFICER).press("champions.version", first);

    for (const each of await Promise.all(others)) {
      expect(wordsOn(each)).toContain("was withdrawn");
      expect(wordsOn(each)).not.toContain("Oasis");
      expect(titlesOf(each)).not.toContain("Version 1");
    }
    expect(wordsOn([own])).toContain("Oasis Centre visit");
    expect(wordsOn([officer])).toContain("Oasis Centre visit");
  });

  it("keeps what was withdrawn to itself after the update was sent again", async () => {
    const { as } = await openProduct(tables);
    const sent = await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    await as(FRENCH).press(
      ...press(await as(FRENCH).press(...press(sent, "Withdraw")), "Withdraw it"),
    );
    const again = await as(FRENCH).say("log update");
    await as(FRENCH).press(...submit(again, { updates: "Better words", goodPractice: "" }));
    const reference = { month: "2019-09", district: "fenland" };

    const history = await as(CHAIR).press("champions.history", reference);
    const first = await as(CHAIR).press("champions.version", { ...reference, version: 1 });
    const third = await as(CHAIR).press("champions.version", { ...reference, version: 3 });

    expect(titlesOf(history)).toEqual(["Version 3", "Back to the update"]);
    expect(wordsOn(first)).not.toContain("Oasis");
    expect(wordsOn(third)).toContain("Better words");
  });

  it("tells a champion of the draft that only they can see", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    await as(FRENCH).press(...press(form, "Save draft", TEXT));

    const own = await as(FRENCH).say("show update Fenland September 2019");
    const officer = await as(OFFICER).say("show update Fenland September 2019");

    expect(wordsOn(own)).toContain("You have a draft for September 2019");
    expect(wordsOn(officer)).toContain("There is no update from Fenland");
  });

  it("does not drop a year without a month in silence", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(FRENCH).say("show update East Cambridgeshire 2018");

    expect(wordsOn(answer)).toContain("I did not understand “2018”");
  });

  it("asks which district when the place is none", async () => {
    const { as } = await openProduct(tables);

    const answer = await as(MEMBER).say("show update Leeds");

    expect(wordsOn(answer)).toContain("I know of no district called “leeds”");
    expect(wordsOn(answer)).toContain("Which district?");
    expect(titlesOf(answer)).toHaveLength(5);
  });

  it("shows the update of August 2019 to everyone after its meeting", async () => {
    const { as } = await openProduct(tables);

    const shown = await as(MEMBER).say("show update Hunts August 2019");

    expect(wordsOn(shown)).toContain("Discussion with WI about providing knitwear");
    expect(titlesOf(shown)).toEqual([]);
  });

  it("keeps an update to the committee before its meeting", async () => {
    const { as } = await openProduct(tables);
    await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));

    const staff = await as(MEMBER).say("show update Fenland September 2019");
    const chair = await as(CHAIR).say("show update Fenland September 2019");

    expect(wordsOn(staff)).not.toContain("Oasis");
    expect(wordsOn(staff)).toContain("10 October 2019");
    expect(wordsOn(chair)).toContain("Oasis Centre visit");
  });

  it("lists a champion's year", async () => {
    const { as } = await openProduct(tables);

    const year = await as(COSTELLO).say("my updates");

    expect(wordsOn(year)).toContain("August 2019");
    expect(wordsOn(year)).toContain("Submitted by Adela Costello");
    expect(wordsOn(year)).toContain(`October 2018`);
    expect(titlesOf(year)).toEqual(["Show August 2019", "log update"]);
    expect(addMonths("2019-09", -11)).toBe("2018-10");
  });

  it("says district by district who has written for the next meeting", async () => {
    const { as } = await openProduct(tables);
    await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    await as(EVERY).press(
      ...press(await as(EVERY).say("log update"), "Save draft", { updates: "Draft" }),
    );

    const status = wordsOn(await as(OFFICER).say("who has not submitted"));

    expect(status.split("\n").slice(-15)).toEqual([
      ...["Cambridge City", "Claire Richards", "Nothing yet"],
      ...["East Cambridgeshire", "Lis Every", "Draft started"],
      ...["Fenland", "Jan French", "Submitted at 9am on 25 September 2019"],
      ...["Huntingdonshire", "Adela Costello", "Nothing yet"],
      ...["South Cambridgeshire", "Vacant", "Vacant"],
    ]);
  });
});

describe("an item in the digest", () => {
  it.each([
    ["without a space", `a${"😀".repeat(200)}`],
    ["with its only space near the beginning", `Fair ${"👩‍👩‍👧".repeat(60)}`],
  ])("is never cut inside a character: an emoji %s", (_where, text) => {
    const [line = ""] = inShort("updates", [text]);

    const kept = line.slice("Updates: ".length, -1);
    expect(line.endsWith("…")).toBe(true);
    expect(text.startsWith(kept)).toBe(true);
    expect([...new Intl.Segmenter("en").segment(text)].map(({ index }) => index)).toContain(
      kept.length,
    );
    expect(kept.length).toBeGreaterThan(150);
  });
});

describe("an oral update", () => {
  it("is recorded by an officer, once, for a meeting that was held", async () => {
    const { as } = await openProduct(tables);
    const day = { clock: "2019-10-10T15:00" };
    const form = await as(OFFICER, day).say("record oral update for Cambridge City");
    const record = press(form, "Record", {
      meeting: "2019-10-10",
      minuted: "Spoke about libraries",
    });

    const shown = await as(OFFICER, day).press(...record);
    const again = await as(OFFICER, day).press(...record);
    const status = await as(CHAIR, day).say("update status");

    expect(wordsOn(shown)).toContain("Recorded as an oral update by Nick Mills");
    expect(again).toEqual(shown);
    expect(wordsOn(status)).toContain("Oral at 3pm on 10 October 2019");
    expect(await find("2019-10", "cambridge-city")).toMatchObject({
      kind: "oral",
      champion: RICHARDS.name,
    });
  });

  it("is refused where a written one of another month goes to the same meeting", async () => {
    const { as } = await openProduct(tables);
    await as(FRENCH).press(...submit(await as(FRENCH).say("log update"), TEXT));
    const officer = as(OFFICER, { clock: "2019-10-11T09:00" });
    const spoken = { meeting: "2019-10-10", district: "fenland", minuted: "Spoken" };

    const answer = await officer.press(
      ...press(await officer.say("record oral update"), "Record", spoken),
    );

    expect(wordsOn(answer)).toContain("Type show update Fenland September 2019 to read it");
    expect(inputsOf(answer).minuted).toBe("Spoken");
    expect(await find("2019-10", "fenland")).toBeUndefined();
  });

  it.each([
    [{ meeting: "2019-10-10", district: "fenland" }, "has not been held yet"],
    [{ meeting: "2019-08-08", district: "south-cambridgeshire" }, "had no champion"],
    [
      { meeting: "2019-08-08", district: "huntingdonshire" },
      "has an update for this meeting already",
    ],
    [{ meeting: "2019-08-08" }, "Choose the district"],
  ])("is refused for %j with what to do", async (typed, words) => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("record oral update");

    const answer = await as(OFFICER).press(
      ...press(form, "Record", { minuted: "Words", ...typed }),
    );

    expect(wordsOn(answer)).toContain(words);
    expect(inputsOf(answer).minuted).toBe("Words");
  });
});

function submit(form: Parameters<typeof pressing>[0], typed: Record<string, string> = {}) {
  return press(form, "Submit", typed);
}

async function find(month: string, district: string) {
  return (await createChampionStore(tables).find(COMMITTEE, month, district))?.update;
}

function versionsOf(month: string, district: string) {
  return createChampionStore(tables).versions(COMMITTEE, month, district);
}

function nonEmpty(typed: Record<string, string>) {
  return Object.fromEntries(Object.entries(typed).filter(([, text]) => text.trim() !== ""));
}

/** A product in which the officers were not told of a late change to Fenland's update. */
async function withUntoldChange() {
  const product = await openProduct(tables);
  await product.as(FRENCH).press(...submit(await product.as(FRENCH).say("log update"), TEXT));
  const stored = await createChampionStore(tables).find(COMMITTEE, "2019-09", "fenland");
  if (!stored) throw new Error("Nothing was saved");
  const { place } = await product.turnOf(FRENCH, { clock: AFTER_PUBLICATION });
  const late = { ...stored.update, version: 2, late: true, operation: "late" };
  await createChampionStore(tables).save(COMMITTEE, late, stored, place);
  return product;
}

/** Tables of which some do not answer. */
function failing(tables: Tables, ...away: string[]): Tables {
  return (name) =>
    away.includes(name) ? Promise.reject(new Error("connect ECONNREFUSED")) : tables(name);
}
