import { dayOf, type Day, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Feature, Person, Role } from "../feature.ts";
import { roleImport } from "./importing.ts";
import { roles, type RoleParts } from "./roles.ts";
import { heldOn, roleName } from "./rules.ts";
import type { PeopleStore } from "./store.ts";

/** Who is who, and who gives and ends roles. */
export function people(parts: RoleParts): Feature {
  const given = roles(parts);
  const imported = roleImport(parts);
  return {
    commands: [...given.commands, ...imported.commands],
    verbs: { ...given.verbs, ...imported.verbs },
  };
}

/** Who holds which role in a committee, on a day. The first administrators come from settings. */
export function holders({ peopleOf }: PeopleStore, firstAdministrators: readonly string[]) {
  return { personIn, whoHolds, describe, championOf, championTerms };

  /** The signed-in person with the roles they hold now. Nobody unknown holds any. */
  async function personIn(
    committee: string,
    signedIn: { readonly id: string; readonly name: string },
    now: Instant,
  ): Promise<Person> {
    const known = (await peopleOf(committee)).find(({ id }) => id === signedIn.id);
    const held = heldOn(dayOf(now), known?.roles ?? []);
    const isFirst = firstAdministrators.includes(signedIn.id);
    const holdings = isFirst ? [...held, { role: "administrator" as const }] : held;
    return { id: signedIn.id, name: known?.name ?? signedIn.name, holdings };
  }

  /** The people who hold any of the roles now. */
  async function whoHolds(committee: string, wanted: readonly Role[], now: Instant) {
    const today = dayOf(now);
    return (await peopleOf(committee)).filter((person) =>
      heldOn(today, person.roles).some(({ role }) => wanted.includes(role)),
    );
  }

  /** The same, in words: "Jan French, champion for Fenland". */
  async function describe(committee: Committee, wanted: readonly Role[], now: Instant) {
    const today = dayOf(now);
    const people = await whoHolds(committee.id, wanted, now);
    const isInSettings = wanted.includes("administrator") && firstAdministrators.length > 0;
    const described = people.map(({ name, roles: dated }) => {
      const held = heldOn(today, dated).filter(({ role }) => wanted.includes(role));
      return [name, ...held.map((role) => roleName(role, committee))].join(", ");
    });
    return isInSettings ? [...described, "the people who look after this bot"] : described;
  }

  /** The champion of a district on a day, or undefined while the seat is vacant. */
  async function championOf(committee: string, district: string, day: Day) {
    return (await peopleOf(committee)).find((person) =>
      heldOn(day, person.roles).some(
        (held) => held.role === "champion" && held.district === district,
      ),
    );
  }

  /** Every term of a champion, past and to come, the first first. */
  async function championTerms(committee: string) {
    const terms = (await peopleOf(committee)).flatMap(({ name, roles: dated }) =>
      dated.flatMap(({ role, district, from, until }) =>
        role === "champion" && district ? [{ name, district, from, until }] : [],
      ),
    );
    return terms.toSorted((a, b) => a.from.localeCompare(b.from));
  }
}
