import { longDate, timeAndDate, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import type { AuditRecord, Command, Turn, Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import type { DigestMeeting } from "./cards.ts";
import { earlierChannel } from "./channel-words.ts";
import { correctedNote, pausedNote } from "./lateness.ts";
import type { Outbox } from "./outbox.ts";
import { confirmCard, outcomeCard } from "./post-cards.ts";
import { isCorrection, isOutdated, mayStand } from "./rules.ts";
import { isPausedAt, planned } from "./schedule.ts";
import {
  AttemptReference,
  MeetingReference,
  type Channel,
  type Post,
  type PostReference,
} from "./schema.ts";
import type { Sending } from "./sending.ts";
import type { DigestStore, StoredPost } from "./store.ts";
import said from "./said.json" with { type: "json" };

interface PostingParts {
  readonly store: DigestStore;
  readonly posts: Sending;
  readonly outbox: Outbox;
  readonly audit: AuditRecord;
  /** The next meeting, or the one that is named. */
  readonly meetingOf: (turn: Turn, slots?: Slots) => Promise<DigestMeeting>;
  readonly meetingOn: (turn: Turn, date: Day) => Promise<DigestMeeting | undefined>;
}

/** What became of a post, as the audit says it. */
const IN_AUDIT: Partial<Record<Post["state"], string>> = {
  sent: "posted the digest",
  refused: "tried to post the digest, and it could not be posted",
  doubtful: "tried to post the digest, and Teams did not confirm it",
};

/** Posting by hand: asked first, posted once, and never repeated unasked. */
export function postingByHand(parts: PostingParts) {
  const { store, posts, outbox, audit, meetingOf, meetingOn } = parts;
  const needs = { roles: ["officer"], places: ["personal"] } as const;
  const command: Command = {
    id: "digest.post",
    name: "post digest",
    full: "post digest[ for {meeting}]",
    changes: true,
    examples: said.post,
    phrases: [
      "post the digest",
      "post digest now",
      "send digest",
      "send the digest",
      "publish digest",
    ],
    purpose: "Post the digest for the next meeting to the committee's channel.",
    task: "The digest",
    needs,
    run: confirm,
  };
  const verbs: Record<string, Verb> = {
    "digest.post": { needs, run: post },
    "digest.postAgain": { needs, run: postAgain },
    "digest.look": { needs, run: look },
    "digest.isThere": { needs, run: markAsThere },
  };
  return { command, verbs };

  async function confirm(turn: Turn, slots: Slots): Promise<Card> {
    const meeting = await meetingOf(turn);
    const named = await meetingOf(turn, slots);
    if (named.date !== meeting.date)
      throw new UserError(
        `Only the digest for the next meeting, on ${longDate(meeting.date)}, is posted. To see another: preview digest ${longDate(named.date)}.`,
      );
    const channel = await channelOf(turn);
    const earlier = await posts.find(turn.committee.id, digestOf(meeting, channel), turn.now);
    return earlier && !isUnsent(earlier.post)
      ? outcomeCard(earlier.post, channel)
      : confirmCard(meeting, channel.audience, {
          elsewhere: await whereItStands(turn, meeting, channel),
          instead: await insteadOf(turn, meeting),
        });
  }

  /** The digest goes once: one that is posted by hand takes the place of the one that is due. */
  async function insteadOf({ committee, now }: Turn, meeting: DigestMeeting): Promise<string> {
    const settings = await store.settingsOf(committee.id);
    const due = planned(meeting, settings).find(({ kind }) => kind === "digest");
    const isComing = due && due.at.epochMilliseconds > now.epochMilliseconds;
    if (!isComing || isPausedAt(due.at, settings)) return "";
    return `It takes the place of the one due at ${timeAndDate(due.at.toString())}.`;
  }

  /** After a change of the channel: the digest is not posted anew without knowing of the first. */
  async function whereItStands(turn: Turn, { date }: DigestMeeting, channel: Channel) {
    const all = await posts.ofMeeting(turn.committee.id, date, turn.now);
    const other = all.find(({ post }) => post.kind === "digest" && mayStand(post.state));
    if (!other) return "";
    const { at, state } = other.post;
    const doubt = state === "sent" ? "" : " It may not have arrived.";
    return `It was sent to ${earlierChannel(other.post, channel)} at ${timeAndDate(at)}.${doubt} Post it only if it is to be in the channel chosen now too.`;
  }

  async function post(turn: Turn, data: unknown): Promise<Card> {
    const { meeting: date } = checked(MeetingReference, data);
    const meeting = await meetingOf(turn);
    if (meeting.date !== date)
      throw new UserError(
        "This card is for an earlier meeting. Type post digest for the next one.",
      );
    const reference = digestOf(meeting, await channelOf(turn));
    const earlier = await posts.find(turn.committee.id, reference, turn.now);
    if (earlier && earlier.post.state !== "refused" && !isUnsent(earlier.post))
      return outcome(turn, earlier.post);
    return send(turn, meeting, reference, earlier);
  }

  /** The officer has looked and it is not there. A button of an earlier try does nothing. */
  async function postAgain(turn: Turn, data: unknown): Promise<Card> {
    const reference = checked(AttemptReference, data);
    const earlier = await found(turn, reference);
    const { state, kind } = earlier.post;
    const isUncorrected = state === "paused" && isCorrection(kind);
    const canSend =
      state === "doubtful" || state === "refused" || isUncorrected || isOutdated(earlier.post);
    if (!canSend || earlier.post.attempt !== reference.attempt) return outcome(turn, earlier.post);
    const meeting = await meetingOn(turn, reference.meeting);
    if (!meeting) throw new UserError("That meeting is not in the agenda plan any more.");
    if (meeting.state !== "planned" && !isCorrection(kind))
      throw new UserError(
        `The meeting on ${longDate(meeting.date)} is ${meeting.state}, so its digest is not posted. To post the digest for the next one: post digest.`,
      );
    return send(turn, meeting, earlier.post, earlier);
  }

  async function look(turn: Turn, data: unknown): Promise<Card> {
    return outcome(turn, (await found(turn, checked(AttemptReference, data))).post);
  }

  async function markAsThere(turn: Turn, data: unknown): Promise<Card> {
    const reference = checked(AttemptReference, data);
    const { committee, person } = turn;
    const { post: earlier } = await found(turn, reference);
    if (earlier.state !== "doubtful" || earlier.attempt !== reference.attempt)
      return outcome(turn, earlier);
    let isMine = false;
    const settled = await store.change(committee.id, reference, (now) => {
      isMine = now.state === "doubtful" || now.state === "sending";
      return isMine ? { ...now, state: "sent", settledBy: person.name, isTold: true } : undefined;
    });
    if (isMine) await audit(turn, "said that the digest is in the channel", reference.meeting);
    return outcome(turn, settled ?? earlier);
  }

  async function send(
    turn: Turn,
    meeting: DigestMeeting,
    reference: PostReference,
    earlier: StoredPost | undefined,
  ): Promise<Card> {
    const { committee, now, person } = turn;
    const settled = async ({ state }: Post) =>
      audit(turn, IN_AUDIT[state] ?? "posted the digest", meeting.date);
    const instead = reference.kind === "digest" ? await insteadOf(turn, meeting) : "";
    const sendable = await outbox.prepare(committee, meeting, reference, {
      ...{ now, by: person.name, earlier, settled },
      note: correctedNote(earlier?.post) ?? pausedNote(earlier?.post, now),
    });
    const result = await posts.send(committee.id, sendable);
    if (!result) return outcome(turn, (await found(turn, reference)).post);
    // Who reads the outcome on this card need not be told of it again.
    const isKnown = result.state === "doubtful" || result.state === "refused";
    if (isKnown) await store.change(committee.id, result, (each) => ({ ...each, isTold: true }));
    return outcome(turn, result, instead);
  }

  /** Names the channel that was meant, which need not be the one that is chosen now. */
  async function outcome({ committee }: Turn, post: Post, instead = ""): Promise<Card> {
    return outcomeCard(post, await store.channelOf(committee.id), instead);
  }

  async function found({ committee, now }: Turn, reference: PostReference): Promise<StoredPost> {
    const stored = await posts.find(committee.id, reference, now);
    if (stored) return stored;
    throw new UserError("There is no such post. Type post digest to post it.");
  }

  async function channelOf({ committee }: Turn): Promise<Channel> {
    const channel = await store.channelOf(committee.id);
    if (channel) return channel;
    throw new UserError(
      `I do not know which channel to post to. In the committee's channel, mention me and write: use this channel for ${committee.name}.`,
    );
  }
}

function digestOf(meeting: DigestMeeting, { place }: Channel) {
  return { meeting: meeting.date, kind: "digest" as const, to: place.channel };
}

/** Due once, and not sent for a reason that an officer can overrule. */
function isUnsent({ state }: Post): boolean {
  return state === "paused" || state === "empty" || state === "missed";
}
