import { dayOf, longDate, type Instant } from "../../calendar.ts";
import type { Reading } from "./schema.ts";

/** After a fault of ours, or where the feed does not say for how long it is away. */
const FIRST_PAUSE_MS = 15 * 60_000;
/** Each pause is twice as long as the one before it, and never longer than this. */
const LONGEST_PAUSE_MS = 4 * 60 * 60_000;
/** What a feed itself asks for is kept to, up to a day: a daily feed is asked once on each. */
const LONGEST_ASKED_MS = 24 * 60 * 60_000;
/** Further ahead no date is said. */
const LONGEST_SAID_MS = 50 * 365 * LONGEST_ASKED_MS;

/** Where a reading stands: it has moved on when this is another one. */
export function placeOf({ state, pages, applied }: Reading): string {
  return `${state === "paused" ? "reading" : state} ${pages} ${applied}`;
}

/**
 * What is written down of a reading that cannot go on now: what happened, since how many pauses,
 * and when it is tried again.
 *
 * @param asked Milliseconds that the feed asked us to wait.
 * @param now By the computer's clock.
 */
export function pausing(
  reading: Reading,
  { problem, asked = 0, hasMoved }: { problem: string; asked?: number; hasMoved: boolean },
  now: Instant,
): Partial<Reading> {
  const pauses = hasMoved ? 1 : reading.pauses + 1;
  const own = Math.min(FIRST_PAUSE_MS * 2 ** (pauses - 1), LONGEST_PAUSE_MS);
  const wait = Math.min(Math.max(asked, own), LONGEST_ASKED_MS);
  const said = asked > LONGEST_ASKED_MS ? ` ${askedInWords(asked, now)}` : "";
  return { pauses, problem: problem + said, notBefore: later(now, wait) };
}

function askedInWords(asked: number, now: Instant): string {
  if (asked > LONGEST_SAID_MS) return "It wants to be left alone for more than 50 years.";
  const day = dayOf(now.add({ milliseconds: Math.round(asked) }));
  return `It wants to be left alone until ${longDate(day)}.`;
}

function later(now: Instant, wait: number): string {
  return now.add({ milliseconds: Math.round(wait) }).toString();
}
