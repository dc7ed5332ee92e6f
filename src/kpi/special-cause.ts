import type { Limits } from "./spc.ts";

/** What one of the four rules found. */
export interface Signal {
  readonly rule: "outside a limit" | "trend" | "near a limit" | "shift";
  /** Above the mean or rising; below it or falling. */
  readonly direction: "high" | "low";
  /** Positions of the points it marks, in order. */
  readonly marked: readonly number[];
}

type Side = -1 | 0 | 1;

/** Points in a row that make a trend or a shift. */
const RUN = 7;

/**
 * The special causes among values in order of time, rule by rule in the order in which Making
 * Data Count tries them. `rounding` is the difference that counts as none.
 */
export function signalsIn(values: readonly number[], limits: Limits, rounding: number): Signal[] {
  const beyond = (value: number, upper: number, lower: number): Side =>
    value > upper + rounding ? 1 : value < lower - rounding ? -1 : 0;
  const sides = values.map((value) => beyond(value, limits.mean, limits.mean));
  const outside = values.map((value) => beyond(value, limits.upper, limits.lower));
  const near = values.map((value, at) =>
    outside[at] === 0 ? beyond(value, limits.nearUpper, limits.nearLower) : 0,
  );
  // The step to a point and the one from it: a trend of seven points has six steps.
  const steps = values.slice(1).map((value, at): Side => {
    const before = values[at] ?? value;
    return value > before ? 1 : value < before ? -1 : 0;
  });
  return [
    ...outside.flatMap((side, at) => signal("outside a limit", side, [at])),
    ...runs(steps, RUN - 1).flatMap(({ side, from, to }) =>
      signal("trend", side, positions(from, to + 1)),
    ),
    ...nearTheLimit(near, sides),
    ...runs(sides, RUN).flatMap(({ side, from, to }) => signal("shift", side, positions(from, to))),
  ];
}

/** Two of three points in a row between near limit and limit, all three on one side of the mean. */
function nearTheLimit(near: readonly Side[], sides: readonly Side[]): Signal[] {
  return [1 as const, -1 as const].flatMap((side) => {
    const marked = near.flatMap((each, at) => {
      const threes = [at - 2, at - 1, at].map((from) => positions(from, from + 2));
      const isPart = threes.some(
        (three) =>
          three.every((position) => sides[position] === side) &&
          three.filter((position) => near[position] === side).length >= 2,
      );
      return each === side && isPart ? [at] : [];
    });
    return inNeighbourhoods(marked).flatMap((group) => signal("near a limit", side, group));
  });
}

/** Marked points that belong to one finding are at most two places apart. */
function inNeighbourhoods(marked: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const at of marked) {
    const group = groups.at(-1);
    if (group && at - (group.at(-1) ?? at) <= 2) group.push(at);
    else groups.push([at]);
  }
  return groups;
}

/** Stretches of at least so many equal sides. Zero, a point on the mean, ends a stretch. */
function runs(sides: readonly Side[], shortest: number) {
  const found: { side: Side; from: number; to: number }[] = [];
  let from = 0;
  for (const [at, side] of sides.entries()) {
    if (side !== sides[from]) from = at;
    const isLast = sides[at + 1] !== side;
    if (side !== 0 && isLast && at - from + 1 >= shortest) found.push({ side, from, to: at });
  }
  return found;
}

function signal(rule: Signal["rule"], side: Side, marked: readonly number[]): Signal[] {
  return side === 0 ? [] : [{ rule, direction: side > 0 ? "high" : "low", marked }];
}

function positions(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, step) => from + step);
}
