import { createClock } from "../src/calendar.ts";
import type { Card } from "../src/card-template.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { createDigestStore } from "../src/digest/store.ts";
import type { Sent } from "../src/feature.ts";
import { createPeopleStore } from "../src/people/store.ts";
import type { Tables } from "../src/tables.ts";
import { CHAIR, EVERY, OFFICER, openProduct, press, titlesOf, wordsOn } from "./support/council.ts";
import {
  COMMITTEE,
  type createTeams,
  meeting,
  ROOM,
  startReplica,
  withSmallCommittee,
} from "./support/replicas.ts";

const DATE = "2019-10-10";
/** Five working days before Thursday 10 October 2019. */
const DUE = "2019-10-03T09:00";
const PLANNED = meeting(DATE, "2019-10-02");
const CANCELLED = { ...PLANNED, state: "cancelled" } as const;
const LIBRARIES = { order: 1, title: "Libraries", isPrivate: false, goesToFullCouncil: false };
const NO_CARD: Card = { type: "AdaptiveCard", version: "1.5", body: [] };
const BUSY = { outcome: "refused", reason: "429" } as const;
const GONE = { outcome: "refused", reason: "404" } as const;

let tables: Tables;
let teams: ReturnType<typeof createTeams>;
withSmallCommittee(async (ownTables, ownTeams) => {
  [tables, teams] = [ownTables, ownTeams];
  await setDigests({});
});

describe("what cannot be changed where it stands", () => {
  it("because an officer said that it is there is corrected in a new post", async () => {
    teams.outcomes.push({ outcome: "unknown" });
    await look(DUE, "2019-10-03T09:02");
    const doubt = teams.toOfficer()[0]?.card;
    if (!doubt) throw new Error("Nobody was asked");
    const { as } = await openProduct(tables);
    await as(OFFICER, { clock: "2019-10-03T09:30" }).press(...press(doubt, "It is there"));

    await plan(CANCELLED);
    await look("2019-10-03T10:00", "2019-10-03T11:00");

    expect(teams.inRoom().map(({ card }) => wordsOn(card))).toEqual([
      expect.stringContaining("Before the meeting"),
      expect.stringContaining("Correction: the meeting on 10 October 2019 is cancelled"),
    ]);
    expect(wordsOn(teams.inRoom()[1]?.card)).toContain("posted here before 10am on 3 October 2019");
  });

  it("because an officer said that it is there says so, and once that something else has changed", async () => {
    teams.outcomes.push({ outcome: "unknown" });
    await look(DUE, "2019-10-03T09:02");
    const doubt = teams.toOfficer()[0]?.card ?? NO_CARD;
    const { as } = await openProduct(tables);
    const officer = as(OFFICER, { clock: "2019-10-03T09:30" });
    const settled = await officer.press(...press(doubt, "It is there"));
    const history = await officer.say("digest history");
    await look("2019-10-03T10:00");
    const before = teams.toOfficer().length;

    await createCommitteeStore(tables).saveAgendaItem(COMMITTEE, DATE, LIBRARIES);
    await look("2019-10-03T11:00", "2019-10-03T11:02", "2019-10-03T12:00", "2019-10-03T12:02");
    const told = teams.toOfficer().slice(before);
    const replica = await startReplica(tables, teams);
    const later = replica.as(OFFICER, "2019-10-03T13:00");
    const [verb, data] = press(told[0]?.card ?? NO_CARD, "Post a correction");
    await later.press(verb, data);
    await later.press(verb, data);

    expect(wordsOn(settled)).toContain("I cannot change it there, as Teams did not confirm it.");
    expect(wordsOn(history)).toContain("said that it is there. It is not changed by the bot.");
    expect(told).toHaveLength(1);
    expect(wordsOn(told[0]?.card)).toContain("Things have changed since.");
    expect(teams.inRoom()).toHaveLength(2);
    expect(wordsOn(teams.inRoom()[1]?.card)).toContain(
      "This corrects the digest that was posted here at 9am on 3 October 2019.",
    );
    expect(wordsOn(teams.inRoom()[1]?.card)).toContain("Libraries");
  });

  it("because nobody has answered the doubt is corrected too", async () => {
    teams.outcomes.push({ outcome: "unknown" });
    await look(DUE, "2019-10-03T09:02");

    await plan(CANCELLED);
    await look("2019-10-03T10:00", "2019-10-03T11:00", "2019-10-04T09:00");

    expect(correctionsInRoom()).toHaveLength(1);
  });

  it("is corrected when only its time changed, once, and again when it changes again", async () => {
    await look(DUE);
    teams.messages.length = 0;

    await plan({ ...PLANNED, time: "14:00" });
    await look("2019-10-03T10:00", "2019-10-03T11:00");
    const first = correctionsInRoom().map(({ card }) => wordsOn(card));
    teams.messages.length = 0;
    await plan(CANCELLED);
    await look("2019-10-03T12:00");

    expect(first).toEqual([expect.stringContaining("Thursday 10 October 2019: 2pm")]);
    expect(correctionsInRoom()).toHaveLength(1);
    expect(wordsOn(correctionsInRoom()[0]?.card)).toContain("is cancelled");
  });

  it("is corrected for the chair in their own chat", async () => {
    await setDigests({ toChair: true });
    await look(DUE);
    teams.messages.splice(
      teams.messages.findIndex(({ to }) => to === CHAIR.id),
      1,
    );

    await plan(CANCELLED);
    await look("2019-10-03T10:00");

    const forChair = teams.messages.filter(({ to }) => to === CHAIR.id);
    expect(forChair.map(({ card }) => wordsOn(card))).toEqual([
      expect.stringContaining("Correction: the meeting on 10 October 2019 is cancelled"),
    ]);
  });

  it("is corrected when Teams never confirms that it was changed", async () => {
    await look(DUE);
    teams.renewals.push(...Array.from({ length: 4 }, () => ({ outcome: "unknown" }) as const));

    await plan(CANCELLED);
    await look(...["10:00", "11:00", "12:00", "13:00"].map((time) => `2019-10-03T${time}`));

    expect(correctionsInRoom()).toHaveLength(1);
  });

  it("is corrected later when Teams is busy, and the officer is told when it stays so", async () => {
    await look(DUE);
    teams.messages.length = 0;
    teams.outcomes.push(BUSY);
    await plan(CANCELLED);
    await look("2019-10-03T10:00");
    const early = correctionsInRoom().length;
    await look("2019-10-03T10:06", "2019-10-03T11:00");
    const later = correctionsInRoom().length;

    await plan({ ...PLANNED, time: "15:00" });
    teams.messages.length = 0;
    teams.outcomes.push(BUSY, BUSY, BUSY, BUSY);
    for (const hour of ["12", "13", "14", "15", "16"]) await look(`2019-10-03T${hour}:00`);

    expect([early, later]).toEqual([0, 1]);
    expect(teams.toOfficer().map(({ card }) => wordsOn(card))).toEqual([
      expect.stringContaining("The correction was not posted"),
    ]);
    expect(titlesOf(teams.toOfficer()[0]?.card ?? NO_CARD)).toEqual(["Try again"]);
  });

  it("is not corrected while digests are paused, and the officer is asked", async () => {
    await look(DUE);
    teams.messages.length = 0;
    const pause = { pausedFrom: "2019-10-03T08:30:00Z", pausedUntil: "2019-11-01" };
    await setDigests(pause);
    await plan(CANCELLED);
    await look("2019-10-03T10:00", "2019-10-03T10:01");
    const paused = correctionsInRoom().length;

    const asked = teams.toOfficer()[0]?.card ?? NO_CARD;
    const { as, posted } = await openProduct(tables);
    const done = await as(OFFICER, { clock: "2019-10-03T10:30" }).press(...press(asked, "Post it"));

    expect(paused).toBe(0);
    expect(wordsOn(done)).toContain("The correction is posted");
    expect(posted.map(({ to }) => to)).toEqual([ROOM.channel]);
  });
});

describe("what is renewed where it stands", () => {
  it("stands in the earlier channel when the digests go to another one since", async () => {
    await look(DUE);
    const store = createDigestStore(tables);
    const channel = await store.channelOf(COMMITTEE);
    const place = { ...ROOM, channel: "room 2", conversation: "room 2" };
    if (channel)
      await store.saveChannel(COMMITTEE, { ...channel, place, at: "2019-10-04T08:00:00Z" });

    await plan(CANCELLED);
    await look("2019-10-04T10:00");

    expect(teams.inRoom().map(({ card }) => wordsOn(card))).toEqual([
      expect.stringContaining("The meeting on 10 October 2019 is cancelled"),
    ]);
    expect(teams.messages).toHaveLength(1);
  });

  it("ends as the newest says, however late an older one lands", async () => {
    await look(DUE);
    let arrive: (sent: Sent) => void = () => undefined;
    teams.renewals.push(new Promise((resolve) => (arrive = resolve)));
    await createCommitteeStore(tables).saveAgendaItem(COMMITTEE, DATE, {
      order: 1,
      title: "Libraries",
      isPrivate: false,
      goesToFullCouncil: false,
    });
    const slow = await startReplica(tables, teams);
    const slowLook = slow.lookAt("2019-10-03T10:00");
    while (teams.renewals.length > 0) await new Promise((next) => setTimeout(next, 10));

    await plan(CANCELLED);
    await look("2019-10-03T11:00");
    arrive({ outcome: "sent", activity: "message" });
    await slowLook;

    expect(teams.inRoom().map(({ card }) => wordsOn(card))).toEqual([
      expect.stringContaining("is cancelled"),
    ]);
  });
});

describe("a doubt", () => {
  it("that one officer settled is not asked again by telling the others", async () => {
    await secondOfficer();
    teams.outcomes.push({ outcome: "unknown" });
    await look(DUE);
    let arrive: () => void = () => undefined;
    const { jobs, as, posted, outcomes } = await openProduct(tables);
    const late = new Promise<Sent>(
      (resolve) => (arrive = () => resolve({ outcome: "sent", activity: "late" })),
    );
    outcomes.push({ outcome: "sent", activity: "first" }, late);
    const telling = jobs.look(createClock("2019-10-03T09:02")());
    for (let tries = 0; posted.length < 2 && tries < 500; tries += 1)
      await new Promise((next) => setTimeout(next, 10));

    const card = posted[0]?.card ?? NO_CARD;
    const first = posted[0]?.to === OFFICER.id ? OFFICER : EVERY;
    const second = first === OFFICER ? EVERY : OFFICER;
    const there = await as(first, { clock: "2019-10-03T09:02" }).press(
      ...press(card, "It is there"),
    );
    arrive();
    await telling;
    const after = await as(second, { clock: "2019-10-03T09:05" }).press(...press(card, "Post it"));

    expect(wordsOn(there)).toContain("The digest is posted");
    expect(wordsOn(after)).toContain(`${first.name} said that it is in the committee's channel`);
    expect(posted.filter(({ to }) => to === ROOM.channel)).toEqual([]);
  });

  it("is put once to the officer who got it, and at most four times to the other", async () => {
    await secondOfficer();
    teams.outcomes.push({ outcome: "unknown" });
    await look(DUE);
    let wall = createClock("2019-10-03T09:02")();
    const product = await openProduct(tables, { wallClock: () => wall });
    for (let time = 0; time < 8; time += 1) {
      const isFirst = time === 0;
      product.outcomes.push(isFirst ? { outcome: "sent", activity: "told" } : GONE, GONE);
      await product.jobs.look(wall);
      product.outcomes.length = 0;
      wall = wall.add({ hours: 1 });
    }

    const asked = product.posted.filter(({ card }) => wordsOn(card).includes("may not have"));
    const counts = [OFFICER, EVERY].map(({ id }) => asked.filter(({ to }) => to === id).length);
    expect(counts.toSorted((a, b) => a - b)).toEqual([1, 4]);
  });
});

it("a channel that an officer has just chosen is not undone by what was learned of the earlier one", async () => {
  const store = createDigestStore(tables);
  const was = await store.channelOf(COMMITTEE);
  if (!was) throw new Error("No channel is chosen");
  const place = { ...ROOM, channel: "room 2" };
  await store.saveChannel(COMMITTEE, { ...was, place, at: "2019-10-01T08:00:00Z" });

  await store.changeChannel(COMMITTEE, was, { audience: "public", isStated: false });

  expect(await store.channelOf(COMMITTEE)).toMatchObject({ place, audience: "committee" });
});

function correctionsInRoom() {
  return teams.inRoom().filter(({ card }) => wordsOn(card).includes("Correction:"));
}

/** Each look is one of a new process. */
async function look(...times: readonly string[]): Promise<void> {
  for (const time of times) await (await startReplica(tables, teams)).lookAt(time);
}

async function plan(
  changed: Parameters<ReturnType<typeof createCommitteeStore>["saveMeeting"]>[1],
) {
  await createCommitteeStore(tables).saveMeeting(COMMITTEE, changed);
}

async function setDigests(change: object) {
  const base = { workingDaysBefore: 5, time: "09:00", atPublication: false, toChair: false };
  await createDigestStore(tables).saveSettings(COMMITTEE, { ...base, ...change });
}

async function secondOfficer() {
  const roles = [{ role: "officer" as const, from: "2019-05-01" }];
  const people = createPeopleStore(tables);
  await people.save(COMMITTEE, [{ ...EVERY, roles }], await people.read(COMMITTEE));
}
