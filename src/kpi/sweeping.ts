import { addDays, dayOf, readInstant, type Instant } from "../calendar.ts";
import type { Job } from "../feature.ts";
import type { Import, ImportStore } from "./import-store.ts";

/** Whoever comes back to a preview after a week has a newer list. */
const DAYS_KEPT = 7;

/** Lists that somebody looked at and neither stored nor discarded do not stay for ever. */
export function sweeping(imports: ImportStore): Job {
  return {
    name: "old previews of numbers",
    due: (_committee, now) => dayOf(now),
    run: ({ id }, now) => sweep(id, now),
  };

  async function sweep(committee: string, now: Instant): Promise<void> {
    for (const id of await imports.asideOf(committee)) {
      const found = await imports.find(committee, id);
      if (found && !isOld(found.state, now)) continue;
      const swept = found && sweptFrom(found.state);
      // Whoever presses Store in this moment is there first, or finds it discarded.
      if (swept && swept !== found.state && !(await imports.advance(committee, swept, found.etag)))
        continue;
      if (swept) await imports.close(committee, swept);
    }
  }
}

function isOld({ at }: Import, now: Instant): boolean {
  return dayOf(readInstant(at)) < addDays(dayOf(now), -DAYS_KEPT);
}

/** What becomes of it. Nothing of what is being stored: that goes on by itself. */
function sweptFrom(state: Import): Import | undefined {
  if (state.state === "storing") return undefined;
  // Over already, and a stop came before its rows were gone.
  if (state.state !== "checking" && state.state !== "ready") return state;
  const problem = `Nothing was stored: a preview is kept for ${DAYS_KEPT} days. Type import kpis to begin again.`;
  return { ...state, state: "discarded", problem };
}
