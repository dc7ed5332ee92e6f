import { dateWithWeekday, longDate, timeAndDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import { deadlineOf, listDue, plannedSlots, type NudgeMeeting } from "./rules.ts";
import type { NudgeSettings, SettingsForm } from "./schema.ts";

/** When champions are reminded, to be changed. */
export function settingsCard(
  form: SettingsForm,
  { committee }: Turn,
  about: {
    readonly settings?: NudgeSettings;
    readonly meeting?: NudgeMeeting | undefined;
    readonly note?: string;
    readonly problem?: string;
  },
): Card {
  const { settings, meeting, note = "", problem = "" } = about;
  const lines = settings?.isOn && meeting ? plannedLines(meeting, settings) : [];
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

function plannedLines(meeting: NudgeMeeting, settings: NudgeSettings) {
  const deadline = deadlineOf(meeting);
  const why = deadline.isGiven ? "" : ", 13 days before the meeting as the plan gives none";
  return [
    `The meeting is on ${longDate(meeting.date)}. The draft deadline is ${dateWithWeekday(deadline.day)}${why}.`,
    ...plannedSlots(deadline, settings).map(
      ({ at }) => `Champions whose update is not in are reminded at ${timeAndDate(at.toString())}.`,
    ),
    `Officers hear who is missing at ${timeAndDate(listDue(deadline).toString())}.`,
  ].map((line) => ({ line }));
}
