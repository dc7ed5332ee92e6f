import { spawn } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { childEnvironment } from "../config.ts";
import { UserError } from "../errors.ts";

const LEAVE_WITH_LAUNCHER = new URL("./leave-with-launcher.ts", import.meta.url);
const LONGEST_START_MS = 60_000;

export interface LocalProcess {
  pid: number;
  logFile: string;
  /** Settles when the process is gone, with how it ended: "code 1" or "signal SIGKILL". */
  ended: Promise<string>;
  /** Asks it to save and leave, and waits until it is gone. */
  stop(): Promise<void>;
}

export interface Program {
  /** As a person would call it, to begin a sentence with. */
  name: string;
  script: string;
  args: string[];
  /** Where it writes what it would print. A pipe would break, and it with it, if the launcher died. */
  logFile: string;
  /** Node's own, before the script. */
  flags?: readonly string[];
  /** Files that change how it behaves, loaded before it. */
  preloads?: URL[];
  environment?: Record<string, string>;
}

/** Starts a Node program that ends when the launcher does. */
export async function startLocalProcess(program: Program): Promise<LocalProcess> {
  const preloads = [LEAVE_WITH_LAUNCHER, ...(program.preloads ?? [])];
  writeFileSync(program.logFile, "");
  const log = openSync(program.logFile, "a");
  const child = spawn(
    process.execPath,
    [
      ...(program.flags ?? []),
      ...preloads.flatMap((url) => ["--import", url.href]),
      ...[program.script, ...program.args],
    ],
    {
      // A process group of its own, so that Ctrl-C reaches the launcher only and the bot can finish first.
      detached: true,
      windowsHide: true,
      env: childEnvironment(program.environment ?? {}),
      stdio: ["ignore", log, log, "ipc"],
    },
  );
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code}`));
    child.once("error", (error) => resolve(error.message));
  });
  if (child.pid === undefined)
    throw new UserError(`${program.name} could not be started: ${await ended}.`);
  return { pid: child.pid, logFile: program.logFile, ended, stop };

  async function stop(): Promise<void> {
    if (child.connected) child.disconnect();
    await ended;
  }
}

/** Waits until the probe gives an answer, and returns it. */
export async function firstAnswer<T>(
  program: Program,
  running: LocalProcess,
  probe: () => Promise<T | undefined>,
): Promise<T> {
  let howItEnded: string | undefined;
  void running.ended.then((how) => (howItEnded = how));
  const deadline = performance.now() + LONGEST_START_MS;
  while (performance.now() < deadline) {
    if (howItEnded !== undefined) {
      throw new UserError(
        `${program.name} stopped while starting (${howItEnded}). Look in ${program.logFile}.`,
      );
    }
    const answer = await probe();
    if (answer !== undefined) return answer;
    await pause(50);
  }
  process.kill(running.pid, "SIGKILL");
  throw new UserError(
    `${program.name} did not answer within a minute. Look in ${program.logFile}, then try again.`,
  );
}
