import { dayOf, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import type { Audience, Posting, Sent } from "../feature.ts";
import { changedCard, digestCard, postedCard, type DigestMeeting } from "./cards.ts";
import type { Compose, Content } from "./composing.ts";
import type { Channel, Post, PostReference } from "./schema.ts";
import type { Sendable } from "./sending.ts";
import type { DigestStore, StoredPost } from "./store.ts";

interface OutboxParts {
  readonly store: DigestStore;
  readonly compose: Compose;
  readonly posting: Posting;
  readonly audienceNow: (committee: string, channel: Channel) => Promise<Audience>;
}

interface Wishes {
  readonly now: Instant;
  /** Who posts it, as the ledger says. */
  readonly by: string;
  readonly earlier?: StoredPost | undefined;
  readonly settled?: Sendable["settled"];
  readonly note?: string;
}

export type Outbox = ReturnType<typeof createOutbox>;

/** Makes posts ready: what they say at this moment, for whom, and the way there. */
export function createOutbox({ store, compose, posting, audienceNow }: OutboxParts) {
  return { prepare, renew };

  /** What a post would say now, to those who read it. Throws a UserError where its channel is gone. */
  async function contentOf(
    committee: Committee,
    meeting: DigestMeeting,
    { kind, to }: PostReference,
    now: Instant,
  ): Promise<{ content: Content; channel: Channel }> {
    const channel = await channelFor(committee.id, { kind, to });
    const audience = kind === "chair" ? "chair" : await audienceNow(committee.id, channel);
    return { content: await compose(committee, meeting, audience, now), channel };
  }

  /** A post with its claim, ready to be sent. */
  async function prepare(
    committee: Committee,
    meeting: DigestMeeting,
    { kind, to }: PostReference,
    { now, by, earlier, settled = async () => undefined, note }: Wishes,
  ): Promise<Sendable & { readonly isEmpty: boolean }> {
    const reference = { meeting: meeting.date, kind, to };
    const { content, channel } = await contentOf(committee, meeting, reference, now);
    const card = cardFor(committee, meeting, content, { kind, now, note });
    const claim: Post = {
      ...reference,
      state: "sending",
      attempt: (earlier?.post.attempt ?? 0) + 1,
      ...{ by, at: now.toString(), shown: content.fingerprint, isTold: false },
    };
    const deliver = () =>
      kind === "chair"
        ? posting.toPerson(to, channel.place, card)
        : posting.toChannel(channel.place, card);
    return { claim, deliver, earlier, settled, isEmpty: content.isEmpty };
  }

  /**
   * Puts what a post says now where it was posted, if that has changed. Undefined when it has not.
   */
  async function renew(
    committee: Committee,
    meeting: DigestMeeting,
    post: Post,
    now: Instant,
  ): Promise<Sent | undefined> {
    const { kind, to, activity } = post;
    const { content, channel } = await contentOf(committee, meeting, post, now);
    if (content.fingerprint === post.shown || !activity) return undefined;
    const card = cardFor(committee, meeting, content, { kind, now });
    const sent =
      kind === "chair"
        ? await posting.renewForPerson(to, channel.place, activity, card)
        : await posting.renewInChannel(channel.place, activity, card);
    if (sent.outcome === "sent")
      await store.mark(committee.id, { ...post, shown: content.fingerprint });
    return sent;
  }

  async function channelFor(
    committee: string,
    { kind, to }: Pick<PostReference, "kind" | "to">,
  ): Promise<Channel> {
    const channel = await store.channelOf(committee);
    if (channel && (kind === "chair" || channel.place.channel === to)) return channel;
    throw new UserError(
      "The digests go to another channel now. Type post digest to post it there.",
    );
  }
}

function cardFor(
  committee: Committee,
  meeting: DigestMeeting,
  { pages }: Content,
  { kind, now, note = "" }: { kind: Post["kind"]; now: Instant; note?: string | undefined },
): Card {
  if (meeting.state !== "planned") return changedCard(committee.name, meeting);
  const view = { page: 1, now, today: dayOf(now), note, kind, canAcknowledge: true };
  return postedCard(digestCard(committee.name, meeting, pages, view), meeting.date, kind);
}
