import { createClock } from "../src/calendar.ts";
import type { Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  FRENCH,
  inputsOf,
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
  tables = await sampleCouncil(service, { withNumbers: true });
});
afterAll(() => service.stop());

describe("the answer to a question back", () => {
  it.each([
    ["action", "187d", "Action 187d"],
    ["close action", "146a", "Change action 146a"],
    ["mark an action as done", "146a", "Change action 146a"],
    ["annual review", "2018/19", "annual review April 2018 to March 2019"],
    ["export kpi report", "Q1", "Performance report April to June 2019"],
    ["export updates", "8 august", "updates for 8 August 2019"],
    ["actions", "and Christine?", "Open actions for Christine May"],
    ["show update Fenland", "and adela?", "Huntingdonshire, August 2019"],
    ["risk", "7", "Risk 7"],
    ["cancel", "the october one", "Cancel the meeting on Thursday 10 October 2019"],
    ["cancel", "yes", "Which meeting do you want to cancel?"],
    ["cancel meeting", "october", "Cancel the meeting on Thursday 10 October 2019"],
    ["move", "the november one", "Change the meeting on 21 November 2019"],
    ["move meeting", "the october one", "Change the meeting on 10 October 2019"],
    ["change meeting", "21 november", "Change the meeting on 21 November 2019"],
    ["show update", "Fenland august", "Fenland, August 2019"],
    ["explain", "library visits", "Number of visits"],
    ["compare districts", "idva referrals", "IDVA"],
    ["since april", "hate crime reports", "hate crime"],
    ["finance", "coroners", "Coroners"],
    ["actions", "adrian", "Open actions for Adrian Chapman: 1"],
  ])("completes the command: %j, %j", async (first, then, words) => {
    const one = await openProduct(tables);
    await one.as(OFFICER).say(first);
    await one.finish();
    // Another replica gets the answer.
    const two = await openProduct(tables);

    const answer = await two.as(OFFICER).say(then);
    await two.finish();

    expect(wordsOn(answer)).toContain(words);
    expect(two.posted).toEqual([]);
  });

  it.each([
    [OFFICER, "pause", "until friday", { until: "2019-09-27" }],
    [OFFICER, "pause digests", "friday", { until: "2019-09-27" }],
    [FRENCH, "away", "a week on thursday", { until: "2019-10-03" }],
    [OFFICER, "add action", "193c", { minute: "193c" }],
    [OFFICER, "add meeting", "5 march 2020", { date: "2020-03-05" }],
  ])("stands in the form that it opens: %#", async (who, first, then, filled) => {
    const { as, finish } = await openProduct(tables);
    await as(who).say(first);
    await finish();

    const form = await as(who).say(then);
    await finish();

    expect(inputsOf(form)).toMatchObject(filled);
  });

  it("keeps the time that was said before the number", async () => {
    const { as, finish } = await openProduct(tables);
    await as(CHAIR).say("since april");
    await finish();

    const answer = await as(CHAIR).say("hate crime reports");
    await finish();

    expect(wordsOn(answer)).toContain("April to");
    expect(wordsOn(answer)).not.toContain("I did not use");
  });

  it.each([
    ["cancel meeting", "agenda 10 october", "Agenda: Thursday 10 October 2019"],
    ["action", "who hasn't sent theirs in", "Updates for the meeting"],
    ["away", "next meeting", "Next meeting"],
    ["since april", "help", "What you can do here"],
  ])("is not taken from a new question: %j, %j", async (first, then, words) => {
    const { as, finish } = await openProduct(tables);
    await as(OFFICER).say(first);
    await finish();

    const answer = await as(OFFICER).say(then);
    await finish();

    expect(wordsOn(answer)).toContain(words);
  });

  it.each([
    ["cancel meeting", "not october"],
    ["away", "and June?"],
  ])("is not found in what is none: %j, %j", async (first, then) => {
    const { as, finish } = await openProduct(tables);
    await as(OFFICER).say(first);
    await finish();

    const answer = await as(OFFICER).say(then);
    await finish();

    expect(wordsOn(answer)).toMatch(/Which of these|I did not understand/);
  });

  it("is asked for with buttons", async () => {
    const { as } = await openProduct(tables);

    const card = await as(OFFICER).say("action");

    expect(wordsOn(card)).toContain("Which action? Choose it below");
    expect(titlesOf(card)).toContain("Show the action");
  });

  it("counts across midnight, and the day is deleted an hour after its end", async () => {
    const { as, finish, jobs } = await openProduct(tables);
    await as(CHAIR, { clock: "2019-09-25T23:59" }).say("kpi library visits July 2019");
    await finish();
    const kept = async () => (await (await tables("questions")).list("2019-09-25")).length;

    await jobs.look(createClock("2019-09-26T00:01")());
    const later = await as(CHAIR, { clock: "2019-09-26T00:01" }).say("and June?");

    expect(wordsOn(later)).toContain("June 2019");
    expect(await kept()).toBeGreaterThan(0);

    await jobs.look(createClock("2019-09-26T01:05")());

    expect(await kept()).toBe(0);
  });
});

describe("a meeting called by its month", () => {
  it.each([
    ["move the november meeting to the 28th", "Move the meeting to 28 November 2019?"],
    ["december meeting to the 5th", "Move the meeting to 5 December 2019?"],
    ["move the october one to thursday week", "Move the meeting to 3 October 2019?"],
    ["move the meeting to friday", "It is on Thursday 10 October 2019 now"],
    ["preview digest for november", "Before the meeting on Thursday 21 November 2019"],
    ["preview digest for june", "No meeting is planned in June 2020"],
    ["who hasn't sent theirs in for november", "Updates for the meeting on 21 November 2019"],
    [
      "who hasn't sent theirs in for the run-up to October's meeting",
      "Updates for the meeting on 10 October",
    ],
    ["is everyone in for the tenth", "Updates for the meeting on 10 October 2019"],
    ["agenda 8.8.19", "Agenda: Thursday 8 August 2019"],
    ["agenda 8/8", "Agenda: Thursday 8 August 2019"],
    ["change meeting 8 august", "Change the meeting on 8 August 2019"],
  ])("is that month's: %j", async (text, words) => {
    const { as } = await openProduct(tables);

    expect(wordsOn(await as(OFFICER).say(text))).toContain(words);
  });
});

it.each([
  ["audit monday", "Who did what on 23 September 2019"],
  ["audit 24/9", "Who did what on 24 September 2019"],
  ["audit last week", "Who did what on 22 September 2019"],
])("looks back where only the past can be meant: %j", async (text, words) => {
  const { as } = await openProduct(tables);

  expect(wordsOn(await as(ADMINISTRATOR).say(text))).toContain(words);
});

it("lists what is open where somebody says that it is outstanding", async () => {
  const { as } = await openProduct(tables);

  expect(wordsOn(await as(OFFICER).say("actions outstanding"))).toContain("Open actions: 7");
});

it("finds whose actions are meant by a first name", async () => {
  const { as } = await openProduct(tables);

  expect(wordsOn(await as(OFFICER).say("adrian's actions"))).toContain(
    "Open actions for Adrian Chapman: 1",
  );
});
