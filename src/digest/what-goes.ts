import { longDate, timeAndDate, type Instant } from "../calendar.ts";
import type { Turn } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import type { OutboxParts } from "./outbox.ts";
import { canTryAgain, isForChair, mayStand } from "./rules.ts";
import { expectedSince, hasBegun, isPausedAt, planned, type Planned } from "./schedule.ts";
import type { Channel, DigestSettings, Post } from "./schema.ts";
import type { DigestStore } from "./store.ts";

/** One digest of the next meeting: when it goes, or what became of it. */
export interface PlannedLine {
  readonly line: string;
}

interface WhatGoesParts {
  readonly store: DigestStore;
  readonly wayOf: OutboxParts["wayOf"];
  readonly nextMeeting: (turn: Turn) => Promise<DigestMeeting | undefined>;
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
}

/** What is known of the digests of a meeting. */
interface Known {
  readonly posts: readonly Post[];
  readonly channel: Channel | undefined;
  readonly way: { readonly at: string } | undefined;
  readonly now: Instant;
}

const WHAT: Record<Planned["kind"], string> = {
  reminder: "The officers are reminded to choose a channel",
  digest: "The digest goes to the channel",
  chair: "The chair's own goes to their personal chat",
  publication: "The digest at publication goes to the channel",
};

const SENT: Record<Planned["kind"], string> = {
  reminder: "The reminder",
  digest: "The digest",
  chair: "The chair's own",
  publication: "The digest at publication",
};

/** A digest that comes due in some time. */
export interface DueThen extends PlannedLine {
  readonly kind: Planned["kind"];
  /** Only the next meeting's can be posted by hand. */
  readonly isNext: boolean;
}

export type WhatGoes = ReturnType<typeof whatGoes>["next"];
export type DueIn = ReturnType<typeof whatGoes>["dueIn"];

/** What goes out for the next meeting, what is due, and what was not posted with the way to it. */
export function whatGoes({ store, wayOf, nextMeeting, meetingsOf }: WhatGoesParts) {
  return {
    next,
    dueIn: async (turn: Turn, span: { readonly from: Instant; readonly until: Instant }) =>
      dueIn({ store, meetingsOf }, turn, span),
  };

  async function next(turn: Turn): Promise<{ readonly lines: readonly PlannedLine[] }> {
    const { id } = turn.committee;
    const meeting = await nextMeeting(turn);
    if (!meeting) return { lines: [] };
    const [settings, channel, way, stored] = await Promise.all([
      store.settingsOf(id),
      store.channelOf(id),
      wayOf(id),
      store.postsOf(id, meeting.date),
    ]);
    const known = { posts: stored.map(({ post }) => post), channel, way, now: turn.now };
    return { lines: plannedLines(meeting, settings, known) };
  }
}

/** The digests of the meetings to come that come due in a time, but for those that stand already. */
async function dueIn(
  { store, meetingsOf }: Pick<WhatGoesParts, "store" | "meetingsOf">,
  { committee: { id }, now }: Turn,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<DueThen[]> {
  const settings = await store.settingsOf(id);
  const coming = (await meetingsOf(id, now)).filter(
    (meeting) => meeting.state === "planned" && !hasBegun(meeting, now),
  );
  const due = coming.flatMap((meeting) =>
    planned(meeting, settings)
      .filter(
        ({ at }) =>
          at.epochMilliseconds >= from.epochMilliseconds &&
          at.epochMilliseconds < until.epochMilliseconds,
      )
      .map((each) => ({ ...each, meeting })),
  );
  const posts = await Promise.all(
    [...new Set(due.map(({ meeting }) => meeting.date))].map((date) => store.postsOf(id, date)),
  );
  const standing = posts.flat().filter(({ post }) => mayStand(post.state));
  return due
    .filter(
      ({ kind, meeting }) =>
        !standing.some(({ post }) => post.kind === kind && post.meeting === meeting.date),
    )
    .toSorted((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)
    .map(({ kind, at, meeting: { date } }) => ({
      ...{ kind, isNext: date === coming[0]?.date },
      line: `${SENT[kind]} for the meeting on ${longDate(date)}, due at ${timeAndDate(at.toString())}`,
    }));
}

function plannedLines(
  meeting: DigestMeeting,
  settings: DigestSettings,
  known: Known,
): PlannedLine[] {
  return planned(meeting, settings)
    .toSorted((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)
    .map((each) => lineOf(each, meeting, settings, known))
    .filter((line) => line !== "")
    .map((line) => ({ line }));
}

function lineOf(
  each: Planned,
  meeting: DigestMeeting,
  settings: DigestSettings,
  known: Known,
): string {
  const { kind, at } = each;
  const post = newestOf(kind, known);
  const was = `${SENT[kind]} was due at ${timeAndDate(at.toString())}`;
  const hand =
    kind === "chair" ? "The chair can type my digest to read it." : "Type post digest to post it.";
  if (post && mayStand(post.state))
    return `${SENT[kind]} was sent at ${timeAndDate(post.at)} by ${post.by}, and goes once.`;
  if (post?.state === "paused")
    return `${was}, while digests were paused, and was not posted. ${hand}`;
  if (post?.state === "no channel" && known.channel)
    return `${was}, when no channel was chosen, and was not posted. ${hand}`;
  if (post && post.state !== "refused") return "";
  if (isPausedAt(at, settings)) return "";
  if (at.epochMilliseconds > known.now.epochMilliseconds) {
    const when = timeAndDate(at.toString());
    return known.channel || isForChair(kind)
      ? `${WHAT[kind]} at ${when}.`
      : `${SENT[kind]} is due at ${when}. It goes if a channel is chosen by then.`;
  }
  if (hasBegun(meeting, known.now) || isPausedAt(known.now, settings)) return "";
  if (post && !canTryAgain(post)) return `${was}, and Teams refused it. ${hand}`;
  const since = expectedSince(kind, known.channel, known.way);
  if (since === undefined || at.epochMilliseconds < since)
    return `${was}, before a channel was chosen, so it does not go by itself. ${hand}`;
  return `${was} and is not posted yet. It goes in a few minutes, or as soon as Teams takes it.`;
}

/** What stands anywhere counts first. What an earlier channel refused goes to the one chosen now. */
function newestOf(kind: Planned["kind"], { posts, channel }: Known): Post | undefined {
  const own = posts.filter((post) => post.kind === kind);
  return (
    own.find(({ state }) => mayStand(state)) ??
    own.find(({ state }) => state !== "refused") ??
    own.find(({ to }) => isForChair(kind) || to === channel?.place.channel)
  );
}
