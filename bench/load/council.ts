import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod/v4";
import { readSettings } from "../../src/config.ts";
import { freePort } from "../../src/local/free-port.ts";
import {
  firstAnswer,
  startLocalProcess,
  type LocalProcess,
} from "../../src/local/local-process.ts";
import { loadSampleCouncil } from "../../src/local/sample.ts";
import { startTableEmulator } from "../../src/local/table-emulator.ts";
import { openTables } from "../../src/tables.ts";
import { addCrowd } from "../crowd.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDER = join(ROOT, "build", "load");
const COMMITTEE = "communities-and-partnership";
const FIRST_PORT = 30_000 + (process.pid % 5000);

const Seen = z.object({ posts: z.number(), troubled: z.number() });

export type LoadedCouncil = Awaited<ReturnType<typeof startCouncil>>;

/**
 * The sample council with a crowd of people, on this machine only: the table emulator behind a
 * proxy, the connector's stand-in, and replicas of the bot behind another proxy.
 */
export async function startCouncil() {
  mkdirSync(FOLDER, { recursive: true });
  const running: LocalProcess[] = [];
  const emulator = await startTableEmulator({ dataFolder: FOLDER, port: FIRST_PORT, fresh: true });
  const origin = `http://127.0.0.1:${emulator.port}`;
  const direct = openTables(readSettings(environmentWith(emulator.connectionString)));
  await loadSampleCouncil(direct, { withNumbers: true });
  await addCrowd(direct);
  const store = await start("store proxy", join(ROOT, "bench", "proxy.ts"), [origin]);
  const connector = await start("connector", join(ROOT, "bench", "connector.ts"), []);
  const echo = await start("echo", join(ROOT, "bench", "echo-bot.ts"), []);
  const behind = emulator.connectionString.replace(origin, store.url);
  return { store, connector, echo, startReplicas, isKept, answers, stop };

  async function startReplicas(count: number, extra: Record<string, string> = {}) {
    const replicas: Awaited<ReturnType<typeof startReplica>>[] = [];
    for (let number = 1; number <= count; number += 1)
      replicas.push(await startReplica(number, extra));
    const urls = replicas.map(({ url }) => url);
    const proxy = await start("replica proxy", join(ROOT, "bench", "proxy.ts"), urls);
    return {
      url: proxy.url,
      replicas,
      stop: async () => {
        for (const { child } of [proxy, ...replicas]) await child.stop();
      },
    };
  }

  function startReplica(number: number, extra: Record<string, string>) {
    return start(`replica ${number}`, join(ROOT, "src", "main.ts"), undefined, {
      ...environmentWith(behind),
      ...extra,
    });
  }

  async function start(
    name: string,
    script: string,
    args: readonly string[] | undefined,
    environment: Record<string, string> = {},
  ) {
    const port = await freePort(FIRST_PORT);
    const url = `http://127.0.0.1:${port}`;
    const program = {
      name: `The ${name} of the bench`,
      script,
      // The bot reads its port from the environment, and refuses words that it does not know.
      args: args ? [String(port), ...args] : [],
      logFile: join(FOLDER, `${name}.log`),
      environment: { ...environment, PORT: String(port) },
    };
    const child = await startLocalProcess(program);
    running.push(child);
    await firstAnswer(program, child, () => isListening(url));
    return { url, child };
  }

  /** How many messages people got, and how many of them said that something did not work. */
  async function answers(): Promise<z.infer<typeof Seen>> {
    return Seen.parse(await (await fetch(`${connector.url}/seen`)).json());
  }

  /** Whether a record that somebody was told of is in the tables. */
  async function isKept(reference: string): Promise<boolean> {
    const table = await direct("signposts");
    const pointer = await table.find(`${COMMITTEE}|reference`, reference);
    const month = pointer && `${COMMITTEE}|month|${String(pointer["month"])}`;
    return month !== undefined && (await table.find(month, reference)) !== undefined;
  }

  async function stop(): Promise<void> {
    for (const child of running.toReversed()) await child.stop();
    await emulator.stop();
  }
}

function environmentWith(connectionString: string): Record<string, string> {
  return {
    MODE: "local",
    HOST: "127.0.0.1",
    CLOCK: "2019-09-25T09:00",
    LOG_LEVEL: "warn",
    TURNS_OF_PERSON: "1000000",
    TURNS_OF_TENANT: "1000000",
    TABLES_CONNECTION_STRING: connectionString,
  };
}

async function isListening(url: string): Promise<true | undefined> {
  try {
    await (await fetch(`${url}/healthz`)).arrayBuffer();
    return true;
  } catch {
    return undefined;
  }
}
