import { parseArgs } from "node:util";
import { createClock } from "./calendar.ts";
import { printLine, runProgram } from "./command-line.ts";
import { readProcessSettings } from "./config.ts";
import { UserError } from "./errors.ts";
import { takeBackup } from "./keeping/taking.ts";
import { openWholeTables } from "./keeping/whole-tables.ts";

const USAGE = `Usage: npm run backup -- --to FILE [--env NAME]
       copies all tables into FILE; the same command again goes on where it was stopped`;

async function run(): Promise<boolean> {
  const { values } = parseArgs({ options: { env: { type: "string" }, to: { type: "string" } } });
  if (!values.to) throw new UserError(USAGE);
  const settings = readProcessSettings(values.env ? ["--env", values.env] : []);
  const moved = await takeBackup(values.to, {
    whole: openWholeTables(settings),
    now: createClock()().toString(),
    print: printLine,
  });
  for (const partition of moved) printLine(`Changed each time it was read: ${partition}`);
  if (moved.length > 0)
    printLine("Their rows are not from one moment. Take another at a quiet time.");
  return moved.length === 0;
}

if (process.argv[1] === import.meta.filename) void runProgram(USAGE, run);
