import { dayOf, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import type { Audience, Place, Posting } from "../feature.ts";
import { channelKnownAs } from "./channel-words.ts";
import { changedCard, digestCard, postedCard, type DigestMeeting } from "./cards.ts";
import type { Gather, Gathered } from "./composing.ts";
import { correctionCard } from "./correction-cards.ts";
import { factsOf, shortHash } from "./facts.ts";
import { isCorrection, isForChair } from "./rules.ts";
import type { Channel, Post } from "./schema.ts";
import type { Sendable } from "./sending.ts";
import { saidIn, sinceEarlier } from "./since.ts";
import type { DigestStore, StoredPost } from "./store.ts";

export interface OutboxParts {
  readonly store: DigestStore;
  readonly gather: Gather;
  readonly posting: Posting;
  readonly audienceNow: (committee: string, channel: Channel) => Promise<Channel["audience"]>;
  /** A place of the committee's tenant, through which its people are reached. */
  readonly wayOf: (
    committee: string,
  ) => Promise<{ readonly place: Place; readonly at: string } | undefined>;
}

interface Wishes {
  readonly now: Instant;
  /** Who posts it, as the ledger says. */
  readonly by: string;
  readonly earlier?: StoredPost | undefined;
  readonly settled?: Sendable["settled"];
  readonly note?: string | undefined;
  /** What the features have to say, where it was read already. */
  readonly gathered?: (() => Promise<Gathered>) | undefined;
  /** The post that a correction is about: it goes to the same place. */
  readonly corrected?: Post;
}

/** What a post says at one moment. */
export interface Showing {
  readonly card: Card;
  /** The same for the same words. */
  readonly shown: string;
  /** What it says, to tell later what has changed since. */
  readonly said?: string | undefined;
  readonly isEmpty: boolean;
}

/** Where a post goes, and who reads it there. */
export interface Way {
  readonly place: Place;
  readonly audience: Audience;
}

export type Outbox = ReturnType<typeof createOutbox>;

/** Makes posts ready: what they say at this moment, for whom, and the way there. */
export function createOutbox({ store, gather, posting, audienceNow, wayOf }: OutboxParts) {
  const since = sinceEarlier(store);
  return { prepare, showing, wayTo };

  /** A post with its claim, ready to be sent. Throws a UserError where its channel is gone. */
  async function prepare(
    committee: Committee,
    meeting: DigestMeeting,
    reference: Pick<Post, "kind" | "to" | "about">,
    { now, by, earlier, settled = async () => undefined, note, gathered, corrected }: Wishes,
  ): Promise<Sendable & { readonly isEmpty: boolean }> {
    const { kind, to, about } = reference;
    // A digest goes to the channel that is chosen now, also where an earlier try went elsewhere.
    const standing = corrected ?? (isCorrection(kind) ? earlier?.post : undefined);
    const { place, audience } = await wayTo(committee.id, standing ?? { kind, to });
    const at = now.toString();
    const view = { now, audience, at, to, note, gathered };
    const { card, shown, said, isEmpty } = await showing(committee, meeting, kind, view);
    const claim: Post = {
      ...{ meeting: meeting.date, kind, to, about },
      state: "sending",
      attempt: (earlier?.post.attempt ?? 0) + 1,
      ...{ by, at, note, shown, said, facts: factsOf(meeting), renewal: 0, unconfirmed: 0 },
      ...(audience === "chair" ? {} : { place, audience }),
      ...{ isTold: false, told: [], tellings: 0 },
    };
    const deliver = () =>
      isForChair(kind) ? posting.toPerson(to, place, card) : posting.toChannel(place, card);
    return { claim, deliver, earlier, settled, isEmpty };
  }

  /** What a post says now. `at` is when it was posted. */
  async function showing(
    committee: Committee,
    meeting: DigestMeeting,
    kind: Post["kind"],
    about: {
      readonly now: Instant;
      readonly audience: Audience;
      readonly at: string;
      /** The channel or the person that it is for. */
      readonly to: string;
    } & Pick<Wishes, "note" | "gathered">,
  ): Promise<Showing> {
    if (isCorrection(kind)) {
      const card = correctionCard(committee.name, meeting, about.at, { kind });
      return { card, shown: factsOf(meeting), isEmpty: false };
    }
    const { now, audience, note = "", gathered = () => gather(committee, meeting, now) } = about;
    const { pages, sections, isEmpty, fingerprint } = (await gathered())(audience);
    if (meeting.state !== "planned")
      return { card: changedCard(committee.name, meeting), shown: fingerprint, isEmpty };
    const changes = await since(committee.id, meeting, sections, { ...about, kind });
    const shown = changes === "" ? fingerprint : shortHash(fingerprint + changes);
    const said = saidIn(meeting, sections);
    const view = {
      page: 1,
      since: changes,
      now,
      today: dayOf(now),
      note,
      kind,
      canAcknowledge: true,
    };
    const card = digestCard(committee.name, meeting, pages, view);
    return { card: postedCard(card, meeting.date, kind), shown, said, isEmpty };
  }

  /**
   * The way to where a post stands, or is to stand. A post remembers its own channel. Throws a
   * UserError where a new one is not for the channel that is chosen.
   */
  async function wayTo(
    committee: string,
    post: Pick<Post, "kind" | "to"> & Partial<Pick<Post, "place" | "audience" | "state">>,
  ): Promise<Way & { readonly isEarlier: boolean }> {
    const channel = await store.channelOf(committee);
    if (isForChair(post.kind)) {
      const place = channel?.place ?? (await wayOf(committee))?.place;
      if (place) return { place, audience: "chair", isEarlier: false };
      throw new UserError("Nobody of the committee has written to me yet, so I cannot reach them.");
    }
    if (channel && channel.place.channel === post.to) {
      const audience = await audienceNow(committee, channel);
      return { place: channel.place, audience, isEarlier: false };
    }
    if (post.place && isStanding(post)) {
      const readers = await posting.readersOf(post.place);
      const isOpen = readers === "outsiders" || readers === "not known";
      const audience = isOpen ? "public" : (post.audience ?? "public");
      return { place: post.place, audience, isEarlier: true };
    }
    throw new UserError(
      `The digests go to ${channel ? channelKnownAs(channel) : "no channel"} now. Type post digest to post it there.`,
    );
  }
}

/** What stands in a channel, or may, and the corrections of it, stay there. */
function isStanding({ kind, state }: Pick<Post, "kind"> & Partial<Post>): boolean {
  return kind === "correction" || state === "sent" || state === "doubtful";
}
