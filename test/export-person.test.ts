import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportPerson } from "../src/export-person.ts";
import type { PersonCopy } from "../src/keeping/person.ts";
import { openWholeTables } from "../src/keeping/whole-tables.ts";
import { key, openTables, split, type Tables } from "../src/tables.ts";
import {
  FRENCH,
  OFFICER,
  openProduct,
  press,
  startTables,
  wordsOn,
  type TableService,
} from "./support/council.ts";
import { wholeCopyOf } from "./support/sample-copies.ts";

const NOW = "2026-11-22T09:00:00Z";
const ADA = { id: "11111111-2222-4333-8444-0000000000ad", name: "Ada O'Brien-Łuczak" };
const CHAT = "a:ada's own chat";
/** Every table that the product has, as its documentation lists them. */
const TABLES = [
  ...readFileSync(join(import.meta.dirname, "../docs/tables.md"), "utf8").matchAll(/^\| `(\w+)`/gm),
].map(([, name = ""]) => name);

let service: TableService;
let tables: Tables;
let folder: string;
let to: string;

beforeAll(async () => {
  service = await startTables();
  tables = openTables(service.settings);
  await wholeCopyOf(await service.sample(), tables);
});
afterAll(() => service.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "person-"));
  to = join(folder, "copy");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("finds what was planted in every table, in keys, in values and in what is packed into them", async () => {
  expect(TABLES.length).toBeGreaterThan(25);
  const plant = async (name: string, part: string, values: Record<string, string>) =>
    (await tables(name)).put({ partitionKey: key("planted", part), rowKey: "a", ...values });
  await (
    await tables("conversations")
  ).put({
    partitionKey: "personal",
    rowKey: key(ADA.id),
    place: JSON.stringify({ kind: "personal", conversation: CHAT }),
  });
  const plantAll = async (table: string) => {
    await plant(table, ADA.id, { about: "her, by key" });
    await plant(table, "value", { personId: ADA.id.toUpperCase() });
    await plant(table, "inside", { record: JSON.stringify({ by: { ...ADA } }) });
    await plant(table, "long", split("text", `${"x".repeat(29_995)} ${ADA.name} ${"y".repeat(9)}`));
    await plant(table, "chat", { conversation: CHAT });
    await plant(table, "name", { text: "With ADA  o'brien-łuczak." });
    await plant(table, "another", { text: "Ada O'Brien-Łuczaks and Ada O'Brien" });
  };
  await Promise.all(TABLES.map(plantAll));

  for (const person of [ADA.id, ADA.name]) {
    const copy = await exported(person);

    expect(copy.id).toBe(ADA.id);
    expect(copy.names).toContain(ADA.name);
    for (const table of TABLES) {
      const planted = (copy.tables[table] ?? []).filter(
        ({ partition }) => partition[0] === "planted",
      );
      expect(planted.map(({ partition, foundBy }) => `${partition[1]}: ${foundBy}`)).toEqual([
        `${ADA.id}: id`,
        "chat: chat",
        "inside: id",
        "long: name",
        "name: name",
        "value: id",
      ]);
    }
    rmSync(`${to}.json`);
    rmSync(`${to}.md`);
  }
});

it("gives a champion's roles, update and what they did, readably and as JSON", async () => {
  const product = await openProduct(tables);
  const { say, press: pressAs } = product.as(FRENCH);
  const form = await say("log update");
  const shown = await pressAs(...press(form, "Submit", { contacts: "Met the library team." }));
  await product.finish();
  expect(wordsOn(shown)).not.toBe("");

  const copy = await exported("jan french");

  expect(copy.id).toBe(FRENCH.id);
  expect(Object.keys(copy.tables)).toEqual(expect.arrayContaining(["audit", "people"]));
  const page = readFileSync(`${to}.md`, "utf8");
  expect(page).toContain("# What the bot holds about Jan French");
  expect(page).toContain("Made: 9am on 22 November 2026");
  expect(page).toContain("## Roles");
  expect(page).toContain("role: champion");
  expect(page).not.toContain("Nick Mills\n- personId");
});

it("gives only what is about the person", async () => {
  const { tables: about } = await exported(OFFICER.id);

  expect(about["people"]).toEqual([expect.objectContaining({ row: [OFFICER.id], foundBy: "id" })]);
  const texts = JSON.stringify(about);
  expect(texts).toContain(OFFICER.name);
  expect(texts).not.toContain(FRENCH.id);
});

it("asks which one is meant where several people have the name", async () => {
  for (const last of ["a1", "a2"])
    await (
      await tables("people")
    ).put({
      partitionKey: "another-committee",
      rowKey: `00000000-0000-4000-8000-0000000000${last}`,
      personId: `00000000-0000-4000-8000-0000000000${last}`,
      name: "Sam Twin",
      roles: "[]",
    });

  await expect(exported("Sam Twin")).rejects.toThrow(
    "Several people have the name Sam Twin. Name one by id: 00000000-0000-4000-8000-0000000000a1, 00000000-0000-4000-8000-0000000000a2.",
  );
});

it("leaves out the rows of somebody else of the same name, and keeps what others write of the person", async () => {
  const [first = "", second = ""] = ["b1", "b2"].map(
    (last) => `00000000-0000-4000-8000-0000000000${last}`,
  );
  const put = async (table: string, row: string, values: Record<string, string>) =>
    (await tables(table)).put({ partitionKey: "namesakes", rowKey: row, ...values });
  await put("people", first, { personId: first, name: "Kim Double" });
  await put("people", second, { personId: second.toUpperCase(), name: "kim  double" });
  await put("updates", "theirs", { record: JSON.stringify({ by: second, text: "By Kim Double" }) });
  await put("updates", "both", { text: `Kim Double (${second}) met Kim Double (${first})` });
  await put("updates", "officer's", { authorId: OFFICER.id, text: "Kim Double came along." });
  await put("updates", "nobody's", { text: "Kim Double came along." });

  const copy = await exported(first);

  const found = Object.values(copy.tables)
    .flat()
    .map(({ row, foundBy }) => `${row.join()}: ${foundBy}`);
  expect(found).toEqual([`${first}: id`, "both: id", "nobody's: name", "officer's: name"]);
});

it("says so when nothing is held, and writes over no file", async () => {
  const whole = openWholeTables(service.settings);
  const about = { person: "Nobody Atall", to, now: NOW };
  expect(await exportPerson(whole, about)).toEqual([
    "Nothing is held about Nobody Atall. No file was written.",
  ]);

  await exported(OFFICER.id);

  await expect(exportPerson(whole, { ...about, person: OFFICER.id })).rejects.toThrow("is there");
});

async function exported(person: string): Promise<PersonCopy> {
  await exportPerson(openWholeTables(service.settings), { person, to, now: NOW });
  return JSON.parse(readFileSync(`${to}.json`, "utf8")) as PersonCopy;
}
