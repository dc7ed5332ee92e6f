import shipped from "./danger-learned.json" with { type: "json" };

/** What was learned from sentences: what each feature is worth, in hundredths of a logit. */
export interface Learned {
  readonly beginning: number;
  readonly weights: Readonly<Record<string, number>>;
}

/** Made by `npm run learn-danger`. */
export const LEARNED = ready(shipped);
const HUNDREDTHS = 100;

/** Ready to be looked up. */
export function ready({ beginning, weights }: Learned) {
  return { beginning, weights: new Map(Object.entries(weights)) };
}

/**
 * How much the features of a stretch of words speak for danger now, in logits: below nought they
 * rather speak against it. Long stretches weigh no more than short ones.
 */
export function weigh(
  features: readonly string[],
  { beginning, weights }: ReturnType<typeof ready>,
): number {
  const found = features.flatMap((feature) => weights.get(feature) ?? []);
  const total = found.reduce((sum, weight) => sum + weight, 0);
  return (beginning + total / Math.sqrt(found.length || 1)) / HUNDREDTHS;
}
