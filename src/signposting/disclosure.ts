/** Counts are rounded to the nearest of these. */
const ROUNDING = 5;

/** The rule of a month's publication, from the settings of that day. */
export interface DisclosureRule {
  /** Counts from 1 up to below this are hidden. */
  readonly threshold: number;
  readonly zeroIsShown: boolean;
}

/** What was counted in a month, by each of the views that are ever offered. */
export interface Counts {
  readonly kind: Readonly<Record<string, number>>;
  readonly district: Readonly<Record<string, number>>;
  readonly route: Readonly<Record<string, number>>;
}

/** For each route, the kinds that can be pointed to it: no more records than theirs have it. */
export type RouteKinds = Readonly<Record<string, readonly string[]>>;

export type View = keyof Counts;

/** A number rounded to the nearest 5, or hidden. Why it is hidden is nobody's to know. */
export type Shown = number | "hidden";

/** A month as everybody may see it. */
export type Published = Readonly<Record<View, Readonly<Record<string, Shown>>>>;

/** What a reader can tell of a cell: at least and at most so many. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** A line of a view while it is decided what is hidden. */
interface Cell extends Bounds {
  readonly id: string;
  readonly shown: Shown;
  /** Hidden because it is small, not to protect another one. */
  readonly isSmall: boolean;
}

type Cells = Record<View, Cell[]>;

/** Whether to hide, besides what is small, what would give it away. Off only to see that it matters. */
interface Protection {
  readonly isJoint: boolean;
}

/**
 * What may be shown of a month's counts, in all views at once. First every count stands alone:
 * hidden when it is small, else rounded. What is hidden on top of that is decided from those
 * results only, never from the counts, so it tells nothing more. The views count the same
 * records, so the sum of one bounds the sum of another; a count is hidden where these bounds
 * would leave a small count fewer values than its rule does.
 */
export function publish(
  counts: Counts,
  rule: DisclosureRule,
  routeKinds: RouteKinds,
  { isJoint }: Protection = { isJoint: true },
): Published {
  const cells: Cells = {
    kind: alone(counts.kind, rule),
    district: alone(counts.district, rule),
    route: alone(counts.route, rule),
  };
  if (isJoint) while (hideOneMore(cells, routeKinds));
  return {
    kind: asShown(cells.kind),
    district: asShown(cells.district),
    route: asShown(cells.route),
  };
}

/** What a shown or hidden number says: at least and at most so many. */
export function boundsOf(shown: Shown, { threshold, zeroIsShown }: DisclosureRule): Bounds {
  if (shown === "hidden") return { least: zeroIsShown ? 1 : 0, most: Number.POSITIVE_INFINITY };
  if (shown === 0) return { least: 0, most: 0 };
  const half = Math.floor(ROUNDING / 2);
  return { least: Math.max(threshold, shown - half), most: shown + half };
}

function alone(counts: Readonly<Record<string, number>>, rule: DisclosureRule): Cell[] {
  return Object.entries(counts).map(([id, count]) => {
    const isSmall = count < rule.threshold && !(count === 0 && rule.zeroIsShown);
    if (isSmall) {
      const least = rule.zeroIsShown ? 1 : 0;
      return { id, shown: "hidden", isSmall, least, most: rule.threshold - 1 };
    }
    const shown = Math.round(count / ROUNDING) * ROUNDING;
    return { id, shown, isSmall, ...boundsOf(shown, rule) };
  });
}

/** Hides one more cell where that is needed. False when nothing is given away any more. */
function hideOneMore(cells: Cells, routeKinds: RouteKinds): boolean {
  const { kind, district } = cells;
  return (
    standsAlone(kind) ||
    standsAlone(district) ||
    givesAway(kind, district) ||
    givesAway(district, kind) ||
    cells.route.some((route) => {
      const able = kind.filter(({ id }) => routeKinds[route.id]?.includes(id));
      const tells = isTold(route.least, able) || isTold(route.least, district);
      return tells && hide(cells.route, route);
    })
  );
}

/** One hidden cell among shown ones could be worked out from a total that is known elsewhere. */
function standsAlone(view: Cell[]): boolean {
  return view.filter(isHidden).length === 1 && hideSmallest(view);
}

/** Whether the sum of the other view leaves a small count of this one fewer values. */
function givesAway(view: Cell[], other: Cell[]): boolean {
  const { least, most } = sum(view);
  const others = sum(other);
  const isNarrowed = view.some(
    (cell) =>
      cell.isSmall &&
      (least - cell.least + cell.most > others.most ||
        most - cell.most + cell.least < others.least),
  );
  return isNarrowed && (hideSmallest(view) || hideSmallest(other));
}

/** Whether so many records of a route make a small count among these larger than its least. */
function isTold(records: number, among: readonly Cell[]): boolean {
  const { most } = sum(among);
  return among.some((cell) => cell.isSmall && most - cell.most + cell.least < records);
}

function hideSmallest(view: Cell[]): boolean {
  const [smallest] = view
    .filter((cell) => !isHidden(cell))
    .toSorted((a, b) => byOrder(a, b) || a.id.localeCompare(b.id));
  return smallest !== undefined && hide(view, smallest);
}

/** A zero is hidden only where nothing else is left to hide. */
function byOrder(a: Cell, b: Cell): number {
  return Number(a.least === 0) - Number(b.least === 0) || a.least - b.least;
}

function hide(view: Cell[], cell: Cell): boolean {
  if (isHidden(cell)) return false;
  const hidden = { ...cell, shown: "hidden", least: 0, most: Number.POSITIVE_INFINITY } as const;
  view[view.indexOf(cell)] = hidden;
  return true;
}

function isHidden({ shown }: Cell): boolean {
  return shown === "hidden";
}

function sum(cells: readonly Bounds[]): Bounds {
  return {
    least: cells.reduce((total, { least }) => total + least, 0),
    most: cells.reduce((total, { most }) => total + most, 0),
  };
}

function asShown(cells: readonly Cell[]): Record<string, Shown> {
  return Object.fromEntries(cells.map(({ id, shown }) => [id, shown]));
}
