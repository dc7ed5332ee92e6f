import { UserError } from "../errors.ts";
import type { Job, Turn } from "../feature.ts";
import type { Surroundings } from "./cards.ts";
import { shownAlone } from "./disclosure.ts";
import type { SignpostingParts } from "./index.ts";

/** Counts from 1 to 4 are hidden by default. */
const USUAL_THRESHOLD = 5;

/** What a committee has set up for signposting, as its forms and cards need it. */
export function setting({ setupStore }: Pick<SignpostingParts, "setupStore">) {
  /**
   * Looked at every minute from the start, so that nobody who asks waits for the directory. Each
   * replica reads for itself: there is no run that one of them takes.
   */
  const job: Job = {
    name: "signposting routes",
    due: async ({ id }) => {
      await setupStore.refresh(id);
      return undefined;
    },
    run: async () => undefined,
  };
  return { around, smallCounts, job };

  /** How small counts are shown: as ever where a committee has set nothing else. */
  async function smallCounts(committee: string) {
    const { threshold = USUAL_THRESHOLD, zeroIsShown = false } =
      (await setupStore.of(committee))?.setup.settings ?? {};
    const shown = (count: number) => shownAlone(count, { threshold, zeroIsShown });
    return { threshold, shown };
  }

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
    const { setup, routes, areLastKnown } = found;
    return { setup, routes, areLastKnown, committee, now };
  }
}
