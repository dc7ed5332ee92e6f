import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { sampleReading } from "./local/sample-reading.ts";

/**
 * Reads one text a line, of the sample council, and prints for each what it would do: the id of a
 * command with what it was told, "ask", "none" or "emergency". Nothing is done and nothing is kept.
 */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { now: { type: "string", default: "2019-09-25T09:00" } },
  });
  const { read } = await sampleReading();
  for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(await read(line, values.now))}\n`);
}

await run();
