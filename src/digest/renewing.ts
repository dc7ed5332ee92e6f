import type { Day, Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Posting, Sent } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import type { Gathered } from "./composing.ts";
import { factsOf } from "./facts.ts";
import type { Outbox, Showing } from "./outbox.ts";
import { isBusy, isForChair, MOST_TRIES } from "./rules.ts";
import type { Post } from "./schema.ts";
import type { DigestStore, StoredPost } from "./store.ts";

/** So often a renewal begins again because another replica was at it too. */
const MOST_ROUNDS = 4;

export interface RenewingParts {
  readonly store: DigestStore;
  readonly outbox: Outbox;
  readonly posting: Posting;
  /** A meeting as the plan has it in this moment: an older plan would bring an older card back. */
  readonly meetingNow: (
    committee: string,
    date: Day,
    now: Instant,
  ) => Promise<DigestMeeting | undefined>;
}

/** A post and its meeting, and then what the features say: read in that order. */
export interface Seen {
  readonly stored: StoredPost | undefined;
  readonly meeting: DigestMeeting | undefined;
  readonly gathered?: () => Promise<Gathered>;
}

/**
 * What became of keeping a post as things stand: "never" cannot be changed where it
 * stands and sends its readers wrong; "outdated" cannot either, and they miss something. */
export type Renewal = "as it stands" | "outdated" | "renewed" | "later" | "never";

export type Renewing = ReturnType<typeof renewing>;

/**
 * Puts what a post says now where it was posted. Each renewal takes a number in the post's row
 * before it is sent, and looks at it again afterwards: whoever finds a newer one there may have put
 * an older card over it, and begins again with what holds now.
 */
export function renewing({ store, outbox, posting, meetingNow }: RenewingParts) {
  return { renew };

  /** What is given as seen holds for the first round: whoever renewed the post since is noticed. */
  async function renew(
    committee: Committee,
    reference: Post,
    seen: Seen,
    now: Instant,
  ): Promise<Renewal> {
    let isOvertaken = false;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const { stored, meeting, gathered } = round === 0 ? seen : await look();
      if (!meeting || stored?.post.attempt !== reference.attempt) return "as it stands";
      const { post } = stored;
      if (!post.activity && isWrong(post, meeting)) return "never";
      if (!post.activity && (!post.settledBy || post.outdated)) return "as it stands";
      const { kind, at, to, note } = post;
      const { place, audience, isEarlier } = await outbox.wayTo(committee.id, post);
      // Who reads an earlier channel learns where and when, and nothing else that is new.
      if (isEarlier && !isOvertaken && !isWrong(post, meeting)) return "as it stands";
      const view = { now, audience, at, to, note, gathered };
      const showing = await outbox.showing(committee, meeting, kind, view);
      if (!isOvertaken && showing.shown === post.shown) return "as it stands";
      if (!post.activity) return "outdated";
      const renewal = post.renewal + 1;
      if (!(await store.claim(committee.id, { ...post, renewal, shown: "" }, stored))) continue;
      const sent = isForChair(kind)
        ? await posting.renewForPerson(post.to, place, post.activity, showing.card)
        : await posting.renewInChannel(place, post.activity, showing.card);
      const noted = await store.change(committee.id, post, (each) =>
        each.renewal === renewal ? renewed(each, meeting, showing, { sent, now }) : undefined,
      );
      if (noted?.renewal === renewal) return outcomeOf(sent, noted);
      isOvertaken = true;
    }
    return "later";

    async function look(): Promise<Seen> {
      const stored = await store.findPost(committee.id, reference);
      return { stored, meeting: await meetingNow(committee.id, reference.meeting, now) };
    }
  }
}

/** Whether somebody who reads it there goes at the wrong time, or to the wrong place. */
export function isWrong({ facts }: Post, meeting: DigestMeeting): boolean {
  return facts ? facts !== factsOf(meeting) : meeting.state !== "planned";
}

function renewed(
  post: Post,
  meeting: DigestMeeting,
  { shown }: Showing,
  { sent, now }: { readonly sent: Sent; readonly now: Instant },
): Post {
  const facts = factsOf(meeting);
  const noted = { renewedAt: now.toString(), renewedAs: meeting.state };
  return sent.outcome === "sent"
    ? { ...post, shown, facts, ...noted, unconfirmed: 0 }
    : { ...post, unconfirmed: post.unconfirmed + 1 };
}

/** What Teams is too busy for, or did not confirm, is tried again, but not without end. */
function outcomeOf(sent: Sent, { unconfirmed }: Post): Renewal {
  if (sent.outcome === "sent") return "renewed";
  const isForGood = sent.outcome === "refused" && !isBusy(sent.reason);
  return isForGood || unconfirmed >= MOST_TRIES ? "never" : "later";
}
