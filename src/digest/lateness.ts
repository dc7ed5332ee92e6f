import { longDate, readInstant, timeAndDate, type Day, type Instant } from "../calendar.ts";
import { isOutdated } from "./rules.ts";
import { isLate } from "./schedule.ts";
import type { Post } from "./schema.ts";

/** A time in which no replica of the bot was at work. */
export interface Away {
  readonly from: string;
  readonly until: string;
}

/** When a meeting came into the plan on its day: as a new one, or from another day. */
export interface PlannedSince {
  readonly at: string;
  readonly how: "added" | "moved";
}

/** What is known of why something that was due is posted only now. */
interface Circumstances {
  /** When it was due. */
  readonly at: Instant;
  /** Since when the meeting is in the plan, where that is later. */
  readonly since?: PlannedSince | undefined;
  /** The try before this one. */
  readonly earlier: Post | undefined;
  readonly away: Away | undefined;
  /** Whether the reader became chair only after it was due. */
  readonly isNewToIt: boolean;
  /** The day from which its meeting was moved here, where it was not due by then. */
  readonly movedFrom?: Day | undefined;
}

const WAYS = { added: "added", moved: "moved to this day" } as const;

/** Over a digest that comes late: since when, and why where that is known. */
export function lateNote(circumstances: Circumstances, now: Instant): string | undefined {
  const { at } = circumstances;
  if (!isLate({ at }, now)) return undefined;
  const { movedFrom } = circumstances;
  if (movedFrom)
    return `This comes nearer to the meeting than others, because the meeting was moved from ${longDate(movedFrom)}.`;
  const late = `This was due at ${timeAndDate(at.toString())} and comes late`;
  const reasons = reasonsOf(circumstances, now);
  return reasons.length > 0 ? `${late}, because ${reasons.join(", and ")}.` : `${late}.`;
}

/** Over a digest that an officer posts by hand after it was not posted while digests were paused. */
export function pausedNote(earlier: Post | undefined, now: Instant): string | undefined {
  if (earlier?.state !== "paused" || !isLate({ at: readInstant(earlier.at) }, now))
    return undefined;
  return "This comes late, because digests were paused when it was due.";
}

/** Over a digest in the place of one that stands there, and that the bot cannot change. */
export function correctedNote(earlier: Post | undefined): string | undefined {
  if (!earlier || !isOutdated(earlier)) return undefined;
  return `This corrects the digest that was posted here at ${timeAndDate(earlier.at)}. What has changed since is in it.`;
}

/** A meeting that came late into the plan is a reason alone, unless its digest took longer still. */
function reasonsOf(circumstances: Circumstances, now: Instant): string[] {
  const { since } = circumstances;
  const own = since && `the meeting was ${WAYS[since.how]} at ${timeAndDate(since.at)}`;
  const isLateStill = !since || isLate({ at: readInstant(since.at) }, now);
  const other = isLateStill ? reasonOf(circumstances) : undefined;
  return [own, other].filter((each) => each !== undefined);
}

function reasonOf({ earlier, away, isNewToIt }: Circumstances): string | undefined {
  if (isNewToIt) return "you did not chair the committee then";
  if (earlier?.state === "refused") return `Teams refused it until ${timeAndDate(earlier.at)}`;
  if (!away) return undefined;
  return `this bot was not running from ${timeAndDate(away.from)} to ${timeAndDate(away.until)}`;
}
