import type { Logger } from "pino";
import type { Settings } from "../config.ts";
import type { Tables } from "../tables.ts";
import { createAdapter } from "./authentication.ts";
import { createBot, type BotParts } from "./bot.ts";
import { createPosting, type TeamsPosting } from "./posting.ts";
import { listen, type Listening } from "./server.ts";

/**
 * The only door to Microsoft's SDKs, which are frozen: nothing outside this folder knows them.
 * Gives the way to post, and the bot's start once the rest of the product is built on it.
 */
export function connectTeams(settings: Settings, tables: Tables, log: Logger) {
  const { identity } = settings;
  const adapter = createAdapter(identity);
  const appId = identity.kind === "off" ? "" : identity.appId;
  const posting: TeamsPosting = createPosting({ adapter, appId, tables, log });
  return { posting, start };

  function start(
    parts: BotParts & { readonly isReady: () => Promise<boolean> },
  ): Promise<Listening> {
    const bot = createBot(posting, parts);
    adapter.onTurnError = async (_context, error) => {
      log.error({ err: error }, "an answer could not be sent");
    };
    return listen(settings, {
      adapter,
      run: async (context) => void (await bot.run(context)),
      isReady: parts.isReady,
    });
  }
}
