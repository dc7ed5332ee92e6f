import type { Cells, Paths, Range, View } from "./disclosure.ts";

/** A month that needs more steps than this to be searched counts as giving something away. */
const MOST_STEPS = 30_000_000;
const GOLDEN_RATIO = 0.618;

/** Kinds none of which can do without a counted route, and the routes that fit any of them. */
interface Group {
  readonly kinds: readonly number[];
  readonly routes: readonly number[];
}

/** For each cell of a view the values that no world was found for yet. */
type Missing = Readonly<Record<View, readonly Set<number>[]>>;

/**
 * Whether there is a hidden number that cannot have every value its rule allows, for a reader who
 * knows which numbers are hidden and what the others were rounded to. A world is a set of counts
 * that fits all of it:
 *
 * - a shown number is within its rounding, a hidden one is small;
 * - every counted record has one kind and one district line, so both views have the same sum;
 * - a record has a route at most once, and only one that fits its kind: a route has no more
 *   records than the kinds that fit it;
 * - a record has at least one route. Those of kinds that can only have counted routes are, for
 *   every set of such kinds, no more than the records of the routes that fit any of them (Hall).
 *   Kinds that also fit a route that is held back may have no counted one.
 *
 * With these there are records for every such set of counts: Hall's condition gives each record a
 * route, and a route can be filled up with any records of its kinds that do not have it.
 */
export function givesAway(cells: Cells, paths: Paths): boolean {
  const missing: Missing = {
    kind: cells.kind.map(hiddenValues),
    district: cells.district.map(hiddenValues),
    route: cells.route.map(hiddenValues),
  };
  const all = Object.values(missing).flat();
  const isMissing = () => all.some(({ size }) => size > 0);
  const fits = cells.route.map(({ id }) =>
    cells.kind.flatMap((kind, at) => (paths.routeKinds[id]?.includes(kind.id) ? [at] : [])),
  );
  const groups = groupsOf(cells, paths, fits);
  const most = Math.floor(MOST_STEPS / ((groups.length + 1) * (cells.route.length + 1)));
  for (const kinds of everyMix(cells.kind, most)) {
    if (!isMissing()) return false;
    const districts = rangesWithSum(cells.district, sumOf(kinds));
    const routes = routeRanges(cells.route, kinds, fits, groups);
    if (!districts || !routes) continue;
    kinds.forEach((value, at) => missing.kind[at]?.delete(value));
    cross(missing.district, districts);
    cross(missing.route, routes);
  }
  return isMissing();
}

function hiddenValues({ shown, least, most }: Cells[View][number]): Set<number> {
  return new Set(shown === "hidden" ? valuesIn({ least, most }) : []);
}

/** Every set of kinds that can have counted routes only. */
function groupsOf(cells: Cells, { heldBackFor }: Paths, fits: readonly number[][]): Group[] {
  const bound = cells.kind.flatMap(({ id }, at) =>
    !heldBackFor.includes(id) && fits.some((kinds) => kinds.includes(at)) ? [at] : [],
  );
  const sets: number[][] = [[]];
  for (const kind of bound) sets.push(...sets.map((set) => [...set, kind]));
  return sets
    .filter((kinds) => kinds.length > 0)
    .map((kinds) => ({
      kinds,
      routes: fits.flatMap((each, at) => (each.some((kind) => kinds.includes(kind)) ? [at] : [])),
    }));
}

/**
 * The counts that the cells can have, in strides through all of them, so that very different ones
 * come early. No more than so many.
 */
function* everyMix(cells: readonly Range[], most: number): Generator<number[]> {
  const all = cells.reduce((product, cell) => product * widthOf(cell), 1);
  let stride = Math.max(1, Math.floor(all * GOLDEN_RATIO));
  while (greatestCommonDivisor(stride, all) > 1) stride += 1;
  let at = 0;
  for (let step = 0; step < Math.min(all, most); step += 1) {
    let rest = at;
    yield cells.map((cell) => {
      const offset = rest % widthOf(cell);
      rest = Math.floor(rest / widthOf(cell));
      return cell.least + offset;
    });
    at = (at + stride) % all;
  }
}

/** What each cell can be when together they are so many. Undefined when they cannot. */
function rangesWithSum(cells: readonly Range[], sum: number): Range[] | undefined {
  const least = sumOf(cells.map((cell) => cell.least));
  const most = sumOf(cells.map((cell) => cell.most));
  if (sum < least || sum > most) return undefined;
  return cells.map((cell) => ({
    least: Math.max(cell.least, sum - (most - cell.most)),
    most: Math.min(cell.most, sum - (least - cell.least)),
  }));
}

/** What each route can have beside so many of each kind. Undefined when there is no way. */
function routeRanges(
  cells: readonly Range[],
  kinds: readonly number[],
  fits: readonly number[][],
  groups: readonly Group[],
): Range[] | undefined {
  const mosts = cells.map(({ most }, at) => Math.min(most, sumAt(kinds, fits[at] ?? [])));
  const leasts = cells.map(({ least }) => least);
  for (const group of groups) {
    const spare = sumAt(mosts, group.routes) - sumAt(kinds, group.kinds);
    if (spare < 0) return undefined;
    for (const at of group.routes) leasts[at] = Math.max(leasts[at] ?? 0, (mosts[at] ?? 0) - spare);
  }
  const ranges = mosts.map((most, at) => ({ least: leasts[at] ?? 0, most }));
  return ranges.every(({ least, most }) => least <= most) ? ranges : undefined;
}

function cross(missing: readonly Set<number>[], found: readonly Range[]): void {
  found.forEach((range, at) => {
    const values = missing[at];
    if (values && values.size > 0) for (const value of valuesIn(range)) values.delete(value);
  });
}

function valuesIn(range: Range): number[] {
  return Array.from({ length: widthOf(range) }, (_, offset) => range.least + offset);
}

function widthOf({ least, most }: Range): number {
  return most - least + 1;
}

function sumOf(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

function sumAt(numbers: readonly number[], places: readonly number[]): number {
  let sum = 0;
  for (const at of places) sum += numbers[at] ?? 0;
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
