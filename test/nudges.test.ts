import { createClock } from "../src/calendar.ts";
import { NudgeSettings } from "../src/nudges/schema.ts";
import { createNudgeStore } from "../src/nudges/store.ts";
import { createPeopleStore } from "../src/people/store.ts";
import type { Card } from "../src/card-template.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  COSTELLO,
  EVERY,
  FRENCH,
  inputsOf,
  OFFICER,
  openProduct,
  press,
  RICHARDS,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";
/** Five and two working days before Friday 27 September 2019, the draft deadline. */
const FIRST = "2019-09-20T09:30";
const SECOND = "2019-09-25T09:30";
const CHAMPIONS = [RICHARDS, EVERY, FRENCH, COSTELLO].map(({ id }) => id);

const NEWCOMER = { id: "00000000-0000-4000-8000-000000000021", name: "Sam Okoro" };

let tables: Tables;
withSampleCouncil((council) => (tables = council));

describe("who is nudged", () => {
  it("is every champion who has not written, and nobody for the vacant district", async () => {
    const { lookAt, nudged, history } = await open();

    await lookAt(FIRST);

    expect(nudged().toSorted()).toEqual(CHAMPIONS.toSorted());
    expect(await history()).toContain(
      "9:30am on 20 September 2019, South Cambridgeshire: not reminded, the district is vacant.",
    );
    expect(await history()).toContain(
      "9:30am on 20 September 2019, Fenland, Jan French: reminded.",
    );
  });

  it("is not who has submitted between two nudges", async () => {
    const { lookAt, nudged, history, submit } = await open();
    await lookAt(FIRST);

    await submit(FRENCH, "2019-09-23T10:00");
    await lookAt(SECOND);

    expect(nudged().filter((id) => id === FRENCH.id)).toHaveLength(1);
    expect(nudged().filter((id) => id === EVERY.id)).toHaveLength(2);
    expect(await history()).toContain(
      "9:30am on 25 September 2019, Fenland, Jan French: not reminded, the update was in.",
    );
  });

  it("is who has withdrawn the update again", async () => {
    const { lookAt, nudged, as, submit } = await open();
    const sent = await submit(FRENCH, "2019-09-19T10:00");
    await lookAt(FIRST);
    const before = nudged();

    const champion = as(FRENCH, { clock: "2019-09-23T10:00" });
    const question = await champion.press(...press(sent, "Withdraw"));
    await champion.press(...press(question, "Withdraw it"));
    await lookAt(SECOND);

    expect(before).not.toContain(FRENCH.id);
    expect(nudged()).toContain(FRENCH.id);
  });

  it("is whoever is champion at the time, without the snooze of the one before", async () => {
    const { lookAt, nudged, nudgeOf, as } = await open();
    await lookAt(FIRST);
    const nudge = press(nudgeOf(FRENCH), "Not for this meeting");
    await as(FRENCH, { clock: "2019-09-20T10:00" }).press(...nudge);

    await giveFenlandToNewcomer();
    const later = await open();
    await later.lookAt(SECOND);

    expect(nudged()).toContain(FRENCH.id);
    expect(later.nudged()).toContain(NEWCOMER.id);
    expect(later.nudged()).not.toContain(FRENCH.id);
  });

  it("has the form one press away", async () => {
    const { lookAt, nudgeOf, as } = await open();
    await lookAt(FIRST);

    const button = titlesOf(nudgeOf(FRENCH))[0] ?? "";
    const form = await as(FRENCH, { clock: FIRST }).say(button);

    expect(button).toBe("log update");
    expect(titlesOf(form)).toContain("Submit");
  });

  it("gets at most as many as set for a meeting", async () => {
    const { lookAt, nudged, set, history } = await open();
    await set({ daysBefore: "5, 4 and 3", mostPerMeeting: "2" });

    for (const day of ["20", "23", "24"]) await lookAt(`2019-09-${day}T09:30`);

    expect(nudged().filter((id) => id === FRENCH.id)).toHaveLength(2);
    expect(await history()).toContain(
      "9:30am on 24 September 2019, Fenland, Jan French: not reminded, the most for a meeting was reached.",
    );
  });
});

describe("a snooze", () => {
  it("until tomorrow means the next working day, and comes once", async () => {
    const { lookAt, nudged, nudgeOf, as } = await open();
    await lookAt(FIRST);

    const nudge = press(nudgeOf(FRENCH), "Remind me tomorrow");
    const answer = await as(FRENCH, { clock: "2019-09-20T16:00" }).press(...nudge);
    const counts: number[] = [];
    for (const time of ["2019-09-23T09:29", "2019-09-23T09:30", "2019-09-23T15:00"]) {
      await lookAt(time);
      counts.push(nudged().filter((id) => id === FRENCH.id).length);
    }

    expect(wordsOn(answer)).toContain("9:30am on 23 September 2019");
    expect(counts).toEqual([1, 2, 2]);
    expect(nudged().filter((id) => id === EVERY.id)).toHaveLength(1);
  });

  it("that was asked for does not use up a nudge that is set", async () => {
    const { lookAt, nudged, nudgeOf, as, history } = await open();
    await lookAt(FIRST);
    const nudge = press(nudgeOf(FRENCH), "Remind me tomorrow");
    await as(FRENCH, { clock: "2019-09-20T16:00" }).press(...nudge);

    await lookAt("2019-09-23T09:30");
    await lookAt(SECOND);

    expect(nudged().filter((id) => id === FRENCH.id)).toHaveLength(3);
    expect(await history()).toContain("9:30am on 23 September 2019 (asked for), Fenland");
  });

  it("for the meeting holds until it is taken back", async () => {
    const { lookAt, nudged, nudgeOf, as, history, set } = await open();
    await set({ daysBefore: "5, 3, 2" });
    await lookAt(FIRST);
    const champion = as(FRENCH, { clock: "2019-09-20T10:00" });

    const never = await champion.press(...press(nudgeOf(FRENCH), "Not for this meeting"));
    await lookAt("2019-09-24T09:30");
    const quiet = nudged().filter((id) => id === FRENCH.id).length;
    await champion.press(...press(never, "Remind me after all"));
    await lookAt(SECOND);

    expect(quiet).toBe(1);
    expect(nudged().filter((id) => id === FRENCH.id)).toHaveLength(2);
    expect(await history()).toContain(
      "9:30am on 24 September 2019, Fenland, Jan French: not reminded, the champion asked for none then.",
    );
  });

  it("goes along with a meeting that is moved, and so does the number of nudges", async () => {
    const { lookAt, nudgeOf, nudged, as } = await open();
    await lookAt(FIRST);
    const officer = as(OFFICER, { clock: "2019-09-20T11:00" });
    await as(FRENCH, { clock: "2019-09-20T10:00" }).press(
      ...press(nudgeOf(FRENCH), "Not for this meeting"),
    );
    const asked = await officer.say("move meeting 10 October to 17 October");
    await officer.press(...press(asked, "Move the meeting"));
    const late = await as(EVERY, { clock: "2019-09-23T10:00" }).press(
      ...press(nudgeOf(EVERY), "Not for this meeting"),
    );

    for (const time of ["2019-09-27T09:30", "2019-10-01T09:30", "2019-10-02T09:30"])
      await lookAt(time);

    expect(wordsOn(late)).toContain("17 October 2019");
    const ofEach = [FRENCH, EVERY, COSTELLO].map(({ id }) => nudged().filter((to) => to === id));
    expect(ofEach.map(({ length }) => length)).toEqual([1, 1, 2]);
    const history = wordsOn(await officer.say("nudge history"));
    expect(history.match(/17 October 2019/g)).toHaveLength(1);
    expect(history).not.toContain("10 October 2019");
  });

  it("is refused on the day of the deadline, and after it", async () => {
    const { lookAt, nudgeOf, as } = await open();
    await lookAt(FIRST);
    const nudge = nudgeOf(FRENCH);

    const late = await as(FRENCH, { clock: "2019-09-27T10:00" }).press(
      ...press(nudge, "Remind me tomorrow"),
    );
    const over = await as(FRENCH, { clock: "2019-09-30T10:00" }).press(
      ...press(nudge, "Remind me tomorrow"),
    );

    expect(wordsOn(late)).toContain("No working day is left before the draft deadline");
    expect(wordsOn(over)).toContain("The draft deadline is over");
  });

  it("is for one's own district only", async () => {
    const { lookAt, nudgeOf, as, nudged } = await open();
    await lookAt(FIRST);

    const answer = await as(EVERY, { clock: FIRST }).press(
      ...press(nudgeOf(FRENCH), "Not for this meeting"),
    );
    await lookAt(SECOND);

    expect(wordsOn(answer)).toContain("champion of another district");
    expect(nudged().filter((id) => id === FRENCH.id)).toHaveLength(2);
  });
});

describe("a champion who is away", () => {
  it("is not nudged until the day that they gave", async () => {
    const { lookAt, nudged, as, history } = await open();
    const champion = as(FRENCH, { clock: "2019-09-19T10:00" });

    const form = await champion.say("away until 24 September 2019");
    await lookAt("2019-09-19T10:00");
    const done = await champion.press(...press(form, "Save"));
    await lookAt(FIRST);
    const quiet = nudged();
    await lookAt(SECOND);

    expect(inputsOf(form)).toEqual({ until: "2019-09-24" });
    expect(wordsOn(done)).toContain("You are away until 24 September 2019");
    expect(quiet).not.toContain(FRENCH.id);
    expect(nudged()).toContain(FRENCH.id);
    expect(await history()).toContain("Fenland, Jan French: not reminded, away.");
  });

  it.each(["I am back", "I'm back"])("is nudged again after %s", async (text) => {
    const { lookAt, nudged, as } = await open();
    const champion = as(FRENCH, { clock: "2019-09-19T10:00" });
    const past = await champion.say("away until yesterday");
    expect(JSON.stringify(inputsOf(past))).not.toContain("2020-");
    expect(wordsOn(past)).toContain("The first day back must be ");

    const form = await champion.say("I am away until 1 November");
    await champion.press(...press(form, "Save"));

    const asked = await champion.say(text);
    const back = await champion.press(...press(asked, "I am back"));
    await lookAt(FIRST);

    expect(wordsOn(back)).toContain("You are not away");
    expect(nudged()).toContain(FRENCH.id);
  });

  it.each([
    ["away until Friday", "2019-09-27"],
    ["away until Monday", "2019-09-30"],
    ["away until Friday 4 October", "2019-10-04"],
    ["away from Monday until Wednesday", "2019-10-02"],
  ])("is so until the coming day: %s", async (text, day) => {
    const { as } = await open();

    expect(inputsOf(await as(FRENCH).say(text))["until"]).toBe(day);
  });

  it("can be said to be so by an officer, and it is audited", async () => {
    const { lookAt, nudged, as } = await open();
    const officer = as(OFFICER, { clock: "2019-09-19T10:00" });

    const form = await officer.say("away Fenland until 1 February");
    const done = await officer.press(...press(form, "Save"));
    await lookAt(FIRST);
    const audit = await as(ADMINISTRATOR).say("audit 19 September 2019");

    expect(inputsOf(form)).toEqual({ district: "fenland", until: "2020-02-01" });
    expect(wordsOn(done)).toContain("Jan French is away until 1 February 2020");
    expect(nudged()).not.toContain(FRENCH.id);
    expect(wordsOn(audit)).toContain("said that a champion is away until 2020-02-01");
  });

  it("can be brought back by an officer from the card", async () => {
    const { lookAt, nudged, as } = await open();
    const officer = as(OFFICER, { clock: "2019-09-19T10:00" });
    const form = await officer.say("away Fenland until 1 November 2019");
    const done = await officer.press(...press(form, "Save"));

    await officer.press(...press(done, "Jan French is back"));
    await lookAt(FIRST);

    expect(nudged()).toContain(FRENCH.id);
  });

  it("cannot be back today or in years, and the form keeps what was entered", async () => {
    const { as } = await open();
    const champion = as(FRENCH, { clock: "2019-09-19T10:00" });
    const form = await champion.say("away");
    const wrong = {
      "2019-09-19": "The first day back must be 20 September 2019 or later.",
      "2030-01-01": "The first day back must be 19 September 2020 or earlier.",
      soon: "Enter the first day back.",
    };

    for (const [until, problem] of Object.entries(wrong)) {
      const again = await champion.press(...press(form, "Save", { until }));

      expect(wordsOn(again)).toContain(problem);
      expect(inputsOf(again)).toEqual({ until });
    }
  });

  it("cannot be so for somebody else's district", async () => {
    const { as } = await open();
    const champion = as(FRENCH, { clock: "2019-09-19T10:00" });

    const answer = await champion.press("nudges.away", {
      district: "huntingdonshire",
      until: "2019-11-01",
    });

    expect(wordsOn(answer)).toContain("Huntingdonshire is not your district");
    expect(await createNudgeStore(tables).absencesOf(COMMITTEE)).toEqual(new Map());
  });
});

describe("the officers' list", () => {
  it("names who is missing and who of them is away, one press from the status", async () => {
    const { lookAt, as, submit, posted } = await open();
    await submit(FRENCH, "2019-09-23T10:00");
    const form = await as(EVERY, { clock: "2019-09-23T10:00" }).say("away until 1 November 2019");
    await as(EVERY, { clock: "2019-09-23T10:00" }).press(...press(form, "Save"));

    await lookAt("2019-09-27T09:00");

    const [list, ...others] = posted.filter(({ to }) => to === OFFICER.id);
    expect(others).toEqual([]);
    expect(wordsOn(list?.card)).toContain("3 updates are missing");
    expect(wordsOn(list?.card)).toContain(
      "East Cambridgeshire: Lis Every, away until 1 November 2019",
    );
    expect(wordsOn(list?.card)).not.toContain("Fenland");
    expect(wordsOn(list?.card)).not.toContain("South Cambridgeshire");
    expect(list && titlesOf(list.card)).toContain("update status");
  });

  it("does not come when nobody is missing", async () => {
    const { lookAt, submit, posted, history } = await open();
    for (const champion of [RICHARDS, EVERY, FRENCH, COSTELLO])
      await submit(champion, "2019-09-23T10:00");

    await lookAt("2019-09-27T09:00");

    expect(posted.filter(({ to }) => to === OFFICER.id)).toEqual([]);
    expect(await history()).toContain("not sent, nobody was missing");
  });
});

describe("the settings", () => {
  it("say when reminders go for the next meeting", async () => {
    const { as } = await open();

    const card = await as(OFFICER, { clock: "2019-09-19T10:00" }).say("nudge settings");

    const words = wordsOn(card);
    expect(words).toContain("reminded at 9:30am on 20 September 2019");
    expect(words).toContain("reminded at 9:30am on 25 September 2019");
    expect(words).toContain("Officers hear who is missing at 9am on 27 September 2019");
    expect(inputsOf(card)).toMatchObject({
      daysBefore: "5, 2",
      time: "09:30",
      mostPerMeeting: "2",
    });
  });

  it("do not say of a reminder that is over that it is still to come", async () => {
    const { as } = await open();

    const words = wordsOn(await as(OFFICER, { clock: "2019-09-23T10:00" }).say("nudge settings"));

    expect(words).toContain("A reminder was due at 9:30am on 20 September 2019: nudge history");
    expect(words).toContain("are reminded at 9:30am on 25 September 2019");
  });

  it("say nothing of a day before the rule, or before anybody could be reminded", async () => {
    const { as } = await openProduct(tables);
    const officer = as(OFFICER, { clock: "2019-09-23T10:00" });

    await officer.say("help");
    const words = wordsOn(await officer.say("nudge settings"));

    expect(words).not.toContain("20 September 2019");
    expect(words).toContain("are reminded at 9:30am on 25 September 2019");
  });

  it("can be changed, and what was due before is not made up", async () => {
    const { lookAt, nudged, as } = await open();
    const officer = as(OFFICER, { clock: "2019-09-24T14:00" });
    const card = await officer.say("nudge settings");

    await officer.press(...press(card, "Save", { daysBefore: "3, 2", time: "10:15" }));
    await lookAt("2019-09-24T14:01");
    const madeUp = nudged().length;
    await lookAt("2019-09-25T10:14");
    const early = nudged().length;
    await lookAt("2019-09-25T10:15");

    expect([madeUp, early, nudged().length]).toEqual([0, 0, 4]);
  });

  it("tell the second of two officers that they changed meanwhile", async () => {
    const { as } = await open();
    const first = await as(OFFICER).say("nudge settings");
    const second = await as(OFFICER).say("nudge settings");
    await as(OFFICER).press(...press(first, "Save", { isOn: "false" }));

    const told = await as(OFFICER).press(...press(second, "Save", { mostPerMeeting: "3" }));
    const kept = await createNudgeStore(tables).settingsOf(COMMITTEE);
    const again = await as(OFFICER).press(...press(told, "Save"));

    expect(wordsOn(told)).toContain("Somebody changed these settings since you opened them.");
    expect(inputsOf(told)["mostPerMeeting"]).toBe("3");
    expect(kept).toMatchObject({ isOn: false, mostPerMeeting: 2 });
    expect(wordsOn(again)).toContain("Saved.");
  });

  it("can switch everything off", async () => {
    const { lookAt, posted, set } = await open();
    await set({ isOn: "false" });

    await lookAt(FIRST);
    await lookAt("2019-09-27T09:00");

    expect(posted).toEqual([]);
  });

  it("refuse what cannot be, say what can, and keep it on the form", async () => {
    const { as } = await open();
    const officer = as(OFFICER, { clock: "2019-09-19T10:00" });
    const card = await officer.say("nudge settings");
    const wrong: [Record<string, string>, string][] = [
      [{ daysBefore: "five" }, "like 5, 2"],
      [{ daysBefore: "" }, "like 5, 2"],
      [{ daysBefore: "0, 2" }, "like 5, 2"],
      [{ daysBefore: "16" }, "like 5, 2"],
      [{ daysBefore: "6, 5, 4, 3, 2, 1" }, "1 to 5 whole numbers"],
      [{ time: "17:00" }, "between 8am and 4:59pm"],
      [{ time: "07:59" }, "between 8am and 4:59pm"],
      [{ mostPerMeeting: "0" }, "a whole number from 1 to 10"],
      [{ mostPerMeeting: "" }, "a whole number from 1 to 10"],
    ];

    for (const [typed, problem] of wrong) {
      const again = await officer.press(...press(card, "Save", typed));

      const all = Object.entries({ ...inputsOf(card), ...typed });
      expect(wordsOn(again)).toContain(problem);
      expect(inputsOf(again)).toEqual(Object.fromEntries(all.filter(([, value]) => value !== "")));
    }
    expect(await createNudgeStore(tables).settingsOf(COMMITTEE)).toEqual(NudgeSettings.parse({}));
  });

  it.each(["nudge settings", "nudge history"])("are not a champion's: %s", async (text) => {
    const { as } = await open();

    const card = await as(FRENCH).say(text);

    expect(wordsOn(card)).toContain("is for");
  });
});

describe("the ledger", () => {
  it("is the chair's to read too", async () => {
    const { as } = await open();

    const card = await as(CHAIR).say("nudge history");

    expect(wordsOn(card)).toContain("Nothing has gone out yet");
  });

  it("says when a nudge went that came due in the night", async () => {
    const { lookAt, history } = await open();

    await lookAt("2019-09-23T08:00");

    expect(await history()).toContain(
      "9:30am on 20 September 2019, Fenland, Jan French: reminded at 8am on 23 September 2019.",
    );
  });
});

/** The product, known to Teams since 2 September 2019. */
async function open() {
  const product = await openProduct(tables);
  const { as, posted } = product;
  await as(OFFICER, { clock: "2019-09-02T09:00" }).say("help");
  await product.finish();
  return { ...product, lookAt, nudged, nudgeOf, history, submit, set };

  async function lookAt(time: string): Promise<void> {
    await product.jobs.look(createClock(time)());
    await product.finish();
  }

  /** Whom a nudge has reached, once for each. */
  function nudged(): string[] {
    return posted.filter(({ card }) => isNudge(card)).map(({ to }) => to);
  }

  function nudgeOf({ id }: { readonly id: string }): Card {
    const nudge = posted.findLast(({ to, card }) => to === id && isNudge(card));
    if (!nudge) throw new Error("There is no nudge");
    return nudge.card;
  }

  async function history(): Promise<string> {
    return wordsOn(await as(OFFICER, { clock: "2019-09-28T10:00" }).say("nudge history"));
  }

  async function submit(champion: typeof FRENCH, clock: string): Promise<Card> {
    const form = await as(champion, { clock }).say("log update");
    return as(champion, { clock }).press(...press(form, "Submit", { updates: "A fair" }));
  }

  async function set(changes: Record<string, string>): Promise<void> {
    const officer = as(OFFICER, { clock: "2019-09-03T09:00" });
    const card = await officer.say("nudge settings");
    await officer.press(...press(card, "Save", changes));
  }
}

function isNudge(card: Card): boolean {
  return wordsOn(card).includes("is not in yet");
}

async function giveFenlandToNewcomer(): Promise<void> {
  const store = createPeopleStore(tables);
  const { people, etags } = await store.read(COMMITTEE);
  const changed = people.map((person) =>
    person.id === FRENCH.id
      ? { ...person, roles: person.roles.map((role) => ({ ...role, until: "2019-09-22" })) }
      : person,
  );
  const role = { role: "champion", district: "fenland", from: "2019-09-23" } as const;
  await store.save(COMMITTEE, [...changed, { ...NEWCOMER, roles: [role] }], { etags });
}
