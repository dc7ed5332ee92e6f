import { dateWithWeekday, longDate, timeAndDate, type Instant } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import { deadlineOf, listDue, plannedSlots, type NudgeMeeting } from "./rules.ts";
import type { NudgeSettings, SettingsForm } from "./schema.ts";

/** When champions are reminded, to be changed. */
export function settingsCard(
  form: SettingsForm,
  { committee, now }: Turn,
  about: {
    readonly settings?: NudgeSettings;
    readonly meeting?: NudgeMeeting | undefined;
    /** What was due before it was never expected, and is not spoken of. */
    readonly since?: Instant | undefined;
    readonly note?: string;
    readonly problem?: string;
  },
): Card {
  const { settings, meeting, since, note = "", problem = "" } = about;
  const lines = settings?.isOn && meeting ? plannedLines(meeting, settings, { now, since }) : [];
  return fill("nudges/settings", {
    committee: committee.name,
    ...form,
    note,
    hasNote: note !== "",
    problem,
    hasProblem: problem !== "",
    ...{ planned: lines, hasPlanned: lines.length > 0 },
    isOff: settings?.isOn === false,
  });
}

/** What is over is not said as if it were still to come. */
function plannedLines(
  meeting: NudgeMeeting,
  settings: NudgeSettings,
  { now, since }: { readonly now: Instant; readonly since: Instant | undefined },
) {
  const isOver = (at: Instant) => at.epochMilliseconds < now.epochMilliseconds;
  const isExpected = (at: Instant) =>
    !isOver(at) || (since !== undefined && at.epochMilliseconds >= since.epochMilliseconds);
  const deadline = deadlineOf(meeting);
  const list = listDue(deadline);
  const why = deadline.isGiven ? "" : ", 13 days before the meeting as the plan gives none";
  return [
    `The meeting is on ${longDate(meeting.date)}. The draft deadline is ${dateWithWeekday(deadline.day)}${why}.`,
    ...plannedSlots(deadline, settings)
      .filter(({ at }) => isExpected(at))
      .map(({ at }) =>
        isOver(at)
          ? `A reminder was due at ${timeAndDate(at.toString())}: nudge history says what became of it.`
          : `Champions whose update is not in are reminded at ${timeAndDate(at.toString())}.`,
      ),
    ...(isExpected(list)
      ? [
          `Officers ${isOver(list) ? "were to hear" : "hear"} who is missing at ${timeAndDate(list.toString())}.`,
        ]
      : []),
  ].map((line) => ({ line }));
}
