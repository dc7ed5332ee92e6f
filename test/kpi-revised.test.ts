import { createFigureStore } from "../src/kpi/store.ts";
import type { StoredFigure } from "../src/kpi/schema.ts";
import type { Tables } from "../src/tables.ts";
import {
  MEMBER,
  OFFICER,
  openProduct,
  press,
  sampleCouncil,
  startTables,
  wordsOn,
} from "./support/council.ts";
import { buildFigure } from "./support/kpi-cards.ts";

const REVISED = "Revised on 3 October 2019. Before: 19 reports, version 1";
const CLOCK = "2019-10-04T09:00";

let service: Awaited<ReturnType<typeof startTables>>;
let revised: Tables;
beforeAll(async () => {
  service = await startTables();
  revised = await sampleCouncil(service, { withNumbers: true });
  await revise(revised, { value: 21 });
});
afterAll(() => service.stop());

describe("a revised figure", () => {
  it("says when it was revised, and what was published before", async () => {
    const words = await said(revised, "kpi hate crime reports June 2019");

    expect(words.split("\n")[0]).toBe("21 reports, June 2019");
    expect(words).toContain(`Status\nAs reported. ${REVISED}`);
  });

  it("is told of in the table, in a comparison, in a sum and in the list", async () => {
    const july = await said(revised, "kpi hate crime reports");
    const sum = await said(revised, "kpi hate crime reports April to June 2019");
    await revise(revised, { start: "2019-07-01", end: "2019-07-31", value: 24 });
    const { as } = await openProduct(revised);
    const first = await as(MEMBER, { clock: CLOCK }).say("kpi status");
    const next = await as(MEMBER, { clock: CLOCK }).press(...press(first, "Next page"));
    const list = wordsOn(first) + wordsOn(next);

    expect(july).toContain(`June 2019\n21\nAs reported. ${REVISED}`);
    expect(july).toContain("2 more than in June 2019 (21, revised)");
    expect(sum).toContain("77 reports, April to June 2019");
    expect(sum).toContain("It holds a revised figure: June 2019");
    expect(list).toContain(
      "24 reports, July 2019. As reported. Revised on 3 October 2019. Before: 23 reports, version 1",
    );
  });

  it("is told of below the sum of the districts, and beside a year before", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    const quarter = { start: "2019-04-01", end: "2019-06-30" };
    const about = { indicator: "idva-service-referrals", area: "Fenland" };
    await revise(own, { ...quarter, value: 48, source: "Pack of 21 November 2019 para 2" }, about);

    const districts = await said(own, "compare districts idva referrals");

    expect(districts).toContain("Before: 46 referrals, version 1");
    expect(districts).toContain("together: 256, added up by this bot");
    expect(districts).toContain("Revised in it: Fenland.");
  });

  it("is not what a correction of the source or of a note makes", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    await revise(own, { value: 19, source: "Pack of 21 November 2019 para 2", note: "Checked" });

    const words = await said(own, "kpi hate crime reports June 2019");

    expect(words).toContain("Note\nChecked");
    expect(words).not.toContain("evised");
  });

  it("keeps its day and what stood before it when only its note is corrected later", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    await revise(own, { value: 21 });
    await revise(own, { value: 21, note: "Checked" }, { at: "2019-10-04T07:00:00Z" });

    expect(await said(own, "kpi hate crime reports June 2019")).toContain(REVISED);
  });

  it("passes over a draft that nobody outside has seen", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    const visits = { indicator: "number-of-visits" };
    const quarter = { start: "2019-04-01", end: "2019-06-30" };
    const draft = { ...quarter, value: 476_000, published: "no" };
    await revise(own, draft, { ...visits, at: "2019-10-02T07:00:00Z" });
    await revise(own, { ...quarter, value: 476_100 }, visits);

    const member = await said(own, "kpi library visits");
    const officer = await said(own, "kpi library visits", OFFICER);

    const words = "Revised on 3 October 2019. Before: 476,099 visits, version 1";
    expect(member).toContain(words);
    expect(officer).toContain(words);
  });
});

describe("a figure stored in the last hour of its period", () => {
  it.each([
    ["2019-07-31T22:59:00Z", true],
    // In London that is half past midnight of the next day.
    ["2019-07-31T23:30:00Z", false],
  ])("goes by the day in London: stored at %s", async (at, isOpen) => {
    const own = await sampleCouncil(service, { withNumbers: true });
    await revise(own, { start: "2019-07-01", end: "2019-07-31", value: 24 }, { at });

    const words = await said(own, "kpi hate crime reports July 2019");

    expect(words.includes("The period had not ended when this was stored")).toBe(isOpen);
  });
});

async function said(tables: Tables, text: string, person: typeof MEMBER = MEMBER): Promise<string> {
  const { as } = await openProduct(tables);
  return wordsOn(await as(person, { clock: CLOCK }).say(text));
}

/** Another figure for June 2019 on 3 October, unless told otherwise. */
async function revise(
  tables: Tables,
  about: Partial<StoredFigure>,
  {
    indicator = "third-party-hate-crime-reporting-centre-reports",
    area = "Cambridgeshire",
    at = "2019-10-03T08:00:00Z",
  } = {},
) {
  const series = { committee: "communities-and-partnership", indicator, area };
  const {
    revision: _revision,
    at: _at,
    by: _by,
    ...figure
  } = buildFigure({
    ...{ start: "2019-06-01", end: "2019-06-30" },
    source: "Committee pack 10 October 2019 Delivery Plan & Performance Report para 2.4.2",
    ...about,
  });
  await createFigureStore(tables).add(series, [figure], { by: "Nick Mills", at });
}
