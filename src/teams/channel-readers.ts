import { TeamsInfo, type CloudAdapter, type TurnContext } from "botbuilder";
import type { Logger } from "pino";
import { z } from "zod/v4";
import type { Identity } from "../config.ts";
import { within } from "../deadline.ts";
import type { Place, Readers } from "../feature.ts";
import { referenceTo } from "./posting.ts";

/** An officer waits for the answer. Without one the channel counts as public. */
const LONGEST_LOOK_MS = 3000;
const PAGE = 200;
/** A team of ten thousand is looked through in fifty pages; nobody waits for more. */
const MOST_PAGES = 50;

const Channel = z.object({ id: z.string(), type: z.string().nullish() });
const Member = z.object({ tenantId: z.string().nullish(), userRole: z.string().nullish() });

/** Asks Teams who can read a channel: of which kind it is, and whether guests are in it. */
export function createChannelReaders(
  adapter: CloudAdapter,
  appId: string,
  identity: Identity,
  log: Logger,
) {
  return readersOf;

  async function readersOf(place: Place): Promise<Readers> {
    let readers: Readers = "not known";
    const look = () =>
      adapter.continueConversationAsync(appId, referenceTo(place), async (context) => {
        // Thrown from in here it would be taken for a fault of a turn.
        readers = await ask(context, place).catch(notKnown);
      });
    await within(LONGEST_LOOK_MS, look).catch(notKnown);
    return readers;
  }

  function notKnown(error: unknown): Readers {
    log.warn({ err: error }, "could not ask who reads a channel");
    return "not known";
  }

  async function ask(context: TurnContext, { team, channel }: Place): Promise<Readers> {
    if (!team || !channel) return "not known";
    const channels = z.array(Channel).parse(await TeamsInfo.getTeamChannels(context, team));
    const kind = channels.find(({ id }) => id === channel)?.type?.toLowerCase();
    if (kind === "shared") return "outsiders";
    if (kind !== "standard" && kind !== "private") return "not known";
    const hasOutsiders = await findOutsiders(context, kind === "private" ? channel : team);
    if (hasOutsiders) return "outsiders";
    return kind === "private" ? "private channel" : "team";
  }

  /** Whether anybody in a team or private channel is a guest or of another tenant. */
  async function findOutsiders(context: TurnContext, conversation: string): Promise<boolean> {
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { members, continuationToken } = await TeamsInfo.getPagedTeamMembers(
        context,
        conversation,
        PAGE,
        token,
      );
      if (z.array(Member).parse(members).some(isOutsider)) return true;
      if (!continuationToken) return false;
      token = continuationToken;
    }
    throw new Error("The team is too large to look through");
  }

  function isOutsider({ tenantId, userRole }: z.infer<typeof Member>): boolean {
    if (identity.kind === "off") return userRole === "guest";
    return userRole !== "user" || !identity.tenants.includes(tenantId?.toLowerCase() ?? "");
  }
}
