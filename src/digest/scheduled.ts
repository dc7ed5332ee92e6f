import { addDays, dayOf, timeAndDate, type Day, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Job } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { keepingUp } from "./keeping-up.ts";
import type { Outbox, OutboxParts } from "./outbox.ts";
import type { Renewing } from "./renewing.ts";
import { BY_ITSELF, canTryAgain } from "./rules.ts";
import { hasBegun, isLate, isPausedAt, planned, type Planned } from "./schedule.ts";
import type { Channel, DigestSettings, Post } from "./schema.ts";
import type { Sending } from "./sending.ts";
import type { DigestStore, StoredPost } from "./store.ts";
import { wordsToOfficers, type TellOfficers } from "./words.ts";

/** A meeting further back is not looked at any more. */
const DAYS_BACK = 30;
/** Nothing is due longer than this before a meeting, and nothing is posted by hand before it. */
const DAYS_AHEAD = 60;
interface ScheduledParts {
  readonly store: DigestStore;
  readonly posts: Sending;
  readonly outbox: Outbox;
  /** All meetings of the plan, moved and cancelled ones too. */
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
  /** The Entra object ids of those who chair the committee now. */
  readonly chairsOf: (committee: string, now: Instant) => Promise<readonly string[]>;
  readonly tellOfficers: TellOfficers;
  readonly wayOf: OutboxParts["wayOf"];
  readonly renew: Renewing["renew"];
}

/** One digest that is due: for which meeting, of which kind, to whom, and since when. */
interface DueDigest extends Planned {
  readonly meeting: DigestMeeting;
  readonly to: string;
  readonly earlier: StoredPost | undefined;
  readonly settings: DigestSettings;
}

/**
 * What goes out by itself: each digest once when it is due, a word to the officers about what did
 * not go as it should, and the posted ones kept as things stand. Nothing is remembered between two
 * looks but the rows of the posts, so any replica goes on where another one stopped.
 */
export function scheduledDigests(parts: ScheduledParts) {
  const { store, posts, outbox, meetingsOf, chairsOf } = parts;
  const keeping = keepingUp({ ...parts, meetingsAround });
  const jobs: Job[] = [
    {
      name: "digest",
      due: async (committee, now) => (await dueDigests(committee, now)).map(nameOf),
      run: sendDue,
    },
    wordsToOfficers({ ...parts, meetingsAround }),
    {
      name: "digest kept up to date",
      due: async (committee, now) => {
        const standing = await keeping.standing(committee, now);
        return standing.length > 0 ? now.toString().slice(0, "2019-10-03T08".length) : undefined;
      },
      run: keeping.keepUp,
    },
  ];
  return { jobs, keepUp: keeping.keepUp };

  /** Due and not yet dealt with. What was due before its channel was chosen is not expected there. */
  async function dueDigests({ id }: Committee, now: Instant): Promise<DueDigest[]> {
    const channel = await store.channelOf(id);
    if (!channel) return [];
    const settings = await store.settingsOf(id);
    const due: DueDigest[] = [];
    for (const meeting of await meetingsAround(id, now)) {
      if (meeting.state !== "planned") continue;
      const kinds = planned(meeting, settings).filter(({ at }) => isDue(at, channel, now));
      if (kinds.length === 0) continue;
      const known = await posts.ofMeeting(id, meeting.date, now);
      for (const each of kinds)
        for (const to of await recipients(id, each, channel, now)) {
          const earlier = known.find(({ post }) => post.kind === each.kind && post.to === to);
          if (!earlier || canTryAgain(earlier.post))
            due.push({ ...each, meeting, to, earlier, settings });
        }
    }
    return due;
  }

  /** Compose → claim → send → mark. Throws where it is to be tried again later. */
  async function sendDue(committee: Committee, now: Instant, run: string): Promise<void> {
    const due = (await dueDigests(committee, now)).find((each) => nameOf(each) === run);
    if (!due) return;
    const { meeting, kind, to, at, earlier, settings } = due;
    const note = isLate(due, now)
      ? `This was due at ${timeAndDate(at.toString())} and comes late, because this bot was not running then.`
      : undefined;
    const wishes = { now, by: BY_ITSELF, earlier, note };
    const sendable = await outbox.prepare(committee, meeting, { kind, to }, wishes);
    const unsent = whyNot(due, settings, sendable.isEmpty, now);
    if (unsent) {
      await store.claim(committee.id, { ...sendable.claim, state: unsent }, earlier);
      return;
    }
    const result = await posts.sendAndWait(committee.id, sendable);
    if (result && canTryAgain(result))
      throw new Error(`A digest was refused for now: ${result.reason}`);
  }

  async function recipients(
    committee: string,
    { kind }: Planned,
    { place }: Channel,
    now: Instant,
  ): Promise<readonly string[]> {
    return kind === "chair" ? chairsOf(committee, now) : [place.channel];
  }

  async function meetingsAround(committee: string, now: Instant): Promise<DigestMeeting[]> {
    const [from, until]: Day[] = [addDays(dayOf(now), -DAYS_BACK), addDays(dayOf(now), DAYS_AHEAD)];
    const meetings = await meetingsOf(committee, now);
    return meetings.filter(({ date }) => date >= (from ?? "") && date <= (until ?? ""));
  }
}

function isDue(at: Instant, channel: Channel, now: Instant): boolean {
  return (
    at.epochMilliseconds <= now.epochMilliseconds && at.epochMilliseconds >= Date.parse(channel.at)
  );
}

/** Why something due is not sent, if it is not. */
function whyNot(
  { meeting, at }: DueDigest,
  settings: DigestSettings,
  isEmpty: boolean,
  now: Instant,
): Post["state"] | undefined {
  if (isPausedAt(at, settings)) return "paused";
  if (hasBegun(meeting, now)) return "missed";
  return isEmpty ? "empty" : undefined;
}

function nameOf({ meeting, kind, to }: DueDigest): string {
  return `${meeting.date} ${kind} ${to}`;
}
