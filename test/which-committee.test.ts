import committeeFile from "../data/committee.json" with { type: "json" };
import { createChampionStore } from "../src/champions/store.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { Committee } from "../src/council.ts";
import { createDigestStore } from "../src/digest/store.ts";
import { createPeopleStore } from "../src/people/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  COSTELLO,
  FRENCH,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  sampleCouncil,
  startTables,
  wordsOn,
} from "./support/council.ts";

const FIRST = "communities-and-partnership";
const SECOND = "highways-and-transport";
const ROOM = { place: "channel", channel: "highways" } as const;

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
beforeAll(async () => (service = await startTables()));
beforeEach(async () => {
  tables = await sampleCouncil(service);
  await addHighways(tables);
});
afterAll(() => service.stop());

it("is the one that the text names", async () => {
  const { as } = await openProduct(tables);

  const answer = await as(OFFICER, ROOM).say("use this channel for Highways and Transport");

  const store = createDigestStore(tables);
  expect(wordsOn(answer)).toContain("Highways and Transport Committee");
  expect((await store.channelOf(SECOND))?.place.channel).toBe("highways");
  expect(await store.channelOf(FIRST)).toBeUndefined();
});

it("can be named with every command", async () => {
  const { as } = await openProduct(tables);

  const one = await as(MEMBER).say("next meeting of Communities and Partnership");
  const two = await as(MEMBER).say("what's on the Highways agenda?");

  expect(wordsOn(one)).toContain("10 October 2019");
  expect(wordsOn(two)).toContain("Agenda: Tuesday 5 November 2019");
});

it("is the channel's own in a channel", async () => {
  const { as } = await openProduct(tables);
  await as(OFFICER, ROOM).say("use this channel for Highways and Transport");

  expect(wordsOn(await as(MEMBER, ROOM).say("next meeting"))).toContain("5 November 2019");
});

it("is the one in which the person has a role, if nothing else is said", async () => {
  const { as } = await openProduct(tables);

  const form = await as(COSTELLO).say("log update");

  expect(wordsOn(form)).toContain("for the meeting on 5 November 2019");
});

it("stays the same from a card to its buttons", async () => {
  const { as } = await openProduct(tables);
  const form = await as(FRENCH).say("log update for Highways");

  const shown = await as(FRENCH).press(...press(form, "Submit", { updates: "A pothole" }));
  const history = await as(FRENCH).press(...press(shown, "History"));

  const store = createChampionStore(tables);
  expect((await store.find(SECOND, "2019-09", "fenland"))?.update.sections.updates).toEqual([
    "A pothole",
  ]);
  expect(await store.find(FIRST, "2019-09", "fenland")).toBeUndefined();
  expect(wordsOn(history)).toContain("version 1");
});

it("gives no role in a committee that a forged card names", async () => {
  const { as } = await openProduct(tables);
  const form = await as(COSTELLO).say("log update for Highways");
  const [verb, data] = press(form, "Submit", { updates: "Not mine" });

  const answer = await as(COSTELLO).press(verb, { ...data, committee: FIRST });

  expect(wordsOn(answer)).not.toContain("Submitted");
  expect(
    await createChampionStore(tables).find(FIRST, "2019-09", "huntingdonshire"),
  ).toBeUndefined();
});

/** A second committee: Nick Mills is its officer too, Jan French and Adela Costello write for it. */
async function addHighways(to: Tables): Promise<void> {
  const committee = Committee.parse(committeeFile);
  const committees = createCommitteeStore(to);
  const people = createPeopleStore(to);
  const from = "2019-05-01";
  const champion = (district: string) => [{ role: "champion" as const, district, from }];
  await people.save(FIRST, [{ ...COSTELLO, roles: [] }], await people.read(FIRST));
  await people.save(
    SECOND,
    [
      { ...OFFICER, roles: [{ role: "officer", from }] },
      { ...FRENCH, roles: champion("fenland") },
      { ...COSTELLO, roles: champion("huntingdonshire") },
    ],
    await people.read(SECOND),
  );
  await committees.saveMeeting(SECOND, {
    date: "2019-11-05",
    kind: "committee meeting",
    source: "A plan",
  });
  await committees.saveCommittee({
    ...committee,
    id: SECOND,
    name: "Highways and Transport Committee",
    aliases: ["Highways and Transport", "Highways"],
  });
}
