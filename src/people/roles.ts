import { addDays, dayOf, isDay, longDate, type Day } from "../calendar.ts";
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
import { confirmCard, confirmEndCard, doneCard, endCard, roleCard, whoCard } from "./cards.ts";
import * as rules from "./rules.ts";
import { EndForm, Grant, RoleForm, ROLES, type CommitteePerson } from "./schema.ts";
import type { PeopleStore } from "./store.ts";

/** Words after which a day follows. */
const DAY_WORDS = new Set(["from", "since", "until", "till", "weeks", "months"]);

/** What this feature needs from the rest of the product. */
export interface RoleParts {
  readonly store: PeopleStore;
  readonly audit: AuditRecord;
  /** Whether the settings name administrators: then there is always one. */
  readonly hasFirstAdministrators: boolean;
}

/** Roles with their terms of office: given, ended and shown. */
export function roles({ store, audit, hasFirstAdministrators }: RoleParts) {
  const administrator = { roles: ["administrator"], places: IN_PERSON } as const;
  const task = "People and roles";
  const commands: Command[] = [
    {
      name: "who is who",
      phrases: [
        "who's who",
        "who is champion",
        "who is champion {district}",
        ...ROLES.filter((role) => role !== "champion").flatMap((role) => [
          `who is the ${role}`,
          `who are the ${role}s`,
        ]),
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
        ...["give", "add", "new", "appoint"].flatMap((word) =>
          ROLES.flatMap((role) => [`${word} ${role}`, `${word} ${role} {anything}`]),
        ),
        "add role",
        "new champion {district}",
        "appoint {anything}",
      ],
      purpose: "Give somebody a role: give champion for Fenland to Jan French.",
      task,
      needs: administrator,
      run: openGive,
    },
    {
      name: "end role",
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
      task,
      needs: administrator,
      run: openEnd,
    },
  ];
  const verbs: Record<string, Verb> = {
    "people.who": {
      needs: { roles: EVERYONE, places: ANYWHERE },
      run: (turn) => showWho(turn, {}),
      justForMe: true,
    },
    "people.check": { needs: administrator, run: check, again: showAgain },
    "people.change": { needs: administrator, run: change },
    "people.give": { needs: administrator, run: give },
    "people.checkEnd": { needs: administrator, run: checkEnd, again: showEndAgain },
    "people.changeEnd": { needs: administrator, run: changeEnd },
    "people.end": { needs: administrator, run: end, again: showEndAgain },
  };
  return { commands, verbs };

  async function showWho({ committee, now }: Turn, { district }: Slots): Promise<Card> {
    return whoCard(await store.peopleOf(committee.id), committee, dayOf(now), district);
  }

  /** The form, with what the text said of the role, the person and the days filled in. */
  async function openGive(
    turn: Turn,
    { district = "", said = "", ...slots }: Slots,
  ): Promise<Card> {
    const { people } = await store.read(turn.committee.id);
    const role = roleIn(said, district);
    const person = namedIn(said, people)?.id ?? "";
    const form = { ...RoleForm.parse({}), role, district, person, ...daysIn(said, slots, turn) };
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

  async function openEnd(turn: Turn, { district, said = "", dates, month }: Slots): Promise<Card> {
    const { people } = await store.read(turn.committee.id);
    const all = holdings(people, turn);
    const role = roleIn(said, district ?? "");
    const named = namedIn(said, people)?.id;
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

/** The role that the words name: "champion" goes without saying for a district. */
function roleIn(said: string, district: string): string {
  return ROLES.find((known) => said.includes(known)) ?? (district ? "champion" : "");
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

/** A day that was named and not understood, said before it is taken for none at all. */
function unreadDay(said: string, dates: readonly string[] = [], month = ""): string | undefined {
  const named = said.split(" ").filter((word) => DAY_WORDS.has(word)).length;
  if (Math.max(named, month ? 1 : 0) <= dates.length) return undefined;
  return "I did not understand the day in what you wrote. Choose it below.";
}

/** The one person whose whole name stands in the text. */
function namedIn(said: string, people: readonly CommitteePerson[]): CommitteePerson | undefined {
  const found = people.filter(({ name }) => said.includes(name.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}
