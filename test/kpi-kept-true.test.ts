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
