import * as fc from "fast-check";
import {
  publish,
  type Counts,
  type DisclosureRule,
  type Paths,
  type Published,
  type Shown,
  type View,
} from "../src/signposting/disclosure.ts";
import { linesOver } from "../src/signposting/periods.ts";
import type { MonthCounts } from "../src/signposting/schema.ts";

const RULE: DisclosureRule = { threshold: 5, zeroIsShown: true };
const ZERO_HIDDEN: DisclosureRule = { threshold: 5, zeroIsShown: false };
/** Prime, so that it meets all kinds of worlds. */
const EVERY_SO_OFTEN = 37;
const VIEWS: readonly View[] = ["kind", "district", "route"];
const NO_PATHS: Paths = { routeKinds: {}, heldBackFor: [] };
/** Two routes, each of which fits only some kinds. */
const CROSSED: Paths = { routeKinds: { r0: ["k0", "k1"], r1: ["k1", "k2"] }, heldBackFor: [] };
/** The same, and each kind also fits a route that is held back. */
const UNBOUND: Paths = { ...CROSSED, heldBackFor: ["k0", "k1", "k2"] };

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
      const district = { d: 300 + count, e: 200, f: 200, g: 200, h: 100 };
      const counts = { kind: { a: count, b: 500, c: 500 }, district, route: {} };

      const published = publish(counts, { threshold, zeroIsShown }, NO_PATHS);

      expect(published.kind["a"]).toBe(shown);
      expect(published.isWithheld).toBe(false);
    },
  );

  it("is hidden beside a small one that would stand alone", () => {
    const counts = { kind: { a: 2, b: 12, c: 40 }, district: { d: 30, e: 24 }, route: {} };

    expect(publish(counts, RULE, NO_PATHS).kind).toEqual({ a: "hidden", b: "hidden", c: 40 });
  });
});

describe("a month is withheld", () => {
  it("where six districts and three kinds at the edge of their rounding leave one world", () => {
    const counts = {
      kind: named("k", [18, 13, 8]),
      district: named("d", [7, 7, 4, 7, 7, 7]),
      route: {},
    };

    const shown = publish(counts, RULE, NO_PATHS);

    expect(shown.isWithheld).toBe(true);
    expect(VIEWS.flatMap((view) => Object.values(shown[view]))).toEqual(
      Array.from({ length: 9 }, () => "hidden"),
    );
  });

  it("where routes that fit only some kinds leave one world", () => {
    const counts = {
      kind: named("k", [1, 7, 6]),
      district: named("d", [7, 7]),
      route: named("r", [8, 13]),
    };

    expect(publish(counts, ZERO_HIDDEN, CROSSED).isWithheld).toBe(true);
  });

  it("where one kind and two districts would be told by a number for the county", () => {
    const counts = { kind: { k: 8 }, district: { d: 4, e: 4 }, route: {} };

    expect(publish(counts, RULE, NO_PATHS).isWithheld).toBe(true);
  });

  it("where every record needs a route, and only then", () => {
    const counts = {
      kind: named("k", [4, 20, 20]),
      district: named("d", [24, 20]),
      route: named("r", [2, 30]),
    };
    const routeKinds = { r0: ["k0"], r1: ["k1", "k2"] };

    const bound = publish(counts, RULE, { routeKinds, heldBackFor: ["k1", "k2"] });
    const few = { ...counts, route: named("r", [0, 30]) };
    const none = publish(few, RULE, { routeKinds, heldBackFor: ["k1", "k2"] });
    const free = publish(few, RULE, { routeKinds, heldBackFor: ["k0", "k1", "k2"] });

    expect([bound, none, free].map(({ isWithheld }) => isWithheld)).toEqual([false, true, false]);
  });

  it("but not one without any record, where zero is hidden", () => {
    const counts = {
      kind: named("k", [0, 0, 0]),
      district: named("d", [0, 0, 0]),
      route: named("r", [0, 0]),
    };

    expect(publish(counts, ZERO_HIDDEN, CROSSED).isWithheld).toBe(false);
  });
});

/**
 * Somebody who knows every rule, and every possible world of a small council: whatever they are
 * shown, they keep the worlds that would have been shown so. A kind or district has up to twelve
 * records, so that every number shown has all its worlds.
 */
describe.each([
  { districts: 3, most: 12, rule: RULE, paths: CROSSED },
  { districts: 2, most: 12, rule: ZERO_HIDDEN, paths: CROSSED },
  { districts: 2, most: 12, rule: ZERO_HIDDEN, paths: UNBOUND },
  { districts: 2, most: 12, rule: { threshold: 8, zeroIsShown: true }, paths: CROSSED },
  { districts: 3, most: 12, rule: ZERO_HIDDEN, paths: NO_PATHS },
])(
  "in every world of three kinds and $districts districts, $rule, $paths",
  ({ districts, most, rule, paths }) => {
    const looks = looksOf(everyWorld(districts, most, paths), rule);

    it("no summary gives a hidden number away, and in a table it keeps every value", () => {
      expect(recovered(looks, rule, paths, true)).toEqual([]);
    });

    it("some would if only what is small were hidden", () => {
      expect(recovered(looks, rule, paths, false)).not.toEqual([]);
    });
  },
);

describe("whatever was recorded, and whatever is asked in whatever order", () => {
  const cell = fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 12 }), fc.nat({ max: 60 }));
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const month = fc
    .record({
      kinds: fc.array(cell, { minLength: 5, maxLength: 5 }),
      cuts: fc.array(share, { minLength: 5, maxLength: 5 }),
      shares: fc.array(share, { minLength: 4, maxLength: 4 }),
    })
    .map(({ kinds, cuts, shares }) => worldOf(kinds, cuts, shares));
  const rule = fc.record({ threshold: fc.constantFrom(5, 8, 10), zeroIsShown: fc.boolean() });

  it("the sums of kinds and districts leave a small number every value, in quarters too", () => {
    fc.assert(
      fc.property(fc.array(month, { minLength: 3, maxLength: 3 }), rule, (months, own) => {
        const published = months.map((counts) => publish(counts, own, PATHS));
        const numbers = published.map((each) => asNumbers(each, own));

        expect(
          months.flatMap((counts, at) => (published[at]?.isWithheld ? [] : narrowed(counts, own))),
        ).toEqual([]);
        // A quarter is worked out from what its months show, so it tells no more than they do.
        const visible = VIEWS.flatMap((view) =>
          linesOver(numbers, view).filter(
            ({ id, shown }) =>
              shown !== "hidden" && published.some((each) => each[view][id] === "hidden"),
          ),
        );
        expect(visible).toEqual([]);
      }),
      { numRuns: 75 },
    );
  });

  it("most months are shown", () => {
    const months = fc.sample(month, { numRuns: 100, seed: 1 });

    const withheld = months.filter((counts) => publish(counts, ZERO_HIDDEN, PATHS).isWithheld);

    expect(withheld.length).toBeLessThan(20);
  });
});

const PATHS: Paths = {
  routeKinds: {
    r0: ["k0"],
    r1: ["k0", "k1", "k2", "k3", "k4"],
    r2: ["k1", "k2"],
    r3: ["k3", "k4"],
  },
  heldBackFor: ["k0", "k1", "k2", "k3", "k4"],
};

/** A month: the same records by kind and by district, and how many of them had each route. */
function worldOf(
  kinds: readonly number[],
  cuts: readonly number[],
  shares: readonly number[],
): Counts {
  let left = sum(kinds);
  const districts = [0, 1, 2, 3].map((at) => {
    const own = Math.floor(left * (cuts[at] ?? 0));
    left -= own;
    return own;
  });
  const kind = named("k", kinds);
  const route = Object.values(PATHS.routeKinds).map((able, at) =>
    Math.floor(sum(able.map((id) => kind[id] ?? 0)) * (shares[at] ?? 0)),
  );
  return { kind, district: named("d", [...districts, left]), route: named("r", route) };
}

/** The small numbers that the sums of the two views leave fewer values than the rule says. */
function narrowed(counts: Counts, rule: DisclosureRule): string[] {
  return (["kind", "district"] as const).flatMap((view) => {
    const own = Object.entries(counts[view]).map(([id, count]) => ({ id, ...within(count, rule) }));
    const other = Object.values(counts[view === "kind" ? "district" : "kind"]).map((count) =>
      within(count, rule),
    );
    const [least, most] = [sum(own.map((each) => each.least)), sum(own.map((each) => each.most))];
    const [otherLeast, otherMost] = [
      sum(other.map((each) => each.least)),
      sum(other.map((each) => each.most)),
    ];
    return own
      .filter((each) => each.isSmall)
      .filter(
        (each) =>
          least - each.least + each.most > otherMost || most - each.most + each.least < otherLeast,
      )
      .map(({ id }) => id);
  });
}

function within(count: number, rule: DisclosureRule) {
  const shown = rounded(count, rule);
  if (shown === "0") return { least: 0, most: 0, isSmall: false };
  if (shown === "small")
    return { least: rule.zeroIsShown ? 1 : 0, most: rule.threshold - 1, isSmall: true };
  const middle = Number(shown);
  return { least: Math.max(rule.threshold, middle - 2), most: middle + 2, isSmall: false };
}

function asNumbers(shown: Published, rule: DisclosureRule): MonthCounts {
  const lines = (view: Readonly<Record<string, Shown>>) =>
    Object.entries(view).map(([id, each]) => ({ id, name: id, shown: each }));
  return {
    ...rule,
    isWithheld: shown.isWithheld,
    kind: lines(shown.kind),
    district: lines(shown.district),
    route: lines(shown.route),
  };
}

/** All worlds with the same numbers hidden first and the same roundings. */
interface Look {
  readonly world: Counts;
  /** The same for worlds that differ only in which district is which. */
  readonly twin: string;
  /** The values of each cell in these worlds, as bits. */
  readonly values: number[];
}

/** The counts of some kinds, with all ways in which their records can have routes. */
interface KindCounts {
  readonly kind: readonly number[];
  readonly routes: readonly (readonly number[])[];
  readonly districts: readonly (readonly number[])[];
}

/** Every way in which up to so many records of each of three kinds can lie in the districts. */
function everyWorld(districts: number, most: number, paths: Paths): KindCounts[] {
  const byTotal = new Map<number, number[][]>();
  for (const each of everyRow(districts, most)) {
    const total = sum(each);
    byTotal.set(total, [...(byTotal.get(total) ?? []), each]);
  }
  return everyRow(3, most).map((kind) => ({
    kind,
    routes: paths === NO_PATHS ? [[]] : routesOf(kind, paths.heldBackFor.length > 0),
    districts: byTotal.get(sum(kind)) ?? [],
  }));
}

/** How many records of k0 and k1 can have r0, and of k1 and k2 r1, told from the records. */
function routesOf([k0 = 0, k1 = 0, k2 = 0]: readonly number[], isFree: boolean): number[][] {
  // A record that may have none of them leaves both free.
  if (isFree) return range(k0 + k1).flatMap((a) => range(k1 + k2).map((b) => [a, b]));
  const found = new Map<string, number[]>();
  for (const onlyFirst of range(k1))
    for (const both of range(k1 - onlyFirst)) {
      const onlyLast = k1 - onlyFirst - both;
      const routes = [k0 + onlyFirst + both, k2 + onlyLast + both];
      found.set(routes.join(), routes);
    }
  return [...found.values()];
}

function looksOf(worlds: readonly KindCounts[], rule: DisclosureRule): Look[] {
  const looks = new Map<string, Look>();
  const grouped = new Map<unknown, Map<string, { first: readonly number[]; bits: number[] }>>();
  const groups = (rows: readonly (readonly number[])[]) => {
    const known = grouped.get(rows) ?? byRounding(rows, rule);
    grouped.set(rows, known);
    return known;
  };
  for (const { kind, routes, districts } of worlds) {
    const own = kind.map((count) => rounded(count, rule)).join();
    for (const [byDistrict, district] of groups(districts))
      for (const [byRoute, route] of groups(routes)) {
        const name = `${own}|${byDistrict}|${byRoute}`;
        const bits = [...kind.map((count) => 1 << count), ...district.bits, ...route.bits];
        const look = looks.get(name);
        if (look) bits.forEach((each, at) => (look.values[at] = (look.values[at] ?? 0) | each));
        else {
          const world = {
            kind: named("k", kind),
            district: named("d", district.first),
            route: named("r", route.first),
          };
          const twin = `${own}|${byDistrict.split(",").toSorted().join()}|${byRoute}`;
          looks.set(name, { world, twin, values: bits });
        }
      }
  }
  return [...looks.values()];
}

function byRounding(rows: readonly (readonly number[])[], rule: DisclosureRule) {
  const groups = new Map<string, { first: readonly number[]; bits: number[] }>();
  for (const row of rows) {
    const name = row.map((count) => rounded(count, rule)).join();
    const group = groups.get(name) ?? { first: row, bits: row.map(() => 0) };
    row.forEach((count, at) => (group.bits[at] = (group.bits[at] ?? 0) | (1 << count)));
    groups.set(name, group);
  }
  return groups;
}

function rounded(count: number, { threshold, zeroIsShown }: DisclosureRule): string {
  if (count === 0 && zeroIsShown) return "0";
  return count < threshold ? "small" : String(Math.round(count / 5) * 5);
}

/**
 * Small numbers of which the worlds that are shown in the same way leave only one value, or in a
 * table fewer than the rule does.
 */
function recovered(
  looks: readonly Look[],
  rule: DisclosureRule,
  { routeKinds, heldBackFor }: Paths,
  isOn: boolean,
): string[] {
  const seen = new Map<string, { shown: Published; values: number[]; small: number[] }>();
  const least = rule.zeroIsShown ? 1 : 0;
  const small = range(rule.threshold - 1).reduce(
    (bits, count) => (count < least ? bits : bits | (1 << count)),
    0,
  );
  const publishedOf = publishingTwins(rule, { routeKinds, heldBackFor }, isOn);
  for (const { world, twin, values } of looks) {
    const shown = publishedOf(world, twin);
    const name = JSON.stringify(shown);
    const same = seen.get(name) ?? {
      shown,
      values: values.map(() => 0),
      small: values.map(() => 0),
    };
    seen.set(name, same);
    values.forEach((bits, at) => {
      same.values[at] = (same.values[at] ?? 0) | bits;
      same.small[at] = (same.small[at] ?? 0) | (bits & small);
    });
  }
  return [...seen].flatMap(([name, { shown, values, small: known }]) => {
    const ids = VIEWS.flatMap((view) => Object.keys(shown[view]));
    return ids.flatMap((id, at) => {
      const bits = known[at] ?? 0;
      const isSingle = bits !== 0 && (values[at] ?? 0) === (bits & -bits);
      const isNarrowed = bits !== 0 && bits !== small && !shown.isWithheld;
      return isSingle || isNarrowed ? [`${name}: ${id} is one of the bits ${values[at]}`] : [];
    });
  });
}

/**
 * What is shown of a world. Whether a month is withheld takes long to find out, and cannot depend on
 * which district is which: it is found out once for all its twins. Every so often it is found out
 * all the same, so that a rule that tells twins apart is noticed.
 */
function publishingTwins(rule: DisclosureRule, paths: Paths, isOn: boolean) {
  const firstOf = new Map<string, boolean>();
  let count = 0;
  return (world: Counts, twin: string): Published => {
    const known = firstOf.get(twin);
    count += 1;
    if (!isOn || known === undefined || count % EVERY_SO_OFTEN === 0) {
      const published = publish(world, rule, paths, { isOn });
      if (isOn && known !== undefined && known !== published.isWithheld)
        throw new Error(`Twins are told apart: ${twin}`);
      firstOf.set(twin, published.isWithheld);
      return published;
    }
    const open = publish(world, rule, paths, { isOn: false });
    return known ? withheld(open) : open;
  };
}

function withheld(open: Published): Published {
  const hide = (view: View) =>
    Object.fromEntries(Object.keys(open[view]).map((id) => [id, "hidden" as const]));
  return {
    kind: hide("kind"),
    district: hide("district"),
    route: hide("route"),
    isWithheld: true,
  };
}

function everyRow(length: number, most: number): number[][] {
  if (length === 0) return [[]];
  return everyRow(length - 1, most).flatMap((row) => range(most).map((count) => [...row, count]));
}

function range(most: number): number[] {
  return Array.from({ length: most + 1 }, (_, count) => count);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function named(letter: string, counts: readonly number[]): Record<string, number> {
  return Object.fromEntries(counts.map((count, at) => [`${letter}${at}`, count]));
}
