import type { Day, Instant, Month } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import type { Audience, AuditRecord, DigestSource, Feature, Place, Turn } from "../feature.ts";
import { told } from "./account.ts";
import { updatesInDigest } from "./digest.ts";
import { lateNotices } from "./late.ts";
import { oralUpdates } from "./oral.ts";
import { reading } from "./reading.ts";
import type { MeetingDates } from "./rules.ts";
import type { Update } from "./schema.ts";
import type { ChampionStore } from "./store.ts";
import { writing } from "./writing.ts";

/** A meeting that no month's updates go to: those of its month are for an earlier one. */
export interface SecondMeeting {
  readonly date: Day;
  readonly month: Month;
  /** The earlier meeting of the month. */
  readonly first: Day;
}

/** The committee's meetings around today, as updates need them. */
export interface MeetingPlan {
  readonly next?: MeetingDates | undefined;
  readonly last?: MeetingDates | undefined;
  on(date: Day): MeetingDates | undefined;
  forMonth(month: Month): MeetingDates | undefined;
  /** The months whose updates go to a meeting. */
  monthsFor(meeting: Day): Month[];
  /** From a day on, the meetings that share their month with an earlier one, which has its updates. */
  secondMeetings(from: Day): readonly SecondMeeting[];
  /** Every month in which an update of a meeting can be. */
  monthsAround(meeting: Day): Month[];
  /** The meeting that an update goes to; `isInstead` where its own was cancelled. */
  meetingOf(
    update: Pick<Update, "month" | "meeting" | "meetingKept">,
  ): (MeetingDates & { readonly isInstead: boolean }) | undefined;
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
  /**
   * Writes to every officer of the committee, reached through a place of its tenant. False while
   * it is not sure that they were told.
   */
  readonly tellOfficers: (
    committee: Committee,
    now: Instant,
    from: Place,
    card: Card,
  ) => Promise<boolean>;
  readonly audit: AuditRecord;
  /** Work that nobody waits for, until the bot stops. */
  readonly afterwards: (work: Promise<unknown>) => void;
}

/** The feature, what it says in a digest, and what it takes up again when the bot starts. */
export interface Champions extends Feature {
  readonly digest: DigestSource;
  readonly resume: (committee: Committee, now: Instant) => Promise<void>;
  /** Tries to tell the officers what they could not be told yet. Nobody waits for it. */
  readonly tryNoticesAgain: (turn: Turn) => void;
}

/** Community Champions write their update, put it aside, change it, and everyone finds it. */
export function champions(parts: ChampionParts): Champions {
  const notices = lateNotices(parts);
  const tryNoticesAgain = ({ committee, now }: Turn) => notices.tryAgain(committee, now);
  const read = reading(parts, tryNoticesAgain);
  const write = writing(parts, read, notices.announce);
  const oral = oralUpdates(parts);
  const digest = updatesInDigest(parts);
  return {
    digest: digest.source,
    resume: notices.resume,
    tryNoticesAgain,
    commands: [...write.commands, ...read.commands, ...oral.commands],
    verbs: { ...write.verbs, ...read.verbs, ...oral.verbs, ...digest.verbs },
    hunch: told,
  };
}
