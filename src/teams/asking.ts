import type { CloudAdapter, TurnContext } from "botbuilder";
import type { Logger } from "pino";
import { within } from "../deadline.ts";
import type { Place } from "../feature.ts";
import { referenceTo } from "./posting.ts";

/** An officer waits for the answer. */
const LONGEST_LOOK_MS = 3000;

/** Asks Teams about a place. Undefined, with a line in the log, where it does not answer in time. */
export function asking(adapter: CloudAdapter, appId: string, log: Logger) {
  return ask;

  async function ask<Answer>(
    what: string,
    place: Place,
    question: (context: TurnContext) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    let answer: Answer | undefined;
    const look = () =>
      adapter.continueConversationAsync(appId, referenceTo(place), async (context) => {
        // Thrown from in here it would be taken for a fault of a turn.
        answer = await question(context).catch(notKnown);
      });
    await within(LONGEST_LOOK_MS, look).catch(notKnown);
    return answer;

    function notKnown(error: unknown): undefined {
      log.warn({ err: error }, `could not ask ${what}`);
      return undefined;
    }
  }
}
