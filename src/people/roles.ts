import { addDays, dayOf, isDay, longDate } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  IN_PERSON,
  type AuditRecord,
  type Command,
  type Slots,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import { confirmCard, doneCard, endCard, roleCard, whoCard } from "./cards.ts";
import * as rules from "./rules.ts";
import { EndForm, Grant, RoleForm, ROLES, type CommitteePerson } from "./schema.ts";
import type { PeopleStore } from "./store.ts";

/** What this feature needs from the rest of the product. */
export interface RoleParts {
  readonly store: PeopleStore;
  readonly audit: AuditRecord;
}

/** Roles with their terms of office: given, ended and shown. */
export function roles({ store, audit }: RoleParts) {
  const administrator = { roles: ["administrator"], places: IN_PERSON } as const;
  const task = "People and roles";
  const commands: Command[] = [
    {
      name: "who is who",
      phrases: [
        "who's who",
        "who is champion",
        "who is champion {district}",
        "who is the chair",
        "who is the officer",
        "who are the champions",
        "champions",
        "roles",
        "people",
      ],
      purpose: "See who holds which role in the committee.",
      task,
      needs: { roles: EVERYONE, places: ANYWHERE },
      run: showWho,
    },
    {
      name: "give role",
      phrases: [
        "give role {anything}",
        "give champion {district}",
        "give champion {district} {anything}",
        ...ROLES.flatMap((role) => [`give ${role}`, `give ${role} {anything}`]),
        "add role",
        "new champion {district}",
      ],
      purpose: "Give somebody a role: give champion for Fenland to Jan French.",
      task,
      needs: administrator,
      run: openGive,
    },
    {
      name: "end role",
      phrases: [
        "end role {anything}",
        "end champion {district}",
        ...ROLES.flatMap((role) => [`end ${role}`, `end ${role} {anything}`]),
        "remove role",
        "revoke role",
      ],
      purpose: "End somebody's role, now or on a day.",
      task,
      needs: administrator,
      run: openEnd,
    },
  ];
  const verbs: Record<string, Verb> = {
    "people.who": {
      needs: { roles: EVERYONE, places: ANYWHERE },
      run: (turn) => showWho(turn, {}),
    },
    "people.check": { needs: administrator, run: check, again: showAgain },
    "people.change": { needs: administrator, run: change },
    "people.give": { needs: administrator, run: give },
    "people.end": { needs: administrator, run: end, again: showEndAgain },
  };
  return { commands, verbs };

  async function showWho({ committee, now }: Turn, { district }: Slots): Promise<Card> {
    return whoCard(await store.peopleOf(committee.id), committee, dayOf(now), district);
  }

  /** The form, with what the text said of the role and the person filled in. */
  async function openGive(turn: Turn, { district = "", rest = "" }: Slots): Promise<Card> {
    const { people } = await store.read(turn.committee.id);
    const said = roleIn(rest, district);
    const person = namedIn(rest, people)?.id ?? "";
    const form = { ...RoleForm.parse({}), ...said, district, person, from: dayOf(turn.now) };
    const problem =
      rest && !person && said.role && rest !== said.role
        ? "I do not know that person yet. Choose them below, or enter their Entra object id."
        : undefined;
    return roleCard(form, turn.committee, people, problem);
  }

  /** Shows what would change, before anything does. */
  async function check(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(RoleForm, data);
    const { people } = await store.read(turn.committee.id);
    const grant = rules.readGrant(form, turn.committee, people);
    const { ended } = rules.give(people, grant, turn.committee);
    return confirmCard(grant, ended, turn.committee, dayOf(turn.now));
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
    const { changed, ended } = rules.give(before.people, grant, committee);
    if (!(await store.save(committee.id, changed, before))) return give(turn, data);
    const what = rules.roleName(grant, committee);
    if (changed.length > 0) await audit(turn, `gave ${what}`, grant.id);
    for (const { role } of ended)
      await audit(turn, `ended ${rules.roleName(role, committee)}`, "gave way");
    return doneCard(`${grant.name} is ${what} ${rules.term(grant, dayOf(now))}.`);
  }

  async function openEnd(turn: Turn, { district, rest = "" }: Slots): Promise<Card> {
    const { people } = await store.read(turn.committee.id);
    const named = namedIn(rest, people)?.id;
    const { role } = roleIn(rest, district ?? "");
    const chosen = holdings(people, turn).find(
      (each) =>
        (district || named || role) &&
        (!district || each.role.district === district) &&
        (!named || each.person.id === named) &&
        (!role || each.role.role === role),
    );
    return endCard({ holding: chosen?.value ?? "", until: "" }, holdings(people, turn), turn);
  }

  /** Without a last day the role ends at once: its last day was yesterday. */
  async function end(turn: Turn, data: unknown): Promise<Card> {
    const { committee, now } = turn;
    const form = checked(EndForm, data);
    if (form.until && !isDay(form.until))
      throw new UserError("Enter the last day of the role as a date, or leave it empty.");
    const before = await store.read(committee.id);
    const lastDay = form.until || addDays(dayOf(now), -1);
    const holding = holdingIn(form.holding);
    if (!holding) throw new UserError("Choose the role that ends.");
    const person = before.people.find(({ id }) => id === holding.id);
    const changed = rules.end(person, holding, lastDay);
    const what = rules.roleName(holding, committee);
    const name = person?.name ?? "Nobody";
    if (!changed) return doneCard(`${name} is not ${what} after ${longDate(lastDay)}.`);
    if (!(await store.save(committee.id, [changed], before))) return end(turn, data);
    await audit(turn, `ended ${what}`, holding.id);
    return doneCard(
      form.until
        ? `${name} is ${what} until ${longDate(lastDay)}.`
        : `${name} is not ${what} any more. Within a minute the bot knows it everywhere.`,
    );
  }

  async function showAgain(turn: Turn, data: unknown, { problem, canRead }: Trouble) {
    const form = checked(RoleForm, data);
    const people = canRead ? await store.peopleOf(turn.committee.id) : [];
    return roleCard(form, turn.committee, people, problem);
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

function holdingIn(value: string) {
  const [id = "", role = "", district = "", from = ""] = value.split("/");
  const read = Grant.safeParse({ id, name: "-", role, from, ...(district ? { district } : {}) });
  return read.data;
}

/** The role that the rest of a command names: "champion" goes without saying for a district. */
function roleIn(rest: string, district: string) {
  const role = ROLES.find((known) => rest.startsWith(known));
  return { role: role ?? (district ? "champion" : "") };
}

/** The one person whose whole name stands in the text. */
function namedIn(rest: string, people: readonly CommitteePerson[]): CommitteePerson | undefined {
  const found = people.filter(({ name }) => rest.includes(name.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}
