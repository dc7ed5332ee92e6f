import type { Card } from "../src/card-template.ts";
import { createDigestStore } from "../src/digest/store.ts";
import type { Tables } from "../src/tables.ts";
import { CHAIR, OFFICER, openProduct, press, titlesOf, wordsOn } from "./support/council.ts";
import {
  COMMITTEE,
  type createTeams,
  startReplica,
  withSmallCommittee,
} from "./support/replicas.ts";

const DUE = "2019-10-03T09:00";
const BUSY = { outcome: "refused", reason: "429" } as const;
const AFTERWARDS = ["2019-10-03T10:00", "2019-10-04T09:00", "2019-10-10T11:00", "2019-11-05T09:00"];

let tables: Tables;
let teams: ReturnType<typeof createTeams>;
withSmallCommittee(async (ownTables, ownTeams) => {
  [tables, teams] = [ownTables, ownTeams];
  await setDigests({ toChair: false });
});

describe("a digest that is due when another channel is chosen", () => {
  it("goes to the new one once, where the machine was asleep, and the card says that it is due", async () => {
    const card = await choose("new", "2019-10-03T09:30");
    await look("2019-10-03T09:36", ...AFTERWARDS);

    expect(wordsOn(card)).toContain(
      "The digest was due at 9am on 3 October 2019 and is not posted",
    );
    expect(receivers()).toEqual(["new"]);
  });

  it("goes to the new one once where Teams refused it in the old, and nobody is troubled", async () => {
    teams.outcomes.push(BUSY);
    await look(DUE);
    await choose("new", "2019-10-03T09:02");
    const { as } = await openProduct(tables);
    const settings = await as(OFFICER, { clock: "2019-10-03T09:03" }).say("digest settings");

    await look("2019-10-03T09:06", ...AFTERWARDS);

    expect(wordsOn(settings)).toContain("and is not posted yet");
    expect(receivers()).toEqual(["new"]);
  });

  it("goes to the old one once where that is chosen again straight away", async () => {
    teams.outcomes.push(BUSY);
    await look(DUE);
    await choose("new", "2019-10-03T09:02");
    await choose("room", "2019-10-03T09:02");

    await look("2019-10-03T09:06", ...AFTERWARDS);

    expect(receivers()).toEqual(["room"]);
  });

  it("is not posted again where it went to the old one, nor where it is chosen again", async () => {
    await look(DUE);
    await choose("new", "2019-10-03T09:30");
    await look("2019-10-03T09:36");
    await choose("room", "2019-10-03T11:00");

    await look("2019-10-03T11:06", ...AFTERWARDS);

    expect(receivers()).toEqual(["room"]);
  });

  it("goes to the chair all the same, asleep or refused", async () => {
    await setDigests({ toChair: true });
    teams.outcomes.push(BUSY, BUSY);
    await look(DUE);
    await choose("new", "2019-10-03T09:02");

    await look("2019-10-03T09:06", ...AFTERWARDS);

    expect(receivers().toSorted()).toEqual([CHAIR.id, "new"]);
  });

  it("is not made up where it was due before the committee had any channel, and the card says so", async () => {
    await (await tables("conversations")).remove("digest", COMMITTEE);
    const card = await choose("new", "2019-10-03T09:30");
    await choose("room", "2019-10-03T09:40");

    await look(...AFTERWARDS);

    expect(wordsOn(card)).toContain("before a channel was chosen, so it does not go by itself");
    expect(wordsOn(card)).toContain("Type post digest to post it");
    expect(receivers()).toEqual([]);
  });
});

describe("a digest in doubt when another channel is chosen", () => {
  it("is not posted to the old one by Post it, but to the new one by post digest", async () => {
    teams.outcomes.push({ outcome: "unknown" });
    await look(DUE, "2019-10-03T09:01");
    const word = wordToOfficer();
    await choose("new", "2019-10-03T09:05");
    const { as, posted } = await openProduct(tables);
    const officer = as(OFFICER, { clock: "2019-10-03T09:06" });

    const answer = await officer.press(...press(word, "Post it"));
    expect(wordsOn(answer)).toContain("The digests go to the channel “Members” now");
    expect(posted).toEqual([]);

    await officer.press(...press(await officer.say("post digest"), "Post the digest"));
    expect(posted).toHaveLength(1);
    expect(teams.inRoom()).toHaveLength(1);
  });

  it("is asked about with the channel that was meant", async () => {
    teams.outcomes.push({ outcome: "unknown" });
    await look(DUE);
    await choose("new", "2019-10-03T09:01");

    await look("2019-10-03T09:02");

    const card = wordToOfficer();
    expect(wordsOn(card)).toContain(
      "Look in the channel that had the digests until 3 October 2019",
    );
    expect(titlesOf(card)).toEqual(["It is there", "post digest"]);
  });
});

describe("the channel that had the digests before", () => {
  it("is named in the question, on the card, to the officer and in the ledger", async () => {
    await choose("room", "2019-09-26T09:00");
    teams.outcomes.push({ outcome: "unknown" });
    await look(DUE);
    const { as } = await openProduct(tables);
    const there = as(OFFICER, { clock: "2019-10-03T09:01", place: "channel", channel: "new" });
    const question = await there.say("use this channel");
    const card = await choose("new", "2019-10-03T09:01");
    const again = await choose("new", "2019-10-03T09:01");

    await look("2019-10-03T09:02");

    expect(wordsOn(question)).toContain("Now they go to the channel “Committee room”.");
    expect(wordsOn(card)).toContain("Until now they went to the channel “Committee room”.");
    expect(wordsOn(again)).not.toContain("Until now they went");
    expect(wordsOn(wordToOfficer())).toContain("Look in the channel “Committee room”.");
    const history = await as(OFFICER, { clock: "2019-10-03T09:03" }).say("digest history");
    expect(wordsOn(history)).toContain("Digest, to the channel “Committee room”: may not have");
  });

  it("is named before the digest that stands in it is posted in the new one by hand", async () => {
    await choose("room", "2019-09-26T09:00");
    await look(DUE);
    await choose("new", "2019-10-03T10:00");
    const { as } = await openProduct(tables);

    const question = await as(OFFICER, { clock: "2019-10-03T10:05" }).say("post digest");

    expect(wordsOn(question)).toContain(
      "It was sent to the channel “Committee room” at 9am on 3 October 2019. Post it only if it is to be in the channel chosen now too.",
    );
  });

  it("is known by the day on which it was chosen, where Teams does not say its name", async () => {
    const card = await choose("nameless", "2019-09-27T09:00");
    const next = await choose("another", "2019-09-30T09:00");

    // The first channel of the small committee was chosen before Teams was asked for names.
    expect(wordsOn(card)).toContain("Until now they went to the channel “Committee room”.");
    expect(wordsOn(next)).toContain(
      "Until now they went to the channel chosen on 27 September 2019.",
    );
  });
});

function wordToOfficer(): Card {
  const [word] = teams.toOfficer();
  if (word) return word.card;
  throw new Error("The officer was told nothing");
}

function receivers(): string[] {
  return teams.messages.map(({ to }) => to);
}

/** Each look is one of a new process. */
async function look(...times: readonly string[]): Promise<void> {
  for (const time of times) await (await startReplica(tables, teams)).lookAt(time);
}

async function choose(channel: string, clock: string): Promise<Card> {
  const { as, channel: state } = await openProduct(tables);
  state.readers = "team";
  state.names = { room: "Committee room", new: "Members" };
  const there = as(OFFICER, { clock, place: "channel", channel });
  return there.press(...press(await there.say("use this channel"), "Use this channel"));
}

async function setDigests(change: object) {
  const base = { workingDaysBefore: 5, time: "09:00", atPublication: false, toChair: false };
  await createDigestStore(tables).saveSettings(COMMITTEE, { ...base, ...change });
}
