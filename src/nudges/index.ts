import type { Day, Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import type { AuditRecord, Feature, Place, Sent, Turn } from "../feature.ts";
import { absences } from "./absences.ts";
import { nudgeHistory } from "./history.ts";
import { neverNudged } from "./never-went.ts";
import type { NudgeMeeting } from "./rules.ts";
import { scheduledNudges } from "./scheduled.ts";
import { nudgeSettings } from "./settings.ts";
import { snoozing } from "./snoozing.ts";
import type { NudgeStore } from "./store.ts";

/** What this feature needs from the rest of the product. */
export interface NudgeParts {
  readonly store: NudgeStore;
  /** Every committee meeting of the plan, the earliest first. */
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly NudgeMeeting[]>;
  /** A meeting as the plan has it in this moment, and not as it was a minute ago. */
  readonly meetingNow: (
    committee: string,
    date: Day,
    now: Instant,
  ) => Promise<NudgeMeeting | undefined>;
  /** The districts whose update for a meeting is in, written or oral. */
  readonly submittedFor: (
    committee: string,
    meeting: Day,
    now: Instant,
  ) => Promise<ReadonlySet<string>>;
  readonly championOf: (
    committee: string,
    district: string,
    day: Day,
  ) => Promise<{ readonly id: string; readonly name: string } | undefined>;
  /** When a meeting came into the plan on its day, where its history says so. */
  readonly plannedSince: (
    committee: string,
    date: Day,
  ) => Promise<{ readonly at: string } | undefined>;
  /** The time in which no replica was at work, where that moment is in one. */
  readonly awayAt: (at: Instant) => Promise<object | undefined>;
  /** Writes to somebody's personal chat, reached through a place of the committee's tenant. */
  readonly toPerson: (
    committee: Committee,
    person: string,
    from: Place,
    card: Card,
  ) => Promise<Sent>;
  /** False while it is not sure that the officers were told. */
  readonly tellOfficers: (
    committee: Committee,
    now: Instant,
    from: Place,
    card: Card,
  ) => Promise<boolean>;
  readonly audit: AuditRecord;
}

/** The feature, and what it learns from the rest of the product. */
interface Nudges extends Feature {
  readonly heardFrom: (turn: Turn) => Promise<void>;
}

/**
 * Whoever has not written is reminded before the draft deadline, and nobody else; the officers
 * hear who is still missing.
 */
export function nudges(parts: NudgeParts): Nudges {
  const { store } = parts;
  const away = absences(parts);
  const set = nudgeSettings(parts);
  /** The way to each committee's people, as this replica last wrote or read it. */
  const known = new Map<string, string>();
  return {
    heardFrom,
    commands: [...away.commands, ...set.commands, nudgeHistory(parts)],
    verbs: { ...snoozing(parts), ...away.verbs, ...set.verbs },
    jobs: [...scheduledNudges(parts), neverNudged(parts)],
  };

  /** Whoever has a role in the committee shows the way to its tenant, and a new address of it. */
  async function heardFrom({ place, person, committee: { id }, now }: Turn): Promise<void> {
    if (place.kind !== "personal" || person.holdings.length === 0) return;
    if (known.get(id) === place.serviceUrl) return;
    const earlier = await store.wayOf(id);
    if (earlier?.place.serviceUrl !== place.serviceUrl)
      await store.saveWay(id, place, earlier?.at ?? now.toString());
    known.set(id, place.serviceUrl);
  }
}
