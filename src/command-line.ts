import { SettingsError } from "./config.ts";
import { UserError } from "./errors.ts";

/**
 * Runs a program of the command line: what a person can mend is said in a line on the standard
 * error, and anything else ends the program with its place in the code.
 */
export async function runProgram(usage: string, program: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await program()) ? 0 : 1;
  } catch (error) {
    const isForPeople = error instanceof UserError || error instanceof SettingsError;
    // How parseArgs says that it does not know an option.
    if (!isForPeople && !(error instanceof TypeError && "code" in error)) throw error;
    process.stderr.write(`${isForPeople ? error.message : usage}\n`);
    process.exitCode = 1;
  }
}

/** A line on the standard output. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}
