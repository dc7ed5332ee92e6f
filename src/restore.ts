import { parseArgs } from "node:util";
import { printLine, runProgram } from "./command-line.ts";
import { readProcessSettings } from "./config.ts";
import { UserError } from "./errors.ts";
import { restoreBackup } from "./keeping/putting-back.ts";
import { openWholeTables } from "./keeping/whole-tables.ts";
import { openTables } from "./tables.ts";

const USAGE = `Usage: npm run restore -- --from FILE [--env NAME]
       puts a backup into an empty store; the same command again goes on where it was stopped`;

async function run(): Promise<boolean> {
  const { values } = parseArgs({ options: { env: { type: "string" }, from: { type: "string" } } });
  if (!values.from) throw new UserError(USAGE);
  const settings = readProcessSettings(values.env ? ["--env", values.env] : []);
  const isSame = await restoreBackup(values.from, {
    whole: openWholeTables(settings),
    tables: openTables(settings),
    print: printLine,
  });
  printLine(
    isSame ? "The store holds what the backup holds." : "The store is NOT as the backup is.",
  );
  return isSame;
}

if (process.argv[1] === import.meta.filename) void runProgram(USAGE, run);
