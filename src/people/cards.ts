import { dayOf, longDate, type Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import type { Turn } from "../feature.ts";
import type { BadLine } from "./importing.ts";
import type { HeldRole } from "./ending.ts";
import { roleName, term, type Ended } from "./rules.ts";
import {
  ROLES,
  type CommitteePerson,
  type DatedRole,
  type EndForm,
  type Grant,
  type RoleForm,
} from "./schema.ts";

/** A card shows so many lines that cannot be imported; the others are counted. */
const MOST_LINES = 100;

/** Who holds which role now or later, districts without a champion included. */
export function whoCard(
  people: readonly CommitteePerson[],
  committee: Committee,
  today: Day,
  district?: string,
): Card {
  const held = people.flatMap(({ name, roles }) => roles.map((role) => ({ name, role })));
  const current = held.filter(({ role }) => !role.until || role.until >= today);
  const lines = ROLES.flatMap((role) => {
    const holders = current.filter((each) => each.role.role === role);
    if (role !== "champion") return seat(capital(role), holders, committee, today);
    return committee.districts
      .filter(({ id }) => !district || id === district)
      .flatMap(({ id, name }) => {
        const own = holders.filter((each) => each.role.district === id);
        return seat(`Champion for ${name}`, own, committee, today);
      });
  });
  return fill("people/who", { committee: committee.name, lines });
}

/** What a few people hold, and what they will hold. */
export function termsCard(
  people: readonly CommitteePerson[],
  committee: Committee,
  today: Day,
): Card {
  const lines = people.flatMap(({ name, roles }) =>
    roles
      .filter(({ until }) => !until || until >= today)
      .map((role) => ({
        ...line({ name, role }, committee, today),
        role: capital(roleName(role, committee)),
      })),
  );
  return fill("people/who", { committee: committee.name, lines });
}

/** Who holds it and who follows, the earliest first, and whether nobody does today. */
function seat(name: string, holders: readonly Holder[], committee: Committee, today: Day) {
  const isVacant = holders.every(({ role }) => role.from > today);
  const following = holders.toSorted((a, b) => a.role.from.localeCompare(b.role.from));
  return [
    ...(isVacant ? [{ role: name, name: "Vacant", term: "" }] : []),
    ...following.map((holder) => line(holder, committee, today)),
  ];
}

/** The form for giving a role, filled with what was chosen so far. */
export function roleCard(
  form: RoleForm,
  { districts, name }: Committee,
  people: readonly CommitteePerson[],
  problem = "",
): Card {
  return fill("people/role", {
    ...form,
    committee: name,
    problem,
    hasProblem: problem !== "",
    roles: ROLES.map((role) => ({ value: role, title: capital(role) })),
    districts,
    people: people.map((person) => ({ value: person.id, title: person.name })),
    chosen: people.find(({ id }) => id === (form.id || form.person))?.name ?? "",
    hasChosen: people.some(({ id }) => id === (form.id || form.person)),
  });
}

/** What giving a role will change, before it does. */
export function confirmCard(
  grant: Grant,
  ended: readonly Ended[],
  committee: Committee,
  today: Day,
): Card {
  const { role, district = "", id, name, from, until = "", operation = "" } = grant;
  return fill("people/confirm", {
    grant: { role, district, id, name, from, until, operation },
    what: `${name} (${id}): ${roleName(grant, committee)}, ${term(grant, today)}.`,
    ended: endedLines(ended, committee),
  });
}

/** A change of roles, done. */
export function doneCard(what: string): Card {
  return fill("people/done", { what });
}

/** The form for ending a role. */
export function endCard(
  form: EndForm,
  holdings: readonly HeldRole[],
  { committee, now }: Turn,
  problem = "",
): Card {
  return fill("people/end", {
    ...form,
    problem,
    hasProblem: problem !== "",
    holdings: holdings.map(({ value, person, role }) => ({
      value,
      title: `${person.name}, ${roleName(role, committee)}, ${term(role, dayOf(now))}`,
    })),
  });
}

/** The last question before a role ends. */
export function confirmEndCard({ holding, until }: EndForm, what: string): Card {
  const when = until
    ? `The role ends with ${longDate(until)}.`
    : "The role ends now. Within a minute the bot knows it everywhere.";
  return fill("people/confirm-end", { holding, until, what, when });
}

/** The form for a pasted list. */
export function importCard(csv: string, problem = ""): Card {
  return fill("people/import", { csv, problem, hasProblem: problem !== "" });
}

/** What a pasted list would do, and each line that cannot be read. */
export function previewCard(
  csv: string,
  plan: {
    readonly grants: readonly Grant[];
    readonly ended: readonly Ended[];
    readonly bad: readonly BadLine[];
  },
  committee: Committee,
  today: Day,
): Card {
  const { grants, ended, bad } = plan;
  return fill("people/preview", {
    csv,
    isGood: bad.length === 0 && grants.length > 0,
    isSame: bad.length === 0 && grants.length === 0,
    hasBad: bad.length > 0,
    countBad: bad.length,
    bad: bad
      .slice(0, MOST_LINES)
      .map(({ number, problem }) => ({ line: `Line ${number}: ${problem}` })),
    hasMoreBad: bad.length > MOST_LINES,
    moreBad: bad.length - MOST_LINES,
    countGood: grants.length,
    good: grants.slice(0, MOST_LINES).map((grant) => ({
      line: `${grant.name} (${grant.id}): ${roleName(grant, committee)}, ${term(grant, today)}`,
    })),
    hasMoreGood: grants.length > MOST_LINES,
    moreGood: grants.length - MOST_LINES,
    ended: endedLines(ended, committee),
  });
}

/** All roles as a list to copy into a spreadsheet. */
export function exportCard(csv: string, count: number): Card {
  return fill("people/export", { csv, count });
}

function endedLines(ended: readonly Ended[], committee: Committee) {
  return ended.map(({ name, role, until }) => ({
    line: `The term of ${name} as ${roleName(role, committee)} ends on ${longDate(until)}.`,
  }));
}

interface Holder {
  readonly name: string;
  readonly role: DatedRole;
}

function line({ name, role }: Holder, committee: Committee, today: Day) {
  return { name, role: capital(roleName(role, committee)), term: `, ${term(role, today)}` };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
