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

const HEADER = "indicator,district,period_start,period_end,value,unit,published,source_paragraph";
const VISITS = "Number of visits,Cambridgeshire";
const POLICE = "police hate crime,Cambridgeshire";

let service: Awaited<ReturnType<typeof startTables>>;
let sample: Tables;
beforeAll(async () => {
  service = await startTables();
  sample = await sampleCouncil(service, { withNumbers: true });
});
afterAll(() => service.stop());

describe("a figure that came after its reason for having none", () => {
  let ask: (text: string) => Promise<string>;
  let listed: () => Promise<string>;
  beforeAll(async () => {
    ({ ask, listed } = await openWith(`${POLICE},2019-04-01,2019-06-30,112,count,yes,Police data`));
  });

  it("is shown, in the list too, and the reason is kept for other periods and areas", async () => {
    const other = await ask("kpi police hate crime July 2019");
    const elsewhere = await ask("kpi police hate crime in Fenland");

    expect((await ask("kpi police hate crime")).split("\n")[0]).toBe("112, April to June 2019");
    expect(await ask("compare police hate crime with a year before")).toContain("112");
    expect(await ask("compare districts police hate crime")).toContain("112, April to June 2019");
    expect(await listed()).toContain("112, April to June 2019");
    expect(other).toContain("No figure for July 2019. The latest: 112, April to June 2019");
    expect(other).toContain("Why there is none for July 2019: police data expected, not received.");
    expect(elsewhere.split("\n")[0]).toBe("No data");
    expect(elsewhere).toContain("police data expected, not received");
  });
});

describe("a target", () => {
  const DEFINITIONS = [
    "indicator,polarity,target,target_period",
    "Number of visits,increase is good,1900000 from 2019-04-01,year",
    "IDVA service referrals,decrease is good,40,",
    "Third party hate crime reporting centre reports,increase is good,20,",
  ].join("\n");
  let ask: (text: string) => Promise<string>;
  beforeAll(async () => {
    ({ ask } = await openWith(DEFINITIONS));
  });

  it("is for periods of one length, and colours no figure of another one", async () => {
    const quarter = "No RAG: the target is for a year, this figure is of a quarter";

    expect(await ask("kpi library visits")).toContain(`target 1,900,000 for a year. ${quarter}`);
    expect(await ask("kpi status")).toContain(quarter);
    expect(await ask("kpi hate crime reports June 2019")).toContain(
      "A: Amber, off target by 5% (target 20 for a month)",
    );
    expect(await ask("explain library visits")).toContain("1,900,000 for a year from 2019-04-01");
  });

  it("colours no sum", async () => {
    expect(await ask("kpi hate crime reports April to June 2019")).toContain(
      "target 20 for a month. No RAG: the target is for a month, this figure is of a quarter",
    );
  });

  it("stands beside each district that it is for", async () => {
    const words = await ask("compare districts idva referrals");

    expect(words).toContain("R: Red, off target by 15% (target 40 for a quarter)");
    expect(words).toContain("G: Green, on target (target 40 for a quarter)");
  });
});

describe("a figure of a period that had not ended", () => {
  let ask: (text: string) => Promise<string>;
  beforeAll(async () => {
    const months = [
      `${VISITS},2019-06-01,2019-06-30,150000,count,yes,A paper`,
      `${VISITS},2019-07-01,2019-07-31,151000,count,yes,A paper`,
      `${VISITS},2019-08-01,2019-08-31,152000,count,yes,A paper`,
      `${VISITS},2019-09-01,2019-09-30,99000,count,yes,A paper`,
    ];
    ({ ask } = await openWith(...months));
  });

  it("is compared with nothing, and is marked beside the chart and in the table", async () => {
    const words = await ask("kpi library visits");

    expect(words.split("\n")[0]).toBe("99,000 visits, September 2019");
    expect(words).not.toMatch(/fewer|lowest: 99,000/i);
    expect(words).toContain("Nothing: the period had not ended when the number was stored");
    expect(words).toContain("September 2019\n99,000, period not ended");
    expect(words).toContain(
      "Not drawn, because it had not ended when its figure was stored: September 2019.",
    );
    expect(words).toContain(
      "September 2019\n99,000\nAs reported. The period had not ended when this was stored",
    );
  });

  it("is left out of a sum, and of two periods side by side", async () => {
    const quarter = await ask("kpi library visits July to September 2019");
    const beside = await ask("compare library visits with last month");

    expect(quarter.split("\n")[0]).toBe(
      "303,000 visits, July to August 2019, part of July to September 2019",
    );
    expect(quarter).toContain("Left out, because it had not ended when its figure was stored");
    expect(beside).toContain("August 2019 beside July 2019");
  });

  it("is none in the sample, whose papers are of a later day than it", async () => {
    const words = wordsOn(
      await (await openProduct(sample)).as(MEMBER).say("kpi cultivate proposals"),
    );

    expect(words.split("\n")[0]).toBe("8 proposals, 27 September 2019");
    expect(words).not.toContain("had not ended");
  });
});

describe("numbers of people in sensitive areas", () => {
  const QUARTER = "2019-04-01,2019-06-30";

  it("are hidden where no paper prints them, rates beside the counts too", async () => {
    const { ask } = await openWith(
      `repeat rate,East Cambs,2019-01-01,2019-03-31,33,percent,yes,`,
      `engagement rate,East Cambs,2019-01-01,2019-03-31,100,percent,yes,`,
      `male suicides,Fenland,2018-01-01,2018-12-31,2,count,yes,`,
      `children in care,Fenland,${QUARTER},3,count,yes,`,
    );

    expect(await ask("repeat rate East Cambs January to March 2019")).toContain("[c] hidden");
    expect(await ask("engagement rate East Cambs January to March 2019")).toContain("[c] hidden");
    expect(await ask("kpi male suicides in Fenland")).toContain("[c] hidden");
    expect(await ask("kpi children in care in Fenland")).toContain("[c] hidden");
    expect(await ask("explain repeat rate")).toContain("rates are hidden");
  });

  it("stay as printed, for the paper has them already", async () => {
    const { as } = await openProduct(sample);
    const words = async (text: string) => wordsOn(await as(MEMBER).say(text));

    expect((await words("repeat rate East Cambs")).split("\n")[0]).toBe("22%, April to June 2019");
    expect(await words("kpi male suicides")).not.toContain("hidden");
  });

  it("of other districts stay as printed when one is corrected, which is rounded", async () => {
    const { ask, preview } = await openWith(
      `IDVA service referrals,Fenland,${QUARTER},44,count,yes,`,
    );
    const fenland = await ask("kpi idva referrals Fenland");
    const compared = await ask("compare districts idva referrals");

    expect(preview).toContain("46 becomes 44");
    expect(preview).toContain(
      "Others see it to the nearest 5, or hidden, because no paper prints it",
    );
    expect(fenland.split("\n")[0]).toBe("about 45 referrals, April to June 2019");
    expect(fenland).toContain("Before: 46 referrals, version 1");
    expect(await ask("kpi idva referrals Peterborough")).toContain("113 referrals");
    expect(compared).toContain("Huntingdonshire\n85");
    expect(compared).not.toContain("districts together");
  });

  it("of a district corrected to a small one are hidden, and the others stay", async () => {
    const { ask } = await openWith(`IDVA service referrals,Fenland,${QUARTER},3,count,yes,`);
    const compared = await ask("compare districts idva referrals");

    expect(compared).toContain("Fenland\n[c] hidden");
    expect(compared).toContain("Cambridge City\n65");
    expect(compared).not.toContain("districts together");
  });
});

describe("an answer", () => {
  let ask: (text: string) => Promise<string>;
  beforeAll(async () => {
    const { as } = await openProduct(sample);
    ask = async (text) => wordsOn(await as(MEMBER).say(text));
  });

  it.each([
    ["risks at 15", "Risks with level 15: 2 of 24"],
    ["risks scoring 9", "Risks with level 9: 3 of 24"],
    ["risk likelihood 4", "Risks with likelihood 4: 5 of 24"],
    ["risks above 15", "Risks with level above 15: 3 of 24"],
    ["risks scoring 12 or more", "Risks with level 12 or above: 16 of 24"],
    ["risk 15", "MOSAIC Finance Module"],
    ["poverty rate fenland", "Percentage of people living in poverty"],
    ["how much do people save on energy", "£121, a year for each customer"],
    ["how many deaths were registered in 2019", "2,042 deaths, 1 January to 8 August 2019"],
    ["how many deaths were registered in 2019", "deaths in Peterborough are in the number too"],
    ["kpi deaths registered 2018/19", "5,301 deaths, April 2018 to March 2019"],
    ["kpi female suicides", "Note\nyear not restated in the sentence"],
    ["P&C overspend", "P&C as a whole forecasts an overspend of £2,972k"],
  ])("to %j is %j", async (text, words) => {
    expect(await ask(text)).toContain(words);
  });

  it("without a figure is not called the county's, where no area was asked for", async () => {
    expect(await ask("kpi children in care in Wisbech")).not.toContain("Cambridgeshire");
  });

  it("calls no county a district, and none no district of itself", async () => {
    const words = await ask("compare districts idva referrals in Cambridgeshire and Fenland");

    expect(words).not.toContain("Cambridgeshire (not a district of the county)");
  });

  it("calls a figure that is shown beside hidden ones one of them, not the latest", async () => {
    const { ask: own } = await openWith(
      "IDVA service referrals,Fenland,2019-07-01,2019-08-31,3,count,yes,",
    );

    expect(await own("idva referrals in Fenland April to August 2019")).toContain(
      "This is one of 2 figures in it. Hidden: 1. They are not added up.",
    );
  });

  it("has all that a figure is compared with in one place, and once", async () => {
    const { ask: own } = await openWith(
      `${VISITS},2018-06-01,2018-06-30,140000,count,yes,A paper`,
      `${VISITS},2019-05-01,2019-05-31,150000,count,yes,A paper`,
      `${VISITS},2019-06-01,2019-06-30,151000,count,yes,A paper`,
      "funding target,Cambridgeshire,2017-08-01,2018-07-31,100,percent,yes,A paper",
    );
    const year = await own("kpi funding target");

    expect(year.match(/in August 2017 to July 2018/g)).toHaveLength(1);
    expect(await own("kpi library visits June 2019")).toContain(
      "Compared with\n1,000 more than in May 2019 (150,000). 11,000 more than in June 2018 (140,000)",
    );
  });
});

describe("the preview of a list", () => {
  it("warns of what mostly is a slip", async () => {
    const { preview } = await openWith(
      "repeat rate,Fenland,2019-01-01,2019-03-31,0.78,percent,yes,A paper",
      "funding target,Cambridgeshire,2016-08-01,2017-07-31,120,percent,yes,A paper",
      `${VISITS},2019-01-01,2019-03-31,12.5,count,yes,A paper`,
      "Number of visits,Fenland,2019-01-01,2019-03-31,12,count,yes,A paper",
      "threat level,Eastern Region,,,Substantial,category,yes,A paper",
    );

    expect(preview).toContain("Line 2: 0.78% is less than 1%. Write 78 if it is 78%.");
    expect(preview).toContain("Line 3: 120% is more than 100%. Check it.");
    expect(preview).toContain("Line 4: 12.5 is not a whole number, but this is a count.");
    expect(preview).toContain(
      "Line 5: this number has come for Cambridgeshire only. Check Fenland.",
    );
    expect(preview).toContain("Line 6: this level has no days. Give the period that it is for");
  });

  it("warns of a target that can colour no figure", async () => {
    const { preview } = await openWith(
      "indicator,polarity,target\nBirths registered,increase is good,7000",
    );

    expect(preview).toContain("Line 2: it is not said how long a period the target is for");
  });

  it("names ten changes and counts the others", async () => {
    const days = Array.from(
      { length: 13 },
      (_, at) => `2019-08-${String(at + 1).padStart(2, "0")}`,
    );
    const rows = (value: number) =>
      days.map((day) => `${VISITS},${day},${day},${value},count,yes,A paper`);
    const { as } = await openWith(...rows(10));
    const form = await as(OFFICER).say("import kpis");
    const csv = [HEADER, ...rows(11)].join("\n");
    const words = wordsOn(await as(OFFICER).press(...press(form, "Preview", { csv })));

    expect(words.match(/10 becomes 11/g)).toHaveLength(10);
    expect(words).toContain("And 3 more.");
  });
});

/** The sample with a list imported: definitions with their own header, or rows of figures. */
async function openWith(...rows: string[]) {
  const tables = await sampleCouncil(service, { withNumbers: true });
  const { as } = await openProduct(tables);
  const [first = ""] = rows;
  const csv = first.startsWith("indicator,") ? first : [HEADER, ...rows].join("\n");
  const form = await as(OFFICER).say("import kpis");
  const preview = await as(OFFICER).press(...press(form, "Preview", { csv }));
  const stored = wordsOn(await as(OFFICER).press(...press(preview, "Store")));
  const ask = async (text: string) => wordsOn(await as(MEMBER).say(text));
  const listed = async () => {
    const first = await as(MEMBER).say("kpi status");
    return wordsOn(await as(MEMBER).press(...press(first, "Next page")));
  };
  return { as, ask, listed, preview: wordsOn(preview), stored };
}
