import type { TurnContext } from "botbuilder";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Settings } from "../config.ts";
import { counted } from "../measuring.ts";

const SECONDS = 10;

/** Whether a turn may go on, and if not, whether to say so: once in a while is enough. */
export type Leave = "go on" | "wait, and say so" | "wait";

/**
 * How much one person, and one tenant, may ask of this replica in ten seconds. Whoever asks for
 * more waits, and nobody else does: the count is taken before any table is read.
 */
export function createLimits({ turnsOfPerson, turnsOfTenant }: Settings["limits"]) {
  const persons = new RateLimiterMemory({ points: turnsOfPerson, duration: SECONDS });
  const tenants = new RateLimiterMemory({ points: turnsOfTenant, duration: SECONDS });
  const told = new RateLimiterMemory({ points: 1, duration: SECONDS });

  /** Whoever has to wait hears so once, also where it is others who ask for too much. */
  return async function take(person: string, tenant: string): Promise<Leave> {
    if ((await consume(persons, person)) && (await consume(tenants, tenant))) return "go on";
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
  if (leave !== "go on") counted("refusal", { reason: "too fast" });
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
