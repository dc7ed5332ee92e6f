import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createClock } from "../src/calendar.ts";
import { createDefinitionStore } from "../src/kpi/definitions.ts";
import { DISCLOSURE, hideSmall, suppressed } from "../src/kpi/disclosure.ts";
import { readPeriod } from "../src/kpi/period-reading.ts";
import { lengthOf, periodInWords } from "../src/kpi/periods.ts";
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
import { buildFigure, buildMonths } from "./support/kpi-cards.ts";

const NOW = createClock("2019-09-25T09:00")();
const SCALE: Record<string, string> = { percent: "%" };

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
beforeAll(async () => {
  service = await startTables();
  tables = await sampleCouncil(service, { withNumbers: true });
});
afterAll(() => service.stop());

describe("asking for a number", () => {
  it("gives the figure first, with unit and period, and what is needed to take it for what it is", async () => {
    const words = await answer("kpi hate crime reports");

    expect(words.split("\n")[0]).toBe("23 reports, July 2019");
    expect(words).toContain("4 more than in June 2019 (19)");
    expect(words).toContain("No target set");
    expect(words).toContain("para 2.4.2");
    expect(words).toContain("January 2019\n10");
  });

  it("says under the chart what can be said of the seven months, and no more", async () => {
    const words = await answer("kpi hate crime reports");

    expect(words).toContain("Mean 22, limits 5.6 to 38.4");
    expect(words).toContain("no special cause");
    expect(words).toContain("trial limits");
  });

  it.each([
    ["kpi hat crime reprots", "23 reports, July 2019"],
    ["kpi libary visits", "476,099 visits, April to June 2019"],
    ["library visits", "476,099 visits, April to June 2019"],
    ["Hate crime reports in May?", "29 reports, May 2019"],
    ["idva referrals in Fenland April to June 2019", "46 referrals, April to June 2019"],
    ["kpi idva referrals in Fenland April to June 2019", "46 referrals, April to June 2019"],
    ["kpi IDVA referrals last quarter in Hunts", "85 referrals, April to June 2019"],
    ["kpi PCNs", "21 networks, period not stated in the paper"],
    ["kpi clas money", "£266k, to date"],
    ["kpi energy switch", "over 500 people, to date"],
    ["kpi shared posts", "approximately 248 posts, to date"],
    ["kpi adult learners 2018/19", "6,184 residents, August 2018 to July 2019"],
    ["kpi births 2018/19", "7,417 births, April 2018 to March 2019"],
    ["show kpi hate reports in May", "29 reports, May 2019"],
    ["kpi reasons for spikes in hate crime", "23 reports, July 2019"],
    ["what are the reasons behind the spikes in hate crime", "23 reports, July 2019"],
    ["how many library visits last quarter", "476,099 visits, April to June 2019"],
    ["hate crime numbers", "23 reports, July 2019"],
    ["show me hate crime figures", "23 reports, July 2019"],
    ["what is the idva figure for Fenland", "46 referrals, April to June 2019"],
    ["hate crime reports", "23 reports, July 2019"],
    [
      "kpi hate reports since March",
      "127 reports, March to July 2019, part of March to September 2019",
    ],
    [
      "kpi hate reports year to date",
      "98 reports, April to July 2019, part of April to September 2019",
    ],
    ["kpi hate reports January and February", "27 reports, January to February 2019"],
    ["kpi idva referrals in Fenlnd", "46 referrals, April to June 2019"],
    ["hate crime reports 1/2/19 to 31/3/19", "46 reports, February to March 2019"],
    ["kpi library visits 1/4/19 to 30/6/9", "476,099 visits, April to June 2019"],
    ["library visits from 1 April 2019 until 30 June 2019", "476,099 visits, April to June 2019"],
    ["library visits Apr-Jun 19", "476,099 visits, April to June 2019"],
    ["library visits April–June 2019", "476,099 visits, April to June 2019"],
    ["kpi hate reports June and July 2019", "42 reports, June to July 2019"],
    ["kpi increase in ebook loans, June 2019 to July 2019", "81%, June to July 2019"],
    ["kpi hate reports Q1", "75 reports, April to June 2019"],
  ])("understands %j", async (text, words) => {
    expect((await answer(text)).split("\n")[0]).toBe(words);
  });

  it.each([
    ["kpi hate crime reports 2018/19", "56 reports, January to March 2019, part of 2018/19"],
    ["hate crime reports 2018/19", "56 reports, January to March 2019, part of 2018/19"],
    ["kpi hate crime reports 2019/20", "98 reports, April to July 2019, part of 2019/20"],
    [
      "kpi hate crime reports 2018",
      "No figure for January to December 2018. The latest: 23 reports, July 2019",
    ],
    ["kpi hate crime reports Q2 2019/20", "23 reports, July 2019, part of July to September 2019"],
    [
      "kpi hate crime reports first half of 2019/20",
      "98 reports, April to July 2019, part of April to September 2019",
    ],
    [
      "kpi hate crime reports last winter",
      "27 reports, January to February 2019, part of December 2018 to February 2019",
    ],
    [
      "kpi hate crime reports 2018/19 academic year",
      "154 reports, January to July 2019, part of academic year 2018/19",
    ],
    [
      "kpi hate crime reports since Easter",
      "71 reports, May to July 2019, part of 21 April to 25 September 2019",
    ],
    ["kpi library visits 2019/20", "476,099 visits, April to June 2019, part of 2019/20"],
    ["kpi engagement rate in Fenland 2019/20", "78%, April to June 2019, part of 2019/20"],
  ])("never gives a part under the name of the whole: %j", async (text, words) => {
    expect((await answer(text)).split("\n")[0]).toBe(words);
  });

  it.each([
    [
      "kpi library visits July 2019",
      "No figure for July 2019. The latest: 476,099 visits, April to June 2019",
    ],
    [
      "kpi births July 2019",
      "No figure for July 2019. The latest: 7,417 births, April 2018 to March 2019",
    ],
    [
      "kpi library issues June 2019",
      "No figure for June 2019 alone. There is one that holds it: 467,104 issues, April to June 2019",
    ],
    [
      "kpi energy switch 2018/19",
      "No figure for April 2018 to March 2019. The latest: over 500 people, to date",
    ],
  ])("says before the figure that it is for another period: %j", async (text, words) => {
    expect((await answer(text)).split("\n")[0]).toBe(words);
  });

  it("adds no figures up between which one is missing, and says so", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    for (const [start, end, value] of [
      ["2018-04-01", "2018-06-30", 480_000],
      ["2018-10-01", "2018-12-31", 490_000],
      ["2019-01-01", "2019-03-31", 500_000],
    ] as const)
      await keepFigure(own, "number-of-visits", { start, end, value });
    const { as } = await openProduct(own);

    const words = wordsOn(await as(MEMBER).say("kpi library visits 2018/19"));

    expect(words.split("\n")[0]).toBe(
      "990,000 visits, October 2018 to March 2019, part of 2018/19",
    );
    expect(words).toContain(
      "The other figures in it do not stand next to these, so they are not added.",
    );
    expect(words).toContain("Added up by this bot from 2 figures");
  });

  it("says what it asked for is too short a time for any figure", async () => {
    const words = await answer("kpi hate crime reports past fortnight");

    expect(words.split("\n")[0]).toContain("No figure for 11 to 24 September 2019. The latest: 23");
    expect(words).toContain("No figure covers so short a time.");
  });

  it.each([
    ["kpi hate crime reports 31/13/19", "“31/13/19” is no date: there is no month 13."],
    ["hate crime reports 31/6/19", "“31/6/19” is no date: June 2019 has 30 days."],
    ["kpi library visits 30/6/19 to 1/4/19", "ends before it begins"],
  ])("says of %j what is wrong with the date", async (text, words) => {
    expect(await answer(text)).toContain(words);
  });

  it("says how it read a date with a slip in it", async () => {
    expect(await answer("kpi library visits 1/4/19 to 30/6/9")).toContain(
      "I read “30/6/9” as 30 June 2019.",
    );
  });

  it.each(["library near Ely", "hate crime support", "domestic abuse number"])(
    "leaves %j to the directory",
    async (text) => {
      expect(await answer(text)).not.toMatch(/Compared with/);
    },
  );

  it("says what of the question it did not use, and how it read a misspelt district", async () => {
    expect(await answer("kpi idva referrals in Norfolk")).toContain(
      "I did not use: Norfolk. Figures come for: ",
    );
    expect(await answer("kpi idva referrals in Fenlnd")).toContain("I read “Fenlnd” as Fenland.");
    expect(await answer("kpi idva referrals minus Peterborough")).toContain(
      "I do not know what to do with “minus”",
    );
    expect(await answer("kpi hate reports since March")).toContain(
      "You asked for March to September 2019. No other part of it has a figure that you can see here.",
    );
  });

  it("puts two districts side by side, and only these", async () => {
    const words = await answer("kpi idva referrals in Fenland and Huntingdonshire");

    expect(words).toContain("Fenland\n46");
    expect(words).toContain("Huntingdonshire\n85");
    expect(words).not.toMatch(/Peterborough\n|Cambridge City\n|added up/);
  });

  it("has a button for each area that is compared", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("compare districts idva referrals");

    const shown = await as(MEMBER).press(...press(card, "Show Peterborough"));

    expect(titlesOf(card).filter((title) => title.startsWith("Show "))).toHaveLength(6);
    expect(wordsOn(shown)).toContain("113 referrals, April to June 2019");
  });

  it("gives the table of a number that comes for the county only, after its card", async () => {
    const { as } = await openProduct(tables);
    await as(MEMBER).say("hate crime reports");

    const table = wordsOn(await as(MEMBER).say("show me the table"));

    expect(table).toContain("Figures: 7.");
    expect(wordsOn(await as(MEMBER).say("kpi table hate crimes per 100,000"))).toContain(
      "police data expected, not received",
    );
  });

  it("keeps the period of the question before, and says it in months", async () => {
    const { as } = await openProduct(tables);

    const first = wordsOn(await as(MEMBER).say("hate crime since the spring"));
    const next = wordsOn(await as(MEMBER).say("and Fenland?"));

    expect(first.split("\n")[0]).toBe(
      "127 reports, March to July 2019, part of March to September 2019",
    );
    expect(next).toContain("in Fenland March to September 2019");
    expect(next).toContain("No figure for Fenland");
    expect(next).not.toContain("I did not use");
  });

  it.each([
    [
      "idva referrals cambridgeshire",
      "No figure for Cambridgeshire as a whole is stored that you can see here.",
    ],
    ["idva referrals in the county", "IDVA service referrals by district"],
    ["hate crime reports cambridgeshire", "23 reports, July 2019"],
    ["library visits cambridgeshire", "476,099 visits, April to June 2019"],
    [
      "threat level cambridgeshire",
      "This number comes for Eastern Region, not for Cambridgeshire.",
    ],
    ["is Fenland better than Hunts for domestic abuse referrals", "Huntingdonshire\n"],
    ["which district has the most idva referrals", "IDVA service referrals by district"],
    ["DASV", "Domestic abuse and sexual violence"],
    ["CLLD", "CLLD funding"],
  ])("answers with a number, or with those that it can be: %j", async (asked, words) => {
    const { as } = await openProduct(tables);

    const answer = wordsOn(await as(MEMBER).say(asked));

    expect(answer).toContain(words);
    expect(answer).not.toContain("I did not use");
  });

  it("says which kind of year it took a quarter or a half of, and has the other one press away", async () => {
    const { as } = await openProduct(tables);

    const half = await as(MEMBER).say("kpi hate crime reports first half of 2019");
    const quarter = await as(MEMBER).say("kpi hate crime reports Q1 2019");
    const other = await as(MEMBER).press(...press(quarter, "Show January to March 2019"));

    expect(wordsOn(half)).toContain("I took January to June 2019, of the calendar year 2019.");
    expect(titlesOf(half)).toContain("Show April to September 2019");
    expect(wordsOn(quarter)).toContain("I took April to June 2019, of the council’s year");
    expect(wordsOn(other).split("\n")[0]).toBe("56 reports, January to March 2019");
  });

  it("says how it read a month with a typing error", async () => {
    const words = await answer("kpi hate crime reports Octber 2018 to march 2019");

    expect(words).toContain("I read “Octber” as October.");
    expect(words).toContain("part of October 2018 to March 2019");
  });

  it("offers as buttons the numbers that fit equally well, and a press shows one", async () => {
    const { as } = await openProduct(tables);

    const asked = await as(MEMBER).say("kpi clas");
    const [first = ""] = titlesOf(asked);
    const shown = await as(MEMBER).press(...press(asked, first));

    expect(wordsOn(asked)).toContain("Which number do you mean?");
    expect(titlesOf(asked)).toHaveLength(3);
    expect(wordsOn(shown)).toContain("1,445 people, to date");
  });

  it("offers the three that are about learners, and picks none by itself", async () => {
    const { as } = await openProduct(tables);

    const titles = titlesOf(await as(MEMBER).say("kpi learners"));

    expect(titles.filter((title) => title !== "All numbers")).toHaveLength(3);
    expect(await answer("kpi adult learners")).toContain("6,184 residents");
  });

  it("lists a priority's numbers where the priority is all that was said", async () => {
    const words = await answer("kpi dasv");

    expect(words).toContain("IDVA service referrals");
    expect(words).toContain("Without a target: 6");
  });

  it("says what it did not find, and changes nothing", async () => {
    expect(await answer("kpi flying saucers")).toContain("I do not know that number");
    expect(await answer("finance flying saucers")).toContain("no such line");
    expect(await answer("risk 99")).toContain("The register has no risk 99");
  });

  it("adds months up only where they may be added, and says that it did", async () => {
    const words = await answer("kpi hate reports April to June 2019");

    expect(words).toContain("75 reports, April to June 2019");
    expect(words).toContain("Added up by this bot from 3 figures");
    expect(words).toContain("19 more than in January to March 2019 (56)");
  });

  it("shows earlier periods, the meaning and a list for a spreadsheet", async () => {
    const { as } = await openProduct(tables);
    const card = await as(MEMBER).say("kpi hate crime reports");

    const explained = await as(MEMBER).press(...press(card, "Explain"));
    const csv = await as(MEMBER).press(...press(card, "Get as CSV"));
    const rows = parse(String(elementsOf(csv, "Input.Text")[0]?.["value"]), { columns: true });

    expect(wordsOn(explained)).toContain("They are not police figures");
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatchObject({ period_start: "2019-07-01", value: "23", unit: "count" });
  });

  it("gives figures without a period and of every year to a spreadsheet", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    await createFigureStore(own).add(
      {
        committee: "communities-and-partnership",
        indicator: "third-party-hate-crime-reporting-centre-reports",
        area: "Cambridgeshire",
      },
      [...buildMonths(60), buildFigure({ start: undefined, end: undefined })].map(
        ({ revision: _revision, at: _at, by: _by, ...figure }) => figure,
      ),
      { by: "the sample", at: "2019-09-25T08:00:00Z" },
    );
    const { as } = await openProduct(own);

    const card = await as(MEMBER).say("kpi hate crime reports");
    const csv = await as(MEMBER).press(...press(card, "Get as CSV"));
    const list = parse(String(elementsOf(csv, "Input.Text")[0]?.["value"]), { columns: true });

    expect(list.filter((row) => Object.values(row as object).includes("2019-07-01"))).toHaveLength(
      1,
    );
    expect(list.length).toBeGreaterThan(60);
    expect(JSON.stringify(list)).toContain('"period_start":""');
  });
});

describe("a year before", () => {
  it("is put beside the period where both are stored, with the difference", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    await keepFigure(own, "number-of-visits", {
      start: "2018-04-01",
      end: "2018-06-30",
      value: 480_000,
    });
    await keepFigure(own, "number-of-issues", { start: "2018-04-01", end: "2018-12-31", value: 9 });
    const { as } = await openProduct(own);
    const said = async (text: string) => wordsOn(await as(MEMBER).say(text));

    const visits = await said("compare library visits with last year");
    const issues = await said("compare library issues to the same quarter last year");

    expect(visits).toContain("April to June 2019: 476,099. As reported");
    expect(visits).toContain("April to June 2018: 480,000. As reported");
    expect(visits).toContain("3,901 fewer than in April to June 2018 (480,000)");
    expect(issues).toContain(
      "No figure for April to June 2018 is stored that you can see here. There is one for April to December 2018 (9 months, not 3 months)",
    );
    expect(issues).not.toContain("less than");
  });

  it("is asked for district by district, and with its own reason where there is none", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    const about = { start: "2018-04-01", end: "2018-06-30" };
    await keepFigure(own, "idva-service-referrals", { ...about, value: 40 }, "Fenland");
    await keepFigure(
      own,
      "idva-service-referrals",
      { ...about, value: undefined, status: "not available", note: "the service was moved" },
      "Huntingdonshire",
    );
    const { as } = await openProduct(own);

    const words = wordsOn(await as(MEMBER).say("compare idva referrals with a year ago"));

    expect(words).toContain("6 more than in April to June 2018 (40)");
    expect(words).toContain("No data: the service was moved");
    expect(words).toContain("No figure for April to June 2018 is stored");
  });

  it("is said to be missing where the paper gives no period", async () => {
    expect(await answer("compare energy switch with last year")).toContain(
      "The paper gives no period",
    );
  });
});

describe("choices", () => {
  it("of the same title are told apart by their priority", async () => {
    const { as } = await openProduct(tables);

    const titles = titlesOf(await as(MEMBER).say("kpi educational attainment"));

    expect(titles).toContain("Educational attainment (Figur… (poverty)");
    expect(titles).toContain("Educational attainment (Figur… (wisbech)");
  });

  it("of risks are offered as buttons, and a single one is picked", async () => {
    const { as } = await openProduct(tables);

    const offered = await as(MEMBER).say("risk libraries");

    expect(wordsOn(offered)).toContain("Which risk do you mean?");
    expect(titlesOf(offered)).toHaveLength(3);
    expect(titlesOf(offered)[0]).toContain("Risk 20: ");
    expect(await answer("risk homelessness")).toContain("Risk 9: 9,");
    expect(await answer("risk libraries on the moon")).toContain("These come nearest");
    expect(await answer("risk zebra")).toContain("The register has no such risk");
  });

  it.each(["risks at or above appetite", "risks above appetite", "risks at appetite"])(
    "of risks that must be reassessed is given in full: %s",
    async (text) => {
      const words = await answer(text);

      expect(words).toContain("Risks at or above appetite: 3 of 24");
      expect(
        words.match(/Level \d+, appetite 16\. Likelihood \d of 5, consequence \d of 5/g),
      ).toHaveLength(3);
    },
  );
});

describe("the papers", () => {
  const figures = sampleFile("kpis.csv");
  const finance = sampleFile("finance.csv");
  const risks = sampleFile("risks.csv");

  it("give every figure that can be asked for as they print it", async () => {
    const { as } = await openProduct(tables);
    const wrong: string[] = [];
    for (const row of figures) {
      const { indicator = "", district = "", period_start: start, period_end: end } = row;
      const period = start && end ? ` ${start} to ${end}` : "";
      const place = district ? ` in ${district}` : "";
      const words = wordsOn(await as(MEMBER).say(`kpi ${indicator}${place}${period}`));
      const isPrinted = words.split("\n")[0]?.startsWith(printed(row));
      const hasSource = words.includes(row["source_paragraph"] ?? "none");
      if (!isPrinted || !hasSource) wrong.push(`${indicator}: ${words}`);
    }

    expect(wrong).toEqual([]);
    expect(figures).toHaveLength(52);
  });

  it.each(sampleFile("kpis-without-data.csv").map((row) => Object.values(row)))(
    "say of %s, %s, why they print none",
    async (priority = "", indicator = "", _source = "", reason = "") => {
      const { as } = await openProduct(tables);
      const asked = await as(MEMBER).say(`kpi ${indicator}`);
      const twins = titlesOf(asked).filter((title) => /\((?:poverty|wisbech)\)$/.test(title));
      const own = twins.find((title) => priority.toLowerCase().includes(title.slice(-8, -1)));
      const words = wordsOn(own ? await as(MEMBER).press(...press(asked, own)) : asked);

      expect(words.split("\n")[0]).toBe("No data");
      expect(words).toContain(reason);
    },
  );

  it("give each line of the finance table by its name as they print it", async () => {
    const { as } = await openProduct(tables);
    for (const { line = "", budget = "", actual = "", variance = "" } of finance) {
      const card = await as(MEMBER).say(`finance ${line}`);
      const cells = elementsOf(card, "TableCell").map(wordsOn);
      const at = cells.indexOf(line);

      expect(cells.slice(at, at + 3)).toEqual([line, budget, actual]);
      expect(cells[at + 3]?.split(" ")[0]).toBe(variance);
    }
  });

  it("give every line of the finance table as they print it", async () => {
    const { as } = await openProduct(tables);
    const cells = elementsOf(await as(MEMBER).say("finance"), "TableCell").map(wordsOn);

    for (const { line = "", budget = "", actual = "", variance = "" } of finance) {
      const at = cells.indexOf(line);
      expect(cells.slice(at, at + 3)).toEqual([line, budget, actual]);
      expect(cells[at + 3]?.split(" ")[0]).toBe(variance);
    }
    expect(finance).toHaveLength(15);
  });

  it.each(
    risks.map((row) => [row["risk_no"], row["title_register"], row["residual_risk_level"], row]),
  )("give risk %s as they print it", async (number, title, level, row) => {
    const words = await answer(`risk ${String(number)}`);
    const { likelihood = "", consequence = "" } = row;

    expect(words.split("\n")[0]).toContain(
      `Risk ${String(number)}: ${String(level)}, ${Number(level) >= 16 ? "at or above" : "below"} appetite (${likelihood} × ${consequence} = `,
    );
    expect(words).toContain(title);
  });
});

describe("the traps of the papers", () => {
  it("works out no change from a baseline that does not say what it covers", async () => {
    const words = await answer("kpi library visits");

    expect(words).toContain("1,920,826 as printed");
    expect(words).toContain("No change is worked out");
    expect(words).not.toMatch(/\d+%|fewer|less than/);
  });

  it("reads the period that the paper prints with a typing error, and says so", async () => {
    const words = await answer("kpi library issues");

    expect(words).toContain("467,104 issues, April to June 2019");
    expect(words).toContain("30/6/9 is a typing error for 30/6/19");
  });

  it("shows Peterborough apart and adds up the five districts only", async () => {
    const words = await answer("compare districts idva referrals");

    expect(words).toContain("Peterborough (not a district of the county)\n113");
    expect(words).toContain("The 5 districts together: 254, added up by this bot");
    expect(words).not.toContain("367");
  });

  it("marks provisional and unverified figures", async () => {
    expect(await answer("kpi idva referrals in Fenland")).toContain("Provisional");
    expect(await answer("kpi retention")).toContain("Not verified yet");
  });

  it("never works a count back out of a percentage", async () => {
    const words = await answer("kpi repeat rate in East Cambridgeshire");

    expect(words).toContain("22%, April to June 2019");
    expect(words).toContain("does not name the service or the denominator");
    expect(words).not.toMatch(/\b(4|18) (people|cases|referrals)/);
    expect(await answer("compare districts repeat rate")).not.toContain("together");
  });

  it.each([
    ["kpi hate crimes per 100,000", "police data expected, not received"],
    ["kpi hate incidents recorded online", "police data expected, not received"],
    ["kpi idva repeat victims", "business intelligence team cannot access the data"],
    ["kpi children in care", "chart image only"],
  ])("says of %j why there is no figure, and never zero", async (text, reason) => {
    const words = await answer(text);

    expect(words.split("\n")[0]).toBe("No data");
    expect(words).toContain(reason);
    expect(words).not.toMatch(/^0\b/m);
  });

  it("prints the threat level with the date of its assessment", async () => {
    const words = await answer("kpi threat level");

    expect(words).toContain("Severe, in the Counter Terrorism Local Profile of June 2019");
    expect(words).toContain("International threat level, Eastern Region");
    expect(words).not.toContain("Eastern Region, Eastern Region");
  });

  it("prints totals that differ by rounding each as its report has it, with both sources", async () => {
    const words = await answer("finance total");

    expect(words).toContain("6,215");
    expect(words).toContain(
      "Business planning para 4.4 of the same pack prints the net budget as 6,214",
    );
  });

  it("names the year of the budget and the month of the spending as the paper does", async () => {
    const { as } = await openProduct(tables);
    const titles = elementsOf(await as(MEMBER).say("finance"), "TableCell").slice(0, 4);

    expect(titles.map(wordsOn)).toEqual([
      "Line",
      "Budget 2019/20",
      "Actual August 2019",
      "Forecast outturn variance",
    ]);
    expect(await answer("finance coroners")).toContain("Budget 2019/20");
  });

  it("calls a negative variance of an income budget more income", async () => {
    expect(await answer("finance registration")).toContain("-57 (more income)");
    expect(await answer("finance coroners")).toContain("235 (overspend)");
  });

  it("gives no colour without a target and a direction", async () => {
    expect(await answer("kpi status")).toContain("No target set");
    expect(await answer("kpi status")).not.toMatch(/Red|Amber|Green/);
  });

  it("compares only with an average that says what it is an average of", async () => {
    const words = await answer("compare districts idva referrals");

    expect(words).toContain("12 more than the previous 12 month average per quarter (53)");
    expect(words).toContain("22.5 more than the previous 12 month average per quarter (62.5)");
    expect(words.match(/Nothing to compare with/g)).toHaveLength(4);
  });
});

describe("periods as people say them", () => {
  it.each([
    ["last quarter", "April to June 2019"],
    ["this quarter", "July to September 2019"],
    ["since March", "March to September 2019"],
    ["2018/19", "April 2018 to March 2019"],
    ["2018-19 academic year", "August 2018 to July 2019"],
    ["July", "July 2019"],
    ["October", "October 2018"],
    ["year to date", "April to September 2019"],
    ["April to June 2019", "April to June 2019"],
    ["nov to feb", "November 2018 to February 2019"],
    ["Q1", "April to June 2019"],
    ["Q4", "January to March 2019"],
    ["Q4 2018/19", "January to March 2019"],
    ["last 3 months", "June to August 2019"],
    ["last month", "August 2019"],
    ["last year", "April 2018 to March 2019"],
    ["2019-06", "June 2019"],
    ["1 April 2019 to 30 June 2019", "April to June 2019"],
    ["1/4/19 to 30/6/19", "April to June 2019"],
    ["July 18", "July 2018"],
    ["July '18", "July 2018"],
    ["January and February", "January to February 2019"],
    ["until June", "April to June 2019"],
    ["from January", "January to September 2019"],
    ["between April and June 2019", "April to June 2019"],
    ["past three months", "June to August 2019"],
    ["first quarter of 2019", "January to March 2019"],
    ["first half of 2019", "January to June 2019"],
    ["Q1 2019", "April to June 2019"],
    ["first quarter of 2019/20", "April to June 2019"],
    ["the year ending March 2019", "April 2018 to March 2019"],
    ["year ending June 2019", "July 2018 to June 2019"],
    ["Octber 2018 to march 2019", "October 2018 to March 2019"],
    ["january to jnue 2019", "January to June 2019"],
    ["spring 2019", "March to May 2019"],
    ["06/2019", "June 2019"],
    ["calendar year 2018", "January to December 2018"],
    ["1/2/19 to 31/3/19", "February to March 2019"],
    ["01/04/2019-30/06/2019", "April to June 2019"],
    ["1.4.19 to 30.6.19", "April to June 2019"],
    ["1/4/19 to 30/6/9", "April to June 2019"],
    ["from 1 April 2019 until 30 June 2019", "April to June 2019"],
    ["1 April to 30 June 2019", "April to June 2019"],
    ["between 1 April and 30 June 2019", "April to June 2019"],
    ["1 November to 3 February 2019", "1 November 2018 to 3 February 2019"],
    ["Apr-Jun 19", "April to June 2019"],
    ["April–June 2019", "April to June 2019"],
    ["FY 18-19", "April 2018 to March 2019"],
    ["FY18/19", "April 2018 to March 2019"],
    ["18/19", "April 2018 to March 2019"],
    ["q3 18/19", "October to December 2018"],
    ["18/19 q3", "October to December 2018"],
    ["2018/19 Q3", "October to December 2018"],
    ["Q3 and Q4 2018/19", "October 2018 to March 2019"],
    ["1st half of 2019/20", "April to September 2019"],
    ["H2 2018/19", "October 2018 to March 2019"],
    ["last winter", "December 2018 to February 2019"],
    ["last summer", "June to August 2019"],
    ["last 2 quarters", "January to June 2019"],
    ["12 months to June 2019", "July 2018 to June 2019"],
    ["past fortnight", "11 to 24 September 2019"],
    ["11 to 24 September 2019", "11 to 24 September 2019"],
    ["1-30 June 2019", "June 2019"],
    ["last week", "16 to 22 September 2019"],
    ["since Easter", "21 April to 25 September 2019"],
    ["since the spring", "March to September 2019"],
    ["since 1 April 2019", "April to September 2019"],
    ["March 2019 to date", "March to September 2019"],
  ])("%j is %s", (said, words) => {
    const { period, rest } = readPeriod(`visits in ${said}`, NOW);

    expect(period && periodInWords(period)).toBe(words);
    expect(rest).toBe("visits");
  });

  it("leave no word of them behind, and are read back from their own words", () => {
    const month = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(month, fc.integer({ min: 1, max: 24 }), (first, length) => {
        const day = (at: number) =>
          `${2005 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}-01`;
        const start = day(first);
        const end = new Date(Date.parse(day(first + length)) - 86_400_000)
          .toISOString()
          .slice(0, 10);

        const words = periodInWords({ start, end });

        expect(readPeriod(words, NOW)).toEqual({ period: { start, end }, rest: "" });
        expect(lengthOf({ start, end })).toBe(`${length} month${length === 1 ? "" : "s"}`);
      }),
    );
  });
});

describe("small counts of people", () => {
  it.each([
    [0, undefined],
    [1, undefined],
    [4, undefined],
    [5, 5],
    [12, 10],
    [13, 15],
  ])("%s is shown as %s", (value, shown) => {
    expect(suppressed(value, DISCLOSURE)).toBe(shown);
  });

  it("hide their whole row, so that none can be worked out from the total", () => {
    const hidden = hideSmall({ parts: rowOf([3, 11, 42]), whole: wholeOf(56) });
    const large = hideSmall({ parts: rowOf([5, 11, 42]), whole: wholeOf(58) });

    expect([...hidden.values()].map(([figure]) => figure?.value)).toEqual([
      ...[undefined, undefined, undefined],
      56,
    ]);
    expect([...large.values()].map(([figure]) => figure?.value)).toEqual([5, 10, 40, 58]);
    expect(JSON.stringify([...hidden.values(), ...large.values()])).not.toContain("baseline");
  });

  it.each([
    [[3, 0, 0, 0, 0], 3],
    [[1, 1, 0, 0, 0], 2],
    [[4, 0, 0, 0, 0], 4],
  ])("take the county's figure with them where %j and %s would tell", (values, county) => {
    const hidden = hideSmall({ parts: rowOf(values), whole: wholeOf(county) });

    expect([...hidden.values()].flat().map(({ value }) => value)).toEqual(Array(6).fill(undefined));
  });

  it("show a zero where the indicator says so, but not beside a small one", () => {
    const rule = { ...DISCLOSURE, isZeroHidden: false };
    const shown = (values: number[], county?: number) =>
      [
        ...hideSmall(
          { parts: rowOf(values), ...(county === undefined ? {} : { whole: wholeOf(county) }) },
          rule,
        ).values(),
      ].map(([figure]) => figure?.value);

    expect(shown([0, 12, 41])).toEqual([0, 10, 40]);
    expect(shown([0, 0, 0], 0)).toEqual([0, 0, 0, 0]);
    expect(shown([3, 0, 12, 41], 56)).toEqual([...Array(4).fill(undefined), 56]);
    expect(shown([3, 0, 0], 3)).toEqual(Array(4).fill(undefined));
  });

  it("and rates are said to be hidden, wherever they are asked for", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    await keepRefuge(own, { "Cambridge City": 3, Fenland: 0, Cambridgeshire: 3 });
    const { as } = await openProduct(own);
    const said = async (text: string) => wordsOn(await as(MEMBER).say(text));

    const county = await said("kpi refuge places");
    const districts = await said("compare districts refuge places");
    const rate = await said("kpi refuge rate in Fenland");

    expect(county.split("\n")[0]).toContain("hidden: small");
    expect(districts.match(/hidden: small/g)).toHaveLength(3);
    expect(districts).not.toMatch(/^[03]$/m);
    expect(rate.split("\n")[0]).toContain("hidden: small");
  });

  it("are hidden in all districts, and the county's figure is there", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    await keepRefuge(own, {
      "Cambridge City": 3,
      Fenland: 12,
      Huntingdonshire: 41,
      Cambridgeshire: 56,
    });
    const { as } = await openProduct(own);

    const card = await as(MEMBER).say("compare districts refuge places");

    expect(wordsOn(card)).toContain("Cambridgeshire (as a whole)\n56");
    expect(wordsOn(card).match(/hidden: small/g)).toHaveLength(3);
    expect(wordsOn(card)).not.toMatch(/about|41|12/);
  });

  it("are said to be about so many in the chart's words where none is hidden", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    await keepRefuge(own, {
      "Cambridge City": 6,
      Huntingdonshire: 12,
      "South Cambridgeshire": 41,
      Cambridgeshire: 59,
    });
    const { as } = await openProduct(own);

    const card = await as(MEMBER).say("compare districts refuge places");

    expect(wordsOn(card)).toContain("Cambridgeshire (as a whole)\n59");
    expect(wordsOn(card)).not.toContain("apart");
    expect(wordsOn(card)).toContain("Lowest: Cambridge City (about 5).");
    expect(wordsOn(card)).toContain("Highest: South Cambridgeshire (about 40).");
    const chart = JSON.stringify(elementsOf(card, "Chart.VerticalBar")[0]?.["fallback"]);
    expect(chart).toContain('"value":"about 40"');
  });
});

describe("a series of ten years of months", () => {
  it("fits a card, and is read page by page to its beginning", async () => {
    const own = await sampleCouncil(service, { withNumbers: true });
    const id = "third-party-hate-crime-reporting-centre-reports";
    const series = {
      committee: "communities-and-partnership",
      indicator: id,
      area: "Cambridgeshire",
    };
    const months = buildMonths().map((figure) => ({ ...figure, note: "n".repeat(300) }));
    await createFigureStore(own).add(
      series,
      months.map(({ revision: _revision, at: _at, by: _by, ...figure }) => figure),
      { by: "the sample", at: "2019-09-25T08:00:00Z" },
    );
    const { as } = await openProduct(own);

    let card = await as(MEMBER).say("kpi hate crime reports");
    const seen = new Set<string>();
    for (let page = 0; page < 15; page += 1) {
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
      for (const cell of elementsOf(card, "TableCell").map(wordsOn)) seen.add(cell);
      if (!titlesOf(card).includes("Earlier periods")) break;
      card = await as(MEMBER).press(...press(card, "Earlier periods"));
    }

    const words = months.map(({ start = "", end = "" }) => periodInWords({ start, end }));
    expect(words.filter((period) => !seen.has(period))).toEqual([]);
  });
});

async function answer(text: string): Promise<string> {
  const { as } = await openProduct(tables);
  return wordsOn(await as(MEMBER, { place: "channel" }).say(text));
}

function sampleFile(name: string): Record<string, string>[] {
  const text = readFileSync(join(__dirname, "../data", name), "utf8");
  return parse(text, { columns: true, bom: true });
}

/** A figure of the papers, as they print it. */
function printed({ value = "", unit = "", qualifier = "" }: Record<string, string>): string {
  const number = /^\d+$/.test(value) ? Number(value).toLocaleString("en-GB") : value;
  const words = `${unit === "GBP" && /^\d/.test(number) ? "£" : ""}${number}${SCALE[unit] ?? ""}`;
  return ["over", "approximately"].includes(qualifier) ? `${qualifier} ${words}` : words;
}

/** A figure of the county, unless told otherwise. */
async function keepFigure(
  own: Tables,
  indicator: string,
  about: Partial<StoredFigure>,
  area = "Cambridgeshire",
) {
  const { revision: _revision, at: _at, by: _by, ...figure } = buildFigure(about);
  const written = { by: "the sample", at: "2019-09-25T08:00:00Z" };
  const series = { committee: "communities-and-partnership", indicator, area };
  await createFigureStore(own).add(series, [figure], written);
}

/** Counts of a row of areas in one period. */
function rowOf(values: readonly number[]) {
  return new Map(
    values.map((value, at) => [String(at), [buildFigure({ value, baseline: value })]] as const),
  );
}

function wholeOf(value: number) {
  return new Map([["county", [buildFigure({ value })]]]);
}

/** An indicator about people in a sensitive area that no paper prints, and a rate of it. */
async function keepRefuge(own: Tables, counts: Record<string, number>) {
  const committee = "communities-and-partnership";
  const about = { priority: "Refuge", disclosure: "sensitive people", isPublished: false };
  const areas = [
    "Cambridgeshire",
    ...Object.keys(counts).filter((each) => each !== "Cambridgeshire"),
  ];
  const indicators = [
    { ...about, id: "refuge-places", name: "Refuge places", unit: "count", areas, addsUp: true },
    { ...about, id: "refuge-rate", name: "Refuge rate", unit: "percent", areas },
  ].map((each) => Indicator.parse(each));
  await createDefinitionStore(own).save(committee, indicators);
  const written = { by: "the sample", at: "2019-09-25T08:00:00Z" };
  for (const { id: indicator } of indicators)
    for (const [area, value] of Object.entries(counts)) {
      const { revision: _revision, at: _at, by: _by, ...figure } = buildFigure({ value });
      await createFigureStore(own).add({ committee, indicator, area }, [figure], written);
    }
}
