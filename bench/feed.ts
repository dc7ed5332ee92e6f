import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createClock } from "../src/calendar.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { readSettings } from "../src/config.ts";
import { createImporting } from "../src/directory/feed/importing.ts";
import { addressGuard } from "../src/directory/feed/public-address.ts";
import { createFeedStore } from "../src/directory/feed/store.ts";
import { createServiceStore } from "../src/directory/store.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { startTableEmulator } from "../src/local/table-emulator.ts";
import { createLog } from "../src/log.ts";
import { openTables } from "../src/tables.ts";
import { serviceInFeed, startFeed } from "../test/support/feed.ts";

// A feed of 50,000 services (or as many as the argument says) over HTTP into the directory: stopped
// in the middle, carried on by another replica, then read again with nothing and with 1 in 100
// changed. The table emulator shares the machine's two processors.

const COUNT = Number(process.argv[2] ?? 50_000);
const TABLES_PORT = 10_302;

const folder = join(import.meta.dirname, "..", "build", "bench-feed");
mkdirSync(folder, { recursive: true });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
const emulator = await startTableEmulator({ dataFolder: folder, port: TABLES_PORT, fresh: true });
const feed = await startFeed({ count: COUNT, perPage: 100, hasEtags: true });
let mostMemory = 0;
const memory = setInterval(() => {
  mostMemory = Math.max(mostMemory, process.memoryUsage().heapUsed);
}, 50);
try {
  await measure();
} finally {
  clearInterval(memory);
  await feed.stop();
  await emulator.stop();
}

async function measure(): Promise<void> {
  const tables = openTables(
    readSettings({
      ...{ MODE: "local", HOST: "127.0.0.1", LOG_LEVEL: "warn" },
      TABLES_CONNECTION_STRING: emulator.connectionString,
    }),
  );
  await loadSampleCouncil(tables);
  const [committee] = await createCommitteeStore(tables).committees();
  if (!committee) throw new Error("The sample council has no committee");
  const store = createFeedStore(tables);
  const replica = () =>
    createImporting({
      ...{ store, directory: createServiceStore(tables), wallClock: createClock() },
      ...{ guard: addressGuard({ isLoopbackAllowed: true }), log: createLog("warn") },
      tell: async () => undefined,
    });
  const wanted = {
    ...{ id: "bench", committee: committee.id, name: "bench", url: feed.url, isDaily: false },
  };
  const now = createClock()();

  const first = replica();
  const halfway = Math.floor(COUNT / 200);
  feed.settings.mood = ({ page }) => void (page === halfway && first.stop());
  await first.begin(wanted, now, true);
  await timed("until it is stopped half-way", () => first.carryOn("bench", committee, now));
  feed.settings.mood = () => undefined;
  await timed("carried on by another replica", () => replica().carryOn("bench", committee, now));

  await replica().begin(wanted, now, true);
  await timed("read again, nothing changed", () => replica().carryOn("bench", committee, now));

  feed.settings.service = (at) => serviceInFeed(at, at % 10_000 < 100 ? { name: "Tea dance" } : {});
  await replica().begin(wanted, now, true);
  await timed("read again, 1 in 100 changed", () => replica().carryOn("bench", committee, now));

  async function timed(what: string, work: () => Promise<void>): Promise<void> {
    const requests = feed.asked.length;
    const start = performance.now();
    mostMemory = 0;
    await work();
    const seconds = (performance.now() - start) / 1000;
    const reading = (await store.find("bench"))?.feed.reading;
    const heap = `${Math.round(mostMemory / 1e6)} MB heap at most`;
    process.stdout.write(
      `${what}: ${seconds.toFixed(1)} s, ${feed.asked.length - requests} requests, ${heap}; ${reading?.state}, ${reading?.records} read, ${reading?.added} added, ${reading?.changed} changed, ${reading?.same} same\n`,
    );
  }
}
