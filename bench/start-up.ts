import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { childEnvironment } from "../src/config.ts";
import { freePort } from "../src/local/free-port.ts";
import { BUILT } from "./built-bot.ts";
import { memoryOf } from "./load/minute.ts";
import { median } from "./statistics.ts";

/** How many starts of each, and after how long no more are begun. */
export interface StartUpSize {
  readonly runs: number;
  readonly longestMs: number;
}

/** From the start of the process to its first answer, and what the process holds then. */
export interface StartUpResult {
  readonly name: string;
  readonly medianMs: number;
  readonly fastestMs: number;
  /** The processor's time, which other work on the machine moves less. */
  readonly processorMs: number;
  readonly megabytes: number;
}

/** What is started. Only the bot and its build read the council's tables. */
const PROGRAMS = {
  "an empty http server": join(import.meta.dirname, "empty-server.ts"),
  "imports only": join(import.meta.dirname, "imports-only.ts"),
  "the bot": join(import.meta.dirname, "..", "src", "main.ts"),
  "the bot as built": BUILT.script,
};
type Program = keyof typeof PROGRAMS;

interface Start {
  readonly ms: number;
  readonly processorMs: number;
  readonly megabytes: number;
}

/** Differs from run to run, so that two benches at once do not talk to each other's bots. */
const FIRST_PORT = 27_000 + (process.pid % 5000);
const POLL_MS = 4;
const LONGEST_START_MS = 60_000;
/** In which the kernel counts a process's time on the processor. */
const TICK_MS = 10;

/**
 * The bot, its build (where `npm run build` made one), a script that loads the same SDKs and one
 * that loads nothing, one after the other and in changing order.
 */
export async function measureStartUp(
  { runs, longestMs }: StartUpSize,
  environment: Record<string, string>,
): Promise<StartUpResult[]> {
  const starts = new Map<Program, Start[]>();
  for (const [name, script] of Object.entries(PROGRAMS) as [Program, string][])
    if (existsSync(script)) starts.set(name, []);
  // The first of each reads its files from disk, which the others do not: it is not counted.
  const latest = performance.now() + longestMs;
  for (let run = 0; run <= runs; run += 1) {
    if (run > 1 && performance.now() > latest) break;
    for (const name of run % 2 === 0 ? [...starts.keys()] : [...starts.keys()].toReversed()) {
      const start = await startOf(name, environment);
      if (run > 0) starts.get(name)?.push(start);
    }
  }
  return [...starts].map(([name, of]) => ({
    name,
    medianMs: median(of.map(({ ms }) => ms)),
    fastestMs: Math.min(...of.map(({ ms }) => ms)),
    processorMs: median(of.map(({ processorMs }) => processorMs)),
    megabytes: median(of.map(({ megabytes }) => megabytes)),
  }));
}

async function startOf(name: Program, environment: Record<string, string>): Promise<Start> {
  const script = PROGRAMS[name];
  const port = await freePort(FIRST_PORT);
  const began = performance.now();
  // The bot reads its port from the environment, and refuses words that it does not know.
  const args = name.startsWith("the bot") ? [] : [String(port)];
  const flags = script === BUILT.script ? BUILT.flags : [];
  const child = spawn(process.execPath, [...flags, script, ...args], {
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
    const ms = performance.now() - began;
    return { ms, processorMs: processorMsOf(child.pid), megabytes: memoryOf(child.pid ?? 0) };
  } finally {
    end();
    process.off("exit", end);
    await gone;
  }
}

/** Of the program and of the kernel for it. Only Linux tells. */
export function processorMsOf(pid: number | undefined): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  // The 14th and 15th field. The second one is the program's name, which can hold spaces.
  const fields = readFileSync(file, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: "127.0.0.1", port, path: "/healthz", agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once("error", () => resolve(false));
  });
}
