import { TeamsInfo, type CloudAdapter, type TurnContext } from "botbuilder";
import type { Logger } from "pino";
import { z } from "zod/v4";
import type { Place } from "../feature.ts";
import { asking } from "./asking.ts";

const Channel = z.object({ id: z.string(), name: z.string().nullish() });

/**
 * Asks Teams what a channel is called: no message from a channel says so. Without an answer it is
 * known by the day it was chosen.
 */
export function createChannelNames(adapter: CloudAdapter, appId: string, log: Logger) {
  const ask = asking(adapter, appId, log);
  return (place: Place) =>
    ask("what a channel is called", place, (context) => nameIn(context, place));
}

async function nameIn(context: TurnContext, { team, channel }: Place): Promise<string | undefined> {
  if (!team || !channel) return undefined;
  const channels = z.array(Channel).parse(await TeamsInfo.getTeamChannels(context, team));
  const found = channels.find(({ id }) => id === channel);
  // The first channel of every team has no name of its own in the answer.
  return found && (found.name ?? "General");
}
