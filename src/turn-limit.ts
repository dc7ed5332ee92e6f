import { z } from "zod/v4";

/** How often somebody may ask one replica in ten seconds. */
export function turns(usual: number, whose: string) {
  return z
    .string()
    .regex(/^[1-9]\d*$/)
    .transform(Number)
    .default(usual)
    .describe(`how often ${whose} may ask in ten seconds, a whole number, like ${usual}`);
}
