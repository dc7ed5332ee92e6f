import { atTime, dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import { holds, IN_PERSON, type Turn, type Verb } from "../feature.ts";
import { snoozedCard, wokenCard } from "./cards.ts";
import type { NudgeParts } from "./index.ts";
import { deadlineOf, reminderDay } from "./rules.ts";
import { NudgeReference } from "./schema.ts";

const WRITE_NOW = "Type log update to write it now.";

/** The buttons of a nudge: later, not for this meeting, and after all. */
export function snoozing({ store, meetingsOf }: NudgeParts): Record<string, Verb> {
  const needs = { roles: ["champion"], places: IN_PERSON } as const;
  return {
    "nudges.tomorrow": { needs, run: remindTomorrow },
    "nudges.never": { needs, run: remindNever },
    "nudges.wake": { needs, run: wake },
  };

  async function remindTomorrow(turn: Turn, data: unknown): Promise<Card> {
    const { committee, person, now } = turn;
    const { reference, deadline } = await nudgeOf(turn, data);
    const settings = await store.settingsOf(committee.id);
    if (!settings.isOn)
      throw new UserError(
        `Reminders are switched off at the moment, so none would come. ${WRITE_NOW}`,
      );
    const until = reminderDay(dayOf(now), deadline);
    if (!until)
      throw new UserError(`No working day is left before the draft deadline. ${WRITE_NOW}`);
    await store.snooze(committee.id, reference.meeting, { person: person.id, until, now });
    return snoozedCard(reference, atTime(until, settings.time));
  }

  async function remindNever(turn: Turn, data: unknown): Promise<Card> {
    const { committee, person, now } = turn;
    const { reference } = await nudgeOf(turn, data);
    await store.snooze(committee.id, reference.meeting, { person: person.id, now });
    return snoozedCard(reference, undefined);
  }

  async function wake(turn: Turn, data: unknown): Promise<Card> {
    const { reference } = await nudgeOf(turn, data);
    const { meeting, district } = reference;
    await store.wake(turn.committee.id, meeting, turn.person.id);
    return wokenCard(meeting, district);
  }

  async function nudgeOf({ committee, person, now }: Turn, data: unknown) {
    const pressed = checked(NudgeReference, data);
    if (!holds(person, "champion", pressed.district))
      throw new NotAllowed("That reminder is for the champion of another district.");
    const meetings = await meetingsOf(committee.id, now);
    const there = meetings.find(({ date }) => date === pressed.meeting);
    // The reminder of a meeting that was moved since is about it still.
    const meeting = meetings.find(({ date }) => date === (there?.movedTo ?? there?.date));
    if (meeting?.state !== "planned")
      throw new UserError(
        "That meeting is not in the plan any more. Type next meeting to see the next one.",
      );
    const deadline = deadlineOf(meeting);
    if (deadline.day < dayOf(now))
      throw new UserError(
        `The draft deadline is over, so no more reminders come for that meeting. ${WRITE_NOW}`,
      );
    return { reference: { ...pressed, meeting: meeting.date }, deadline };
  }
}
