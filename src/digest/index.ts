import { dayOf, type Day, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  holds,
  type Audience,
  type AuditRecord,
  type DigestSource,
  type Feature,
  type Posting,
  type Turn,
} from "../feature.ts";
import { confirmCard, digestCard, outcomeCard, previewNote, type DigestMeeting } from "./cards.ts";
import { channelChoice } from "./channel.ts";
import { paginate } from "./rules.ts";
import {
  AttemptReference,
  PageReference,
  PostReference,
  type Channel,
  type Post,
} from "./schema.ts";
import { sending } from "./sending.ts";
import type { DigestStore, StoredPost } from "./store.ts";

/** What this feature needs from the rest of the product. */
interface DigestParts {
  readonly store: DigestStore;
  readonly nextMeeting: (committee: string, now: Instant) => Promise<DigestMeeting | undefined>;
  /** What the features have to say, in the order it is shown. */
  readonly sources: readonly DigestSource[];
  readonly posting: Posting;
  readonly audit: AuditRecord;
  /** Work that goes on after the answer, until the bot stops. */
  readonly afterwards: (work: Promise<unknown>) => void;
  /** Told when somebody looks at the digest before it is posted. */
  readonly onPreview: (turn: Turn) => void;
}

/** The feature, and what it learns from every turn in the committee's channel. */
interface Digest extends Feature {
  readonly heardFrom: (turn: Turn) => Promise<void>;
}

/** What became of a post, as the audit says it. */
const IN_AUDIT: Record<Post["state"], string> = {
  sending: "began to post the digest",
  sent: "posted the digest",
  refused: "tried to post the digest, and Teams refused it",
  doubtful: "tried to post the digest, and Teams did not confirm it",
};

/** The digest before a meeting: composed from every feature, posted once. */
export function digest(parts: DigestParts): Digest {
  const { store, nextMeeting, sources, onPreview, audit } = parts;
  const channels = channelChoice(parts);
  const posts = sending(parts);
  const officer = ["officer"] as const;
  const readers = ["officer", "chair", "administrator"] as const;
  const task = "The digest";
  return {
    heardFrom: channels.heardFrom,
    commands: [
      channels.command,
      {
        name: "preview digest",
        phrases: [
          "preview",
          "show digest",
          "show preview digest",
          "preview the digest",
          "digest preview",
          "digest",
        ],
        purpose: "See what the digest for the next meeting says, before it is posted.",
        task,
        needs: { roles: readers, places: ["personal"] },
        run: preview,
      },
      {
        name: "post digest",
        phrases: [
          "post the digest",
          "post digest now",
          "send digest",
          "send the digest",
          "publish digest",
        ],
        purpose: "Post the digest for the next meeting to the committee's channel.",
        task,
        needs: { roles: officer, places: ["personal"] },
        run: confirm,
      },
    ],
    verbs: {
      ...channels.verbs,
      "digest.page": {
        needs: { roles: EVERYONE, places: ANYWHERE },
        run: turnPage,
        justForMe: true,
      },
      "digest.post": { needs: { roles: officer, places: ["personal"] }, run: post },
      "digest.postAgain": { needs: { roles: officer, places: ["personal"] }, run: postAgain },
      "digest.look": { needs: { roles: officer, places: ["personal"] }, run: confirm },
      "digest.isThere": { needs: { roles: officer, places: ["personal"] }, run: markAsThere },
    },
  };

  async function preview(turn: Turn): Promise<Card> {
    onPreview(turn);
    const { committee, person, now } = turn;
    const meeting = await meetingOf(turn);
    const channel = await store.channelOf(committee.id);
    const stored = channel && (await posts.find(committee.id, meeting.date, channel, now));
    const audience = channel?.audience ?? "committee";
    const note = previewNote(committee.name, channel && audience, stored?.post);
    const canPost = channel !== undefined && stored?.post.state !== "sent";
    const view = { page: 1, note, canPost: canPost && holds(person, "officer") };
    return compose(turn, meeting, audience, view);
  }

  async function confirm(turn: Turn): Promise<Card> {
    const meeting = await meetingOf(turn);
    const channel = await channelOf(turn);
    const earlier = await posts.find(turn.committee.id, meeting.date, channel, turn.now);
    return earlier ? outcomeCard(earlier.post) : confirmCard(meeting, channel.audience);
  }

  async function post(turn: Turn, data: unknown): Promise<Card> {
    const { meeting, channel } = await subjectOf(turn, checked(PostReference, data).meeting);
    const earlier = await posts.find(turn.committee.id, meeting.date, channel, turn.now);
    if (earlier && earlier.post.state !== "refused") return outcomeCard(earlier.post);
    return send(turn, meeting, channel, earlier);
  }

  /** The officer has looked and it is not there. A button of an earlier try does nothing. */
  async function postAgain(turn: Turn, data: unknown): Promise<Card> {
    const { attempt, meeting: date } = checked(AttemptReference, data);
    const { meeting, channel } = await subjectOf(turn, date);
    const earlier = await posts.find(turn.committee.id, meeting.date, channel, turn.now);
    if (earlier?.post.state !== "doubtful" || earlier.post.attempt !== attempt)
      return earlier ? outcomeCard(earlier.post) : confirmCard(meeting, channel.audience);
    return send(turn, meeting, channel, earlier);
  }

  async function markAsThere(turn: Turn, data: unknown): Promise<Card> {
    const { attempt, meeting } = checked(AttemptReference, data);
    const channel = await channelOf(turn);
    const earlier = await posts.find(turn.committee.id, meeting, channel, turn.now);
    if (!earlier) throw new UserError("There is no such post. Type post digest to post it.");
    if (earlier.post.state !== "doubtful" || earlier.post.attempt !== attempt)
      return outcomeCard(earlier.post);
    await store.mark(turn.committee.id, { ...earlier.post, state: "sent" });
    await audit(turn, "said that the digest is in the channel", meeting);
    return confirm(turn);
  }

  /** Compose → claim → send → mark. Whoever does not get the claim sends nothing. */
  async function send(
    turn: Turn,
    meeting: DigestMeeting,
    channel: Channel,
    earlier?: StoredPost,
  ): Promise<Card> {
    const { committee, person, now } = turn;
    const audience = await channels.audienceNow(committee.id, channel);
    const card = await compose(turn, meeting, audience, { page: 1 });
    const claim: Post = {
      meeting: meeting.date,
      channel: channel.place.channel,
      state: "sending",
      attempt: (earlier?.post.attempt ?? 0) + 1,
      by: person.name,
      at: now.toString(),
    };
    const settled = ({ state }: Post) => audit(turn, IN_AUDIT[state], meeting.date);
    const result = await posts.send(committee.id, channel, { claim, card, earlier, settled });
    return result ? outcomeCard(result) : confirm(turn);
  }

  async function turnPage(turn: Turn, data: unknown): Promise<Card> {
    const { page, meeting: date } = checked(PageReference, data);
    const { meeting, audience } = await readableHere(turn, date);
    const note = "This is how it stands now. It may have changed since it was posted.";
    return compose(turn, meeting, audience, { page, note });
  }

  /** In the committee's channel anyone there may turn the page; elsewhere only its officers. */
  async function readableHere(turn: Turn, date: Day) {
    const channel = await store.channelOf(turn.committee.id);
    const meeting = await meetingOf(turn);
    if (meeting.date !== date)
      throw new UserError("That meeting is over. Type next meeting to see the next one.");
    const isHere = channel !== undefined && channel.place.channel === turn.place.channel;
    const isReader = readers.some((role) => holds(turn.person, role));
    if (!isHere && !(isReader && turn.place.kind === "personal"))
      throw new NotAllowed("This digest can be read in the committee's channel only.");
    return { meeting, audience: channel?.audience ?? ("committee" satisfies Audience) };
  }

  async function compose(
    turn: Turn,
    meeting: DigestMeeting,
    audience: Audience,
    { page, ...rest }: { page: number; note?: string; canPost?: boolean },
  ): Promise<Card> {
    const { committee, now } = turn;
    const subject = { committee, meeting: meeting.date, audience, now };
    const sections = (await Promise.all(sources.map((source) => source(subject)))).flat();
    const pages = paginate(sections);
    const shown = Math.min(page, pages.length);
    return digestCard(committee.name, meeting, pages, {
      ...rest,
      page: shown,
      now,
      today: dayOf(now),
    });
  }

  async function subjectOf(turn: Turn, date: Day) {
    const meeting = await meetingOf(turn);
    if (meeting.date !== date)
      throw new UserError(
        "This card is for an earlier meeting. Type post digest for the next one.",
      );
    return { meeting, channel: await channelOf(turn) };
  }

  async function meetingOf({ committee, now }: Turn): Promise<DigestMeeting> {
    const meeting = await nextMeeting(committee.id, now);
    if (meeting) return meeting;
    throw new UserError(
      "No meeting is planned, so there is nothing to post. Add the next meeting first.",
    );
  }

  async function channelOf({ committee }: Turn): Promise<Channel> {
    const channel = await store.channelOf(committee.id);
    if (channel) return channel;
    throw new UserError(
      `I do not know which channel to post to. In the committee's channel, mention me and write: use this channel for ${committee.name}.`,
    );
  }
}
