import { TableClient } from "@azure/data-tables";
import fc from "fast-check";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { join, key, listTableNames, split, type Table } from "../src/tables.ts";
import { startTables } from "./support/council.ts";
import { wholeCopyOf } from "./support/sample-copies.ts";

/** The version of the indicators is made anew at each load. */
const AT_RANDOM = "made at random";

let service: Awaited<ReturnType<typeof startTables>>;
let table: Table;
beforeAll(async () => (service = await startTables()));
beforeEach(async () => (table = await service.freshTables()("things")));
afterAll(() => service.stop());

it("writes all of a transaction or nothing", async () => {
  await table.create({ partitionKey: "p", rowKey: "taken" });

  const done = await table.write([
    { create: { partitionKey: "p", rowKey: "new" } },
    { create: { partitionKey: "p", rowKey: "taken" } },
  ]);

  expect(done).toBe(false);
  expect(await table.find("p", "new")).toBeUndefined();
});

it("keeps text with the line separators of Unicode, as lines", async () => {
  const done = await table.write([
    { create: { partitionKey: "p", rowKey: "r", text: "one\u2028two\u2029three" } },
  ]);

  expect(done).toBe(true);
  expect((await table.find("p", "r"))?.["text"]).toBe("one\ntwo\nthree");
});

it("lets only the first of two writers change a row", async () => {
  await table.create({ partitionKey: "p", rowKey: "r", text: "old" });
  const etag = (await table.find("p", "r"))?.etag ?? "";

  const results = await Promise.all(
    ["one", "two"].map((text) => table.replace({ partitionKey: "p", rowKey: "r", text }, etag)),
  );

  expect(results.filter(Boolean)).toHaveLength(1);
});

it("lists a range of one partition in key order, whatever is in the keys", async () => {
  for (const rowKey of ["b|2", "a|1", "b|10", "c|1"])
    await table.create({ partitionKey: "it's", rowKey });
  await table.create({ partitionKey: "other", rowKey: "b|3" });

  const prefixed = await table.list("it's", { prefix: "b|" });
  const from = await table.list("it's", { from: "b|2" });

  expect(prefixed.map(({ rowKey }) => rowKey)).toEqual(["b|10", "b|2"]);
  expect(from.map(({ rowKey }) => rowKey)).toEqual(["b|2", "c|1"]);
});

it("lists partitions side by side in key order, and none beyond them", async () => {
  for (const [partitionKey, rowKey] of [
    ["c|2019-10", "update|b"],
    ["c|2019-09", "update|z"],
    ["c|2019-10", "update|a"],
    ["c|2019-10", "version|a"],
    ["c|2019-08", "update|a"],
    ["c|2019-11", "update|a"],
    ["d|2019-09", "update|a"],
  ] as const)
    await table.create({ partitionKey, rowKey });

  const rows = await table.list({ from: "c|2019-09", through: "c|2019-10" }, { prefix: "update|" });

  expect(rows.map(({ partitionKey, rowKey }) => `${partitionKey} ${rowKey}`)).toEqual([
    "c|2019-09 update|z",
    "c|2019-10 update|a",
    "c|2019-10 update|b",
  ]);
});

it("keeps any text in keys that the service takes, each text its own key", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), async (text) => {
      const row = { partitionKey: key("p", text), rowKey: key(text, "r") };
      await table.put({ ...row, text: encodeURIComponent(text.toWellFormed()) });
      expect((await table.find(row.partitionKey, row.rowKey))?.text).toBe(
        encodeURIComponent(text.toWellFormed()),
      );
    }),
    { numRuns: 60 },
  );
  expect(key("a|b", "c")).not.toBe(key("a", "b|c"));
});

it("lists the rows of one partition alone, whatever its name and prefix would do in a filter", async () => {
  const piece = fc.oneof(
    fc.constantFrom("'", "''", "' or PartitionKey ne '", "x' or true or RowKey eq '", ")", "%27"),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  );
  const hostile = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(""));
  await table.create({ partitionKey: "another", rowKey: "row" });

  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      const own = { partitionKey: key("p", text), rowKey: key(text, "1") };
      await table.put(own);

      const rows = await table.list(own.partitionKey);
      const prefixed = await table.list(own.partitionKey, { prefix: key(text, "") });

      expect(rows.map(({ rowKey }) => rowKey)).toEqual([own.rowKey]);
      expect(prefixed.map(({ rowKey }) => rowKey)).toEqual([own.rowKey]);
    }),
    { numRuns: 60 },
  );
});

it("splits long text so that it comes back whole, characters of two halves included", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "🎪", "é", "\n"), { maxLength: 50 }),
      fc.nat(70_000),
      (parts, pad) => {
        const text = `${"x".repeat(pad)}${parts.join("")}${"🎪".repeat(pad % 40_000)}`;
        const chunks = split("text", text);
        expect(join("text", { partitionKey: "", rowKey: "", etag: "", ...chunks })).toBe(text);
        for (const chunk of Object.values(chunks)) {
          expect(chunk.length).toBeLessThanOrEqual(32_768);
          expect(chunk.isWellFormed()).toBe(true);
        }
      },
    ),
    { numRuns: 40 },
  );
});

it("gives tests copies of the sample council with every row that npm start loads", async () => {
  const before = await listTableNames(service.settings);
  await loadSampleCouncil(service.freshTables());
  const loaded = (await listTableNames(service.settings)).filter((name) => !before.includes(name));
  // The first copy of a file loads the original too.
  await service.sampleWithNumbers();
  const between = await listTableNames(service.settings);

  await wholeCopyOf(await service.sampleWithNumbers(), service.freshTables());

  const all = await listTableNames(service.settings);
  const copied = all.filter((name) => !between.includes(name));
  const rows = await rowsOf(loaded);
  expect(rows.map(([name]) => name)).toEqual(
    expect.arrayContaining(["actions", "agenda", "figures", "routes", "services", "updates"]),
  );
  expect(rows.every(([, some]) => some.length > 0)).toBe(true);
  expect(await rowsOf(copied)).toEqual(rows);
});

/** All that the service holds in some tables, without what it adds itself. */
async function rowsOf(names: readonly string[]) {
  const { tables } = service.settings;
  if (!("connectionString" in tables)) throw new Error("Tests have an emulator");
  const { connectionString } = tables;
  const read = names.toSorted().map(async (name) => {
    const client = TableClient.fromConnectionString(connectionString, name, {
      allowInsecureConnection: true,
    });
    const rows: object[] = [];
    for await (const { etag: _etag, timestamp: _timestamp, ...row } of client.listEntities())
      rows.push({ ...row, ...(row.rowKey === "version" ? { version: AT_RANDOM } : {}) });
    return [withoutPrefix(name), rows] as const;
  });
  return Promise.all(read);
}

/** A table's own name: each test's tables begin with a number. */
function withoutPrefix(name: string): string {
  return name.replace(/^t\d+/, "");
}
