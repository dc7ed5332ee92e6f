import type { Tables } from "../src/tables.ts";
import {
  CHAIR,
  FRENCH,
  MEMBER,
  OFFICER,
  openProduct,
  sampleCouncil,
  startTables,
  titlesOf,
  wordsOn,
} from "./support/council.ts";

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
beforeAll(async () => {
  service = await startTables();
  tables = await sampleCouncil(service);
});
afterAll(() => service.stop());

it.each([
  ["log update", "Monthly update for Fenland"],
  ["Please can I log an update?", "Monthly update for Fenland"],
  ["log updaet", "Monthly update for Fenland"],
  ["my updates", "Your updates for Fenland"],
  ["Show my updates please", "Your updates for Fenland"],
  ["who hasn't submitted?", "Updates for the meeting on 10 October 2019"],
  ["status", "Updates for the meeting on 10 October 2019"],
  ["show update Hunts August 2019", "Huntingdonshire, August 2019"],
  ["East Cambs update aug", "East Cambridgeshire, August 2019"],
  ["show the update for fenland last month", "Fenland, August 2019"],
  ["when is the next meeting?", "Next meeting: Thursday 10 October 2019"],
  ["What's on the agenda", "Agenda: Thursday 10 October 2019"],
  ["help", "What you can do here"],
  ["  HELP!  ", "What you can do here"],
])("understands %j", async (text, words) => {
  const { as } = await openProduct(tables);

  const answer = await as(FRENCH).say(text);

  expect(wordsOn(answer)).toContain(words);
});

it.each([
  "",
  "🎪",
  "@@@@",
  "do not post the digest",
  "wann ist das Treffen",
  "x".repeat(40_000),
  "log",
])("answers %j with what it can do, and does nothing", async (text) => {
  const { as, posted } = await openProduct(tables);

  const answer = await as(OFFICER).say(text);

  expect(wordsOn(answer)).toContain("I did not understand that");
  expect(titlesOf(answer).length).toBeGreaterThan(0);
  expect(posted).toEqual([]);
});

it("offers the nearest commands as buttons that say the words", async () => {
  const { as } = await openProduct(tables);

  const answer = await as(FRENCH).say("update the log of my district");

  expect(titlesOf(answer)).toContain("log update");
  expect(answer.actions).toContainEqual(
    expect.objectContaining({
      type: "Action.Submit",
      data: expect.objectContaining({ say: "log update" }),
    }),
  );
});

it.each([
  ["a champion", FRENCH, ["log update", "my updates"], ["post digest"]],
  ["an officer", OFFICER, ["post digest", "record oral update"], ["log update"]],
  ["a chair", CHAIR, ["preview digest", "update status"], ["post digest"]],
  [
    "a member of staff",
    MEMBER,
    ["next meeting", "agenda"],
    ["log update", "update status", "act as"],
  ],
])("shows %s in help what they can do, and no more", async (_who, somebody, can, cannot) => {
  const { as } = await openProduct(tables);

  const help = wordsOn(await as(somebody).say("help"));

  for (const name of can) expect(help).toContain(`**${name}**`);
  for (const name of cannot) expect(help).not.toContain(`**${name}`);
});
