import { dateWithWeekday, longDate, timeAndDate, timeOfDay } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { DigestMeeting } from "./cards.ts";
import { factsOf } from "./facts.ts";

interface CorrectionView {
  readonly kind?: "correction" | "chair correction";
  readonly isAcknowledged?: boolean;
}

/**
 * What has changed about a meeting since its digest was posted, where that digest cannot say so
 * itself. `at` is when this was posted: what stands above it is older. Who has said that they have
 * read it sees that, with the time in `at`.
 */
export function correctionCard(
  committee: string,
  meeting: DigestMeeting,
  at: string,
  { isAcknowledged = false, kind = "correction" }: CorrectionView = {},
): Card {
  const { date, state } = meeting;
  const day = longDate(date);
  const title =
    state === "planned"
      ? `Correction: when and where the meeting on ${day} takes place`
      : `Correction: the meeting on ${day} is ${state}`;
  return fill("digest/correction", {
    committee,
    title,
    what: whatOf(meeting),
    at: timeAndDate(at),
    isAcknowledged,
    meeting: date,
    kind,
    about: factsOf(meeting),
  });
}

function whatOf({ date, state, movedTo, time, venue }: DigestMeeting): string {
  if (state === "cancelled") return "It does not take place.";
  if (state === "moved")
    return movedTo ? `It is now on ${dateWithWeekday(movedTo)}.` : "No other date is set.";
  const when = time ? timeOfDay(time) : "time not given";
  return `It is on ${dateWithWeekday(date)}: ${when}, ${venue ?? "place not given"}.`;
}
