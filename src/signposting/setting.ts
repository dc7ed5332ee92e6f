import { UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import type { Surroundings } from "./cards.ts";
import type { SignpostingParts } from "./index.ts";

/** What a committee has set up for signposting, as its forms and cards need it. */
export function setting({ setupStore }: Pick<SignpostingParts, "setupStore">) {
  return { around };

  /** Throws a UserError where a committee was never set up for it. */
  async function around({
    committee,
    now,
  }: Pick<Turn, "committee" | "now">): Promise<Surroundings> {
    const found = await setupStore.of(committee.id);
    if (!found)
      throw new UserError(
        "Signposting is not set up for this committee yet. Ask an administrator. If someone is in danger, call 999.",
      );
    return { setup: found.setup, routes: found.routes, committee, now };
  }
}
