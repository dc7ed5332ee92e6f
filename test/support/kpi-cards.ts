import committeeFile from "../../data/committee.json" with { type: "json" };
import { createClock } from "../../src/calendar.ts";
import { fill, type Card } from "../../src/card-template.ts";
import { Committee } from "../../src/council.ts";
import type { Turn } from "../../src/feature.ts";
import { earlierCard, explainCard, figureCard, noDataCard } from "../../src/kpi/cards.ts";
import { districtsCard } from "../../src/kpi/comparing-cards.ts";
import { figuresAsCsv } from "../../src/kpi/exporting.ts";
import { financeCard } from "../../src/kpi/finance.ts";
import { importCard, previewCard, progressCard, templateCard } from "../../src/kpi/import-cards.ts";
import type { Import } from "../../src/kpi/import-store.ts";
import { beginImport } from "../../src/kpi/importing.ts";
import { highRisksCard, riskCard, risksCard } from "../../src/kpi/risks.ts";
import { whichCard } from "../../src/kpi/which-card.ts";
import { twoPeriodsCard } from "../../src/kpi/beside-cards.ts";
import { lastDay } from "../../src/kpi/periods.ts";
import { createDefinitionStore } from "../../src/kpi/definitions.ts";
import { createFigureStore } from "../../src/kpi/store.ts";
import type { Tables } from "../../src/tables.ts";
import { sampleCouncil, type TableService } from "./council.ts";
import { Figure, Indicator, Risk, StoredFigure, type FinanceLine } from "../../src/kpi/schema.ts";

const committee = Committee.parse(committeeFile);
// What a card needs of a turn: the committee and the day.
const turn = { committee, now: createClock("2019-09-25T09:00")() } as Turn;

/** An indicator of the sample, unless told otherwise. */
function buildIndicator(about: Partial<Indicator> = {}): Indicator {
  return Indicator.parse({
    id: "hate-crime-reports",
    priority: "Hate crime",
    name: "Third party hate crime reporting centre reports",
    synonyms: ["hate crime reports"],
    unit: "count",
    unitWords: "reports",
    addsUp: true,
    areas: ["Cambridgeshire"],
    commentary: "The paper speaks of a steady increase.",
    explanation: "Reports that third party reporting centres took across the county.",
    source: "Delivery Plan & Performance Report para 2.4.2",
    ...about,
  });
}

/** A published figure for July 2019, unless told otherwise. */
export function buildFigure(about: Partial<StoredFigure> = {}): StoredFigure {
  return StoredFigure.parse({
    start: "2019-07-01",
    end: "2019-07-31",
    value: 23,
    source: "Delivery Plan & Performance Report para 2.4.2",
    published: "yes",
    revision: 1,
    at: "2019-09-25T08:00:00Z",
    by: "Nick Mills",
    ...about,
  });
}

/** Ten years of months, the oldest first. */
export function buildMonths(count = 120): StoredFigure[] {
  return Array.from({ length: count }, (_, at) => {
    const month = `${2010 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
    return buildFigure({ start: `${month}-01`, end: lastDay(month), value: 10 + (at % 20) });
  });
}

/** Every card of the numbers, as in use and at its longest. */
export function kpiSamples(): { name: string; occasion: string; card: Card }[] {
  const indicator = buildIndicator();
  const series = buildMonths();
  const figure = series.at(-1) ?? buildFigure();
  const said = { remark: "", lead: "", partOf: "" };
  const shown = { indicator, figure, like: figure, area: "Cambridgeshire", series, ...said };
  const areas = [...committee.districts.map(({ name }) => name), "Peterborough"];
  const bySeries = new Map(areas.map((area) => [area, [buildFigure({ status: "provisional" })]]));
  const long = { ...figure, note: "x ".repeat(480), source: "y ".repeat(480) };
  const line = {
    ...{ order: 1, line: "Coroners", kind: "line", synonyms: "coroner", month: "2019-08" },
    ...{ budget: "1,117", actual: "604", variance: "235", source: "Finance Monitoring Report" },
    note: "A pressure.",
  } as FinanceLine;
  const rows = Array.from({ length: 12 }, (_, at) => ({
    ...{ id: `indicator-${at}`, name: `${indicator.name} ${at}` },
    ...{ latest: "23 reports, July 2019", against: "No target set" },
  }));
  const ready: Import = {
    ...beginImport("Nick Mills", "2019-09-25T08:00:00Z", "kpis.csv"),
    ...{ state: "ready", rows: 100_000, added: 99_000, revised: 900, refused: 100, chunks: 200 },
    refusals: Array.from({ length: 50 }, (_, at) => ({
      ...{ line: at + 2, column: "district", problem: "I know no area “Atlantis”. ".repeat(8) },
    })),
    revisions: Array.from({ length: 50 }, () => `${indicator.name}, July 2019: 23 becomes 24`),
  };
  return [
    sample("kpi/figure", "ten years of months", figureCard({ ...shown, hasDistricts: true }, turn)),
    sample(
      "kpi/figure",
      "with all there is to say",
      figureCard({ ...shown, figure: long, remark: "Added up.", hasDistricts: true }, turn),
    ),
    sample(
      "kpi/figure",
      "without data",
      noDataCard(indicator, { area: "Fenland", reason: "police data expected, not received" }),
    ),
    sample("kpi/earlier", "with more", earlierCard({ ...shown, hasDistricts: false }, turn)),
    sample(
      "kpi/districts",
      "six areas",
      districtsCard({ indicator, areas, series: bySeries, period: undefined }, turn),
    ),
    sample(
      "kpi/beside",
      "six areas",
      twoPeriodsCard(
        {
          ...{ indicator, shown: figure, remark: "", isYearBefore: false },
          other: { start: "2019-06-01", end: "2019-06-30" },
          rows: areas.map((area) => ({ area, figure, series })),
        },
        turn,
      ),
    ),
    sample("kpi/explain", "an indicator", explainCard(indicator, "Cambridgeshire")),
    sample(
      "kpi/which",
      "two",
      whichCard(
        { indicators: [indicator, { ...indicator, id: "other", name: "Another" }], isSure: true },
        {},
      ),
    ),
    sample("kpi/csv", "ten years of months", figuresAsCsv(indicator, new Map([["x", series]]))),
    sample(
      "kpi/list",
      "a page",
      fill("kpi/list", {
        ...{ title: "Hate crime", summary: "Indicators: 12.", rows, first: "indicator-0" },
        ...{ priority: "0", next: "2", hasNext: true, hasAll: true },
      }),
    ),
    sample(
      "kpi/priorities",
      "two",
      fill("kpi/priorities", {
        committee: committee.name,
        priorities: ["Hate crime", "Prevent"].map((priority, index) => ({
          ...{ priority, index: String(index), names: indicator.name },
        })),
      }),
    ),
    sample("kpi/finance", "two lines", financeCard([line, { ...line, line: "Archives" }])),
    sample("kpi/import", "blank", importCard("")),
    sample("kpi/import", "with a problem", importCard("indicator,amount", "Line 1 must name.")),
    sample("kpi/template", "both lists", templateCard()),
    sample("kpi/progress", "checking", progressCard({ ...ready, state: "checking" }, false)),
    sample("kpi/progress", "storing", progressCard({ ...ready, state: "storing" }, true)),
    sample("kpi/preview", "with much to mend", previewCard(ready, "x,".repeat(4000))),
    sample("kpi/preview", "stored", previewCard({ ...ready, state: "done" })),
    sample("kpi/risk", "risk 7", riskCard(sampleRisk(7))),
    sample("kpi/high-risks", "some", highRisksCard([sampleRisk(7), sampleRisk(3)])),
    sample("kpi/high-risks", "none", highRisksCard([])),
    sample(
      "kpi/risks",
      "the whole register",
      risksCard(Array.from({ length: 24 }, (_, at) => sampleRisk(at + 1))),
    ),
  ];
}

function sampleRisk(number: number): Risk {
  return Risk.parse({
    ...{ number, title: "Financial Pressures in People & Communities", titleInReport: "" },
    ...{ likelihood: 4, consequence: 4, residual: 16, appetite: 16 },
    ...{ detail: "Key partners are under strain.", source: "Risk Register para 2.2 row 7" },
  });
}

function sample(name: string, occasion: string, card: Card) {
  return { name, occasion, card };
}

/** The sample council with three of its indicators: the whole sample takes a second to load. */
export async function councilWithNumbers(service: TableService): Promise<Tables> {
  const tables = await sampleCouncil(service);
  const hate = buildIndicator({ id: "hate" });
  const districts = committee.districts.map(({ name }) => name);
  await createDefinitionStore(tables).save(committee.id, [
    hate,
    buildIndicator({
      ...{ id: "idva", name: "IDVA service referrals", synonyms: ["idva"], unitWords: "referrals" },
      areas: [...districts, "Peterborough"],
    }),
    buildIndicator({
      ...{ id: "saving", name: "Average energy-switch saving per customer per year" },
      ...{ synonyms: ["energy saving"], unit: "GBP", unitWords: "", addsUp: false },
    }),
  ]);
  const reports = [10, 17, 29, 27, 29, 19, 23].map((value, at) => {
    const month = `2019-0${at + 1}`;
    return buildFigure({ start: `${month}-01`, end: lastDay(month), value });
  });
  const series = { committee: committee.id, indicator: hate.id, area: "Cambridgeshire" };
  const written = { by: "the sample", at: "2019-09-25T08:00:00Z" };
  await createFigureStore(tables).add(
    series,
    reports.map((each) => Figure.parse(each)),
    written,
  );
  return tables;
}

/** The columns of the lists that tests import. */
export const FIGURES_HEADER = "indicator,district,period_start,period_end,value,unit,published";

/** A list of figures. */
export function listOf(...rows: string[]): string {
  return [FIGURES_HEADER, ...rows].join("\n");
}
