import { addDays, addYears, dayOf, monthName, type Day } from "../calendar.ts";
import { UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import { daysLater } from "./days-later.ts";
import type { Slots } from "../slots.ts";
import { goneError, plannedOn } from "./planning.ts";
import type { Meeting, Stored } from "./schema.ts";
import type { CommitteeStore } from "./store.ts";

const NEXT = /\bnext (?:\w+ ){0,2}?(?:meeting|one|workshop)\b/i;

/** The planned meeting that the text names by day or month, or undefined where it names none. */
export async function meetingNamed(
  store: CommitteeStore,
  { committee, now }: Turn,
  { dates: [date] = [], month, typed = "", loose = {} }: Slots,
): Promise<Stored<Meeting> | undefined> {
  const stored = await store.storedMeetings(committee.id);
  const coming = stored.filter(
    ({ value }) => value.state === "planned" && value.date >= dayOf(now),
  );
  if (month) {
    const months = loose[month] ? [month, addYears(month, 1)] : [month];
    const found = coming.find(({ value }) => months.includes(value.date.slice(0, 7)));
    if (found) return found;
    throw new UserError(
      `No meeting is planned in ${monthName(month)}. Type meetings to see those that are.`,
    );
  }
  if (NEXT.test(typed)) return coming.find(({ value }) => value.kind === "committee meeting");
  if (!date) return undefined;
  // Without its year it is the one to come, or else the last one.
  const days = loose[date] === "month" ? [date, addYears(date, 1), addYears(date, -1)] : [date];
  const was = days.map((day) => plannedOn(day, stored)).find(Boolean);
  if (!was) throw goneError(date, stored);
  return was;
}

/** "the meeting to friday": no other than the next one is spoken of. */
const THE_ONE = /\b(?:meeting|committee|it|that)\s+(?:back\s+|forward\s+)?(?:to|till|until)\b/i;

/** The meeting to be moved, and the day for it, as far as the text says which. */
export async function meetingToMove(store: CommitteeStore, turn: Turn, slots: Slots) {
  const { dates = [], month, typed = "" } = slots;
  const [only, another] = dates;
  const stored = await store.storedMeetings(turn.committee.id);
  if (only && !another && !month && THE_ONE.test(typed) && !plannedOn(only, stored))
    return { was: await meetingNamed(store, turn, { typed: "next meeting" }), date: only };
  const was = await meetingNamed(store, turn, slots);
  const later = daysLater(typed);
  const shifted = was && later !== undefined ? addDays(was.value.date, later) : undefined;
  // "By a fortnight" counts from the meeting, and not from today.
  const day = dayToMoveTo(slots);
  return { was, date: /\b(?:to|till|until)\b/i.test(typed) ? (day ?? shifted) : (shifted ?? day) };
}

/**
 * Where a text names a meeting and a day for it to be moved to, that day: "the november meeting to
 * the 28th", "the next meeting to thursday week", "10 October to 17 October".
 */
function dayToMoveTo({ dates = [], month, typed = "" }: Slots): Day | undefined {
  const isNamedOtherwise = month !== undefined || NEXT.test(typed);
  return isNamedOtherwise || dates.length > 1 ? dates.at(-1) : undefined;
}
