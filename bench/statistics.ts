/** The value in the middle: one slow moment of a shared machine does not move it. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that this share of the others is at or below. Of nothing there is none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
