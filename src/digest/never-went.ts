import { addDays, dayOf, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Job } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import type { OutboxParts } from "./outbox.ts";
import { neverWentCard } from "./post-cards.ts";
import { BY_ITSELF } from "./rules.ts";
import { DAYS_BACK, expectedSince, isPausedAt, planned, type Planned } from "./schedule.ts";
import type { NewPost } from "./schema.ts";
import type { DigestStore } from "./store.ts";
import { isAddedAfterwards, type LateParts } from "./why-late.ts";
import type { TellOfficers } from "./words.ts";

interface NeverParts {
  readonly store: DigestStore;
  readonly meetingsOf: (committee: string, now: Instant) => Promise<readonly DigestMeeting[]>;
  readonly tellOfficers: TellOfficers;
  readonly wayOf: OutboxParts["wayOf"];
  readonly plannedSince: LateParts["plannedSince"];
}

/**
 * The digests that no replica was there to send, nor to miss: those of meetings so long ago that
 * nothing else looks at them any more. Looked for once after each meeting, with all earlier ones.
 */
export function neverSent(parts: NeverParts): Job {
  const { store, meetingsOf, tellOfficers, wayOf } = parts;
  return {
    name: "digests that never went",
    due: async ({ id }, now) => (await meetingsLongAgo(id, now)).at(-1)?.date,
    run: tellOnce,
  };

  /** The rows are written when they were told: after a stop in between they are told again. */
  async function tellOnce(committee: Committee, now: Instant): Promise<void> {
    const channel = await store.channelOf(committee.id);
    const way = await wayOf(committee.id);
    const from = channel?.place ?? way?.place;
    if (!from) return;
    const sinceOf = (kind: Planned["kind"]) => expectedSince(kind, channel, way) ?? Infinity;
    const never = await neverWent(committee.id, sinceOf, now);
    if (never.length === 0) return;
    const word = { card: neverWentCard(committee.name, never), known: [] };
    const { told } = await tellOfficers(committee, now, from, word);
    if (told.length === 0) throw new Error("No officer could be told which digests never went");
    for (const { meeting, kinds } of never)
      for (const { kind } of kinds) {
        const to = kind === "chair" ? "the chair" : (channel?.place.channel ?? "no channel");
        const post = { meeting: meeting.date, kind, to, attempt: 1, by: BY_ITSELF, isTold: true };
        const row: NewPost = { ...post, state: "missed", at: now.toString() };
        await store.claim(committee.id, row);
      }
  }

  /** The digest itself is always expected. Where it has a row, somebody was there to see to it. */
  async function neverWent(
    committee: string,
    sinceOf: (kind: Planned["kind"]) => number,
    now: Instant,
  ) {
    const settings = await store.settingsOf(committee);
    const never: { meeting: DigestMeeting; kinds: readonly Planned[] }[] = [];
    for (const meeting of await meetingsLongAgo(committee, now)) {
      const expected = planned(meeting, settings).filter(
        ({ kind, at }) => at.epochMilliseconds >= sinceOf(kind) && !isPausedAt(at, settings),
      );
      if (!expected.some(({ kind }) => kind === "digest")) continue;
      const known = (await store.postsOf(committee, meeting.date)).map(({ post }) => post.kind);
      if (known.includes("digest")) continue;
      if (await isAddedAfterwards(parts, committee, meeting)) continue;
      never.push({ meeting, kinds: expected.filter(({ kind }) => !known.includes(kind)) });
    }
    return never;
  }

  async function meetingsLongAgo(committee: string, now: Instant): Promise<DigestMeeting[]> {
    const line = addDays(dayOf(now), -DAYS_BACK);
    const meetings = await meetingsOf(committee, now);
    return meetings.filter(({ date, state }) => state === "planned" && date < line);
  }
}
