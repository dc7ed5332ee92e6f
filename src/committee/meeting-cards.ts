import { dateWithWeekday, latestPublication, longDate, timeOfDay, type Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { troubled } from "./cards.ts";
import { deadlineWarnings, passedDeadlines } from "./deadlines.ts";
import type { Planned } from "./planning.ts";
import type { Meeting, MeetingForm, Stored, WishForm } from "./schema.ts";

/** What somebody wants to do with a meeting that they are asked to choose. */
export type Wish = WishForm["wish"];

const WISHES: Record<Wish, string> = {
  change: "Which meeting do you want to change or move?",
  cancel: "Which meeting do you want to cancel?",
};

/** The form of a meeting, new or changed. */
export function meetingFormCard(form: MeetingForm, problem = ""): Card {
  return fill("committee/meeting-form", {
    ...form,
    ...troubled(problem),
    heading: form.was ? `Change the meeting on ${longDate(form.was)}` : "Add a meeting",
    canMove: form.was !== "",
  });
}

/** What a form would do, with what the plan then breaks, before it does. */
export function confirmMeetingCard(
  form: MeetingForm,
  { edits, meeting, from, isNew }: Planned,
  { today, effects }: { readonly today: Day; readonly effects: readonly string[] },
): Card {
  const { date, kind, time = "", venue = "", draftDeadline = "", publication = "" } = meeting;
  const latest = kind === "workshop" ? undefined : latestPublication(date);
  const warnings = [...deadlineWarnings(meeting), ...passedDeadlines(meeting, today)];
  const resolved = { date, kind, time, venue, draftDeadline, publication };
  return fill("committee/meeting-confirm", {
    heading: isNew
      ? "Add this meeting?"
      : from
        ? `Move the meeting to ${longDate(date)}?`
        : "Change this meeting?",
    what: from
      ? `It is on ${dateWithWeekday(from)} now. Its agenda goes along. The old date stays in the plan, marked as moved.`
      : isNew && edits.some(({ before }) => before?.value.state === "cancelled")
        ? "A meeting on this day was cancelled. It is planned again, with the agenda it had."
        : "",
    hasWhat:
      Boolean(from) || (isNew && edits.some(({ before }) => before?.value.state === "cancelled")),
    facts: [
      { title: "Date", value: dateWithWeekday(date) },
      { title: "Kind", value: kind === "workshop" ? "Workshop" : "Committee meeting" },
      { title: "Time", value: time ? timeOfDay(time) : "Not given" },
      { title: "Place", value: venue || "Not given" },
      ...(kind === "workshop"
        ? []
        : [
            {
              title: "Draft deadline",
              value: draftDeadline ? dateWithWeekday(draftDeadline) : "Not given",
            },
            {
              title: "Publication of the agenda",
              value: publication ? dateWithWeekday(publication) : "Not given",
            },
          ]),
      ...(latest ? [{ title: "Last lawful publication", value: dateWithWeekday(latest) }] : []),
    ],
    hasEffects: effects.length > 0,
    effects: effects.map((effect) => ({ effect })),
    hasWarnings: warnings.length > 0,
    warnings: warnings.map((warning) => ({ warning })),
    button: isNew ? "Add the meeting" : from ? "Move the meeting" : "Change the meeting",
    form,
    resolved: { ...resolved, was: form.was, version: form.version },
  });
}

/** The last question before a meeting is cancelled. */
export function cancelCard({ value, version }: Stored<Meeting>, updates: string): Card {
  return fill("committee/meeting-cancel", {
    date: dateWithWeekday(value.date),
    meeting: value.date,
    version,
    updates,
    hasUpdates: updates !== "",
  });
}

/** Asks which of the planned meetings is meant. */
export function whichMeetingCard(meetings: readonly Meeting[], wish: Wish): Card {
  return fill("committee/which-meeting", {
    question: WISHES[wish],
    wish,
    meetings: meetings.map(({ date, kind }) => ({
      value: date,
      title: `${dateWithWeekday(date)}${kind === "workshop" ? " (workshop)" : ""}`,
    })),
    first: meetings[0]?.date ?? "",
  });
}
