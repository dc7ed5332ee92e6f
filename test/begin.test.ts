import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { beginCommittee } from "../src/begin.ts";
import type { Tables } from "../src/tables.ts";
import { openProduct, startTables, wordsOn } from "./support/council.ts";

const SAMPLE = join(__dirname, "..", "data");
const FIRST = { id: "00000000-0000-4000-8000-000000000099", name: "Dana Reid" };

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
let folder: string;
beforeAll(async () => (service = await startTables()));
beforeEach(() => {
  tables = service.freshTables();
  folder = mkdtempSync(join(tmpdir(), "begin-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
afterAll(() => service.stop());

it("takes an empty store to a first administrator who gives the first role", async () => {
  const lines = await beginCommittee(SAMPLE, tables);
  const { as } = await openProduct(tables, { firstAdministrators: [FIRST.id] });

  const form = wordsOn(await as(FIRST).say("give role"));
  const routes = wordsOn(await as(FIRST).say("signpost hate crime"));

  expect(lines[0]).toBe("Communities and Partnership Committee is there, with 5 districts.");
  expect(form).toContain("Entra");
  expect(routes).toContain("999");
});

it("changes nothing where the committee is there already", async () => {
  await beginCommittee(SAMPLE, tables);

  await expect(beginCommittee(SAMPLE, tables)).rejects.toThrow(
    "Communities and Partnership Committee is there already. Nothing was changed.",
  );
});

it("needs only the committee", async () => {
  cpSync(join(SAMPLE, "committee.json"), join(folder, "committee.json"));

  const lines = await beginCommittee(folder, tables);

  expect(lines.join("\n")).toContain("No signposting.json");
});

it.each([
  ["no committee", undefined, /There is no committee\.json in .*\nUsage: npm run begin/],
  ["half a file", '{"id": "x"', /committee\.json is not JSON/],
  [
    "no districts",
    '{"id":"x","name":"X","priorityLists":[]}',
    /is not as it should be:\n.*\n.*districts/,
  ],
])("says what is wrong with %s, and writes nothing", async (_what, text, words) => {
  if (text) writeFileSync(join(folder, "committee.json"), text);

  await expect(beginCommittee(folder, tables)).rejects.toThrow(words);

  expect(await (await tables("committees")).list("committee")).toEqual([]);
});

it("says in a line that the tables do not answer", async () => {
  const child = spawn(
    process.execPath,
    [join(__dirname, "..", "src", "begin.ts"), SAMPLE, "--env", "local"],
    // Nothing listens at the first port.
    {
      env: {
        PATH: process.env["PATH"],
        TABLES_CONNECTION_STRING:
          "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:1/a;",
      },
    },
  );
  const ended = new Promise((resolve) => child.once("close", resolve));

  expect(await text(child.stderr)).toBe(
    "The tables do not answer. npm run doctor says why. Then run this again.\n",
  );
  expect(await ended).toBe(1);
});
