import type { Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import type { Done, Job } from "../feature.ts";
import { perLook } from "../per-look.ts";
import type { DigestMeeting } from "./cards.ts";
import type { Gather } from "./composing.ts";
import { digestsDue, isDealtWith, nameOf, NOWHERE, type DueDigest } from "./due.ts";
import { factsOf } from "./facts.ts";
import { keepingUp, standing } from "./keeping-up.ts";
import { meetingOfRun, postLedger } from "./ledger.ts";
import { neverSent } from "./never-went.ts";
import type { Outbox, OutboxParts } from "./outbox.ts";
import type { Renewing, RenewingParts } from "./renewing.ts";
import { BY_ITSELF, canTryAgain, isForChair } from "./rules.ts";
import { hasBegun, isLate, isPausedAt } from "./schedule.ts";
import type { DigestSettings, Post } from "./schema.ts";
import type { Sending } from "./sending.ts";
import type { DigestStore } from "./store.ts";
import { isAddedAfterwards, lateNotes, type LateParts } from "./why-late.ts";
import { wordsToOfficers, type TellOfficers } from "./words.ts";

interface ScheduledParts extends LateParts {
  readonly store: DigestStore;
  readonly posts: Sending;
  readonly outbox: Outbox;
  readonly gather: Gather;
  readonly meetingNow: RenewingParts["meetingNow"];
  readonly tellOfficers: TellOfficers;
  readonly wayOf: OutboxParts["wayOf"];
  readonly renew: Renewing["renew"];
}

/**
 * What goes out by itself: each digest once when it is due, a word to the officers about what did
 * not go as it should, and the posted ones kept as things stand. Nothing is remembered between two
 * looks but the rows of the posts, so any replica goes on where another one stopped.
 */
export function scheduledDigests(parts: ScheduledParts) {
  const { store, posts, outbox } = parts;
  const ledger = postLedger(parts);
  const dueAmong = digestsDue(parts);
  const noteOn = lateNotes(parts);
  const { keepUp } = keepingUp({ ...parts, ledger });
  /** The digest and the chair's own say the same things: they are read once for both. */
  const gatheredAtLook = perLook(
    ({ id }: Committee, { date }: DigestMeeting) => `${id} ${date}`,
    (now, committee: Committee, meeting: DigestMeeting) => parts.gather(committee, meeting, now),
  );
  const jobs: Job[] = [
    {
      name: "digest",
      due: async (committee, now) =>
        (await dueAmong(committee.id, now, await ledger.atLook(now, committee.id))).map(nameOf),
      run: sendDue,
    },
    wordsToOfficers({ ...parts, ledger }),
    neverSent(parts),
    {
      name: "digest kept up to date",
      due: async ({ id }, now) => {
        const all = standing(await ledger.atLook(now, id), now);
        return all.length > 0 ? now.toString().slice(0, "2019-10-03T08".length) : undefined;
      },
      run: keepUp,
    },
  ];
  return { jobs, keepUp };

  /**
   * Compose → claim → send → mark. Throws where it is to be tried again later. Where the plan was
   * changed since it was found nothing is claimed, and what is due then is taken up instead.
   */
  async function sendDue(committee: Committee, now: Instant, run: string): Promise<Done> {
    const known = await ledger.of(committee.id, meetingOfRun(run), now);
    const due = (await dueAmong(committee.id, now, known)).find((each) => nameOf(each) === run);
    // What changed a moment ago can be due again: this run is not done with it.
    if (!due) return isDealtWith(run, known) ? undefined : "changed";
    const { meeting, kind, to, earlier } = due;
    if (to === NOWHERE) {
      const post = { meeting: meeting.date, kind, to, attempt: 1, by: BY_ITSELF };
      await store.claim(committee.id, { ...post, state: "no channel", at: now.toString() });
      return undefined;
    }
    const note = isLate(due, now) ? await noteOn(committee, due, now) : undefined;
    const gathered = () => gatheredAtLook(now, committee, meeting);
    const wishes = { now, by: BY_ITSELF, earlier, note, gathered };
    const sendable = await unlessChanged(outbox.prepare(committee, meeting, { kind, to }, wishes));
    // Read again: somebody may have paused them a moment ago.
    const settings = await store.settingsOf(committee.id);
    if (!sendable || (await hasChanged(committee, due, now))) return "changed";
    const unsent = whyNot(due, settings, sendable.isEmpty, now);
    if (unsent) {
      const isTold =
        unsent === "not needed" ||
        (unsent === "missed" && (await isAddedAfterwards(parts, committee.id, meeting)));
      await store.claim(committee.id, { ...sendable.claim, state: unsent, isTold }, earlier);
      return undefined;
    }
    const result = await posts.sendAndWait(committee.id, sendable);
    if (result && canTryAgain(result))
      throw new Error(`A digest was refused for now: ${result.reason}`);
    return undefined;
  }

  /** What is cancelled, moved or sent elsewhere while a digest is made ready must not go. */
  async function hasChanged({ id }: Committee, { meeting, kind, to }: DueDigest, now: Instant) {
    const fresh = await parts.meetingNow(id, meeting.date, now);
    const channel = isForChair(kind) ? to : (await store.channelOf(id))?.place.channel;
    return !fresh || factsOf(fresh) !== factsOf(meeting) || channel !== to;
  }
}

/** A digest of a channel that is no longer the committee's cannot be made ready for it. */
async function unlessChanged<Ready>(preparing: Promise<Ready>): Promise<Ready | undefined> {
  try {
    return await preparing;
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Why something due is not sent, if it is not. */
function whyNot(
  { meeting, at, isCovered }: DueDigest,
  settings: DigestSettings,
  isEmpty: boolean,
  now: Instant,
): Post["state"] | undefined {
  if (isPausedAt(at, settings) || isPausedAt(now, settings)) return "paused";
  if (hasBegun(meeting, now)) return "missed";
  if (isCovered) return "not needed";
  return isEmpty ? "empty" : undefined;
}
