import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { endInOrder } from "./end-in-order.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import { readSettings } from "../src/config.ts";
import { createFeedStore } from "../src/directory/feed/store.ts";
import type { Reading } from "../src/directory/feed/schema.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { startTableEmulator } from "../src/local/table-emulator.ts";
import { openTables } from "../src/tables.ts";
import { startConnector } from "../test/support/connector.ts";
import { serviceInFeed, startFeed } from "../test/support/feed.ts";
import { startBotProcess, type BotProcess } from "./bot-process.ts";
import { percentile } from "./statistics.ts";

// A feed of 50,000 services (or --services) over HTTP into the directory of a bot that runs as a
// process: an administrator asks for it, the bot is killed half-way and started again, carries it
// on, is started once more, and is searched as Teams searches. Then the feed is read again with
// nothing and with 1 in 100 changed. The table emulator shares the machine's processors.

const { values } = parseArgs({ options: { services: { type: "string", default: "50000" } } });
const COUNT = Number(values.services);
const TABLES_PORT = 10_302;
const SEARCHES = 200;
const LOOK_EVERY_MS = 200;
/** Morgan Reed of the sample council. */
const ADMINISTRATOR = { id: "00000000-0000-4000-8000-000000000008", name: "Morgan Reed" };

const folder = join(import.meta.dirname, "..", "build", "bench-feed");
mkdirSync(folder, { recursive: true });
endInOrder();
const emulator = await startTableEmulator({ dataFolder: folder, port: TABLES_PORT, fresh: true });
const feed = await startFeed({ count: COUNT, perPage: 100, hasEtags: true });
const connector = await startConnector();
const environment = {
  ...{ MODE: "local", HOST: "127.0.0.1", CLOCK: "2019-09-25T09:00", LOG_LEVEL: "warn" },
  ...{ TURNS_OF_PERSON: "1000000", TURNS_OF_TENANT: "1000000" },
  TABLES_CONNECTION_STRING: emulator.connectionString,
};
let running: BotProcess | undefined;
try {
  await measure();
} finally {
  await running?.stop();
  await connector.stop();
  await feed.stop();
  await emulator.stop();
}

async function measure(): Promise<void> {
  const tables = openTables(readSettings(environment));
  await loadSampleCouncil(tables);
  const [committee] = await createCommitteeStore(tables).committees();
  if (!committee) throw new Error("The sample council has no committee");
  const store = createFeedStore(tables);

  const first = await startTheBot();
  await step("read until it is killed half-way", first, async () => {
    await first.teams.say(ADMINISTRATOR, `import directory ${feed.url}`);
    await until(({ records }) => records >= COUNT / 2);
  });
  process.kill(first.pid, "SIGKILL");
  await first.ended;

  const second = await startTheBot();
  const killed = performance.now();
  await step("started again, until it takes that up", second, () => {
    const pages = feed.asked.length;
    return until(() => feed.asked.length > pages || performance.now() - killed > 600_000);
  });
  await step("carried on to the end", second, () => until(({ state }) => state === "done"));

  await second.stop();

  const third = await startTheBot();
  const begun = performance.now();
  let asked = 0;
  while (!(await third.found(ADMINISTRATOR, "coffee morning")).includes("Coffee morning"))
    asked += 1;
  const ready = performance.now() - begun;
  print(
    "started once more",
    `listens after ${third.listensMs.toFixed(0)} ms, searches all of it ${ready.toFixed(0)} ms later (${asked} answers before that said to wait), ${third.memory()}`,
  );
  const times: number[] = [];
  // From 1: a number of one digit is too little to search for.
  for (let at = 1; at <= SEARCHES; at += 1) {
    const number = 10 + ((at * 7919) % (COUNT - 10));
    const start = performance.now();
    const answer = await third.found(ADMINISTRATOR, `cofee morning ${number}`);
    times.push(performance.now() - start);
    if (!answer.includes(`Coffee morning ${number}`))
      throw new Error(`Service ${number} was not found`);
  }
  print(
    "searched from the compose box",
    `${SEARCHES} times, one word mistyped: p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms over HTTP; ${third.memory()}`,
  );

  feed.settings.service = (at) => serviceInFeed(at, at % 10_000 < 100 ? { name: "Tea dance" } : {});
  for (const what of ["read again, 1 in 100 changed", "read again, nothing changed"]) {
    await step(what, third, async () => {
      const run = (await reading()).run;
      await third.teams.say(ADMINISTRATOR, `import directory ${feed.url}`);
      await until((now) => now.run !== run && now.state === "done");
    });
  }

  async function step(what: string, bot: BotProcess, work: () => Promise<unknown>): Promise<void> {
    const requests = feed.asked.length;
    const start = performance.now();
    await work();
    const seconds = (performance.now() - start) / 1000;
    const { state, records, added, changed, same } = await reading();
    print(
      what,
      `${seconds.toFixed(1)} s, ${feed.asked.length - requests} requests, ${bot.memory()}; ${state}, ${records} read, ${added} added, ${changed} changed, ${same} same`,
    );
  }

  async function reading(): Promise<Reading> {
    const [only] = await store.feedsOf(committee?.id ?? "");
    if (!only?.reading) throw new Error("No feed is being read");
    return only.reading;
  }

  async function until(isSo: (now: Reading) => boolean): Promise<void> {
    while (!isSo(await reading())) await pause(LOOK_EVERY_MS);
  }
}

async function startTheBot(): Promise<BotProcess> {
  running = await startBotProcess(environment, { folder, connector: connector.url });
  return running;
}

function print(what: string, said: string): void {
  process.stdout.write(`${what}: ${said}\n`);
}
