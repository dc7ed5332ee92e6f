import { periodKey } from "./store.ts";
import type { StoredFigure } from "./schema.ts";

/** How small counts of people are hidden. */
export interface DisclosureRule {
  /** Counts from 1 up to this are hidden. */
  readonly hideUpTo: number;
  readonly roundTo: number;
}

/** The usual default: 1 to 4 hidden, the rest to the nearest 5, zero stays. */
export const DISCLOSURE: DisclosureRule = { hideUpTo: 4, roundTo: 5 };

/**
 * What a count of people below county level is shown as: hidden when small, rounded when not.
 * Undefined means hidden. Zero stays.
 */
export function suppressed(value: number, { hideUpTo, roundTo }: DisclosureRule) {
  if (value === 0) return 0;
  return value <= hideUpTo ? undefined : Math.round(value / roundTo) * roundTo;
}

/**
 * The same figures with small counts hidden. Where one area of a period is hidden by itself, the
 * next smallest is too: else the county's figure less the others would give it away.
 */
export function hideSmall(
  areas: ReadonlyMap<string, readonly StoredFigure[]>,
  rule: DisclosureRule = DISCLOSURE,
): Map<string, StoredFigure[]> {
  const all = [...areas.values()].flat();
  const hidden = new Set<StoredFigure>();
  for (const period of new Set(all.map(periodKey))) {
    const row = all.filter((figure) => periodKey(figure) === period && figure.value);
    const small = row.filter(({ value = 0 }) => suppressed(value, rule) === undefined);
    for (const figure of small) hidden.add(figure);
    const [next] = row
      .filter((figure) => !hidden.has(figure))
      .toSorted((a, b) => (a.value ?? 0) - (b.value ?? 0));
    if (small.length === 1 && next) hidden.add(next);
  }
  return new Map(
    [...areas].map(([area, figures]) => [
      area,
      figures.map((figure) => shown(figure, hidden.has(figure), rule)),
    ]),
  );
}

function shown(figure: StoredFigure, isHidden: boolean, rule: DisclosureRule): StoredFigure {
  // What is printed beside it could give the count away.
  const { value, baseline: _baseline, baselineNote: _note, printed: _printed, ...rest } = figure;
  if (value === undefined || value === 0) return figure;
  if (isHidden) return { ...rest, word: "[c] hidden, because the number is small" };
  return { ...rest, value: suppressed(value, rule), qualifier: "about" };
}
