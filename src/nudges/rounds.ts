import { dayOf, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { NudgeParts } from "./index.ts";
import * as rules from "./rules.ts";
import type { NudgeSettings, Way } from "./schema.ts";
import type { Ledger } from "./store.ts";

/** The next meeting with its deadline, and what has become of its nudges so far. */
export interface Round {
  readonly meeting: rules.NudgeMeeting;
  readonly deadline: rules.Deadline;
  readonly settings: NudgeSettings;
  readonly way: Way;
  /** What was due before it is not made up. */
  readonly since: Instant;
  readonly ledger: Ledger;
}

/** The meetings that something can have come due for. */
export function nudgeRounds({ store, meetingsOf, meetingNow }: NudgeParts) {
  return { roundsOf, hasChanged };

  /** None while nobody may be written to. Else each meeting that something can have come due for. */
  async function roundsOf({ id }: Committee, now: Instant): Promise<Round[]> {
    if (!rules.isOfficeHour(now)) return [];
    const way = await store.wayOf(id);
    const settings = await store.settingsOf(id);
    const since = rules.expectedSince(settings, way);
    if (!way || !since || !settings.isOn) return [];
    const coming = rules.comingOf(await meetingsOf(id, now), dayOf(now));
    const begun = coming
      .map((meeting) => ({ meeting, deadline: rules.deadlineOf(meeting) }))
      .filter(({ deadline }) => rules.hasBegun(deadline, settings, now));
    return Promise.all(
      begun.map(async ({ meeting, deadline }) => {
        const ledger = await store.ledgerOf(id, meeting.date);
        return { meeting, deadline, settings, way, since, ledger };
      }),
    );
  }

  /** A plan that is remembered for a minute does not know yet what was cancelled or moved. */
  async function hasChanged({ id }: Committee, { meeting, deadline }: Round, now: Instant) {
    const fresh = await meetingNow(id, meeting.date, now);
    return fresh?.state !== "planned" || rules.deadlineOf(fresh).day !== deadline.day;
  }
}
