import { givesAway } from "./worlds.ts";

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

/** Which routes a record can have. A reader knows it from the form. */
export interface Paths {
  /** For each counted route, the kinds that can be pointed to it. */
  readonly routeKinds: Readonly<Record<string, readonly string[]>>;
  /** The kinds that can also be pointed to a route that is held back, and to no other. */
  readonly heldBackFor: readonly string[];
}

export type View = keyof Counts;

/** A number rounded to the nearest 5, or hidden. Why it is hidden is nobody's to know. */
export type Shown = number | "hidden";

/** A month as everybody may see it. When it is withheld, every number is hidden. */
export interface Published extends Readonly<Record<View, Readonly<Record<string, Shown>>>> {
  readonly isWithheld: boolean;
}

/** At least and at most so many. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** A count for itself: hidden when it is small, else rounded, and what that says of it. */
interface Cell extends Range {
  readonly id: string;
  readonly shown: Shown;
}

export type Cells = Readonly<Record<View, readonly Cell[]>>;

/** Whether to withhold a month that would give a small count away. Off only to see that it matters. */
interface Protection {
  readonly isOn: boolean;
}

/**
 * What may be shown of a month's counts, in all views at once. First every count stands alone:
 * hidden when it is small, else rounded. All that is decided after that comes from those results
 * and never from the counts, so all months with the same results look the same. The month is
 * shown only where, among the months with the same results, every small count has every value
 * that its rule allows. Else the whole of it is withheld: to leave out one view, or to leave a
 * number for the county, would tell why, and with that the small count.
 */
export function publish(
  counts: Counts,
  rule: DisclosureRule,
  paths: Paths,
  { isOn }: Protection = { isOn: true },
): Published {
  const cells: Cells = {
    kind: alone(counts.kind, rule),
    district: alone(counts.district, rule),
    route: alone(counts.route, rule),
  };
  const isWithheld = isOn && givesAway(cells, paths);
  const show = (view: readonly Cell[]) =>
    Object.fromEntries(view.map(({ id, shown }) => [id, isWithheld ? "hidden" : shown]));
  return {
    kind: show(beside(cells.kind)),
    district: show(beside(cells.district)),
    route: show(cells.route),
    isWithheld,
  };
}

/** One count by itself, as the rule has it. */
export function shownAlone(count: number, rule: DisclosureRule): Shown {
  return alone({ one: count }, rule)[0]?.shown ?? "hidden";
}

function alone(counts: Readonly<Record<string, number>>, rule: DisclosureRule): Cell[] {
  const { threshold, zeroIsShown } = rule;
  return Object.entries(counts).map(([id, count]) => {
    if (count === 0 && zeroIsShown) return { id, shown: 0, least: 0, most: 0 };
    if (count < threshold)
      return { id, shown: "hidden", least: zeroIsShown ? 1 : 0, most: threshold - 1 };
    const shown = Math.round(count / ROUNDING) * ROUNDING;
    const half = Math.floor(ROUNDING / 2);
    return { id, shown, least: Math.max(threshold, shown - half), most: shown + half };
  });
}

/**
 * One hidden cell among shown ones could be worked out by whoever knows the total from elsewhere,
 * so the next smallest is hidden beside it. A zero only where nothing else is left.
 */
function beside(view: readonly Cell[]): readonly Cell[] {
  const shown = view.filter((cell) => cell.shown !== "hidden");
  if (view.length - shown.length !== 1) return view;
  const [smallest] = shown.toSorted(
    (a, b) =>
      Number(a.least === 0) - Number(b.least === 0) ||
      a.least - b.least ||
      a.id.localeCompare(b.id),
  );
  return view.map((cell) => (cell === smallest ? { ...cell, shown: "hidden" } : cell));
}
