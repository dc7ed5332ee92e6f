import { addDays, longDate, timeInLondon, type Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { AuditEntry } from "./schema.ts";

/** Entries on one card: with the longest names they stay far below what Teams takes. */
export const ENTRIES_ON_A_CARD = 40;

const PLACES: Record<AuditEntry["place"], string> = {
  personal: "personal chat",
  group: "group chat",
  channel: "channel",
  job: "daily work",
};

/** One part of a day's entries, the newest first. People are named as they are known now. */
export function dayCard(
  day: Day,
  entries: readonly AuditEntry[],
  view: {
    readonly people: readonly { readonly id: string; readonly name: string }[];
    readonly page: number;
  },
): Card {
  const { people, page } = view;
  const nameOf = (record: string) => people.find(({ id }) => id === record)?.name;
  const start = (page - 1) * ENTRIES_ON_A_CARD;
  const shown = entries.slice(start, start + ENTRIES_ON_A_CARD);
  return fill("audit/day", {
    day: longDate(day),
    date: day,
    dayBefore: addDays(day, -1),
    isEmpty: entries.length === 0,
    isPaged: entries.length > ENTRIES_ON_A_CARD,
    first: start + 1,
    last: start + shown.length,
    count: entries.length,
    entries: shown.map(({ at, name, place, what, record, outcome }) => ({
      at: timeInLondon(at),
      name,
      place: PLACES[place],
      what: outcome === "refused" ? `was refused: ${what}` : what,
      record: record ? ` (${nameOf(record) ? `${nameOf(record)}, ` : ""}${record})` : "",
    })),
    hasOlder: start + shown.length < entries.length,
    next: page + 1,
    hasNewer: page > 1,
    previous: page - 1,
  });
}
