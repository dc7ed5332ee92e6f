import { createClock } from "../src/calendar.ts";
import { createServiceStore } from "../src/directory/store.ts";
import { createSetupStore } from "../src/signposting/setup-store.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  MEMBER,
  openProduct,
  press,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import { COMMITTEE } from "./support/signposting.ts";

const NOW = createClock("2019-09-25T09:00")();

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("what routes are called and how they are reached", () => {
  it("is answered at once while it is read again", async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    let isGated = false;
    const store = createSetupStore(async (name) => {
      if (isGated) await gate;
      return tables(name);
    }, createServiceStore(tables).find);
    await store.refresh(COMMITTEE);
    isGated = true;
    const reading = store.refresh(COMMITTEE);

    const known = await store.of(COMMITTEE);
    open();

    expect(known?.routes.length).toBeGreaterThan(5);
    expect((await reading)?.routes).toEqual(known?.routes);
  });

  it("is read before anybody asks, and nothing of it while somebody waits", async () => {
    let reads: string[] = [];
    const { as, jobs } = await openProduct(async (name) => {
      reads.push(name);
      return tables(name);
    });
    await jobs.look(NOW);
    reads = [];

    await as(MEMBER).say("signpost hate crime");

    expect(reads.filter((name) => ["signpostsetup", "routes", "services"].includes(name))).toEqual(
      [],
    );
  });

  it("is shown as it was last known while the directory is away, and says so", async () => {
    let isAway = false;
    const { as, jobs } = await openProduct(async (name) => {
      if (isAway && name === "services") throw new Error("The tables are away");
      return tables(name);
    });
    await jobs.look(NOW);
    const before = wordsOn(await as(MEMBER).say("signpost safeguarding adult"));
    isAway = true;
    await jobs.look(NOW);
    const during = wordsOn(await as(MEMBER).say("signpost safeguarding adult"));
    isAway = false;
    await jobs.look(NOW);
    const after = wordsOn(await as(MEMBER).say("signpost safeguarding adult"));

    expect(during).toContain("These are the routes that were known last.");
    expect(during).toContain("0345 045 5202");
    expect(after).toBe(before);
    expect(before).not.toContain("known last");
  });

  it("is never one that was read before somebody changed it", async () => {
    const store = createSetupStore(tables, createServiceStore(tables).find);
    const before = await store.of(COMMITTEE);
    if (!before) throw new Error("The sample council is not loaded");
    const reading = store.refresh(COMMITTEE);
    const changed = { ...before.setup.settings, noteIsOn: true };
    await store.saveSettings(COMMITTEE, changed, before.etag);
    await reading;

    expect((await store.of(COMMITTEE))?.setup.settings.noteIsOn).toBe(true);
  });
});

describe("a role that ends between opening and saving", () => {
  it.each(["signposting settings", "hold retention because of a request"])(
    "leaves the form of “%s” unsaved",
    async (text) => {
      const { as } = await openProduct(tables);
      const form = await as(ADMINISTRATOR).say(text);
      const button = text.startsWith("hold") ? "Hold" : "Save";
      await takeRoleFrom(ADMINISTRATOR.id);
      const later = await openProduct(tables);

      const answer = await later.as(ADMINISTRATOR).press(...press(form, button));

      expect(wordsOn(answer)).toContain("You do not have the role for this");
      const settings = await (await tables("signpostsetup")).find(COMMITTEE, "settings");
      expect(settings).toBeUndefined();
    },
  );

  it("leaves a worker's form as it is: to count needs no role", async () => {
    const { as } = await openProduct(tables);
    const routes = await as(ADMINISTRATOR).say("signpost hate crime");
    await takeRoleFrom(ADMINISTRATOR.id);
    const later = await openProduct(tables);

    const form = await later.as(ADMINISTRATOR).press(...press(routes, "Count this"));

    expect(wordsOn(form)).toContain("This is not a referral");
  });
});

describe("a summary in which every number is hidden", () => {
  it("says what will stand there, and from when", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(MEMBER).say("signposting summary"));

    expect(words).toContain(
      "No number is high enough to be shown. One appears here once it is 5 or more in a month. September 2019 can be seen from 2 October 2019.",
    );
  });
});

async function takeRoleFrom(id: string): Promise<void> {
  await (await tables("people")).remove(COMMITTEE, id);
}
