import { addDays, isDay, longDate, type Day } from "../calendar.ts";
import { districtWithId, type Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import {
  ROLES,
  type CommitteePerson,
  type DatedRole,
  type Grant,
  type RoleForm,
} from "./schema.ts";

/** Somebody who gives way, and the last day of their role. */
export interface Ended {
  readonly id: string;
  readonly name: string;
  readonly role: DatedRole;
  readonly until: Day;
}

/** The people as they are after a change, those of them that changed, and who gives way. */
export interface RoleChange {
  readonly people: readonly CommitteePerson[];
  readonly changed: readonly CommitteePerson[];
  readonly ended: readonly Ended[];
  /** The same press gave the role before, and it has ended since. */
  readonly isOver?: boolean;
}

const LONGEST_NAME = 100;
const ENTRA_ID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The roles held on a day. */
export function heldOn(day: Day, roles: readonly DatedRole[]): DatedRole[] {
  return roles.filter(({ from, until }) => from <= day && (!until || day <= until));
}

/** "champion for Fenland", "officer". */
export function roleName({ role, district }: DatedRole, committee: Committee): string {
  if (role !== "champion") return role;
  return `champion for ${districtWithId(district ?? "", committee)?.name ?? district ?? "no district"}`;
}

/** What was filled in, as a role that can be given. Throws a UserError. */
export function readGrant(
  form: RoleForm,
  committee: Committee,
  people: readonly CommitteePerson[],
): Grant {
  const role = ROLES.find((known) => known === form.role);
  if (!role) throw new UserError(`Choose the role: ${ROLES.join(", ")}.`);
  const district = districtWithId(form.district, committee);
  if (role === "champion" && !district)
    throw new UserError("Choose the district that the champion writes for.");
  const id = (form.id || form.person).trim().toLowerCase();
  if (!id) throw new UserError("Choose the person, or enter their Entra object id.");
  if (!ENTRA_ID.test(id))
    throw new UserError(
      "The Entra object id must look like 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed. It is on the person's page in the Entra admin centre.",
    );
  const known = people.find((person) => person.id === id)?.name;
  const name = form.name.trim() || known;
  if (known && name !== known)
    throw new UserError(
      `That Entra object id is ${known}'s, and the name given is ${name}. Check the id, or leave the name as ${known}.`,
    );
  if (!name) throw new UserError("Enter the person's name as it should be shown.");
  if (name.length > LONGEST_NAME)
    throw new UserError(
      `The name has ${name.length} characters. Shorten it to ${LONGEST_NAME} or fewer.`,
    );
  if (!form.from) throw new UserError("Enter the first day of the role.");
  if (!isDay(form.from)) throw new UserError("The first day must look like 2019-10-01.");
  if (form.until && !isDay(form.until))
    throw new UserError("The last day must look like 2019-10-01, or be empty.");
  if (form.until && form.until < form.from)
    throw new UserError("The last day of the role must not be before its first day.");
  return {
    ...{ role, id, name, from: form.from },
    ...(role === "champion" && district ? { district: district.id } : {}),
    ...(form.until ? { until: form.until } : {}),
    ...(form.operation ? { operation: form.operation } : {}),
  };
}

/**
 * Gives a role. A district has one champion and a committee one chair, so whoever holds such a
 * role until then gives way on the day before. Giving the same twice changes nothing. Throws a
 * UserError where it is not plain who should give way.
 */
export function give(
  people: readonly CommitteePerson[],
  { id, name, ...role }: Grant,
  committee: Committee,
): RoleChange {
  const what = roleName(role, committee);
  const ended: Ended[] = [];
  const own = people.find((person) => person.id === id);
  const same = own?.roles.filter((held) => overlaps(held, role)) ?? [];
  const given = own?.roles.find((held) => role.operation && held.operation === role.operation);
  if (given)
    return {
      people,
      changed: [],
      ended,
      isOver: given.until !== undefined && given.until !== role.until,
    };
  if (same.some((held) => held.from === role.from && held.until === role.until))
    return { people, changed: [], ended };
  const [other] = same;
  if (other)
    throw new UserError(`${name} is ${what} already, ${term(other)}. End that role first.`);
  const others = people
    .filter((person) => person.id !== id)
    .map((person) => {
      const inTheWay = hasOneHolder(role)
        ? person.roles.filter((held) => overlaps(held, role))
        : [];
      const later = inTheWay.find((held) => held.from >= role.from);
      if (later)
        throw new UserError(
          `${person.name} is ${what} ${term(later)}. Choose another first day, or end that role first.`,
        );
      const until = addDays(role.from, -1);
      ended.push(
        ...inTheWay.map((held) => ({ id: person.id, name: person.name, role: held, until })),
      );
      return inTheWay.length === 0
        ? person
        : {
            ...person,
            roles: person.roles.map((held) =>
              inTheWay.includes(held) ? { ...held, until } : held,
            ),
          };
    });
  const person = { id, name, roles: [...(own?.roles ?? []), role] };
  const changed = [person, ...others.filter((each) => !people.includes(each))];
  return { people: [...others, person], changed, ended };
}

/**
 * Ends a role on a day, which is its last, or lengthens a term that is not over yet. One that ends
 * before it began was never held, and stays as a note that it was given. Undefined when that is its
 * last day already, or the role is over.
 */
export function end(
  person: CommitteePerson | undefined,
  holding: Pick<DatedRole, "role" | "district" | "from">,
  { lastDay, today }: { readonly lastDay: Day; readonly today: Day },
): CommitteePerson | undefined {
  const held = person?.roles.find(
    (role) =>
      isSameRole(role, holding) &&
      role.from === holding.from &&
      role.until !== lastDay &&
      (!role.until || role.until >= today),
  );
  if (!person || !held) return undefined;
  const others = person.roles.filter((role) => role !== held);
  return { ...person, roles: [...others, { ...held, until: lastDay }] };
}

/** The first day from today on without an administrator, or undefined when there always is one. */
export function dayWithoutAdministrator(
  people: readonly CommitteePerson[],
  today: Day,
): Day | undefined {
  const held = people.flatMap(({ roles }) => roles).filter(({ role }) => role === "administrator");
  const ends = held.flatMap(({ until }) => (until ? [addDays(until, 1)] : []));
  return [today, ...ends.filter((day) => day > today)]
    .toSorted()
    .find((day) => heldOn(day, held).length === 0);
}

/** "since 30 May 2018", "from 1 May 2020", "1 May 2019 to 30 April 2020". */
export function term({ from, until }: DatedRole, today?: Day): string {
  if (until) return `${longDate(from)} to ${longDate(until)}`;
  return today && from > today ? `from ${longDate(from)}` : `since ${longDate(from)}`;
}

function hasOneHolder({ role }: DatedRole): boolean {
  return role === "champion" || role === "chair";
}

function isSameRole(
  one: Pick<DatedRole, "role" | "district">,
  two: Pick<DatedRole, "role" | "district">,
): boolean {
  return one.role === two.role && (one.district ?? "") === (two.district ?? "");
}

function overlaps(one: DatedRole, two: DatedRole): boolean {
  if (!isSameRole(one, two)) return false;
  return (!one.until || one.until >= two.from) && (!two.until || two.until >= one.from);
}
