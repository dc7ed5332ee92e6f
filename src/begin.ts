import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod/v4";
import { printLine, runProgram } from "./command-line.ts";
import { createCommitteeStore } from "./committee/store.ts";
import { readProcessSettings } from "./config.ts";
import { Committee } from "./council.ts";
import { Service } from "./directory/schema.ts";
import { createServiceStore } from "./directory/store.ts";
import { UserError } from "./errors.ts";
import { SignpostingFile } from "./signposting/schema.ts";
import { createSetupStore } from "./signposting/setup-store.ts";
import { openTables, type Tables } from "./tables.ts";

const USAGE = `Usage: npm run begin -- FOLDER               into the tables of env/.env.production
       npm run begin -- FOLDER --env NAME    into those of env/.env.NAME
FOLDER holds committee.json, and signposting.json and directory.json if they are wanted.`;

const DirectoryFile = z.object({ services: z.array(Service) });

/**
 * Puts a committee into the tables that is not there yet: itself with its districts, what it points
 * people to, and the services that these routes name. Everything else comes in through the chat.
 * The committee is written last, so what was broken off is done again from the start. Gives the
 * lines to print. Throws a UserError.
 */
export async function beginCommittee(folder: string, tables: Tables): Promise<string[]> {
  const committee = read(folder, "committee.json", Committee);
  if (!committee) throw new UserError(`There is no committee.json in ${folder}.\n${USAGE}`);
  const signposting = read(folder, "signposting.json", SignpostingFile);
  const directory = read(folder, "directory.json", DirectoryFile);
  const committees = createCommitteeStore(tables);
  const known = (await committees.committees()).find(({ id }) => id === committee.id);
  if (known) throw new UserError(`${known.name} is there already. Nothing was changed.`);

  if (directory) await createServiceStore(tables).upsert(directory.services, "sample");
  if (signposting) {
    const { routes, ...setup } = signposting;
    await createSetupStore(tables).load(committee.id, setup, routes);
  }
  await committees.saveCommittee(committee);
  return [
    `${committee.name} is there, with ${committee.districts.length} districts.`,
    signposting
      ? `Signposting: ${signposting.routes.length} routes. Check each before the bot is used.`
      : "No signposting.json, so nobody can record signposting.",
    directory
      ? `Directory: ${directory.services.length} services.`
      : "No directory.json. Services come in with import directory.",
    "Next, in a personal chat with the bot: give role, import people, import meetings.",
  ];
}

function read<Shape>(folder: string, name: string, schema: z.ZodType<Shape>): Shape | undefined {
  const file = join(folder, name);
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof SyntaxError) throw new UserError(`${file} is not JSON: ${error.message}.`);
    if (error instanceof z.ZodError)
      throw new UserError(`${file} is not as it should be:\n${z.prettifyError(error)}`);
    throw error;
  }
}

async function run(): Promise<boolean> {
  const options = { env: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [folder, ...others] = positionals;
  if (!folder || others.length > 0) throw new UserError(USAGE);
  const settings = readProcessSettings(values.env === undefined ? [] : ["--env", values.env]);
  for (const line of await beginCommittee(folder, openTables(settings))) printLine(line);
  return true;
}

// At once: a connection that is kept open for the next call would hold the program for a while.
if (process.argv[1] === import.meta.filename)
  void runProgram(USAGE, run).then(() => process.exit());
