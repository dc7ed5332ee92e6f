import { dayOf, isDay, longDate, monthName, type Day, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import type { AuditRecord, DigestSource, Feature, Posting, Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import type { DigestMeeting } from "./cards.ts";
import { channelChoice } from "./channel.ts";
import { gathering } from "./composing.ts";
import { digestHistory } from "./history.ts";
import { createOutbox, type OutboxParts } from "./outbox.ts";
import { postingByHand } from "./posting.ts";
import { digestReading } from "./reading.ts";
import { renewing, type RenewingParts } from "./renewing.ts";
import { scheduledDigests } from "./scheduled.ts";
import { sending } from "./sending.ts";
import { digestSettings } from "./settings.ts";
import type { DigestStore } from "./store.ts";
import { whatGoes } from "./what-goes.ts";
import type { LateParts } from "./why-late.ts";
import type { TellOfficers } from "./words.ts";

/** What this feature needs from the rest of the product. */
interface DigestParts {
  readonly store: DigestStore;
  /** All meetings of the plan, moved and cancelled ones too, the earliest first. */
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
  /** A meeting as the plan has it in this moment, and not as it was a minute ago. */
  readonly meetingNow: RenewingParts["meetingNow"];
  readonly plannedSince: LateParts["plannedSince"];
  /** What the features have to say, in the order it is shown. */
  readonly sources: readonly DigestSource[];
  readonly posting: Posting;
  readonly chairsOf: (committee: string, now: Instant) => Promise<readonly string[]>;
  readonly tellOfficers: TellOfficers;
  /** A place of the committee's tenant, through which its people are reached, and since when. */
  readonly wayOf: OutboxParts["wayOf"];
  readonly awayAt: LateParts["awayAt"];
  readonly audit: AuditRecord;
  /** Work that goes on after the answer, until the bot stops. */
  readonly afterwards: (work: Promise<unknown>) => void;
  /** Told when somebody looks at the digest before it is posted. */
  readonly onPreview: (turn: Turn) => void;
}

/** The feature, and what it learns from the rest of the product. */
interface Digest extends Feature {
  readonly heardFrom: (turn: Turn) => Promise<void>;
  /** Something has changed: what was posted is to say so. */
  readonly keepUp: (committee: Committee, now: Instant) => Promise<void>;
}

/** The digest before a meeting: composed from every feature, posted once, kept as things stand. */
export function digest(parts: DigestParts): Digest {
  const { meetingsOf } = parts;
  const goes = whatGoes({ ...parts, nextMeeting });
  const channels = channelChoice({ ...parts, whatGoes: goes.next });
  const gather = gathering(parts.sources);
  const posts = sending(parts);
  const outbox = createOutbox({ ...parts, gather, audienceNow: channels.audienceNow });
  const shared = { ...parts, gather, posts, outbox, meetingOf, meetingOn };
  const read = digestReading({ ...shared, audienceNow: channels.audienceSoon });
  const byHand = postingByHand(shared);
  const set = digestSettings({ ...parts, whatGoes: goes.next, dueIn: goes.dueIn });
  const { renew } = renewing({ ...parts, outbox });
  const scheduled = scheduledDigests({ ...shared, renew });
  return {
    heardFrom: channels.heardFrom,
    keepUp: scheduled.keepUp,
    commands: [
      channels.command,
      ...read.commands,
      byHand.command,
      ...set.commands,
      digestHistory(shared),
    ],
    verbs: { ...channels.verbs, ...read.verbs, ...byHand.verbs, ...set.verbs },
    jobs: scheduled.jobs,
  };

  async function nextMeeting({ committee, now }: Turn): Promise<DigestMeeting | undefined> {
    const meetings = await meetingsOf(committee.id, now);
    return meetings.find(({ date, state }) => state === "planned" && date >= dayOf(now));
  }

  async function meetingOf(turn: Turn, slots: Slots = {}): Promise<DigestMeeting> {
    const { dates: [when = slots.month] = [] } = slots;
    if (when) return meetingNamed(turn, when);
    const meeting = await nextMeeting(turn);
    if (meeting) return meeting;
    throw new UserError(
      "No meeting is planned, so there is nothing to post. Add the next meeting first.",
    );
  }

  /** The planned meeting of a day or a month that is to come. */
  async function meetingNamed({ committee, now }: Turn, when: Day) {
    const planned = (await meetingsOf(committee.id, now)).filter(
      ({ date, state }) => state === "planned" && date >= dayOf(now),
    );
    const meeting = planned.find(({ date }) => date.startsWith(when));
    if (meeting) return meeting;
    if (isDay(when) && when < dayOf(now))
      throw new UserError(
        `${longDate(when)} is over, so no digest is made for a meeting on it. Type digest history to see what was posted.`,
      );
    const said = isDay(when) ? `on ${longDate(when)}` : `in ${monthName(when)}`;
    throw new UserError(`No meeting is planned ${said}. Type meetings to see those that are.`);
  }

  async function meetingOn({ committee, now }: Turn, date: Day) {
    return (await meetingsOf(committee.id, now)).find((meeting) => meeting.date === date);
  }
}
