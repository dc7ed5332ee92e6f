import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod/v4";
import { makeFolder } from "./folder.ts";
import { freePort } from "./free-port.ts";
import {
  firstAnswer,
  startLocalProcess,
  type LocalProcess,
  type Program,
} from "./local-process.ts";

const PLAYGROUND = createRequire(import.meta.url).resolve("@microsoft/m365agentsplayground/cli.js");
const PEOPLE_AND_CHANNELS = fileURLToPath(new URL("../../env/teams-client.yml", import.meta.url));
const LOOPBACK_ONLY = new URL("./loopback-only.ts", import.meta.url);
const HOLD_BACK_ANSWERS = new URL("./hold-back-answers.ts", import.meta.url);

/** The part that is used of what the Playground says it has read from its configuration. */
const PlaygroundConfig = z.object({
  config: z.object({ currentUser: z.object({ name: z.string() }) }),
});

export interface TeamsClient extends LocalProcess {
  url: string;
  port: number;
  /** Whoever opens the page is this person. */
  person: string;
}

export interface TeamsClientOptions {
  /** Where the bot answers, without a path. */
  botUrl: string;
  /** The folder for its log. */
  dataFolder: string;
  /** The port to use if it is free; otherwise the next free one. */
  port: number;
}

/** Starts Microsoft 365 Agents Playground, the local stand-in for Teams, open to this computer only. */
export async function startTeamsClient(options: TeamsClientOptions): Promise<TeamsClient> {
  await makeFolder(options.dataFolder);
  // Chosen here because the Playground, when its port is taken, takes any other and says so to nobody.
  const port = await freePort(options.port);
  const url = `http://127.0.0.1:${port}`;
  const program = playground(options, port, url);
  const running = await startLocalProcess(program);
  const person = await firstAnswer(program, running, () => currentUser(url));
  return { ...running, url, port, person };
}

function playground(
  { botUrl, dataFolder }: TeamsClientOptions,
  port: number,
  url: string,
): Program {
  const logFile = resolve(join(dataFolder, "teams-client.log"));
  return {
    name: "The Teams client",
    script: PLAYGROUND,
    args: [
      "start",
      "--disable-telemetry",
      ...["--channel-id", "msteams"],
      ...["--app-endpoint", `${botUrl}/api/messages`],
      ...["--port", String(port)],
      // By default it gives the bot the name localhost, which another program may have on IPv6.
      ...["--service-url", `${url}/_connector`],
    ],
    logFile,
    preloads: [LOOPBACK_ONLY, HOLD_BACK_ANSWERS],
    environment: {
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: PEOPLE_AND_CHANNELS,
      M365_AGENTS_PLAYGROUND_LOGFILE: logFile,
      TEAMSAPPTESTER_BROWSER: "none",
    },
  };
}

async function currentUser(url: string): Promise<string | undefined> {
  let response: Response;
  try {
    response = await fetch(`${url}/_internal/v1/config`);
  } catch {
    // Not listening yet.
    return undefined;
  }
  return PlaygroundConfig.parse(await response.json()).config.currentUser.name;
}
