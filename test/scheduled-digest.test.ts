import fc from "fast-check";
import { createCommitteeStore } from "../src/committee/store.ts";
import { createDigestStore } from "../src/digest/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  CHAIR,
  FRENCH,
  OFFICER,
  openProduct,
  press,
  startTables,
  wordsOn,
} from "./support/council.ts";
import {
  COMMITTEE,
  createTeams,
  meeting,
  ROOM,
  smallCommittee,
  startReplica,
  type Crash,
} from "./support/replicas.ts";

/** Five working days before Thursday 10 October 2019. */
const DUE = "2019-10-03T09:00";
/** What the day brings besides is done by then. */
const BEFORE = "2019-10-03T08:58";

const LIBRARIES = { order: 1, title: "Libraries", isPrivate: false, goesToFullCouncil: false };

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
let teams: ReturnType<typeof createTeams>;
beforeAll(async () => (service = await startTables()));
beforeEach(async () => ({ tables, teams } = await committeeWithTeams()));
afterAll(() => service.stop());

describe("a digest that is due", () => {
  it("goes to the channel and to the chair, once, on three replicas that look all the time", async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => startReplica(tables, teams)));

    for (const time of ["2019-10-03T08:59", DUE, "2019-10-03T09:01", "2019-10-04T09:00"])
      await Promise.all(replicas.map(({ lookAt }) => lookAt(time)));

    expect(teams.messages.map(({ to }) => to).toSorted()).toEqual([CHAIR.id, ROOM.channel]);
  });

  it("is not due a minute before", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-10-03T08:59");

    expect(teams.messages).toEqual([]);
  });

  it("goes on the day of publication too", async () => {
    const { lookAt } = await startReplica(tables, teams);
    await createDigestStore(tables).saveSettings(COMMITTEE, settings({ atPublication: true }));

    await lookAt("2019-10-02T09:00");
    await lookAt(DUE);

    expect(teams.inRoom()).toHaveLength(2);
  });

  it("says of the agenda's publication that it is that, and the one after it what has changed", async () => {
    const { lookAt } = await startReplica(tables, teams);
    await createDigestStore(tables).saveSettings(COMMITTEE, settings({ atPublication: true }));
    await lookAt("2019-10-02T09:00");
    const { as } = await openProduct(tables);
    const champion = as(FRENCH, { clock: "2019-10-02T15:00" });
    const form = await champion.say("my update");
    await champion.press(...press(form, "Submit", { updates: "The food bank opened" }));
    await createCommitteeStore(tables).saveAgendaItem(COMMITTEE, "2019-10-10", LIBRARIES);

    await lookAt("2019-10-02T16:00");
    await lookAt(DUE);

    const [first, second] = teams.inRoom();
    expect(wordsOn(first?.card).split("\n")[0]).toBe(
      "The agenda is published: the meeting on Thursday 10 October 2019",
    );
    expect(wordsOn(first?.card)).not.toContain("Since");
    expect(wordsOn(second?.card).split("\n").slice(0, 2)).toEqual([
      "Before the meeting on Thursday 10 October 2019",
      "Since 2 October 2019: Agenda: new: Libraries. Fenland's update came in.",
    ]);
    const own = await as(OFFICER, { clock: "2019-10-03T10:00" }).say("preview digest");
    expect(wordsOn(own)).toContain("Since 2 October 2019: Agenda: new: Libraries.");
  });

  it("says that nothing has changed since the one at publication, where that is so", async () => {
    const { lookAt } = await startReplica(tables, teams);
    await createDigestStore(tables).saveSettings(COMMITTEE, settings({ atPublication: true }));

    await lookAt("2019-10-02T09:00");
    await lookAt(DUE);

    const [, second] = teams.inRoom();
    expect(wordsOn(second?.card)).toContain("Nothing has changed since 2 October 2019.");
  });

  it.each([
    ["the end of summer time", "2019-10-31", "2019-10-24"],
    ["after the end of summer time", "2019-11-07", "2019-10-31"],
    ["the start of summer time", "2020-04-07", "2020-03-31"],
  ])("goes at 9am in London across %s", async (_what, date, due) => {
    await createCommitteeStore(tables).saveMeeting(COMMITTEE, meeting(date, due));
    const { lookAt } = await startReplica(tables, teams);
    await lookAt("2019-10-11T10:00");
    const before = teams.inRoom().length;

    await lookAt(`${due}T08:59`);
    const early = teams.inRoom().length;
    await lookAt(`${due}T09:00`);

    expect([early - before, teams.inRoom().length - before]).toEqual([0, 1]);
  });

  it("is caught up after a sleep, and says so", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-10-07T15:00");

    expect(wordsOn(teams.inRoom()[0]?.card)).toContain(
      "This was due at 9am on 3 October 2019 and comes late",
    );
  });

  it("that could not go before the meeting began is not posted, and the officer is told", async () => {
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-10-10T10:00");
    await lookAt("2019-10-10T10:01");

    expect(teams.inRoom()).toEqual([]);
    expect(
      teams
        .toOfficer()
        .map(({ card }) => wordsOn(card))
        .join(),
    ).toContain("A digest was never posted");
    expect(teams.toOfficer()).toHaveLength(2);
  });

  it("does not go while digests are paused, nor afterwards", async () => {
    await createDigestStore(tables).saveSettings(
      COMMITTEE,
      settings({ pausedFrom: "2019-10-01T08:00:00Z", pausedUntil: "2019-10-07" }),
    );
    const { lookAt } = await startReplica(tables, teams);

    await lookAt(DUE);
    await lookAt("2019-10-07T09:00");

    expect(teams.messages).toEqual([]);
  });

  it("was due before the channel was chosen, so it is not expected there", async () => {
    const store = createDigestStore(tables);
    const channel = await store.channelOf(COMMITTEE);
    if (channel) await store.saveChannel(COMMITTEE, { ...channel, at: "2019-10-03T08:30:00Z" });
    const { lookAt } = await startReplica(tables, teams);

    await lookAt("2019-10-04T09:00");

    expect(teams.messages).toEqual([]);
  });

  it("is tried again later when Teams is too busy, and asked about when it stays so", async () => {
    const { lookAt } = await startReplica(tables, teams);
    await createDigestStore(tables).saveSettings(COMMITTEE, settings({ toChair: false }));
    const busy = { outcome: "refused", reason: "429" } as const;
    teams.outcomes.push(busy, busy, busy, busy);

    await lookAt(DUE);
    await lookAt("2019-10-03T09:01");
    const afterOne = teams.toOfficer().length;
    for (const time of ["09:06", "09:20", "09:40", "11:00"]) await lookAt(`2019-10-03T${time}`);

    expect(afterOne).toBe(0);
    expect(teams.inRoom()).toEqual([]);
    expect(teams.toOfficer().map(({ card }) => wordsOn(card))).toEqual([
      expect.stringContaining("The digest was not posted"),
    ]);
  });

  it("is asked about a minute later when the bot is not in the team any more", async () => {
    const { lookAt } = await startReplica(tables, teams);
    teams.outcomes.push({ outcome: "refused", reason: "403 BotNotInConversationRoster" });

    await lookAt(DUE);
    await lookAt("2019-10-03T09:01");

    expect(teams.toOfficer()).toHaveLength(1);
    expect(wordsOn(teams.toOfficer()[0]?.card)).toContain(
      "this bot is still in the channel's team",
    );
  });
});

describe("a process that ends in the middle", () => {
  it("never leads to a second post unasked, nor to none unsaid, wherever it ends", async () => {
    const whole = await startReplica(tables, teams);
    await whole.lookAt(BEFORE);
    const before = whole.effects();
    await whole.lookAt(DUE);
    const effects = whole.effects() - before;
    const crashes = Array.from({ length: effects }, (_, index) => index + 1).flatMap((effect) =>
      [false, true].map((isDone) => ({ effect, isDone })),
    );

    const ends: string[] = [];
    for (const crash of crashes) ends.push(await play([crash]));

    expect(crashes.length).toBeGreaterThan(15);
    expect(new Set(ends)).toEqual(new Set(["posted once", "posted once, and asked", "asked"]));
  }, 120_000);

  it("may be one replica after another", async () => {
    const crash = fc.record({ effect: fc.integer({ min: 1, max: 14 }), isDone: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(crash, crash, async (first, second) => {
        expect(await play([first, second])).toMatch(/^posted once|^asked/);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

describe("what was posted", () => {
  it("is kept as things stand: a late update is shown in place, without another post", async () => {
    const { lookAt } = await startReplica(tables, teams);
    await lookAt(DUE);

    const store = createCommitteeStore(tables);
    await store.saveAgendaItem(COMMITTEE, "2019-10-10", LIBRARIES);
    await lookAt("2019-10-03T10:00");

    expect(teams.inRoom()).toHaveLength(1);
    expect(wordsOn(teams.inRoom()[0]?.card)).toContain("Libraries");
    const { as } = await openProduct(tables);
    const history = await as(OFFICER, { clock: "2019-10-03T11:00" }).say("digest history");
    expect(wordsOn(history)).toContain("Updated in place, 10am on 3 October 2019.");
  });

  it.each([
    ["moved", { state: "moved", movedTo: "2019-10-17" }, "It is now on Thursday 17 October 2019"],
    ["cancelled", { state: "cancelled" }, "It does not take place"],
  ] as const)("says in its place that the meeting is %s", async (state, change, words) => {
    const { lookAt } = await startReplica(tables, teams);
    await lookAt(DUE);

    const plan = createCommitteeStore(tables);
    await plan.saveMeeting(COMMITTEE, { ...meeting("2019-10-10", "2019-10-02"), ...change });
    const other = await startReplica(tables, teams);
    await other.lookAt("2019-10-03T10:00");

    for (const { card } of teams.messages) {
      expect(wordsOn(card)).toContain(`The meeting on 10 October 2019 is ${state}`);
      expect(wordsOn(card)).toContain(words);
    }
    expect(teams.messages).toHaveLength(2);
    const { as } = await openProduct(tables);
    const history = await as(OFFICER, { clock: "2019-10-03T11:00" }).say("digest history");
    expect(wordsOn(history)).toContain(
      `Replaced by a notice that it is ${state}, 10am on 3 October 2019.`,
    );
  });

  it("is corrected in a new post where it was deleted, once", async () => {
    const { lookAt } = await startReplica(tables, teams);
    await lookAt(DUE);
    teams.messages.length = 0;

    const plan = createCommitteeStore(tables);
    await plan.saveMeeting(COMMITTEE, {
      ...meeting("2019-10-10", "2019-10-02"),
      state: "cancelled",
    });
    const other = await startReplica(tables, teams);
    await other.lookAt("2019-10-03T10:00");
    await other.lookAt("2019-10-03T11:00");

    expect(teams.inRoom()).toHaveLength(1);
    expect(wordsOn(teams.inRoom()[0]?.card)).toContain("is cancelled");
  });
});

/** Processes that each end at their crash, and one that lives on: what came of it. */
async function play(crashes: readonly Crash[]): Promise<string> {
  const own = await committeeWithTeams();
  const times = ["09:00", "09:06", "09:12", "09:18", "09:24"].map((time) => `2019-10-03T${time}`);
  const survivor = await startReplica(own.tables, own.teams);
  await survivor.lookAt(BEFORE);
  for (const crash of crashes) {
    const replica = await startReplica(own.tables, own.teams, crash);
    await replica.lookAt(times.shift() ?? DUE);
  }
  for (const time of times) await survivor.lookAt(time);
  const posts = own.teams.inRoom().length;
  const isAsked = own.teams
    .toOfficer()
    .some(({ card }) => wordsOn(card).includes("The digest for the meeting"));
  if (posts > 1) return `posted ${posts} times`;
  const posted = posts === 1 ? "posted once" : "";
  return [posted, isAsked ? "asked" : ""].filter(Boolean).join(", and ") || "nothing";
}

function settings(change: object) {
  const base = { workingDaysBefore: 5, time: "09:00", atPublication: false, toChair: true };
  return { ...base, ...change };
}

async function committeeWithTeams() {
  const own = { tables: service.freshTables(), teams: createTeams() };
  await smallCommittee(own.tables);
  await createDigestStore(own.tables).saveSettings(COMMITTEE, settings({}));
  return own;
}
