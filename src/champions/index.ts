import type { Day, Instant, Month } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Audience, DigestSource, Feature, Turn } from "../feature.ts";
import { updatesInDigest } from "./digest.ts";
import { oralUpdates } from "./oral.ts";
import { reading } from "./reading.ts";
import type { MeetingDates } from "./rules.ts";
import type { ChampionStore } from "./store.ts";
import { writing } from "./writing.ts";

/** The committee's meetings around today, as updates need them. */
export interface MeetingPlan {
  readonly next?: MeetingDates | undefined;
  readonly last?: MeetingDates | undefined;
  on(date: Day): MeetingDates | undefined;
  forMonth(month: Month): MeetingDates | undefined;
  /** The months whose updates go to a meeting. */
  monthsFor(meeting: Day): Month[];
}

/** What this feature needs from the rest of the product. */
export interface ChampionParts {
  readonly store: ChampionStore;
  readonly planFor: (committee: string, now: Instant) => Promise<MeetingPlan>;
  readonly championOf: (
    committee: string,
    district: string,
    day: Day,
  ) => Promise<{ readonly id: string; readonly name: string } | undefined>;
  /** Who can read the channel of a turn. */
  readonly audienceOf: (turn: Turn) => Promise<Audience>;
  /** Writes to every officer of the committee. Never keeps the person waiting, never throws. */
  readonly tellOfficers: (turn: Turn, card: Card) => void;
}

/** Community Champions write their update, put it aside, change it, and everyone finds it. */
export function champions(parts: ChampionParts): Feature & { digest: DigestSource } {
  const read = reading(parts);
  const write = writing(parts, read);
  const oral = oralUpdates(parts);
  const digest = updatesInDigest(parts);
  return {
    digest: digest.source,
    commands: [...write.commands, ...read.commands, ...oral.commands],
    verbs: { ...write.verbs, ...read.verbs, ...oral.verbs, ...digest.verbs },
  };
}
