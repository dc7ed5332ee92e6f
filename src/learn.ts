import { writeFileSync } from "node:fs";
import { mentionedIn } from "./directory/index.ts";
import { sampleReading } from "./local/sample-reading.ts";
import { learn } from "./understanding/learning.ts";
import { examplesOf, MODEL_FILE, packed } from "./understanding/model.ts";

/** Learns the small model from what the features declare, and writes the file that ships. */
async function run(): Promise<void> {
  const { commands, committee } = await sampleReading();
  const needsIn = (words: readonly string[]) => mentionedIn(words, committee).needs;
  writeFileSync(MODEL_FILE, packed(learn(examplesOf(commands, needsIn)), commands));
}

await run();
