import { addWorkingDays, atTime, readInstant, type Day, type Instant } from "../calendar.ts";
import type { DigestMeeting } from "./cards.ts";
import type { Channel, DigestSettings } from "./schema.ts";

/** A digest that goes out by itself, and when. */
export interface Planned {
  readonly kind: "digest" | "publication" | "chair" | "reminder";
  readonly at: Instant;
}

/** A meeting further back is not looked at any more, but once for what never went. */
export const DAYS_BACK = 30;
/** A digest later than this says so. */
const LATE_MS = 60 * 60_000;

/**
 * When the digests of a meeting go out: so many working days before it, less England's bank
 * holidays, and on the day its agenda is published, where the plan gives it. Where both are one
 * day there is one digest.
 */
export function planned(meeting: DigestMeeting, settings: DigestSettings): Planned[] {
  const { workingDaysBefore, time, atPublication, toChair } = settings;
  const before = addWorkingDays(meeting.date, -workingDaysBefore);
  const at = atTime(before, time);
  const { publication, isPublicationGiven = true } = meeting;
  const isTwice = atPublication && isPublicationGiven && publication !== before;
  return [
    { kind: "digest", at },
    ...(toChair ? [{ kind: "chair" as const, at }] : []),
    ...(isTwice ? [{ kind: "publication" as const, at: atTime(publication, time) }] : []),
  ];
}

/** Whether the meeting has begun, or its day is over where the plan gives no time. */
export function hasBegun({ date, time = "23:59" }: DigestMeeting, now: Instant): boolean {
  return now.epochMilliseconds >= atTime(date, time).epochMilliseconds;
}

/** Whether something comes so late that its reader is told. */
export function isLate({ at }: Pick<Planned, "at">, now: Instant): boolean {
  return now.epochMilliseconds - at.epochMilliseconds > LATE_MS;
}

/**
 * Since when a digest is expected: what was due before the committee had a channel is not made up
 * in one. The chair's needs none, only a way to the committee's people.
 */
export function expectedSince(
  kind: Planned["kind"],
  channel: Channel | undefined,
  way: { readonly at: string } | undefined,
): number | undefined {
  const chosen = channel && (channel.since ?? channel.at);
  const all = kind === "chair" ? [chosen, way?.at] : [chosen ?? way?.at];
  const times = all.flatMap((at) => (at ? [Date.parse(at)] : []));
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** Whether digests were paused at that time. */
export function isPausedAt(at: Instant, { pausedFrom, pausedUntil }: DigestSettings): boolean {
  if (!pausedFrom || !pausedUntil) return false;
  const from = readInstant(pausedFrom).epochMilliseconds;
  return at.epochMilliseconds >= from && at.epochMilliseconds < startOf(pausedUntil);
}

function startOf(day: Day): number {
  return atTime(day, "00:00").epochMilliseconds;
}
