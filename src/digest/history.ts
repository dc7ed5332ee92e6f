import { addDays, dayOf, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { holds, type Command, type Turn } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { historyCard } from "./post-cards.ts";
import { READERS } from "./reading.ts";
import type { Sending } from "./sending.ts";
import type { DigestStore } from "./store.ts";
import said from "./said.json" with { type: "json" };

/** So many meetings of the ledger fit one card. */
const MEETINGS_SHOWN = 6;
const DAYS_AHEAD = 60;

interface HistoryParts {
  readonly store: DigestStore;
  readonly posts: Sending;
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
}

/** The ledger: what went out for the last meetings, and who has acknowledged it. */
export function digestHistory({ store, posts, meetingsOf }: HistoryParts): Command {
  return {
    id: "digest.history",
    name: "digest history",
    examples: said.history,
    phrases: ["history digest", "digest ledger", "show digest history", "which digests went out"],
    purpose:
      "See each digest that went out: when, where, with what outcome, and who acknowledged it.",
    task: "The digest",
    needs: { roles: READERS, places: ["personal"] },
    run: show,
  };

  async function show({ committee, now, person }: Turn): Promise<Card> {
    const latest = addDays(dayOf(now), DAYS_AHEAD);
    const meetings = (await meetingsOf(committee.id, now)).filter(({ date }) => date <= latest);
    const shown = await Promise.all(
      meetings
        .toReversed()
        .slice(0, 2 * MEETINGS_SHOWN)
        .map(async ({ date }) => ({
          date,
          posts: (await posts.ofMeeting(committee.id, date, now)).map(({ post }) => post),
          acknowledged: await store.acknowledgementsOf(committee.id, date),
        })),
    );
    const used = shown.filter((meeting) => meeting.posts.length > 0);
    const hasChannel = (await store.channelOf(committee.id)) !== undefined;
    const canSettle = holds(person, "officer");
    return historyCard(committee.name, used.slice(0, MEETINGS_SHOWN), { hasChannel, canSettle });
  }
}
