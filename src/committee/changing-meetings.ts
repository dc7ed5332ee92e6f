import { dayOf, longDate, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import type { CommitteeParts } from "./index.ts";
import {
  cancelCard,
  confirmMeetingCard,
  meetingFormCard,
  whichMeetingCard,
  type Wish,
} from "./meeting-cards.ts";
import type { meetingReading } from "./meetings.ts";
import { alreadyDone, EMPTY_MEETING, formOf, withoutOldDeadlines } from "./meeting-form.ts";
import { meetingNamed, meetingToMove } from "./named-meeting.ts";
import { cancelled, goneError, onDay, plan, plannedOn } from "./planning.ts";
import {
  CancelForm,
  MeetingForm,
  MeetingReference,
  WishForm,
  type Meeting,
  type Stored,
} from "./schema.ts";
import { updatesConcerned, updatesOfCancelled } from "./updates-concerned.ts";
import said from "./said.json" with { type: "json" };

const CHANGED =
  "Somebody changed the agenda plan since you opened this. Look at it again, then press Check.";

/** Adding, changing, moving and cancelling meetings: a form, a question, then the change. */
export function meetingChanges(
  { store, audit, updatesFor }: CommitteeParts,
  { showMeeting }: ReturnType<typeof meetingReading>,
) {
  const officer = { roles: ["officer"], places: IN_PERSON } as const;
  const task = "The agenda plan";
  const commands: Command[] = [
    {
      id: "committee.addMeeting",
      name: "add meeting",
      full: "add meeting[ {date}]",
      days: "ahead",
      changes: true,
      examples: said.addMeeting,
      phrases: [
        "new meeting",
        "plan meeting",
        "add meeting {date}",
        "new meeting {date}",
        "add workshop",
        "add workshop {date}",
      ],
      purpose: "Put a meeting or a workshop into the agenda plan, with its deadlines proposed.",
      task,
      needs: officer,
      run: openNew,
    },
    {
      id: "committee.moveMeeting",
      name: "move meeting",
      full: "move meeting[ {moved}][ to {to}]",
      days: "ahead",
      changes: true,
      saysNo: ["move", "shift", "change"],
      ends: true,
      examples: said.moveMeeting,
      phrases: [
        "move meeting {date}",
        "move meeting {month}",
        "move meeting {date} {date}",
        "move meeting {month} {date}",
        "move meeting from {date} {date}",
        "move {date} meeting {date}",
        "postpone meeting",
        "postpone meeting {date}",
        "postpone meeting {date} {date}",
        "move workshop {date} {date}",
      ],
      purpose: "Move a meeting and its agenda: move meeting 10 October to 17 October.",
      task,
      needs: officer,
      run: openMove,
    },
    {
      id: "committee.changeMeeting",
      name: "change meeting",
      full: "change meeting[ {meeting}]",
      days: "ahead",
      changes: true,
      saysNo: ["change", "move"],
      examples: said.changeMeeting,
      phrases: [
        "change meeting {date}",
        "change meeting {month}",
        "edit meeting",
        "edit meeting {date}",
        "change workshop {date}",
      ],
      purpose: "Change a meeting's time, place or deadlines.",
      task,
      needs: officer,
      run: (turn, slots) => openFor(turn, slots, "change"),
    },
    {
      id: "committee.cancelMeeting",
      name: "cancel meeting",
      full: "cancel meeting[ {meeting}]",
      days: "ahead",
      changes: true,
      saysNo: ["cancel", "call", "drop", "scrap"],
      ends: true,
      examples: said.cancelMeeting,
      phrases: [
        "cancel meeting {date}",
        "cancel meeting {month}",
        "cancel next meeting",
        "cancel {date} meeting",
        "cancel workshop {date}",
      ],
      purpose: "Cancel a meeting. It stays in the plan, marked.",
      task,
      needs: officer,
      run: (turn, slots) => openFor(turn, slots, "cancel"),
    },
  ];
  const verbs: Record<string, Verb> = {
    "committee.chooseMeeting": { needs: officer, run: choose },
    "committee.openMeeting": {
      needs: officer,
      run: async (turn, data) => openForm(turn, checked(MeetingReference, data).date),
    },
    "committee.askCancel": {
      needs: officer,
      run: async (turn, data) => askCancel(turn, checked(MeetingReference, data).date),
    },
    "committee.checkMeeting": { needs: officer, run: check, again: showAgain },
    "committee.mendMeeting": {
      needs: officer,
      run: async (_turn, data) => meetingFormCard(checked(MeetingForm, data)),
    },
    "committee.saveMeeting": { needs: officer, run: save, again: showAgain },
    "committee.cancelMeeting": { needs: officer, run: cancel },
  };
  return { commands, verbs };

  async function openNew(
    turn: Turn,
    { dates: [date = ""] = [], typed = "" }: Slots,
  ): Promise<Card> {
    const stored = await store.storedMeetings(turn.committee.id);
    const usual = stored.findLast(({ value }) => value.time)?.value.time ?? "";
    const kind = /\bworkshop\b/i.test(typed) ? "workshop" : "committee meeting";
    const form = { ...EMPTY_MEETING, kind, time: usual };
    return meetingFormCard({ ...form, date });
  }

  /** With both dates named it asks at once; else it opens the form, or asks which meeting. */
  async function openMove(turn: Turn, slots: Slots): Promise<Card> {
    const { was, date } = await meetingToMove(store, turn, slots);
    if (!was) return ask(turn, "change");
    if (!date || date === was.value.date) return meetingFormCard(formOf(was));
    const form = { ...formOf(was), date, draftDeadline: "", publication: "" };
    return confirm(turn, form);
  }

  async function openFor(turn: Turn, slots: Slots, wish: Wish): Promise<Card> {
    const was = await meetingNamed(store, turn, slots);
    if (was) return wish === "cancel" ? cancelQuestion(turn, was) : meetingFormCard(formOf(was));
    return ask(turn, wish);
  }

  async function ask(turn: Turn, wish: Wish): Promise<Card> {
    const today = dayOf(turn.now);
    const stored = await store.storedMeetings(turn.committee.id);
    const coming = stored.filter(({ value }) => value.state === "planned" && value.date >= today);
    if (coming.length === 0)
      throw new UserError("No meeting is planned. Type add meeting to plan one.");
    return whichMeetingCard(
      coming.map(({ value }) => value),
      wish,
    );
  }

  async function choose(turn: Turn, data: unknown): Promise<Card> {
    const { meeting, wish } = checked(WishForm, data);
    if (!meeting) throw new UserError("Choose the meeting.");
    return wish === "cancel" ? askCancel(turn, meeting) : openForm(turn, meeting);
  }

  async function openForm(turn: Turn, date: Day): Promise<Card> {
    return meetingFormCard(formOf(await find(turn, date)));
  }

  async function askCancel(turn: Turn, date: Day): Promise<Card> {
    return cancelQuestion(turn, await find(turn, date));
  }

  async function check(turn: Turn, data: unknown): Promise<Card> {
    return confirm(turn, checked(MeetingForm, data));
  }

  /** What will change, with what the plan then breaks. A moved meeting whose deadlines were not touched gets new ones. */
  async function confirm(turn: Turn, sent: MeetingForm): Promise<Card> {
    const stored = await store.storedMeetings(turn.committee.id);
    const form = withoutOldDeadlines(sent, stored);
    const planned = plan(form, stored, standing(turn));
    const written = (date: Day) => updatesFor(turn.committee.id, date, turn.now);
    const today = dayOf(turn.now);
    const effects = await updatesConcerned(planned, stored, today, written);
    return confirmMeetingCard(form, planned, { today, effects });
  }

  async function cancelQuestion(turn: Turn, was: Stored<Meeting>): Promise<Card> {
    const { date } = was.value;
    const count = await updatesFor(turn.committee.id, date, turn.now);
    const stored = await store.storedMeetings(turn.committee.id);
    return cancelCard(was, updatesOfCancelled(count, date, stored));
  }

  async function save(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(MeetingForm, data);
    const { committee, person, now } = turn;
    const stored = await store.storedMeetings(committee.id);
    const done = alreadyDone(form, stored);
    if (done) return showMeeting(turn, done.date, "This was saved already.");
    const { edits, meeting, from, isNew } = plan(form, stored, standing(turn));
    const was = form.was ? plannedOn(form.was, stored) : undefined;
    if (was && was.version !== form.version) throw new UserError(CHANGED);
    const author = { name: person.name, at: now.toString() };
    if (edits.length === 0) return showMeeting(turn, meeting.date, "Nothing was different.");
    if (!(await store.changeMeetings(committee.id, edits, author))) throw new UserError(CHANGED);
    const what = isNew
      ? "added a meeting"
      : from
        ? `moved a meeting from ${from}`
        : "changed a meeting";
    await audit(turn, what, meeting.date);
    const note = from
      ? `Moved from ${longDate(from)}. Its agenda came along. A digest that was posted says so within the hour, or a correction is posted. If neither works, I tell the officers.`
      : isNew
        ? "Added."
        : "Changed.";
    return showMeeting(turn, meeting.date, note);
  }

  async function cancel(turn: Turn, data: unknown): Promise<Card> {
    const { date, version } = checked(CancelForm, data);
    const { committee, person, now } = turn;
    const stored = await store.storedMeetings(committee.id);
    if (onDay(date, stored)?.value.state === "cancelled") return showMeeting(turn, date, "");
    const was = plannedOn(date, stored);
    if (!was) throw goneError(date, stored);
    const author = { name: person.name, at: now.toString() };
    const isChanged = was.version !== version;
    if (
      isChanged ||
      !(await store.changeMeetings(committee.id, cancelled(was, dayOf(now)), author))
    )
      throw new UserError(
        "Somebody changed this meeting since you were asked. Type cancel meeting to see it as it is.",
      );
    await audit(turn, "cancelled a meeting", date);
    return showMeeting(
      turn,
      date,
      "Cancelled. A digest that was posted about it says so within the hour, or a correction is posted. If neither works, I tell the officers.",
    );
  }

  /** The form as it was filled in, with the version that holds now where the tables can be asked. */
  async function showAgain(
    { committee }: Turn,
    data: unknown,
    { problem, canRead }: Trouble,
  ): Promise<Card> {
    const form = checked(MeetingForm, data);
    const was = canRead && onDay(form.was, await store.storedMeetings(committee.id));
    return meetingFormCard({ ...form, version: was ? was.version : form.version }, problem);
  }

  async function find({ committee }: Turn, date: Day): Promise<Stored<Meeting>> {
    const stored = await store.storedMeetings(committee.id);
    const was = plannedOn(date, stored);
    if (!was) throw goneError(date, stored);
    return was;
  }
}

function standing({ person, now }: Turn) {
  const today = dayOf(now);
  const by = `by ${person.name} on ${longDate(today)}`;
  return { today, by, source: `Added ${by}` };
}
