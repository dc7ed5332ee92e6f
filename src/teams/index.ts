import type { Logger } from "pino";
import type { Settings } from "../config.ts";
import type { Tables } from "../tables.ts";
import { CouncilAdapter, type Trust } from "./authentication.ts";
import { createBot, type BotParts } from "./bot.ts";
import { createChannelReaders } from "./channel-readers.ts";
import { createDeliveries } from "./deliveries.ts";
import { createLimits } from "./limits.ts";
import { createMembership } from "./membership.ts";
import { createPosting, type TeamsPosting } from "./posting.ts";
import { listen, type Listening } from "./server.ts";

/**
 * The only door to Microsoft's SDKs, which are frozen: nothing outside this folder knows them.
 * Gives the way to post, and the bot's start once the rest of the product is built on it.
 */
export function connectTeams(settings: Settings, tables: Tables, log: Logger, trust?: Trust) {
  const { identity } = settings;
  const adapter = new CouncilAdapter(identity, log, trust);
  const appId = identity.kind === "off" ? "" : identity.appId;
  const posting: TeamsPosting = createPosting({ adapter, appId, tables, log });
  const readersOf = createChannelReaders(adapter, appId, identity, log);
  return { posting: { ...posting, readersOf }, start };

  function start(
    parts: Omit<BotParts, "standingOf" | "deliveries" | "leaveFor"> & {
      readonly isReady: () => Promise<boolean>;
    },
  ): Promise<Listening> {
    const bot = createBot(posting, {
      ...parts,
      standingOf: createMembership(identity),
      deliveries: createDeliveries(tables, log, parts.afterwards),
      leaveFor: createLimits(settings.limits),
    });
    adapter.onTurnError = async (_context, error) => {
      log.error({ err: error }, "an answer could not be sent");
    };
    return listen(settings, {
      adapter,
      run: async (context) => void (await bot.run(context)),
      log,
      isReady: parts.isReady,
    });
  }
}
