import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod/v4";
import { UserError } from "../errors.ts";
import { codeOf } from "./folder.ts";

const NAME = "The table emulator";
/** How often a claim is tried, and the pause between: ten seconds for others to finish theirs. */
const TRIES = 200;
const PAUSE_MS = 50;
/** Of a record that a power failure has cut short, which no emulator outlives. */
const UNREADABLE = "unreadable";
/** What a file system says that has no links, like that of many memory sticks. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/**
 * Kept beside the tables while an emulator has them open: two on one folder would overwrite each
 * other's rows. No two records have the same token.
 */
const EmulatorRecord = z.object({
  token: z
    .string()
    .regex(/^[\w-]+$/)
    // Records of earlier versions have none.
    .default("untold"),
  launcher: z.int().positive().optional(),
  emulator: z.object({ pid: z.int().positive(), port: z.number() }).optional(),
});
type EmulatorRecord = z.infer<typeof EmulatorRecord>;

/** The tables of a folder, for one emulator alone. */
export interface TablesClaim {
  /** Says which emulator has them open, for the start after a launcher that was killed. */
  openedBy(emulator: { pid: number; port: number }): Promise<void>;
  /** To be called when no emulator has them open any more. Never throws. */
  release(): Promise<void>;
}

/**
 * Claims the tables of a folder. An emulator left over from a launcher that was killed saves them
 * first. Throws a UserError when they are somebody else's.
 */
export async function claimTables(folder: string): Promise<TablesClaim> {
  const file = join(folder, "emulator.json");
  const mine: EmulatorRecord = { token: randomUUID(), launcher: process.pid };
  for (let tries = 0; !(await created(file, mine)); tries += 1) {
    const earlier = await readRecord(file);
    if (earlier) await waitUntilGone(earlier);
    if (tries >= TRIES) throw alreadyRunning(earlier);
    // Nothing to remove when it went in the meantime; somebody else may be removing it.
    if (!earlier || !(await removed(file, earlier.token))) await pause(PAUSE_MS);
  }
  return {
    openedBy: async (emulator) => {
      await writeFile(besides(file, mine), JSON.stringify({ ...mine, emulator }));
      // Renamed, so that a launcher killed here leaves a record that can be read.
      await rename(besides(file, mine), file);
    },
    release: async () => {
      // A record that cannot be removed is found to be of an emulator that is gone.
      await removed(file, mine.token).catch(() => undefined);
    },
  };
}

/** Makes a record with all that is in it at one stroke. False when there is one already. */
async function created(file: string, record: EmulatorRecord): Promise<boolean> {
  const whole = besides(file, record);
  await writeFile(whole, JSON.stringify(record));
  try {
    await link(whole, file).catch(async (error: unknown) => {
      if (!NO_LINKS.includes(codeOf(error) ?? "")) throw error;
      await writeFile(file, JSON.stringify(record), { flag: "wx" });
    });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(whole, { force: true });
  }
}

/**
 * Removes the record with this token, and no other: a quicker start may have put its own in its
 * place since this one looked. Only whoever has made the file named after the token may do it, so
 * from the look to the removal the record stays what it is. False when that is somebody else.
 */
async function removed(file: string, token: string): Promise<boolean> {
  const right = `${file}.${token}`;
  if (!(await created(right, { token: randomUUID(), launcher: process.pid }))) {
    const holder = await readRecord(right);
    // Killed between the two lines below: its right is removed in the same way.
    if (holder && !launcherRuns(holder)) await removed(right, holder.token);
    return false;
  }
  try {
    if ((await readRecord(file))?.token === token) await rm(file, { force: true });
    return true;
  } finally {
    await rm(right, { force: true });
  }
}

async function readRecord(file: string): Promise<EmulatorRecord | undefined> {
  try {
    return EmulatorRecord.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    return { token: UNREADABLE };
  }
}

function besides(file: string, { token }: EmulatorRecord): string {
  return `${file}.${token}.new`;
}

function alreadyRunning(record: EmulatorRecord | undefined): UserError {
  return new UserError(
    `The bot is already running from this folder (process ${record?.launcher ?? "unknown"}). Press Ctrl-C where it runs, then try again.`,
  );
}

async function waitUntilGone(record: EmulatorRecord): Promise<void> {
  const { emulator } = record;
  const emulatorRuns = emulator !== undefined && (await isAzurite(emulator));
  // No emulator yet means a launcher that has only just begun, or was killed just then.
  if (launcherRuns(record) && (emulatorRuns || emulator === undefined))
    throw alreadyRunning(record);
  if (!emulatorRuns) return;
  // Its launcher is gone, so it is saving already, and a signal would now end it unsaved: wait first.
  if (await isGoneWithin(5_000, emulator.pid)) return;
  process.kill(emulator.pid, "SIGINT");
  if (await isGoneWithin(30_000, emulator.pid)) return;
  throw new UserError(
    `${NAME} of an earlier start (process ${emulator.pid}) does not stop. End that process, then try again.`,
  );
}

function launcherRuns({ launcher }: EmulatorRecord): boolean {
  return launcher !== undefined && isAlive(launcher);
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
    return codeOf(error) === "EPERM";
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

/** What the server at a port calls itself, or undefined when nothing answers. */
export async function serverName(port: number): Promise<string | undefined> {
  try {
    // Any answer will do; without a signature it is a refusal, but it says who refuses.
    const response = await fetch(`http://127.0.0.1:${port}/devstoreaccount1/Tables`);
    await response.arrayBuffer();
    return response.headers.get("server") ?? "";
  } catch {
    return undefined;
  }
}
