import { goesBeyond, overlaps, rowsAside, type Row } from "./overlapping.ts";
import { datesOf } from "./printing.ts";
import type { Figure, StoredFigure } from "./schema.ts";
import { periodKey } from "./store.ts";

/** How small counts of people are hidden. */
export interface DisclosureRule {
  /** Counts up to this are hidden, from 1, or from 0 where zero is hidden too. */
  readonly hideUpTo: number;
  readonly roundTo: number;
  readonly isZeroHidden: boolean;
}

/** The figures of one indicator, by area. */
export interface AreasOfCounts {
  /** Areas that make up a whole: the districts. */
  readonly parts: ReadonlyMap<string, readonly StoredFigure[]>;
  /** Areas that stand apart and are protected all the same. */
  readonly apart?: ReadonlyMap<string, readonly StoredFigure[]>;
  /** The whole that the parts make up: the county. Printed as it is, or hidden. */
  readonly whole?: ReadonlyMap<string, readonly StoredFigure[]>;
}

/** The usual default: 0 to 4 hidden, the rest to the nearest 5. */
export const DISCLOSURE: DisclosureRule = { hideUpTo: 4, roundTo: 5, isZeroHidden: true };
/** The same words for all, so that they do not tell which of the hidden ones are small. */
export const HIDDEN = "[c] hidden: small, or it would give a small number away";

/**
 * What a count of people below county level is shown as: hidden when small, rounded when not.
 * Undefined means hidden.
 */
export function suppressed(value: number, { hideUpTo, roundTo, isZeroHidden }: DisclosureRule) {
  if (value === 0 && !isZeroHidden) return 0;
  return value <= hideUpTo ? undefined : Math.round(value / roundTo) * roundTo;
}

/**
 * The same figures with small counts hidden. All or none: the districts of a period are shown,
 * rounded, only where every one of them has a number and none is small; else each is hidden, the
 * large ones too. Why nothing can be worked out from it:
 *
 * - Of a hidden period a reader knows the county's figure, and that some district may be small.
 *   Whichever number from 0 up a district has, the others can have the rest, so every small number
 *   stays possible for each. Of a shown period there is nothing to hide. Where districts have
 *   numbers, the county's are kept by the same rule, though not rounded: one that is small, or that
 *   gives a small one away, is hidden. So is that of the only district.
 * - It is decided from all that is `stored`, every revision, published or not, and so alike for
 *   everybody: what a viewer may not see yet is only missing. What is stored later is hidden or
 *   shown for itself: it changes nothing that was decided, and publishing decides nothing.
 * - Periods that share a day are settled by `rowsAside`. Of a month that is hidden within a quarter
 *   that is shown the county's figure is hidden too, or it would say how the quarter is split.
 *
 * One thing no rule mends: a number corrected to a small one after it was shown. From then on its
 * period is hidden.
 */
export function hideSmall(
  { parts, apart = new Map(), whole = new Map() }: AreasOfCounts,
  rule: DisclosureRule = DISCLOSURE,
  stored: AreasOfCounts = { parts, apart, whole },
): Map<string, StoredFigure[]> {
  const ofParts = rowsOf(stored.parts, rule);
  const shownParts = keysShown(ofParts);
  const ofWhole = rowsOf(stored.whole ?? new Map(), rule);
  const shownWhole = ofParts.length > 0 ? keysShown(ofWhole) : undefined;
  const split = ofWhole.filter(({ key }) => {
    const row = ofParts.find((each) => each.key === key);
    if (!row || shownParts.has(key)) return false;
    const isSplit = ofParts.some((each) => shownParts.has(each.key) && goesBeyond(each, row));
    return isSplit || stored.parts.size === 1;
  });
  // A county's quarter less its other months would give a hidden month away.
  const hiddenWhole = new Set(
    ofWhole
      .filter(
        (row) =>
          split.some((each) => each === row || overlaps(each, row)) ||
          (shownWhole && !shownWhole.has(row.key)),
      )
      .map(({ key }) => key),
  );
  const showIn = (figures: readonly StoredFigure[], keys: ReadonlySet<string>) =>
    figures.map((figure) => shown(figure, !keys.has(periodKey(figure)), rule));
  return new Map([
    ...[...parts].map(([area, figures]) => [area, showIn(figures, shownParts)] as const),
    ...[...apart].map(([area, figures]) => {
      const own = rowsOf(new Map([[area, stored.apart?.get(area) ?? figures]]), rule);
      return [area, showIn(figures, keysShown(own))] as const;
    }),
    ...[...whole].map(
      ([area, figures]) =>
        [
          area,
          figures.map((each) =>
            isNumber(each) && hiddenWhole.has(periodKey(each)) ? asHidden(each) : each,
          ),
        ] as const,
    ),
  ]);
}

/** A rate of people in a sensitive area: the count behind it is not known to be large enough. */
export function hideRates(figures: readonly StoredFigure[]): StoredFigure[] {
  return figures.map((figure) => (isNumber(figure) ? asHidden(figure) : figure));
}

/** Whether a figure is there, but not shown. */
export function isHidden({ word }: Figure): boolean {
  return word === HIDDEN;
}

/** A row with the key of its period. */
interface KeyedRow extends Row {
  readonly key: string;
}

/** All that is stored of these areas, period by period. */
function rowsOf(
  areas: ReadonlyMap<string, readonly StoredFigure[]>,
  rule: DisclosureRule,
): KeyedRow[] {
  const numbers = [...areas.values()].flat().filter(isNumber);
  const rows = new Map<string, StoredFigure[]>();
  for (const figure of numbers) {
    const row = rows.get(periodKey(figure));
    if (row) row.push(figure);
    else rows.set(periodKey(figure), [figure]);
  }
  const since = [...areas.values()].map(firstStored);
  return [...rows].map(([key, figures]) => {
    const times = since.flatMap((each) => each.get(key) ?? []);
    return {
      key,
      period: figures[0] && datesOf(figures[0]),
      completeSince: times.length === areas.size ? Math.max(...times) : undefined,
      isLarge: !figures.some((figure) => isSmall(figure, rule)),
    };
  });
}

/** When each period of an area first had a number. */
function firstStored(figures: readonly StoredFigure[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const figure of figures.filter(isNumber)) {
    const known = first.get(periodKey(figure)) ?? Infinity;
    first.set(periodKey(figure), Math.min(known, Date.parse(figure.at)));
  }
  return first;
}

/** The keys of the rows that may be shown. */
function keysShown(rows: readonly KeyedRow[]): Set<string> {
  const aside = rowsAside(rows);
  const shownRows = rows.filter(
    (row) => row.isLarge && row.completeSince !== undefined && !aside.has(row),
  );
  return new Set(shownRows.map(({ key }) => key));
}

function isSmall({ value }: Figure, rule: DisclosureRule): boolean {
  return value !== undefined && suppressed(value, rule) === undefined;
}

function shown(figure: StoredFigure, isKept: boolean, rule: DisclosureRule): StoredFigure {
  const { value } = figure;
  if (value === undefined || (value === 0 && !isKept)) return figure;
  if (isKept) return asHidden(figure);
  return { ...withoutCompany(figure), value: suppressed(value, rule), qualifier: "about" };
}

/** A figure that is there, without its number and what is printed beside it. */
export function asHidden(figure: StoredFigure): StoredFigure {
  const { note: _note, qualifier: _qualifier, ...rest } = withoutCompany(figure);
  return { ...rest, value: undefined, word: HIDDEN };
}

/** What is printed beside a figure could give the count away. */
function withoutCompany(figure: StoredFigure): StoredFigure {
  const { baseline: _baseline, baselineNote: _note, printed: _printed, ...others } = figure;
  const { commentary: _commentary, ...rest } = others;
  return rest;
}

function isNumber({ value }: Figure): boolean {
  return value !== undefined;
}
