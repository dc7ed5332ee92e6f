import { dayOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { confirmCard, doneCard, roleCard } from "./cards.ts";
import type { RoleParts } from "./roles.ts";
import * as rules from "./rules.ts";
import { RoleForm, ROLES } from "./schema.ts";
import { namedIn, roleIn, unreadDay } from "./words.ts";
import said from "./said.json" with { type: "json" };

/** Giving a role: form → question → done. */
export function giving({ store, audit }: RoleParts) {
  const needs = { roles: ["administrator"], places: IN_PERSON } as const;
  const command: Command = {
    id: "people.give",
    name: "give role",
    full: "give role[ {role}][ for {district}][ to {person}][ from {from}]",
    changes: true,
    examples: said.give,
    phrases: [
      "give role {anything}",
      "give champion {district}",
      "give champion {district} {anything}",
      ...["give", "add", "new", "appoint"].flatMap((word) =>
        ROLES.flatMap((role) => [`${word} ${role}`, `${word} ${role} {anything}`]),
      ),
      "add role",
      "new champion {district}",
      "appoint {anything}",
    ],
    purpose: "Give somebody a role: give champion for Fenland to Jan French.",
    task: "People and roles",
    needs,
    run: openGive,
  };
  const verbs: Record<string, Verb> = {
    "people.check": { needs, run: check, again: showAgain },
    "people.change": { needs, run: change },
    "people.give": { needs, run: give },
  };
  return { command, verbs };

  /** The form, with what the text said of the role, the person and the days filled in. */
  async function openGive(
    turn: Turn,
    { district = "", said = "", person: name = "", ...slots }: Slots,
  ): Promise<Card> {
    const { people } = await store.read(turn.committee.id);
    const role = roleIn(said, district);
    const person = (namedIn(said, people) ?? namedIn(name.toLowerCase(), people))?.id ?? "";
    // Whoever the committee does not know yet is called as they were called here.
    const called = person ? "" : name;
    const days = daysIn(said, slots, turn);
    const form = { ...RoleForm.parse({}), role, district, person, name: called, ...days };
    const problem = missingIn(form, slots.unread) ?? unreadDay(said, slots.dates);
    return roleCard(form, turn.committee, people, problem);
  }

  /** Shows what would change, before anything does. */
  async function check(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(RoleForm, data);
    const { people } = await store.read(turn.committee.id);
    const grant = rules.readGrant(form, turn.committee, people);
    const { ended } = rules.give(people, grant, turn.committee);
    return confirmCard({ ...grant, operation: turn.id }, ended, turn.committee, dayOf(turn.now));
  }

  /** Back from the question to the form. */
  async function change(turn: Turn, data: unknown): Promise<Card> {
    const { people } = await store.read(turn.committee.id);
    const form = checked(RoleForm, data);
    return roleCard({ ...form, person: form.id }, turn.committee, people);
  }

  async function give(turn: Turn, data: unknown): Promise<Card> {
    const { committee, now } = turn;
    const form = checked(RoleForm, data);
    const before = await store.read(committee.id);
    const grant = rules.readGrant(form, committee, before.people);
    const { changed, ended, isOver } = rules.give(before.people, grant, committee);
    if (!(await store.save(committee.id, changed, before))) return give(turn, data);
    const what = rules.roleName(grant, committee);
    if (isOver)
      throw new UserError(
        `This button gave the role once, and the role has ended since. To give it again, type give ${what}.`,
      );
    const term = rules.term(grant, dayOf(now));
    if (changed.length > 0) await audit(turn, `gave ${what}, ${term}`, grant.id);
    for (const { id, role } of ended)
      await audit(turn, `ended ${rules.roleName(role, committee)}`, id);
    return doneCard(
      `${grant.name} is ${what} ${term}. Within a minute the bot knows it everywhere.`,
    );
  }

  async function showAgain(turn: Turn, data: unknown, { problem, canRead }: Trouble) {
    const form = checked(RoleForm, data);
    const people = canRead ? await store.peopleOf(turn.committee.id) : [];
    return roleCard(form, turn.committee, people, problem);
  }
}

/** "from 1 October 2019", "until 30 April 2020". Without the first, it begins today. */
function daysIn(said: string, { dates = [] }: Slots, { now }: Turn) {
  const words = said.split(" ");
  const [first, second] = dates;
  const hasFrom = words.includes("from") || words.includes("since");
  const until = words.includes("until") ? (hasFrom ? second : first) : undefined;
  return { from: (hasFrom ? first : undefined) ?? dayOf(now), until: until ?? "" };
}

/** What the words leave open, said before the person has to find out. */
function missingIn({ role, district, person }: RoleForm, unread = ""): string | undefined {
  if (role === "champion" && !district)
    return "Choose the district: I did not find one of the committee's districts in what you wrote.";
  if (unread && role && !person)
    return "I do not know that person yet. Choose them below, or enter their Entra object id.";
  return undefined;
}
