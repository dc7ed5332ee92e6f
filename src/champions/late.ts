import { addMonths, monthOf, type Instant, type Month } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Place, Turn } from "../feature.ts";
import { lateCard } from "./cards.ts";
import type { ChampionParts } from "./index.ts";
import type { Update } from "./schema.ts";

/** How far back a change can still be made to an update that the bot knows the meeting of. */
const MONTHS_BACK = 13;

/**
 * The officers are told of a change after publication. A notice stands in the tables from the
 * change itself until they are told, so a stop in between delays it but does not lose it. After a
 * stop between telling and taking the notice away they are told twice.
 */
export function lateNotices({ store, tellOfficers, afterwards }: ChampionParts) {
  return { announce, resume };

  /** Tells the officers of a late change, after the champion has their answer. */
  function announce({ committee, now, place }: Turn, update: Update): void {
    if (update.late) afterwards(tell(committee, now, place, update));
  }

  /** Sends what was still to be told when the bot stopped. */
  async function resume(committee: Committee, now: Instant): Promise<void> {
    for (const month of recentMonths(now))
      for (const { update, from } of await store.noticesOf(committee.id, month))
        if (from) await tell(committee, now, from, update);
  }

  async function tell(committee: Committee, now: Instant, from: Place, update: Update) {
    const isTold = await tellOfficers(committee, now, from, lateCard(update, committee));
    if (isTold) await store.removeNotice(committee.id, update);
  }
}

function recentMonths(now: Instant): Month[] {
  const latest = addMonths(monthOf(now), 1);
  return Array.from({ length: MONTHS_BACK + 1 }, (_, back) => addMonths(latest, -back));
}
