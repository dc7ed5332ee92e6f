import { ownersOf } from "./action-rules.ts";
import type { CommitteeStore } from "./store.ts";

/** Who owns an action changes at meetings, and people type all the time. */
const REMEMBER_MS = 60_000;

/** The names of those who have an action of a committee, remembered for a minute. Never throws. */
export function actionOwners({ actionsOf }: Pick<CommitteeStore, "actionsOf">) {
  const remembered = new Map<string, { readonly readAt: number; readonly names: string[] }>();
  return async (committee: string): Promise<readonly string[]> => {
    const known = remembered.get(committee);
    const now = performance.now();
    if (known && now - known.readAt < REMEMBER_MS) return known.names;
    try {
      const names = [...new Set((await actionsOf(committee)).flatMap(ownersOf))];
      remembered.set(committee, { readAt: now, names });
      return names;
    } catch {
      // While the tables are away, a text still says what it says by itself.
      return known?.names ?? [];
    }
  };
}
