import * as fc from "fast-check";
import { inflateSync } from "node:zlib";
import type { Card } from "../src/card-template.ts";
import { drawBars } from "../src/kpi/bar-drawing.ts";
import {
  barChart,
  chartSentence,
  groupedBars,
  lineChart,
  type BarGroup,
  type Chart,
  type Facts,
} from "../src/kpi/chart.ts";
import { HIDDEN } from "../src/kpi/disclosure.ts";
import { drawLine } from "../src/kpi/line-drawing.ts";
import { barsPng, chartPng } from "../src/kpi/picture.ts";
import { chartOf, districtChart } from "../src/kpi/picturing.ts";
import { encodePng } from "../src/kpi/png.ts";
import { Indicator } from "../src/kpi/schema.ts";
import { xmr } from "../src/kpi/spc.ts";
import { openCardViewer, type CardViewer } from "./support/browser.ts";
import { buildFigure, buildMonths } from "./support/kpi-cards.ts";
import { monthly, quarterly } from "./support/series.ts";

const HATE_CRIME = monthly([10, 17, 29, 27, 29, 19, 23]);
const NAMES = [
  "Cambridge City",
  "East Cambridgeshire",
  "Fenland",
  "Huntingdonshire",
  "South Cambridgeshire",
  "Peterborough",
];
const REFERRALS = bars([65, 21, 46, 85, 37, 113]);
const HOSTILE = `</text><script>alert("1")</script> & 'x' ]]> <!-- \u0000\uD800 **bold** [a](b) $\{x}`;
const MOST_BYTES = 60 * 1024;
const MOST_PIXELS = 960;

let viewer: CardViewer;
beforeAll(async () => (viewer = await openCardViewer()));
afterAll(() => viewer.close());

describe("a line", () => {
  it("has the shape that Teams draws, with short names and round ends", () => {
    expect(lineChart("Hate crime reports", HATE_CRIME, "count")).toMatchObject({
      type: "Chart.Line",
      title: "Hate crime reports",
      xAxisTitle: "January 2019 to July 2019",
      yAxisTitle: "Number",
      ...{ yMin: 0, yMax: 40 },
      data: [
        {
          legend: "Hate crime reports",
          values: [
            ...[
              { x: "Jan", y: 10 },
              { x: "Feb", y: 17 },
              { x: "Mar", y: 29 },
              { x: "Apr", y: 27 },
            ],
            ...[
              { x: "May", y: 29 },
              { x: "Jun", y: 19 },
              { x: "Jul", y: 23 },
            ],
          ],
        },
      ],
    });
  });

  it.each([
    [
      "quarters",
      quarterly(5),
      ["Apr–Jun 17", "Jul–Sep 17", "Oct–Dec 17", "Jan–Mar 18", "Apr–Jun 18"],
    ],
    ["few years", yearly(2), ["2012/13", "2013/14"]],
    ["years", yearly(8), counting(8).map((at) => `${at + 12}/${at + 13}`)],
  ])("names %s as they are called, however little room there is", (_, points, names) => {
    expect(valuesOf(lineChart("Visits", points, "count")).map(({ x }) => x)).toEqual(names);
  });

  it("never has a day for a name, which Teams would write as Americans do", () => {
    for (const count of [24, 60])
      for (const points of [monthly(counting(count), "2014-11"), quarterly(count)]) {
        const names = valuesOf(lineChart("Visits", points, "count")).map(({ x }) => x);

        expect(new Set(names).size).toBe(count);
        expect(names.filter((name) => /^\d+-/.test(name))).toEqual([]);
        expect(names[0]).toMatch(/^[A-Z][a-z]{2}(–[A-Z][a-z]{2})? 20\d\d$/);
      }
  });

  it("keeps names where periods have no days", () => {
    const points = counting(24).map((value) => ({
      period: `p${value}`,
      label: `P ${value}`,
      value,
    }));

    expect(valuesOf(lineChart("Visits", points, "count"))[0]).toEqual({ x: "P 0", y: 0 });
  });

  it("shows the latest 60 points and says so", () => {
    const chart = lineChart("Visits", monthly(counting(70)), "count");

    expect(chart.title).toBe("Visits (60 of 70 shown)");
    expect(valuesOf(chart)).toHaveLength(60);
    expect(valuesOf(chart).at(-1)?.y).toBe(69);
    expect(chartSentence(monthly(counting(70)))).toContain("Earlier figures: 10.");
  });

  it.each([
    ["negative values", [-266_000, 40_000], -300_000, 100_000],
    ["zero", [0, 0], 0, 4],
    ["fractions", [0.1, 0.3], 0, 0.4],
    ["one value below zero", [-3], -3, 1],
  ])("has round ends for %s", (_, values, yMin, yMax) => {
    expect(lineChart("A", monthly(values), "GBP")).toMatchObject({ yMin, yMax });
  });

  it("has ends that hold every value, whatever they are", () => {
    const values = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (each) => {
        const { yMin, yMax } = lineChart("A", monthly(each), "count");

        const hair = (Number(yMax) - Number(yMin)) / 1e8;
        expect(Math.min(...each.slice(-60))).toBeGreaterThanOrEqual(Number(yMin) - hair);
        expect(Math.max(...each.slice(-60))).toBeLessThanOrEqual(Number(yMax) + hair);
      }),
    );
  });

  it("is small", () => {
    const longest = lineChart("Visits", monthly(counting(200)), "count");

    expect(JSON.stringify(longest).length).toBeLessThan(4000);
  });
});

describe("a list beside a line", () => {
  it("has hidden months where they stand in time", () => {
    const months = buildMonths(5).map((figure, at) =>
      at === 1 || at === 3 ? { ...figure, value: undefined, word: HIDDEN } : figure,
    );
    const indicator = Indicator.parse({
      ...{ id: "a", priority: "A", name: "Referrals", unit: "count", areas: ["Fenland"] },
    });

    const [chart] = chartOf(indicator, months).chart;

    expect(chart).toMatchObject({
      fallback: {
        facts: [
          { title: "January 2010", value: "10" },
          { title: "February 2010", value: "hidden" },
          { title: "March 2010", value: "12" },
          { title: "April 2010", value: "hidden" },
          { title: "May 2010", value: "14" },
        ],
      },
    });
  });
});

describe("bars", () => {
  it("have the shape that Teams draws, in one colour that judges nobody", () => {
    expect(barChart("Referrals", REFERRALS.slice(0, 2), "count")).toMatchObject({
      type: "Chart.VerticalBar",
      color: "categoricalBlue",
      showBarValues: true,
      data: [
        { x: "Cambridge City", y: 65 },
        { x: "East Cambridgeshire", y: 21 },
      ],
    });
  });

  it("have names that Teams does not cut off, and round numbers beside them", () => {
    const chart = barChart("Referrals", REFERRALS, "count");
    const names = ["City", "E Cambs", "Fenland", "Hunts", "S Cambs", "P’boro"];
    const grouped = groupedBars("Referrals", [group("2018", [60, 21, 3, 4, 5, 6])], "count");

    expect(chart).toMatchObject({ data: names.map((x) => ({ x })), yMin: 0, yMax: 120 });
    expect(chart).toMatchObject({ fallback: { facts: NAMES.map((title) => ({ title })) } });
    expect(grouped).toMatchObject({ data: [{ values: names.map((x) => ({ x })) }], yMax: 60 });
  });

  it("of an earlier period are drawn only where none is missing, which would be read out as 0", () => {
    const indicator = Indicator.parse({
      ...{ id: "a", priority: "A", name: "Referrals", unit: "count", areas: ["Fenland"] },
    });
    const months = buildMonths(3);
    const latest = months.at(-1) ?? buildFigure();
    const series = new Map([
      ["Fenland", months],
      ["Huntingdonshire", months.slice(1)],
    ]);

    const { chart, sentence } = districtChart(indicator, series, latest);

    expect(chart[0]).toMatchObject({
      type: "Chart.VerticalBar.Grouped",
      data: [{ legend: "Feb" }, { legend: "Mar" }],
    });
    expect(JSON.stringify(chart[0])).toContain("January 2010: no figure");
    expect(sentence).toContain("Beside them is February 2010.");
    expect(sentence).toContain("Not drawn, because an area shows no figure for it: January 2010.");
  });

  it("are twelve at most, and the title says so", () => {
    const many = counting(14).map((value) => ({ label: `Centre ${value}`, value }));

    const chart = barChart("Centres", many, "count");

    expect(chart).toMatchObject({ title: "Centres (12 of 14 shown)" });
    expect(chart).toHaveProperty("data.length", 12);
  });

  it("are facts where a value is negative, which Teams would draw as zero", () => {
    const facts = barChart("Variance", bars([-65, 21]), "GBP");

    expect(facts).toEqual({
      type: "FactSet",
      facts: [
        { title: "Cambridge City", value: String.raw`\-£65` },
        { title: "East Cambridgeshire", value: "£21" },
      ],
    });
    expect(groupedBars("Variance", [group("a", [1]), group("b", [-1])], "GBP").type).toBe(
      "FactSet",
    );
  });

  it("stand in groups under one name, without a bar where there is no figure", () => {
    const chart = groupedBars(
      "Referrals",
      [group("January to March 2019", [60]), group("April to June 2019", [65, 21])],
      "count",
    );

    expect(chart).toMatchObject({
      type: "Chart.VerticalBar.Grouped",
      xAxisTitle: "from January to March 2019, until April to June 2019",
      data: [
        { legend: "Jan–Mar", values: [{ x: "Cambridge City", y: 60 }] },
        {
          legend: "Apr–Jun",
          values: [
            { x: "Cambridge City", y: 65 },
            { x: "East Cambridgeshire", y: 21 },
          ],
        },
      ],
    });
  });

  it("are the latest four groups", () => {
    const groups = counting(6).map((value) => group(`Group ${value}`, [value]));

    const chart = groupedBars("Referrals", groups, "count");

    expect(chart).toMatchObject({ data: [2, 3, 4, 5].map((at) => ({ legend: `Group ${at}` })) });
  });
});

describe("a client that draws no charts", () => {
  it("shows the same numbers", async () => {
    const shown = await textShown(lineChart("Rate", HATE_CRIME, "percent"));

    expect(shown).toContain("January 2019");
    expect(shown).toContain("10%");
    expect(shown).toContain("July 2019");
    expect(shown).toContain("23%");
  });

  it("shows the latest twelve of many and says how many there are before them", async () => {
    const shown = await textShown(lineChart("Visits", monthly(counting(24), "2018-01"), "count"));

    expect(shown).toContain("12 figures, not shown here");
    expect(shown).toContain("January 2019");
    expect(shown).not.toContain("December 2018");
  });

  it("shows groups, and where there is no figure", async () => {
    const shown = await textShown(
      groupedBars("Referrals", [group("2018", [60]), group("2019", [65, 21])], "count"),
    );

    expect(shown).toContain("2018: 60, 2019: 65");
    expect(shown).toContain("2018: no figure, 2019: 21");
  });

  it("shows names as they were typed", async () => {
    const shown = await textShown(barChart("A", [{ label: "**bold** <b>", value: 1 }], "count"));

    expect(shown).toContain("**bold** <b>");
  });
});

describe("the sentence under a chart", () => {
  it("says what a person would see, and what can be said of it", () => {
    expect(chartSentence(HATE_CRIME, xmr(HATE_CRIME, { polarity: "neutral" }))).toBe(
      "7 figures from January 2019 (10) to July 2019 (23). Lowest: 10 (January 2019). " +
        "Highest: 29 (March 2019 and May 2019). Mean 22, limits 5.6 to 38.4. " +
        "The changes are within usual variation: the 7 points show no special cause. " +
        "The limits are trial limits, because they rest on fewer than 12 points. No target is set.",
    );
  });

  it.each([
    ["no figure", [], "There is no figure to show."],
    ["one figure", [5], "One figure: January 2019 (5). Limits need at least 5 figures."],
    [
      "three equal figures",
      [5, 5, 5],
      "3 figures from January 2019 (5) to March 2019 (5). Limits need at least 5 figures.",
    ],
    [
      "a lowest figure that comes often",
      [1, 1, 1, 2],
      "4 figures from January 2019 (1) to April 2019 (2). Lowest: 1 (3 times). Highest: 2 (April 2019). Limits need at least 5 figures.",
    ],
  ])("is right for %s", (_, values, sentence) => {
    expect(chartSentence(monthly(values))).toBe(sentence);
  });

  it("shows no limit below nothing for what is counted, and shows it for money", () => {
    const points = monthly([0, 9, 0, 9, 0]);
    const chart = xmr(points, { polarity: "neutral" });

    expect(chartSentence(points, chart, "count")).toContain("limits 0 to ");
    expect(chartSentence(points, chart, "GBP")).toContain("limits -£20.34 to ");
  });
});

describe("a picture of a line", () => {
  const chart = xmr(HATE_CRIME, { polarity: "neutral", target: 30 });
  const picture = { title: "Hate crime reports", points: HATE_CRIME, xmr: chart, unit: "count" };

  it("names its limits, mean and target, and that the limits are on trial", () => {
    const words = wordsIn(drawLine(picture));

    expect(words).toEqual(
      expect.arrayContaining(["Upper limit 38.4", "Mean 22", "Lower limit 5.6", "Target 30"]),
    );
    expect(words).toContain("Number, January 2019 to July 2019, trial limits");
  });

  it("has a value beside each of few points, and each year once", () => {
    const words = wordsIn(drawLine(picture));

    expect(words).toEqual(expect.arrayContaining(["17", "27", "19", "23"]));
    expect(words.filter((word) => word === "2019")).toHaveLength(1);
  });

  it.each([
    ["increase is good", 180, "special cause: improvement", "#00b0f0"],
    ["decrease is good", 180, "special cause: concern", "#e46c0a"],
    ["neutral", 180, "special cause", "#490092"],
  ] as const)("marks %s by shape, colour and a key", (polarity, value, words, colour) => {
    const points = monthly([35, 65, 35, 65, 35, 65, 35, 65, 35, 65, 35, 65, value]);

    const drawn = drawLine({ title: "A", points, xmr: xmr(points, { polarity }), unit: "count" });

    expect(wordsIn(drawn)).toEqual(expect.arrayContaining([words, "usual variation"]));
    expect(drawn).toContain(colour);
    expect(new Set(drawn.match(/ d="M[^"]+z"/g)).size).toBe(2);
  });

  it("has no limits and no key for fewer than five points", () => {
    const words = wordsIn(drawLine({ title: "A", points: HATE_CRIME.slice(0, 3), unit: "count" }));

    expect(words.join()).not.toMatch(/limit|Mean|usual/);
  });

  it("draws a dotted line over missing months", () => {
    const points = HATE_CRIME.filter((_, at) => at !== 3);

    expect(drawLine({ title: "A", points, unit: "count" })).toContain("1.5 4");
    expect(drawLine({ title: "A", points: HATE_CRIME, unit: "count" })).not.toContain("1.5 4");
  });

  it("shows where limits begin anew, and why", () => {
    const points = monthly([40, 42, 40, 42, 40, 42, 80, 82, 80, 82, 80, 82]);
    const rebases = [{ at: "2019-07", reason: "new system" }];

    const words = wordsIn(
      drawLine({
        ...{ title: "A", points, unit: "count" },
        xmr: xmr(points, { polarity: "neutral", rebases }),
      }),
    );

    expect(words).toContain("New limits: new system");
  });

  it.each([
    ["values all zero", [0, 0, 0, 0, 0, 0]],
    ["no values", []],
    ["one value", [7]],
    ["negative values", [-5, -3, -8, -2, -9]],
    ["huge values", [1e12, 3.4e12, 2e12, 9e11, 1e12]],
    ["tiny values", [0.001, 0.002, 0.0015, 0.003, 0.001]],
    ["sixty values", counting(60)],
  ])("holds everything for %s", (_, values) => {
    const points = monthly(values);
    const drawn = drawLine({
      ...{ title: "A", points, unit: "GBP" },
      xmr: xmr(points, { polarity: "neutral" }),
    });

    expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
    expect(placesIn(drawn).filter(([x, y]) => x < 0 || x > 640 || y < 0 || y > 340)).toEqual([]);
  });
});

describe("a picture of bars", () => {
  it("has a value at each bar, and words where there is no figure", () => {
    const words = wordsIn(
      drawBars({
        title: "Referrals",
        groups: [group("2018", [65, 21]), group("2019", [46])],
        unit: "count",
      }),
    );

    expect(words).toEqual(expect.arrayContaining(["2018", "2019", "65", "21", "46", "no figure"]));
  });

  it("tells groups apart by more than colour", () => {
    const four = [1, 2, 3, 4].map((each) => group(`Group ${each}`, [each]));

    const drawn = drawBars({ title: "A", groups: four, unit: "count" });

    expect(drawn.match(/stroke="#fff" stroke-width="2"/g)?.length).toBeGreaterThan(3);
    expect(drawn).toContain('stroke="#fff" stroke-width="3"');
  });

  it("goes left of zero for negative values", () => {
    const words = wordsIn(drawBars({ title: "A", groups: [group("a", [-65, 21])], unit: "GBP" }));

    expect(words).toEqual(expect.arrayContaining(["-£65", "£21"]));
  });
});

describe("text in a picture", () => {
  it("is escaped wherever it stands", async () => {
    const points = HATE_CRIME.map((point) => ({ ...point, label: HOSTILE }));
    const rebases = [{ at: "2019-06", reason: HOSTILE }];
    const drawings = [
      drawLine({
        ...{ title: HOSTILE, points, unit: HOSTILE },
        xmr: xmr(points, { polarity: "neutral", rebases }),
      }),
      drawBars({
        title: HOSTILE,
        groups: [
          { legend: HOSTILE, values: [{ label: HOSTILE, value: 1 }] },
          { legend: "b", values: [{ label: HOSTILE, value: 2 }] },
        ],
        unit: HOSTILE,
      }),
    ];

    for (const drawing of drawings) expect(await faultsOf(drawing)).toEqual([]);
  });

  it("is well-formed whatever it is", async () => {
    const typed = fc.array(fc.string({ unit: "binary" }), { minLength: 20, maxLength: 20 });

    await fc.assert(
      fc.asyncProperty(typed, async (titles) => {
        for (const title of titles)
          expect(await faultsOf(drawLine({ title, points: HATE_CRIME, unit: title }))).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });

  it("takes no longer for a very long title", () => {
    const drawn = drawLine({ title: "W".repeat(200_000), points: HATE_CRIME, unit: "count" });

    expect(drawn.length).toBeLessThan(20_000);
  });
});

describe("a PNG", () => {
  it.each([
    ["seven points", HATE_CRIME],
    ["60 points", monthly(counting(60).map((value) => (value * 37) % 50))],
  ])("of %s fits into Teams and is small", async (_, points) => {
    const png = await chartPng({
      ...{ title: "Hate crime reports", points, unit: "count" },
      xmr: xmr(points, { polarity: "neutral", target: 25 }),
    });

    expect(sizeOf(png)).toEqual([MOST_PIXELS, 510]);
    expect(png.length).toBeLessThan(MOST_BYTES);
    expect(await coloursShown(png)).toBeGreaterThan(10);
  });

  it("of as many bars as there can be fits into Teams and is small", async () => {
    const names = counting(12).map((at) => `District number ${at}`);
    const groups = counting(4).map((at) => ({
      legend: `Group ${at}`,
      values: names.map((label, place) => ({ label, value: place + at })),
    }));

    const png = await barsPng({ title: "Referrals", groups, unit: "count" });

    expect(Math.max(...sizeOf(png))).toBe(MOST_PIXELS);
    expect(png.length).toBeLessThan(MOST_BYTES);
  });

  it("has every colour as it was where there are at most 256", async () => {
    const bytes = Uint8Array.from({ length: 16 * 4 }, (_, at) =>
      at % 4 === 3 ? 255 : (at >> 2) * 16,
    );

    const png = await encodePng({ width: 4, height: 4, bytes });

    expect(pixelsOf(png)).toEqual(
      Array.from({ length: 16 }, (_, at) => [at * 16, at * 16, at * 16]),
    );
  });

  it("has a near colour where there are more", async () => {
    const colours = counting(1024).map((at) => [(at % 32) * 8, (at >> 5) * 8, 0]);
    const bytes = Uint8Array.from(colours.flatMap((each) => [...each, 255]));

    const shown = pixelsOf(await encodePng({ width: 32, height: 32, bytes }));

    const farthest = Math.max(
      ...shown.map((each, at) =>
        Math.max(...each.map((part, channel) => Math.abs(part - (colours[at]?.[channel] ?? 0)))),
      ),
    );
    // The first 256 colours are those of the upper quarter.
    expect(farthest).toBeLessThanOrEqual(192);
    expect(shown.slice(0, 256)).toEqual(colours.slice(0, 256));
  });
});

/** Years of local government. */
function yearly(count: number) {
  return counting(count).map((at) => ({
    ...{ period: `${2012 + at}-04-01`, value: at },
    label: `April ${2012 + at} to March ${2013 + at}`,
  }));
}

function counting(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}

function bars(values: readonly number[]) {
  return values.map((value, at) => ({ label: NAMES[at] ?? "", value }));
}

function group(legend: string, values: readonly number[]): BarGroup {
  return { legend, values: bars(values) };
}

function valuesOf(chart: Chart): { x: string; y: number }[] {
  const [series] = chart.data as { values: { x: string; y: number }[] }[];
  return series?.values ?? [];
}

/** What Microsoft's renderer, which draws no charts, shows in their place. */
async function textShown(element: Chart | Facts): Promise<string> {
  const card: Card = { type: "AdaptiveCard", version: "1.5", body: [element] };
  await viewer.show(card);
  return viewer.page.locator("#card").innerText();
}

function wordsIn(drawing: string): string[] {
  return [...drawing.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words = ""]) => words);
}

/** Where texts and markers are. */
function placesIn(drawing: string): [number, number][] {
  const found = drawing.matchAll(/<text x="(\S+)" y="(\S+)"|translate\((\S+) (\S+)\)/g);
  return [...found].map(([, x, y, left, top]) => [Number(x ?? left), Number(y ?? top)]);
}

/** What a browser objects to, and any element that is not one of ours. */
async function faultsOf(drawing: string): Promise<string[]> {
  return viewer.page.evaluate(`(() => {
    const { documentElement } = new DOMParser().parseFromString(${JSON.stringify(drawing)}, "image/svg+xml");
    return [...documentElement.querySelectorAll("*")]
      .map(({ localName }) => localName)
      .filter((name) => !["rect", "text", "path"].includes(name));
  })()`);
}

function sizeOf(png: Uint8Array): [number, number] {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

/** How many colours a browser sees in a picture: an empty one has one. */
async function coloursShown(png: Uint8Array): Promise<number> {
  const address = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  return viewer.page.evaluate(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(address)};
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return new Set(new Uint32Array(data.buffer)).size;
  })()`);
}

/** Red, green and blue of every pixel of a PNG that has a palette and no filters. */
function pixelsOf(png: Uint8Array): number[][] {
  const [width] = sizeOf(png);
  const palette = chunkOf(png, "PLTE");
  const rows = inflateSync(chunkOf(png, "IDAT"));
  return [...rows]
    .filter((_, at) => at % (width + 1) !== 0)
    .map((place) => [...palette.subarray(place * 3, place * 3 + 3)]);
}

function chunkOf(png: Uint8Array, name: string): Uint8Array {
  const at = Buffer.from(png).indexOf(name, 0, "latin1");
  const length = new DataView(png.buffer, png.byteOffset).getUint32(at - 4);
  return png.subarray(at + 4, at + 4 + length);
}
