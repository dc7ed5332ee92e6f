import { dayOf, type Month } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import { checked, UserError } from "../errors.ts";
import { holds, IN_PERSON, type Command, type Slots, type Turn, type Verb } from "../feature.ts";
import { discardedCard, updateCard, withdrawCard } from "./cards.ts";
import { draftOf, forms } from "./form.ts";
import type { ChampionParts, MeetingPlan } from "./index.ts";
import * as length from "./length.ts";
import type { reading } from "./reading.ts";
import * as rules from "./rules.ts";
import { Form, UpdateReference, type Draft, type Update } from "./schema.ts";

/** A champion's form: opened, put aside, submitted, changed, withdrawn. */
export function writing(
  parts: ChampionParts,
  read: ReturnType<typeof reading>,
  announce: (turn: Turn, update: Update) => void,
) {
  const { store, planFor, championOf } = parts;
  const { showForm, showAgain, verbs: keptVerbs } = forms(parts, read);
  const champion = { roles: ["champion"], places: IN_PERSON } as const;
  const commands: Command[] = [
    {
      name: "log update",
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
    "champions.save": { needs: champion, run: saveDraft, again: showAgain },
    "champions.discard": { needs: champion, run: discard, again: showAgain },
    "champions.restore": { needs: champion, run: restore, again: showAgain },
    "champions.edit": { needs: champion, run: edit },
    "champions.askWithdraw": { needs: champion, run: askWithdraw, justForMe: true },
    "champions.withdraw": { needs: champion, run: withdraw },
  };
  return { commands, verbs: { ...verbs, ...keptVerbs } };

  async function logUpdate(turn: Turn, slots: Slots): Promise<Card> {
    const { committee, person, now } = turn;
    const district = await ownDistrict(turn, slots.district);
    const plan = await planFor(committee.id, now);
    const month = slots.month ?? (await monthToWrite(turn, district, plan));
    if (!month)
      throw new UserError(
        "No meeting is planned that an update could go to. Ask the committee's officer to add the next one.",
      );
    const current = await store.find(committee.id, month, district);
    const draft = await store.findDraft(committee.id, month, district, person.id);
    if (draft && draft.operation !== current?.update.operation)
      return showForm(turn, draft, { plan, note: "This is your draft. Only you can see it." });
    if (current?.update.status === "submitted") return show(turn, current.update);
    const note = current
      ? "You withdrew this update. Change it if you like, then press Submit to send it again."
      : "";
    if (!current) rules.checkTypedMonth(month, plan.forMonth(month), dayOf(now));
    return showForm(turn, newForm(turn, month, district, current?.update), { plan, note });
  }

  /** The month of what was begun or sent for the coming meeting, or else the first open one. */
  async function monthToWrite(
    { committee, person, now }: Turn,
    district: string,
    plan: MeetingPlan,
  ) {
    const open = rules.openMonth(dayOf(now), plan.forMonth);
    const meeting = open && plan.forMonth(open);
    for (const month of meeting ? plan.monthsFor(meeting.date) : []) {
      const draft = await store.findDraft(committee.id, month, district, person.id);
      if (draft ?? (await store.find(committee.id, month, district))) return month;
    }
    return open;
  }

  async function submitForm(turn: Turn, data: unknown): Promise<Card> {
    const typed = await ownForm(turn, data);
    const { committee, now } = turn;
    const plan = await planFor(committee.id, now);
    const form = rules.carryForward(typed, await carriedVersion(committee.id, typed));
    const current = await store.find(committee.id, form.month, form.district);
    if (rules.isRepeat(form, current?.update, committee)) return show(turn, current?.update);
    checkIsWritten(current?.update);
    const meeting = current
      ? plan.on(current.update.meeting)
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
    await forgetDraft(turn, form);
    return card;
  }

  /** The version whose items were on offer, even if it was changed in the meantime. */
  async function carriedVersion(committee: string, { district, carry, carryFrom }: Form) {
    const [month = "", version = ""] = carryFrom.split("/");
    return carry.length > 0 && version
      ? store.version(committee, month, district, Number(version))
      : undefined;
  }

  /** Somebody wrote between our reading and our writing. It may have been this same press. */
  async function overtaken(turn: Turn, form: Form): Promise<Card> {
    const current = await store.find(turn.committee.id, form.month, form.district);
    if (rules.isRepeat(form, current?.update, turn.committee)) return show(turn, current?.update);
    checkIsWritten(current?.update);
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

  async function saveDraft(turn: Turn, data: unknown): Promise<Card> {
    const typed = await ownForm(turn, data);
    const { committee, person } = turn;
    const form = rules.carryForward(typed, await carriedVersion(committee.id, typed));
    length.checkLength(form);
    const draft = draftOf(turn, form);
    const note =
      "Draft saved. Only you can see it. Type log update to go on with it, here or on another day.";
    const card = await showForm(turn, draft, { note, openedFor: form.month });
    length.checkFits(card);
    await store.saveDraft(committee.id, draft);
    if (form.openedFor !== form.month)
      await store.removeDraft(committee.id, form.openedFor, form.district, person.id);
    return card;
  }

  /** Takes the draft away; the words stay on the card's button until the person moves on. */
  async function discard(turn: Turn, data: unknown): Promise<Card> {
    const form = await ownForm(turn, data);
    await store.removeDraft(turn.committee.id, form.openedFor, form.district, turn.person.id);
    return discardedCard({ ...form, priorities: form.priorities.join(), carry: form.carry.join() });
  }

  async function restore(turn: Turn, data: unknown): Promise<Card> {
    const form = await ownForm(turn, data);
    return showForm(turn, draftOf(turn, form), { carried: form.carry, openedFor: form.openedFor });
  }

  async function edit(turn: Turn, data: unknown): Promise<Card> {
    const { month, district } = checked(UpdateReference, data);
    await ownDistrict(turn, district);
    const current = await store.find(turn.committee.id, month, district);
    checkIsWritten(current?.update);
    const draft = await store.findDraft(turn.committee.id, month, district, turn.person.id);
    if (draft && draft.operation !== current?.update.operation)
      return showForm(turn, draft, { note: "This is your draft. Only you can see it." });
    return showForm(turn, newForm(turn, month, district, current?.update), {});
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
    const meeting = plan.on(current.update.meeting) ?? pastMeeting(current.update);
    const withdrawn = rules.withdraw(current.update, meeting, turn);
    if (!(await store.save(turn.committee.id, withdrawn, current, turn.place)))
      return withdraw(turn, data);
    announce(turn, withdrawn);
    return show(turn, withdrawn);
  }

  /** The form, if whoever sent it is the champion of its district now. */
  async function ownForm(turn: Turn, data: unknown): Promise<Form> {
    const form = checked(Form, data);
    await ownDistrict(turn, form.district);
    return form;
  }

  /** The district the person writes for: the one they named, or their own. Throws a UserError. */
  async function ownDistrict(turn: Turn, named: string | undefined): Promise<string> {
    const { person, committee, now } = turn;
    const own = person.holdings.find(({ role }) => role === "champion")?.district;
    const district = named ?? own;
    if (district && holds(person, "champion", district)) return district;
    const name = districtWithId(district ?? "", committee)?.name ?? "that district";
    const holder = await championOf(committee.id, district ?? "", dayOf(now));
    throw new UserError(
      holder
        ? `${holder.name} writes the update for ${name}. You can read it after it is submitted: type show update ${name}.`
        : `${name} has no champion at the moment, so nobody can write its update. Ask the committee's officer.`,
    );
  }

  async function show(turn: Turn, update: Update | undefined): Promise<Card> {
    if (!update) throw new Error("There is no update to show");
    return updateCard(update, turn.committee, read.rightsOver(turn, update));
  }

  /** The submission is done and said so, whatever happens to the draft it came from. */
  async function forgetDraft({ committee, person }: Turn, form: Form): Promise<void> {
    const months = new Set([form.month, form.openedFor]);
    await Promise.allSettled(
      [...months].map((month) => store.removeDraft(committee.id, month, form.district, person.id)),
    );
  }
}

/** What an officer recorded from a meeting is the officer's. Throws a UserError. */
function checkIsWritten(update: Update | undefined): void {
  if (update?.kind === "oral")
    throw new UserError(
      `${update.author.name} recorded this from the meeting. Ask ${update.author.name} to correct it.`,
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
