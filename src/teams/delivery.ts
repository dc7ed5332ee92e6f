import { within } from "../deadline.ts";
import { measured } from "../measuring.ts";
import type { Pace, Ticker } from "./pace.ts";
import { ConnectorError } from "./transport.ts";

/** How long a delivery may take: until its turn comes, and with every try. */
export interface Patience {
  readonly turn: number;
  readonly inAll: number;
}

/** Azure Bot Service waits 10 to 15 seconds until a message is answered. */
export const MESSAGE_WAITS: Patience = { turn: 3000, inAll: 8000 };
/** Teams waits 5 seconds until a press is answered, and the tables need their part of it. */
export const PRESS_WAITS: Patience = { turn: 1500, inAll: 3000 };
/** Longer than the window of 30 seconds in which Teams counts. */
export const NOBODY_WAITS: Patience = { turn: 35_000, inAll: 60_000 };

/** Answers after which nothing has arrived. */
const NOT_TAKEN = new Set([412, 429]);
/** Answers after which it may have arrived. No answer at all is one of them. */
const MAYBE_TAKEN = new Set([502, 504, undefined]);
const TRIES = 4;
const FIRST_PAUSE_MS = 300;
/** A try cut off sooner would leave in doubt what was certain: that nothing has arrived. */
const SHORTEST_CALL_MS = 1000;

/** So much goes to the conversation already that this would have had to wait too long. */
export class CrowdedError extends Error {
  override readonly name = "CrowdedError";
}

interface Delivery {
  /** What Teams counts by: a chat, or a channel with all its threads. */
  readonly conversation: string;
  readonly patience: Patience;
  /** Whether doing it twice is the same as doing it once. */
  readonly canRepeat: boolean;
}

/** Tries again where that helps and cannot do something twice, in turn and in time. */
export function createDelivery(pace: Pace, ticker: Ticker) {
  return <Result>(delivery: Delivery, work: () => Promise<Result>): Promise<Result> =>
    measured("send", {}, () => deliver(delivery, work));

  async function deliver<Result>(
    { conversation, patience, canRepeat }: Delivery,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const end = ticker.now() + patience.inAll;
    const first = pace.next(conversation, patience.turn);
    if (first === undefined) throw new CrowdedError("Too much is written into one conversation");
    if (first > 0) await ticker.wait(first);
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The transport ends its own calls, but not the SDK's for a token.
        return await within(end - ticker.now(), work, () => new ConnectorError({}));
      } catch (error) {
        if (attempt === TRIES || !canTryAgain(error, canRepeat)) throw error;
        const longest = end - SHORTEST_CALL_MS - ticker.now();
        const wait = pace.next(conversation, longest, pauseAfter(error, attempt));
        if (wait === undefined) throw error;
        await ticker.wait(wait);
      }
    }
  }
}

function canTryAgain(error: unknown, canRepeat: boolean): error is ConnectorError {
  if (!(error instanceof ConnectorError)) return false;
  const { status } = error;
  return NOT_TAKEN.has(status ?? 0) || (canRepeat && MAYBE_TAKEN.has(status));
}

/** Never less than the connector asks for, and a little different each time. */
function pauseAfter({ retryAfter }: ConnectorError, attempt: number): number {
  const pause = retryAfter ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
  return pause + Math.random() * FIRST_PAUSE_MS;
}
