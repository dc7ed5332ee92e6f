import { addYears, dayOf, monthName } from "../calendar.ts";
import { UserError } from "../errors.ts";
import type { Slots, Turn } from "../feature.ts";
import { comingDay } from "./meeting-form.ts";
import { goneError, plannedOn } from "./planning.ts";
import type { Meeting, Stored } from "./schema.ts";
import type { CommitteeStore } from "./store.ts";

/** The planned meeting that the text names by day or month, or undefined where it names none. */
export async function meetingNamed(
  store: CommitteeStore,
  { committee, now }: Turn,
  { dates: [date] = [], month, typed = "" }: Slots,
): Promise<Stored<Meeting> | undefined> {
  const stored = await store.storedMeetings(committee.id);
  const today = dayOf(now);
  if (month) {
    const months = [month, addYears(month, 1)];
    const found = stored.find(
      ({ value }) =>
        value.state === "planned" && value.date >= today && months.includes(value.date.slice(0, 7)),
    );
    if (!found)
      throw new UserError(
        `No meeting is planned in ${monthName(month)}. Type meetings to see those that are.`,
      );
    return found;
  }
  if (/\bnext\b/i.test(typed))
    return stored.find(({ value }) => value.state === "planned" && value.date >= today);
  if (!date) return undefined;
  const meant = plannedOn(date, stored) ? date : comingDay(date, typed, today);
  const was = plannedOn(meant, stored);
  if (!was) throw goneError(meant, stored);
  return was;
}
