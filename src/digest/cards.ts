import {
  dateWithWeekday,
  longDate,
  timeAndDate,
  timeOfDay,
  type Day,
  type Instant,
} from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Audience, DigestSection, Place, Readers } from "../feature.ts";
import type { Post } from "./schema.ts";

/** What a digest says of its meeting. */
export interface DigestMeeting {
  readonly date: Day;
  readonly time?: string | undefined;
  readonly venue?: string | undefined;
  readonly draftDeadline?: string | undefined;
  readonly publication: Day;
}

/** Which page of a digest is shown, when, and what the reader should know of it. */
interface DigestView {
  readonly page: number;
  readonly now: Instant;
  readonly today: Day;
  readonly note?: string;
  /** Whether the reader can post it from here. */
  readonly canPost?: boolean;
}

const AUDIENCES: Record<Audience, string> = {
  committee: "committee members and officers",
  private: "the members and officers of a private channel",
  public: "people outside the committee too, as far as I know",
};

const SOURCES: Record<Readers, string> = {
  team: "Teams says that it is a standard channel, with nobody from outside in the team.",
  "private channel": "Teams says that it is a private channel, with nobody from outside in it.",
  outsiders: "Teams says that guests or people of other organisations can read it.",
  "not known": "Teams did not say who can read it.",
};

/** One page of a digest. */
export function digestCard(
  committee: string,
  meeting: DigestMeeting,
  pages: readonly (readonly DigestSection[])[],
  { page, now, today, note = "", canPost = false }: DigestView,
): Card {
  const sections = pages[page - 1] ?? [];
  const blocks = sections.flatMap((section) => section.blocks);
  const published = meeting.publication <= today ? "published" : "not yet published";
  return fill("digest/digest", {
    committee,
    note,
    hasNote: note !== "",
    canPost,
    meeting: meeting.date,
    date: dateWithWeekday(meeting.date),
    time: meeting.time ? timeOfDay(meeting.time) : "time not given",
    venue: meeting.venue ?? "place not given",
    draftDeadline: meeting.draftDeadline ? longDate(meeting.draftDeadline) : "Not given",
    publication: `${longDate(meeting.publication)} (${published})`,
    page,
    pages: pages.length,
    isPaged: pages.length > 1,
    isFirstPage: page === 1,
    sections: sections.map((section) => ({
      title: section.title,
      blocks: section.blocks.map(({ head, lines }) => ({
        head,
        hasHead: head !== "",
        lines: lines.map((line) => ({ line })),
      })),
    })),
    whole: blocks.flatMap(({ whole }) =>
      whole ? [{ ...whole, data: { ...whole.data, meeting: meeting.date, page } }] : [],
    ),
    asOf: timeAndDate(now.toString()),
    hasPrevious: page > 1,
    previous: page - 1,
    hasNext: page < pages.length,
    next: page + 1,
  });
}

/** The channel is set, who can read it, and what follows from that. */
export function channelCard(
  committee: string,
  { channel = "" }: Place,
  audience: Audience,
  readers: Readers,
): Card {
  const offerCommittee = audience === "public" && readers !== "outsiders";
  const offerPublic = audience === "committee";
  return fill("digest/channel", {
    committee,
    channel,
    audience: AUDIENCES[audience],
    what:
      audience === "public"
        ? "Digests here show who has sent an update, but not its text, until it is attached to the minutes."
        : "Digests here show each update in short, and anyone here can read it whole.",
    source: SOURCES[readers],
    canChange: offerCommittee || offerPublic,
    offerCommittee,
    offerPublic,
  });
}

/** Over a preview: whether it was posted already, and what its channel will not show. */
export function previewNote(
  committee: string,
  audience: Audience | undefined,
  post: Post | undefined,
): string {
  if (!audience)
    return `This is a preview. No channel is chosen yet: in the committee's channel, mention me and write use this channel for ${committee}.`;
  if (post?.state === "sent")
    return `Posted by ${post.by} at ${timeAndDate(post.at)}. This is how it would read now.`;
  const withheld =
    audience === "public"
      ? " The text of the updates is left out, because people outside the committee may read the channel. If that is not so, mention me there and write use this channel."
      : "";
  return `This is a preview. Nothing has been posted.${withheld}`;
}

/** The last question before a digest is posted. */
export function confirmCard(meeting: DigestMeeting, audience: Audience): Card {
  return fill("digest/confirm", {
    meeting: meeting.date,
    date: longDate(meeting.date),
    channelName: "the committee's channel",
    isWithheld: audience === "public",
    withheld:
      "People outside the committee may read that channel, so it will not show the text of the updates.",
  });
}

/** What became of a post, and what the officer can do about it. */
export function outcomeCard({ state, meeting, attempt, by, at }: Post): Card {
  const date = longDate(meeting);
  const said = {
    sent: {
      title: "The digest is posted",
      detail: `The digest for the meeting on ${date} was posted to the committee's channel by ${by} at ${timeAndDate(at)}. It is posted once.`,
    },
    refused: {
      title: "The digest was not posted",
      detail: `Teams refused the digest for the meeting on ${date}. Check that this bot is still in the channel's team, then try again.`,
    },
    sending: {
      title: "It is being posted",
      detail: `Posting the digest for the meeting on ${date} began at ${timeAndDate(at)}. Look again in a minute.`,
    },
    doubtful: {
      title: "It may not have arrived",
      detail: `Posting the digest for the meeting on ${date} began at ${timeAndDate(at)}, and Teams has not confirmed it. Look in the committee's channel, then press one of the buttons.`,
    },
  }[state];
  return fill("digest/outcome", {
    ...said,
    meeting,
    attempt,
    isOnItsWay: state === "sending",
    isDoubtful: state === "doubtful",
    canRetry: state === "refused",
  });
}
