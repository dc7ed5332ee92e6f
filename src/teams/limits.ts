import type { TurnContext } from "botbuilder";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Settings } from "../config.ts";
import { counted } from "../measuring.ts";

const SECONDS = 10;
/**
 * So many turns one replica has in hand at once. It answers some 70 a second on one core (bench/load.ts),
 * so the last of them waits a second; Teams waits 5 seconds for a press. Answers on their way count too:
 * where the connector takes seconds for each, 60 of them in one second are turned away sooner.
 */
const MOST_AT_ONCE = 60;

/** Whether a turn may go on, and if not, whether to say so: once in a while is enough. */
export type Leave = "go on" | "wait, and say so" | "wait" | "no room";

/** The turns that this replica has in hand. One more than it can answer in time is one too many. */
export function createRoom(most = MOST_AT_ONCE) {
  let inHand = 0;
  return { during, isFull: () => inHand > most };

  async function during(turn: () => Promise<unknown>): Promise<void> {
    inHand += 1;
    try {
      await turn();
    } finally {
      inHand -= 1;
    }
  }
}

/**
 * How much one person, and one tenant, may ask of this replica in ten seconds. Whoever asks for
 * more waits, and nobody else does: the count is taken before any table is read. Where everybody
 * together asks for more than can be answered in time, those who come last are told so at once.
 */
export function createLimits(
  { turnsOfPerson, turnsOfTenant }: Settings["limits"],
  { isFull }: Pick<ReturnType<typeof createRoom>, "isFull">,
) {
  const persons = new RateLimiterMemory({ points: turnsOfPerson, duration: SECONDS });
  const tenants = new RateLimiterMemory({ points: turnsOfTenant, duration: SECONDS });
  const told = new RateLimiterMemory({ points: 1, duration: SECONDS });

  /** Whoever has to wait hears so once, also where it is others who ask for too much. */
  return async function take(person: string, tenant: string): Promise<Leave> {
    if ((await consume(persons, person)) && (await consume(tenants, tenant)))
      return isFull() ? "no room" : "go on";
    return (await consume(told, person)) ? "wait, and say so" : "wait";
  };
}

/** The leave of whoever wrote the activity. */
export async function leaveOf(
  { activity }: TurnContext,
  limits: ReturnType<typeof createLimits>,
): Promise<Leave> {
  const { from, conversation } = activity;
  const leave = await limits(from.aadObjectId ?? "", conversation.tenantId ?? "");
  if (leave !== "go on")
    counted("refusal", { reason: leave === "no room" ? "too many at once" : "too fast" });
  return leave;
}

async function consume(limiter: RateLimiterMemory, name: string): Promise<boolean> {
  try {
    await limiter.consume(name);
    return true;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return false;
  }
}
