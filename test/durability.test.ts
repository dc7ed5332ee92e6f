import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Card } from "../src/card-template.ts";
import { createChampionStore } from "../src/champions/store.ts";
import { freePort } from "../src/local/free-port.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { openTables } from "../src/tables.ts";
import { activitiesTo } from "./support/activities.ts";
import { startConnector } from "./support/connector.ts";
import { FRENCH, pressing, startTables, titlesOf } from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";

let service: Awaited<ReturnType<typeof startTables>>;
let connector: Awaited<ReturnType<typeof startConnector>>;
beforeAll(async () => {
  service = await startTables();
  connector = await startConnector();
  await loadSampleCouncil(openTables(service.settings));
});
afterAll(async () => {
  await connector.stop();
  await service.stop();
});

it("keeps every update it said was submitted when it is killed at any moment, and invents none", async () => {
  const said: string[] = [];
  const tried: string[] = [];
  for (const after of [1, 4, 7]) {
    const bot = await startProcess();
    const killed = once(bot.process, "exit");
    const enough = said.length + after;
    await submitUntilKilled(
      bot,
      async (text) => {
        tried.push(text);
        // The signal is sent while the next press is on its way, not after its answer.
        if (said.length === enough)
          setTimeout(() => bot.process.kill("SIGKILL"), Math.random() * 20);
      },
      said,
    );
    await killed;
  }

  const store = createChampionStore(openTables(service.settings));
  const versions = await store.versions(COMMITTEE, "2019-09", "fenland");
  const current = await store.find(COMMITTEE, "2019-09", "fenland");

  const kept = versions.map(({ sections }) => sections.updates[0] ?? "");
  expect(said.length).toBeGreaterThanOrEqual(12);
  expect(kept).toEqual(expect.arrayContaining(said));
  expect(tried).toEqual(expect.arrayContaining(kept));
  expect(kept.length - said.length).toBeLessThanOrEqual(3);
  expect(current?.update).toEqual(versions[0]);
}, 120_000);

type Bot = Awaited<ReturnType<typeof startProcess>>;

async function submitUntilKilled(
  { teams }: Bot,
  trying: (text: string) => Promise<void>,
  said: string[],
): Promise<void> {
  await teams.say(FRENCH, "log update");
  let shown: Card | undefined = connector.received.at(-1)?.card;
  for (let number = 0; shown; number += 1) {
    try {
      const edit = titlesOf(shown).includes("Edit") ? pressing(shown, "Edit") : undefined;
      const form = edit ? (await teams.press(FRENCH, edit.verb, edit.data)).card : shown;
      if (!form) return;
      const text = `Visit ${said.length} ${number}`;
      const { verb, data } = pressing(form, "Submit", { updates: text });
      await trying(text);
      shown = (await teams.press(FRENCH, verb, data)).card;
      if (shown && titlesOf(shown).includes("Edit")) said.push(text);
    } catch {
      // The connection broke: the bot is gone.
      return;
    }
  }
}

async function startProcess() {
  const port = await freePort(30_000 + (process.pid % 20_000));
  const bot: ChildProcess = spawn(process.execPath, [join(__dirname, "..", "src", "main.ts")], {
    env: {
      MODE: "local",
      HOST: "127.0.0.1",
      PORT: String(port),
      LOG_LEVEL: "silent",
      CLOCK: "2019-09-25T09:00",
      TABLES_CONNECTION_STRING:
        "connectionString" in service.settings.tables
          ? service.settings.tables.connectionString
          : "",
    },
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isUp(url))) await new Promise((resolve) => setTimeout(resolve, 50));
  return { process: bot, teams: activitiesTo(url, connector.url) };
}

async function isUp(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
