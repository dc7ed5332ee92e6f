import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod/v4";
import type { Command } from "../feature.ts";
import type { Vocabulary } from "../vocabulary.ts";
import type { Example, Learned } from "./learning.ts";
import { signsIn } from "./names.ts";
import { ANYTHING } from "./phrases.ts";
import said from "./said.json" with { type: "json" };
import { everyWord } from "./words.ts";

/** What is none of the bot's business, among the ids of commands. */
const NOTHING = "nothing";
/** What was learned, as it ships. `npm run learn` makes it from the commands' examples. */
export const MODEL_FILE = join(import.meta.dirname, "model.json");

/** Weights are whole numbers from -127 to 127, feature by feature, packed. */
const ModelFile = z.object({
  /** Of the examples that it was learned from. */
  digest: z.string(),
  labels: z.array(z.string()),
  features: z.array(z.string()),
  rarity: z.array(z.number()),
  scale: z.number(),
  weights: z.string(),
});

const MOST = 127;

/** The commands' phrases and examples, and what is none of the bot's business. */
export function examplesOf(
  commands: readonly Command[],
  needsIn: Vocabulary["needsIn"],
): Example[] {
  return textsOf(commands).map(({ id, text }) => ({
    label: id,
    signs: signsIn(everyWord(text.replaceAll(ANYTHING, "")), needsIn),
  }));
}

/** The model as it ships, read once. */
export function readModel(): Learned & { readonly digest: string } {
  const file = ModelFile.parse(JSON.parse(readFileSync(MODEL_FILE, "utf8")));
  const packed = gunzipSync(Buffer.from(file.weights, "base64"));
  return {
    ...{ digest: file.digest, labels: file.labels, features: file.features, scale: file.scale },
    rarity: Float32Array.from(file.rarity),
    weights: new Int8Array(packed.buffer, packed.byteOffset, packed.byteLength),
  };
}

/** What was learned, as it is written to the file. */
export function packed(learned: Learned, commands: readonly Command[]): string {
  let largest = 0;
  for (const weight of learned.weights) largest = Math.max(largest, Math.abs(weight));
  const scale = largest / MOST;
  const whole = Int8Array.from(learned.weights, (weight) => Math.round(weight / scale));
  return `${JSON.stringify({
    digest: digestOf(commands),
    labels: learned.labels,
    features: learned.features,
    rarity: Array.from(learned.rarity, (each) => Math.round(each * 1000) / 1000),
    scale,
    weights: gzipSync(whole).toString("base64"),
  })}\n`;
}

/** Tells whether the examples are those that a model was learned from. */
export function digestOf(commands: readonly Command[]): string {
  return createHash("sha256")
    .update(JSON.stringify(textsOf(commands)))
    .digest("hex");
}

function textsOf(commands: readonly Command[]) {
  const texts = commands.flatMap(({ id, name, phrases, examples }) =>
    [name, ...phrases, ...examples].map((text) => ({ id, text })),
  );
  return [...texts, ...said.nothing.map((text) => ({ id: NOTHING, text }))];
}
