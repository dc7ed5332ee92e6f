import { dayOf, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import { checked } from "../errors.ts";
import type { Trouble, Turn } from "../feature.ts";
import { formCard, type FormSurroundings } from "./cards.ts";
import type { ChampionParts, MeetingPlan } from "./index.ts";
import type { reading } from "./reading.ts";
import * as rules from "./rules.ts";
import { Form, type Draft } from "./schema.ts";

/** The form on a card: with what a champion needs to know around it, and never without their words. */
export function forms(planFor: ChampionParts["planFor"], read: ReturnType<typeof reading>) {
  return { showForm, showAgain };

  async function showForm(
    turn: Turn,
    draft: Draft,
    shown: Partial<FormSurroundings> & { plan?: MeetingPlan },
  ): Promise<Card> {
    const { committee, now } = turn;
    const plan = shown.plan ?? (await planFor(committee.id, now));
    const today = dayOf(now);
    const openedFor = shown.openedFor ?? draft.month;
    const months = monthsOnOffer(draft, today, plan);
    // A month whose meeting is over cannot be chosen, so the open one stands ready instead.
    const month =
      (months.find((choice) => choice.month === draft.month) ?? months[0])?.month ?? draft.month;
    const meeting = plan.forMonth(month);
    return formCard(
      { ...draft, month },
      {
        carried: [],
        isLate: meeting !== undefined && today >= meeting.publication,
        ...shown,
        ...surroundings(turn, draft.district),
        months,
        openedFor,
        // With two texts to compare there is no room for a third, and it was offered before.
        last: shown.theirs
          ? undefined
          : await read.lastWritten(committee.id, draft.district, openedFor),
      },
    );
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
      months: [{ month: form.month }],
    });
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

/** The form's own month while its meeting is to come, and the month that is open now. */
function monthsOnOffer(draft: Draft, today: Day, plan: MeetingPlan) {
  const open = rules.openMonth(today, plan.forMonth);
  const own = { month: draft.month, meeting: plan.forMonth(draft.month) };
  if (draft.version > 0 || !open || open === draft.month) return [own];
  const offered = { month: open, meeting: plan.forMonth(open) };
  return own.meeting && own.meeting.date >= today ? [own, offered] : [offered];
}

function surroundings({ committee, person }: Turn, district: string) {
  const districtName = districtWithId(district, committee)?.name ?? district;
  return { committee, districtName, champion: person.name };
}
