import type { Logger } from "pino";
import { addDays, dayOf, weekdayOf, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import { checked } from "../errors.ts";
import { IN_PERSON, type Feature, type Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { dayCard, ENTRIES_ON_A_CARD } from "./cards.ts";
import { DayReference, type AuditEntry } from "./schema.ts";
import type { AuditStore } from "./store.ts";
import said from "./said.json" with { type: "json" };

/** How far back the newest day with an entry is looked for. */
const DAYS_BACK = 14;
const DAYS_IN_A_WEEK = 7;

/** Refused attempts of one person in one committee on one day that are written down; the next says that more came. */
const MOST_REFUSALS = 50;

/** What is written down of a turn, or of a job, which has no place. */
type Work = Pick<Turn, "committee" | "now"> & {
  readonly person: { readonly id: string; readonly name: string };
  readonly place?: Turn["place"];
};

/** Writes entries: what was done, and what was refused. */
export function auditing(store: AuditStore, log: Logger) {
  let refusals = { day: "", of: new Map<string, number>() };
  return {
    done: (turn: Turn, what: string, record: string) => append(turn, what, record, "done"),
    refused,
    byItself,
  };

  /** What the bot did that nobody asked for: a job's work. */
  async function byItself(committee: Committee, now: Instant, what: string, record: string) {
    const person = { id: "bot", name: "The bot" };
    await append({ committee, now, person }, what, record, "done");
  }

  /** Nobody can bury what others did under thousands of refusals. */
  async function refused(turn: Turn, what: string): Promise<void> {
    const day = dayOf(turn.now);
    if (refusals.day !== day) refusals = { day, of: new Map() };
    const who = `${turn.committee.id} ${turn.person.id}`;
    const count = (refusals.of.get(who) ?? 0) + 1;
    refusals.of.set(who, count);
    if (count <= MOST_REFUSALS) await append(turn, what, "", "refused");
    if (count === MOST_REFUSALS + 1) await append(turn, "more on this day", "", "refused");
  }

  /** What was done is done: a trouble with writing it down is logged with the entry, never thrown. */
  async function append(
    { committee, now, person, place }: Work,
    what: string,
    record: string,
    outcome: AuditEntry["outcome"],
  ) {
    const entry: AuditEntry = {
      ...{ at: now.toString(), personId: person.id, name: person.name },
      ...{ what, record, outcome, place: place?.kind ?? "job" },
    };
    try {
      await store.append(committee.id, dayOf(now), entry);
    } catch (error) {
      const { name: _name, ...rest } = entry;
      log.error({ err: error, audit: rest }, "an audit entry could not be written");
    }
  }
}

/** The administrator's view of it. */
export function audit(
  store: AuditStore,
  peopleOf: (
    committee: string,
  ) => Promise<readonly { readonly id: string; readonly name: string }[]>,
): Feature {
  const administrator = { roles: ["administrator"], places: IN_PERSON } as const;
  return {
    commands: [
      {
        id: "audit.day",
        name: "audit",
        full: "audit[ {date}]",
        days: "back",
        examples: said.day,
        phrases: ["audit {date}", "audit log", "audit log {date}", "show audit", "who did what"],
        purpose: "See who did what to which record on a day: audit 25 September 2019.",
        task: "People and roles",
        needs: administrator,
        run: showDay,
      },
    ],
    verbs: { "audit.day": { needs: administrator, run: showReferenced } },
  };

  /** A day, or the last one of last week or of all on which something was done. */
  async function showDay(
    { committee, now }: Turn,
    { dates: [date] = [], typed = "" }: Slots,
  ): Promise<Card> {
    const people = await peopleOf(committee.id);
    if (date) return dayCard(date, await store.ofDay(committee.id, date), { people, page: 1 });
    const isLastWeek = /\blast week\b/i.test(typed);
    const today = isLastWeek ? addDays(dayOf(now), -weekdayOf(dayOf(now))) : dayOf(now);
    for (let back = 0; back < (isLastWeek ? DAYS_IN_A_WEEK : DAYS_BACK); back += 1) {
      const day = addDays(today, -back);
      const entries = await store.ofDay(committee.id, day);
      if (entries.length > 0) return dayCard(day, entries, { people, page: 1 });
    }
    return dayCard(today, [], { people, page: 1 });
  }

  async function showReferenced({ committee }: Turn, data: unknown): Promise<Card> {
    const { day, page } = checked(DayReference, data);
    const entries = await store.ofDay(committee.id, day);
    const people = await peopleOf(committee.id);
    return dayCard(day, entries, { people, page: lastPage(entries, page) });
  }
}

function lastPage(entries: readonly AuditEntry[], page: number): number {
  return Math.min(page, Math.max(1, Math.ceil(entries.length / ENTRIES_ON_A_CARD)));
}
