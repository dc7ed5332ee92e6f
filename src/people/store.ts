import { key, MOST_IN_TRANSACTION, type StoredRow, type Tables } from "../tables.ts";
import { CommitteePerson, DatedRole } from "./schema.ts";

/** A role taken away is felt within this time on every replica. */
const REMEMBER_MS = 30_000;
/** While the people cannot be read, those known last hold for so long, and then nobody does. */
const LONGEST_MS = 60_000;
/** One row of the transaction is no person. */
export const MOST_CHANGES = MOST_IN_TRANSACTION - 1;

/** No person's id: the row that every change of roles writes, so that two at once notice each other. */
const LAST_CHANGE = "last change";

/** The people of a committee with the etags they were read with. */
export interface StoredPeople {
  readonly people: readonly CommitteePerson[];
  readonly etags: ReadonlyMap<string, string>;
}

interface Remembered {
  readonly people: Promise<CommitteePerson[]>;
  readonly readAt: number;
  /** When the tables last said so. */
  readonly confirmedAt: number;
}

export type PeopleStore = ReturnType<typeof createPeopleStore>;

/**
 * Table `people`: partition committee, row Entra object id; and the row `last change`, without
 * which two people could be given one vacant seat at the same moment.
 */
export function createPeopleStore(tables: Tables) {
  const remembered = new Map<string, Remembered>();

  return { peopleOf, read, save };

  /** Everybody with a role in the committee, from one partition, remembered for half a minute. */
  function peopleOf(committee: string): Promise<CommitteePerson[]> {
    const known = remembered.get(committee);
    const now = performance.now();
    if (known && now - known.readAt < REMEMBER_MS && now - known.confirmedAt < LONGEST_MS)
      return known.people;
    const entry = { readAt: now, confirmedAt: now };
    const people = rows(committee).then(
      (found) => found.filter(isPerson).map(readPerson),
      (error: unknown) => {
        // A role could have been taken away in the meantime, so this cannot go on for long.
        if (!known || now - known.confirmedAt >= LONGEST_MS) throw error;
        entry.confirmedAt = known.confirmedAt;
        return known.people;
      },
    );
    remembered.set(committee, Object.assign(entry, { people }));
    people.catch(() => remembered.delete(committee));
    return people;
  }

  /** Everybody as they stand now, to be changed. */
  async function read(committee: string): Promise<StoredPeople> {
    const found = await rows(committee);
    const people = found.filter(isPerson).map(readPerson);
    return { people, etags: new Map(found.map(({ rowKey, etag }) => [rowKey, etag])) };
  }

  /** Writes people all or none. False when anybody's roles were changed since `before` was read. */
  async function save(
    committee: string,
    people: readonly CommitteePerson[],
    before: Pick<StoredPeople, "etags">,
  ): Promise<boolean> {
    if (people.length === 0) return true;
    const partitionKey = key(committee);
    const rows = people.map(({ id, name, roles }) => {
      return { partitionKey, rowKey: key(id), personId: id, name, roles: JSON.stringify(roles) };
    });
    const changes = [...rows, { partitionKey, rowKey: key(LAST_CHANGE) }].map((row) => {
      const etag = before.etags.get(row.rowKey);
      return etag ? { replace: row, etag } : { create: row };
    });
    const isSaved = await (await tables("people")).write(changes);
    remembered.delete(committee);
    return isSaved;
  }

  async function rows(committee: string): Promise<StoredRow[]> {
    return (await tables("people")).list(key(committee));
  }
}

function isPerson({ personId }: StoredRow): boolean {
  return personId !== undefined;
}

function readPerson(row: StoredRow): CommitteePerson {
  return CommitteePerson.parse({
    id: row.personId,
    name: row.name,
    roles: DatedRole.array().parse(JSON.parse(String(row.roles))),
  });
}
