import { periodKey } from "./store.ts";
import type { Figure, StoredFigure } from "./schema.ts";

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

/** What a reader can know of a number: it is at least and at most so much. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/** The usual default: 0 to 4 hidden, the rest to the nearest 5. */
export const DISCLOSURE: DisclosureRule = { hideUpTo: 4, roundTo: 5, isZeroHidden: true };
/** The same words for all, so that they do not tell which of the hidden ones are small. */
const HIDDEN = "[c] hidden: small, or it would give a small number away";

/**
 * What a count of people below county level is shown as: hidden when small, rounded when not.
 * Undefined means hidden.
 */
export function suppressed(value: number, { hideUpTo, roundTo, isZeroHidden }: DisclosureRule) {
  if (value === 0 && !isZeroHidden) return 0;
  return value <= hideUpTo ? undefined : Math.round(value / roundTo) * roundTo;
}

/**
 * The same figures with small counts hidden. Whoever reads all that is shown, the county's figure
 * too, must find every value that is hidden for being small still possible for each of them. Where
 * that does not hold, the next smallest district is hidden too, and where that is not enough, the
 * county's figure is. Nor may a longer period tell of the shorter ones in it.
 */
export function hideSmall(
  { parts, apart = new Map(), whole = new Map() }: AreasOfCounts,
  rule: DisclosureRule = DISCLOSURE,
): Map<string, StoredFigure[]> {
  const [ofParts, ofApart, ofWhole] = [parts, apart, whole].map((each) =>
    [...each.values()].flat(),
  );
  const isSmall = ({ value }: Figure) =>
    value !== undefined && suppressed(value, rule) === undefined;
  const hidden = new Set([...(ofParts ?? []), ...(ofApart ?? [])].filter(isSmall));
  const wholes = new Set<StoredFigure>();
  for (const row of byPeriod(ofParts ?? [])) {
    const total = (ofWhole ?? []).find((each) => isSamePeriod(each, row[0]));
    const { more, isWholeHidden } = protect(row.filter(isNumber), total, rule);
    for (const figure of more) hidden.add(figure);
    if (total && isWholeHidden) wholes.add(total);
  }
  for (const series of [...parts.values(), ...apart.values()])
    for (const longer of givenAwayInTime(series, hidden, rule))
      for (const figure of ofParts ?? []) if (isSamePeriod(figure, longer)) hidden.add(figure);
  // A county's quarter less its other months would give a hidden month away.
  const around = (ofWhole ?? []).filter((each) => [...wholes].some((one) => overlaps(each, one)));
  const shownIn = (areas: ReadonlyMap<string, readonly StoredFigure[]>) =>
    [...areas].map(
      ([area, figures]) =>
        [area, figures.map((figure) => shown(figure, hidden.has(figure), rule))] as const,
    );
  return new Map([
    ...shownIn(parts),
    ...shownIn(apart),
    ...[...whole].map(
      ([area, figures]: [string, readonly StoredFigure[]]) =>
        [area, figures.map((each) => (around.includes(each) ? asHidden(each) : each))] as const,
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

/** What else has to be hidden in a row of districts, so that no small one can be worked out. */
function protect(
  row: readonly StoredFigure[],
  total: StoredFigure | undefined,
  rule: DisclosureRule,
): { readonly more: readonly StoredFigure[]; readonly isWholeHidden: boolean } {
  const small = row.filter(({ value = 0 }) => suppressed(value, rule) === undefined);
  if (small.length === 0) return { more: [], isWholeHidden: false };
  const others = row
    .filter((figure) => !small.includes(figure))
    // A zero protects little: it is hidden only where nothing else is left.
    .toSorted((a, b) => (a.value || Infinity) - (b.value || Infinity) || 0);
  // One that is hidden by itself is what any total less the others gives.
  const fewest = small.length === 1 ? 1 : 0;
  for (let count = fewest; count <= others.length; count += 1) {
    const more = others.slice(0, count);
    if (!total?.value || isSafe({ small, more, open: others.slice(count) }, total.value, rule))
      return { more, isWholeHidden: total?.value === 0 };
  }
  return { more: others.slice(0, fewest), isWholeHidden: total !== undefined };
}

/** What is hidden for being small, what is hidden beside it, and what is shown. */
interface Row {
  readonly small: readonly StoredFigure[];
  readonly more: readonly StoredFigure[];
  readonly open: readonly StoredFigure[];
}

/** Whether each small one can still be anything from 1 up to the largest that is hidden. */
function isSafe({ small, more, open }: Row, total: number, rule: DisclosureRule): boolean {
  const known = sumOf(open.map((figure) => roundedRange(figure, rule)));
  // Somebody may know that those hidden beside the small ones are larger than these.
  const larger = more.filter(({ value }) => value !== 0).length;
  const beside = { low: larger * (rule.hideUpTo + 1), high: more.length > 0 ? Infinity : 0 };
  const rest = {
    low: (small.length - 1) * (rule.isZeroHidden ? 0 : 1),
    high: (small.length - 1) * rule.hideUpTo,
  };
  return (
    total - known.high - beside.high - rest.high <= 1 &&
    total - known.low - beside.low - rest.low >= rule.hideUpTo
  );
}

/** Longer periods of one area that would tell of a hidden figure in them. */
function givenAwayInTime(
  series: readonly StoredFigure[],
  hidden: ReadonlySet<StoredFigure>,
  rule: DisclosureRule,
): StoredFigure[] {
  return series.filter((longer) => {
    if (!isNumber(longer) || hidden.has(longer)) return false;
    const inside = series.filter((each) => each !== longer && isNumber(each) && isIn(each, longer));
    const small = inside.filter((each) => hidden.has(each));
    const open = inside.filter((each) => !hidden.has(each));
    const whole = roundedRange(longer, rule);
    return (
      small.length > 0 && !isSafe({ small, more: [], open }, (whole.low + whole.high) / 2, rule)
    );
  });
}

function roundedRange({ value = 0 }: Figure, rule: DisclosureRule): Range {
  if (value === 0) return { low: 0, high: 0 };
  const near = suppressed(value, rule) ?? 0;
  const reach = Math.floor(rule.roundTo / 2);
  return { low: Math.max(near - reach, rule.hideUpTo + 1), high: near + reach };
}

function sumOf(ranges: readonly Range[]): Range {
  let [low, high] = [0, 0];
  for (const range of ranges) [low, high] = [low + range.low, high + range.high];
  return { low, high };
}

function shown(figure: StoredFigure, isSmall: boolean, rule: DisclosureRule): StoredFigure {
  const { value } = figure;
  if (value === undefined || (value === 0 && !isSmall)) return figure;
  if (isSmall) return asHidden(figure);
  return { ...withoutCompany(figure), value: suppressed(value, rule), qualifier: "about" };
}

function asHidden(figure: StoredFigure): StoredFigure {
  const { note: _note, qualifier: _qualifier, ...rest } = withoutCompany(figure);
  return { ...rest, value: undefined, word: HIDDEN };
}

/** What is printed beside a figure could give the count away. */
function withoutCompany(figure: StoredFigure): StoredFigure {
  const { baseline: _baseline, baselineNote: _note, printed: _printed, ...others } = figure;
  const { commentary: _commentary, ...rest } = others;
  return rest;
}

function byPeriod(figures: readonly StoredFigure[]): StoredFigure[][] {
  const rows = new Map<string, StoredFigure[]>();
  for (const figure of figures) {
    const row = rows.get(periodKey(figure));
    if (row) row.push(figure);
    else rows.set(periodKey(figure), [figure]);
  }
  return [...rows.values()];
}

function isNumber({ value }: Figure): boolean {
  return value !== undefined;
}

function isSamePeriod(one: Figure, other: Figure | undefined): boolean {
  return other !== undefined && periodKey(one) === periodKey(other);
}

function isIn(shorter: Figure, { start = "9", end = "" }: Figure): boolean {
  return (
    Boolean(shorter.start && shorter.end) &&
    (shorter.start ?? "") >= start &&
    (shorter.end ?? "") <= end
  );
}

function overlaps(one: Figure, other: Figure): boolean {
  if (isSamePeriod(one, other)) return true;
  return (one.start ?? "9") <= (other.end ?? "") && (other.start ?? "9") <= (one.end ?? "");
}
