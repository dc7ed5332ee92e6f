import { longDate, timeAndDate, type Day, type Instant } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Audience } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { isAbout, isBusy, isCorrection, isForChair, isOutdated, mayStand } from "./rules.ts";
import { earlierChannel } from "./channel-words.ts";
import type { Acknowledgement, Channel, NewPost, Post, PostKind } from "./schema.ts";

const NAMES: Record<PostKind, string> = {
  digest: "digest",
  publication: "digest at publication",
  chair: "chair's digest",
  correction: "correction",
  "chair correction": "correction for the chair",
  reminder: "reminder",
};

const OUTCOMES: Record<Post["state"], string> = {
  sending: "on its way",
  sent: "posted",
  refused: "refused by Teams",
  doubtful: "may not have arrived",
  empty: "not posted: there was nothing to say",
  paused: "not posted: digests were paused",
  missed: "not posted: the meeting had begun before it could be",
  "no channel": "not posted: no channel is chosen",
  "not needed": "not needed: the digest was posted by then",
};

/**
 * The last question before a digest is posted. `elsewhere`: it stands in an earlier channel.
 * `instead`: which one will not go by itself any more.
 */
export function confirmCard(
  meeting: DigestMeeting,
  audience: Audience,
  { elsewhere = "", instead = "" } = {},
): Card {
  return fill("digest/confirm", {
    meeting: meeting.date,
    date: longDate(meeting.date),
    channelName: "the committee's channel",
    ...{ elsewhere, isElsewhere: elsewhere !== "" },
    ...{ instead, isInstead: instead !== "" },
    isWithheld: audience === "public",
    withheld:
      "People outside the committee may read that channel, so it will not show the text of the updates.",
  });
}

/**
 * What became of a post, and what the officer can do about it, where the digests go to a channel
 * now that need not be the one that was meant.
 */
export function outcomeCard(post: NewPost, channel?: Channel, instead = ""): Card {
  const { state, meeting, kind, to, about = "", attempt, by, at, reason, settledBy } = post;
  const noun = isCorrection(kind) ? "correction" : "digest";
  const what = `The ${NAMES[kind]} for the meeting on ${longDate(meeting)}`;
  const isEarlier = !isForChair(kind) && channel !== undefined && channel.place.channel !== to;
  const ofCommittee = isEarlier ? earlierChannel(post, channel) : "the committee's channel";
  const where = isForChair(kind) ? "the chair's personal chat" : ofCommittee;
  const canRepeat = !isEarlier || isCorrection(kind);
  const when = timeAndDate(at);
  const bringsBack = isForChair(kind)
    ? "Ask the chair to open a chat with this bot, then try again."
    : "Check that this bot is still in the channel's team, then try again.";
  const whyRefused = () =>
    isBusy(reason)
      ? "There is more going to that place at the moment than Teams takes. Wait half a minute, then try again."
      : `Teams refused it. ${bringsBack}`;
  const bySomebody = `${what} was sent at ${when}, and ${settledBy} said that it is in ${where}.`;
  const said: Record<Post["state"], { title: string; detail: string }> = {
    sent: isOutdated(post)
      ? {
          title: `The ${noun} cannot be changed where it stands`,
          detail: `${bySomebody} Things have changed since. I cannot change it there, as Teams did not confirm it. Post a correction: it says how things stand now.`,
        }
      : {
          title: `The ${noun} is posted`,
          detail: settledBy
            ? `${bySomebody} I cannot change it there, as Teams did not confirm it. When something in it changes, I ask you whether to post a correction.`
            : `${what} was posted to ${where} by ${by} at ${when}. It is posted once. ${instead}`.trim(),
        },
    refused: {
      title: `The ${noun} was not posted`,
      detail: `${what} was not posted. ${whyRefused()}`,
    },
    sending: {
      title: "It is being posted",
      detail: `${what} is on its way since ${when}. Look again in a minute.`,
    },
    doubtful: {
      title: "It may not have arrived",
      detail: `${what} was sent at ${when}, and Teams has not confirmed it. Look in ${where}${canRepeat ? ", then press one of the buttons." : ". Where it is there, press It is there. Where it is not, type post digest to post it to the channel chosen now."}`,
    },
    empty: {
      title: "There is no digest to post",
      detail: `${what} was due, and there is nothing to say in it. Nothing was posted.`,
    },
    paused: isCorrection(kind)
      ? {
          title: "The correction was not posted",
          detail: `${what} was not posted, because digests are paused. Until it is, a digest in ${where} says something else.`,
        }
      : {
          title: "Digests were paused",
          detail: `${what} was due while digests were paused, so it was not posted.`,
        },
    missed: {
      title: "A digest was never posted",
      detail: `${what} was due, and could not be posted before the meeting began. It was not posted.`,
    },
    "not needed": {
      title: "It was not needed",
      detail: `${what} was not posted, because the digest itself had just been posted.`,
    },
    "no channel": {
      title: "No channel is chosen for the digest",
      detail:
        kind === "reminder"
          ? `The digest for the meeting on ${longDate(meeting)} is due on the next working day. In the committee's channel, mention me and write: use this channel.`
          : `${what} was due, and was not posted. In the committee's channel, mention me and write: use this channel. Then type post digest.`,
    },
  };
  return fill("digest/outcome", {
    ...said[state],
    ...{ meeting, kind, to, about, attempt },
    isOnItsWay: state === "sending",
    isDoubtful: state === "doubtful",
    canPostIt: (state === "doubtful" && canRepeat) || (state === "paused" && isCorrection(kind)),
    canCorrect: isOutdated(post) && canRepeat,
    canRetry: state === "refused" && canRepeat,
    canPost:
      !isCorrection(kind) &&
      (state === "paused" || state === "empty" || (state === "doubtful" && isEarlier)),
  });
}

/** Which digests no replica was there to send, all on one card. */
export function neverWentCard(
  committee: string,
  never: readonly {
    readonly meeting: DigestMeeting;
    readonly kinds: readonly { readonly kind: PostKind; readonly at: Instant }[];
  }[],
): Card {
  return fill("digest/never-went", {
    committee,
    lines: never.flatMap(({ meeting, kinds }) =>
      kinds.map(({ kind, at }) => ({
        line: `Meeting on ${longDate(meeting.date)}: the ${NAMES[kind]}, due at ${timeAndDate(at.toString())}`,
      })),
    ),
  });
}

/** Every post of the last meetings: what, when, where, with what outcome and after how many tries. */
export function historyCard(
  committee: string,
  meetings: readonly {
    readonly date: Day;
    readonly posts: readonly Post[];
    readonly acknowledged: readonly Acknowledgement[];
  }[],
  { hasChannel = true, canSettle = false } = {},
): Card {
  return fill("digest/history", {
    committee,
    hasChannel,
    canSet: canSettle,
    isEmpty: meetings.length === 0,
    meetings: meetings.map(({ date, posts, acknowledged }) => ({
      date: longDate(date),
      lines: posts
        .filter(({ kind }) => kind !== "reminder")
        .map((post) => ({
          line: `${postLine(post)}${renewalLine(post)}${readersLine(post, acknowledged)}`,
          canSettle: canSettle && post.state === "doubtful",
          ...{ meeting: post.meeting, kind: post.kind, to: post.to, attempt: post.attempt },
          about: post.about ?? "",
        })),
    })),
  });
}

/** Who has said that they have read it. Teams tells nobody who has seen a message. */
function readersLine(post: Post, acknowledged: readonly Acknowledgement[]): string {
  const names = acknowledged.filter((each) => isAbout(each, post)).map(({ name }) => name);
  if (names.length > 0) return ` Acknowledged by ${names.length}: ${names.toSorted().join(", ")}.`;
  return mayStand(post.state) ? " Nobody has acknowledged it yet." : "";
}

/** What stands there now is not what was posted. */
function renewalLine({ renewedAt, renewedAs }: Post): string {
  if (!renewedAt) return "";
  const what =
    renewedAs === "planned" ? "Updated in place" : `Replaced by a notice that it is ${renewedAs}`;
  return ` ${what}, ${timeAndDate(renewedAt)}.`;
}

function postLine(post: Post): string {
  const { kind, state, at, by, attempt, reason, place, settledBy, outdated } = post;
  const channel = place?.name ? `to the channel “${place.name}”` : "to the channel";
  const where = isForChair(kind) ? "to the chair's personal chat" : channel;
  const why = reason ? ` (${reason})` : "";
  const tries = attempt === 1 ? "1 try" : `${attempt} tries`;
  const word = settledBy
    ? ` ${settledBy} said that it is there. It is not changed by the bot${outdated ? ", and something has changed since" : ""}.`
    : "";
  return `${capital(NAMES[kind])}, ${where}: ${OUTCOMES[state]}${why}. ${timeAndDate(at)}, by ${by}, ${tries}.${word}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
