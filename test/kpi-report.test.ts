import { createClock } from "../src/calendar.ts";
import type { Tables } from "../src/tables.ts";
import {
  addressOn,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  sampleCouncil,
  startTables,
  titlesOf,
  wordsOn,
} from "./support/council.ts";
import { readWord } from "./support/word.ts";

const NOW = createClock("2019-09-25T09:00")();

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
beforeAll(async () => {
  service = await startTables();
  tables = await sampleCouncil(service, { withNumbers: true });
});
afterAll(() => service.stop());

it("has every number of the period as it is printed, with its source, by priority", async () => {
  const { paragraphs, html } = await report("export kpi report April to June 2019");

  const words = paragraphs.map(({ text }) => text);
  expect(words[0]).toContain("performance, April to June 2019");
  expect(words).toContain("Indicators without a figure for this period");
  expect(html).toMatch(/<td>.*Fenland.*<\/td><td>.*April to June 2019.*<\/td><td>.*46 referrals/);
  expect(html).toContain("Provisional: it can still change");
  expect(html).toContain("467,104");
});

it("draws what has several periods, with words for whoever cannot see it", async () => {
  const { parts, body, html } = await report("export kpi report January to July 2019");

  expect(Object.keys(parts).filter((name) => name.startsWith("word/media/"))).not.toEqual([]);
  expect(body).toMatch(/descr="[^"]*7 points/);
  expect(html).toContain("23 reports");
});

it("has the bars of the districts, with their values in words, and names who is no district", async () => {
  const { paragraphs, body, html } = await report("export kpi report April to June 2019");
  const words = paragraphs.map(({ text }) => text);

  expect(body).toMatch(/descr="Bar chart of [^"]*April to June 2019[^"]*Fenland 46/);
  expect(html).toContain("Peterborough (not a district of the county)");
  expect(words.join("\n")).toContain("Peterborough stands apart");
  expect(words.join("\n")).toContain("does not name the service or the denominator");
  expect(words.join("\n")).not.toMatch(/Label in text|typing error|never add it/);
  expect(words.join("\n")).not.toMatch(/Fenland: [^;]*does not name the service/);
  expect(html).toContain("Compared with");
});

it("says each source once", async () => {
  const { paragraphs } = await report("export kpi report April to June 2019");
  const words = paragraphs.map(({ text }) => text);

  const heads = paragraphs.flatMap(({ style }, at) => (style === "Heading2" ? [at] : []));
  for (const [at, from] of heads.entries()) {
    const part = words.slice(from, heads[at + 1]).filter((text) => text.startsWith("Source:"));
    expect(part.length).toBeLessThanOrEqual(1);
  }
  expect(words.some((text) => text.startsWith("Source:"))).toBe(true);
});

it("comes as a list too", async () => {
  const { as, download } = await openProduct(tables);
  const offered = await as(OFFICER).say("export kpi report April to June 2019 csv");
  const card = titlesOf(offered).includes("Get a link instead")
    ? await as(OFFICER).press(...press(offered, "Get a link instead"))
    : offered;
  const file = await download(addressOn(card, "Download").split("/papers/")[1] ?? "", NOW);

  const text = Buffer.from(file?.bytes ?? []).toString();
  expect(text).toContain("priority,indicator,area,period,figure,status,source");
  expect(text).toContain("467,104");
});

it("asks for the period, and is for officers and the chair", async () => {
  const { as } = await openProduct(tables);

  expect(wordsOn(await as(OFFICER).say("export kpi report"))).toContain("Say which period");
  expect(wordsOn(await as(MEMBER).say("export kpi report July 2019"))).toContain("Nick Mills");
});

async function report(text: string) {
  const { as, download } = await openProduct(tables);
  const offered = await as(OFFICER).say(text);
  const card = await as(OFFICER).press(...press(offered, "Get a link instead"));
  const file = await download(addressOn(card, "Download").split("/papers/")[1] ?? "", NOW);
  return readWord(file?.bytes ?? new Uint8Array());
}
