import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { openWriter } from "../src/keeping/backup-file.ts";
import { unreadable, unwritable } from "../src/keeping/file-trouble.ts";
import { takeBackup } from "../src/keeping/taking.ts";
import { openWholeTables } from "../src/keeping/whole-tables.ts";
import { openTables } from "../src/tables.ts";
import { startTables, type TableService } from "./support/council.ts";

const ROOT = join(__dirname, "..");
const PERSON = "11111111-2222-4333-8444-0000000000ad";
const ROW = { partitionKey: "a", rowKey: PERSON };

let service: TableService;
let folder: string;

beforeAll(async () => {
  service = await startTables();
  await (await openTables(service.settings)("people")).put(ROW);
});
afterAll(() => service.stop());
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "trouble-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["backup.ts", "council.gz", "council.gz"],
  ["export-person.ts", "ada", "ada.json"],
])("%s says in a line that the folder of its file does not exist", async (program, name, file) => {
  const to = join(folder, "missing");

  const said = await run(program, ["--to", join(to, name), ...personFor(program)]);

  expect(said).toEqual({
    errors: `The folder of ${join(to, file)} does not exist. Make it, or name another file.\n`,
    code: 1,
  });
});

it.each([
  ["backup.ts", "council.gz", "council.gz"],
  ["export-person.ts", "ada", "ada.json"],
])("%s says in a line that the folder of its file is a file", async (program, name, file) => {
  const to = join(folder, "notes.txt");
  writeFileSync(to, "");

  const said = await run(program, ["--to", join(to, name), ...personFor(program)]);

  expect(said).toEqual({
    errors: `The folder of ${join(to, file)} is a file itself. Name another file.\n`,
    code: 1,
  });
});

it.each([
  ["missing.gz", "There is no file FILE."],
  ["folder.gz", "FILE cannot be read (EISDIR). Name a file that you may read."],
  ["stray.gz", "FILE is damaged: a line of it stands outside its tables. Nothing was changed."],
])("restore.ts says in a line what is wrong with %s", async (name, words) => {
  const file = join(folder, name);
  mkdirSync(join(folder, "folder.gz"));
  const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const lines = [
    { backup: 1, id: "a", at: "2026-11-22T09:00:00Z" },
    { table: "people" },
    { endOf: "people", partitions: 0, rows: 0, sha256 },
    { PartitionKey: "p", RowKey: "r" },
    { complete: true, tables: 1, rows: 0 },
  ];
  const packed = gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  writeFileSync(join(folder, "stray.gz"), packed);

  const { errors, code } = await run("restore.ts", ["--from", file]);

  expect(errors).toContain(words.replace("FILE", file));
  expect(errors.trim().split("\n")).toHaveLength(1);
  expect(code).toBe(1);
});

it("says that a disk is full, and leaves no claim behind", async () => {
  const file = join(folder, "council.gz");
  // The disk on which there is never any room.
  symlinkSync("/dev/full", `${file}.part`);
  const whole = openWholeTables(service.settings);

  const taken = takeBackup(file, { whole, now: "2026-11-22T09:00:00Z", print: () => undefined });

  await expect(taken).rejects.toThrow(
    `There is no room left for ${file}. Make room, or name a file on another disk.`,
  );
  expect(readdirSync(folder)).toEqual(["council.gz.part"]);
});

it("tells a full disk to whoever goes on writing", async () => {
  const writer = openWriter("/dev/full", "a");
  const fill = async () => {
    for (let at = 0; at < 10_000; at += 1) {
      await writer.write(String(at * Math.PI).repeat(20));
      await writer.settle(1000);
    }
  };

  await expect(fill()).rejects.toMatchObject({ code: "ENOSPC" });
  await expect(writer.end()).rejects.toMatchObject({ code: "ENOSPC" });
});

it.each(["EACCES", "EPERM", "EROFS"])("says of %s that the file is not theirs to write", (code) => {
  const error = Object.assign(new Error(code), { code, syscall: "open" });

  expect(unwritable("a.gz", error)).toMatchObject({
    name: "UserError",
    message: "You may not write a.gz. Name a file in a folder of yours.",
  });
});

it("takes a connection that is refused for no fault of the file", () => {
  const error = Object.assign(new Error("refused"), { code: "EACCES", syscall: "connect" });

  expect(unwritable("a.gz", error)).toBe(error);
  expect(unreadable("a.gz", error)).toBe(error);
});

function personFor(program: string): string[] {
  return program === "export-person.ts" ? ["--person", PERSON] : [];
}

/** The program as a person runs it, on the tables of this file. */
async function run(program: string, args: string[]) {
  if (!("connectionString" in service.settings.tables)) throw new Error("No emulator");
  const child = spawn(process.execPath, [join(ROOT, "src", program), ...args], {
    env: {
      PATH: process.env["PATH"],
      MODE: "local",
      HOST: "127.0.0.1",
      TABLES_CONNECTION_STRING: service.settings.tables.connectionString,
    },
  });
  const code = new Promise((resolve) => child.once("close", resolve));
  const errors = await text(child.stderr);
  return { errors, code: await code };
}
