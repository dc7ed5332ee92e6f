import type { Card } from "../src/card-template.ts";
import { createChampionStore } from "../src/champions/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  EVERY,
  FRENCH,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";
const BEFORE = { clock: "2019-10-03T09:00" };
const AFTER = { clock: "2019-10-15T09:00" };

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("a draft saved from a form that was submitted", () => {
  it("is offered by log update and by Edit, with the update it competes with", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    const shown = await as(FRENCH).press(...press(form, "Submit", { updates: "One" }));
    await as(FRENCH).press(...press(form, "Save draft", { updates: "One\nAnd more" }));

    const again = await as(FRENCH).say("log update");
    const edit = await as(FRENCH).press(...press(shown, "Edit"));
    const done = await as(FRENCH).press(...press(again, "Submit"));

    for (const each of [again, edit]) {
      expect(inputsOf(each).updates).toBe("One\nAnd more");
      expect(wordsOn(each)).toContain("There is a submitted update, version 1.");
      expect(wordsOn(each)).toContain("The other text");
    }
    expect(wordsOn(done)).toContain("version 2");
    expect(titlesOf(await as(FRENCH).say("log update"))).toContain("Edit");
  });

  it("says so too when it was begun on that very update", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    const shown = await as(FRENCH).press(...press(form, "Submit", { updates: "One" }));
    const edit = await as(FRENCH).press(...press(shown, "Edit"));
    await as(FRENCH).press(...press(edit, "Save draft", { updates: "Changed" }));

    const again = await as(FRENCH).say("log update");

    expect(inputsOf(again).updates).toBe("Changed");
    expect(wordsOn(again)).toContain("There is a submitted update, version 1.");
    expect(wordsOn(again)).not.toContain("The other text");
  });

  it("is not offered when it says what was submitted", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    await as(FRENCH).press(...press(form, "Submit", { updates: "One" }));
    await as(FRENCH).press(...press(form, "Save draft", { updates: "One" }));

    expect(titlesOf(await as(FRENCH).say("log update"))).toContain("Edit");
  });
});

describe("a draft whose meeting has passed", () => {
  it("is offered in the form of the open month, after a restart too", async () => {
    const before = (await openProduct(tables)).as(FRENCH, BEFORE);
    await before.press(...press(await before.say("log update"), "Save draft", { updates: "Kept" }));

    const { as } = await openProduct(tables);
    const again = await as(FRENCH, AFTER).say("log update");
    await as(FRENCH, AFTER).press(...press(again, "Submit"));

    expect(inputsOf(again)).toMatchObject({ updates: "Kept", month: "2019-11" });
    expect(wordsOn(again)).toMatch(/October 2019.*meeting is over.*form for November 2019/);
    expect((await find("2019-11"))?.sections.updates).toEqual(["Kept"]);
    expect(titlesOf(await as(FRENCH, AFTER).say("log update"))).toContain("Edit");
  });

  it("is offered when it was saved on a card of last month", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH, BEFORE).say("log update");

    const saved = await as(FRENCH, AFTER).press(...press(form, "Save draft", { updates: "Kept" }));
    const again = await as(FRENCH, AFTER).say("log update");

    expect(wordsOn(saved)).toMatch(/Draft saved.*form for November 2019/s);
    expect(inputsOf(again)).toMatchObject({ updates: "Kept", month: "2019-11" });
  });

  it("is offered when it is too long for any card", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH, BEFORE).say("log update");
    const typed = { updates: `Kept ${"x".repeat(60_000)}` };
    await as(FRENCH, AFTER).press(...press(form, "Submit", typed));
    await as(FRENCH, AFTER).press(...press(form, "Submit", typed));

    const again = await as(FRENCH, AFTER).say("log update");
    const short = await as(FRENCH, AFTER).press(...press(again, "Open the form with what fits"));

    expect(inputsOf(again).part).toMatch(/^Kept xxx/);
    expect(inputsOf(short)).toMatchObject({ month: "2019-11" });
    expect(draftButtons(await as(FRENCH, AFTER).say("my updates"))).toEqual(["Open draft 1"]);
  });

  it("stays with its update when it is a change of one", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH, BEFORE).say("log update");
    const shown = await as(FRENCH, BEFORE).press(...press(form, "Submit", { updates: "One" }));
    const edit = await as(FRENCH, AFTER).press(...press(shown, "Edit"));
    await as(FRENCH, AFTER).press(...press(edit, "Save draft", { updates: "Two" }));

    const blank = await as(FRENCH, AFTER).say("log update");
    const again = await as(FRENCH, AFTER).press(...press(shown, "Edit"));

    expect(inputsOf(blank)).toMatchObject({ month: "2019-11" });
    expect(wordsOn(blank)).toMatch(/Your other drafts.*October 2019.*Two/s);
    expect(inputsOf(again)).toMatchObject({ month: "2019-10", updates: "Two" });
  });
});

describe("two drafts", () => {
  it("are both kept when the month of one is changed to the other's", async () => {
    const { as } = await openProduct(tables);
    await save(as(FRENCH), await as(FRENCH).say("log update"), { updates: "September" });
    const october = await as(FRENCH).say("log update October 2019");

    const saved = await save(as(FRENCH), october, { updates: "Other", month: "2019-09" });
    const again = await as(FRENCH).say("log update");
    const year = await as(FRENCH).say("my updates");
    const opened = await as(FRENCH).press(...press(year, "Open draft 2"));

    expect(wordsOn(saved)).toMatch(/Your other drafts.*September 2019.*September/s);
    expect(inputsOf(again).updates).toBe("Other");
    expect(wordsOn(again)).toMatch(
      /Your other drafts.*saved at 9am on 25 September 2019: September/s,
    );
    expect(inputsOf(opened)).toMatchObject({ month: "2019-09", updates: "September" });
  });

  it("lose none of them when another form is submitted for the month", async () => {
    const { as } = await openProduct(tables);
    await save(as(FRENCH), await as(FRENCH).say("log update"), { updates: "September" });
    const october = await as(FRENCH).say("log update October 2019");

    await as(FRENCH).press(...press(october, "Submit", { updates: "Other", month: "2019-09" }));
    const again = await as(FRENCH).say("log update");

    expect(inputsOf(again).updates).toBe("September");
    expect(wordsOn(again)).toContain("There is a submitted update, version 1.");
  });

  it("are both kept when two forms were open", async () => {
    const { as } = await openProduct(tables);
    const desktop = await as(FRENCH).say("log update");
    const phone = await as(FRENCH).say("log update");

    await save(as(FRENCH), desktop, { updates: "Desktop" });
    await save(as(FRENCH), phone, { updates: "Phone" });

    expect(await openable(as(FRENCH))).toEqual(["Phone", "Desktop"]);
  });

  it("are both kept when one form was filled in on two devices", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");

    await save(as(FRENCH), form, { updates: "Desktop" });
    const phone = await save(as(FRENCH), form, { updates: "Phone" });
    await save(as(FRENCH), form, { updates: "Phone" });
    await save(as(FRENCH), phone, { updates: "Phone, longer" });

    expect(wordsOn(phone)).toContain("saved another text from this form");
    expect(await openable(as(FRENCH))).toEqual(["Phone, longer", "Desktop"]);
  });

  it("are both kept when two devices save one form at once, on two replicas", async () => {
    const one = await openProduct(tables);
    const two = await openProduct(tables);
    const form = await one.as(FRENCH).say("log update");

    await Promise.all([
      save(one.as(FRENCH), form, { updates: "Desktop" }),
      save(two.as(FRENCH), form, { updates: "Phone" }),
    ]);

    expect((await openable(one.as(FRENCH))).toSorted()).toEqual(["Desktop", "Phone"]);
  });

  it("stay when a form is discarded that could not be brought back", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    const saved = await save(as(FRENCH), form, { updates: "Kept" });

    const answer = await as(FRENCH).press(
      ...press(saved, "Discard", { updates: `Kept ${"x".repeat(60_000)}` }),
    );

    expect(wordsOn(answer)).toContain("too long to be brought back");
    expect(inputsOf(answer).part).toMatch(/^Kept xxx/);
  });

  it("are one when the same form is saved again, at once or with more on it", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    const pressed = press(form, "Save draft", { updates: "One" });

    await Promise.all([1, 2, 3].map(() => as(FRENCH).press(...pressed)));
    await save(as(FRENCH), form, { updates: "One\nTwo" });
    const saved = await as(FRENCH).say("log update");
    await save(as(FRENCH), saved, { updates: "Quite new" });

    expect(await openable(as(FRENCH))).toEqual(["Quite new"]);
  });

  it("keep the one that another copy of the form saved when this one is submitted or discarded", async () => {
    const { as } = await openProduct(tables);
    const form = await as(FRENCH).say("log update");
    await save(as(FRENCH), form, { updates: "Phone" });

    const gone = await as(FRENCH).press(...press(form, "Discard", { updates: "Desktop" }));
    await as(FRENCH).press(...press(form, "Submit", { updates: "Desktop" }));

    expect(wordsOn(gone)).toContain("is still in your drafts: “Phone”.");
    expect(await openable(as(FRENCH))).toEqual(["Phone"]);
  });

  it("are named by their first words, which are text and not Markdown", async () => {
    const { as } = await openProduct(tables);
    await save(as(FRENCH), await as(FRENCH).say("log update"), { updates: "**b** [a](http://x)" });

    const cards = [
      await as(FRENCH).say("log update October 2019"),
      await as(FRENCH).say("my updates"),
    ];

    for (const card of cards)
      expect(JSON.stringify(card)).toContain(
        JSON.stringify(String.raw`\*\*b\*\* \[a\](http://x)`).slice(1, -1),
      );
  });

  it("are opened by nobody else", async () => {
    const { as } = await openProduct(tables);
    await save(as(FRENCH), await as(FRENCH).say("log update"), { updates: "Secret plan" });
    const [draft] = await createChampionStore(tables).draftsOf(COMMITTEE, FRENCH.id, "fenland");
    const forged = { district: "fenland", draft: draft?.draft.operation ?? "" };

    const others = [EVERY, OFFICER, MEMBER].flatMap((each) => [
      as(each).press("champions.openDraft", forged),
      as(each).press("champions.part", forged),
      as(each).press("champions.shorten", forged),
    ]);

    expect(forged.draft).not.toBe("");
    expect(wordsOn(await Promise.all(others))).not.toContain("Secret plan");
  });
});

type Somebody = ReturnType<Awaited<ReturnType<typeof openProduct>>["as"]>;

function save(somebody: Somebody, form: Card, typed: Record<string, string>) {
  return somebody.press(...press(form, "Save draft", typed));
}

/** The words of every draft that my updates opens. */
async function openable(somebody: Somebody): Promise<string[]> {
  const year = await somebody.say("my updates");
  const opened = await Promise.all(
    draftButtons(year).map((title) => somebody.press(...press(year, title))),
  );
  return opened.map((form) => inputsOf(form).updates ?? "");
}

function draftButtons(year: Card): string[] {
  return titlesOf(year).filter((title) => title.startsWith("Open draft"));
}

async function find(month: string) {
  return (await createChampionStore(tables).find(COMMITTEE, month, "fenland"))?.update;
}
