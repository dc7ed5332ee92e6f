import { createDefinitionStore } from "../src/kpi/definitions.ts";
import { lastDay } from "../src/kpi/periods.ts";
import { Indicator, type StoredFigure } from "../src/kpi/schema.ts";
import { createFigureStore } from "../src/kpi/store.ts";
import type { Tables } from "../src/tables.ts";
import { elementsOf } from "./support/cards.ts";
import {
  MEMBER,
  openProduct,
  press,
  sampleCouncil,
  startTables,
  titlesOf,
  wordsOn,
} from "./support/council.ts";
import { buildFigure } from "./support/kpi-cards.ts";

const COMMITTEE = "communities-and-partnership";
const IDVA = "idva-service-referrals";

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
let longer: Tables;
beforeAll(async () => {
  service = await startTables();
  tables = await sampleCouncil(service, { withNumbers: true });
  longer = await sampleCouncil(service, { withNumbers: true });
  const winter = { start: "2019-01-01", end: "2019-03-31" };
  const source = "Committee pack 4 July 2019 Delivery Plan para 2.3.1";
  await keep(longer, IDVA, { ...winter, source, value: 60 }, "Cambridge City");
  await keep(longer, IDVA, { ...winter, source, value: 50 }, "Fenland");
});
afterAll(() => service.stop());

describe("two periods", () => {
  it("stand side by side with the difference in words, area by area", async () => {
    const words = await said(longer, "compare idva referrals with last quarter");

    expect(words.split("\n").slice(0, 2)).toEqual([
      "IDVA service referrals, two periods side by side",
      "April to June 2019 beside January to March 2019",
    ]);
    expect(words).toContain(
      "April to June 2019 was last quarter, and has the latest figure. Beside it is the period before, January to March 2019.",
    );
    expect(words).toContain(
      "Fenland\nApril to June 2019: 46. Provisional: it can still change\nJanuary to March 2019: 50. As reported\n4 fewer than in January to March 2019 (50)",
    );
    expect(words).toContain("No figure for January to March 2019 is stored that you can see here");
  });

  it("of one district are of that district only", async () => {
    const words = await said(longer, "compare idva referrals in Cambridge City with last quarter");

    expect(words).toContain("5 more than in January to March 2019 (60)");
    expect(words).not.toMatch(/Fenland\n|Peterborough\n/);
  });

  it("name what the paper prints to compare with where the other is not stored", async () => {
    const words = await said(tables, "compare idva referrals in Cambridge City with last quarter");

    expect(words).toContain("April to June 2019: 65");
    expect(words).toContain(
      "No figure for January to March 2019 is stored that you can see here. 12 more than the previous 12 month average per quarter (53)",
    );
  });

  it.each([
    [
      "compare hate crime reports with last quarter",
      "April to June 2019 beside January to March 2019",
      "19 more than in January to March 2019 (56), added up by this bot",
    ],
    [
      "compare hate crime reports with last month",
      "July 2019 beside June 2019",
      "4 more than in June 2019 (19)",
    ],
    [
      "compare hate crime reports with the previous month",
      "July 2019 beside June 2019",
      "4 more than in June 2019 (19)",
    ],
    [
      "compare hate crime reports in May with April 2019",
      "May 2019 beside April 2019",
      "2 more than in April 2019 (27)",
    ],
    [
      "compare hate crime reports April to June 2019 with January to March 2019",
      "April to June 2019 beside January to March 2019",
      "19 more than in January to March 2019 (56), added up by this bot",
    ],
    [
      "compare hate crime reports with January to March 2019",
      "April to June 2019 beside January to March 2019",
      "19 more than in January to March 2019 (56), added up by this bot",
    ],
    [
      "compare hate crime reports May and June",
      "June 2019 beside May 2019",
      "10 fewer than in May 2019 (29)",
    ],
    [
      "how does May compare with April for hate crime reports",
      "May 2019 beside April 2019",
      "2 more than in April 2019 (27)",
    ],
    [
      "how do library visits compare with last quarter",
      "April to June 2019 beside January to March 2019",
      "No figure for January to March 2019 is stored",
    ],
    [
      "compare library visits with last quarter",
      "April to June 2019 beside January to March 2019",
      "No figure for January to March 2019 is stored",
    ],
  ])("are found however they are said: %j", async (text, periods, difference) => {
    const words = await said(tables, text);

    expect(words.split("\n")[1]).toBe(periods);
    expect(words).toContain(difference);
    expect(words).not.toContain("I did not use");
  });

  it("of unlike lengths have no difference", async () => {
    const words = await said(tables, "compare hate crime reports in July with April to June 2019");

    expect(words).toContain("1 month beside 3 months: no difference is worked out");
  });
});

describe("a comment on all districts", () => {
  it("is not said to be one district's own", async () => {
    const fenland = await said(tables, "kpi idva referrals in Fenland");
    const county = await said(tables, "kpi hate crime reports");

    expect(fenland).toContain("Commentary on all areas together\nReferrals have risen");
    expect(fenland).not.toContain("Commentary\n");
    expect(county).toContain("Commentary\nThe paper speaks of a steady increase");
  });
});

describe("district bars", () => {
  it("have a sentence that names the lowest and the highest, and who is no district", async () => {
    const words = await said(tables, "compare districts idva referrals");

    expect(words).toContain(
      "Lowest: East Cambridgeshire (21). Highest: Huntingdonshire (85). Peterborough (113) is in the picture too, but is not a district of the county.",
    );
  });

  it("of a rate have the same sentence, in per cent", async () => {
    expect(await said(tables, "compare districts repeat rate")).toContain(
      "Lowest: East Cambridgeshire (22%). Highest: Fenland (39%).",
    );
  });

  it.each([
    "compare districts idva referrals",
    "idva referrals in Fenland and Huntingdonshire",
    "idva referrals in East Cambridgeshire and South Cambridgeshire",
  ])("ask for an axis of whole quarters: %s", async (text) => {
    const { as } = await openProduct(tables);
    const [chart] = elementsOf(await as(MEMBER).say(text), "Chart.VerticalBar");

    expect(Number(chart?.["yMax"]) % 4).toBe(0);
  });
});

describe("a question for a judgement", () => {
  it("gets both figures side by side, and no ranking", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("is Fenland better than Hunts for domestic abuse referrals");
    const words = wordsOn(card);

    expect(words.split("\n").slice(0, 3)).toEqual([
      "IDVA service referrals by district",
      "April to June 2019",
      "No area or period is called better or worse here: neither more nor less is good by itself. These are counts, and the areas differ in size.",
    ]);
    expect(words).toContain(
      "Fenland\n46\nProvisional: it can still change\nNothing to compare with",
    );
    expect(words).toContain(
      "Huntingdonshire\n85\nProvisional: it can still change\n22.5 more than the previous 12 month average per quarter (62.5)",
    );
    expect(words).toContain("Lowest: Fenland (46). Highest: Huntingdonshire (85).");
    expect(words.replace("called better or worse here", "")).not.toMatch(
      /better|worse|\bbest|worst|improv|concern|rank/i,
    );
    expect(titlesOf(card).filter((title) => title.startsWith("Show "))).toEqual([
      "Show Fenland",
      "Show Huntingdonshire",
    ]);
  });
});

describe("a question put in one's own words", () => {
  it.each([
    ["who has the best engagement rate", "Engagement rate (domestic abuse service) by district"],
    ["which district is worst for repeat domestic abuse", "by district"],
    ["best start in life", "18 locations, to date"],
    ["what is the threat level", "Severe, in the Counter Terrorism Local Profile of June 2019"],
    ["total idva referrals for the county with Peterborough", "The 5 districts together: 254"],
    ["idva referrals in the five districts", "The 5 districts together: 254"],
    ["kpi prevent cases", "Nothing: the number is an average"],
    ["kpi pcns", "Primary Care Networks established, area not stated in the paper"],
    ["how many ebooks were checked out in July", "Loans in July were 81% up on June"],
    ["kpi table library visits", "The figures, as CSV"],
    ["finance forecast", "Forecast outturn variance"],
    [
      "compare hate crime reports 2019/20 with 2018/19",
      "There are 3 that share days with it, but none for just that time",
    ],
    ["library risks", "Which risk do you mean?"],
    ["how much have we spent on libraries", "Finance: Public Library Services"],
    [
      "finance July 2019",
      "No finance report for July 2019 is stored. This one is for August 2019.",
    ],
  ])("is answered: %j", async (text, answer) => {
    const words = await said(tables, text);

    expect(words).toContain(answer);
    expect(words).not.toContain("I did not use");
  });

  it("takes best for a part of a name where it is one, and ranks nothing else", async () => {
    expect(await said(tables, "best start in life")).not.toContain("called better or worse");
    expect(await said(tables, "who has the best engagement rate")).toContain(
      "No area or period is called better or worse here",
    );
  });
});

describe("figures of an earlier period", () => {
  it("are not spoken of as if they were to come", async () => {
    const own = await sampleCouncil(service);
    const [id, name] = ["answered-in-time", "Letters answered in time"];
    const indicator = Indicator.parse({
      ...{ id, name, priority: "Letters", unit: "percent", areas: ["Cambridgeshire"] },
      ...{ polarity: "increase is good", targets: [{ value: 90 }], cadence: "monthly" },
    });
    await createDefinitionStore(own).save(COMMITTEE, [indicator]);
    for (let at = 0; at < 54; at += 1) {
      const month = `${2015 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
      const about = { start: `${month}-01`, end: lastDay(month), value: 50 + (at % 3) };
      await keep(own, id, about);
    }
    const { as } = await openProduct(own);

    const now = await as(MEMBER).say("kpi letters answered in time");
    const then = wordsOn(await as(MEMBER).say("kpi letters answered in time March 2016"));
    const earlier = wordsOn(await as(MEMBER).press(...press(now, "Earlier periods")));

    expect(wordsOn(now)).toContain("expect it to be missed unless something changes");
    for (const words of [then, earlier]) {
      expect(words).toContain("was outside the limits of these earlier periods");
      expect(words).not.toMatch(/expect|unless|The latest point/);
    }
  });
});

async function said(own: Tables, text: string): Promise<string> {
  const { as } = await openProduct(own);
  return wordsOn(await as(MEMBER).say(text));
}

async function keep(
  own: Tables,
  indicator: string,
  about: Partial<StoredFigure>,
  area = "Cambridgeshire",
) {
  const { revision: _revision, at: _at, by: _by, ...figure } = buildFigure(about);
  const written = { by: "the sample", at: "2019-09-25T08:00:00Z" };
  await createFigureStore(own).add({ committee: COMMITTEE, indicator, area }, [figure], written);
}
