import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { endInOrder } from "./end-in-order.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { readSettings } from "../src/config.ts";
import { createServiceSearch } from "../src/directory/search.ts";
import { bytesOf, formatOf } from "../src/directory/snapshot.ts";
import { createSnapshotStore } from "../src/directory/snapshot-store.ts";
import type { Service } from "../src/directory/schema.ts";
import { placeOf } from "../src/directory/service-rows.ts";
import { openWholeTables, transactionsOf, type WholeTables } from "../src/keeping/whole-tables.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { startTableEmulator } from "../src/local/table-emulator.ts";
import { MOST_IN_TRANSACTION, openTables, split } from "../src/tables.ts";
import { startConnector } from "../test/support/connector.ts";
import { startBotProcess } from "./bot-process.ts";
import { manyServices } from "./directory-services.ts";
import { median } from "./statistics.ts";

// The bot started as a process on a directory of 50,000 services (or --services) in the table
// emulator: from the start of the process until it listens, and until a search of all of it is
// answered, from its snapshot. It is the production build, made here; with --sources the sources as
// they are come after it. With --rows the services are in the table too, which takes the emulator
// long, and one more start is without the snapshot. The emulator shares the processors.

const { values } = parseArgs({
  options: {
    services: { type: "string", default: "50000" },
    starts: { type: "string", default: "5" },
    rows: { type: "boolean", default: false },
    sources: { type: "boolean", default: false },
  },
});
const COUNT = Number(values.services);
const STARTS = Number(values.starts);
const TABLES_PORT = 10_402;
const DAY = "2019-09-25";
/** Priya Shah of the sample council. */
const MEMBER = { id: "00000000-0000-4000-8000-000000000009", name: "Priya Shah" };

const ROOT = join(import.meta.dirname, "..");
const folder = join(ROOT, "build", "bench-directory-start");
mkdirSync(folder, { recursive: true });
endInOrder();
const emulator = await startTableEmulator({ dataFolder: folder, port: TABLES_PORT, fresh: true });
const connector = await startConnector();
const environment = {
  ...{ MODE: "local", HOST: "127.0.0.1", CLOCK: `${DAY}T09:00`, LOG_LEVEL: "warn" },
  TABLES_CONNECTION_STRING: emulator.connectionString,
};
try {
  await measure();
} finally {
  await connector.stop();
  await emulator.stop();
}

async function measure(): Promise<void> {
  const settings = readSettings(environment);
  const tables = openTables(settings);
  const services = manyServices(COUNT);
  if (values.rows) await fill(openWholeTables(settings), services);
  const version = 1;
  const now = { partitionKey: "version", rowKey: "now", number: version };
  await (await tables("services")).put(now);
  // What comes after the snapshot: the sample council's own services.
  await loadSampleCouncil(tables);
  const [committee] = await createCommitteeStore(tables).committees();
  if (!committee) throw new Error("The sample council has no committee");

  const search = createServiceSearch();
  for (const service of services) search.put(service, committee);
  const begun = performance.now();
  const parts = await bytesOf(search.pack());
  const about = { version, format: formatOf(committee), day: DAY };
  await createSnapshotStore(tables).write(about, parts);
  const size = parts.reduce((sum, { length }) => sum + length, 0) / 1e6;
  print(
    "snapshot",
    `${size.toFixed(1)} MB, written in ${((performance.now() - begun) / 1000).toFixed(1)} s`,
  );
  const name = services.at(-1)?.name ?? "";
  execFileSync(process.execPath, [join(ROOT, "manifest", "build.ts")], { stdio: "inherit" });
  await startSeveral("the build", { from: "build", name, starts: STARTS });
  if (values.sources) await startSeveral("the sources", { from: "sources", name, starts: STARTS });
  if (!values.rows) return;
  await (await tables("snapshots")).remove("directory", "now");
  await startSeveral("the build from every row", { from: "build", name, starts: 1 });
}

/** As a restore writes them: an import takes the emulator longer. */
async function fill(whole: WholeTables, services: readonly Service[]): Promise<void> {
  const lines = services.map((service) => {
    const [PartitionKey, RowKey] = placeOf(service.id);
    const json = split("json", JSON.stringify(service));
    return JSON.stringify({ PartitionKey, RowKey, ...json, origin: "bench", v: 1 });
  });
  const most = { rows: MOST_IN_TRANSACTION, characters: 1_000_000 };
  for (const batch of transactionsOf(lines.toSorted(), most))
    await whole.fill("services", batch, true);
}

interface Starts {
  readonly from: "build" | "sources";
  /** Of the service that is looked for. */
  readonly name: string;
  readonly starts: number;
}

async function startSeveral(what: string, { from, name, starts }: Starts): Promise<void> {
  const listens: number[] = [];
  const later: number[] = [];
  const processor: number[] = [];
  let memory = "";
  // The first one reads its files from disk, which the others do not: it is not counted.
  for (let start = 0; start <= starts; start += 1) {
    const bot = await startBotProcess(environment, { folder, connector: connector.url, from });
    const listening = performance.now();
    while (!(await bot.found(MEMBER, name)).includes(name));
    if (start > 0) {
      listens.push(bot.listensMs);
      later.push(performance.now() - listening);
      processor.push(bot.processorMs());
    }
    memory = bot.memory();
    await bot.stop();
  }
  const searchable = listens.map((each, at) => each + (later[at] ?? 0));
  print(
    what,
    `${COUNT} services, listens ${inWords(listens)} after its start, and searches all of it ${inWords(later)} later: ${inWords(searchable)} after its start; ${inWords(processor)} of the processors until then; ${memory}; load ${loadavg()[0]?.toFixed(1)}`,
  );
}

/** "2.10 s (1.93 to 2.42)": the median, the least and the most. */
function inWords(milliseconds: readonly number[]): string {
  const [middle, least, most] = [
    median(milliseconds),
    Math.min(...milliseconds),
    Math.max(...milliseconds),
  ].map((each) => (each / 1000).toFixed(2));
  return `${middle} s (${least} to ${most})`;
}

function print(what: string, said: string): void {
  process.stdout.write(`${what}: ${said}\n`);
}
