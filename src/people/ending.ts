import { addDays, dayOf, isDay, longDate, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { confirmEndCard, doneCard, endCard } from "./cards.ts";
import type { RoleParts } from "./roles.ts";
import * as rules from "./rules.ts";
import { EndForm, Grant, ROLES, type CommitteePerson } from "./schema.ts";
import { namedIn, roleIn, unreadDay } from "./words.ts";
import said from "./said.json" with { type: "json" };

/** Ending a role: form → question → done. The committee keeps an administrator. */
export function ending({ store, audit, hasFirstAdministrators }: RoleParts) {
  const needs = { roles: ["administrator"], places: IN_PERSON } as const;
  const command: Command = {
    id: "people.end",
    name: "end role",
    full: "end role[ {role}][ for {district}][ of {person}][ on {date}]",
    changes: true,
    ends: true,
    saysNo: ["end", "take", "remove", "revoke", "strip", "resign", "stand", "step", "leave"],
    examples: said.end,
    phrases: [
      ...["end", "remove", "revoke"].flatMap((word) => [
        `${word} role {anything}`,
        `${word} champion {district}`,
        ...ROLES.flatMap((role) => [`${word} ${role}`, `${word} ${role} {anything}`]),
      ]),
      "remove role",
      "revoke role",
    ],
    purpose: "End somebody's role, now or on a day.",
    task: "People and roles",
    needs,
    run: openEnd,
  };
  const verbs: Record<string, Verb> = {
    "people.checkEnd": { needs, run: checkEnd, again: showEndAgain },
    "people.changeEnd": { needs, run: changeEnd },
    "people.end": { needs, run: end, again: showEndAgain },
  };
  return { command, verbs };

  async function openEnd(
    turn: Turn,
    { district, said = "", dates, month, person: name = "" }: Slots,
  ): Promise<Card> {
    const { people } = await store.read(turn.committee.id);
    const all = holdings(people, turn);
    const role = roleIn(said, district ?? "");
    const named = (namedIn(said, people) ?? namedIn(name.toLowerCase(), people))?.id;
    const fitting = all.filter(
      (each) =>
        (!district || each.role.district === district) &&
        (!named || each.person.id === named) &&
        (!role || each.role.role === role),
    );
    // Where several fit, the person chooses.
    const chosen = fitting.length === 1 ? fitting[0] : undefined;
    const form = { holding: chosen?.value ?? "", until: dates?.[0] ?? "" };
    const problem =
      unreadDay(said, dates, month) ??
      (fitting.length === 0 && (role || named || district)
        ? "Nobody holds such a role. These are the roles that can end."
        : undefined);
    return endCard(form, fitting.length > 0 ? fitting : all, turn, problem);
  }

  /** Asks once more, with the name and the day. */
  async function checkEnd(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(EndForm, data);
    const { people } = await store.read(turn.committee.id);
    const { person, holding } = endable(form, people);
    const today = dayOf(turn.now);
    const lastDay = form.until || addDays(today, -1);
    const changed = rules.end(person, holding, { lastDay, today });
    if (!changed) throw new UserError(`${longDate(lastDay)} is the last day of that role already.`);
    checkAdministrators(
      people,
      people.map((each) => (each === person ? changed : each)),
      today,
    );
    const what = `${person.name}: ${rules.roleName(holding, turn.committee)}, ${rules.term(holding)}.`;
    return confirmEndCard(form, what);
  }

  async function changeEnd(turn: Turn, data: unknown): Promise<Card> {
    const { people } = await store.read(turn.committee.id);
    return endCard(checked(EndForm, data), holdings(people, turn), turn);
  }

  /** Without a last day the role ends at once: its last day was yesterday. */
  async function end(turn: Turn, data: unknown): Promise<Card> {
    const { committee, now } = turn;
    const form = checked(EndForm, data);
    const before = await store.read(committee.id);
    const lastDay = form.until || addDays(dayOf(now), -1);
    const { person, holding } = endable(form, before.people);
    const changed = rules.end(person, holding, { lastDay, today: dayOf(now) });
    const what = rules.roleName(holding, committee);
    if (!changed) return doneCard(`${person.name} is not ${what} after ${longDate(lastDay)}.`);
    const people = before.people.map((each) => (each === person ? changed : each));
    checkAdministrators(before.people, people, dayOf(now));
    if (!(await store.save(committee.id, [changed], before))) return end(turn, data);
    await audit(turn, `ended ${what}, last day ${longDate(lastDay)}`, person.id);
    return doneCard(
      form.until
        ? `${person.name} is ${what} until ${longDate(lastDay)}.`
        : `${person.name} is not ${what} any more. Within a minute the bot knows it everywhere.`,
    );
  }

  /** Without an administrator nobody can give roles. Throws a UserError where a change leads there. */
  function checkAdministrators(
    before: readonly CommitteePerson[],
    after: readonly CommitteePerson[],
    today: Day,
  ): void {
    const day = hasFirstAdministrators ? undefined : rules.dayWithoutAdministrator(after, today);
    if (!day || rules.dayWithoutAdministrator(before, today) === day) return;
    throw new UserError(
      `On ${longDate(day)} there would be no administrator, and without one nobody can give roles. Give somebody else the role from that day first.`,
    );
  }

  async function showEndAgain(turn: Turn, data: unknown, { problem, canRead }: Trouble) {
    const people = canRead ? await store.peopleOf(turn.committee.id) : [];
    return endCard(checked(EndForm, data), holdings(people, turn), turn, problem);
  }
}

/** A role that somebody holds or will hold, as a choice. */
export interface HeldRole {
  readonly value: string;
  readonly person: CommitteePerson;
  readonly role: CommitteePerson["roles"][number];
}

function holdings(people: readonly CommitteePerson[], { now }: Turn): HeldRole[] {
  const today = dayOf(now);
  return people.flatMap((person) =>
    person.roles
      .filter(({ until }) => !until || until >= today)
      .map((role) => ({
        value: [person.id, role.role, role.district ?? "", role.from].join("/"),
        person,
        role,
      })),
  );
}

/** The role that the form names, if it can end so. Throws a UserError. */
function endable({ holding: value, until }: EndForm, people: readonly CommitteePerson[]) {
  const holding = holdingIn(value);
  const person = people.find(({ id }) => id === holding?.id);
  if (!holding || !person) throw new UserError("Choose the role that ends.");
  if (until && !isDay(until))
    throw new UserError("Enter the last day of the role as a date, or leave it empty.");
  if (until && until < holding.from)
    throw new UserError(
      `The role began on ${longDate(holding.from)}. The last day must not be before that.`,
    );
  return { person, holding };
}

function holdingIn(value: string) {
  const [id = "", role = "", district = "", from = ""] = value.split("/");
  const read = Grant.safeParse({ id, name: "-", role, from, ...(district ? { district } : {}) });
  return read.data;
}
