import { dayOf, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import { checked, UserError } from "../errors.ts";
import { holds, IN_PERSON, type Trouble, type Turn, type Verb } from "../feature.ts";
import { formCard, keptCard, updateCard, type FormSurroundings } from "./cards.ts";
import type { ChampionParts, MeetingPlan } from "./index.ts";
import * as length from "./length.ts";
import type { reading } from "./reading.ts";
import * as rules from "./rules.ts";
import { Form, KeptReference, type Draft } from "./schema.ts";

type Shown = Partial<FormSurroundings> & { readonly plan?: MeetingPlan };

/** The form on a card: with what a champion needs to know around it, and never without their words. */
export function forms(
  { store, planFor, championOf }: ChampionParts,
  read: ReturnType<typeof reading>,
) {
  const champion = { roles: ["champion"], places: IN_PERSON } as const;
  const verbs: Record<string, Verb> = {
    "champions.part": { needs: champion, run: turnPart },
    "champions.shorten": { needs: champion, run: shorten },
  };
  return { showForm, showAgain, verbs };

  async function showForm(turn: Turn, draft: Draft, shown: Shown): Promise<Card> {
    const card = await fillForm(turn, draft, shown);
    const isOwn = holds(turn.person, "champion", draft.district);
    return length.isSendable(card) || !isOwn ? card : keep(turn, draft, shown.problem);
  }

  async function fillForm(turn: Turn, draft: Draft, shown: Shown): Promise<Card> {
    const { committee, now } = turn;
    const plan = shown.plan ?? (await planFor(committee.id, now));
    const today = dayOf(now);
    const openedFor = shown.openedFor ?? draft.month;
    const months = monthsOnOffer(draft, today, plan);
    // A month whose meeting is over cannot be chosen, so the open one stands ready instead.
    const month =
      (months.find((choice) => choice.month === draft.month) ?? months[0])?.month ?? draft.month;
    const meeting = plan.forMonth(month);
    // With two texts to compare there is no room for a third, and it was offered before.
    const last = shown.theirs
      ? undefined
      : await read.lastWritten(committee.id, draft.district, openedFor);
    const around = {
      carried: [],
      isLate: meeting !== undefined && today >= meeting.publication,
      ...shown,
      ...surroundings(turn, draft.district),
      champion: await championNow(turn, draft.district),
      months,
      openedFor,
    };
    const hasNothingToCarry = !last && !shown.theirs;
    const card = formCard({ ...draft, month }, { ...around, last, hasNothingToCarry });
    // The person's own words come before those that could be carried forward.
    return length.isSendable(card) || !last ? card : formCard({ ...draft, month }, around);
  }

  /** No card holds the text, so all of it becomes the person's draft, to be read in parts. */
  async function keep(turn: Turn, draft: Draft, problem = ""): Promise<Card> {
    // A new operation: the form it came from may have been submitted before, with other words.
    await store.saveDraft(turn.committee.id, { ...draft, operation: turn.id });
    return partCard(turn, draft, 1, problem);
  }

  async function turnPart(turn: Turn, data: unknown): Promise<Card> {
    const { page } = checked(KeptReference, data);
    return partCard(turn, await keptDraft(turn, data), page);
  }

  /** The draft itself stays whole until the person saves or submits the shorter text. */
  async function shorten(turn: Turn, data: unknown): Promise<Card> {
    const draft = await keptDraft(turn, data);
    const note =
      "This is the beginning of each section. Your whole text stays in your draft until you save or submit this one.";
    for (const longest of length.SHORTER_AND_SHORTER) {
      const short = length.shortened(draft, longest);
      const card = await fillForm(turn, short, { note });
      if (length.isSendable(card) && length.isSubmittable(asUpdate(turn, short))) return card;
    }
    throw new UserError(
      "Even the beginning is too long for a form. Copy what you need from the parts.",
    );
  }

  async function keptDraft({ committee, person }: Turn, data: unknown): Promise<Draft> {
    const { month, district } = checked(KeptReference, data);
    const draft = await store.findDraft(committee.id, month, district, person.id);
    if (draft) return draft;
    throw new UserError("This draft is not there any more. Type log update to see what is.");
  }

  /** The form as it was sent, with the problem on it, even while the tables are away. */
  async function showAgain(
    turn: Turn,
    data: unknown,
    { problem, canRead }: Trouble,
  ): Promise<Card> {
    const form = checked(Form, data);
    const { carryFrom, openedFor } = form;
    const around = { problem, carried: form.carry, carryFrom, openedFor };
    if (canRead) return showForm(turn, draftOf(turn, form), around);
    return formCard(draftOf(turn, form), {
      ...around,
      ...surroundings(turn, form.district),
      champion: turn.person.name,
      months: [{ month: form.month }],
    });
  }

  async function championNow({ committee, now }: Turn, district: string): Promise<string> {
    return (await championOf(committee.id, district, dayOf(now)))?.name ?? "Vacant";
  }
}

/** What was sent, as a draft of whoever sent it. */
export function draftOf({ person }: Turn, form: Form): Draft {
  const { month, district, updates, contacts, goodPractice, priorities, version, operation } = form;
  return {
    month,
    district,
    updates,
    contacts,
    goodPractice,
    priorities,
    version,
    operation,
    author: person.id,
  };
}

/** One part of a kept text; a page behind the last is the last. */
function partCard(turn: Turn, draft: Draft, page: number, problem = ""): Card {
  const parts = length.partsOf(draft);
  const shown = Math.min(page, parts.length);
  const part = parts[shown - 1] ?? { section: "Updates", text: "" };
  const place = { page: shown, pages: Math.max(parts.length, 1), problem };
  return keptCard(draft, turn.committee, part, place);
}

/** How a draft would look when submitted. */
function asUpdate(turn: Turn, draft: Draft): Card {
  const day = `${draft.month}-01`;
  const form = { ...draft, openedFor: draft.month, carry: [], carryFrom: "" };
  const update = rules.submit(form, undefined, { date: day, publication: day }, turn);
  return updateCard(update, turn.committee, { canEdit: true, canSeeHistory: true });
}

/** The form's own month while its meeting is to come, and the month that is open now. */
function monthsOnOffer(draft: Draft, today: Day, plan: MeetingPlan) {
  const open = rules.openMonth(today, plan.forMonth);
  const own = { month: draft.month, meeting: plan.forMonth(draft.month) };
  if (draft.version > 0 || !open || open === draft.month) return [own];
  const offered = { month: open, meeting: plan.forMonth(open) };
  return own.meeting && own.meeting.date >= today ? [own, offered] : [offered];
}

function surroundings({ committee }: Turn, district: string) {
  return { committee, districtName: districtWithId(district, committee)?.name ?? district };
}
