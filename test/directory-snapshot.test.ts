import committeeFile from "../data/committee.json" with { type: "json" };
import directoryFile from "../data/directory.json" with { type: "json" };
import questionsFile from "./directory-questions.json" with { type: "json" };
import { createClock } from "../src/calendar.ts";
import { Committee } from "../src/council.ts";
import { Service } from "../src/directory/schema.ts";
import { createServiceSearch, type ServiceSearch } from "../src/directory/search.ts";
import { bytesOf, searchFrom } from "../src/directory/snapshot.ts";
import { createSnapshotStore } from "../src/directory/snapshot-store.ts";
import { createServiceStore } from "../src/directory/store.ts";
import type { Row, StoredRow, Table, Tables } from "../src/tables.ts";
import { MEMBER, openProduct, withSampleCouncil, wordsOn } from "./support/council.ts";

const committee = Committee.parse(committeeFile);
const sample = directoryFile.services.map((service) => Service.parse(service));
const NOW = createClock("2019-09-25T09:00")();
/** From here on a directory is worth a snapshot. */
const MANY = 1000;

let tables: Tables;
withSampleCouncil((own) => (tables = own));

describe("a search that was packed", () => {
  it("answers as before, and takes in changes as before", async () => {
    const before = createServiceSearch();
    for (const service of sample) before.put(service, committee);
    before.remove("soham-library");
    const after = createServiceSearch(await searchFrom(await bytesOf(before.pack())));

    expect(answersOf(after)).toEqual(answersOf(before));
    expect(after.named("soham men's shed", committee)?.id).toBe("soham-mens-shed");
    expect(after.all().map(({ id }) => id)).toEqual(before.all().map(({ id }) => id));

    const [first] = sample;
    for (const search of [before, after]) {
      search.put(Service.parse({ ...first, id: "new", name: "Zither club" }), committee);
      search.put(Service.parse({ ...first, name: "Falconry club", fees: "£2" }), committee);
      search.remove("soham-timebank");
    }
    expect(answersOf(after)).toEqual(answersOf(before));
    expect(answersOf(createServiceSearch(await searchFrom(await bytesOf(after.pack()))))).toEqual(
      answersOf(before),
    );
    const found = (text: string) => after.search({ text, committee, count: 1 }).hits[0]?.service;
    expect(found("zithers")?.id).toBe("new");
    expect(found("falconry")?.fees).toBe("£2");
    expect(after.find("soham-timebank")).toBeUndefined();
  });
});

describe("a large directory", () => {
  it("is read from its snapshot by a replica that starts later, with what changed since", async () => {
    await fill();
    await withSnapshot();
    const store = createServiceStore(tables);
    await store.correct("many-7", { fees: "£7 at the door" });
    await store.upsert([many(MANY + 1)], "feed");
    await store.retire(["many-9"], "feed");

    const later = watched();
    const product = await openProduct(later.tables);

    expect(await asked(product, "service Coffee morning 7x")).toContain("£7 at the door");
    expect(await asked(product, `service Coffee morning ${MANY + 1}x`)).toContain("High Street");
    expect(await asked(product, "service Coffee morning 9x")).not.toContain("9 High Street");
    expect(await asked(product, "find men's shed in Soham")).toContain("Shed");
    expect(later.wholeReads()).toBe(0);
  });

  it("is written down again when much has changed, and not for nothing", async () => {
    await fill();
    const product = await withSnapshot();
    const snapshots = createSnapshotStore(tables);
    const first = await snapshots.about();
    await look(product, 3);
    expect(await snapshots.about()).toEqual(first);

    const changed = Array.from({ length: 300 }, (_, at) => many(at, { fees: "£1" }));
    await createServiceStore(tables).upsert(changed, "feed");
    await look(product, 3);

    const second = await snapshots.about();
    expect(second?.version).toBeGreaterThan(first?.version ?? 0);
    // The one before is never written over while somebody may read it.
    expect(second?.place).not.toBe(first?.place);
    const later = watched();
    expect(await asked(await openProduct(later.tables), "service Coffee morning 8x")).toContain(
      "£1",
    );
    expect(later.wholeReads()).toBe(0);
  });

  it("is read from the services when its snapshot cannot be used", async () => {
    await fill();
    await withSnapshot();
    const table = await tables("snapshots");
    const now = await table.find("directory", "now");
    const partition = `directory|${String(now?.["place"])}`;
    const first = await table.find(partition, "0000");
    if (!now || !first) throw new Error("The snapshot has no rows");
    const spoils: [string, () => Promise<unknown>][] = [
      ["a row is missing", () => table.remove(partition, "0000")],
      ["a row is broken", () => table.put({ ...keysOf(first), bytes0: Buffer.from("broken") })],
      ["other code wrote it", () => table.put({ ...plain(now), format: "another" })],
      ["its version is forgotten", () => table.put({ ...plain(now), version: -700 })],
      ["it says what cannot be read", () => table.put({ ...plain(now), rows: "many" })],
    ];

    for (const [what, spoil] of spoils) {
      await spoil();
      const later = watched();
      const product = await openProduct(later.tables);
      await product.resume(NOW);

      expect([what, await asked(product, "service Coffee morning 7x")]).toEqual([
        what,
        expect.stringContaining("7 High Street"),
      ]);
      expect([what, later.wholeReads()]).toEqual([what, 1]);
      await table.put(plain(now));
      await table.put(plain(first));
    }
  });
});

it("writes no snapshot of a directory that is read in a moment", async () => {
  const product = await openProduct(tables);
  await product.resume(NOW);
  await look(product, 3);

  expect(await createSnapshotStore(tables).about()).toBeUndefined();
});

it("shows one changed service on every replica within a minute, and reads nothing else", async () => {
  const store = createServiceStore(tables);
  const seen = watched();
  const other = await openProduct(seen.tables);
  await other.resume(NOW);
  expect(await asked(other, "service Soham Library")).not.toContain("£3 a visit");
  const before = seen.listed("services").length;

  await store.correct("soham-library", { fees: "£3 a visit" });
  await store.upsert([many(1)], "feed");
  const passed = performance.now() + 60_000;
  const clock = jest.spyOn(performance, "now").mockImplementation(() => passed);
  const answers = [
    await asked(other, "service Soham Library"),
    await asked(other, "service Coffee morning 1x"),
  ];
  clock.mockRestore();

  expect(answers).toEqual([
    expect.stringContaining("£3 a visit"),
    expect.stringContaining("1 High Street"),
  ]);
  expect(new Set(seen.listed("services").slice(before))).toEqual(new Set(["version"]));
});

type Product = Awaited<ReturnType<typeof openProduct>>;

function many(at: number, changes: object = {}): Service {
  return Service.parse({
    ...sample[0],
    ...{ id: `many-${at}`, name: `Coffee morning ${at}x`, fees: undefined },
    locations: [{ name: "Village hall", address: `${at} High Street, March` }],
    source: { kind: "feed", name: "feed", retrieved: "2019-09-25" },
    ...changes,
  });
}

async function fill(): Promise<void> {
  const services = Array.from({ length: MANY }, (_, at) => many(at));
  await createServiceStore(tables).upsert(services, "feed");
}

/** A replica that has read the directory, and written its snapshot. */
async function withSnapshot(): Promise<Product> {
  const product = await openProduct(tables);
  await product.resume(NOW);
  await look(product, 2);
  expect(await createSnapshotStore(tables).about()).toBeDefined();
  return product;
}

async function look(product: Product, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await product.jobs.look(NOW);
}

async function asked(product: Product, text: string): Promise<string> {
  return wordsOn(await product.as(MEMBER).say(text));
}

function answersOf(search: ServiceSearch) {
  return [...questionsFile.first, ...questionsFile.second].map(({ question: text }) =>
    search.search({ text, committee, count: 5 }),
  );
}

function keysOf({ partitionKey, rowKey }: StoredRow): Row {
  return { partitionKey, rowKey };
}

/** A row as it can be written once more. */
function plain({ etag: _etag, timestamp: _timestamp, ...row }: StoredRow): Row {
  // The rows of this table hold texts, numbers and bytes.
  return row as unknown as Row;
}

/** The same tables, and which partitions of them are listed. */
function watched() {
  const lists: string[] = [];
  return {
    listed: (name: string) =>
      lists.filter((each) => each.startsWith(`${name}: `)).map((each) => each.split(": ")[1] ?? ""),
    /** How often all services were read. */
    wholeReads: () => lists.filter((each) => each === "services: service|0").length,
    tables: async (name: string) => {
      const table = await tables(name);
      return {
        ...table,
        list: (...[partition, range]: Parameters<Table["list"]>) => {
          const from = typeof partition === "string" ? partition : partition.from;
          lists.push(`${name}: ${from}`);
          return table.list(partition, range);
        },
      };
    },
  };
}
