import { readFileSync } from "node:fs";
import { join } from "node:path";
import committeeFile from "../data/committee.json" with { type: "json" };
import { cardNames, type Card } from "../src/card-template.ts";
import { createChampionStore } from "../src/champions/store.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { Committee } from "../src/council.ts";
import { createDigestStore } from "../src/digest/store.ts";
import { createPeopleStore } from "../src/people/store.ts";
import type { Tables } from "../src/tables.ts";
import { marked } from "../src/which-committee.ts";
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
  useChannel,
} from "./support/council.ts";

const FIRST = "communities-and-partnership";
const SECOND = "highways-and-transport";
const FROM = "2019-05-01";
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

  const answer = await useChannel(as(OFFICER, ROOM), "use this channel for Highways and Transport");

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
  await useChannel(as(OFFICER, ROOM), "use this channel for Highways and Transport");

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

it("stays the same when a second committee is added while the form is open", async () => {
  const ours = await sampleCouncil(service);
  const before = await openProduct(ours);
  const form = await before.as(FRENCH).say("log update");
  // Its name sorts first, so without a mark on the form it would be asked first.
  await addCommittee(ours, "adults-and-health");
  const { as } = await openProduct(ours);

  await as(FRENCH).press(...press(form, "Submit", { updates: "For the first one" }));

  const store = createChampionStore(ours);
  expect((await store.find(FIRST, "2019-09", "fenland"))?.update.sections.updates).toEqual([
    "For the first one",
  ]);
  expect(await store.find("adults-and-health", "2019-09", "fenland")).toBeUndefined();
});

it("is no other one when a button names a committee that is not known", async () => {
  const { as } = await openProduct(tables);
  const alone = await openProduct(await sampleCouncil(service));
  const form = await as(FRENCH).say("log update for Highways");
  const [verb, data] = press(form, "Submit", { updates: "For Highways" });

  await expect(alone.as(FRENCH).press(verb, data)).rejects.toThrow("The council is empty");
  await expect(as(FRENCH).press(verb, { ...data, committee: "gone" })).rejects.toThrow(
    "The council is empty",
  );
});

it("can be written on every button of every card", () => {
  const highways = { ...Committee.parse(committeeFile), id: SECOND };
  const cards = cardNames().map((name) => ({ name, card: marked(cardFile(name), highways) }));

  const without = cards.filter(({ card }) =>
    buttonsIn(card).some(
      (button) => !("data" in button && JSON.stringify(button.data).includes(SECOND)),
    ),
  );

  expect(without.map(({ name }) => name)).toEqual([]);
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

/** A card file as it is written. */
function cardFile(name: string): Card {
  return JSON.parse(readFileSync(join(__dirname, "..", "cards", `${name}.json`), "utf8"));
}

/** The buttons that send something, wherever they are on a card. */
function buttonsIn(node: unknown): object[] {
  if (Array.isArray(node)) return node.flatMap(buttonsIn);
  if (typeof node !== "object" || node === null) return [];
  const isButton = "type" in node && /^Action\.(Execute|Submit)$/.test(String(node.type));
  return [...(isButton ? [node] : []), ...Object.values(node).flatMap(buttonsIn)];
}

/** A second committee: Nick Mills is its officer too, Jan French and Adela Costello write for it. */
async function addHighways(to: Tables): Promise<void> {
  const people = createPeopleStore(to);
  await people.save(FIRST, [{ ...COSTELLO, roles: [] }], await people.read(FIRST));
  await people.save(
    SECOND,
    [
      { ...OFFICER, roles: [{ role: "officer", from: FROM }] },
      { ...COSTELLO, roles: champion("huntingdonshire") },
    ],
    await people.read(SECOND),
  );
  await addCommittee(to, SECOND, {
    name: "Highways and Transport Committee",
    aliases: ["Highways and Transport", "Highways"],
  });
}

/** A committee with one meeting, for which Jan French writes. */
async function addCommittee(
  to: Tables,
  id: string,
  names: Pick<Committee, "name" | "aliases"> = { name: "Adults and Health", aliases: [] },
): Promise<void> {
  const committees = createCommitteeStore(to);
  const people = createPeopleStore(to);
  await people.save(id, [{ ...FRENCH, roles: champion("fenland") }], await people.read(id));
  await committees.saveMeeting(id, {
    date: "2019-11-05",
    kind: "committee meeting",
    state: "planned",
    source: "A plan",
  });
  await committees.saveCommittee({ ...Committee.parse(committeeFile), id, ...names });
}

function champion(district: string) {
  return [{ role: "champion" as const, district, from: FROM }];
}
