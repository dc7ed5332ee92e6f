import { addDays, dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { holds, IN_PERSON, type Command, type Turn } from "../feature.ts";
import { historyCard } from "./history-cards.ts";
import type { NudgeParts } from "./index.ts";
import said from "./said.json" with { type: "json" };

/** So many meetings of the ledger fit one card. */
const MEETINGS_SHOWN = 4;
/** Nothing is due longer than this before a meeting. */
const DAYS_AHEAD = 60;

/** The ledger: each reminder of the last meetings, whom it was for, and what became of it. */
export function nudgeHistory({ store, meetingsOf }: NudgeParts): Command {
  return {
    id: "nudges.history",
    name: "nudge history",
    examples: said.history,
    phrases: [
      "nudges history",
      "history nudges",
      "reminder history",
      "show nudge history",
      "who was nudged",
      "who was reminded",
    ],
    purpose: "See each reminder: when, to whom, and why somebody got none.",
    task: "Reminders",
    needs: { roles: ["officer", "chair", "administrator"], places: IN_PERSON },
    run: show,
  };

  async function show({ committee, now, person }: Turn): Promise<Card> {
    const latest = addDays(dayOf(now), DAYS_AHEAD);
    const meetings = (await meetingsOf(committee.id, now)).filter(
      // The ledger of a meeting that was moved has gone along with it.
      ({ date, movedTo }) => date <= latest && !movedTo,
    );
    const shown = await Promise.all(
      meetings
        .toReversed()
        .slice(0, 2 * MEETINGS_SHOWN)
        .map(async ({ date }) => {
          const { nudges, lists } = await store.ledgerOf(committee.id, date);
          return { date, nudges: nudges.map(({ nudge }) => nudge), lists: [...lists.values()] };
        }),
    );
    const used = shown.filter(({ nudges, lists }) => nudges.length + lists.length > 0);
    const canSet = holds(person, "officer");
    return historyCard(committee, used.slice(0, MEETINGS_SHOWN), { now, canSet });
  }
}
