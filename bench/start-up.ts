import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { childEnvironment } from "../src/config.ts";
import { freePort } from "../src/local/free-port.ts";
import { median } from "./statistics.ts";

/** How many starts of each, and after how long no more are begun. */
export interface StartUpSize {
  readonly runs: number;
  readonly longestMs: number;
}

/** From the start of the process to its first answer, in milliseconds. */
export interface StartUpResult {
  readonly botMs: number;
  readonly importsMs: number;
  readonly ratio: number;
  /** The same bot as `npm run build` makes it. Undefined where it was not built. */
  readonly builtMs: number | undefined;
}

/** Differs from run to run, so that two benches at once do not talk to each other's bots. */
const FIRST_PORT = 27_000 + (process.pid % 5000);
const POLL_MS = 4;
const LONGEST_START_MS = 20_000;
const BOT = join(import.meta.dirname, "..", "src", "main.ts");
const BUILT = join(import.meta.dirname, "..", "build", "bot", "serve.mjs");
const IMPORTS = join(import.meta.dirname, "imports-only.ts");

/** The bot beside a script that loads the same SDKs, one after the other and in changing order. */
export async function measureStartUp(
  { runs, longestMs }: StartUpSize,
  environment: Record<string, string>,
): Promise<StartUpResult> {
  const times = new Map([
    [BOT, [] as number[]],
    [IMPORTS, [] as number[]],
    ...(existsSync(BUILT) ? [[BUILT, [] as number[]] as const] : []),
  ]);
  // The first of each reads its files from disk, which the others do not: it is not counted.
  const latest = performance.now() + longestMs;
  for (let run = 0; run <= runs; run += 1) {
    if (run > 1 && performance.now() > latest) break;
    for (const script of run % 2 === 0 ? [...times.keys()] : [...times.keys()].toReversed()) {
      const milliseconds = await timeToListening(script, environment);
      if (run > 0) times.get(script)?.push(milliseconds);
    }
  }
  const botMs = median(times.get(BOT) ?? []);
  const importsMs = median(times.get(IMPORTS) ?? []);
  const built = times.get(BUILT);
  const builtMs = built && median(built);
  return { botMs, importsMs, ratio: botMs / importsMs, builtMs };
}

async function timeToListening(
  script: string,
  environment: Record<string, string>,
): Promise<number> {
  const port = await freePort(FIRST_PORT);
  const began = performance.now();
  // The bot reads its port from the environment, and refuses words that it does not know.
  const args = script !== IMPORTS ? [] : [String(port)];
  const child = spawn(process.execPath, [script, ...args], {
    env: childEnvironment({ ...environment, PORT: String(port) }),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const gone = once(child, "exit");
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  try {
    while (!(await isHealthy(port))) {
      if (child.exitCode !== null) throw new Error(`${script} stopped while starting`);
      if (performance.now() - began > LONGEST_START_MS) throw new Error(`${script} did not start`);
      await pause(POLL_MS);
    }
    return performance.now() - began;
  } finally {
    end();
    process.off("exit", end);
    await gone;
  }
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: "127.0.0.1", port, path: "/healthz", agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once("error", () => resolve(false));
  });
}
