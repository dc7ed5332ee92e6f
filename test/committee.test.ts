import * as fc from "fast-check";
import { latestPublication } from "../src/calendar.ts";
import { deadlineWarnings, proposedDeadlines } from "../src/committee/deadlines.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { key, type Tables } from "../src/tables.ts";
import { MEMBER, openProduct, sampleCouncil, startTables, wordsOn } from "./support/council.ts";

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
beforeAll(async () => {
  service = await startTables();
  tables = await sampleCouncil(service);
});
afterAll(() => service.stop());

it("says when and where the next meeting is, and its deadlines", async () => {
  const { as } = await openProduct(tables);

  const words = wordsOn(await as(MEMBER).say("next meeting"));

  expect(words).toContain("Next meeting: Thursday 10 October 2019");
  expect(words).toContain("10am");
  expect(words).toContain("Cambridgeshire Archives, Ely");
  expect(words).toContain("27 September 2019");
  expect(words).toContain("2 October 2019 (not yet published)");
});

it("shows the agenda in order, a private item by its title only", async () => {
  const { as } = await openProduct(tables);

  const words = wordsOn(await as(MEMBER, { place: "channel" }).say("agenda"));

  expect(words.indexOf("Registration Service Annual Report")).toBeLessThan(
    words.indexOf("Business Planning"),
  );
  expect(words).toContain("Cambs 2020 Update (private item)\nPrivate item\nRisk Register Update");
  expect(words).toContain("T Kelly / M Wade / M Chapman");
});

it.each([
  ["agenda 8 August 2019", "Agenda: Thursday 8 August 2019"],
  ["show the agenda for 10th October", "Agenda: Thursday 10 October 2019"],
  ["agenda for November 2019", "Agenda: Thursday 21 November 2019"],
  ["agenda 2019-10-10", "Agenda: Thursday 10 October 2019"],
  [
    "agenda 25 December 2019",
    "no meeting of the Communities and Partnership Committee on 25 December",
  ],
  [
    "agenda 31 February 2019",
    "I know of no meeting of the Communities and Partnership Committee in February",
  ],
])("finds the agenda of another day: %s", async (text, words) => {
  const { as } = await openProduct(tables);

  expect(wordsOn(await as(MEMBER).say(text))).toContain(words);
});

it("says what the law allows where the plan gives no publication date", async () => {
  const { as } = await openProduct(tables);

  const words = wordsOn(await as(MEMBER, { clock: "2020-04-01T09:00" }).say("next meeting"));

  expect(words).toContain("Thursday 16 April 2020");
  expect(words).toContain(
    "Not given in the agenda plan. The last day the law allows is 6 April 2020",
  );
});

it("does not take a workshop for a meeting", async () => {
  const { as } = await openProduct(tables);

  const words = wordsOn(await as(MEMBER, { clock: "2020-02-01T09:00" }).say("next meeting"));

  expect(words).toContain("Thursday 12 March 2020");
});

it("says so when no meeting is planned", async () => {
  const { as } = await openProduct(tables);

  const words = wordsOn(await as(MEMBER, { clock: "2021-01-01T09:00" }).say("agenda"));

  expect(words).toContain("No meeting of the Communities and Partnership Committee is planned");
});

it.each([
  ["2019-10-10", "2019-10-02"],
  ["2019-11-21", "2019-11-13"],
  ["2020-04-16", "2020-04-06"],
  ["2020-05-14", "2020-05-05"],
])("counts five clear working days before %s", (meeting, publication) => {
  expect(latestPublication(meeting)).toBe(publication);
});

it("reads the plan once, however many days people ask for", async () => {
  let reads = 0;
  const store = createCommitteeStore(async (name) => {
    const table = await tables(name);
    return { ...table, list: (...asked) => ((reads += 1), table.list(...asked)) };
  });

  const found = [];
  for (const day of ["2019-10-10", "2019-10-11", "2020-01", "2030-01-01"])
    found.push((await store.meetingsFrom("communities-and-partnership", day))[0]?.date);

  expect(found).toEqual(["2019-10-10", "2019-11-21", expect.stringMatching(/^2020-/), undefined]);
  expect(reads).toBe(1);
});

it("has the whole agenda plan and action log of the sample council", async () => {
  const store = createCommitteeStore(tables);

  const meetings = await store.meetingsFrom("communities-and-partnership", "2019-01-01");
  const actions = await store.actionsOf("communities-and-partnership");

  expect(meetings).toHaveLength(9);
  expect(actions).toHaveLength(20);
  expect(actions.filter(({ status }) => status === "ACTION COMPLETE")).toHaveLength(13);
  expect(actions.map(({ minute }) => minute).slice(0, 3)).toEqual(["146a", "147", "157"]);
  expect(key("a/b", "c|d")).toBe("a%2fb|c%7cd");
});

describe("the deadlines of a meeting", () => {
  it.each([
    ["2019-10-10", "2019-09-27", "2019-10-02"],
    ["2019-11-21", "2019-11-08", "2019-11-13"],
    ["2019-12-12", "2019-11-29", "2019-12-04"],
    ["2020-03-12", "2020-02-28", "2020-03-04"],
    ["2020-04-16", "2020-04-03", "2020-04-06"],
    ["2020-05-14", "2020-05-01", "2020-05-05"],
  ])("are proposed for %s as the committee has them", (date, draftDeadline, publication) => {
    const kind = "committee meeting" as const;
    expect(proposedDeadlines({ date, kind })).toEqual({ draftDeadline, publication });
  });

  it("as proposed never break the five clear days, on whatever day the meeting is", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2018-01-15"), max: new Date("2028-12-31"), noInvalidDate: true }),
        (day) => {
          const date = day.toISOString().slice(0, 10);
          const about = { date, kind: "committee meeting" as const };
          const proposed = proposedDeadlines(about);

          const meeting = { ...about, ...proposed, state: "planned" as const, source: "" };
          // That the day itself is a Saturday is said, and breaks no clear days.
          const warnings = deadlineWarnings(meeting).filter(
            (each) => !each.includes("working day"),
          );
          expect(warnings).toEqual([]);
        },
      ),
    );
  });
});
