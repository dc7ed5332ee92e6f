import type { Logger } from "pino";
import type { Instant } from "../calendar.ts";
import { isLoopback } from "../address.ts";
import type { Settings } from "../config.ts";
import type { MadeFile } from "../paper.ts";
import type { PublicPage } from "../public-page.ts";
import type { Tables } from "../tables.ts";
import { CouncilAdapter, type Trust } from "./authentication.ts";
import { createBot, type BotParts } from "./bot.ts";
import { createChannelNames } from "./channel-names.ts";
import { createChannelReaders } from "./channel-readers.ts";
import { createDeliveries } from "./deliveries.ts";
import { createFiles, isSharePoint, type IsStore } from "./files.ts";
import { createLimits, createRoom } from "./limits.ts";
import { createMembership } from "./membership.ts";
import { createPlanner, type PlannerEdges } from "./planner.ts";
import { createPosting, type TeamsPosting } from "./posting.ts";
import { listen, type Listening, type Metrics } from "./server.ts";

/** What a test puts in place of Microsoft's token issuer and its hosts for files. */
export interface Edges {
  readonly trust?: Trust;
  readonly isStore?: IsStore;
  readonly planner?: PlannerEdges;
}

/** What the server does besides taking messages. */
interface ServerWork {
  readonly isReady: () => Promise<boolean>;
  readonly download: (token: string, now: Instant) => Promise<MadeFile | undefined>;
  readonly pages: readonly PublicPage[];
  readonly metrics: Metrics;
}

/** A search is asked for at every letter, and that is one turn of a person. */
const LETTERS_OF_A_SEARCH = 5;

/**
 * The only door to Microsoft's SDKs, which are frozen: nothing outside this folder knows them.
 * Gives the way to post, and the bot's start once the rest of the product is built on it.
 */
export function connectTeams(settings: Settings, tables: Tables, log: Logger, edges: Edges = {}) {
  const { identity } = settings;
  const adapter = new CouncilAdapter(identity, log, edges.trust);
  const appId = identity.kind === "off" ? "" : identity.appId;
  const posting: TeamsPosting = createPosting({ adapter, appId, tables, log });
  const readersOf = createChannelReaders(adapter, appId, identity, log);
  const nameOf = createChannelNames(adapter, appId, log);
  const isLocal = settings.mode === "local";
  let address = settings.publicAddress;
  const isStore: IsStore =
    edges.isStore ?? ((each) => isSharePoint(each) || (isLocal && isLoopback(each)));
  const files = createFiles({ posting, canAsk: !isLocal, isStore, address: () => address });
  const planner = settings.planner && createPlanner(settings.planner, log, edges.planner);
  return { posting: { ...posting, readersOf, nameOf }, files, planner, start };

  async function start(
    parts: Omit<BotParts, "standingOf" | "deliveries" | "leaveFor" | "leaveToSearch" | "isStore"> &
      ServerWork,
  ): Promise<Listening> {
    const room = createRoom();
    const bot = createBot(posting, {
      ...parts,
      isStore,
      standingOf: createMembership(identity),
      deliveries: createDeliveries(tables, log, parts.afterwards),
      leaveFor: createLimits(settings.limits, room),
      leaveToSearch: createLimits(
        {
          ...settings.limits,
          turnsOfPerson: settings.limits.turnsOfPerson * LETTERS_OF_A_SEARCH,
        },
        room,
      ),
    });
    adapter.onTurnError = async (_context, error) => {
      log.error({ err: error }, "an answer could not be sent");
    };
    const { isReady, download, clock } = parts;
    const listening = await listen(settings, {
      adapter,
      run: (context) => room.during(() => bot.run(context)),
      log,
      isReady,
      download: (token) => download(token, clock()),
      pages: parts.pages,
      metrics: parts.metrics,
    });
    // On one's own machine the client is on it too.
    if (isLocal) address = listening.url;
    return listening;
  }
}
