import { performance } from "node:perf_hooks";
import { renderAsync } from "@resvg/resvg-js";
import { addMonths, monthName } from "../src/calendar.ts";
import { drawLine } from "../src/kpi/line-drawing.ts";
import { barsPng, chartPng } from "../src/kpi/picture.ts";
import { xmr } from "../src/kpi/spc.ts";
import { percentile } from "./statistics.ts";

/** How long a picture takes from its figures to a PNG, in milliseconds, and how large it is. */
export interface ChartResult {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of all threads, for one picture: what it costs however busy the machine is. */
  readonly cpuMs: number;
  readonly kilobytes: number;
}

/** How often each picture is made. */
export interface ChartsSize {
  readonly times: number;
}

const WARM_UP_TIMES = 10;
const DISTRICTS = [
  ...["Cambridge City", "East Cambridgeshire", "Fenland"],
  ...["Huntingdonshire", "South Cambridgeshire", "Peterborough"],
];

/** Every kind of picture, one after the other, and the bare library drawing an empty one. */
export async function measureCharts({ times }: ChartsSize): Promise<ChartResult[]> {
  const results: ChartResult[] = [];
  for (const [name, draw] of pictures()) {
    const durations: number[] = [];
    let bytes = 0;
    let before = process.cpuUsage();
    for (let time = -WARM_UP_TIMES; time < times; time += 1) {
      if (time === 0) before = process.cpuUsage();
      const start = performance.now();
      bytes = (await draw()).length;
      if (time >= 0) durations.push(performance.now() - start);
    }
    const { user, system } = process.cpuUsage(before);
    results.push({
      name,
      p50Ms: percentile(durations, 0.5),
      p99Ms: percentile(durations, 0.99),
      cpuMs: (user + system) / 1000 / times,
      kilobytes: bytes / 1024,
    });
  }
  return results;
}

function pictures(): [string, () => Promise<Uint8Array>][] {
  const one = [group("April to June 2019", 0)];
  const four = [0, 1, 2, 3].map((at) => group(`Quarter ${at + 1}`, at));
  return [
    ["7 months with limits", () => chartPng(line(7))],
    ["24 months with limits", () => chartPng(line(24))],
    ["60 months with limits", () => chartPng(line(60))],
    ["6 districts", () => barsPng({ title: "Referrals", groups: one, unit: "count" })],
    ["6 districts, 4 quarters", () => barsPng({ title: "Referrals", groups: four, unit: "count" })],
    ["24 months, the library's own PNG", libraryPng],
  ];
}

/** The same drawing as the bare library makes a PNG of it, without letters: it has no font. */
async function libraryPng(): Promise<Uint8Array> {
  const image = await renderAsync(drawLine(line(24)), {
    fitTo: { mode: "width", value: 1024 },
    font: { loadSystemFonts: false },
  });
  return image.asPng();
}

function line(count: number) {
  const points = Array.from({ length: count }, (_, at) => {
    const period = addMonths("2015-01", at);
    return { period, label: monthName(period), value: 40 + ((at * 37) % 23) };
  });
  const chart = xmr(points, { polarity: "increase is good", target: 60 });
  return { title: "IDVA service referrals", points, xmr: chart, unit: "count" };
}

function group(legend: string, at: number) {
  const values = DISTRICTS.map((label, place) => ({ label, value: 20 + ((place * 37 + at) % 91) }));
  return { legend, values };
}
