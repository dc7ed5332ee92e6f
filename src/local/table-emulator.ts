import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { makeFolder, unusable } from "./folder.ts";
import { freePort } from "./free-port.ts";
import {
  firstAnswer,
  startLocalProcess,
  type LocalProcess,
  type Program,
} from "./local-process.ts";
import { claimTables, serverName } from "./tables-claim.ts";

const AZURITE = createRequire(import.meta.url).resolve("azurite/dist/src/table/main.js");
const NAME = "The table emulator";

// Azurite's account and key are the same everywhere and printed in its documentation: not a secret.
const ACCOUNT = "devstoreaccount1";
const KEY =
  "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

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
  /** Nothing is written to disk, which saves a test the time of it: all is gone when it stops. */
  inMemory?: boolean;
}

/** Starts Azurite's table service. An emulator left over from a launcher that was killed saves its tables first. */
export async function startTableEmulator(options: EmulatorOptions): Promise<TableEmulator> {
  const dataFolder = resolve(options.dataFolder);
  const tables = join(dataFolder, "tables");
  await makeFolder(dataFolder);
  const claim = await claimTables(dataFolder).catch((error: unknown) => {
    throw unusable(dataFolder, error);
  });
  let running: LocalProcess | undefined;
  try {
    // The one file, not the folder: somebody may have named a folder with more in it than tables.
    if (options.fresh) await rm(join(tables, "__azurite_db_table__.json"), { force: true });
    await makeFolder(tables);
    const port = await freePort(options.port);
    const program = azurite(dataFolder, options.inMemory ? undefined : tables, port);
    running = await startLocalProcess(program);
    const { pid, stop: end } = running;
    await claim.openedBy({ pid, port });
    await firstAnswer(program, running, () => serverName(port));
    const ended = running.ended.then(async (how) => {
      await claim.release();
      return how;
    });
    return { ...running, ended, stop, port, connectionString: connectionString(port) };

    async function stop(): Promise<void> {
      await end();
      await ended;
    }
  } catch (error) {
    // The claim holds for as long as an emulator has the tables open.
    await running?.stop();
    await claim.release();
    throw error;
  }
}

function azurite(dataFolder: string, tables: string | undefined, port: number): Program {
  return {
    name: NAME,
    script: AZURITE,
    args: [
      "--silent",
      "--disableTelemetry",
      // The SDK is newer than the newest API version that this Azurite has heard of.
      "--skipApiVersionCheck",
      ...(tables === undefined ? ["--inMemoryPersistence"] : ["--location", tables]),
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
