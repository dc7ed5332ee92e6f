import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod/v4";
import { readSettings } from "../../src/config.ts";
import { freePort } from "../../src/local/free-port.ts";
import {
  firstAnswer,
  startLocalProcess,
  type LocalProcess,
  type Program,
} from "../../src/local/local-process.ts";
import { loadSampleCouncil } from "../../src/local/sample.ts";
import { startTableEmulator } from "../../src/local/table-emulator.ts";
import { createDigestStore } from "../../src/digest/store.ts";
import { createSignpostStore } from "../../src/signposting/store.ts";
import { openTables, type Tables } from "../../src/tables.ts";
import { BUILT } from "../built-bot.ts";
import { addCrowd } from "../crowd.ts";
import { TENANT } from "./people.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDER = join(ROOT, "build", "load");
const COMMITTEE = "communities-and-partnership";
const FIRST_PORT = 30_000 + (process.pid % 5000);

const Seen = z.object({
  ...{ posts: z.number(), troubled: z.number() },
  ...{ answered: z.number(), repeated: z.number(), unasked: z.array(z.string()) },
});
/** What a replica is started with besides the settings of the bench. */
interface Extra {
  readonly preloads?: URL[];
  readonly environment?: Record<string, string>;
}

export type LoadedCouncil = Awaited<ReturnType<typeof startCouncil>>;

/** A program of the bench, and where it listens. */
interface Running extends Pick<
  Program,
  "name" | "script" | "args" | "flags" | "preloads" | "environment"
> {
  readonly port: number;
}

/**
 * The sample council with a crowd of people, on this machine only: the table emulator behind a
 * proxy, the connector's stand-in, and replicas of the bot, as it is built now, behind another proxy.
 */
export async function startCouncil() {
  execFileSync(process.execPath, [join(ROOT, "manifest", "build.ts")], { stdio: "inherit" });
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
  await chooseChannel(direct, connector.url);
  return { store, connector, echo, startReplicas, isKept, recordsDoubled, answers, stop };

  async function startReplicas(count: number, extra: Extra = {}) {
    const replicas: Awaited<ReturnType<typeof startReplica>>[] = [];
    for (let number = 1; number <= count; number += 1)
      replicas.push(await startReplica(number, extra, await freePort(FIRST_PORT)));
    const urls = replicas.map(({ url }) => url);
    const proxy = await start("replica proxy", join(ROOT, "bench", "proxy.ts"), urls);
    return {
      url: proxy.url,
      replicas,
      /** One after the other is stopped and started again, as an update does it. */
      restartEach: async () => {
        for (const [at, { url, child }] of replicas.entries()) {
          await child.stop();
          replicas[at] = await startReplica(at + 1, extra, Number(new URL(url).port));
        }
      },
      stop: async () => {
        for (const { child } of [proxy, ...replicas]) await child.stop();
      },
    };
  }

  function startReplica(number: number, { environment, preloads = [] }: Extra, port: number) {
    return run({
      ...{
        name: `replica ${number}`,
        ...BUILT,
        args: [],
        port,
        preloads,
      },
      environment: { ...environmentWith(behind), ...environment },
    });
  }

  async function start(name: string, script: string, args: readonly string[]) {
    const port = await freePort(FIRST_PORT);
    return run({ name, script, args: [String(port), ...args], port });
  }

  async function run({ name, port, environment, ...about }: Running) {
    const url = `http://127.0.0.1:${port}`;
    const program = {
      ...about,
      name: `The ${name} of the bench`,
      logFile: join(FOLDER, `${name}.log`),
      // The bot reads its port from here, and refuses words that it does not know.
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

  /** How many records were made of one form more than once. */
  async function recordsDoubled(): Promise<number> {
    const store = createSignpostStore(direct);
    let doubled = 0;
    for (const month of await store.months(COMMITTEE)) {
      const operations = (await store.ofMonth(COMMITTEE, month)).map(({ operation }) => operation);
      doubled += operations.length - new Set(operations).size;
    }
    return doubled;
  }

  async function stop(): Promise<void> {
    for (const child of running.toReversed()) await child.stop();
    await emulator.stop();
  }
}

/** Where the digest goes. */
async function chooseChannel(tables: Tables, serviceUrl: string): Promise<void> {
  const bot = { id: "bot", name: "Community Champions" };
  await createDigestStore(tables).saveChannel(COMMITTEE, {
    place: {
      ...{ kind: "channel", conversation: "room", channel: "room", team: "team", tenant: TENANT },
      ...{ serviceUrl, bot },
    },
    ...{ audience: "committee", isStated: true, by: "Nick Mills", at: "2019-09-25T08:00:00Z" },
  });
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
