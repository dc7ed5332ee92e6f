import { createCommitteeStore } from "../src/committee/store.ts";
import { planOf } from "../src/committee/rules.ts";
import type { Card } from "../src/card-template.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  FRENCH,
  inputsOf,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  withSampleCouncil,
  wordsOn,
  useChannel,
} from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("adding a meeting", () => {
  it("proposes the deadlines, asks, and then the meeting is in the plan", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add meeting 17 October 2019");
    const asked = await as(OFFICER).press(...press(form, "Check", { venue: "Shire Hall" }));
    const before = await as(MEMBER).say("meeting 17 October 2019");

    const done = await as(OFFICER).press(...press(asked, "Add the meeting"));

    expect(inputsOf(form)).toMatchObject({ date: "2019-10-17", time: "10:00" });
    expect(wordsOn(asked)).toContain("Friday 4 October 2019");
    expect(wordsOn(asked)).toContain("Wednesday 9 October 2019");
    expect(wordsOn(before)).toContain("I know of no meeting");
    expect(wordsOn(done)).toContain("Added.");
    expect(wordsOn(await as(MEMBER).say("meeting 17 October 2019"))).toContain("Shire Hall");
  });

  it("pressed twice adds it once", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add meeting 17 October 2019");
    const asked = await as(OFFICER).press(...press(form, "Check"));

    await as(OFFICER).press(...press(asked, "Add the meeting"));
    const again = await as(OFFICER).press(...press(asked, "Add the meeting"));

    expect(wordsOn(again)).toContain("This was saved already.");
    expect(await changesOf("2019-10-17")).toHaveLength(1);
  });

  it("warns about dates that leave less than five clear days, and does not refuse them", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add meeting 17 October 2019");
    const typed = { publication: "2019-10-11", draftDeadline: "2019-10-14" };
    const asked = await as(OFFICER).press(...press(form, "Check", typed));

    const done = await as(OFFICER).press(...press(asked, "Add the meeting"));

    for (const card of [asked, done]) {
      expect(wordsOn(card)).toContain("The last day the law allows is 9 October 2019");
      expect(wordsOn(card)).toContain("is after publication");
    }
  });

  it.each([
    [{ date: "" }, "Enter the date of the meeting."],
    [{ date: "2019-02-31" }, "is a day like 2019-10-17"],
    [{ date: "2019-09-24" }, "has passed"],
    [{ date: "2019-11-21" }, "There is a meeting on 21 November 2019 already"],
    [{ date: "2020-02-13" }, "There is a workshop on 13 February 2020 already"],
    [{ date: "2019-10-17", time: "25:00" }, "The time is like 10:00"],
  ])("keeps what was typed where it cannot be so: %j", async (typed, words) => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add meeting");

    const again = await as(OFFICER).press(...press(form, "Check", { venue: "Ely", ...typed }));

    expect(wordsOn(again)).toContain(words);
    expect(inputsOf(again)).toMatchObject({ venue: "Ely" });
  });

  it("is for officers, in a personal chat", async () => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(MEMBER).say("add meeting"))).toContain("is for officers");
    expect(wordsOn(await as(OFFICER, { place: "channel" }).say("add meeting"))).toContain(
      "works in a personal chat",
    );
    expect(titlesOf(await as(OFFICER, { place: "channel" }).say("next meeting"))).toEqual([
      "Show the agenda",
    ]);
  });
});

describe("moving a meeting", () => {
  it("takes its agenda along, proposes deadlines anew, and marks the old date", async () => {
    const { as } = await openProduct(tables);
    const asked = await as(OFFICER).say("move meeting 10 October to 17 October");
    const untouched = await as(MEMBER).say("next meeting");

    const done = await as(OFFICER).press(...press(asked, "Move the meeting"));

    expect(wordsOn(asked)).toContain("Move the meeting to 17 October 2019?");
    expect(wordsOn(asked)).toContain("Wednesday 9 October 2019");
    expect(wordsOn(untouched)).toContain("Next meeting: Thursday 10 October 2019");
    expect(wordsOn(done)).toContain("Next meeting: Thursday 17 October 2019");
    expect(wordsOn(done)).toContain("10am");
    const agenda = wordsOn(await as(MEMBER).say("agenda 17 October 2019"));
    expect(agenda).toContain("Registration Service Annual Report");
    expect(agenda).toContain("Cambs 2020 Update (private item)\nPrivate item");
    expect(wordsOn(await as(MEMBER).say("agenda 10 October 2019"))).toContain(
      "This meeting was moved to Thursday 17 October 2019.",
    );
  });

  it("takes the champions' updates of its months along", async () => {
    const { as } = await openProduct(tables);
    await move(as(OFFICER), "2019-10-10", "2019-10-31");

    const plan = planOf(await store().meetingsFrom(COMMITTEE, "2019-01-01"), "2019-09-25");
    const status = await as(OFFICER).say("update status");

    expect(plan.forMonth("2019-09")?.date).toBe("2019-10-31");
    expect(plan.monthsFor("2019-10-31")).toEqual(["2019-09", "2019-10"]);
    expect(wordsOn(status)).toContain("31 October 2019");
  });

  it("behind the next meeting gives the months to that one", async () => {
    const { as } = await openProduct(tables);
    await move(as(OFFICER), "2019-10-10", "2019-11-28");

    const plan = planOf(await store().meetingsFrom(COMMITTEE, "2019-01-01"), "2019-09-25");

    expect(plan.forMonth("2019-09")?.date).toBe("2019-11-21");
    expect(plan.monthsFor("2019-11-28")).toEqual([]);
  });

  it("back gives the plan as it was", async () => {
    const { as } = await openProduct(tables);
    const before = await store().meetingsFrom(COMMITTEE, "2019-10-01");
    await move(as(OFFICER), "2019-10-10", "2019-10-17");

    await move(as(OFFICER), "2019-10-17", "2019-10-10");

    const after = await store().meetingsFrom(COMMITTEE, "2019-10-01");
    expect(after.filter(({ state }) => state === "planned")).toEqual(before);
    expect(after.find(({ date }) => date === "2019-10-17")).toMatchObject({
      state: "moved",
      movedTo: "2019-10-10",
    });
    expect(wordsOn(await as(MEMBER).say("agenda"))).toContain("Registration Service");
  });

  it("twice says the last date on the first", async () => {
    const { as } = await openProduct(tables);
    await move(as(OFFICER), "2019-10-10", "2019-10-17");

    await move(as(OFFICER), "2019-10-17", "2019-10-24");

    const first = wordsOn(await as(MEMBER).say("meeting 10 October 2019"));
    expect(first).toContain("moved to Thursday 24 October 2019");
    expect(wordsOn(await as(MEMBER).say("agenda"))).toContain("Registration Service");
  });

  it.each([
    ["10 October 2019", "21 November 2019", "There is a meeting on 21 November 2019 already"],
    ["10 October 2019", "13 February 2020", "There is a workshop on 13 February 2020 already"],
    ["10 October 2019", "24 September 2019", "has passed"],
    ["8 August 2019", "17 October 2019", "is over"],
    ["9 October 2019", "17 October 2019", "No meeting is planned on 9 October 2019"],
  ])("from %s to %s is not done", async (from, to, words) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(OFFICER).say(`move meeting ${from} to ${to}`))).toContain(words);
  });

  it("onto the reserve date is possible once the workshop there is cancelled", async () => {
    const { as } = await openProduct(tables);
    const asked = await as(OFFICER).say("cancel workshop 13 February 2020");
    await as(OFFICER).press(...press(asked, "Cancel the meeting"));

    await move(as(OFFICER), "2020-01-23", "2020-02-13");

    const words = wordsOn(await as(MEMBER).say("agenda 13 February 2020"));
    expect(words).toContain("Minutes of the Meeting held on 12th December 2019");
    expect(words).not.toContain("Soham Neighbourhood Cares");
  });

  it("frees its day for another meeting, which has an agenda of its own", async () => {
    const { as } = await openProduct(tables);
    await move(as(OFFICER), "2019-10-10", "2019-10-17");
    const form = await as(OFFICER).say("add meeting 10 October 2019");
    const asked = await as(OFFICER).press(...press(form, "Check"));

    await as(OFFICER).press(...press(asked, "Add the meeting"));

    expect(wordsOn(await as(MEMBER).say("agenda 10 October"))).toContain("has no items");
    expect(wordsOn(await as(MEMBER).say("agenda 17 October"))).toContain("Registration Service");
  });

  it("that somebody else has changed since is asked about again", async () => {
    const { as } = await openProduct(tables);
    const asked = await as(OFFICER).say("move meeting 10 October to 17 October");
    const change = await as(OFFICER).say("change meeting 10 October");
    const checked = await as(OFFICER).press(...press(change, "Check", { venue: "Ely" }));
    await as(OFFICER).press(...press(checked, "Change the meeting"));

    const refused = await as(OFFICER).press(...press(asked, "Move the meeting"));

    expect(wordsOn(refused)).toContain("Somebody changed the agenda plan");
    expect(wordsOn(await as(MEMBER).say("next meeting"))).toContain("10 October 2019");
  });

  it("reads a date without a year as the one to come", async () => {
    const { as } = await openProduct(tables);

    const asked = await as(OFFICER).say("move meeting 12 December to 19 December");

    expect(wordsOn(asked)).toContain("Move the meeting to 19 December 2019?");
  });

  it("asks which where none is named, and for the new date", async () => {
    const { as } = await openProduct(tables);
    const which = await as(OFFICER).say("move meeting");

    const form = await as(OFFICER).press(...press(which, "Go on", { meeting: "2019-11-21" }));

    expect(wordsOn(form)).toContain("Change the meeting on 21 November 2019");
  });
});

describe("cancelling a meeting", () => {
  it("asks, then leaves it in the plan marked, and the next one is next", async () => {
    const { as } = await openProduct(tables);
    const asked = await as(OFFICER).say("cancel meeting 10 October 2019");
    const still = await as(MEMBER).say("next meeting");

    const done = await as(OFFICER).press(...press(asked, "Cancel the meeting"));

    expect(wordsOn(still)).toContain("10 October 2019");
    expect(wordsOn(done)).toContain("This meeting was cancelled.");
    expect(wordsOn(await as(MEMBER).say("next meeting"))).toContain("21 November 2019");
    expect(wordsOn(await as(MEMBER).say("meetings"))).toContain("This meeting was cancelled.");
  });

  it("and adding it again brings its agenda back", async () => {
    const { as } = await openProduct(tables);
    const asked = await as(OFFICER).say("cancel meeting 10 October 2019");
    await as(OFFICER).press(...press(asked, "Cancel the meeting"));
    const form = await as(OFFICER).say("add meeting 10 October 2019");
    const again = await as(OFFICER).press(...press(form, "Check"));

    await as(OFFICER).press(...press(again, "Add the meeting"));

    expect(wordsOn(again)).toContain("with the agenda it had");
    expect(wordsOn(await as(MEMBER).say("agenda"))).toContain("Registration Service");
  });

  it("that was moved before is cancelled on its first date too", async () => {
    const { as } = await openProduct(tables);
    await move(as(OFFICER), "2019-10-10", "2019-10-17");
    const asked = await as(OFFICER).say("cancel meeting 17 October 2019");
    await as(OFFICER).press(...press(asked, "Cancel the meeting"));

    const plan = planOf(await store().meetingsFrom(COMMITTEE, "2019-10-01"), "2019-09-25");

    expect(plan.all.slice(0, 2).map(({ date, state }) => [date, state])).toEqual([
      ["2019-10-10", "cancelled"],
      ["2019-10-17", "cancelled"],
    ]);
  });
});

describe("a posted digest", () => {
  it("says in its place that the meeting was moved", async () => {
    const { as, channel, renewed, finish } = await openProduct(tables);
    channel.readers = "team";
    await useChannel(as(OFFICER, { place: "channel" }));
    await as(OFFICER).press(...press(await as(OFFICER).say("post digest"), "Post the digest"));

    await move(as(OFFICER), "2019-10-10", "2019-10-17");
    await finish();

    expect(renewed.map(({ card }) => wordsOn(card)).join()).toContain("17 October 2019");
  });
});

describe("the items of an agenda", () => {
  it.each([
    ["add agenda item Think Communities: Update", "2019-10-10", "Think Communities: Update"],
    ["add agenda item Think Communities for 21 November 2019", "2019-11-21", "Think Communities"],
    ["add agenda item 21 November 2019: Think Communities", "2019-11-21", "Think Communities"],
    [
      "add agenda item Finance Report for August 2019",
      "2019-10-10",
      "Finance Report for August 2019",
    ],
    ["add agenda item 21 November 2019", "2019-11-21", ""],
  ])(
    "begin with what was typed of them, and nothing is written: %s",
    async (text, meeting, title) => {
      const { as } = await openProduct(tables);

      const form = await as(OFFICER).say(text);

      expect(inputsOf(form)).toMatchObject({ meeting });
      expect(inputsOf(form).title ?? "").toBe(title);
      expect(titlesOf(form)).toContain("Save");
    },
  );

  it("are added in their place, and those behind move on", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add agenda item 10 October 2019");
    const typed = { title: "  Think Communities – *update*", order: "2", leadOfficer: "A Chapman" };

    const done = await as(OFFICER).press(...press(form, "Save", typed));

    const words = wordsOn(done);
    expect(words).toContain("Think Communities – *update*\nA Chapman\nLibraries & Civic");
    const titles = (await store().agendaOf(COMMITTEE, "2019-10-10")).map(({ title }) => title);
    expect(titles).toHaveLength(14);
    expect(titles.at(-1)).toBe("Agenda Plan and Appointments");
  });

  it("that are private show their title only, in the agenda, the digest and the history", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add agenda item");
    const typed = {
      title: "Hub leases",
      leadOfficer: "X Secret",
      isPrivate: "true",
      goesToFullCouncil: "true",
    };
    const agenda = await as(OFFICER).press(...press(form, "Save", typed));

    const history = await as(OFFICER).press(...press(agenda, "History"));
    const digest = await as(OFFICER).say("preview digest");

    expect(wordsOn(agenda)).toContain("Hub leases (private item, goes to full council)");
    for (const card of [agenda, history, digest]) {
      expect(wordsOn(card)).toContain("Hub leases");
      expect(wordsOn(card)).not.toContain("X Secret");
    }
  });

  it("that become private are shown by their title from their first day on in the history", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add agenda item");
    const typed = { title: "Hub leases", leadOfficer: "X Secret", order: "1" };
    const added = await as(OFFICER).press(...press(form, "Save", typed));
    const which = await as(OFFICER).press(...press(added, "Change an item"));
    const changing = await as(OFFICER).press(...press(which, "Go on", { was: "1" }));
    const agenda = await as(OFFICER).press(
      ...press(changing, "Save", { title: "Leases", isPrivate: "true" }),
    );

    const history = wordsOn(await as(OFFICER).press(...press(agenda, "History")));

    expect(history).toContain("Title: Hub leases");
    expect(history).not.toContain("X Secret");
  });

  it("are added once, however often Save is pressed", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add agenda item");
    await as(OFFICER).press(...press(form, "Save", { title: "Hub leases" }));

    const again = await as(OFFICER).press(...press(form, "Save", { title: "Hub leases" }));

    expect(wordsOn(again)).toContain("saved already");
    expect(await store().agendaOf(COMMITTEE, "2019-10-10")).toHaveLength(14);
  });

  it("are changed, moved and removed, and the history says who and what", async () => {
    const { as } = await openProduct(tables);
    const agenda = await as(OFFICER).say("agenda");
    const which = await as(OFFICER).press(...press(agenda, "Change an item"));
    const form = await as(OFFICER).press(...press(which, "Go on", { was: "2" }));
    const changed = await as(OFFICER).press(
      ...press(form, "Save", { order: "4", leadOfficer: "C June" }),
    );
    const which2 = await as(OFFICER).press(...press(changed, "Change an item"));
    const form2 = await as(OFFICER).press(...press(which2, "Go on", { was: "1" }));
    const asked = await as(OFFICER).press(...press(form2, "Remove it"));
    const removed = await as(OFFICER).press(...press(asked, "Remove the item"));

    const history = wordsOn(await as(OFFICER).press(...press(removed, "History")));

    const items = await store().agendaOf(COMMITTEE, "2019-10-10");
    expect(items.map(({ order }) => order)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
    expect(items[2]).toMatchObject({
      title: "Libraries & Civic Partnership Project Update",
      leadOfficer: "C June",
    });
    expect(history).toContain("Nick Mills removed an agenda item");
    expect(history).toContain("Lead officer: C June (before: C May)");
    expect(history).toContain("Item: 4 (before: 2)");
  });

  it("keep what was typed where the title is missing", async () => {
    const { as } = await openProduct(tables);
    const form = await as(OFFICER).say("add agenda item");

    const again = await as(OFFICER).press(...press(form, "Save", { leadOfficer: "A Chapman" }));

    expect(wordsOn(again)).toContain("Enter the title.");
    expect(inputsOf(again)).toMatchObject({ leadOfficer: "A Chapman" });
  });
});

describe("the history of a meeting", () => {
  it("says who changed what and when, for officers and the chair", async () => {
    const { as } = await openProduct(tables);
    const card = await move(as(OFFICER), "2019-10-10", "2019-10-17");

    const history = await as(OFFICER).press(...press(card, "History"));
    const old = await as(CHAIR).press("committee.history", { of: "meeting", record: "2019-10-10" });
    const refused = await as(FRENCH).press("committee.history", {
      of: "meeting",
      record: "2019-10-10",
    });

    expect(wordsOn(history)).toContain(
      "9am on 25 September 2019, Nick Mills moved the meeting from 10 October 2019 to 17 October 2019",
    );
    expect(wordsOn(history)).toContain("Date: 17 October 2019 (before: 10 October 2019)");
    expect(wordsOn(history)).not.toContain("Place:");
    expect(wordsOn(old)).toContain("State: moved (before: planned)");
    expect(wordsOn(old)).toContain("Moved to: 17 October 2019");
    expect(wordsOn(refused)).toContain("is for");
  });

  it("and the audit name the change", async () => {
    const { as } = await openProduct(tables);
    await move(as(OFFICER), "2019-10-10", "2019-10-17");

    const audit = wordsOn(await as(ADMINISTRATOR).say("audit 25 September 2019"));

    expect(audit).toContain("moved a meeting from 2019-10-10");
  });
});

async function move(
  officer: {
    say: (text: string) => Promise<Card>;
    press: (verb: string, data: object, id?: string) => Promise<Card>;
  },
  from: string,
  to: string,
): Promise<Card> {
  const asked = await officer.say(`move meeting ${from} to ${to}`);
  return officer.press(...press(asked, "Move the meeting"));
}

function store() {
  return createCommitteeStore(tables);
}

function changesOf(date: string) {
  return store().meetingHistory(COMMITTEE, date);
}

describe("the updates of a meeting", () => {
  const EARLIER = "add meeting 3 October 2019";

  it("stay with it when an earlier meeting is added, and the question says so", async () => {
    const { as } = await openProduct(tables);
    await send(as(FRENCH));
    const form = await as(OFFICER).say(EARLIER);
    const asked = await as(OFFICER).press(...press(form, "Check"));
    await as(OFFICER).press(...press(asked, "Add the meeting"));

    expect(wordsOn(asked)).toContain("1 update is written for the meeting on 10 October 2019");
    expect(wordsOn(asked)).toContain("What is written stays there.");
    expect(wordsOn(asked)).toContain("The draft deadline, 20 September 2019, has passed.");
    expect(wordsOn(await as(CHAIR).say("preview digest 10 October 2019"))).toContain("Repair café");
    expect(wordsOn(await as(OFFICER).say("export updates for 3 October 2019"))).toContain(
      "Fenland: Not received",
    );
    expect(wordsOn(await as(OFFICER).say("export updates for 10 October 2019"))).not.toContain(
      "Fenland: Not received",
    );
    expect(wordsOn(await as(FRENCH).say("show update Fenland"))).toContain("10 October 2019");
    expect(wordsOn(await as(OFFICER).say("update status"))).toContain(
      "for the meeting on 10 October 2019",
    );
  });

  it("leave the month after them for the meeting that was added", async () => {
    const { as } = await openProduct(tables);
    await send(as(FRENCH));
    await add(as(OFFICER));

    const form = await as(FRENCH).say("log update");
    await as(FRENCH).press(...press(form, "Submit", { updates: "New" }));

    expect(wordsOn(form)).toContain("October 2019, for the meeting on 3 October 2019");
    expect(wordsOn(await as(FRENCH).say("show update Fenland September 2019"))).toContain("café");
    expect(wordsOn(await as(OFFICER).say("update status"))).not.toContain("for the meeting on 10");
  });

  it("go along when it is moved, even behind another meeting on its old day", async () => {
    const { as } = await openProduct(tables);
    await send(as(FRENCH));
    const asked = await as(OFFICER).say("move meeting 10 October to 17 October");
    await as(OFFICER).press(...press(asked, "Move the meeting"));
    await add(as(OFFICER), "add meeting 10 October 2019");

    expect(wordsOn(asked)).toContain("1 update is written for it. What is written goes along.");
    expect(wordsOn(await as(FRENCH).say("show update Fenland"))).toContain(
      "17 October 2019 (moved from 10 October 2019)",
    );
    expect(wordsOn(await as(CHAIR).say("preview digest 17 October 2019"))).toContain("Repair café");
  });

  it("go to the next one when it is cancelled, and say so", async () => {
    const { as } = await openProduct(tables);
    await send(as(FRENCH));
    const asked = await as(OFFICER).say("cancel meeting 10 October 2019");
    await as(OFFICER).press(...press(asked, "Cancel the meeting"));

    expect(wordsOn(asked)).toContain("goes to the meeting on 21 November 2019");
    expect(wordsOn(await as(FRENCH).say("show update Fenland"))).toContain(
      "21 November 2019 (the meeting on 10 October 2019 was cancelled)",
    );
    const digest = wordsOn(await as(CHAIR).say("preview digest"));
    expect(digest).toContain("Repair café");
    expect(digest).toContain("written for the meeting on 10 October 2019, which was cancelled");
    expect(wordsOn(await as(OFFICER).say("update status"))).toContain("Submitted at");
  });

  type Somebody = ReturnType<Awaited<ReturnType<typeof openProduct>>["as"]>;

  async function send(champion: Somebody): Promise<Card> {
    const form = await champion.say("log update");
    return champion.press(...press(form, "Submit", { updates: "Repair café" }));
  }

  async function add(officer: Somebody, words = EARLIER): Promise<Card> {
    const asked = await officer.press(...press(await officer.say(words), "Check"));
    return officer.press(...press(asked, "Add the meeting"));
  }
});
