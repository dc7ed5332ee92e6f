import { dayOf, type Day, type Instant } from "../calendar.ts";
import type { Holding, Person, Role } from "../feature.ts";
import type { DatedRole } from "./schema.ts";
import type { PeopleStore } from "./store.ts";

/** Who holds which role in a committee, on a day. */
export function people({ peopleOf }: PeopleStore) {
  return { personIn, whoHolds, championOf };

  /** The signed-in person with the roles they hold now. Nobody unknown holds any. */
  async function personIn(
    committee: string,
    signedIn: { readonly id: string; readonly name: string },
    now: Instant,
  ): Promise<Person> {
    const known = (await peopleOf(committee)).find(({ id }) => id === signedIn.id);
    if (!known) return { ...signedIn, holdings: [] };
    return { id: known.id, name: known.name, holdings: held(known.roles, dayOf(now)) };
  }

  /** The people who hold any of the roles now. */
  async function whoHolds(committee: string, roles: readonly Role[], now: Instant) {
    const today = dayOf(now);
    return (await peopleOf(committee)).filter((person) =>
      held(person.roles, today).some(({ role }) => roles.includes(role)),
    );
  }

  /** The champion of a district on a day, or undefined while the seat is vacant. */
  async function championOf(committee: string, district: string, day: Day) {
    return (await peopleOf(committee)).find(({ roles }) =>
      held(roles, day).some((held) => held.role === "champion" && held.district === district),
    );
  }
}

function held(roles: readonly DatedRole[], day: Day): Holding[] {
  return roles.filter(({ from, until }) => from <= day && (!until || day <= until));
}
