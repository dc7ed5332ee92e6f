import { readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../src/local/free-port.ts";
import { BUILT } from "./built-bot.ts";
import { firstAnswer, startLocalProcess, type LocalProcess } from "../src/local/local-process.ts";
import { processorMsOf } from "./start-up.ts";
import { activitiesTo } from "../test/support/activities.ts";

/** The bot as a process of its own, and how somebody speaks to it. */
export interface BotProcess extends LocalProcess {
  readonly teams: ReturnType<typeof activitiesTo>;
  /** From the start of the process until it answers. */
  readonly listensMs: number;
  /** What the compose box gets for a text, as JSON. */
  found(person: Person, text: string): Promise<string>;
  /** The most memory that it has held until now, where the system says so. */
  memory(): string;
  /** The processors' time that it has taken until now, which other work on the machine moves less. */
  processorMs(): number;
}

type Person = Parameters<ReturnType<typeof activitiesTo>["invoke"]>[0];

const ROOT = join(import.meta.dirname, "..");
const SCRIPTS = {
  sources: join(ROOT, "src", "main.ts"),
  build: BUILT.script,
};
const FIRST_PORT = 33_000 + (process.pid % 5000);

/** Starts the bot and waits until it listens. Its log goes into the folder. */
export async function startBotProcess(
  environment: Record<string, string>,
  {
    folder,
    connector,
    from = "sources",
  }: {
    readonly folder: string;
    readonly connector: string;
    readonly from?: keyof typeof SCRIPTS;
  },
): Promise<BotProcess> {
  const port = await freePort(FIRST_PORT);
  const url = `http://127.0.0.1:${port}`;
  const program = {
    name: "The bot of the bench",
    script: SCRIPTS[from],
    flags: from === "build" ? BUILT.flags : [],
    args: [],
    logFile: join(folder, "bot.log"),
    environment: { ...environment, PORT: String(port) },
  };
  const start = performance.now();
  const child = await startLocalProcess(program);
  await firstAnswer(program, child, () => fetch(`${url}/healthz`).catch(() => undefined));
  const listensMs = performance.now() - start;
  const teams = activitiesTo(url, connector);
  return {
    ...{ ...child, teams, listensMs, found },
    memory: () => memoryOf(child.pid),
    processorMs: () => processorMsOf(child.pid),
  };

  async function found(person: Person, text: string): Promise<string> {
    const { body } = await teams.invoke(person, "composeExtension/query", {
      commandId: "services",
      parameters: [{ name: "query", value: text }],
      queryOptions: { skip: 0, count: 5 },
    });
    return JSON.stringify(body);
  }
}

function memoryOf(pid: number): string {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return `${Math.round(Number(peak) / 1000)} MB resident at most`;
  } catch {
    return "memory not known";
  }
}
