import type { Logger } from "pino";
import { createClock } from "./calendar.ts";
import { warmCards } from "./card-template.ts";
import { readProcessSettings, SettingsError, type Settings } from "./config.ts";
import { createLog } from "./log.ts";
import { createProduct } from "./product.ts";
import { openTables } from "./tables.ts";
import { startTelemetry } from "./telemetry/index.ts";
import { connectTeams, type Edges as TeamsEdges } from "./teams/index.ts";

/** A running bot. */
export interface RunningBot {
  readonly url: string;
  /** Takes no new work, waits for turns under way and for what follows them, then ends. */
  stop(): Promise<void>;
}

/** What a test puts in place of Microsoft's services and of the standard output. */
interface Edges extends TeamsEdges {
  readonly log?: Logger;
}

/** Starts the product: settings → tables → features → Teams. */
export async function startBot(settings: Settings, edges: Edges = {}): Promise<RunningBot> {
  const log = edges.log ?? createLog(settings.logLevel);
  const telemetry = await startTelemetry(settings);
  const tables = openTables(settings);
  const teams = connectTeams(settings, tables, log, edges);
  const { posting, files, planner } = teams;
  const { firstAdministrators, identity } = settings;
  const isLocal = settings.mode === "local";
  const product = await createProduct({
    ...{ tables, posting, files, planner, log },
    ...{ isLocal, firstAdministrators },
    credential: identity.kind === "off" ? undefined : identity.credential,
  });
  warmCards();
  const clock = createClock(settings.clock);
  const server = await teams.start({ ...product, clock, log, metrics: telemetry.metrics });
  product.afterwards(product.resume(clock()));
  const jobs = product.jobs.start(clock);
  log.info({ url: server.url, mode: settings.mode }, "the bot listens");
  return {
    url: server.url,
    stop: async () => {
      await Promise.all([server.stop(), jobs.stop()]);
      await product.finish();
      await telemetry.end();
    },
  };
}

async function run(): Promise<void> {
  try {
    const bot = await startBot(readProcessSettings(process.argv.slice(2)));
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      process.once(signal, () => void bot.stop().then(() => process.exit(0)));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) void run();
