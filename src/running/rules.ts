import { dayOf, londonClock, millisecondsBetween, type Day, type Instant } from "../calendar.ts";
import { warningOn, type Credential } from "../credential.ts";
import type { Away, Replica } from "./schema.ts";

/** A replica beats once a minute. One that misses three beats counts as gone. */
const GONE_AFTER_MS = 3 * 60_000;
/** A new version is on its way for less than this. */
const AWAY_MS = 10 * 60_000;
/** A feed is read every day, so one that is older missed a day. */
const FEED_IS_OLD_MS = 2 * 24 * 3_600_000;

/** The replicas at work, the one that started first before the others. */
export function atWork(replicas: readonly Replica[], wallClock: Instant): Replica[] {
  return replicas
    .filter(({ at }) => millisecondsBetween(at, wallClock) < GONE_AFTER_MS)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
}

/** Twice a day, so that a day without any job means that something is wrong. */
export function checkRun(now: Instant): string {
  return `${dayOf(now)} ${londonClock(now).time < "12:00" ? "morning" : "afternoon"}`;
}

/**
 * The warning that is due: the day on which the credential expires, and how many days before.
 * Each is a run of its own, so each is given once; one that is overtaken by the next is left out.
 */
export function warningRun(credential: Credential | undefined, today: Day): string | undefined {
  const expires = credential?.expires;
  const days = expires && warningOn(today, expires);
  return days ? `${expires} ${days}` : undefined;
}

/** Whether a feed that should be read every day was not. */
export function isOld(readAt: string | undefined, now: Instant): boolean {
  return readAt !== undefined && millisecondsBetween(readAt, now) > FEED_IS_OLD_MS;
}

/** Whether a replica was not heard of for so long that it may have been gone. */
export function isMissing(at: string | undefined, wallClock: Instant): boolean {
  return at === undefined || millisecondsBetween(at, wallClock) >= GONE_AFTER_MS;
}

/** The time in which no replica was at work, up to now, if it was long enough to be told. */
export function awayUntil(lastSeen: string | undefined, wallClock: Instant): Away | undefined {
  if (!lastSeen || millisecondsBetween(lastSeen, wallClock) < AWAY_MS) return undefined;
  return { from: lastSeen, until: wallClock.toString() };
}

/** The time without any replica in which a moment was. */
export function awayIn(all: readonly Away[], at: Instant): Away | undefined {
  return all.find(
    ({ from, until }) => millisecondsBetween(from, at) > 0 && millisecondsBetween(until, at) <= 0,
  );
}
