import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, parseEnv } from "node:util";
import { createClock, dateWithWeekday, dayOf, timeOfDay } from "../calendar.ts";
import { readSettings, type Settings, SettingsError } from "../config.ts";
import { UserError } from "../errors.ts";
import { freePort } from "./free-port.ts";
import { onInterrupt } from "./interrupts.ts";
import type { LocalProcess } from "./local-process.ts";
import { startTableEmulator, type TableEmulator } from "./table-emulator.ts";
import { startTeamsClient, type TeamsClient } from "./teams-client.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const DATA_FOLDER = join(ROOT, ".data");
const TABLES_PORT = 10_002;
const TEAMS_PORT = 56_150;
const INTERRUPTED = Symbol("interrupted");
const THINGS_TO_TYPE = ["help", "log update", "next meeting", "act as officer", "preview digest"];

const USAGE = `Usage: npm start                        starts the bot with what is there from last time
       npm start -- --fresh             erases that and starts again from the sample council
       npm start -- --folder FOLDER     keeps the tables in another folder, for a second council`;

/** What has been started so far, and so has to be stopped. */
interface Running {
  bot?: { url: string; stop(): Promise<void> };
  teamsClient?: TeamsClient;
  emulator?: TableEmulator;
}

/** Runs everything until Ctrl-C, or until a part of it fails. Returns the exit code. */
export async function start(args: string[]): Promise<number> {
  const wishes = readArguments(args);
  if (!wishes) {
    console.error(USAGE);
    return 1;
  }
  // Writing to a terminal that has been closed must not end the launcher before it has saved.
  process.stdout.on("error", () => undefined);
  const end = new AbortController();
  endOnInterrupt(end);
  const running: Running = {};

  await startAll(running, wishes, end).catch((error: unknown) => end.abort(error));
  if (!end.signal.aborted) await once(end.signal, "abort");
  const interrupted = end.signal.reason === INTERRUPTED;
  if (!interrupted) console.error(`\n${inWords(end.signal.reason)}`);
  const saved = await stopAll(running);
  return interrupted && saved ? 0 : 1;
}

interface Wishes {
  fresh: boolean;
  folder: string;
}

function readArguments(args: string[]): Wishes | undefined {
  const options = {
    fresh: { type: "boolean", default: false },
    folder: { type: "string", default: DATA_FOLDER },
  } as const;
  try {
    const wishes = parseArgs({ args, options }).values;
    return wishes.folder ? wishes : undefined;
  } catch {
    return undefined;
  }
}

// The first press ends everything in order, the second does not wait.
function endOnInterrupt(end: AbortController): void {
  let pressed = false;
  onInterrupt(() => {
    if (pressed) leaveNow();
    pressed = true;
    say("\nStopping. To leave without waiting, press Ctrl-C again.");
    end.abort(INTERRUPTED);
  });
}

function leaveNow(): never {
  say("Left without waiting. The table emulator saves what it has, and ends by itself.");
  // Not `process.exit`: that waits for file work under way, on a disk that hangs for ever.
  process.kill(process.pid, "SIGKILL");
  // Not reached, and the compiler does not know that nothing comes after a kill.
  process.exit(130);
}

async function startAll(
  running: Running,
  { fresh, folder }: Wishes,
  end: AbortController,
): Promise<void> {
  begin(
    "Starting. This takes a few seconds.\n\n1 of 4  Tables: Azurite, the emulator of Azure Tables",
  );
  const emulator = await startTableEmulator({ dataFolder: folder, port: TABLES_PORT, fresh });
  running.emulator = emulator;
  endWith(emulator, "The table emulator");
  tellPort(TABLES_PORT, emulator.port);

  begin("2 of 4  Sample council");
  const environment = {
    ...parseEnv(readFileSync(join(ROOT, "env", ".env.local"), "utf8")),
    TABLES_CONNECTION_STRING: emulator.connectionString,
  };
  const wanted = readSettings(environment);
  // Imported here because loading the bot takes a second, and the first line should not wait for it.
  const { loadSampleCouncil } = await import("./sample.ts");
  const { openTables } = await import("../tables.ts");
  const { loaded } = await loadSampleCouncil(openTables(wanted));
  say(
    loaded
      ? "        Loaded."
      : "        Kept as it was. To start again from the sample: npm start -- --fresh",
  );

  begin("3 of 4  Bot");
  const { startBot } = await import("../main.ts");
  const port = await freePort(wanted.port);
  tellPort(wanted.port, port);
  const settings = readSettings({ ...environment, PORT: String(port) });
  const bot = await startBot(settings);
  running.bot = bot;

  begin("4 of 4  Teams client: Microsoft 365 Agents Playground");
  const teamsClient = await startTeamsClient({
    botUrl: bot.url,
    dataFolder: folder,
    port: TEAMS_PORT,
  });
  running.teamsClient = teamsClient;
  endWith(teamsClient, "The Teams client");
  tellPort(TEAMS_PORT, teamsClient.port);

  begin(welcome(teamsClient, settings));

  function begin(line: string): void {
    end.signal.throwIfAborted();
    say(line);
  }

  function endWith({ ended, logFile }: LocalProcess, name: string): void {
    void ended.then((how) =>
      end.abort(
        new UserError(
          `${name} stopped by itself (${how}), so everything stops. Its log is ${logFile}.`,
        ),
      ),
    );
  }
}

function tellPort(wanted: number, used: number): void {
  if (used !== wanted)
    say(`        Port ${wanted} is in use by another program. Using port ${used}.`);
}

function welcome({ url, person }: TeamsClient, { clock }: Settings): string {
  return `
Ready. Open this address in a browser:

    ${url}

You are ${person}. It is ${dayAndTime(clock)}${clock ? " for the bot" : ""}.
Five things to type:

${THINGS_TO_TYPE.map((words) => `    ${words}`).join("\n")}

To stop, press Ctrl-C. What you did is kept for next time.
`;
}

/** "Wednesday 25 September 2019, 9am", or only the day when the clock runs. */
function dayAndTime(clock: string | undefined): string {
  const day = dateWithWeekday(dayOf(createClock(clock)()));
  return clock ? `${day}, ${timeOfDay(clock.slice("2019-09-25T".length))}` : day;
}

// The bot first, while it can still write and answer; the tables last. Returns whether all went well.
async function stopAll({ bot, teamsClient, emulator }: Running): Promise<boolean> {
  const troubles: unknown[] = [];
  for (const part of [bot, teamsClient, emulator]) {
    await part?.stop().catch((error: unknown) => troubles.push(error));
  }
  for (const trouble of troubles) console.error(inWords(trouble));
  const how = await emulator?.ended;
  if (how === "code 0") say("Stopped. What you did is saved.");
  else if (how)
    console.error(
      `The table emulator ended with ${how}. What you did in the last few seconds may be lost.`,
    );
  return how === "code 0" && troubles.length === 0;
}

// What is meant for people is said as it is; anything else is a fault, and its stack helps to find it.
function inWords(error: unknown): string {
  if (error instanceof UserError || error instanceof SettingsError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
