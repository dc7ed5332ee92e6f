import { dayOf, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Audience, DigestSection, DigestSource } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { shortHash } from "./facts.ts";
import { paginate } from "./rules.ts";

/** What a digest says at one moment. */
export interface Content {
  readonly pages: readonly (readonly DigestSection[])[];
  readonly isEmpty: boolean;
  /** The same for the same words, whenever they are composed. */
  readonly fingerprint: string;
}

export type Compose = ReturnType<typeof composing>;

/** Asks every feature what it has to say for a meeting, in the order in which it is shown. */
export function composing(sources: readonly DigestSource[]) {
  return async function compose(
    committee: Committee,
    meeting: DigestMeeting,
    audience: Audience,
    now: Instant,
  ): Promise<Content> {
    const subject = { committee, meeting: meeting.date, audience, now };
    const parts =
      meeting.state === "planned"
        ? await Promise.all(sources.map((source) => source(subject)))
        : [];
    const all = parts.flat();
    const sections =
      audience === "chair"
        ? all.toSorted((a, b) => Number(a.isLong ?? false) - Number(b.isLong ?? false))
        : all;
    const isPublished = meeting.publication <= dayOf(now);
    return {
      pages: paginate(sections),
      isEmpty: sections.length === 0,
      fingerprint: shortHash(JSON.stringify([meeting, isPublished, sections])),
    };
  };
}
