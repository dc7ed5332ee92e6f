import { mkdirSync } from "node:fs";
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
// answered, from its snapshot. With --rows the services are in the table too, which takes the emulator
// long, and one more start is without the snapshot. The emulator shares the processors.

const { values } = parseArgs({
  options: {
    services: { type: "string", default: "50000" },
    starts: { type: "string", default: "5" },
    rows: { type: "boolean", default: false },
  },
});
const COUNT = Number(values.services);
const STARTS = Number(values.starts);
const TABLES_PORT = 10_402;
const DAY = "2019-09-25";
/** Priya Shah of the sample council. */
const MEMBER = { id: "00000000-0000-4000-8000-000000000009", name: "Priya Shah" };

const folder = join(import.meta.dirname, "..", "build", "bench-directory-start");
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
  await startSeveral("from the snapshot", name, STARTS);
  if (!values.rows) return;
  await (await tables("snapshots")).remove("directory", "now");
  await startSeveral("from every row", name, 1);
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

async function startSeveral(what: string, name: string, starts: number): Promise<void> {
  const listens: number[] = [];
  const searchable: number[] = [];
  let memory = "";
  for (let start = 0; start < starts; start += 1) {
    const bot = await startBotProcess(environment, { folder, connector: connector.url });
    const from = performance.now();
    while (!(await bot.found(MEMBER, name)).includes(name));
    listens.push(bot.listensMs);
    searchable.push(bot.listensMs + performance.now() - from);
    memory = bot.memory();
    await bot.stop();
  }
  const each = searchable.map((milliseconds) => milliseconds.toFixed(0)).join(", ");
  print(
    what,
    `${COUNT} services, listens after ${median(listens).toFixed(0)} ms, searchable after ${median(searchable).toFixed(0)} ms (${each}), ${memory}`,
  );
}

function print(what: string, said: string): void {
  process.stdout.write(`${what}: ${said}\n`);
}
