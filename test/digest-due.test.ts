import type { Meeting } from "../src/committee/schema.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { createDigestStore } from "../src/digest/store.ts";
import { createNudgeStore } from "../src/nudges/store.ts";
import type { Tables } from "../src/tables.ts";
import { CHAIR, OFFICER, openProduct, press, titlesOf, wordsOn } from "./support/council.ts";
import {
  COMMITTEE,
  type createTeams,
  meeting,
  ROOM,
  startReplica,
  withSmallCommittee,
} from "./support/replicas.ts";

/** Five working days before Thursday 10 October 2019. */
const DUE = "2019-10-03T09:00";
const PAUSE = { pausedFrom: "2019-10-03T08:03:00Z", pausedUntil: "2019-11-01" };

let tables: Tables;
let teams: ReturnType<typeof createTeams>;
withSmallCommittee(async (ownTables, ownTeams) => {
  [tables, teams] = [ownTables, ownTeams];
  await setDigests({});
});

it("without a channel the chair gets theirs, and the officer is told the day before and then", async () => {
  await setDigests({ toChair: true });
  await forgetChannel();

  const counts: number[] = [];
  for (const time of ["2019-10-02T08:59", "2019-10-02T09:00", "2019-10-02T09:01"])
    counts.push(await toOfficerAfter(time));
  for (const time of [DUE, "2019-10-03T09:01", "2019-10-03T10:00", "2019-10-04T09:00"])
    counts.push(await toOfficerAfter(time));

  expect(counts.at(0)).toBe(0);
  expect(counts.at(2)).toBe(1);
  expect(counts.at(-1)).toBe(2);
  const [before, then] = wordsOnChannel();
  expect(before).toContain("is due on the next working day");
  expect(then).toContain("was due, and was not posted");
  const others = teams.messages.filter(({ to }) => to !== OFFICER.id);
  expect(others.map(({ to }) => to)).toEqual([CHAIR.id]);
  const { as } = await openProduct(tables);
  for (const words of ["digest settings", "digest history"])
    expect(wordsOn(await as(OFFICER, { clock: "2019-10-04T10:00" }).say(words))).toContain(
      "No channel is chosen",
    );
});

it("without a channel the settings do not say that a digest goes to it", async () => {
  await setDigests({ toChair: true });
  await forgetChannel();
  const { as } = await openProduct(tables);

  const words = wordsOn(await as(OFFICER, { clock: "2019-10-01T10:00" }).say("digest settings"));

  expect(words).toContain(
    "The digest is due at 9am on 3 October 2019. It goes if a channel is chosen by then.",
  );
  expect(words).toContain("The chair's own goes to their personal chat at 9am on 3 October 2019.");
});

it("a chair who types my digest gets their own, and no buttons that are not theirs", async () => {
  const { as } = await openProduct(tables);
  const chair = as(CHAIR, { clock: "2019-10-01T10:00" });

  expect(wordsOn(await chair.say("my digest"))).toContain("This is a preview: how it stands now.");
  expect(wordsOn(await chair.say("digest"))).toContain("Nothing has been posted.");
  expect(titlesOf(await chair.say("digest history"))).toEqual(["preview digest"]);
  expect(titlesOf(await chair.say("nudge history"))).toEqual(["update status"]);
});

it("nothing goes while digests are paused, not even what was refused before", async () => {
  teams.outcomes.push({ outcome: "refused", reason: "429" });
  await look(DUE);

  await setDigests(PAUSE);
  await look("2019-10-03T09:06", "2019-10-03T09:20", "2019-10-04T09:00");

  expect(teams.messages).toEqual([]);
});

it("a pause that ends early says what was not posted, and how to post it", async () => {
  await setDigests({ ...PAUSE, pausedFrom: "2019-10-02T14:00:00Z", toChair: true });
  const { as, lookAt } = await startReplica(tables, teams);
  await lookAt(DUE);
  const officer = as(OFFICER, "2019-10-03T11:00");

  const [verb, data] = press(await officer.say("resume digests"), "Resume digests");
  const resumed = await officer.press(verb, data);
  const words = wordsOn(resumed);

  expect(titlesOf(resumed)).toContain("post digest");
  expect(words).toContain(
    "The digest was due at 9am on 3 October 2019, while digests were paused, and was not posted. Type post digest to post it.",
  );
  expect(words).toContain("The chair can type my digest to read it.");
});

it("a pause ends on its day in London, not an hour later", async () => {
  await setDigests({ ...PAUSE, pausedUntil: "2019-10-07" });
  const { as } = await startReplica(tables, teams);
  const pausedAt = async (time: string) =>
    wordsOn(await as(OFFICER, time).say("digest settings")).includes("Digests are paused until");

  expect([await pausedAt("2019-10-06T23:59"), await pausedAt("2019-10-07T00:01")]).toEqual([
    true,
    false,
  ]);
});

it("nothing goes in a pause for a meeting that is added then", async () => {
  await look("2019-10-02T09:00");
  await setDigests({ ...PAUSE, pausedFrom: "2019-10-03T07:00:00Z" });
  await createCommitteeStore(tables).saveMeeting(COMMITTEE, meeting("2019-10-09", "2019-10-01"));

  await look("2019-10-03T10:00", "2019-10-04T10:00");

  expect(teams.messages).toEqual([]);
});

it("a publication that the plan does not give is not said, and has no digest", async () => {
  const { publication: _none, ...unpublished } = meeting("2019-10-10", "");
  await createCommitteeStore(tables).saveMeeting(COMMITTEE, unpublished);
  await setDigests({ atPublication: true });

  await look("2019-10-02T09:00");
  const early = teams.inRoom().length;
  await look(DUE);

  expect(early).toBe(0);
  const [words = ""] = teams.inRoom().map(({ card }) => wordsOn(card));
  expect(words).toContain("The last day the law allows is 2 October 2019");
  expect(words).not.toContain("published");
});

it("asleep over the publication and the digest there is one post, and the ledger says so", async () => {
  await setDigests({ atPublication: true });

  await look("2019-10-04T09:00", "2019-10-04T09:01", "2019-10-04T10:00");

  expect(teams.messages.map(({ to }) => to)).toEqual([ROOM.channel]);
  const { as } = await openProduct(tables);
  const words = wordsOn(await as(OFFICER, { clock: "2019-10-04T10:00" }).say("digest history"));
  expect(words).toContain("Digest at publication, to the channel: not needed");
});

it.each([
  ["cancelled", "cancel meeting 10 October 2019"],
  ["moved", "move meeting 10 October to 17 October"],
])("a meeting that another replica has just %s is not posted about", async (_what, words) => {
  const [here, there] = [await startReplica(tables, teams), await startReplica(tables, teams)];
  await there.lookAt("2019-10-03T08:59");
  const officer = here.as(OFFICER, "2019-10-03T08:59");
  const asked = await officer.say(words);
  const [verb, data] = press(asked, titlesOf(asked)[0] ?? "");
  await officer.press(verb, data);

  await there.lookAt(DUE);
  await there.lookAt("2019-10-03T09:01");

  expect(teams.messages).toEqual([]);
});

it("a meeting that changes while its digest is made ready is posted at once, as it is now", async () => {
  const elsewhere = { ...meeting("2019-10-10", "2019-10-02"), venue: "Ely" };
  const { lookAt } = await startReplica(changedWhileRead(elsewhere), teams);

  await lookAt(DUE);

  expect(teams.inRoom()).toHaveLength(1);
  expect(wordsOn(teams.inRoom()[0]?.first)).toContain("Ely");
  expect(await statesOfRuns()).toEqual(["done"]);
});

it("a meeting that is cancelled while its digest is made ready is not posted, and nothing failed", async () => {
  const cancelled = { ...meeting("2019-10-10", "2019-10-02"), state: "cancelled" as const };
  const { lookAt } = await startReplica(changedWhileRead(cancelled), teams);

  await lookAt(DUE);
  await lookAt("2019-10-03T09:06");

  expect(teams.messages).toEqual([]);
  expect(await statesOfRuns()).toEqual([]);
});

it("a meeting that is put into the plan when it is over troubles nobody", async () => {
  const { as, lookAt } = await startReplica(tables, teams);
  await lookAt(DUE);
  teams.messages.length = 0;
  const officer = as(OFFICER, "2019-12-09T10:00");
  const lines = ["2019-10-09", "2019-12-05"].map((day) => `${day},committee meeting,1,Item`);
  const csv = ["meeting_date,meeting_type,item_order,agenda_item", ...lines].join("\n");
  const [look, typed] = press(await officer.say("import meetings"), "Preview", { csv });
  const [add, data] = press(await officer.press(look, typed), "Import");
  await officer.press(add, data);

  for (const time of ["2019-12-09T10:05", "2019-12-09T10:06", "2020-01-07T09:00"])
    await lookAt(time);

  expect(teams.messages).toEqual([]);
});

it("settings changed after the digest of that day make no second one", async () => {
  await setDigests({ workingDaysBefore: 6, atPublication: true });
  await look("2019-10-02T09:00");

  await setDigests({ workingDaysBefore: 3, atPublication: true });
  await look("2019-10-02T15:00", "2019-10-07T09:00");

  expect(teams.messages).toHaveLength(1);
});

it("a digest that was posted early stands for the one that is due, and the settings say so", async () => {
  const { as, posted } = await openProduct(tables);
  const early = as(OFFICER, { clock: "2019-10-01T10:00" });
  await early.press(...press(await early.say("post digest"), "Post the digest"));

  const words = wordsOn(await early.say("digest settings"));
  await look(DUE);

  expect(words).toContain("The digest was sent at 10am on 1 October 2019 by Nick Mills");
  expect(words).not.toContain("The digest goes to the channel");
  expect(posted).toHaveLength(1);
  expect(teams.messages).toEqual([]);
});

/** Tables in which a meeting is changed when a digest has read it and not yet its agenda. */
function changedWhileRead(change: Meeting): Tables {
  let isChanged = false;
  return async (name) => {
    if (name === "agenda" && !isChanged) {
      isChanged = true;
      await createCommitteeStore(tables).saveMeeting(COMMITTEE, change);
    }
    return tables(name);
  };
}

async function statesOfRuns() {
  const rows = await (await tables("jobs")).list(`${COMMITTEE}|digest`);
  return rows.map(({ state }) => state);
}

async function toOfficerAfter(time: string): Promise<number> {
  await look(time);
  return wordsOnChannel().length;
}

function wordsOnChannel(): string[] {
  const words = teams.toOfficer().map(({ card }) => wordsOn(card));
  return words.filter((each) => each.includes("No channel is chosen"));
}

/** Each look is one of a new process. */
async function look(...times: readonly string[]): Promise<void> {
  for (const time of times) await (await startReplica(tables, teams)).lookAt(time);
}

async function setDigests(change: object) {
  const base = { workingDaysBefore: 5, time: "09:00", atPublication: false, toChair: false };
  await createDigestStore(tables).saveSettings(COMMITTEE, { ...base, ...change });
}

/** No channel was ever chosen, and somebody of the committee has written to the bot. */
async function forgetChannel() {
  await (await tables("conversations")).remove("digest", COMMITTEE);
  const { channel: _channel, team: _team, ...chat } = ROOM;
  const way = { ...chat, kind: "personal", conversation: "chat" } as const;
  await createNudgeStore(tables).saveWay(COMMITTEE, way, "2019-09-25T08:00:00Z");
}
