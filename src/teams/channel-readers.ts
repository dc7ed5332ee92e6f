import { TeamsInfo, type CloudAdapter, type TurnContext } from "botbuilder";
import type { Logger } from "pino";
import { z } from "zod/v4";
import type { Identity } from "../config.ts";
import type { Place, Readers } from "../feature.ts";
import { asking } from "./asking.ts";

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
  const ask = asking(adapter, appId, log);
  return readersOf;

  /** Without an answer the channel counts as public. */
  async function readersOf(place: Place): Promise<Readers> {
    const readers = await ask("who reads a channel", place, (context) => readersIn(context, place));
    return readers ?? "not known";
  }

  async function readersIn(context: TurnContext, { team, channel }: Place): Promise<Readers> {
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
