import { constants, existsSync } from "node:fs";
import { access, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { createClock } from "./calendar.ts";
import { printLine, runProgram } from "./command-line.ts";
import { readProcessSettings } from "./config.ts";
import { UserError } from "./errors.ts";
import { isAbout } from "./keeping/backup-file.ts";
import { unwritable } from "./keeping/file-trouble.ts";
import { copyOfPerson } from "./keeping/person.ts";
import { personPage } from "./keeping/person-page.ts";
import { openWholeTables, type WholeTables } from "./keeping/whole-tables.ts";

const USAGE = `Usage: npm run export-person -- --person ID|NAME --to NAME [--env NAME]
       writes all that the tables hold about one person into NAME.json and NAME.md`;

/** Only whoever answers the request may read the files. */
const PRIVATE = { mode: 0o600, flag: "wx" };

/** Writes both files, and gives the lines to print. Throws a UserError where it cannot. */
export async function exportPerson(
  whole: WholeTables,
  { person, to, now }: { person: string; to: string; now: string },
): Promise<string[]> {
  const files = [`${to}.json`, `${to}.md`] as const;
  for (const file of files)
    if (existsSync(file)) throw new UserError(`${file} is there already. Name another file.`);
  await makeSure(files[0]);
  const copy = await copyOfPerson(whole, person, now);
  const tables = Object.entries(copy.tables);
  if (tables.length === 0) return [`Nothing is held about ${person}. No file was written.`];
  await write(files[0], `${JSON.stringify(copy, undefined, 2)}\n`);
  // The two are there together or not at all, so the same command can be given again.
  await write(files[1], personPage(copy)).catch(async (error: unknown) => {
    await rm(files[0], { force: true });
    throw error;
  });
  const uncertain = tables.flatMap(([, records]) =>
    records.filter(({ foundBy }) => foundBy === "name"),
  );
  return [
    ...tables.map(([table, records]) => `${table}: ${records.length}`),
    ...(uncertain.length > 0
      ? [`By name only: ${uncertain.length}. Check that they are about this person.`]
      : []),
    `Written: ${files.join(", ")}.`,
  ];
}

/** Every row is read before the first file is written, so a wrong folder is told before. */
async function makeSure(file: string): Promise<void> {
  try {
    await access(dirname(file), constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, PRIVATE);
  } catch (error) {
    // What a full disk has cut short is no copy.
    if (!isAbout("EEXIST", error)) await rm(file, { force: true }).catch(() => undefined);
    throw unwritable(file, error);
  }
}

async function run(): Promise<boolean> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ options: { env: text, person: text, to: text } });
  const { person, to } = values;
  if (!person || !to) throw new UserError(USAGE);
  const settings = readProcessSettings(values.env ? ["--env", values.env] : []);
  const now = createClock()().toString();
  for (const line of await exportPerson(openWholeTables(settings), { person, to, now }))
    printLine(line);
  return true;
}

if (process.argv[1] === import.meta.filename) void runProgram(USAGE, run);
