import * as fc from "fast-check";
import {
  boundsOf,
  publish,
  type Counts,
  type DisclosureRule,
  type Published,
  type Shown,
  type View,
} from "../src/signposting/disclosure.ts";
import { linesOver } from "../src/signposting/periods.ts";
import type { MonthCounts } from "../src/signposting/schema.ts";

const RULE: DisclosureRule = { threshold: 5, zeroIsShown: true };
const VIEWS: readonly View[] = ["kind", "district", "route"];

describe("a published number", () => {
  it.each([
    [0, true, 5, 0],
    [0, false, 5, "hidden"],
    [1, true, 5, "hidden"],
    [4, true, 5, "hidden"],
    [5, true, 5, 5],
    [7, true, 5, 5],
    [8, true, 5, 10],
    [7, true, 8, "hidden"],
    [8, true, 8, 10],
    [9, true, 10, "hidden"],
    [1000, true, 10, 1000],
  ] as const)(
    "of %d, zero shown %s, hidden below %d, is %s",
    (count, zeroIsShown, threshold, shown) => {
      const counts = {
        kind: { a: count, b: 500, c: 500 },
        district: { d: 1000 + count },
        route: {},
      };

      const published = publish(counts, { threshold, zeroIsShown }, {}, { isJoint: false });

      expect(published.kind["a"]).toBe(shown);
    },
  );

  it("is hidden beside a small one that would stand alone", () => {
    const counts = { kind: { a: 2, b: 12, c: 40 }, district: { d: 54 }, route: {} };

    expect(publish(counts, RULE, {}).kind).toEqual({ a: "hidden", b: "hidden", c: 40 });
  });

  it("is hidden where the other view would tell how small the small ones are", () => {
    const district = { a: 1, b: 1, c: 1, d: 1, e: 8 };

    const alone = publish({ kind: { k: 12 }, district, route: {} }, RULE, {}, { isJoint: false });
    const joint = publish({ kind: { k: 12 }, district, route: {} }, RULE, {});

    expect(alone.district["e"]).toBe(10);
    expect(joint.district["e"]).toBe("hidden");
  });

  it("is hidden for a route whose records could only come from small kinds", () => {
    const counts = { kind: { a: 4, b: 4, c: 50 }, district: { d: 58 }, route: { r: 8 } };

    expect(publish(counts, RULE, { r: ["a", "b"] }).route).toEqual({ r: "hidden" });
  });
});

/**
 * Somebody who knows every rule, and every possible world of a small council: whatever they are
 * shown, they keep the worlds that would have been shown so.
 */
describe.each([
  { kinds: 2, districts: 2, most: 13, rule: RULE },
  { kinds: 2, districts: 2, most: 13, rule: { threshold: 5, zeroIsShown: false } },
  { kinds: 3, districts: 3, most: 6, rule: { threshold: 3, zeroIsShown: true } },
  { kinds: 2, districts: 3, most: 9, rule: RULE },
])(
  "in every world of $kinds kinds and $districts districts, $rule",
  ({ kinds, districts, most, rule }) => {
    const withRoute = kinds === 2 && districts === 2;

    it("no summary gives a hidden number away", () => {
      expect(recovered(everyWorld(kinds, districts, most, withRoute), rule, true)).toEqual([]);
    });

    it("some would without hiding more than what is small", () => {
      expect(recovered(everyWorld(kinds, districts, most, withRoute), rule, false)).not.toEqual([]);
    });
  },
);

describe("whatever was recorded, and whatever is asked in whatever order", () => {
  const cell = fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 12 }), fc.nat({ max: 60 }));
  const month = fc
    .record({
      kinds: fc.array(cell, { minLength: 5, maxLength: 5 }),
      cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
    })
    .map(({ kinds, cuts, shares }) => worldOf(kinds, cuts, shares));
  const rule = fc.record({
    threshold: fc.constantFrom(5, 8, 10),
    zeroIsShown: fc.boolean(),
  });

  it("a small number keeps every value that its rule gives it, in all views and quarters", () => {
    fc.assert(
      fc.property(fc.array(month, { minLength: 3, maxLength: 3 }), rule, (months, own) => {
        const published = months.map((counts) => publish(counts, own, ROUTE_KINDS));
        const quarter = quarterOf(published, own);

        expect(
          published.flatMap((shown, at) => narrowed(shown, months[at] ?? (shown as never), own)),
        ).toEqual([]);
        // A quarter is worked out from what its months show, so it tells no more than they do.
        const visible = VIEWS.flatMap((view) =>
          quarter[view].filter(
            ({ id, shown }) =>
              shown !== "hidden" && published.some((each) => each[view][id] === "hidden"),
          ),
        );
        expect(visible).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is found to be narrowed when only what is small is hidden", () => {
    const counts = {
      ...worldOf([12, 0, 0, 0, 0], [], []),
      district: { d0: 8, d1: 1, d2: 1, d3: 1, d4: 1 },
    };

    const shown = publish(counts, RULE, ROUTE_KINDS, { isJoint: false });

    expect(narrowed(shown, counts, RULE)).not.toEqual([]);
  });
});

const ROUTE_KINDS = {
  r0: ["k0"],
  r1: ["k0", "k1", "k2", "k3", "k4"],
  r2: ["k1", "k2"],
  r3: ["k3", "k4"],
};

/** A month: the same records by kind and by district, and how many of them had each route. */
function worldOf(
  kinds: readonly number[],
  cuts: readonly number[],
  shares: readonly number[],
): Counts {
  const total = kinds.reduce((sum, count) => sum + count, 0);
  let left = total;
  const districts = [0, 1, 2, 3].map((at) => {
    const own = Math.floor(left * (cuts[at] ?? 0));
    left -= own;
    return own;
  });
  const kind = named("k", kinds);
  const route = Object.entries(ROUTE_KINDS).map(([, able], at) => {
    const most = able.reduce((sum, id) => sum + (kind[id] ?? 0), 0);
    return Math.floor(most * (shares[at] ?? 0));
  });
  return { kind, district: named("d", [...districts, left]), route: named("r", route) };
}

/**
 * The small numbers that the sums of the views leave fewer values than the rule says. A reader
 * does not know which hidden number is small, so one that can be larger has no upper bound.
 */
function narrowed(shown: Published, counts: Counts, rule: DisclosureRule): string[] {
  const bounds = (view: View) =>
    Object.entries(shown[view]).map(([id, each]) => {
      const isSmall = each === "hidden" && (counts[view][id] ?? 0) < rule.threshold;
      const known = boundsOf(each, rule);
      return {
        id,
        isSmall,
        least: isSmall ? known.least : each === "hidden" ? 0 : known.least,
        most: isSmall ? rule.threshold - 1 : known.most,
      };
    });
  const sums = { kind: total(bounds("kind")), district: total(bounds("district")) };
  return (["kind", "district"] as const).flatMap((view) => {
    const other = sums[view === "kind" ? "district" : "kind"];
    const own = bounds(view).map((each) =>
      counts[view][each.id] === 0 && shown[view][each.id] === "hidden" && rule.zeroIsShown
        ? { ...each, isSmall: false, least: 0 }
        : each,
    );
    const { least, most } = total(own);
    return own
      .filter((each) => each.isSmall)
      .filter(
        (each) =>
          least - each.least + each.most > other.most ||
          most - each.most + each.least < other.least,
      )
      .map(({ id }) => id);
  });
}

function total(bounds: readonly { readonly least: number; readonly most: number }[]) {
  return {
    least: bounds.reduce((sum, { least }) => sum + least, 0),
    most: bounds.reduce((sum, { most }) => sum + most, 0),
  };
}

function quarterOf(published: readonly Published[], rule: DisclosureRule) {
  const numbers: MonthCounts[] = published.map((each) => ({
    ...rule,
    kind: lines(each.kind),
    district: lines(each.district),
    route: lines(each.route),
  }));
  return {
    kind: linesOver(numbers, "kind"),
    district: linesOver(numbers, "district"),
    route: linesOver(numbers, "route"),
  };
}

function lines(view: Readonly<Record<string, Shown>>) {
  return Object.entries(view).map(([id, shown]) => ({ id, name: id, shown }));
}

/** Hidden numbers of which the worlds that look the same leave only one, or fewer than the rule. */
function recovered(worlds: Iterable<Counts>, rule: DisclosureRule, isJoint: boolean): string[] {
  const seen = new Map<string, { shown: Published; values: Map<string, Set<number>> }>();
  for (const world of worlds) {
    const routeKinds = { r0: Object.keys(world.kind) };
    const shown = publish(world, rule, routeKinds, { isJoint });
    const look = JSON.stringify(shown);
    const same = seen.get(look) ?? { shown, values: new Map() };
    seen.set(look, same);
    for (const view of VIEWS)
      for (const [id, count] of Object.entries(world[view]))
        same.values.set(id, (same.values.get(id) ?? new Set()).add(count));
  }
  return [...seen].flatMap(([look, { shown, values }]) =>
    VIEWS.flatMap((view) =>
      Object.entries(shown[view])
        .filter(([, each]) => each === "hidden")
        .filter(([id]) => (values.get(id)?.size ?? 0) < 2)
        .map(([id]) => `${look}: ${id} is ${[...(values.get(id) ?? [])].join()}`),
    ),
  );
}

/** Every way in which up to so many records of each kind can lie in the districts. */
function* everyWorld(
  kinds: number,
  districts: number,
  most: number,
  withRoute: boolean,
): Generator<Counts> {
  const byTotal = new Map<number, number[][]>();
  for (const each of everyRow(districts, most)) {
    const sum = each.reduce((a, b) => a + b, 0);
    byTotal.set(sum, [...(byTotal.get(sum) ?? []), each]);
  }
  for (const kind of everyRow(kinds, most)) {
    const sum = kind.reduce((a, b) => a + b, 0);
    for (const district of byTotal.get(sum) ?? [])
      for (const route of withRoute ? range(sum) : [])
        yield {
          kind: named("k", kind),
          district: named("d", district),
          route: named("r", [route]),
        };
    if (!withRoute)
      for (const district of byTotal.get(sum) ?? [])
        yield { kind: named("k", kind), district: named("d", district), route: {} };
  }
}

function everyRow(length: number, most: number): number[][] {
  if (length === 0) return [[]];
  return everyRow(length - 1, most).flatMap((row) => range(most).map((count) => [...row, count]));
}

function range(most: number): number[] {
  return Array.from({ length: most + 1 }, (_, count) => count);
}

function named(letter: string, counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.map((count, at) => [`${letter}${at}`, count]));
}
