import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createClock } from "../src/calendar.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { check } from "../src/kpi/checking.ts";
import { createDefinitionStore } from "../src/kpi/definitions.ts";
import { createImportStore } from "../src/kpi/import-store.ts";
import { beginImport } from "../src/kpi/importing.ts";
import { lastDay } from "../src/kpi/periods.ts";
import { createFigureStore } from "../src/kpi/store.ts";
import { sweeping } from "../src/kpi/sweeping.ts";
import { importFile, type Wishes } from "../src/import-kpis.ts";
import { councilWithNumbers, FIGURES_HEADER as HEADER, listOf } from "./support/kpi-cards.ts";
import { elementsOf } from "./support/cards.ts";
import type { Turn } from "../src/feature.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { openTables, type Tables } from "../src/tables.ts";
import {
  MEMBER,
  OFFICER,
  openProduct,
  press,
  sampleCouncil,
  startTables,
  titlesOf,
  wordsOn,
} from "./support/council.ts";

const HATE = "Third party hate crime reporting centre reports";
const COMMITTEE = "communities-and-partnership";
const IDVA = "IDVA service referrals";
/** A press that ends a long piece of work is asked again until it is over. */
const MOST_LOOKS = 300;

let service: Awaited<ReturnType<typeof startTables>>;
/** For what stores nothing. */
let shared: Tables;
let tables: Tables;
beforeAll(async () => {
  service = await startTables();
  shared = await councilWithNumbers(service);
});
afterAll(() => service.stop());

describe("importing figures", () => {
  it("says first what is new, changed, same and refused, and stores nothing until told to", async () => {
    const { as } = await openOwn();
    const list = listOf(
      `${HATE},Cambridgeshire,2019-08-01,2019-08-31,21,count,yes`,
      `${HATE},Cambridgeshire,2019-07-01,2019-07-31,24,count,yes`,
      `${HATE},Atlantis,2019-07-01,2019-07-31,24,count,yes`,
    );

    const preview = await pasted(as, list);
    const before = wordsOn(await as(MEMBER).say("kpi hate crime reports"));
    const stored = await as(OFFICER).press(...press(preview, "Store"));
    const after = wordsOn(await as(MEMBER).say("kpi hate crime reports"));

    expect(wordsOn(preview)).toContain("New\n1\nChanged\n1\nSame as stored\n0\nRefused\n1");
    expect(wordsOn(preview)).toContain("Line 4, district: I know no area “Atlantis”");
    expect(wordsOn(preview)).toContain("July 2019: 23 becomes 24");
    expect(before).toContain("23 reports, July 2019");
    expect(wordsOn(stored)).toContain("Stored by Nick Mills");
    expect(after).toContain("21 reports, August 2019");
  });

  it("keeps the figure that was there before, and marks the new one as revised", async () => {
    const { as } = await openOwn();
    const list = listOf(`${HATE},Cambridgeshire,2019-07-01,2019-07-31,24,count,yes`);

    const preview = await pasted(as, list);
    await as(OFFICER).press(...press(preview, "Store"));
    const words = wordsOn(await as(MEMBER).say("kpi hate crime reports July 2019"));
    const rows = await (
      await tables("figures")
    ).find("communities-and-partnership|hate|cambridgeshire", "year|2019");

    expect(words).toContain("24 reports, July 2019");
    expect(words).toContain("Revised on 25 September 2019. Before: 23 reports, version 1");
    expect(String(rows?.["figures0"])).toContain('"value":23');
    expect(String(rows?.["figures0"])).toContain('"by":"Nick Mills"');
  });

  it("refuses what cannot be, and says how to mend it", async () => {
    const { as } = await openProduct(shared);
    const words = wordsOn(
      await pasted(
        as,
        listOf(
          `${HATE},Cambridgeshire,2020-01-01,2020-01-31,24,count,yes`,
          `${HATE},Cambridgeshire,2019-08-01,2019-08-31,1.100,count,yes`,
        ),
      ),
    );

    expect(words).toContain("This period has not begun. There can be no figure for it yet.");
    expect(words).toContain("“1.100” may be 1100 or 1.1.");
    expect(words).toContain("Refused\n2");
  });

  it("shows the new values, and what to look at again before they are stored", async () => {
    const { as } = await openOwn();
    const preview = await pasted(
      as,
      listOf(`${HATE},Cambridgeshire,2019-09-01,2019-09-30,11,count,yes`),
    );
    await as(OFFICER).press(...press(preview, "Store"));
    const later = wordsOn(await as(MEMBER).say("kpi hate crime reports"));

    const words = wordsOn(preview);
    expect(words).toContain(`${HATE}, Cambridgeshire, September 2019: 11 reports`);
    expect(words).toContain("Line 2: this period has not ended yet.");
    expect(later).toContain("The period had not ended when this was stored");
  });

  it("looks at shares above 100%, and at words that are not on the scale", async () => {
    const { as } = await openProduct(await sampleCouncil(service, { withNumbers: true }));
    const words = wordsOn(
      await pasted(
        as,
        listOf(
          "engagement rate,Fenland,2019-07-01,2019-08-31,140,percent,yes",
          "threat level,Eastern Region,2019-07-01,2019-07-31,Purple,category,yes",
        ),
      ),
    );

    expect(words).toContain("Line 2: 140% is more than 100%.");
    expect(words).toContain("“Purple” is not on the scale: low, moderate, substantial");
  });

  it("says of a pasted spreadsheet file that it is to be saved as CSV", async () => {
    const { as } = await openProduct(shared);

    const words = wordsOn(await pasted(as, "PK\u0003\u0004[Content_Types].xml xl/workbook.xml"));

    expect(words).toContain("choose Save as, then CSV");
  });

  it("never adds a quarter to its own months, and says where the two disagree", async () => {
    const { as } = await openOwn();
    const list = listOf(`${HATE},Cambridgeshire,2019-01-01,2019-03-31,60,count,yes`);
    await as(OFFICER).press(...press(await pasted(as, list), "Store"));
    const asked = async (period: string) =>
      wordsOn(await as(MEMBER).say(`kpi hate crime reports ${period}`));
    const odd = "The figure for January to March 2019 is 60, but the 3 figures inside it make 56.";

    const [year, calendar, months, quarter] = [
      await asked("2018/19"),
      await asked("2019"),
      await asked("January to April 2019"),
      await asked("January to March 2019"),
    ];

    expect(year.split("\n")[0]).toBe("56 reports, January to March 2019, part of 2018/19");
    expect(calendar.split("\n")[0]).toBe("154 reports, January to July 2019, part of 2019");
    expect(months.split("\n")[0]).toBe("83 reports, January to April 2019");
    expect(quarter.split("\n")[0]).toBe("60 reports, January to March 2019");
    for (const words of [year, calendar, months, quarter]) {
      expect(words).toContain(odd);
      expect(words).not.toContain("do not stand next to");
    }
  });

  it("has the status of each figure in the list of a priority, in words", async () => {
    const { as } = await openOwn();
    const list = `indicator,district,period_start,period_end,value,unit,published,data_status\n${HATE},Cambridgeshire,2019-07-01,2019-07-31,24,count,,provisional`;
    await as(OFFICER).press(...press(await pasted(as, list), "Store"));

    const first = await as(OFFICER).say("kpi status");
    const ours = wordsOn(first);

    expect(ours).toContain("24 reports, July 2019. Provisional: it can still change. Revised");
  });

  it("stores the same list once, however often it is imported or its button is pressed", async () => {
    const { as } = await openOwn();
    const list = listOf(`${HATE},Cambridgeshire,2019-08-01,2019-08-31,21,count,yes`);
    const preview = await pasted(as, list);
    const again = press(preview, "Store");

    await Promise.all([as(OFFICER).press(...again), as(OFFICER).press(...again)]);
    const second = await pasted(as, list);

    expect(wordsOn(second)).toContain("Same as stored\n1");
    expect(titlesOf(second)).not.toContain("Store");
    expect(wordsOn(await as(MEMBER).say("kpi hate crime reports"))).not.toContain("Revised");
  });

  it("gives back what was pasted where the list as a whole cannot be read", async () => {
    const { as } = await openProduct(shared);
    const list = "indicator,amount\nhate,3";

    const card = await pasted(as, list);

    expect(wordsOn(card)).toContain("These are missing: district, period_start");
    expect(JSON.stringify(card)).toContain(JSON.stringify(list).slice(1, -1));
  });

  it.each([
    ["30/6/9", "is not a day. Write it like 2019-06-30"],
    ["31/06/2019", "is not a day"],
    ["soon", "is not a day"],
    ["2919-06-30", "is not a day"],
  ])("says how to mend the day %s", async (day, words) => {
    expect(await refusalOf(`${HATE},,2019-06-01,${day},3,count,yes`)).toContain(
      `Line 2, period_end: “${day}” ${words}`,
    );
  });

  it.each([
    ["01/08/2019", "31/08/2019"],
    ["1/8/19", "31/8/19"],
    ["1 August 2019", "31 August 2019"],
    ["1-Aug-2019", "31-Aug-2019"],
  ])("takes the days %s to %s", async (start, end) => {
    const { as } = await openOwn();

    await stored(as, listOf(`${HATE},,${start},${end},3,count,yes`));

    expect(wordsOn(await as(MEMBER).say("kpi hate crime reports"))).toContain(
      "3 reports, August 2019",
    );
  });

  it.each([
    ['"1,954,443"', "1,954,443 reports"],
    ["over 500", "over 500 reports"],
    ["approximately 248", "approximately 248 reports"],
    ["2k", "2k reports"],
  ])("takes the value %s as it is printed", async (value, words) => {
    const { as } = await openOwn();

    await stored(as, listOf(`${HATE},,2019-08-01,2019-08-31,${value},count,yes`));

    expect(wordsOn(await as(MEMBER).say("kpi hate crime reports"))).toContain(words);
  });

  it("takes £266k for money, and a budget below zero", async () => {
    const { as } = await openOwn();
    const saving = "Average energy-switch saving per customer per year";

    await stored(
      as,
      listOf(
        `${saving},,2019-01-01,2019-03-31,£266k,GBP,yes`,
        `${saving},,2019-04-01,2019-06-30,(516),GBP,yes`,
      ),
    );

    expect(wordsOn(await as(MEMBER).say("kpi energy saving January to March 2019"))).toContain(
      "£266k, January to March 2019",
    );
    expect(wordsOn(await as(MEMBER).say("kpi energy saving April to June 2019"))).toContain(
      "-£516, April to June 2019",
    );
  });

  it.each([
    ["-3", "count", "A count must not be below 0"],
    ["lots", "count", "“lots” is not a number"],
    ["1,954", "count", "The row has more cells than there are columns"],
    ["£5", "count", "The unit is count, not pounds"],
    ["3", "percent", "The unit of this indicator is count"],
    ["", "count", "Where there is none, write not available as data_status, and why as note"],
  ])("refuses the value %j of unit %s with what to do", async (value, unit, words) => {
    expect(await refusalOf(`${HATE},,2019-08-01,2019-08-31,${value},${unit},yes`)).toContain(words);
  });

  it("refuses a second figure for a period, names the line of the first, and keeps the first", async () => {
    const row = `${HATE},,2019-08-01,2019-08-31`;

    const words = await refusalOf(`${row},3,count,yes`, `${row},4,count,yes`, `${row},3,count,yes`);

    expect(words).toContain("Line 3, value: Line 2 gives another figure for the same period");
    expect(words).toContain("New\n1\nChanged\n0\nSame as stored\n1\nRefused\n1");
  });

  it("keeps overlapping periods of different length apart, and never adds them up", async () => {
    const { as } = await openOwn();

    await stored(as, listOf(`${HATE},,2019-04-01,2019-06-30,80,count,yes`));
    const quarter = wordsOn(await as(MEMBER).say("kpi hate crime reports April to June 2019"));
    const month = wordsOn(await as(MEMBER).say("kpi hate crime reports June 2019"));

    expect(quarter).toContain("80 reports, April to June 2019");
    expect(month).toContain("19 reports, June 2019");
    expect(month).not.toContain("April to June 2019");
  });

  it("compares a single day with the one before it", async () => {
    const { as } = await openOwn();
    const days = [1, 2].map(
      (day) => `${HATE},,2019-08-0${day},2019-08-0${day},${day + 2},count,yes`,
    );

    await stored(as, listOf(...days));

    expect(wordsOn(await as(MEMBER).say("kpi hate crime reports 2 August 2019"))).toContain(
      "1 more than on 1 August 2019 (3)",
    );
  });

  it.each([
    ["August", "Nothing: “over 500” is not an exact number"],
    ["September", "Nothing: for August 2018 “over 500” is not an exact number"],
    ["October", "Nothing: there is no number"],
    ["November", "Nothing: for October 2018 there is no number"],
    ["December", "11 more than in November 2018 (7)"],
    [
      "February",
      "Nothing: no figure that you can see here is stored for January 2018 or February 2017",
    ],
  ])("says of %s why there is nothing to compare with, or what", async (month, words) => {
    const rows = [
      "2018-02-01,2018-02-28,3,count,,yes,",
      "2018-08-01,2018-08-31,over 500,count,,yes,",
      "2018-09-01,2018-09-30,5,count,,yes,",
      "2018-10-01,2018-10-31,,count,not available,yes,expected in spring",
      "2018-11-01,2018-11-30,7,count,,yes,",
      "2018-12-01,2018-12-31,18,count,,yes,",
    ];
    const { as } = await openOwn();

    await stored(
      as,
      [
        HEADER.replace("published", "data_status,published,note"),
        ...rows.map((row) => `${HATE},,${row}`),
      ].join("\n"),
    );
    const card = wordsOn(await as(MEMBER).say(`kpi hate crime reports ${month} 2018`));

    expect(card).toContain(words);
  });

  it("takes a synonym for the name where it means one indicator", async () => {
    const { as } = await openProduct(shared);

    const preview = await pasted(
      as,
      listOf(
        "IDVA,Fenland,2019-08-01,2019-08-31,21,count,yes",
        "Hate,,2019-08-01,2019-08-31,2,count,yes",
      ),
    );

    expect(wordsOn(preview)).toContain("New\n1\nChanged\n0\nSame as stored\n0\nRefused\n1");
    expect(wordsOn(preview)).toContain("Line 3, indicator: I know no indicator “Hate”");
  });

  it("refuses a synonym of two indicators, and names both", async () => {
    await openOwn();
    const definitions = createDefinitionStore(tables);
    const known = await definitions.indicatorsOf(COMMITTEE);
    const both = known.map((each) => ({ ...each, synonyms: [...each.synonyms, "reports"] }));
    await definitions.save(COMMITTEE, both.slice(0, 2));
    const later = await openProduct(tables);

    const preview = await pasted(
      later.as,
      listOf("reports,Fenland,2019-08-01,2019-08-31,21,count,yes"),
    );

    expect(wordsOn(preview)).toContain(`Line 2, indicator: “reports” may be ${HATE} or ${IDVA}`);
  });

  it("says why there is no figure, and never shows it as zero", async () => {
    const { as } = await openOwn();
    const header = HEADER.replace("published", "data_status,note,published");
    const row = `${HATE},,2019-08-01,2019-08-31,,count,not available,"police data expected, not received",yes`;

    await stored(as, `${header}\n${row}`);
    const words = wordsOn(await as(MEMBER).say("kpi hate crime reports"));

    expect(words).toContain("No data, August 2019");
    expect(words).toContain("police data expected, not received");
  });

  it.each([
    ["with a byte order mark", "\uFEFF", ","],
    ["with semicolons", "", ";"],
    ["with tabs", "", "\t"],
  ])("reads a list %s", async (_what, before, separator) => {
    const { as } = await openOwn();
    const list = listOf(`${HATE},,2019-08-01,2019-08-31,3,count,yes`);

    await stored(as, `${before}${list.replaceAll(",", separator)}`);

    expect(wordsOn(await as(MEMBER).say("kpi hate crime reports"))).toContain("3 reports");
  });

  it("reads quoted line breaks, and counts lines as an editor does", async () => {
    const header = HEADER.replace("published", "note,published");
    const { as } = await openProduct(shared);

    const card = await pasted(
      as,
      `${header}\n${HATE},,2019-08-01,2019-08-31,3,count,"one\ntwo",yes\nnothing,,,,,,,`,
    );

    expect(wordsOn(card)).toContain("Line 4, indicator: I know no indicator “nothing”");
    expect(wordsOn(card)).toContain("New\n1");
  });

  it("is for officers", async () => {
    const { as } = await openProduct(shared);

    expect(wordsOn(await as(MEMBER).say("import kpis"))).toContain("is for officers");
  });
});

describe("a file attached to the message", () => {
  it.each([
    ["UTF-8", (text: string) => Buffer.from(text, "utf8")],
    ["UTF-16", (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["the letters of Windows", (text: string) => Buffer.from(text, "latin1")],
  ])("is read in %s", async (_name, encoded) => {
    const saving = "Average energy-switch saving per customer per year";
    const list = listOf(`${saving},,2019-01-01,2019-03-31,£266k,GBP,yes`);

    const card = await attached(encoded(list));

    expect(wordsOn(card)).toContain("New\n1");
  });

  it("that is a spreadsheet is answered with how to save it", async () => {
    const card = await attached(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]));

    expect(wordsOn(card)).toContain("choose Save as, then CSV");
  });

  it("of many rows shows how far it is, goes on after a stop, and tells of its end once", async () => {
    const rows = manyRows(6000);
    const one = await openOwn();
    let card = await attached(Buffer.from(listOf(...rows)), one);
    for (let looks = 0; titlesOf(card).includes("Show progress") && looks < MOST_LOOKS; looks += 1)
      card = await one.as(OFFICER).press(...press(card, "Show progress"));
    const [verb, data] = press(card, "Store");
    // Another replica presses, and this one starts anew: both store, and nothing is stored twice.
    const two = await openProduct(tables);
    const [turn, answer] = await Promise.all([
      one.turnOf(OFFICER),
      one.as(OFFICER).press(verb, data),
    ]);
    await two.resume(turn.now);
    await Promise.all([one.finish(), two.finish()]);
    const told = [...one.posted, ...two.posted].filter(({ card: each }) =>
      wordsOn(each).includes("The numbers are stored"),
    );

    const after = await attached(Buffer.from(listOf(...rows)), two);

    expect(wordsOn(card)).toContain("New\n6,000");
    // Where it was stored while the officer waited, the answer says so and no message need follow.
    const isAnswered = wordsOn(answer).includes("The numbers are stored");
    expect(told.map(({ to }) => to)).toEqual(isAnswered && told.length === 0 ? [] : [OFFICER.id]);
    expect(wordsOn(after)).toMatch(/Same as stored\n6,000|Rows checked so far/);
  }, 120_000);
});

describe("a list of indicators", () => {
  it("says first what was and what becomes, and keeps what it leaves out", async () => {
    const { as } = await openOwn();
    const list = `indicator,unit,target,polarity\n${HATE},percent,20 from 2019-04-01,increase is good`;

    const preview = await pasted(as, list);
    await as(OFFICER).press(...press(preview, "Store"));
    const { as: later } = await openProduct(tables);
    const explained = wordsOn(await later(MEMBER).say("explain hate crime reports"));

    expect(wordsOn(preview)).toContain("New\n0\nChanged\n1");
    expect(wordsOn(preview)).toContain(
      `${HATE}: unit count becomes percent; polarity neutral becomes increase is good; target none becomes 20% from 2019-04-01.`,
    );
    expect(explained).toContain("hate crime reports\n");
    expect(explained).toContain("More is good");
    expect(explained).toContain("third party reporting centres took");
  });

  it("says of disclosure and areas too what was and becomes, and of the rest that it changes", async () => {
    const { as } = await openProduct(shared);

    const preview = await pasted(
      as,
      `indicator,disclosure,zero_shown,areas,owner\n${HATE},sensitive people,yes,Cambridgeshire;Peterborough,Nick Mills`,
    );
    const nothing = await pasted(as, `indicator,areas\n${HATE},Cambridgeshire`);

    expect(wordsOn(preview)).toContain(
      `${HATE}: disclosure none becomes sensitive people, 0 shown; areas Cambridgeshire becomes Cambridgeshire; Peterborough. Also changed: owner.`,
    );
    expect(wordsOn(nothing)).toContain("Same as stored\n1");
  });

  it.each([
    [
      `indicator,unit\n${HATE},percnt`,
      "unit: I know no unit “percnt”. Use one of these: count; percent",
    ],
    [
      `indicator,synonyms\n${HATE},hate crime reports;idva`,
      "synonyms: “idva” is what IDVA service referrals (Hate crime) is called",
    ],
    [
      `priority,indicator,unit,synonyms\nX,One,count,both\nX,Two,count,both`,
      "Line 3, synonyms: “both” is what One (X) is called",
    ],
    [
      `priority,indicator,unit\nX,Hate crime reports,count`,
      `indicator: “Hate crime reports” is what ${HATE}`,
    ],
    [`indicator,owner\nQuite new,me`, "priority: Enter the priority."],
    [`priority,indicator,owner\nPrevent,${HATE},me`, "id: These are kept already: hate (Third"],
    [`indicator,rebases\n${HATE},2019-04-01`, "rebases: Write the day from which limits begin"],
    [`indicator,rebases\n${HATE},2019-04-01 because`, "rebases: Write the day from which limits"],
    [`indicator,owner\n${HATE},me\n${HATE},you`, "Line 2 says something else of the same"],
  ])("refuses %j", async (list, words) => {
    const { as } = await openProduct(shared);

    expect(wordsOn(await pasted(as, list))).toContain(words);
  });

  it("brings new indicators, which can be asked for and take figures", async () => {
    const { as } = await openOwn();

    await stored(
      as,
      "priority,indicator,synonyms,unit,polarity,target,target_period,areas\nHomelessness reduction,Rough sleepers counted,RSC;rough sleeping,count,decrease is good,10,month,Cambridgeshire",
    );
    await stored(as, listOf("Rough sleepers counted,,2019-08-01,2019-08-31,12,count,yes"));
    const { as: later } = await openProduct(tables);

    const words = wordsOn(await later(MEMBER).say("kpi RSC"));
    expect(words).toContain("12, August 2019");
    expect(words).toContain("R: Red, off target by 20% (target 10 for a month)");
  });
});

describe("districts with several periods", () => {
  it("stand side by side in groups, the latest four", async () => {
    const { as } = await openOwn();
    const rows = [1, 2, 3, 4, 5].flatMap((month) =>
      ["Fenland", "Hunts"].map(
        (area) => `${IDVA},${area},2019-0${month}-01,2019-0${month}-27,${month * 10},count,yes`,
      ),
    );
    await stored(as, listOf(...rows));

    const card = await as(MEMBER).say("compare districts idva");

    const [chart] = elementsOf(card, "Chart.VerticalBar.Grouped");
    expect(JSON.stringify(chart)).toContain('"y":50');
    expect(JSON.stringify(chart)).not.toContain('"y":10}');
    expect(wordsOn(card)).toContain("Beside them are the 3 periods before");
  });
});

it.each(["57)", "(57"])("refuses the half bracket of %s", async (value) => {
  const row = `${HATE},,2019-06-01,2019-06-30,${value},count,yes`;
  expect(await refusalOf(row)).toContain(`“${value}” is not a number`);
});

describe("tables that are slow for a while", () => {
  it("do not end an import: each call is tried again", async () => {
    const own = await councilWithNumbers(service);
    let left = 0;
    const { as } = await openProduct(slowTables(own, () => left-- > 0));
    const preview = await pasted(
      as,
      listOf(`${HATE},Cambridgeshire,2019-08-01,2019-08-31,21,count,yes`),
    );

    left = 2;
    const stored = await as(OFFICER).press(...press(preview, "Store"));

    expect(left).toBeLessThanOrEqual(0);
    expect(wordsOn(stored)).toContain("Stored by Nick Mills");
    expect(wordsOn(await as(MEMBER).say("kpi hate reports"))).toContain("21 reports, August 2019");
  });
});

describe("a known change", () => {
  it("begins limits anew, with its reason in the sentence and its month under the chart", async () => {
    const { as } = await openOwn();
    const months = Array.from({ length: 12 }, (_, at) => {
      const month = `2018-${String(at + 1).padStart(2, "0")}`;
      return `${HATE},,${month}-01,${lastDay(month)},${at < 6 ? 100 + at : 3},count,yes`;
    });
    await stored(as, listOf(...months));
    await stored(as, `indicator,rebases\n${HATE},2018-07-01 because centres count once`);
    const { as: later } = await openProduct(tables);

    const card = await later(MEMBER).say("kpi hate crime reports");
    const [chart] = elementsOf(card, "Chart.Line");

    expect(wordsOn(card)).toContain("The limits are new from July 2018: centres count once.");
    expect(chart?.["xAxisTitle"]).toBe("January 2018 to July 2019, new limits from July 2018");
    expect(wordsOn(await later(MEMBER).say("explain hate crime reports"))).toContain(
      "From 1 July 2018: centres count once",
    );
  });
});

describe("commentary", () => {
  const header = HEADER.replace("published", "published,source_paragraph,commentary");

  it("belongs to its period, and that of a paper to the paper's own figures", async () => {
    const { as } = await openOwn();
    const list = [
      header,
      `${HATE},,2019-08-01,2019-08-31,21,count,yes,Report of November para 3,A new centre opened`,
      `${HATE},,2019-09-01,2019-09-30,22,count,yes,Report of November para 3,`,
    ].join("\n");

    await stored(as, list);
    const said = async (month: string) =>
      wordsOn(await as(MEMBER).say(`kpi hate crime reports ${month} 2019`));

    expect(await said("July")).toContain("Commentary\nThe paper speaks of a steady increase.");
    expect(await said("August")).toContain("Commentary\nA new centre opened");
    expect(await said("August")).not.toContain("steady increase");
    expect(await said("September")).not.toContain("Commentary");
    expect(wordsOn(await as(MEMBER).say("explain hate crime reports"))).toContain(
      "steady increase",
    );
  });
});

describe("districts without a figure", () => {
  it("are named each with its own reason, and the others with their status", async () => {
    const { as } = await openOwn();
    const quarter = "2019-04-01,2019-06-30";
    const columns = HEADER.replace("published", "published,data_status,note");
    const list = [
      columns,
      `${IDVA},Cambridge City,${quarter},65,count,yes,provisional,`,
      `${IDVA},Fenland,${quarter},,count,yes,not available,the service was moved`,
      `${IDVA},Hunts,${quarter},85,count,yes,,`,
      `${IDVA},East Cambs,2019-01-01,2019-03-31,20,count,yes,,`,
    ].join("\n");

    await stored(as, list);
    const card = await as(MEMBER).say("compare districts idva April to June 2019");

    expect(wordsOn(card)).toContain("Cambridge City\n65\nProvisional: it can still change");
    expect(wordsOn(card)).toContain("Huntingdonshire\n85\nAs reported");
    expect(wordsOn(card)).toContain("Fenland\nNo data\nthe service was moved");
    expect(wordsOn(card)).toContain(
      "East Cambridgeshire\nNo data\nNo figure for April to June 2019 is stored that you can see here. The latest is for January to March 2019",
    );
    expect(wordsOn(card)).toContain(
      "South Cambridgeshire\nNo data\nNo figure of this area is stored that you can see here",
    );
    expect(wordsOn(card)).toContain(
      "No bar, because there is no figure: East Cambridgeshire, Fenland, South Cambridgeshire, Peterborough.",
    );
  });
});

describe("a list of figures without the optional columns", () => {
  const full = HEADER.replace(
    "published",
    "published,baseline,baseline_note,source_paragraph,qualifier,data_status,note,commentary",
  );
  const row = `${IDVA},Cambridge City,2019-04-01,2019-06-30`;
  const all = `${full}\n${row},65,count,yes,53,previous 12 month average per quarter,Pack of October para 2.3.1,approximately,provisional,Counted by the service,A new worker began`;

  it("keeps what it leaves out, so that the same values are the same figures", async () => {
    const { as } = await openOwn();
    await stored(as, all);

    const same = await pasted(as, listOf(`${row},65,count,yes`));

    expect(wordsOn(same)).toContain("New\n0\nChanged\n0\nSame as stored\n1");
  });

  it("corrects a value and keeps its source, baseline, status and commentary", async () => {
    const { as } = await openOwn();
    await stored(as, all);

    const preview = await pasted(as, listOf(`${row},66,count,yes`));
    await as(OFFICER).press(...press(preview, "Store"));
    const words = wordsOn(await as(MEMBER).say("kpi idva Cambridge City April to June 2019"));

    expect(wordsOn(preview)).toContain("April to June 2019: approximately 65 becomes 66\n");
    expect(words).toContain("66 referrals, April to June 2019");
    expect(words).toContain("Provisional: it can still change. Revised on 25 September 2019");
    expect(words).toContain("13 more than the previous 12 month average per quarter (53)");
    expect(words).toContain("Commentary\nA new worker began");
    expect(words).toContain("Note\nCounted by the service");
    expect(words).toContain("Source\nPack of October para 2.3.1");
  });

  it("names what an empty cell takes away", async () => {
    const { as } = await openOwn();
    await stored(as, all);

    const preview = await pasted(
      as,
      `${HEADER},baseline,qualifier,commentary\n${row},65,count,yes,,approximately,`,
    );

    expect(wordsOn(preview)).toContain(
      "approximately 65 stays; baseline 53 becomes none; commentary A new worker began becomes none",
    );
  });

  it("drops why there was no figure when one comes", async () => {
    const { as } = await openOwn();
    await stored(
      as,
      `${HEADER},data_status,note\n${row},,count,yes,not available,expected in October`,
    );

    await stored(as, listOf(`${row},66,count,yes`));
    const words = wordsOn(await as(MEMBER).say("kpi idva Cambridge City April to June 2019"));

    expect(words).toContain("66 referrals, April to June 2019");
    expect(words).not.toContain("expected in October");
  });
});

describe("small numbers of people of an indicator that public papers print", () => {
  const header = `${HEADER},source_paragraph`;
  const summer = "2019-07-01,2019-09-30";

  it.each([
    ["is not published yet", ""],
    ["is to be published later", "2019-11-13"],
  ])("are hidden where the figure %s", async (_why, published) => {
    const as = await withMarkedIdva(
      `${IDVA},East Cambs,${summer},3,count,${published},Pack of November`,
      `${IDVA},Fenland,${summer},46,count,${published},Pack of November`,
    );

    const compared = wordsOn(
      await as(OFFICER).say("compare districts idva July to September 2019"),
    );
    const asked = wordsOn(await as(OFFICER).say("kpi idva East Cambs July to September 2019"));

    expect(compared).toMatch(/East Cambridgeshire\n\[c\] hidden/);
    expect(compared).not.toContain("46");
    expect(asked).toContain("[c] hidden");
    expect(asked).not.toContain("\n3");
  });

  it("are hidden from everybody where no source is given", async () => {
    const as = await withMarkedIdva(`${IDVA},East Cambs,${summer},3,count,yes,`);

    const words = wordsOn(await as(MEMBER).say("compare districts idva July to September 2019"));

    expect(words).toMatch(/East Cambridgeshire\n\[c\] hidden/);
  });

  it("are quoted where a paper prints them, and say so only then", async () => {
    const as = await withMarkedIdva(
      `${IDVA},East Cambs,2019-04-01,2019-06-30,4,count,yes,Pack of October`,
      `${IDVA},East Cambs,${summer},3,count,,`,
    );

    const printed = wordsOn(await as(MEMBER).say("kpi idva East Cambs April to June 2019"));
    const toOfficer = wordsOn(await as(OFFICER).say("kpi idva East Cambs April to June 2019"));
    const explained = wordsOn(await as(MEMBER).say("explain idva"));

    expect(printed).toContain("4 referrals, April to June 2019");
    expect(toOfficer).toContain("4 referrals, April to June 2019");
    expect(explained).toContain("A figure that a public paper prints is quoted as printed");
    expect(explained).toContain("Where none prints it, below county level counts from 0 to 4");
  });

  it("are hidden once a value is corrected that its paper prints otherwise", async () => {
    const row = `${IDVA},East Cambs,2019-04-01,2019-06-30`;
    const as = await withMarkedIdva(`${row},14,count,yes,Pack of October`);

    await stored(as, listOf(`${row},4,count,yes`));
    const words = wordsOn(await as(MEMBER).say("kpi idva East Cambs April to June 2019"));

    expect(words).toContain("[c] hidden");
    expect(words).toContain("Pack of October. Corrected since: the paper prints another value");
  });

  /** The rows, stored for an indicator about people whose figures the papers print. */
  async function withMarkedIdva(...rows: string[]): Promise<As> {
    const { as } = await openOwn();
    await stored(as, `indicator,disclosure,already_published\n${IDVA},sensitive people,yes`);
    const later = await openProduct(tables);
    await stored(later.as, [header, ...rows].join("\n"));
    return later.as;
  }
});

describe("figures that are not published yet", () => {
  it("take nothing away from members, who keep the published one they revise", async () => {
    const { as } = await openOwn();
    const list = listOf(`${HATE},Cambridgeshire,2019-07-01,2019-07-31,30,count,no`);

    const preview = await pasted(as, list);
    await as(OFFICER).press(...press(preview, "Store"));

    expect(wordsOn(preview)).toContain(
      "23 becomes 30. Not published yet: members keep seeing the figure before it",
    );
    const member = wordsOn(await as(MEMBER).say("kpi hate reports"));
    expect(member).toContain("23 reports, July 2019");
    expect(member).not.toContain("30");
    expect(wordsOn(await as(OFFICER).say("kpi hate reports"))).toContain("30 reports, July 2019");
  });

  it("stay as public as they were in a list without that column", async () => {
    const { as } = await openOwn();
    const header = HEADER.replace(",published", "");
    const list = `${header}\n${HATE},Cambridgeshire,2019-07-01,2019-07-31,25,count`;

    const preview = await stored(as, list);

    expect(wordsOn(preview)).not.toContain("published");
    expect(wordsOn(await as(MEMBER).say("kpi hate reports"))).toContain("25 reports, July 2019");
  });

  it("are seen by officers in a personal chat only, and say so", async () => {
    const { as } = await openOwn();
    await stored(as, listOf(`${HATE},,2019-08-01,2019-08-31,21,count,2019-10-02`));

    const officer = wordsOn(await as(OFFICER).say("kpi hate crime reports"));
    const channel = wordsOn(await as(OFFICER, { place: "channel" }).say("kpi hate crime reports"));
    const member = wordsOn(await as(MEMBER).say("kpi hate crime reports"));
    const published = wordsOn(
      await as(MEMBER, { clock: "2019-10-02T09:00" }).say("kpi hate crime reports"),
    );

    expect(officer).toContain("21 reports, August 2019");
    expect(officer).toContain("Not yet published, due on 2 October 2019");
    expect(channel).toContain("23 reports, July 2019");
    expect(member).toContain("23 reports, July 2019");
    expect(published).toContain("21 reports, August 2019");
  });
});

/** A council of one test's own. */
async function openOwn() {
  tables = await councilWithNumbers(service);
  return openProduct(tables);
}

describe("a preview that nobody stores or discards", () => {
  const list = listOf(`${HATE},Cambridgeshire,2019-08-01,2019-08-31,21,count,yes`);

  it("keeps its rows for a week, and then lets them go and says so", async () => {
    const product = await openOwn();
    const preview = await pasted(product.as, list);

    await sweepOn("2019-10-02");
    const afterAWeek = await asideRows();
    await product.jobs.look(createClock("2019-10-03T09:00")());
    const pressed = await product.as(OFFICER).press(...press(preview, "Store"));

    expect(afterAWeek).toEqual(["aside", "chunk"]);
    expect(await asideRows()).toEqual([]);
    expect(wordsOn(pressed)).toContain("a preview is kept for 7 days. Type import kpis");
    expect(wordsOn(await product.as(MEMBER).say("kpi hate crime reports"))).not.toContain("August");
    await product.finish();
  });

  it("lets go what a stop left behind, and nothing of a list that is being stored", async () => {
    const product = await openOwn();
    const ids = [];
    for (const value of [21, 22, 23]) {
      const preview = await pasted(product.as, list.replace(",21,", `,${value},`));
      ids.push(String(press(preview, "Store")[1]["id"]));
    }
    const imports = createImportStore(tables);
    for (const [at, state] of (["storing", "discarded", "checking"] as const).entries()) {
      const { state: before } = (await imports.find(COMMITTEE, ids[at] ?? "")) ?? {};
      if (before) await imports.save(COMMITTEE, { ...before, state });
    }

    await sweepOn("2019-10-03");

    expect(await imports.asideOf(COMMITTEE)).toEqual([ids[0]]);
    expect((await imports.chunkAt(COMMITTEE, ids[0] ?? "", 0)).figures).toHaveLength(1);
    for (const id of ids.slice(1)) {
      expect((await imports.chunkAt(COMMITTEE, id, 0)).figures).toEqual([]);
      expect((await imports.find(COMMITTEE, id))?.state.state).toBe("discarded");
    }
    await product.finish();
  });

  it("leaves nothing behind when it is stored or discarded", async () => {
    const { as } = await openOwn();

    await stored(as, list);
    await as(OFFICER).press(...press(await pasted(as, list.replace(",21,", ",22,")), "Discard"));

    expect(await asideRows()).toEqual([]);
  });

  async function sweepOn(day: string): Promise<void> {
    const [committee] = await createCommitteeStore(tables).committees();
    const now = createClock(`${day}T09:00`)();
    if (committee) await sweeping(createImportStore(tables)).run(committee, now, day);
  }

  /** What kinds of rows imports that are put aside have. */
  async function asideRows(): Promise<string[]> {
    const table = await tables("imports");
    const kinds: string[] = [];
    for (const id of await createImportStore(tables).asideOf(COMMITTEE)) {
      kinds.push("aside");
      for (const { rowKey } of await table.list(`${COMMITTEE}|${id}`, { prefix: "chunk" }))
        kinds.push(rowKey.slice(0, "chunk".length));
    }
    return kinds;
  }
});

describe("npm run import-kpis", () => {
  const folder = mkdtempSync(join(tmpdir(), "kpis-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("says what a file would do, and stores it only with a name", async () => {
    const { as } = await openOwn();
    const rows = [`${HATE},,2019-08-01,2019-08-31,£3,count,yes`, ...manyRows(700)];
    const file = fileOf(Buffer.from(listOf(...rows), "latin1"));

    const looked = await imported({ file });
    const before = wordsOn(await as(MEMBER).say("compare districts idva"));
    const done = await imported({ file, store: "Nick Mills" });
    const after = wordsOn(await as(MEMBER).say("compare districts idva"));

    expect(looked.lines.join("\n")).toContain(
      "New: 700. Changed: 0. Same as stored: 0. Refused: 1.",
    );
    expect(looked.lines.join("\n")).toContain("Line 2, value: The unit is count, not pounds");
    expect(looked.lines.at(-1)).toBe("Nothing was stored.");
    expect(before).toContain("No data");
    expect(done.lines.at(-1)).toBe("Stored: 700.");
    expect(after).toContain("Peterborough");
    expect(done.code).toBe(1);
  });

  it("reads a file of 50 MB to its end with the memory that a small one takes", async () => {
    await loadSampleCouncil(openTables(service.settings));
    const row = `${"x".repeat(19_900)},,2019-08-01,2019-08-31,3,count,yes\n`;
    const file = fileOf(Buffer.from(`${listOf()}\n${row.repeat(2510)}`));

    const said = await runWith64Megabytes(file);

    expect(statSync(file).size).toBeGreaterThan(50_000_000);
    expect(said).toContain("Rows: 2510. New: 0. Changed: 0. Same as stored: 0. Refused: 2510.");
    expect(said).toContain("Nothing was stored.");
  }, 120_000);

  it("takes no more than 500,000 rows, says to split the list, and keeps none of it", async () => {
    await openOwn();
    const imports = createImportStore(tables);
    // As it is after so many rows: reading them all takes half a minute.
    const begun = { ...beginImport("Nick Mills", "2019-09-25T08:00:00Z", "a.csv"), rows: 499_000 };
    const parts = {
      ...{ imports, definitions: createDefinitionStore(tables) },
      figures: createFigureStore(tables),
    };
    const committee = (await (await openProduct(tables)).turnOf(OFFICER)).committee;

    const fits = await check(parts, committee, begun, [listOf(...manyRows(1000))]);
    const over = check(parts, committee, begun, [listOf(...manyRows(1001))]);

    expect(fits.rows).toBe(500_000);
    await expect(over).rejects.toThrow("The list has more than 500,000 rows. Split it.");
    const found = await imports.find(committee.id, begun.id);
    expect(found?.state).toMatchObject({ state: "failed", rows: 500_000 });
    expect(await imports.chunkAt(committee.id, begun.id, 0)).toEqual({
      figures: [],
      definitions: [],
    });
  });

  function fileOf(bytes: Uint8Array): string {
    const file = join(folder, `${bytes.length}.csv`);
    writeFileSync(file, bytes);
    return file;
  }

  /** The program as a person runs it, with a heap that ends it when it holds more. */
  async function runWith64Megabytes(file: string): Promise<string> {
    const program = join(__dirname, "..", "src", "import-kpis.ts");
    const child = spawn(process.execPath, ["--max-old-space-size=64", program, file], {
      env: {
        ...{ PATH: process.env["PATH"], MODE: "local", HOST: "127.0.0.1", LOG_LEVEL: "silent" },
        TABLES_CONNECTION_STRING: connectionString(),
      },
    });
    const [said, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return said + errors;
  }

  function connectionString(): string {
    const { tables: place } = service.settings;
    return "connectionString" in place ? place.connectionString : "";
  }

  async function imported(wishes: Wishes) {
    const lines: string[] = [];
    const edges = {
      clock: createClock("2019-09-25T09:00"),
      print: (line: string) => void lines.push(line),
    };
    return { code: await importFile(tables, wishes, edges), lines };
  }
});

type As = Awaited<ReturnType<typeof openProduct>>["as"];

async function pasted(as: As, csv: string) {
  const form = await as(OFFICER).say("import kpis");
  return as(OFFICER).press(...press(form, "Preview", { csv }));
}

async function stored(as: As, csv: string) {
  return as(OFFICER).press(...press(await pasted(as, csv), "Store"));
}

async function refusalOf(...rows: string[]): Promise<string> {
  const { as } = await openProduct(shared);
  return wordsOn(await pasted(as, listOf(...rows)));
}

async function attached(bytes: Uint8Array, product?: Awaited<ReturnType<typeof openProduct>>) {
  const { say, turnOf } = product ?? (await openProduct(shared));
  const files = [{ name: "kpis.csv", read: async () => bytes }];
  const turn: Turn = { ...(await turnOf(OFFICER)), files };
  return (await say(turn, "import kpis")).card;
}

/** Figures of many days for six areas. */
function manyRows(count: number): string[] {
  const areas = ["Cambridge City", "East Cambs", "Fenland", "Hunts", "South Cambs", "Peterborough"];
  return Array.from({ length: count }, (_, at) => {
    const day = Math.floor(at / areas.length);
    const month = `${2000 + Math.floor(day / 280)}-${String((Math.floor(day / 28) % 10) + 1).padStart(2, "0")}`;
    const date = `${month}-${String((day % 28) + 1).padStart(2, "0")}`;
    return `${IDVA},${areas[at % areas.length]},${date},${date},${at},count,yes`;
  });
}

/** Tables whose calls for figures fail as slow ones do, while `isSlow` says so. */
function slowTables(tables: Tables, isSlow: () => boolean): Tables {
  return async (name) => {
    const table = await tables(name);
    if (name !== "figures") return table;
    const write: typeof table.write = async (changes) => {
      if (isSlow())
        throw Object.assign(new Error("The call took too long."), { name: "AbortError" });
      return table.write(changes);
    };
    return { ...table, write };
  };
}
