import { createCommitteeStore } from "../src/committee/store.ts";
import { createDigestStore } from "../src/digest/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  EVERY,
  FRENCH,
  OFFICER,
  openProduct,
  press,
  titlesOf,
  useChannel,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";
import { createClock } from "../src/calendar.ts";

const COMMITTEE = "communities-and-partnership";
/** The agenda is published on the day before the digest five working days before the meeting. */
const AT_PUBLICATION = "2019-10-02T09:00";
const DIGEST = "2019-10-03T09:00";

let tables: Tables;
withSampleCouncil((council) => (tables = council));

it("an acknowledgement of the digest at publication is none of the digest before the meeting", async () => {
  const { as, lookAt, inRoom } = await open();
  await lookAt(AT_PUBLICATION);
  await as(FRENCH, here("2019-10-02T10:00")).press(...press(inRoom(0), "Acknowledge"));
  await lookAt(DIGEST);

  const mine = await as(FRENCH, here("2019-10-03T10:00")).press("digest.refresh", {
    ...{ meeting: "2019-10-10", kind: "digest", page: 1 },
  });
  await as(EVERY, here("2019-10-03T11:00")).press(...press(inRoom(1), "Acknowledge"));

  const again = await as(EVERY, here("2019-10-03T11:30")).press("digest.refresh", {
    ...{ meeting: "2019-10-10", kind: "digest", page: 1 },
  });
  expect(titlesOf(mine)).toContain("Acknowledge");
  expect(wordsOn(again)).toContain("You acknowledged this at 11am on 3 October 2019.");
  const history = wordsOn(await as(OFFICER, { clock: "2019-10-03T12:00" }).say("digest history"));
  expect(history).toMatch(/Digest at publication, .* Acknowledged by 1: Jan French\./);
  expect(history).toMatch(/Digest, to the channel: .* Acknowledged by 1: Lis Every\./);
  expect(history).toMatch(/Chair's digest, .* Nobody has acknowledged it yet\./);
});

it("a correction is acknowledged by itself, and the officer sees who has read which", async () => {
  const { as, lookAt, inRoom, outcomes } = await open();
  outcomes.push({ outcome: "unknown" });
  await lookAt(AT_PUBLICATION);
  await as(FRENCH, here("2019-10-02T10:00")).press(...press(inRoom(0), "Acknowledge"));
  const plan = createCommitteeStore(tables);
  const [meeting] = await plan.meetingsFrom(COMMITTEE, "2019-10-10");
  if (!meeting) throw new Error("There is no meeting");
  await plan.saveMeeting(COMMITTEE, { ...meeting, time: "14:00" });
  await lookAt("2019-10-02T11:00");
  await lookAt("2019-10-02T12:00");

  const correction = inRoom(1);
  const read = await as(EVERY, here("2019-10-02T13:00")).press(...press(correction, "Acknowledge"));

  expect(wordsOn(read)).toContain("You acknowledged this at 1pm on 2 October 2019.");
  expect(titlesOf(read)).not.toContain("Acknowledge");
  const history = wordsOn(await as(OFFICER, { clock: "2019-10-02T14:00" }).say("digest history"));
  expect(history).toMatch(/Digest at publication, .* Acknowledged by 1: Jan French\./);
  expect(history).toMatch(/Correction, to the channel: .* Acknowledged by 1: Lis Every\./);
});

it("an acknowledgement of an earlier version counts for the meeting's digest", async () => {
  const { as, lookAt } = await open();
  await lookAt(DIGEST);
  const rows = await tables("acknowledgements");
  const keys = { partitionKey: `${COMMITTEE}|2019-10-10`, rowKey: FRENCH.id };
  await rows.put({ ...keys, name: FRENCH.name, at: "2019-10-03T09:00:00Z" });

  const history = wordsOn(await as(OFFICER, { clock: "2019-10-03T12:00" }).say("digest history"));

  expect(history).toMatch(/Digest, to the channel: .* Acknowledged by 1: Jan French\./);
});

async function open() {
  const product = await openProduct(tables);
  await useChannel(
    product.as(OFFICER, here("2019-09-25T09:00")),
    "use this channel for Communities and Partnership",
  );
  const store = createDigestStore(tables);
  const channel = await store.channelOf(COMMITTEE);
  if (channel) await store.saveChannel(COMMITTEE, { ...channel, audience: "committee" });
  return { ...product, lookAt, inRoom };

  async function lookAt(time: string): Promise<void> {
    await product.jobs.look(createClock(time)());
    await product.finish();
  }

  function inRoom(at: number) {
    const cards = product.posted.filter(({ to }) => to === "room").map(({ card }) => card);
    const card = cards[at];
    if (!card) throw new Error(`There are ${cards.length} posts`);
    return card;
  }
}

function here(clock: string) {
  return { clock, place: "channel" as const };
}
