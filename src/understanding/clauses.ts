import type { Guess } from "./guessing.ts";

/** Where one thing that is told ends and the next one begins. */
const BETWEEN = /(?<=[.!?;:,])\s+|\n+|\s[-–]\s|\s(?=(?:so|but|anyway|anyhow)\s)/;
/** What is shorter says nothing by itself. */
const FEWEST_WORDS = 3;
const MOST_CLAUSES = 6;
/** So sure one clause has to be before the rest of a text is only what happened around it. */
const CLEAR = 0.98;
/** Of several clear clauses nobody but the person knows which is meant. */
const ONE_OF_SEVERAL = 0.4;

/** The clauses of a text, the first and the last ones of a long one. None where it has only one. */
export function clausesOf(text: string): string[] {
  const all = text.split(BETWEEN).filter((each) => each.split(/\s+/).length >= FEWEST_WORDS);
  if (all.length < 2) return [];
  return all.length <= MOST_CLAUSES
    ? all
    : [...all.slice(0, MOST_CLAUSES / 2), ...all.slice(-MOST_CLAUSES / 2)];
}

/**
 * People tell what happened around what they want: "his wife has died and he just sits there, is
 * there a club in Ely". What the whole does not say, one clause may. Where several say different
 * things, all of them come first, none of them sure.
 */
export function clearest<Label>(
  whole: readonly Guess<Label | undefined>[],
  clauses: readonly (readonly Guess<Label | undefined>[])[],
): readonly Guess<Label | undefined>[] {
  const clear = clauses.filter(([best]) => best?.label && best.confidence >= CLEAR);
  const labels = [...new Set(clear.map(([best]) => best?.label))];
  if (labels.length <= 1) return clear[0] ?? whole;
  const several = labels.map((label) => ({ label, confidence: ONE_OF_SEVERAL }));
  return [...several, ...whole.filter(({ label }) => !labels.includes(label))];
}
