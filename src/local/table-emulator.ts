import { execFile } from "node:child_process";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod/v4";
import { UserError } from "../errors.ts";
import { freePort } from "./free-port.ts";
import {
  firstAnswer,
  startLocalProcess,
  type LocalProcess,
  type Program,
} from "./local-process.ts";

const AZURITE = createRequire(import.meta.url).resolve("azurite/dist/src/table/main.js");
const NAME = "The table emulator";

// Azurite's account and key are the same everywhere and printed in its documentation: not a secret.
const ACCOUNT = "devstoreaccount1";
const KEY =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Kept beside the tables while an emulator has them open: two on one folder would overwrite each other's rows. */
const EmulatorRecord = z.object({
  launcher: z.number(),
  emulator: z.object({ pid: z.number(), port: z.number() }).optional(),
});
type EmulatorRecord = z.infer<typeof EmulatorRecord>;

export interface TableEmulator extends LocalProcess {
  connectionString: string;
  port: number;
}

export interface EmulatorOptions {
  /** The folder that holds its tables, its log and the record of the emulator that has them open. */
  dataFolder: string;
  /** The port to use if it is free; otherwise the next free one. */
  port: number;
  /** Erases the tables first. */
  fresh?: boolean;
}

/** Starts Azurite's table service. An emulator left over from a launcher that was killed saves its tables first. */
export async function startTableEmulator(options: EmulatorOptions): Promise<TableEmulator> {
  const dataFolder = resolve(options.dataFolder);
  const tables = join(dataFolder, "tables");
  const recordFile = join(dataFolder, "emulator.json");
  await mkdir(dataFolder, { recursive: true });
  await claimTables(recordFile);
  try {
    // The one file, not the folder: somebody may have named a folder with more in it than tables.
    if (options.fresh) await rm(join(tables, "__azurite_db_table__.json"), { force: true });
    await mkdir(tables, { recursive: true });
    const port = await freePort(options.port);
    const program = azurite(dataFolder, tables, port);
    const running = await startLocalProcess(program);
    await replaceRecord(recordFile, {
      launcher: process.pid,
      emulator: { pid: running.pid, port },
    });
    await firstAnswer(program, running, () => serverName(port));
    const ended = running.ended.then(async (how) => {
      await rm(recordFile, { force: true });
      return how;
    });
    return { ...running, ended, stop, port, connectionString: connectionString(port) };

    async function stop(): Promise<void> {
      await running.stop();
      await ended;
    }
  } catch (error) {
    await rm(recordFile, { force: true });
    throw error;
  }
}

function azurite(dataFolder: string, tables: string, port: number): Program {
  return {
    name: NAME,
    script: AZURITE,
    args: [
      "--silent",
      "--disableTelemetry",
      // The SDK is newer than the newest API version that this Azurite has heard of.
      "--skipApiVersionCheck",
      ...["--location", tables],
      ...["--tableHost", "127.0.0.1"],
      ...["--tablePort", String(port)],
    ],
    logFile: join(dataFolder, "emulator.log"),
  };
}

function connectionString(port: number): string {
  return [
    "DefaultEndpointsProtocol=http",
    `AccountName=${ACCOUNT}`,
    `AccountKey=${KEY}`,
    `TableEndpoint=http://127.0.0.1:${port}/${ACCOUNT};`,
  ].join(";");
}

// Any answer will do; without a signature it is a refusal, but it says who refuses.
async function serverName(port: number): Promise<string | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/${ACCOUNT}/Tables`);
    await response.arrayBuffer();
    return response.headers.get("server") ?? "";
  } catch {
    return undefined;
  }
}

async function claimTables(recordFile: string): Promise<void> {
  while (!(await createdRecord(recordFile))) {
    const earlier = await readRecord(recordFile);
    if (earlier) await waitUntilGone(earlier);
    await rm(recordFile, { force: true });
  }
}

async function createdRecord(recordFile: string): Promise<boolean> {
  const record: EmulatorRecord = { launcher: process.pid };
  try {
    await writeFile(recordFile, JSON.stringify(record), { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

// Written beside and renamed, so that a launcher killed here leaves a record that can be read.
async function replaceRecord(recordFile: string, record: EmulatorRecord): Promise<void> {
  await writeFile(`${recordFile}.new`, JSON.stringify(record));
  await rename(`${recordFile}.new`, recordFile);
}

async function readRecord(recordFile: string): Promise<EmulatorRecord | undefined> {
  try {
    return EmulatorRecord.parse(JSON.parse(await readFile(recordFile, "utf8")));
  } catch {
    // Gone in the meantime, or cut short by a power failure: no emulator outlives that.
    return undefined;
  }
}

async function waitUntilGone({ launcher, emulator }: EmulatorRecord): Promise<void> {
  const emulatorRuns = emulator !== undefined && (await isAzurite(emulator));
  // No emulator yet means a launcher that has only just begun, or was killed just then.
  if (isAlive(launcher) && (emulatorRuns || emulator === undefined)) {
    throw new UserError(
      `The bot is already running from this folder (process ${launcher}). Press Ctrl-C where it runs, then try again.`,
    );
  }
  if (!emulatorRuns) return;
  // Its launcher is gone, so it is saving already, and a signal would now end it unsaved: wait first.
  if (await isGoneWithin(5_000, emulator.pid)) return;
  process.kill(emulator.pid, "SIGINT");
  if (await isGoneWithin(30_000, emulator.pid)) return;
  throw new UserError(
    `${NAME} of an earlier start (process ${emulator.pid}) does not stop. End that process, then try again.`,
  );
}

async function isGoneWithin(milliseconds: number, pid: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 50) {
    // An empty command line is a process that has ended and waits for its parent to notice.
    if (!isAlive(pid) || (await commandLine(pid)) === "") return true;
    await pause(50);
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

// Process numbers are used again, so being alive is not enough: the command line decides where it can be read.
async function isAzurite({ pid, port }: { pid: number; port: number }): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await commandLine(pid);
  if (command !== undefined) return command.includes("azurite");
  return (await serverName(port))?.startsWith("Azurite") ?? false;
}

async function commandLine(pid: number): Promise<string | undefined> {
  try {
    return await readFile(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return commandLineFromPs(pid);
  }
}

// macOS has no /proc; Windows has neither.
async function commandLineFromPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("ps", ["-p", String(pid), "-o", "command="]);
    return stdout;
  } catch {
    return undefined;
  }
}

// Not `instanceof Error`: under jest, what Node itself throws is of another realm's class.
function hasCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
