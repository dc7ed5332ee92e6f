import { createCommitteeStore } from "../src/committee/store.ts";
import { createNudgeStore } from "../src/nudges/store.ts";
import { NudgeSettings } from "../src/nudges/schema.ts";
import type { Tables } from "../src/tables.ts";
import { createPeopleStore } from "../src/people/store.ts";
import { FRENCH, OFFICER, press, startTables, titlesOf, wordsOn } from "./support/council.ts";
import {
  COMMITTEE,
  createTeams,
  meeting,
  ROOM,
  smallCommittee,
  startReplica,
  type Crash,
} from "./support/replicas.ts";

/** Five working days before Friday 27 September 2019, the draft deadline for 10 October. */
const DUE = "2019-09-20T09:30";
const BEFORE = "2019-09-20T09:28";
const MEETING = "2019-10-10";
/** A meeting with its draft deadline. */
const FRIDAY = [MEETING, "2019-09-27"];

type Teams = ReturnType<typeof createTeams>;

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
let teams: Teams;
beforeAll(async () => (service = await startTables()));
beforeEach(async () => ({ tables, teams } = await committeeWithTeams()));
afterAll(() => service.stop());

describe("a nudge that is due", () => {
  it("reaches the champion once on three replicas that look all the time", async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => startReplica(tables, teams)));

    for (const time of ["09:29", "09:30", "09:31", "12:00", "16:59"])
      await Promise.all(replicas.map(({ lookAt }) => lookAt(`2019-09-20T${time}`)));

    expect(toChampion(teams)).toHaveLength(1);
    expect(titlesOf(lastCard(teams))).toEqual([
      "log update",
      "Remind me tomorrow",
      "Not for this meeting",
      "away",
    ]);
  });

  it("is not due a minute before", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-09-20T09:29");

    expect(toChampion(teams)).toEqual([]);
  });

  it("comes again two working days before the deadline, and says so where that is a guess", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt(DUE);
    await lookAt("2019-09-25T09:30");

    expect(toChampion(teams)).toHaveLength(2);
    const words = wordsOn(lastCard(teams));
    expect(words).toContain("The draft deadline is Friday 27 September 2019");
    expect(words).toContain("13 days before the meeting");
  });

  it.each([
    ["the end of summer time", "2019-11-14", "2019-10-31", ["2019-10-24", "2019-10-29"]],
    ["the start of summer time", "2020-04-16", "2020-04-02", ["2020-03-26", "2020-03-31"]],
  ])("goes at 9:30am in London across %s", async (_what, date, deadline, days) => {
    await plan(date, deadline);
    const { lookAt } = await startReplica(tables, teams);

    const counts: number[] = [];
    for (const time of days.flatMap((day) => [`${day}T09:29`, `${day}T09:30`])) {
      await lookAt(time);
      counts.push(toChampion(teams).length);
    }

    expect(counts).toEqual([0, 1, 1, 2]);
  });

  it("names both districts of one champion, once each time, with a form for each", async () => {
    await giveTwoDistricts();
    const replicas = await Promise.all([1, 2, 3].map(() => startReplica(tables, teams)));

    for (const time of [DUE, "2019-09-20T09:31", "2019-09-25T09:30", "2019-09-26T12:00"])
      await Promise.all(replicas.map(({ lookAt }) => lookAt(time)));

    expect(toChampion(teams)).toHaveLength(2);
    expect(wordsOn(lastCard(teams))).toContain("Your updates for Fenland and Ely are not in yet");
    expect(titlesOf(lastCard(teams)).slice(0, 2)).toEqual(["log update Fenland", "log update Ely"]);
  });

  it("about both districts that Teams is too busy for goes once later", async () => {
    await giveTwoDistricts();
    const { lookAt } = await startReplica(tables, teams);
    teams.outcomes.push({ outcome: "refused", reason: "429" });

    for (const time of [DUE, "2019-09-20T09:36", "2019-09-20T09:42"]) await lookAt(time);

    expect(toChampion(teams)).toHaveLength(1);
  });

  it("does not go for a meeting that another replica has just cancelled", async () => {
    const [here, there] = [await startReplica(tables, teams), await startReplica(tables, teams)];
    await there.lookAt("2019-09-20T09:29");
    const officer = here.as(OFFICER, "2019-09-20T09:29");
    const asked = await officer.say("cancel meeting 10 October 2019");
    const [verb, data] = press(asked, titlesOf(asked)[0] ?? "");
    await officer.press(verb, data);

    await there.lookAt(DUE);

    expect(toChampion(teams)).toEqual([]);
  });

  it("waits for Teams when it is too busy, and goes once", async () => {
    const { lookAt } = await startReplica(tables, teams);
    teams.outcomes.push({ outcome: "refused", reason: "429" });

    await lookAt(DUE);
    await lookAt("2019-09-20T09:31");
    const before = toChampion(teams).length;
    await lookAt("2019-09-20T09:36");
    await lookAt("2019-09-20T09:42");

    expect([before, toChampion(teams).length]).toEqual([0, 1]);
  });

  it("is not tried again where the champion has removed the bot", async () => {
    const { lookAt } = await startReplica(tables, teams);
    teams.outcomes.push({ outcome: "refused", reason: "403 BotNotInConversationRoster" });

    await lookAt(DUE);
    await lookAt("2019-09-20T15:00");

    expect(toChampion(teams)).toEqual([]);
    expect(await states()).toEqual(["refused"]);
  });

  it("that Teams does not confirm is not repeated", async () => {
    const { lookAt } = await startReplica(tables, teams);
    teams.outcomes.push({ outcome: "unknown" });

    await lookAt(DUE);
    await lookAt("2019-09-20T15:00");

    expect(toChampion(teams)).toHaveLength(1);
    expect(await states()).toEqual(["doubtful"]);
  });

  it("was due before the bot knew the committee, so it is not expected", async () => {
    await createNudgeStore(tables).saveWay(COMMITTEE, ROOM, "2019-09-20T08:31:00Z");
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-09-20T10:00");

    expect(toChampion(teams)).toEqual([]);
  });
});

describe("a bot that slept", () => {
  it.each([
    ["in the evening", FRIDAY, ["2019-09-20T17:00", "2019-09-20T23:59"], "2019-09-23T08:00"],
    ["in the early morning", FRIDAY, ["2019-09-23T00:30", "2019-09-23T07:59"], "2019-09-23T08:00"],
    ["at a weekend", FRIDAY, ["2019-09-21T11:00", "2019-09-22T11:00"], "2019-09-23T08:00"],
    [
      "at Christmas",
      ["2020-01-09", "2019-12-27"],
      ["2019-12-25T10:00", "2019-12-26T10:00"],
      "2019-12-27T08:00",
    ],
    [
      "on Good Friday",
      ["2020-04-23", "2020-04-15"],
      ["2020-04-10T10:00", "2020-04-13T10:00"],
      "2020-04-14T08:00",
    ],
  ])("and wakes %s nudges at the next working hour, once", async (_when, dates, asleep, next) => {
    const [date = "", deadline = ""] = dates;
    await plan(date, deadline);
    const { lookAt } = await startReplica(tables, teams);

    for (const time of asleep) await lookAt(time);
    const before = toChampion(teams).length;
    await lookAt(next);
    await lookAt(next.replace("T08:00", "T08:01"));

    expect([before, toChampion(teams).length]).toEqual([0, 1]);
  });

  it("sends one nudge where two came due", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-09-26T10:00");
    await lookAt("2019-09-27T10:00");

    expect(toChampion(teams)).toHaveLength(1);
  });

  it("past the meeting says in the ledger that it was not at work, once on all replicas", async () => {
    const { lookAt } = await startReplica(tables, teams);
    const other = await startReplica(tables, teams);
    await lookAt("2019-09-19T12:00");

    await Promise.all([lookAt("2019-10-14T10:00"), other.lookAt("2019-10-14T10:00")]);
    await lookAt("2019-10-14T12:00");

    const { nudges } = await createNudgeStore(tables).ledgerOf(COMMITTEE, MEETING);
    expect(toChampion(teams)).toEqual([]);
    expect(nudges.map(({ nudge: { day, silence } }) => [day, silence])).toEqual([
      ["2019-09-20", "asleep"],
      ["2019-09-25", "asleep"],
    ]);
    const history = await other.as(OFFICER, "2019-10-14T12:00").say("nudge history");
    expect(wordsOn(history)).toContain(
      "9:30am on 20 September 2019, Fenland, Jan French: not reminded, the bot was not at work then.",
    );
  });

  it("leaves a day that it slept past to the nudge of this day, half an hour later", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-09-19T12:00");
    await lookAt("2019-09-25T09:00");
    const before = toChampion(teams).length;
    await lookAt("2019-09-25T09:30");

    expect(before).toBe(0);
    expect(toChampion(teams)).toHaveLength(1);
  });

  it("still nudges on the day of the deadline, without offering tomorrow", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-09-27T10:00");

    expect(wordsOn(lastCard(teams))).toContain("The draft deadline is today");
    expect(titlesOf(lastCard(teams))).not.toContain("Remind me tomorrow");
  });

  it("nudges nobody after the deadline, and the ledger says why", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-09-30T10:00");
    await lookAt("2019-10-09T10:00");

    expect(toChampion(teams)).toEqual([]);
    expect(await silences()).toEqual(["missed"]);
  });
});

describe("the officers' list", () => {
  it("comes at 9am on the day of the deadline, once on three replicas", async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => startReplica(tables, teams)));

    const counts: number[] = [];
    for (const time of ["08:59", "09:00", "09:01", "15:00"]) {
      await Promise.all(replicas.map(({ lookAt }) => lookAt(`2019-09-27T${time}`)));
      counts.push(teams.toOfficer().length);
    }

    expect(counts).toEqual([0, 1, 1, 1]);
    expect(wordsOn(teams.toOfficer()[0]?.card)).toContain("Fenland: Jan French");
    expect(titlesOfOfficer()).toContain("update status");
  });

  it("waits for the next working day when the deadline is none", async () => {
    await plan("2020-04-23", "2020-04-10");
    const { lookAt } = await startReplica(tables, teams);
    await lookAt("2020-04-09T10:00");
    const before = teams.toOfficer().length;

    const counts: number[] = [];
    for (const time of ["2020-04-10T09:00", "2020-04-13T09:00", "2020-04-14T08:00"]) {
      await lookAt(time);
      counts.push(teams.toOfficer().length - before);
    }

    expect(counts).toEqual([0, 0, 1]);
  });

  it("says so where it comes late", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-09-30T10:00");

    expect(wordsOn(teams.toOfficer().at(-1)?.card)).toContain(
      "This list was due at 9am on 27 September 2019 and comes late.",
    );
  });

  it("comes for a meeting whose deadline is before the meeting that is next", async () => {
    await plan("2019-11-07", "2019-10-09");
    const { lookAt } = await startReplica(tables, teams);
    await lookAt("2019-09-27T09:00");
    const before = teams.toOfficer().length;

    await lookAt("2019-10-02T09:30");
    await lookAt("2019-10-09T09:00");

    expect(wordsOn(lastCard(teams))).toContain("7 November 2019");
    expect(teams.toOfficer().length).toBe(before + 1);
    expect(wordsOn(teams.toOfficer().at(-1)?.card)).toContain("7 November 2019");
  });

  it("comes again while Teams does not confirm it, four times at most", async () => {
    const { lookAt } = await startReplica(tables, teams);
    await onlyTheList();
    teams.outcomes.push(...Array.from({ length: 9 }, () => ({ outcome: "unknown" }) as const));

    for (let hour = 9; hour < 17; hour += 1)
      for (const minute of ["00", "30"])
        await lookAt(`2019-09-27T${String(hour).padStart(2, "0")}:${minute}`);

    expect(teams.toOfficer()).toHaveLength(4);
  });
});

describe("a process that ends in the middle", () => {
  it("never leads to a second nudge, nor to one that the ledger does not know", async () => {
    const crashes = await crashesAt(BEFORE, DUE);

    const ends: string[] = [];
    for (const crash of crashes) ends.push(await playNudge(crash));

    expect(crashes.length).toBeGreaterThan(8);
    expect(new Set(ends)).toEqual(new Set(["1 sent", "1 sending", "0 sending"]));
  }, 120_000);

  it("may have the officers told twice, and never not at all", async () => {
    await onlyTheList();
    const crashes = await crashesAt("2019-09-27T08:58", "2019-09-27T09:00");

    const ends: number[] = [];
    for (const crash of crashes) ends.push(await playList(crash));

    expect(crashes.length).toBeGreaterThan(6);
    expect(new Set(ends)).toEqual(new Set([1, 2]));
  }, 120_000);
});

/** Every effect of one look, not done and done. What else the day brings was done before it. */
async function crashesAt(before: string, time: string): Promise<Crash[]> {
  const whole = await startReplica(tables, teams);
  await whole.lookAt(before);
  const already = whole.effects();
  await whole.lookAt(time);
  const effects = whole.effects() - already;
  return Array.from({ length: effects }, (_, index) => index + 1).flatMap((effect) =>
    [false, true].map((isDone) => ({ effect, isDone })),
  );
}

/** How many nudges arrived, and what the ledger says, after a crash and a long look by another. */
async function playNudge(crash: Crash): Promise<string> {
  ({ tables, teams } = await committeeWithTeams());
  const survivor = await startReplica(tables, teams);
  await survivor.lookAt(BEFORE);
  await (await startReplica(tables, teams, crash)).lookAt(DUE);
  for (const time of ["09:31", "09:37", "09:43"]) await survivor.lookAt(`2019-09-20T${time}`);
  return `${toChampion(teams).length} ${(await states()).join()}`;
}

async function playList(crash: Crash): Promise<number> {
  ({ tables, teams } = await committeeWithTeams());
  await onlyTheList();
  const survivor = await startReplica(tables, teams);
  await survivor.lookAt("2019-09-27T08:58");
  await (await startReplica(tables, teams, crash)).lookAt("2019-09-27T09:00");
  for (const time of ["09:01", "09:07", "09:13"]) await survivor.lookAt(`2019-09-27T${time}`);
  return teams.toOfficer().length;
}

/** The nudges came due before the settings were saved, so they are not made up. */
async function onlyTheList(): Promise<void> {
  const settings = { ...NudgeSettings.parse({}), since: "2019-09-26T08:00:00Z" };
  await createNudgeStore(tables).saveSettings(COMMITTEE, settings);
}

async function plan(date: string, draftDeadline: string): Promise<void> {
  const planned = { ...meeting(date, draftDeadline), draftDeadline };
  await createCommitteeStore(tables).saveMeeting(COMMITTEE, planned);
}

async function states(): Promise<string[]> {
  const { nudges } = await createNudgeStore(tables).ledgerOf(COMMITTEE, MEETING);
  return nudges.map(({ nudge }) => nudge.state);
}

async function silences(): Promise<(string | undefined)[]> {
  const { nudges } = await createNudgeStore(tables).ledgerOf(COMMITTEE, MEETING);
  return nudges.map(({ nudge }) => nudge.silence);
}

function toChampion({ messages }: Teams) {
  return messages.filter(({ to }) => to === FRENCH.id);
}

function lastCard(from: Teams) {
  const last = toChampion(from).at(-1);
  if (!last) throw new Error("The champion was not nudged");
  return last.card;
}

function titlesOfOfficer(): string[] {
  return teams.toOfficer().flatMap(({ card }) => titlesOf(card));
}

async function committeeWithTeams() {
  const own = { tables: service.freshTables(), teams: createTeams() };
  await smallCommittee(own.tables);
  await createNudgeStore(own.tables).saveWay(COMMITTEE, ROOM, "2019-09-02T08:00:00Z");
  return own;
}

async function giveTwoDistricts(): Promise<void> {
  const districts = ["Fenland", "Ely"].map((name) => ({
    id: name.toLowerCase(),
    name,
    aliases: [],
  }));
  const committee = { id: COMMITTEE, name: "Small Committee", aliases: [], priorityLists: [] };
  await createCommitteeStore(tables).saveCommittee({ ...committee, districts });
  const people = createPeopleStore(tables);
  const roles = districts.map(({ id }) => ({
    role: "champion" as const,
    district: id,
    from: "2019-05-01",
  }));
  await people.save(COMMITTEE, [{ ...FRENCH, roles }], await people.read(COMMITTEE));
}
