import { dayOf, longDate, type Day, type Month } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { withAccount } from "./account.ts";
import { briefState, updateCard, withdrawCard } from "./cards.ts";
import { draftToGoOnWith, type Unsent } from "./draft-rules.ts";
import { draftOf, forms } from "./form.ts";
import type { ChampionParts, MeetingPlan } from "./index.ts";
import * as length from "./length.ts";
import { ownership } from "./ownership.ts";
import { puttingAside } from "./putting-aside.ts";
import type { reading } from "./reading.ts";
import * as rules from "./rules.ts";
import { nameOf } from "./store.ts";
import { UpdateReference, type Draft, type Form, type Update } from "./schema.ts";
import { meetingLine, whereTheyGo } from "./written-for.ts";
import said from "./said.json" with { type: "json" };

const OR_ANOTHER_MONTH = ", or choose another month below and press Submit";

/** A champion's form: opened, put aside, submitted, changed, withdrawn. */
export function writing(
  parts: ChampionParts,
  read: ReturnType<typeof reading>,
  announce: (turn: Turn, update: Update) => void,
) {
  const { store, planFor, audit } = parts;
  const owners = ownership(parts);
  const { ownForm, ownDistrict } = owners;
  const shown = forms(parts, owners, read);
  const { drafts, showForm, showDraft, showAgain, withCarried } = shown;
  const aside = puttingAside(owners, shown);
  const champion = { roles: ["champion"], places: IN_PERSON } as const;
  const commands: Command[] = [
    {
      id: "champions.log",
      name: "log update",
      full: "log update[ {district}][ {month}]",
      changes: true,
      saysNo: ["log", "write", "submit", "delete", "send"],
      examples: said.log,
      phrases: [
        "log update {district}",
        "log update {month}",
        "log update {district} {month}",
        "write update",
        "write monthly update",
        "log monthly update",
        "submit update",
        "new update",
        "start update",
        "add update",
        "update",
      ],
      purpose: "Write your monthly update, or go on with your draft.",
      task: "Your monthly update",
      needs: champion,
      run: logUpdate,
    },
  ];
  const verbs: Record<string, Verb> = {
    "champions.submit": { needs: champion, run: submitForm, again: showAgain },
    "champions.edit": { needs: champion, run: edit },
    "champions.askWithdraw": { needs: champion, run: askWithdraw, justForMe: true },
    "champions.withdraw": { needs: champion, run: withdraw },
  };
  return { commands, verbs: { ...verbs, ...shown.verbs, ...aside.verbs } };

  async function logUpdate(turn: Turn, slots: Slots): Promise<Card> {
    const { committee, now } = turn;
    const { account } = slots;
    const district = await ownDistrict(turn, slots.district);
    const plan = await planFor(committee.id, now);
    const unsent = await drafts.unsent(turn, district);
    const draft = draftFor(turn, slots.month, plan, unsent);
    if (draft) {
      const longer = { ...draft, draft: withAccount(draft.draft, account) };
      return showDraft(turn, longer, { plan, unsent });
    }
    const month = slots.month ?? (await monthToWrite(turn, district, plan));
    if (!month)
      throw new UserError(
        "No meeting is planned that an update could go to. Ask the committee's officer to add the next one.",
      );
    const current = await store.find(committee.id, month, district);
    const isSent = current?.update.status === "submitted";
    if (isSent && !account) return show(turn, current.update);
    if (isSent) checkIsWritten(current.update, OR_ANOTHER_MONTH);
    const note = account
      ? "What you wrote is in the form. Nothing is sent before you press Submit."
      : current
        ? "You withdrew this update. Change it if you like, then press Submit to send it again."
        : "";
    if (!current) rules.checkTypedMonth(month, plan.forMonth(month), dayOf(now));
    const others = unsent;
    const form = withAccount(newForm(turn, month, district, current?.update), account);
    const notes = [note, ...withoutUpdates(month, plan, dayOf(now))].filter(Boolean);
    return showForm(turn, form, { plan, note: notes.join(" "), others });
  }

  /** The month of what was sent for the coming meeting, or else the first open one. */
  async function monthToWrite({ committee, now }: Turn, district: string, plan: MeetingPlan) {
    const open = rules.openMonth(dayOf(now), plan.forMonth);
    const meeting = open && plan.forMonth(open);
    if (!meeting) return open;
    const all = await store.ofMonths(committee.id, plan.monthsAround(meeting.date));
    const own = all.filter((update) => update.district === district);
    const sent = own.find((update) => plan.meetingOf(update)?.date === meeting.date);
    // A month whose update goes to another meeting is left to it.
    const isFree = (month: Month) => own.every((update) => update.month !== month);
    return sent?.month ?? [open, ...plan.monthsFor(meeting.date)].find(isFree) ?? open;
  }

  async function submitForm(turn: Turn, data: unknown): Promise<Card> {
    const form = await withCarried(turn, await ownForm(turn, data));
    const { committee, now } = turn;
    const plan = await planFor(committee.id, now);
    const current = await store.find(committee.id, form.month, form.district);
    if (rules.isRepeat(form, current?.update, committee)) {
      await forgetDraft(turn, form);
      return show(turn, current?.update);
    }
    checkIsWritten(current?.update, OR_ANOTHER_MONTH);
    const meeting = current
      ? plan.meetingOf(current.update)
      : rules.checkMonth(form.month, plan.forMonth(form.month), dayOf(now));
    rules.checkTyped(form);
    if ((current?.update.version ?? 0) !== form.version)
      return showBoth(turn, form, current?.update);
    const update = rules.submit(
      form,
      current?.update,
      meeting ?? pastMeeting(current?.update),
      turn,
    );
    const card = await show(turn, update);
    length.checkFits(card);
    if (!(await store.save(committee.id, update, current, turn.place)))
      return overtaken(turn, form);
    announce(turn, update);
    await audit(turn, "submitted an update", nameOf(update));
    await forgetDraft(turn, form);
    return card;
  }

  /** Somebody wrote between our reading and our writing. It may have been this same press. */
  async function overtaken(turn: Turn, form: Form): Promise<Card> {
    const current = await store.find(turn.committee.id, form.month, form.district);
    if (rules.isRepeat(form, current?.update, turn.committee)) return show(turn, current?.update);
    checkIsWritten(current?.update, OR_ANOTHER_MONTH);
    return showBoth(turn, form, current?.update);
  }

  /** The person's text in the form, the other one above it; pressing Submit now replaces it. */
  async function showBoth(turn: Turn, form: Form, theirs: Update | undefined): Promise<Card> {
    const problem = theirs
      ? "This update was changed while you were writing. Both texts are here. Take over what you need, then press Submit to replace the other text, or Discard to keep it."
      : "This update is not there any more. Press Submit to send your text again.";
    const draft = draftOf(turn, { ...form, version: theirs?.version ?? 0 });
    return showForm(turn, draft, { problem, theirs, openedFor: form.openedFor });
  }

  async function edit(turn: Turn, data: unknown): Promise<Card> {
    const { month, district } = checked(UpdateReference, data);
    await ownDistrict(turn, district);
    const current = await store.find(turn.committee.id, month, district);
    checkIsWritten(current?.update);
    const unsent = await drafts.unsent(turn, district);
    const draft = unsent.find((each) => each.draft.month === month);
    if (draft) return showDraft(turn, draft, { unsent });
    const changed = current?.update;
    const note = changed
      ? `You are changing version ${changed.version}, ${briefState(changed).toLowerCase()}. It stands as it is until you press Submit.`
      : "";
    return showForm(turn, newForm(turn, month, district, changed), { note });
  }

  /** The last question before an update is taken back. */
  async function askWithdraw(turn: Turn, data: unknown): Promise<Card> {
    const { month, district } = checked(UpdateReference, data);
    await ownDistrict(turn, district);
    const current = await store.find(turn.committee.id, month, district);
    checkIsWritten(current?.update);
    if (current?.update.status !== "submitted") return withdraw(turn, data);
    return withdrawCard(current.update, turn.committee);
  }

  async function withdraw(turn: Turn, data: unknown): Promise<Card> {
    const { month, district, version } = checked(UpdateReference, data);
    await ownDistrict(turn, district);
    const current = await store.find(turn.committee.id, month, district);
    if (!current)
      throw new UserError("This update is not there any more. Type log update to write one.");
    checkIsWritten(current.update);
    if (current.update.status === "withdrawn") return show(turn, current.update);
    if (current.update.version !== version) return show(turn, current.update);
    const plan = await planFor(turn.committee.id, turn.now);
    const meeting = plan.meetingOf(current.update) ?? pastMeeting(current.update);
    const withdrawn = rules.withdraw(current.update, meeting, turn);
    if (!(await store.save(turn.committee.id, withdrawn, current, turn.place)))
      return withdraw(turn, data);
    announce(turn, withdrawn);
    await audit(turn, "withdrew an update", nameOf(withdrawn));
    return show(turn, withdrawn);
  }

  async function show(turn: Turn, update: Update | undefined): Promise<Card> {
    if (!update) throw new Error("There is no update to show");
    const plan = await planFor(turn.committee.id, turn.now);
    return updateCard(update, turn.committee, {
      ...read.rightsOver(turn, update),
      meeting: meetingLine(update, plan),
    });
  }

  /** The submission is done and said so, whatever happens to the draft it came from. */
  async function forgetDraft(turn: Turn, form: Form): Promise<void> {
    await drafts.forget(turn, form).catch(() => undefined);
  }
}

/** The draft for the month that was typed, or for the coming meeting, or left over from the last. */
function draftFor(
  { now }: Turn,
  typed: Month | undefined,
  plan: MeetingPlan,
  unsent: readonly Unsent[],
): Unsent | undefined {
  const today = dayOf(now);
  const isOver = (month: Month) => (plan.forMonth(month)?.date ?? month) < today;
  const open = rules.openMonth(today, plan.forMonth);
  const meeting = open && plan.forMonth(open);
  if (typed) return unsent.find(({ draft }) => draft.month === typed);
  return draftToGoOnWith(unsent, meeting ? plan.monthsFor(meeting.date) : [], isOver);
}

/** Second meetings of a month that a champion could think this form is for. */
function withoutUpdates(month: Month, plan: MeetingPlan, today: Day): string[] {
  return plan
    .secondMeetings(today)
    .filter((second) => second.month <= month)
    .map(
      (second) =>
        `The meeting on ${longDate(second.date)} has no updates of its own. ${whereTheyGo(second)}`,
    );
}

/** What an officer recorded from a meeting is the officer's. Throws a UserError. */
function checkIsWritten(update: Update | undefined, otherwise = ""): void {
  if (update?.kind === "oral")
    throw new UserError(
      `${update.author.name} recorded this from the meeting. Ask ${update.author.name} to correct it${otherwise}.`,
    );
}

/** The form of one turn: the turn's id makes pressing its button twice one record. */
function newForm(
  { id, person }: Turn,
  month: Month,
  district: string,
  current: Update | undefined,
): Draft {
  return rules.openForm(current, { month, district, author: person.id, operation: id });
}

/** A meeting that left the plan: its agenda counts as published on the day itself. */
function pastMeeting(update: Update | undefined): rules.MeetingDates {
  const date = update?.meeting ?? "";
  return { date, publication: date };
}
