import { openWholeTables } from "../src/keeping/whole-tables.ts";
import { migrate } from "../src/migrate.ts";
import type { Migration } from "../src/migrations/index.ts";
import { createPeopleStore } from "../src/people/store.ts";
import { openTables } from "../src/tables.ts";
import { startTables, type TableService } from "./support/council.ts";

/** An earlier shape of `people`: one role in columns, where there is a list today. */
const OLD = [1, 2, 3].map((number) => ({
  partitionKey: "committee",
  rowKey: `person-${number}`,
  personId: `person-${number}`,
  name: `Person ${number}`,
  role: "officer",
  from: "2019-05-01",
}));
const ROLES_IN_A_LIST: Migration = {
  table: "people",
  to: 2,
  change: ({ role, from, ...row }) => ({ ...row, roles: JSON.stringify([{ role, from }]) }),
};
const NAMES_IN_CAPITALS: Migration = {
  table: "people",
  to: 3,
  change: (row) => ({ ...row, name: String(row["name"]).toUpperCase() }),
};

let service: TableService;
beforeAll(async () => (service = await startTables()));
beforeEach(async () => {
  const table = await openTables(service.settings, undefined, [])("people");
  for (const row of OLD) await table.put(row);
});
afterAll(() => service.stop());

it("reads rows of the version before, and writes them in the present one", async () => {
  const store = createPeopleStore(openTables(service.settings, undefined, [ROLES_IN_A_LIST]));
  const before = await store.read("committee");
  expect(before.people.map(({ name, roles }) => [name, roles])).toEqual(
    [1, 2, 3].map((number) => [`Person ${number}`, [{ role: "officer", from: "2019-05-01" }]]),
  );

  const [first] = before.people;
  if (!first) throw new Error("Nobody is there");
  expect(await store.save("committee", [{ ...first, name: "Renamed" }], before)).toBe(true);

  expect((await store.read("committee")).people[0]?.name).toBe("Renamed");
  expect(await versions()).toEqual([2, 1, 1, 2]);
});

it("migrates every row once, however often it is run", async () => {
  const changed: string[] = [];
  const counting = {
    ...ROLES_IN_A_LIST,
    change: (row: Parameters<Migration["change"]>[0]) => {
      changed.push(String(row["rowKey"]));
      return ROLES_IN_A_LIST.change(row);
    },
  };

  expect(await run([counting])).toContain("people: 3 rows");
  changed.length = 0;
  expect(await run([counting])).toContain("people: 0 rows");

  expect(changed).toEqual([]);
  expect((await versions()).slice(0, 3)).toEqual([2, 2, 2]);
});

it("goes on where it was stopped", async () => {
  let left = 2;
  const stopping = {
    ...ROLES_IN_A_LIST,
    change: (row: Parameters<Migration["change"]>[0]) => {
      left -= 1;
      if (left < 0) throw new Error("stopped");
      return ROLES_IN_A_LIST.change(row);
    },
  };
  await expect(run([stopping])).rejects.toThrow("stopped");
  expect((await versions()).slice(0, 3)).toEqual([2, 2, 1]);

  expect(await run([ROLES_IN_A_LIST])).toContain("people: 1 rows");
});

it("takes a row over several versions, in their order", async () => {
  await run([NAMES_IN_CAPITALS, ROLES_IN_A_LIST]);

  const { people } = await createPeopleStore(openTables(service.settings)).read("committee");
  expect(people[0]).toMatchObject({ name: "PERSON 1", roles: [{ role: "officer" }] });
});

it("leaves other tables as they are, and does nothing where there is nothing to do", async () => {
  const committees = await openTables(service.settings)("committees");
  await committees.put({ partitionKey: "committee", rowKey: "a" });
  const before = await committees.find("committee", "a");

  await run([ROLES_IN_A_LIST]);

  expect(await committees.find("committee", "a")).toEqual(before);
  expect(await run([])).toEqual(["Every row is of the present version."]);
});

async function run(migrations: readonly Migration[]): Promise<string[]> {
  const printed: string[] = [];
  await migrate({
    whole: openWholeTables(service.settings),
    tables: openTables(service.settings, undefined, migrations),
    migrations,
    print: (line) => void printed.push(line),
  });
  return printed;
}

/** What the rows themselves say, in the order of their keys. */
async function versions(): Promise<unknown[]> {
  const found: [string, unknown][] = [];
  for await (const line of openWholeTables(service.settings).lines("people")) {
    const { RowKey, v } = JSON.parse(line) as Record<string, unknown>;
    found.push([String(RowKey), v]);
  }
  return found
    .toSorted(
      ([one], [other]) => (one.startsWith("person") ? 0 : 1) - (other.startsWith("person") ? 0 : 1),
    )
    .map(([, v]) => v);
}
