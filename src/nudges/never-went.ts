import { addDays, dayOf, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Job } from "../feature.ts";
import type { NudgeParts } from "./index.ts";
import * as rules from "./rules.ts";
import type { Nudge } from "./schema.ts";

/** The ledger shows no meeting that is further back. */
const DAYS_BACK = 90;

/**
 * The nudges that no replica was there to send, nor to miss: written into the ledger once after
 * each meeting, with all earlier ones. Nobody is told: what they were about is over.
 */
export function neverNudged(parts: NudgeParts): Job {
  const { store, meetingsOf, championOf, plannedSince, awayAt } = parts;
  return {
    name: "nudges that never went",
    due: async ({ id }, now) => (await meetingsOver(id, now)).at(-1)?.date,
    run: writeDown,
  };

  async function writeDown(committee: Committee, now: Instant): Promise<void> {
    const { id } = committee;
    const settings = await store.settingsOf(id);
    const since = rules.expectedSince(settings, await store.wayOf(id));
    if (!since || !settings.isOn) return;
    for (const meeting of await meetingsOver(id, now)) {
      const known = await plannedSince(id, meeting.date);
      const from = known ? Math.max(Date.parse(known.at), since.epochMilliseconds) : undefined;
      const { nudges } = await store.ledgerOf(id, meeting.date);
      const slots = rules
        .plannedSlots(rules.deadlineOf(meeting), settings)
        .filter(({ at }) => at.epochMilliseconds >= (from ?? since.epochMilliseconds));
      for (const slot of slots) {
        if (nudges.some(({ nudge }) => nudge.day === slot.day)) continue;
        // Where it has other rows somebody was there, and one nudge may have stood for two.
        if (nudges.length > 0 && !(await awayAt(slot.at))) continue;
        await writeSlot(committee, meeting, slot, now);
      }
    }
  }

  /** One row after another: after a stop in between, or beside another replica, those there stay. */
  async function writeSlot(
    { id, districts }: Committee,
    { date }: rules.NudgeMeeting,
    { day, at }: rules.Slot,
    now: Instant,
  ): Promise<void> {
    for (const { id: district } of districts) {
      const holder = await championOf(id, district, day);
      const nudge: Nudge = {
        ...{ meeting: date, district, day, due: at.toString(), at: now.toString() },
        ...(holder ? { to: holder.id, name: holder.name } : {}),
        ...{ state: "skipped", silence: holder ? "asleep" : "vacant" },
        ...{ isAskedFor: false, attempt: 1 },
      };
      await store.claimAll(id, [{ nudge }]);
    }
  }

  async function meetingsOver(committee: string, now: Instant) {
    const today = dayOf(now);
    const first = addDays(today, -DAYS_BACK);
    return (await meetingsOf(committee, now)).filter(
      ({ date, state, takesUpdates }) =>
        state === "planned" && takesUpdates !== false && date < today && date >= first,
    );
  }
}
