import { createCommitteeStore } from "../src/committee/store.ts";
import { createDigestStore } from "../src/digest/store.ts";
import type { Tables } from "../src/tables.ts";
import { OFFICER, press, titlesOf, wordsOn } from "./support/council.ts";
import {
  COMMITTEE,
  type createTeams,
  meeting,
  ROOM,
  startReplica,
  withSmallCommittee,
} from "./support/replicas.ts";

let tables: Tables;
let teams: ReturnType<typeof createTeams>;
withSmallCommittee((ownTables, ownTeams) => {
  [tables, teams] = [ownTables, ownTeams];
});

describe("a digest that comes late says why", () => {
  it("when the bot's machine slept over the time, on whichever replica wakes first", async () => {
    const replicas = await Promise.all([1, 2].map(() => startReplica(tables, teams)));
    for (const { lookAt } of replicas) await lookAt("2019-10-02T17:30");

    for (const { lookAt } of replicas) await lookAt("2019-10-07T15:00");

    expect(digestInRoom()).toContain(
      "This was due at 9am on 3 October 2019 and comes late, because this bot was not running from 5:30pm on 2 October 2019 to 3pm on 7 October 2019.",
    );
  });

  it("in the day, not in the night in which the machine wakes", async () => {
    const { lookAt } = await startReplica(tables, teams);
    await lookAt("2019-10-02T17:30");

    await lookAt("2019-10-06T02:10");
    const inTheNight = digestInRoom();
    await lookAt("2019-10-06T08:01");

    expect(inTheNight).toBe("");
    expect(digestInRoom()).toContain("This was due at 9am on 3 October 2019 and comes late");
  });

  it("when every replica was stopped, and a new one was started after it", async () => {
    const earlier = await startReplica(tables, teams);
    const running = earlier.start("2019-10-02T17:30");
    await running.stop();

    const later = await startReplica(tables, teams);
    await later.lookAt("2019-10-04T11:00");

    expect(digestInRoom()).toContain(
      "because this bot was not running from 5:30pm on 2 October 2019 to 11am on 4 October 2019.",
    );
  });

  it("when Teams refused it before, and keeps the line when it is renewed", async () => {
    const { lookAt } = await startReplica(tables, teams);
    const store = createDigestStore(tables);
    const settings = await store.settingsOf(COMMITTEE);
    await store.saveSettings(COMMITTEE, { ...settings, atPublication: false, toChair: false });
    const busy = { outcome: "refused", reason: "429" } as const;
    teams.outcomes.push(busy, busy, busy);
    for (const time of ["09:00", "09:06", "09:20", "10:20"]) await lookAt(`2019-10-03T${time}`);
    const posted = digestInRoom();

    await createCommitteeStore(tables).saveAgendaItem(COMMITTEE, "2019-10-10", {
      order: 1,
      title: "Libraries",
      isPrivate: false,
      goesToFullCouncil: false,
    });
    await lookAt("2019-10-03T11:00");

    const why = "and comes late, because Teams refused it until 9:20am on 3 October 2019.";
    expect(posted).toContain(why);
    expect(digestInRoom()).toContain("Libraries");
    expect(digestInRoom()).toContain(why);
  });

  it("and gives no reason where none is known", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-10-03T12:00");

    expect(digestInRoom()).toContain("This was due at 9am on 3 October 2019 and comes late.");
  });

  it("but not where its meeting was moved nearer, which is no lateness", async () => {
    const { as, lookAt } = await startReplica(tables, teams);
    const officer = as(OFFICER, "2019-10-01T14:00");
    const asked = await officer.say("move meeting 10 October to 4 October");
    const [verb, data] = press(asked, titlesOf(asked)[0] ?? "");
    await officer.press(verb, data);

    await lookAt("2019-10-01T14:05");

    const words = teams.inRoom().map(({ card }) => wordsOn(card));
    expect(words.join()).toContain("because the meeting was moved from 10 October 2019");
    expect(words.join()).not.toContain("comes late");
  });

  it("when its meeting was added after that time, whatever the bot slept over before", async () => {
    await (await startReplica(tables, teams)).lookAt("2019-10-03T17:30");
    const { as, lookAt } = await startReplica(tables, teams);
    await lookAt("2019-10-04T11:00");
    teams.messages.length = 0;
    await addMeeting(as(OFFICER, "2019-10-04T14:00"), "11 October 2019");

    await lookAt("2019-10-04T14:05");

    expect(latestInRoom()).toContain(
      "This was due at 9am on 4 October 2019 and comes late, because the meeting was added at 2pm on 4 October 2019.",
    );
  });

  it("when its meeting was added late and Teams refused it besides", async () => {
    const { as, lookAt } = await startReplica(tables, teams);
    await lookAt("2019-10-03T09:00");
    teams.messages.length = 0;
    await addMeeting(as(OFFICER, "2019-10-04T14:00"), "11 October 2019");
    const busy = { outcome: "refused", reason: "429" } as const;
    teams.outcomes.push(...Array.from({ length: 2 }, () => busy));
    await lookAt("2019-10-04T14:05");

    await lookAt("2019-10-04T15:30");

    expect(latestInRoom()).toContain(
      "because the meeting was added at 2pm on 4 October 2019, and Teams refused it until 2:05pm on 4 October 2019.",
    );
  });

  it("when its meeting was moved there from a day before it", async () => {
    const plan = createCommitteeStore(tables);
    await plan.saveMeeting(COMMITTEE, meeting("2019-10-08", "2019-09-30"));
    const { as, lookAt } = await startReplica(tables, teams);
    await lookAt("2019-10-01T09:00");
    teams.messages.length = 0;
    const officer = as(OFFICER, "2019-10-04T14:00");
    const asked = await officer.say("move meeting 8 October to 9 October");
    const [verb, data] = press(asked, titlesOf(asked)[0] ?? "");
    await officer.press(verb, data);

    await lookAt("2019-10-04T14:05");

    expect(wordsInRoom("9 October 2019")).toContain(
      "This was due at 9am on 2 October 2019 and comes late, because the meeting was moved to this day at 2pm on 4 October 2019.",
    );
  });

  it("and gives none while another replica was at work all the time", async () => {
    const [awake, asleep] = await Promise.all([1, 2].map(() => startReplica(tables, teams)));
    await asleep?.lookAt("2019-10-02T17:30");
    const store = createDigestStore(tables);
    const settings = await store.settingsOf(COMMITTEE);
    await store.saveSettings(COMMITTEE, { ...settings, workingDaysBefore: 1 });
    for (const time of ["08:55", "08:59", "09:05", "11:58"])
      await awake?.lookAt(`2019-10-03T${time}`);
    await store.saveSettings(COMMITTEE, { ...settings, workingDaysBefore: 5 });

    await asleep?.lookAt("2019-10-03T11:59");

    expect(digestInRoom()).toContain("This was due at 9am on 3 October 2019 and comes late.");
  });
});

describe("a machine that slept for months", () => {
  it("tells the officer once which digests never went, and the ledger has them", async () => {
    const before = await startReplica(tables, teams);
    await before.lookAt("2019-10-01T09:00");
    await createCommitteeStore(tables).saveMeeting(COMMITTEE, meeting("2019-11-21", "2019-11-13"));

    const replicas = await Promise.all([1, 2].map(() => startReplica(tables, teams)));
    for (const time of ["2020-01-06T10:00", "2020-01-06T10:01", "2020-01-07T10:00"])
      await Promise.all(replicas.map(({ lookAt }) => lookAt(time)));

    const words = teams.toOfficer().map(({ card }) => wordsOn(card));
    expect(words.filter((each) => each.includes("never posted"))).toHaveLength(1);
    expect(words[0]).toContain("Meeting on 10 October 2019: the digest, due at 9am on 3 October");
    expect(words[0]).toContain("the digest at publication, due at 9am on 2 October 2019");
    expect(words[0]).toContain("the chair's digest, due at 9am on 3 October 2019");
    expect(words[0]).toContain("Meeting on 21 November 2019: the digest, due at 9am on 14 Nov");
    expect(teams.inRoom()).toEqual([]);
    const ledger = await createDigestStore(tables).postsOf(COMMITTEE, "2019-10-10");
    expect(ledger.map(({ post }) => `${post.kind} ${post.state}`).toSorted()).toEqual([
      "chair missed",
      "digest missed",
      "publication missed",
    ]);
  });

  it("is silent about a digest that went, that was paused, or that was cancelled", async () => {
    const { lookAt } = await startReplica(tables, teams);
    const plan = createCommitteeStore(tables);
    await plan.saveMeeting(COMMITTEE, meeting("2019-11-21", "2019-11-13"));
    const cancelled = { ...meeting("2019-12-05", "2019-11-27"), state: "cancelled" as const };
    await plan.saveMeeting(COMMITTEE, cancelled);
    const store = createDigestStore(tables);
    await lookAt("2019-10-03T09:00");
    await store.saveSettings(COMMITTEE, {
      ...(await store.settingsOf(COMMITTEE)),
      pausedFrom: "2019-10-20T09:00:00Z",
      pausedUntil: "2019-12-01",
    });

    await (await startReplica(tables, teams)).lookAt("2020-02-03T10:00");

    expect(teams.toOfficer()).toEqual([]);
  });

  it("is tried again where no officer could be reached", async () => {
    const { lookAt } = await startReplica(tables, teams);
    teams.outcomes.push({ outcome: "refused", reason: "429" });

    await lookAt("2019-12-02T10:00");
    const first = teams.toOfficer().length;
    await lookAt("2019-12-02T10:06");
    await lookAt("2019-12-02T10:12");

    expect([first, teams.toOfficer().length]).toEqual([0, 1]);
  });
});

async function addMeeting(
  officer: ReturnType<Awaited<ReturnType<typeof startReplica>>["as"]>,
  day: string,
): Promise<void> {
  const form = await officer.say(`add meeting ${day}`);
  const [check, typed] = press(form, "Check", { time: "10:00" });
  const asked = await officer.press(check, typed);
  const [add, data] = press(asked, "Add the meeting");
  await officer.press(add, data);
}

function wordsInRoom(of: string): string {
  const words = teams.inRoom().map(({ card }) => wordsOn(card));
  return words.find((each) => each.includes(of) && each.includes("comes late")) ?? "";
}

function latestInRoom(): string {
  return wordsOn(teams.inRoom().at(-1)?.card);
}

function digestInRoom(): string {
  const cards = teams.messages.filter(({ to }) => to === ROOM.channel).map(({ card }) => card);
  return cards.map((card) => wordsOn(card)).find((words) => words.includes("3 October")) ?? "";
}
