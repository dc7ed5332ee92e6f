import { dayOf, monthName, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import { checked, UserError } from "../errors.ts";
import { holds, IN_PERSON, type Trouble, type Turn, type Verb } from "../feature.ts";
import { formCard, updateCard, type FormSurroundings } from "./cards.ts";
import { keptCard } from "./draft-cards.ts";
import type { Unsent } from "./draft-rules.ts";
import { keptDrafts } from "./drafts.ts";
import type { ChampionParts, MeetingPlan } from "./index.ts";
import * as length from "./length.ts";
import type { ownership } from "./ownership.ts";
import type { reading } from "./reading.ts";
import * as rules from "./rules.ts";
import { Form, KeptReference, type Draft, type Update } from "./schema.ts";

const NOT_THERE = "This draft is not there any more. Type my updates to see those there are.";

type Shown = Partial<FormSurroundings> & { readonly plan?: MeetingPlan };

/** The form on a card: with what a champion needs to know around it, and never without their words. */
export function forms(
  { store, planFor, championOf }: ChampionParts,
  { ownDistrict }: ReturnType<typeof ownership>,
  read: ReturnType<typeof reading>,
) {
  const drafts = keptDrafts(store);
  const champion = { roles: ["champion"], places: IN_PERSON } as const;
  const verbs: Record<string, Verb> = {
    "champions.openDraft": { needs: champion, run: openDraft },
    "champions.part": { needs: champion, run: turnPart },
    "champions.shorten": { needs: champion, run: shorten },
  };
  return { drafts, showForm, showDraft, showAgain, withCarried, verbs };

  /** The form with the items to carry forward behind what was typed. */
  async function withCarried({ committee }: Turn, form: Form): Promise<Form> {
    const { district, carry, carryFrom } = form;
    const [month = "", version = ""] = carryFrom.split("/");
    if (carry.length === 0 || version === "") return rules.carryForward(form, undefined);
    // The version whose items were on offer, even if it was changed in the meantime.
    const last = await store.version(committee.id, month, district, Number(version));
    return rules.carryForward(form, last);
  }

  /**
   * A draft to go on with, and the submitted update that it competes with: in full where the draft
   * was begun before it, so that pressing Submit now replaces it knowingly.
   */
  async function showDraft(
    turn: Turn,
    { draft, current }: Unsent,
    { plan, unsent }: { readonly plan?: MeetingPlan; readonly unsent: readonly Unsent[] },
  ): Promise<Card> {
    const isSent = current?.status === "submitted";
    const isNews = isSent && current.version !== draft.version;
    const sent = isSent
      ? ` There is a submitted update, version ${current.version}.${isNews ? "" : " The draft was begun on it."} Press Submit to replace it with these words.`
      : "";
    return showForm(
      turn,
      { ...draft, version: current?.version ?? 0 },
      {
        ...(plan ? { plan } : {}),
        note: `This is your draft. Only you can see it.${sent}`,
        theirs: isNews ? current : undefined,
        others: unsent.filter((each) => each.draft.operation !== draft.operation),
      },
    );
  }

  async function openDraft(turn: Turn, data: unknown): Promise<Card> {
    const { district, draft: operation } = checked(KeptReference, data);
    const unsent = await drafts.unsent(turn, await ownDistrict(turn, district));
    const chosen = unsent.find(({ draft }) => draft.operation === operation);
    if (!chosen) throw new UserError(NOT_THERE);
    return showDraft(turn, chosen, { unsent });
  }

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
    const sent = draft.version > 0 && (await store.find(committee.id, draft.month, draft.district));
    const months = monthsOnOffer(draft, today, plan, sent ? sent.update : undefined);
    // A month whose meeting is over cannot be chosen, so the open one stands ready instead.
    const month =
      (months.find((choice) => choice.month === draft.month) ?? months[0])?.month ?? draft.month;
    const meeting = months.find((choice) => choice.month === month)?.meeting;
    // With two texts to compare there is no room for a third, and it was offered before.
    const last = shown.theirs
      ? undefined
      : await read.lastWritten(committee.id, draft.district, openedFor);
    const moved =
      shown.note && month !== draft.month
        ? ` You wrote it for ${monthName(draft.month)}, whose meeting is over, so it is in the form for ${monthName(month)} now.`
        : "";
    const around = {
      carried: [],
      isLate: meeting !== undefined && today >= meeting.publication,
      ...shown,
      ...(shown.note ? { note: `${shown.note}${moved}` } : {}),
      ...surroundings(turn, draft.district),
      champion: await championNow(turn, draft.district),
      months,
      openedFor,
    };
    const hasNothingToCarry = !last && !shown.theirs && draft.version === 0;
    // The person's own words come before those that could be carried forward or read elsewhere. A
    // text that came in between is left out only where it can be read again.
    const fuller = [
      { ...around, last, hasNothingToCarry },
      { ...around, others: [] },
    ];
    const least = shown.problem ? around : { ...around, theirs: undefined };
    return (
      fuller
        .map((each) => formCard({ ...draft, month }, each))
        .find((card) => length.isSendable(card)) ??
      formCard({ ...draft, month }, { ...least, others: [] })
    );
  }

  /** No card holds the text, so all of it becomes the person's draft, to be read in parts. */
  async function keep(turn: Turn, draft: Draft, problem = ""): Promise<Card> {
    return partCard(turn, await drafts.save(turn, draft), 1, problem);
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
    const { district, draft: operation } = checked(KeptReference, data);
    const stored = await store.findDraft(committee.id, person.id, district, operation);
    if (stored) return stored.draft;
    throw new UserError(NOT_THERE);
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
  const { updates, contacts, goodPractice, priorities } = form;
  const { month, district, version, operation, saved } = form;
  return {
    ...{ updates, contacts, goodPractice, priorities },
    ...{ month, district, version, operation, saved },
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
function monthsOnOffer(draft: Draft, today: Day, plan: MeetingPlan, sent: Update | undefined) {
  const open = rules.openMonth(today, plan.forMonth);
  const meeting = sent ? plan.meetingOf(sent) : plan.forMonth(draft.month);
  const own = { month: draft.month, meeting };
  if (draft.version > 0 || !open || open === draft.month) return [own];
  const offered = { month: open, meeting: plan.forMonth(open) };
  return own.meeting && own.meeting.date >= today ? [own, offered] : [offered];
}

function surroundings({ committee }: Turn, district: string) {
  return { committee, districtName: districtWithId(district, committee)?.name ?? district };
}
