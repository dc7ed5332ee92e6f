import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endInOrder } from "./end-in-order.ts";
import { readSettings } from "../src/config.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { startTableEmulator } from "../src/local/table-emulator.ts";
import { openTables } from "../src/tables.ts";
import { addCrowd } from "./crowd.ts";
import { measureCharts, type ChartResult, type ChartsSize } from "./charts.ts";
import {
  measureCards,
  measurePlainCards,
  type CardResult,
  type CardsSize,
  type PlainCardResult,
} from "./cards.ts";
import { measureStartUp, type StartUpResult, type StartUpSize } from "./start-up.ts";
import { measureTurns, type TurnsResult, type TurnsSize } from "./turns.ts";

interface Size {
  readonly turns: TurnsSize;
  readonly cards: CardsSize;
  readonly charts: ChartsSize;
  readonly startUp: StartUpSize;
}

interface Results {
  readonly turns: readonly TurnsResult[];
  readonly cards: readonly CardResult[];
  readonly plainCards: readonly PlainCardResult[];
  readonly charts: readonly ChartResult[];
  readonly startUp: readonly StartUpResult[];
}

const FULL: Size = {
  turns: { rounds: 8, sliceMs: 800, mostTurns: 4000 },
  cards: { times: 400, longestMs: 1000 },
  charts: { times: 100 },
  startUp: { runs: 10, longestMs: 60_000 },
};
const QUICK: Size = {
  turns: { rounds: 3, sliceMs: 350, mostTurns: 1000 },
  cards: { times: 60, longestMs: 100 },
  charts: { times: 20 },
  startUp: { runs: 2, longestMs: 5000 },
};

/** What the bot promises of itself, each beside a peer on the same machine in the same run. */
const AIMS = {
  helpOfEcho: 0.8,
  fillMs: 0.3,
  fillOfPlain: 1.5,
  pictureMs: 40,
  startUpRatio: 1.3,
  builtMs: 350,
  builtMegabytes: 170,
};

const BUILD = join(import.meta.dirname, "..", "build");
const TABLES_PORT = 10_202;

endInOrder();

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const results = await measure(values.quick ? QUICK : FULL);
print(results);
const about = { node: process.version, processors: cpus().length, quick: values.quick, aims: AIMS };
writeFileSync(join(BUILD, "bench.json"), `${JSON.stringify({ ...about, ...results }, null, 2)}\n`);

async function measure(size: Size): Promise<Results> {
  const folder = join(BUILD, "bench");
  mkdirSync(folder, { recursive: true });
  const emulator = await startTableEmulator({ dataFolder: folder, port: TABLES_PORT, fresh: true });
  try {
    const environment = {
      MODE: "local",
      HOST: "127.0.0.1",
      CLOCK: "2019-09-25T09:00",
      LOG_LEVEL: "warn",
      // What a person may ask in ten seconds is no limit here.
      TURNS_OF_PERSON: "1000000",
      TURNS_OF_TENANT: "1000000",
      TABLES_CONNECTION_STRING: emulator.connectionString,
    };
    const tables = openTables(readSettings(environment));
    await loadSampleCouncil(tables);
    await addCrowd(tables);
    return {
      turns: await measureTurns(size.turns, environment, folder),
      startUp: await measureStartUp(size.startUp, environment),
      cards: measureCards(size.cards),
      plainCards: measurePlainCards(size.cards),
      charts: await measureCharts(size.charts),
    };
  } finally {
    await emulator.stop();
  }
}

function print({ turns, cards, plainCards, charts, startUp }: Results): void {
  const slowest = Math.max(...cards.map(({ fillMs }) => fillMs));
  table(
    ["Turns, 16 at a time", "per second", "p50 ms", "p99 ms", "of echo", "aim"],
    turns.map(({ name, perSecond, p50Ms, p99Ms, ofEcho }) => [
      name,
      perSecond.toFixed(0),
      p50Ms.toFixed(1),
      p99Ms.toFixed(1),
      ofEcho.toFixed(2),
      name === "help" ? verdict(ofEcho >= AIMS.helpOfEcho, `at least ${AIMS.helpOfEcho}`) : "",
    ]),
  );
  table(
    ["Filling a card, median", "fill ms", "library ms", "of library", "aim"],
    cards.map(({ name, fillMs, libraryMs }) => [
      name,
      fillMs.toFixed(3),
      libraryMs.toFixed(3),
      (fillMs / libraryMs).toFixed(2),
      fillMs === slowest ? verdict(slowest <= AIMS.fillMs, `at most ${AIMS.fillMs} ms`) : "",
    ]),
  );
  table(
    ["A card against plain code", "fill µs", "plain µs", "median ratio", "of fastest", "aim"],
    plainCards.map(({ name, fillUs, plainUs, ratio, fastestRatio }) => [
      name,
      fillUs.toFixed(1),
      plainUs.toFixed(1),
      ratio.toFixed(2),
      fastestRatio.toFixed(2),
      verdict(ratio <= AIMS.fillOfPlain, `at most ${AIMS.fillOfPlain}`),
    ]),
  );
  table(
    ["A chart as a PNG", "p50 ms", "p99 ms", "processor ms", "KB", "aim"],
    charts.map(({ name, p50Ms, p99Ms, cpuMs, kilobytes }) => [
      name,
      p50Ms.toFixed(1),
      p99Ms.toFixed(1),
      cpuMs.toFixed(1),
      kilobytes.toFixed(1),
      name.endsWith("limits")
        ? verdict(p50Ms <= AIMS.pictureMs, `at most ${AIMS.pictureMs} ms`)
        : "",
    ]),
  );
  const [{ medianMs: leastMs } = { medianMs: Number.NaN }] = startUp;
  table(
    ["Start to listening", "median ms", "fastest", "of empty", "processor ms", "MB", "aim"],
    startUp.map((start) => [
      start.name,
      start.medianMs.toFixed(0),
      start.fastestMs.toFixed(0),
      (start.medianMs / leastMs).toFixed(1),
      start.processorMs.toFixed(0),
      start.megabytes.toFixed(0),
      aimOfStart(start, startUp),
    ]),
  );
}

function aimOfStart({ name, medianMs, megabytes }: StartUpResult, all: readonly StartUpResult[]) {
  const imports = all.find((each) => each.name === "imports only")?.medianMs ?? Number.NaN;
  const { startUpRatio, builtMs, builtMegabytes } = AIMS;
  if (name === "the bot")
    return verdict(medianMs / imports <= startUpRatio, `${startUpRatio} of imports`);
  return name === "the bot as built"
    ? verdict(
        medianMs <= builtMs && megabytes <= builtMegabytes,
        `at most ${builtMs} ms and ${builtMegabytes} MB`,
      )
    : "";
}

function verdict(isMet: boolean, aim: string): string {
  return `${aim}: ${isMet ? "met" : "NOT MET"}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [head, ...rows];
  const widths = head.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  for (const [first = "", ...rest] of lines) {
    const cells = rest.map((cell, column) => cell.padStart(widths[column + 1] ?? 0));
    process.stdout.write(`${[first.padEnd(widths[0] ?? 0), ...cells].join("  ").trimEnd()}\n`);
  }
  process.stdout.write("\n");
}
