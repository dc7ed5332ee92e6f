import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Settings } from "../config.ts";

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

  return async function take(person: string, tenant: string): Promise<Leave> {
    const own = await consume(persons, person, turnsOfPerson);
    return own === "go on" ? consume(tenants, tenant, turnsOfTenant) : own;
  };
}

async function consume(limiter: RateLimiterMemory, name: string, points: number): Promise<Leave> {
  try {
    await limiter.consume(name);
    return "go on";
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return refused.consumedPoints === points + 1 ? "wait, and say so" : "wait";
  }
}
