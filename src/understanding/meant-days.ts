import {
  addDays,
  addMonths,
  addYears,
  dayOf,
  daysUntil,
  monthOf,
  type Day,
  type Instant,
} from "../calendar.ts";
import type { Command } from "../feature.ts";
import type { SaidBy, Slots } from "../slots.ts";

/** Days and months of which only a part was said, as this command means them. */
export function daysFor({ days: way }: Command, slots: Slots, now: Instant): Slots {
  const { month, dates, loose = {} } = slots;
  if (!way || Object.keys(loose).length === 0) return slots;
  const still: Record<string, SaidBy> = {};
  const turned = (when: string) => {
    const by = loose[when];
    const meant = by ? WAYS[way](when, by, now) : when;
    // Which year has a meeting is known only where the meetings are.
    if (by) still[meant] = by;
    return meant;
  };
  return {
    ...slots,
    ...(month && { month: turned(month) }),
    ...(dates && { dates: dates.map(turned) }),
    loose: still,
  };
}

const WAYS = { ahead, back, near } as const;

function ahead(when: string, by: SaidBy, now: Instant): string {
  return by === "month" && when < todayAs(when, now) ? addYears(when, 1) : when;
}

function back(when: string, by: SaidBy, now: Instant): string {
  if (when <= todayAs(when, now)) return when;
  if (by === "weekday") return addDays(when, -7);
  if (by === "month") return addYears(when, -1);
  if (by === "count") return when;
  return `${addMonths(when.slice(0, "2019-08".length), -1)}${when.slice("2019-08".length)}`;
}

function near(when: string, by: SaidBy, now: Instant): string {
  if (by !== "month") return when;
  const today = dayOf(now);
  const away = (other: string) => Math.abs(daysUntil(firstOf(other), today));
  const [nearest = when] = [when, addYears(when, 1), addYears(when, -1)].toSorted(
    (a, b) => away(a) - away(b),
  );
  return nearest;
}

function todayAs(when: string, now: Instant): string {
  return when.length === "2019-08".length ? monthOf(now) : dayOf(now);
}

function firstOf(when: string): Day {
  return when.length === "2019-08".length ? `${when}-01` : when;
}
