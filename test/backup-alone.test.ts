import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { takeBackup } from "../src/keeping/taking.ts";
import { openWholeTables, type WholeTables } from "../src/keeping/whole-tables.ts";
import { openTables } from "../src/tables.ts";
import { startTables, type TableService } from "./support/council.ts";

const NOW = "2026-11-22T09:00:00Z";

let service: TableService;
let folder: string;
let file: string;

beforeAll(async () => {
  service = await startTables();
  for (const table of ["actions", "meetings"])
    for (const partitionKey of ["a", "b"])
      await (await openTables(service.settings)(table)).put({ partitionKey, rowKey: "r" });
});
afterAll(() => service.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "backup-"));
  file = join(folder, "council.gz");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("is taken by one alone: a second one on the same file is told so, and changes nothing", async () => {
  const whole = openWholeTables(service.settings);
  let refusal = "";
  const interrupted: WholeTables = {
    ...whole,
    names: async () => {
      refusal = await backup().then(
        () => "",
        (error: Error) => error.message,
      );
      return whole.names();
    },
  };

  await takeBackup(file, { whole: interrupted, now: NOW, print: () => undefined });

  expect(refusal).toContain(`${file} is being written already (process ${process.pid} on `);
  expect(refusal).toContain(`remove ${file}.claim`);
  expect(readdirSync(folder)).toEqual(["council.gz"]);
  expect(linesIn(file).at(-1)).toBe('{"complete":true,"tables":2,"rows":4}');
});

it.each([
  ["of a process that is gone", goneProcess],
  ["of an earlier process with this one's number", () => process.pid],
])("takes over the claim %s", async (_, number) => {
  const claim = { token: "earlier", process: number(), host: hostname() };
  writeFileSync(`${file}.claim`, JSON.stringify(claim));

  await backup();

  expect(readdirSync(folder)).toEqual(["council.gz"]);
});

it.each([
  ["of another machine", JSON.stringify({ token: "a", process: 1, host: "another.invalid" })],
  ["of a process at work", JSON.stringify({ token: "a", process: process.ppid, host: hostname() })],
  ["that cannot be read", ""],
])("leaves alone the claim %s", async (_, claim) => {
  writeFileSync(`${file}.claim`, claim);

  await expect(backup()).rejects.toThrow("is being written already");

  expect(readFileSync(`${file}.claim`, "utf8")).toBe(claim);
});

it.each([
  ["a row twice", (line: string) => [line, line]],
  ["a row lost", () => []],
])("is no success with %s between the counting and the file", async (_, change) => {
  const whole = openWholeTables(service.settings);
  const changing: WholeTables = {
    ...whole,
    async *partitions(...about) {
      for await (const partition of whole.partitions(...about)) {
        const lines: string[] = [];
        for await (const line of partition.lines()) lines.push(line);
        yield { ...partition, lines: () => [...change(lines[0] ?? ""), ...lines.slice(1)] };
      }
    },
  };

  const taken = takeBackup(file, { whole: changing, now: NOW, print: () => undefined });
  await expect(taken).rejects.toThrow(/is damaged: .* Begin again with the same command/);

  expect(readdirSync(folder)).toEqual([]);
  await backup();
  expect(linesIn(file).at(-1)).toBe('{"complete":true,"tables":2,"rows":4}');
});

it("is no success on the part of two that wrote the same partition", async () => {
  await backup();
  const [head = "", table = "", ...others] = linesIn(file);
  const end = others.findIndex((line) => line.startsWith('{"partition"')) + 1;
  const doubled = [head, table, ...others.slice(0, end), ...others.slice(0, end)];
  rmSync(file);
  writeFileSync(`${file}.part`, gzipSync(`${doubled.join("\n")}\n`));

  await expect(backup()).rejects.toThrow("is damaged: a partition of actions is in it twice.");
});

function backup() {
  const whole = openWholeTables(service.settings);
  return takeBackup(file, { whole, now: NOW, print: () => undefined });
}

function linesIn(name: string): string[] {
  return gunzipSync(readFileSync(name)).toString().trimEnd().split("\n");
}

/** The number of a process that has ended. */
function goneProcess(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}
