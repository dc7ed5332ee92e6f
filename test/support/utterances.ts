import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod/v4";

/** Something that somebody says, and what a colleague who knows the bot would make of it. */
const Utterance = z.object({
  text: z.string(),
  now: z.string().default("2019-09-25T09:00"),
  /** What was said just before in the same chat. */
  after: z.string().optional(),
  /** A command by its name, "ask", "none" or "emergency"; the first is the best of several. */
  command: z.union([z.string(), z.array(z.string())]),
  slots: z.record(z.string(), z.unknown()).default({}),
  never: z.array(z.string()).default([]),
  part: z.enum(["tuning", "sealed"]),
});
export type Utterance = z.infer<typeof Utterance>;

/** How one came out. */
export type Outcome = "right" | "asked back" | "not helped" | "wrong" | "harmful";

interface Meaning {
  readonly command: string;
  readonly slots: Readonly<Record<string, unknown>>;
  readonly choices?: readonly string[];
}

export function utterances(part: Utterance["part"]): Utterance[] {
  const file = join(import.meta.dirname, "..", "utterances.json");
  const all = z.array(Utterance).parse(JSON.parse(readFileSync(file, "utf8")));
  return all.filter((each) => each.part === part);
}

/**
 * Right is the command itself. Asked back is a question that offers the right one, or a question
 * where nothing had to be done. Not helped is a question without it, or "I did not understand".
 * Harmful is danger that was missed, or a form opened for just what the
 * text says not to do.
 *
 * @param nameOf A command's name by its id.
 */
export function outcomeOf(
  { command, never }: Utterance,
  meaning: Meaning,
  nameOf: ReadonlyMap<string, string>,
): Outcome {
  const got = nameOf.get(meaning.command) ?? meaning.command;
  const expected = [command].flat().map(asDeclared);
  if (expected.includes(got)) return "right";
  if (never.includes(got) || expected[0] === "emergency") return "harmful";
  if (got !== "ask" && got !== "none") return "wrong";
  const offered = (meaning.choices ?? []).map((id) => nameOf.get(id) ?? id);
  const isFitting =
    expected.includes("ask") ||
    expected.includes("none") ||
    offered.some((name) => expected.includes(name));
  return isFitting ? "asked back" : "not helped";
}

/** A kind of signposting without a command of its own is said with the open one. */
function asDeclared(name: string): string {
  return name === "signpost domestic abuse" ? "signpost" : name;
}
