import { dayOf, timeAndDate, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  holds,
  type Audience,
  type Command,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import { changedCard, digestCard, previewNote, type DigestMeeting } from "./cards.ts";
import type { Gather } from "./composing.ts";
import { correctionCard } from "./correction-cards.ts";
import type { OutboxParts } from "./outbox.ts";
import { isAbout, isCorrection, isForChair, mayStand } from "./rules.ts";
import { MeetingReference, PageReference, type PostKind, type PostReference } from "./schema.ts";
import type { Sending } from "./sending.ts";
import { sinceEarlier } from "./since.ts";
import type { DigestStore } from "./store.ts";
import said from "./said.json" with { type: "json" };

/** Those who may read a digest in their own chat. */
export const READERS = ["officer", "chair", "administrator"] as const;

interface ReadingParts {
  readonly store: DigestStore;
  readonly gather: Gather;
  readonly posts: Sending;
  /** Who can read the channel now: guests may have come since it was chosen. */
  readonly audienceNow: OutboxParts["audienceNow"];
  /** The next meeting, or the one that a text names. Throws a `UserError` where there is none. */
  readonly meetingOf: (turn: Turn, slots?: Slots) => Promise<DigestMeeting>;
  readonly meetingOn: (turn: Turn, date: Day) => Promise<DigestMeeting | undefined>;
  /** Told when somebody looks at the digest before it is posted. */
  readonly onPreview: (turn: Turn) => void;
}

/** Reading a digest: before it is posted, page by page, and saying that one has read it. */
export function digestReading(parts: ReadingParts) {
  const { store, gather, posts, audienceNow, meetingOf, meetingOn, onPreview } = parts;
  const since = sinceEarlier(store);
  const needs = { roles: READERS, places: ["personal"] } as const;
  const anyone = { roles: EVERYONE, places: ANYWHERE };
  const task = "The digest";
  const commands: Command[] = [
    {
      id: "digest.preview",
      name: "preview digest",
      full: "preview digest[ for {meeting}]",
      days: "ahead",
      examples: said.preview,
      phrases: [
        "preview",
        "show digest",
        "show preview digest",
        "preview the digest",
        "digest preview",
        "digest",
        "preview digest {month}",
        "preview digest {date}",
        "preview {month} digest",
        "preview {date} digest",
      ],
      purpose: "See what the digest for the next meeting says, before it is posted.",
      task,
      needs,
      run: preview,
    },
    {
      id: "digest.previewForChair",
      name: "preview the chair's digest",
      examples: said.previewForChair,
      phrases: ["preview chair digest", "chair digest", "show chair digest", "my digest"],
      purpose: "See the fuller digest that the chair gets in their own chat.",
      task,
      needs,
      run: showForChair,
    },
  ];
  const verbs: Record<string, Verb> = {
    "digest.page": { needs: anyone, run: turnPage, justForMe: true },
    "digest.refresh": { needs: anyone, run: turnPage, justForMe: true },
    "digest.acknowledge": { needs: anyone, run: acknowledge, justForMe: true },
  };
  return { commands, verbs };

  async function showForChair(turn: Turn): Promise<Card> {
    return show(turn, { meeting: "", kind: "chair", page: 1 });
  }

  async function preview(turn: Turn, slots: Slots): Promise<Card> {
    // "my" is one of the little words that are read over, so the text itself says whose is meant.
    if (/\bmy\b/i.test(slots.typed ?? "") && holds(turn.person, "chair")) return showForChair(turn);
    onPreview(turn);
    const { committee, person, now } = turn;
    const meeting = await meetingOf(turn, slots);
    // Only the next meeting's is posted by hand.
    const isNext = meeting.date === (await meetingOf(turn)).date;
    const channel = await store.channelOf(committee.id);
    const to = channel?.place.channel;
    const reference = { meeting: meeting.date, kind: "digest" as const, to: to ?? "" };
    const stored = to ? await posts.find(committee.id, reference, now) : undefined;
    const audience = channel ? await audienceNow(committee.id, channel) : "committee";
    const note = previewNote(committee.name, channel && audience, stored?.post);
    const canPost = isNext && channel !== undefined && stored?.post.state !== "sent";
    const { pages, sections } = (await gather(committee, meeting, now))(audience);
    const view = {
      page: 1,
      since: await since(committee.id, meeting, sections, {
        ...reference,
        audience,
        at: stored?.post.at ?? now.toString(),
      }),
      now,
      today: dayOf(now),
      note,
    };
    return digestCard(committee.name, meeting, pages, {
      ...view,
      canPost: canPost && holds(person, "officer"),
    });
  }

  async function turnPage(turn: Turn, data: unknown): Promise<Card> {
    return show(turn, checked(PageReference, data));
  }

  async function acknowledge(turn: Turn, data: unknown): Promise<Card> {
    const reference = checked(PageReference, data);
    const { meeting } = await readableHere(turn, reference);
    const { committee, person, now } = turn;
    const read = { person: person.id, name: person.name, at: now.toString() };
    const post = { ...reference, meeting: meeting.date, to: await whereTo(turn, reference) };
    if (!(await isPosted(committee.id, post)))
      throw new UserError("That digest is not posted yet, so nobody can have read it.");
    await store.acknowledge(committee.id, post, read);
    const { kind } = reference;
    if (isCorrection(kind))
      return correctionCard(committee.name, meeting, read.at, { isAcknowledged: true, kind });
    return show(turn, reference);
  }

  async function isPosted(committee: string, reference: PostReference): Promise<boolean> {
    const stored = await store.findPost(committee, reference);
    return stored !== undefined && mayStand(stored.post.state);
  }

  /** What is for the chair is in their own chat; everything else is in the channel. */
  async function whereTo({ committee, person }: Turn, { kind }: { readonly kind: PostKind }) {
    const channel = await store.channelOf(committee.id);
    return isForChair(kind) ? person.id : (channel?.place.channel ?? "no channel");
  }

  /** The reader's own view: how it stands now, and whether they have acknowledged it. */
  async function show(
    turn: Turn,
    reference: { readonly meeting: Day; readonly kind: PostKind; readonly page: number },
  ): Promise<Card> {
    const { committee, person, now } = turn;
    const { meeting, audience } = await readableHere(turn, reference);
    if (meeting.state !== "planned") return changedCard(committee.name, meeting);
    const { pages, sections } = (await gather(committee, meeting, now))(audience);
    const to = await whereTo(turn, reference);
    const post = { meeting: meeting.date, kind: reference.kind, to };
    const all = await store.acknowledgementsOf(committee.id, meeting.date);
    const read = all.find((each) => each.person === person.id && isAbout(each, post));
    const stored = await store.findPost(committee.id, { ...post, meeting: meeting.date });
    const stands = stored !== undefined && mayStand(stored.post.state);
    const at = stored?.post.at ?? now.toString();
    return digestCard(committee.name, meeting, pages, {
      since: await since(committee.id, meeting, sections, { ...post, audience, at }),
      ...{ kind: reference.kind, now, today: dayOf(now) },
      page: Math.min(reference.page, pages.length),
      note: stands
        ? "This is how it stands now. It may have changed since it was posted."
        : "This is a preview: how it stands now.",
      canAcknowledge: stands && !read,
      acknowledged: read ? timeAndDate(read.at) : "",
    });
  }

  /** In the committee's channel anyone there may read it; elsewhere only those with a role for it. */
  async function readableHere(
    turn: Turn,
    { meeting: date, kind }: { readonly meeting: string; readonly kind: PostKind },
  ): Promise<{ meeting: DigestMeeting; audience: Audience }> {
    const meeting = date
      ? await meetingOn(turn, checked(MeetingReference, { meeting: date }).meeting)
      : await meetingOf(turn);
    if (!meeting || meeting.date < dayOf(turn.now))
      throw new UserError("That meeting is over. Type next meeting to see the next one.");
    const channel = await store.channelOf(turn.committee.id);
    const isHere = channel !== undefined && channel.place.channel === turn.place.channel;
    const isReader =
      turn.place.kind === "personal" && READERS.some((role) => holds(turn.person, role));
    if (!isHere && !isReader)
      throw new NotAllowed("This digest can be read in the committee's channel only.");
    if (kind === "chair" && isReader) return { meeting, audience: "chair" };
    const audience = channel ? await audienceNow(turn.committee.id, channel) : "committee";
    return { meeting, audience };
  }
}
