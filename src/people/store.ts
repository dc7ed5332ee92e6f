import type { Tables } from "../tables.ts";
import { key } from "../tables.ts";
import { CommitteePerson, DatedRole } from "./schema.ts";

/** A role taken away is felt within this time on every replica. */
const REMEMBER_MS = 30_000;

export type PeopleStore = ReturnType<typeof createPeopleStore>;

/** Table `people`: partition committee, row Entra object id. */
export function createPeopleStore(tables: Tables) {
  const remembered = new Map<string, { people: Promise<CommitteePerson[]>; readAt: number }>();

  return { peopleOf, save };

  /** Everybody with a role in the committee, from one partition, remembered for half a minute. */
  function peopleOf(committee: string): Promise<CommitteePerson[]> {
    const known = remembered.get(committee);
    if (known && performance.now() - known.readAt < REMEMBER_MS) return known.people;
    // While the tables are away the last known roles hold; nothing can be written then anyway.
    const people = read(committee).catch((error: unknown) => {
      if (!known) throw error;
      return known.people;
    });
    remembered.set(committee, { people, readAt: performance.now() });
    people.catch(() => remembered.delete(committee));
    return people;
  }

  async function read(committee: string): Promise<CommitteePerson[]> {
    const rows = await (await tables("people")).list(key(committee));
    return rows.map((row) =>
      CommitteePerson.parse({
        id: row.personId,
        name: row.name,
        roles: DatedRole.array().parse(JSON.parse(String(row.roles))),
      }),
    );
  }

  async function save(committee: string, { id, name, roles }: CommitteePerson): Promise<void> {
    const table = await tables("people");
    const keys = { partitionKey: key(committee), rowKey: key(id) };
    await table.put({ ...keys, personId: id, name, roles: JSON.stringify(roles) });
    remembered.delete(committee);
  }
}
