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
import type { Post, PostKind } from "./schema.ts";

/** What a digest says of its meeting. */
export interface DigestMeeting {
  readonly date: Day;
  readonly time?: string | undefined;
  readonly venue?: string | undefined;
  readonly draftDeadline?: string | undefined;
  readonly publication: Day;
  /** Whether the plan gives it; else it is the last day that the law allows. */
  readonly isPublicationGiven?: boolean;
  readonly state: "planned" | "moved" | "cancelled";
  readonly movedTo?: Day | undefined;
}

/** Which page of a digest is shown, when, and what the reader should know of it. */
interface DigestView {
  readonly page: number;
  readonly now: Instant;
  readonly today: Day;
  readonly note?: string;
  /** What has changed since the digest before it. */
  readonly since?: string;
  /** Whether the reader can post it from here. */
  readonly canPost?: boolean;
  readonly kind?: PostKind;
  /** Whether readers can say that they have read it. */
  readonly canAcknowledge?: boolean;
  /** When this reader has said so. */
  readonly acknowledged?: string;
}

const AUDIENCES: Record<Audience, string> = {
  chair: "the chair",
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
  { page, now, today, note = "", canPost = false, ...view }: DigestView,
): Card {
  const { kind = "digest", canAcknowledge = false, acknowledged = "", since = "" } = view;
  const sections = pages[page - 1] ?? [];
  const blocks = sections.flatMap((section) => section.blocks);
  return fill("digest/digest", {
    committee,
    heading: headingOf(meeting, kind, today),
    ...{ since, hasSince: since !== "" },
    note,
    hasNote: note !== "",
    canPost,
    canAcknowledge,
    acknowledged,
    isAcknowledged: acknowledged !== "",
    kind,
    meeting: meeting.date,
    time: meeting.time ? timeOfDay(meeting.time) : "time not given",
    venue: meeting.venue ?? "place not given",
    draftDeadline: meeting.draftDeadline ? longDate(meeting.draftDeadline) : "Not given",
    publication: publicationLine(meeting, today),
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

/** A publication that was put off since is not said to have taken place. */
function headingOf({ date, publication }: DigestMeeting, kind: PostKind, today: Day): string {
  const day = dateWithWeekday(date);
  if (kind !== "publication") return `Before the meeting on ${day}`;
  const is = publication <= today ? "is" : "is not yet";
  return `The agenda ${is} published: the meeting on ${day}`;
}

/** A day that nobody has given is not said to be the day on which it was published. */
function publicationLine({ publication, isPublicationGiven = true }: DigestMeeting, today: Day) {
  const day = longDate(publication);
  if (!isPublicationGiven)
    return `Not given in the agenda plan. The last day the law allows is ${day}.`;
  return `${day} (${publication <= today ? "published" : "not yet published"})`;
}

/**
 * A posted digest. Teams asks for each reader's own view of it when they see it. Their view asks
 * for nothing more, or Teams would ask for ever.
 */
export function postedCard(card: Card, meeting: Day, kind: PostKind): Card {
  const action = {
    type: "Action.Execute",
    verb: "digest.refresh",
    data: { meeting, kind, page: 1 },
  };
  return { ...card, refresh: { action } };
}

/** What stands where the digest of a meeting was that was moved or cancelled since. */
export function changedCard(committee: string, { date, state, movedTo }: DigestMeeting): Card {
  const to = movedTo ? `It is now on ${dateWithWeekday(movedTo)}.` : "No other date is set.";
  return fill("digest/changed", {
    committee,
    title: `The meeting on ${longDate(date)} is ${state}`,
    what: state === "moved" ? to : "It does not take place.",
  });
}

/** The channel is set, who can read it, and what follows from that. */
export function channelCard(
  committee: string,
  { channel = "" }: Place,
  audience: Audience,
  {
    readers,
    planned = [],
    before = "",
  }: {
    readonly readers: Readers;
    readonly planned?: readonly { readonly line: string }[];
    /** The channel that they went to until now, if it was another one. */
    readonly before?: string;
  },
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
    ...{ before, hasBefore: before !== "" },
    canChange: offerCommittee || offerPublic,
    offerCommittee,
    offerPublic,
    ...{ planned, hasPlanned: planned.length > 0 },
  });
}

/** Asks before the digests get a channel. `now` is where they go: "here", or a channel's words. */
export function useChannelCard(committee: string, now: string | undefined): Card {
  const elsewhere = `Now they go to ${now}. Those posted there stay, and say so if their meeting is moved or cancelled.`;
  const goNow = now === "here" ? "They go here already." : now ? elsewhere : "Now they go nowhere.";
  return fill("digest/use-channel", { committee, now: goNow });
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
