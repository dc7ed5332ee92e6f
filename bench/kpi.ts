import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { endInOrder } from "./end-in-order.ts";
import { createClock } from "../src/calendar.ts";
import type { Card } from "../src/card-template.ts";
import { readSettings } from "../src/config.ts";
import type { Place } from "../src/feature.ts";
import { createDefinitionStore } from "../src/kpi/definitions.ts";
import { lastDay } from "../src/kpi/periods.ts";
import { Indicator, type Figure } from "../src/kpi/schema.ts";
import { createFigureStore } from "../src/kpi/store.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { startTableEmulator } from "../src/local/table-emulator.ts";
import { createLog } from "../src/log.ts";
import { NO_FILES } from "../test/support/no-files.ts";
import { createProduct } from "../src/product.ts";
import { openTables, type Table, type Tables } from "../src/tables.ts";
import { percentile } from "./statistics.ts";

/** 500 indicators, 6 areas, 10 years of months: 360,000 figures. */
const INDICATORS = 500;
const YEARS = 10;
const FIRST_YEAR = 2010;
const PARTS = [100, 10, 1];
const ROUNDS = 60;
const WARM_UP = 15;
const AIM = 1.3;
/** The emulator saves every five seconds. */
const SAVED_MS = 20_000;
const MOST_TRIES = 60;
const WRITTEN = { by: "bench", at: "2019-09-25T08:00:00Z" };
const COMMITTEE = "communities-and-partnership";
const AREAS = [
  "Cambridge City",
  "East Cambridgeshire",
  "Fenland",
  "Huntingdonshire",
  "South Cambridgeshire",
  "Peterborough",
];
/** Asked of every size: all of it is within the smallest. */
const QUESTIONS = [
  "kpi measure 0",
  "kpi measure 0 in Fenland April to June 2019",
  "compare districts measure 0",
];
const BUILD = join(import.meta.dirname, "..", "build");
const TABLES_PORT = 10_203;
const NOW = createClock("2019-09-25T09:00")();
const PLACE: Place = {
  kind: "personal",
  conversation: "chat",
  tenant: "tenant",
  serviceUrl: "http://127.0.0.1/",
  bot: { id: "bot", name: "Community Champions" },
};

endInOrder();

const folder = join(BUILD, "bench-kpi");
mkdirSync(folder, { recursive: true });
const emulator = await startTableEmulator({ dataFolder: folder, port: TABLES_PORT, fresh: true });
try {
  const settings = readSettings({
    ...{ MODE: "local", HOST: "127.0.0.1", LOG_LEVEL: "warn" },
    TABLES_CONNECTION_STRING: emulator.connectionString,
  });
  await measure(openTables(settings));
} finally {
  await emulator.stop();
}

/** Every size is there at once and asked in turn, so that the machine's speed is the same for all. */
async function measure(all: Tables): Promise<void> {
  const councils: Awaited<ReturnType<typeof council>>[] = [];
  for (const part of PARTS) councils.push(await council(all, part));
  // What was written last is saved before anything is timed.
  await sleep(SAVED_MS);
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
    for (const each of councils)
      for (const question of QUESTIONS) await each.ask(question, round >= WARM_UP);
  const results = councils.map(({ figures, times, calls }) => ({
    figures,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    ...calls(),
  }));
  for (const { figures, p50, p99, points, ranges } of results)
    console.log(
      `${figures.toLocaleString("en-GB").padStart(8)} figures: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; a question: ${points.toFixed(1)} point reads, ${ranges.toFixed(2)} ranges`,
    );
  const [small, , full] = results;
  const ratio = (full?.p50 ?? 0) / (small?.p50 ?? 1);
  console.log(
    `full to 1/100: ${ratio.toFixed(2)} (aim ${AIM}: ${ratio <= AIM ? "met" : "not met"})`,
  );
  writeFileSync(join(BUILD, "bench-kpi.json"), `${JSON.stringify({ results, ratio }, null, 2)}\n`);
}

/** A council with a part of the figures, in tables of its own. */
async function council(all: Tables, part: number) {
  const count = { point: 0, range: 0, questions: 0 };
  const tables: Tables = async (name) => counted(await all(`p${part}${name}`));
  await loadSampleCouncil(tables, { withNumbers: false });
  const indicators = INDICATORS / part;
  const definitions = Array.from({ length: indicators }, (_, at) => indicator(at));
  await untilWritten(() => createDefinitionStore(tables).save(COMMITTEE, definitions));
  const store = createFigureStore(tables);
  for (let at = 0; at < indicators; at += 1)
    for (const area of AREAS)
      await untilWritten(() =>
        store.add({ committee: COMMITTEE, indicator: `measure-${at}`, area }, months(), WRITTEN),
      );
  const product = await createProduct({
    tables,
    posting: {
      toChannel: refuse,
      toPerson: refuse,
      renewInChannel: refuse,
      renewForPerson: refuse,
      readersOf: async () => "not known" as const,
      nameOf: async () => undefined,
    },
    files: NO_FILES,
    log: createLog("silent"),
    isLocal: false,
  });
  const times: number[] = [];
  count.point = 0;
  count.range = 0;
  return {
    figures: indicators * AREAS.length * YEARS * 12,
    times,
    calls: () => ({ points: count.point / count.questions, ranges: count.range / count.questions }),
    ask,
  };

  async function ask(question: string, isCounted: boolean): Promise<void> {
    const turn = await product.turnFor(
      { id: "somebody", name: "Somebody" },
      { id: question, place: PLACE, now: NOW },
    );
    if (!turn) throw new Error("The council is empty");
    const begun = performance.now();
    const { card } = await product.say(turn, question);
    if (isCounted) times.push(performance.now() - begun);
    count.questions += 1;
    checkCard(card, question);
  }

  function counted(table: Table): Table {
    return {
      ...table,
      find: (...keys) => ((count.point += 1), table.find(...keys)),
      list: (...range) => ((count.range += 1), table.list(...range)),
    };
  }
}

async function refuse() {
  return { outcome: "refused", reason: "nothing is posted here" } as const;
}

/** The emulator stands still for seconds while it saves so many rows; writing again does no harm. */
async function untilWritten(write: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await write();
      return;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await sleep(1000);
    }
  }
}

function checkCard(card: Card, question: string): void {
  const text = JSON.stringify(card);
  if (!text.includes("Measure 0")) throw new Error(`No answer to ${question}`);
  if (Buffer.byteLength(text) > 28_000) throw new Error(`The answer to ${question} is too large`);
}

function indicator(at: number): Indicator {
  const areas = AREAS;
  return Indicator.parse({
    ...{
      id: `measure-${at}`,
      name: `Measure ${at}`,
      priority: `Priority ${at % 10}`,
      unit: "count",
      areas,
    },
    ...{ synonyms: [`number ${at}`, `count of ${at}`], unitWords: "people" },
  });
}

function months(): Figure[] {
  return Array.from({ length: YEARS * 12 }, (_, at) => {
    const month = `${FIRST_YEAR + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
    return {
      ...{
        start: `${month}-01`,
        end: lastDay(month),
        value: (at * 7) % 90,
        status: "as reported" as const,
      },
      ...{ source: "Report para 2.4.2", published: "yes" },
    };
  });
}
