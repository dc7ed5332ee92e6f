import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { TableClient } from "@azure/data-tables";
import { RESTORES, takeBackup } from "../src/keeping/taking.ts";
import { restoreBackup } from "../src/keeping/putting-back.ts";
import { openWholeTables, type WholeTables } from "../src/keeping/whole-tables.ts";
import { openTables } from "../src/tables.ts";
import {
  CHAIR,
  MEMBER,
  OFFICER,
  openProduct,
  startTables,
  wordsOn,
  type TableService,
} from "./support/council.ts";
import { wholeCopyOf } from "./support/sample-copies.ts";

const NOW = "2026-11-22T09:00:00Z";
const QUESTIONS = [
  [MEMBER, "next meeting"],
  [MEMBER, "who is who"],
  [MEMBER, "where do I send someone who needs a food bank in fenland"],
  [OFFICER, "status"],
  [OFFICER, "show actions"],
  [CHAIR, "show update fenland august 2019"],
  [CHAIR, "signposting summary"],
  [MEMBER, "kpi"],
  [MEMBER, "kpi hate crime reports"],
  [MEMBER, "kpi hate crime reports in fenland"],
  [OFFICER, "finance report"],
  [OFFICER, "risk register"],
  [OFFICER, "preview digest"],
  [MEMBER, "agenda plan"],
] as const;

let source: TableService;
let target: TableService;
let folder: string;
let file: string;

beforeAll(async () => {
  source = await startTables();
  target = await startTables();
  await wholeCopyOf(await source.sampleWithNumbers(), openTables(source.settings));
});
afterAll(() => Promise.all([source.stop(), target.stop()]));
beforeEach(async () => {
  await wipe(target);
  folder = mkdtempSync(join(tmpdir(), "backup-"));
  file = join(folder, "council.gz");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("gives the same answers to the same questions from the tables put back", async () => {
  const before = await answers(source);

  await backup();
  const { isSame, printed } = await restore();

  expect(before.filter((answer) => /not sure|Did you mean|went wrong/.test(answer))).toEqual([]);
  expect(isSame).toBe(true);
  expect(printed.every((line) => line.endsWith(", the same"))).toBe(true);
  expect(await answers(target)).toEqual(before);
});

it("keeps the type of every value, as Azure types them", async () => {
  const keys = { partitionKey: "a|b'c", rowKey: "%2f é 😀" };
  const values = {
    text: 'line\u2028sep "quoted"\r\n{}',
    empty: "",
    whole: { type: "Int32", value: "5" },
    real: { type: "Double", value: "5" },
    broken: { type: "Double", value: "1.5" },
    none: { type: "Double", value: "NaN" },
    long: { type: "Int64", value: "9007199254740993" },
    yes: true,
    day: { type: "DateTime", value: "2019-08-08T09:00:00.123Z" },
    bytes: new Uint8Array([0, 1, 255]),
    id: { type: "Guid", value: "00000000-0000-4000-8000-000000000001" },
  };
  await clientOf(source, "everytype").createTable();
  await clientOf(source, "everytype").createEntity({ ...keys, ...values });
  const raw = async (service: TableService) => {
    let body = "";
    const onResponse = ({ bodyAsText }: { bodyAsText?: string | null }) =>
      void (body = bodyAsText ?? "");
    await clientOf(service, "everytype").getEntity(keys.partitionKey, keys.rowKey, { onResponse });
    return body.replaceAll(/"(odata.metadata|odata.etag|Timestamp)":"([^"\\]|\\.)*",?/g, "");
  };

  await backup();
  await restore();
  await clientOf(source, "everytype").deleteTable();

  const line = linesIn(file).find((each) => each.includes('"bytes"'));
  expect(JSON.parse(line ?? "")).toMatchObject({
    "real@odata.type": "Edm.Double",
    "whole@odata.type": "Edm.Int32",
    "long@odata.type": "Edm.Int64",
  });
  expect(await raw(target)).toContain('"real":5.0');
  expect(await raw(target)).toContain('"whole":5,');
  expect((await restore()).refusal).toContain("not empty");
});

it("is a file that only its owner reads, of lines that other programs read", async () => {
  await backup();

  expect(statSync(file).mode & 0o777).toBe(0o600);
  const lines = linesIn(file).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines[0]).toMatchObject({ backup: 1, at: NOW });
  expect(lines.at(-1)).toMatchObject({ complete: true });
  expect(lines.filter((line) => line["endOf"] === "people")).toHaveLength(1);
});

it("goes on behind the last partition it has whole, wherever it was stopped", async () => {
  const whole = openWholeTables(source.settings);
  await takeBackup(`${file}.whole`, { whole, now: NOW, print: () => undefined });
  const sums = (name: string) => linesIn(name).filter((line) => line.includes('"endOf"'));
  const read: string[] = [];

  for (const most of [1, 10, 11]) {
    const stopped = takeBackup(file, { whole: stoppingAfter(most, whole, read), now: NOW, print });
    await expect(stopped).rejects.toThrow("stopped");
  }
  // The end of what a killed process wrote is lost, in the middle of a line and of what is packed.
  const part = readFileSync(`${file}.part`);
  writeFileSync(`${file}.part`, part.subarray(0, Math.floor(part.length * 0.6)));
  await takeBackup(file, { whole, now: "2026-11-23T09:00:00Z", print });

  expect(sums(file).toSorted()).toEqual(sums(`${file}.whole`).toSorted());
  expect(linesIn(file)[0]).toContain(NOW);
  expect((await restore()).isSame).toBe(true);

  function print() {}
});

it("does not write over a backup that is there", async () => {
  await backup();

  await expect(backup()).rejects.toThrow("is there already");
});

it("takes a large partition as it stood at one moment", async () => {
  const large = clientOf(target, "large");
  await large.createTable();
  for (let from = 0; from < 1300; from += 100)
    await large.submitTransaction(
      Array.from({ length: 100 }, (_, at) => [
        "create",
        { partitionKey: "p", rowKey: String(from + at).padStart(5, "0"), n: 0 },
      ]),
    );
  await large.createEntity({ partitionKey: "q", rowKey: "r", n: 0 });
  const whole = openWholeTables(target.settings);
  // While the first reading is under way, the first row and the last one change together.
  let isChanged = false;
  const spool = {
    kept: [] as string[],
    clear: async () => void (spool.kept = []),
    write: async (lines: readonly string[]) => {
      spool.kept.push(...lines);
      if (isChanged) return;
      isChanged = true;
      await large.submitTransaction([
        ["update", { partitionKey: "p", rowKey: "00000", n: 1 }, "Replace"],
        ["update", { partitionKey: "p", rowKey: "01299", n: 1 }, "Replace"],
      ]);
    },
    async *lines() {
      yield* spool.kept;
    },
  };

  const found: { name: string; rows: number; moved: boolean; ones: number }[] = [];
  for await (const { name, rows, moved, lines } of whole.partitions("large", spool)) {
    let ones = 0;
    for await (const line of lines()) ones += line.endsWith('"n":1}') ? 1 : 0;
    found.push({ name, rows, moved, ones });
  }

  expect(found).toEqual([
    { name: "p", rows: 1300, moved: false, ones: 2 },
    { name: "q", rows: 1, moved: false, ones: 0 },
  ]);
});

it("says which partition was changed each time it was read", async () => {
  const busy = clientOf(target, "busy");
  await busy.createTable();
  for (let from = 0; from < 1100; from += 100)
    await busy.submitTransaction(
      Array.from({ length: 100 }, (_, at) => [
        "create",
        { partitionKey: "p", rowKey: String(from + at).padStart(5, "0") },
      ]),
    );
  const whole = openWholeTables(target.settings);
  let writes = 0;
  const spool = {
    clear: async () => undefined,
    write: async () => {
      writes += 1;
      await busy.upsertEntity({ partitionKey: "p", rowKey: "01099", writes }, "Replace");
    },
    lines: async function* () {},
  };

  for await (const { moved } of whole.partitions("busy", spool)) expect(moved).toBe(true);
  expect(writes).toBe(8);
});

it.each([
  ["cut off at its end", (bytes: Buffer) => bytes.subarray(0, -40)],
  ["with a changed byte", (bytes: Buffer) => flip(bytes)],
  ["with a changed row", (bytes: Buffer) => edit(bytes, "fenland", "Fenland")],
  ["with a row that cannot be read", (bytes: Buffer) => edit(bytes, '"RowKey":"', '"RowKey":')],
  ["without its last line", (bytes: Buffer) => without(bytes, /\{"complete".*\n/)],
  ["without one of its tables", (bytes: Buffer) => without(bytes, /\{"endOf":"people".*\n/)],
  ["with a row behind the end of its table", (bytes: Buffer) => strayRow(bytes)],
  ["that is no backup", () => gzipSync("hello\n")],
  ["that is not even packed", () => Buffer.from("hello")],
])("puts nothing back from a file %s", async (_, damage) => {
  await backup();
  writeFileSync(file, damage(readFileSync(file)));

  const { refusal } = await restore();

  expect(refusal).toContain("is damaged");
  expect(refusal).toContain("Nothing was changed");
  expect(await openWholeTables(target.settings).names()).toEqual([]);
});

it("puts nothing into a store that holds something", async () => {
  await backup();
  await (await openTables(target.settings)("meetings")).put({ partitionKey: "a", rowKey: "b" });

  const { refusal } = await restore();

  expect(refusal).toContain("The store is not empty: meetings has rows.");
  expect(await openWholeTables(target.settings).isEmpty("people")).toBe(true);
});

it("goes on with a restore that was stopped, and refuses another file meanwhile", async () => {
  await backup();
  const other = join(folder, "other.gz");
  await takeBackup(other, { whole: openWholeTables(source.settings), now: NOW, print() {} });
  let left = 12;
  const whole = openWholeTables(target.settings);
  const stopping: WholeTables = {
    ...whole,
    fill: async (...rows) => {
      const isWritten = await whole.fill(...rows);
      left -= 1;
      if (left === 0) throw new Error("stopped");
      return isWritten;
    },
  };
  const tables = openTables(target.settings);
  const stopped = restoreBackup(file, { whole: stopping, tables, print() {} });
  await expect(stopped).rejects.toThrow("stopped");

  expect((await restore(other)).refusal).toContain("Another backup was being restored");
  const { isSame, printed } = await restore();

  expect(isSame).toBe(true);
  expect(printed[0]).toBe("Going on with the restore that was begun.");
  expect(await whole.isEmpty(RESTORES)).toBe(true);
});

it("says which table is not as the backup has it", async () => {
  await backup();
  const whole = openWholeTables(target.settings);
  const losing: WholeTables = {
    ...whole,
    fill: (table, lines, isAgain) =>
      table === "people" ? Promise.resolve(true) : whole.fill(table, lines, isAgain),
  };
  const printed: string[] = [];
  const print = (line: string) => void printed.push(line);
  const tables = openTables(target.settings);

  expect(await restoreBackup(file, { whole: losing, tables, print })).toBe(false);

  expect(printed.filter((line) => line.includes("DIFFERS"))).toEqual([
    expect.stringMatching(/^people: DIFFERS. The backup has \d+ rows/),
  ]);
});

function backup() {
  const whole = openWholeTables(source.settings);
  return takeBackup(file, { whole, now: NOW, print: () => undefined });
}

async function restore(from = file) {
  const printed: string[] = [];
  const parts = {
    whole: openWholeTables(target.settings),
    tables: openTables(target.settings),
    print: (line: string) => void printed.push(line),
  };
  try {
    return { isSame: await restoreBackup(from, parts), printed, refusal: "" };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "UserError") throw error;
    return { isSame: false, printed, refusal: error.message };
  }
}

async function answers(service: TableService): Promise<string[]> {
  const product = await openProduct(openTables(service.settings));
  const said: string[] = [];
  for (const [person, question] of QUESTIONS)
    said.push(wordsOn(await product.as(person).say(question)));
  await product.finish();
  return said;
}

/** The same tables, until so many partitions are read. */
function stoppingAfter(most: number, whole: WholeTables, read: string[]): WholeTables {
  let left = most;
  return {
    ...whole,
    async *partitions(...about) {
      for await (const partition of whole.partitions(...about)) {
        if (left === 0) throw new Error("stopped");
        left -= 1;
        read.push(partition.name);
        yield partition;
      }
    },
  };
}

async function wipe(service: TableService): Promise<void> {
  const names = await openWholeTables(service.settings).names();
  for (const name of names) await clientOf(service, name).deleteTable();
}

function clientOf({ settings }: TableService, table: string): TableClient {
  if (!("connectionString" in settings.tables)) throw new Error("No emulator");
  const { connectionString } = settings.tables;
  return TableClient.fromConnectionString(connectionString, table, {
    allowInsecureConnection: true,
  });
}

function linesIn(name: string): string[] {
  return gunzipSync(readFileSync(name)).toString().trimEnd().split("\n");
}

function flip(bytes: Buffer): Buffer {
  const at = Math.floor(bytes.length / 2);
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.from([~(bytes[at] ?? 0) & 255]),
    bytes.subarray(at + 1),
  ]);
}

function edit(bytes: Buffer, before: string, after: string): Buffer {
  return gzipSync(gunzipSync(bytes).toString().replace(before, after));
}

function strayRow(bytes: Buffer): Buffer {
  const row = '{"PartitionKey":"p","RowKey":"r"}';
  return gzipSync(
    gunzipSync(bytes)
      .toString()
      .replace(/\{"endOf".*\n/, (end) => `${end}${row}\n`),
  );
}

function without(bytes: Buffer, line: RegExp): Buffer {
  return gzipSync(gunzipSync(bytes).toString().replace(line, ""));
}
