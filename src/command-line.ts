import { SettingsError } from "./config.ts";
import { UserError } from "./errors.ts";
import { networkTrouble, readTrouble } from "./trouble.ts";

const AWAY = "The tables do not answer. npm run doctor says why. Then run this again.";

/**
 * Runs a program of the command line: what a person can mend is said in a line on the standard
 * error, and anything else ends the program with its place in the code.
 */
export async function runProgram(usage: string, program: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await program()) ? 0 : 1;
  } catch (error) {
    const words = wordsFor(error, usage);
    if (!words) throw error;
    process.stderr.write(`${words}\n`);
    process.exitCode = 1;
  }
}

function wordsFor(error: unknown, usage: string): string | undefined {
  if (error instanceof UserError || error instanceof SettingsError) return error.message;
  // How parseArgs says that it does not know an option.
  if (error instanceof TypeError && "code" in error) return usage;
  return networkTrouble(readTrouble(error), { name: "the tables" }) && AWAY;
}

/** A line on the standard output. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
