import { TeamsInfo, type CloudAdapter, type TurnContext } from "botbuilder";
import type { Logger } from "pino";
import { z } from "zod/v4";
import { within } from "../deadline.ts";
import type { Place } from "../feature.ts";
import { referenceTo } from "./posting.ts";

/** An officer waits for the answer. Without one the channel is known by the day it was chosen. */
const LONGEST_LOOK_MS = 3000;

const Channel = z.object({ id: z.string(), name: z.string().nullish() });

/** Asks Teams what a channel is called: no message from a channel says so. */
export function createChannelNames(adapter: CloudAdapter, appId: string, log: Logger) {
  return nameOf;

  async function nameOf(place: Place): Promise<string | undefined> {
    let name: string | undefined;
    const look = () =>
      adapter.continueConversationAsync(appId, referenceTo(place), async (context) => {
        // Thrown from in here it would be taken for a fault of a turn.
        name = await ask(context, place).catch(notKnown);
      });
    await within(LONGEST_LOOK_MS, look).catch(notKnown);
    return name;
  }

  function notKnown(error: unknown): undefined {
    log.warn({ err: error }, "could not ask what a channel is called");
    return undefined;
  }
}

async function ask(context: TurnContext, { team, channel }: Place): Promise<string | undefined> {
  if (!team || !channel) return undefined;
  const channels = z.array(Channel).parse(await TeamsInfo.getTeamChannels(context, team));
  const found = channels.find(({ id }) => id === channel);
  // The first channel of every team has no name of its own in the answer.
  return found && (found.name ?? "General");
}
