import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Committee } from "../council.ts";
import { fewAtATime } from "../few-at-a-time.ts";
import { readDefinition } from "./defining.ts";
import { createDefinitionStore } from "./definitions.ts";
import { readFigure } from "./reading.ts";
import { createRegisterStore } from "./register-store.ts";
import { FinanceLine, Risk, type Figure } from "./schema.ts";
import { readSheet, type Columns, type SheetRow } from "./sheet.ts";
import { createFigureStore, type Series } from "./store.ts";
import type { Tables } from "../tables.ts";
import { hadNotEnded } from "./unfinished.ts";

const DATA = join(import.meta.dirname, "..", "..", "data");
/** Who stored the sample, and when its papers were published. */
const WRITTEN = { by: "the sample", at: "2019-09-25T08:00:00Z" };
/** The papers came out a week later, with figures of days in between. */
const WITH_THE_PAPERS = { ...WRITTEN, at: "2019-10-02T08:00:00Z" };

/** The numbers, finance table and risks of the papers of October 2019. All of them are published. */
export async function loadSampleNumbers(tables: Tables, committee: Committee): Promise<void> {
  const figures = createFigureStore(tables);
  const registers = createRegisterStore(tables);
  const indicators = (await rowsOf("indicators.csv")).map((row) => readDefinition(row, []));
  const rows = [
    ...(await rowsOf("kpis.csv")),
    ...(await rowsOf("other-numbers.csv")).map(asFigureRow),
  ].map((row) => readFigure(row, indicators, committee));
  const series = new Map<string, { about: Series; figures: Figure[] }>();
  for (const { indicator, area, figure } of rows) {
    const id = `${indicator.id} ${area}`;
    const about = { committee: committee.id, indicator: indicator.id, area };
    const known = series.get(id) ?? { about, figures: [] };
    series.set(id, { about, figures: [...known.figures, { ...figure, published: "yes" }] });
  }
  await createDefinitionStore(tables).save(committee.id, indicators);
  await registers.saveFinance(
    committee.id,
    (await rowsOf("finance.csv")).map(({ cells }) => FinanceLine.parse(cells)),
  );
  await registers.saveRisks(
    committee.id,
    (await rowsOf("risks.csv")).map(({ cells }) => riskIn(cells)),
  );
  await fewAtATime(
    [...series.values()].map((each) => () => {
      const isWhole = !each.figures.some((figure) => hadNotEnded({ ...figure, ...WRITTEN }));
      return figures.add(each.about, each.figures, isWhole ? WRITTEN : WITH_THE_PAPERS);
    }),
  );
}

/** Numbers from elsewhere in the pack come with other names for some columns. */
function asFigureRow({ cells, ...row }: SheetRow): SheetRow {
  const { area = "", place = "", source = "", ...rest } = cells;
  return {
    ...row,
    cells: {
      ...rest,
      priority: area,
      district: place,
      source_paragraph: `Committee pack 10 October 2019, ${source}`,
    },
  };
}

function riskIn(cells: SheetRow["cells"]): Risk {
  return Risk.parse({
    number: cells["risk_no"],
    title: cells["title_register"],
    titleInReport: cells["title_report"],
    likelihood: cells["likelihood"],
    consequence: cells["consequence"],
    residual: cells["residual_risk_level"],
    appetite: cells["appetite"],
    detail: cells["report_detail"],
    source: cells["source_paragraph"],
  });
}

async function rowsOf(file: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  const text = readFileSync(join(DATA, file), "utf8");
  for await (const row of readSheet([text], asTheyAre)) rows.push(row);
  return rows;
}

/** The sample's own files have the columns that they have. */
function asTheyAre(known: readonly string[]): Columns {
  return { required: [], known };
}
