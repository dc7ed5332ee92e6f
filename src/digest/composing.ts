import { dayOf, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Audience, DigestSection, DigestSource } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { shortHash } from "./facts.ts";
import { paginate } from "./rules.ts";

/** What a digest says at one moment. */
interface Content {
  readonly pages: readonly (readonly DigestSection[])[];
  readonly sections: readonly DigestSection[];
  readonly isEmpty: boolean;
  /** The same for the same words, whenever they are composed. */
  readonly fingerprint: string;
}

/** What was read for a digest, as each audience may see it. */
export type Gathered = (audience: Audience) => Content;

export type Gather = ReturnType<typeof gathering>;

/** Asks every feature once what it has to say for a meeting, in the order in which it is shown. */
export function gathering(sources: readonly DigestSource[]) {
  return async function gather(
    committee: Committee,
    meeting: DigestMeeting,
    now: Instant,
  ): Promise<Gathered> {
    const subject = { committee, meeting: meeting.date, now };
    const parts =
      meeting.state === "planned"
        ? await Promise.all(sources.map((source) => source(subject)))
        : [];
    const isPublished = meeting.publication <= dayOf(now);
    return (audience) => {
      const all = parts.flatMap((say) => say(audience));
      const sections =
        audience === "chair"
          ? all.toSorted((a, b) => Number(a.isLong ?? false) - Number(b.isLong ?? false))
          : all;
      return {
        pages: paginate(sections),
        sections,
        isEmpty: sections.length === 0,
        fingerprint: shortHash(JSON.stringify([meeting, isPublished, sections])),
      };
    };
  };
}
