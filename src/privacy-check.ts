import { createInterface } from "node:readline";
import { personalDataIn } from "./personal-data.ts";

/** Reads one text a line, and prints for each whether it holds personal data, and which kinds. */
async function run(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { kinds } = personalDataIn(line);
    process.stdout.write(`${JSON.stringify({ personal: kinds.length > 0, kinds })}\n`);
  }
}

await run();
