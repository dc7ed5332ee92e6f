import committeeFile from "../data/committee.json" with { type: "json" };
import { createClock } from "../src/calendar.ts";
import { Committee } from "../src/council.ts";
import { hideSmall, DISCLOSURE, type AreasOfCounts } from "../src/kpi/disclosure.ts";
import { createDefinitionStore } from "../src/kpi/definitions.ts";
import { Indicator, type StoredFigure } from "../src/kpi/schema.ts";
import { protectedOnes } from "../src/kpi/protecting.ts";
import { createFigureStore } from "../src/kpi/store.ts";
import {
  CHAIR,
  MEMBER,
  openProduct,
  sampleCouncil,
  startTables,
  wordsOn,
} from "./support/council.ts";

const APRIL = ["2019-04-01", "2019-04-30"] as const;
const MAY = ["2019-05-01", "2019-05-31"] as const;
const BOTH = ["2019-04-01", "2019-05-31"] as const;
const PERIODS = { april: APRIL, may: MAY, both: BOTH };
const SMALL = [0, 1, 2, 3, 4];
/** Two months of two districts have so many together, at most. */
const MOST = 11;

/** A count of an area in a period, and the steps in which it is stored and published. */
interface Told {
  readonly area: string;
  readonly period: keyof typeof PERIODS;
  readonly stored: number;
  readonly published: number;
}

describe("no small count of people can be worked out", () => {
  it.each([
    [3, 0, 25],
    [5, 20, 20],
  ])("from one row of %d districts and a county of %d to %d", (districts, least, most) => {
    const worlds = Array.from({ length: most - least + 1 }, (_, at) => least + at).flatMap(
      (county) =>
        [...rowsWithSum(districts, county)].map((values) => {
          const parts = new Map(values.map((value, at) => [`d${at}`, [figureOf(value)]] as const));
          const whole = new Map([["county", [figureOf(county)]]]);
          return { values, seen: wordsOf(hideSmall({ parts, whole })) };
        }),
    );

    expect(recovered(worlds, SMALL)).toEqual([]);
  });

  it.each([
    [[12, 12, 12, 12, 4], 52],
    [[4, 4, 7, 7, 4], 26],
    [[7, 7, 4], 18],
  ])("from %j and %d", (values, county) => {
    const parts = new Map(values.map((value, at) => [`d${at}`, [figureOf(value)]] as const));
    const shown = hideSmall({ parts, whole: new Map([["county", [figureOf(county)]]]) });

    expect(wordsOf(shown)).toBe(`${values.map(() => "H").join()},${county}`);
  });

  const inTime = (steps: Partial<Record<keyof typeof PERIODS, readonly number[]>>): Told[] =>
    (["april", "may", "both"] as const).flatMap((period) =>
      ["d0", "d1", "county"].map((area, at) => ({
        ...{ area, period, stored: steps[period]?.[at] ?? 0 },
        published: steps[period]?.[at + 3] ?? 0,
      })),
    );

  it.each([
    ["all is stored at once", {}],
    ["the county is published last", { april: [0, 0, 0, 0, 0, 2], may: [0, 0, 0, 0, 0, 2] }],
    ["one district is published last", { april: [0, 0, 0, 0, 2], may: [0, 0, 0, 0, 2] }],
    ["one district is stored last", { april: [0, 2], may: [0, 1], both: [0, 3] }],
    ["the months are stored after both together", { april: [1, 1, 1], may: [2, 2, 2] }],
    ["both together is stored after the months", { both: [2, 2, 2, 3, 3, 3] }],
    ["it is stored between the months", { both: [1, 1, 1], may: [2, 2, 2] }],
  ] as const)("in a row of answers to a member and to the chair, where %s", (_what, steps) => {
    const told = inTime(steps);
    const worlds = [...monthsUpTo(MOST)].map(([d0, d1, e0, e1]) => {
      const numbers: Record<string, number> = {
        ...{ "d0 april": d0, "d1 april": d1, "county april": d0 + d1 },
        ...{ "d0 may": e0, "d1 may": e1, "county may": e0 + e1 },
        ...{ "d0 both": d0 + e0, "d1 both": d1 + e1, "county both": d0 + d1 + e0 + e1 },
      };
      const values = [d0, d1, e0, e1, d0 + e0, d1 + e1];
      return { values, seen: transcript(told, numbers) };
    });

    expect(recovered(worlds, SMALL, MOST - 4)).toEqual([]);
  });

  it.each([true, false])(
    "from months and a quarter of one area, zero hidden: %s",
    (isZeroHidden) => {
      const rule = { ...DISCLOSURE, isZeroHidden };
      const worlds = [...rowsUpTo(3, 11)].map((months) => {
        const [a = 0, b = 0, c = 0] = months;
        const values = [a, b, c, a + b, a + b + c];
        const dates = [
          ...[APRIL, MAY, ["2019-06-01", "2019-06-30"]],
          BOTH,
          ["2019-04-01", "2019-06-30"],
        ];
        const series = values.map((value, at) => figureOf(value, dates[at]));
        return {
          // Where 0 is shown, two that are hidden are at least 2: only the months can be anything.
          values: isZeroHidden ? values : months,
          seen: wordsOf(hideSmall({ parts: new Map(), apart: new Map([["p", series]]) }, rule)),
        };
      });

      expect(recovered(worlds, isZeroHidden ? SMALL : SMALL.slice(1))).toEqual([]);
    },
  );
});

describe("no small count can be worked out from what a paper prints beside it", () => {
  const committee = Committee.parse(committeeFile);
  const [first = "", ...others] = committee.districts.map(({ name }) => name);
  const indicator = Indicator.parse({
    ...{ id: "refuge", priority: "Refuge", name: "Refuge places", unit: "count", addsUp: true },
    ...{ areas: ["Cambridgeshire", first, ...others] },
    ...{ disclosure: "sensitive people", isPublished: true },
  });
  const viewer = {
    ...{ committee, now: createClock("2019-10-25T09:00")(), place: { kind: "personal" } as const },
    person: { id: "", name: "", holdings: [] },
  };
  const rest = others.map((_, at) => 7 + at);
  const sum = rest.reduce((a, b) => a + b, 0);
  const printed = (value: number, period: readonly string[] = BOTH): StoredFigure => ({
    ...figureOf(value, period),
    published: "yes",
  });
  const unprinted = (value: number, period: readonly string[] = BOTH): StoredFigure => ({
    ...printed(value, period),
    source: "Source not given",
  });
  const corrected = (value: number): StoredFigure => ({
    ...{ ...printed(value), revision: 2, isCorrected: true, at: "2019-10-20T08:00:00Z" },
  });
  const seenOf = (own: readonly StoredFigure[], county: readonly StoredFigure[]) => {
    const stored = new Map([
      ["Cambridgeshire", county],
      [first, own],
      ...others.map((area, at) => [area, [printed(rest[at] ?? 0)]] as const),
    ]);
    return protectedOnes(stored, () => true, indicator, viewer);
  };
  const counts = Array.from({ length: 13 }, (_, at) => at);

  it.each([
    ["the county's is as printed", () => [printed(12 + sum)]],
    [
      "the county's is corrected too",
      (value: number) => [printed(12 + sum), corrected(value + sum)],
    ],
    ["the county's is not printed", (value: number) => [unprinted(value + sum)]],
    ["the county has none", () => []],
  ])("of one district that is corrected, where %s", (_what, county) => {
    // Corrected to the same, it is no other figure.
    const worlds = counts
      .filter((value) => value !== 12)
      .map((value) => ({
        values: [value],
        seen: wordsOf(seenOf([printed(12), corrected(value)], county(value))),
      }));

    expect(recovered(worlds, SMALL)).toEqual([]);
    expect(worlds.every(({ seen }) => seen.endsWith(rest.join()))).toBe(true);
  });

  it.each([true, false])("of months that no paper prints, the county's too: %s", (hasCounty) => {
    const worlds = counts.map((april) => {
      const months = [unprinted(april, APRIL), unprinted(12 - april, MAY)];
      const county = hasCounty ? [unprinted(april + 20, APRIL), unprinted(40 - april, MAY)] : [];
      return {
        values: [april, 12 - april],
        seen: wordsOf(seenOf([...months, printed(12)], county)),
      };
    });

    expect(recovered(worlds, SMALL)).toEqual([]);
  });
});

describe("in the bot", () => {
  let service: Awaited<ReturnType<typeof startTables>>;
  beforeAll(async () => {
    service = await startTables();
  });
  afterAll(() => service.stop());

  it("the chair sees the same numbers of districts in a chat as in the channel, before and after the county's is published", async () => {
    const tables = await sampleCouncil(service);
    const committee = "communities-and-partnership";
    const districts = {
      ...{ "Cambridge City": 1, "East Cambridgeshire": 5, Fenland: 8 },
      ...{ Huntingdonshire: 8, "South Cambridgeshire": 8 },
    };
    const about = { name: "Refuge places", priority: "Refuge", unit: "count", addsUp: true };
    const areas = ["Cambridgeshire", ...Object.keys(districts)];
    const indicator = "refuge-places";
    await createDefinitionStore(tables).save(committee, [
      Indicator.parse({ ...about, id: indicator, areas, disclosure: "sensitive people" }),
    ]);
    const store = async (area: string, value: number, published: "yes" | "no") => {
      const { revision: _revision, at: _at, by: _by, ...figure } = figureOf(value);
      const series = { committee, indicator, area };
      const written = { by: "an officer", at: "2019-09-25T08:00:00Z" };
      await createFigureStore(tables).add(series, [{ ...figure, published }], written);
    };
    for (const [area, value] of Object.entries(districts)) await store(area, value, "yes");
    await store("Cambridgeshire", 30, "no");
    const { as } = await openProduct(tables);
    const hiddenIn = async (asking: ReturnType<typeof as>) =>
      wordsOn(await asking.say("compare districts refuge places")).match(/hidden: small/g)?.length;

    const before = [await hiddenIn(as(MEMBER)), await hiddenIn(as(CHAIR))];
    const inChannel = await hiddenIn(as(CHAIR, { place: "channel" }));
    await store("Cambridgeshire", 30, "yes");
    const after = await hiddenIn(as(MEMBER));

    expect([...before, inChannel, after]).toEqual([5, 5, 5, 5]);
    expect(wordsOn(await as(MEMBER).say("compare districts refuge places"))).toContain("\n30");
  });
});

/** Small numbers that a reader of all that is seen can rule out, one for each kind of answer. */
function recovered(
  worlds: readonly { readonly values: readonly number[]; readonly seen: string }[],
  possible: readonly number[],
  /** Worlds with more than this are only there to stand beside others: not all of theirs are. */
  most = Infinity,
): string[] {
  const groups = new Map<string, (readonly number[])[]>();
  for (const { values, seen } of worlds) groups.set(seen, [...(groups.get(seen) ?? []), values]);
  const whole = [...groups].filter(([, all]) =>
    all.some((values) => values.slice(0, 4).reduce((sum, value) => sum + value, 0) <= most),
  );
  return whole.flatMap(([seen, all]) =>
    (all[0] ?? []).flatMap((_value, cell) => {
      const found = new Set(all.map((values) => values[cell] ?? 0));
      const isSmall = possible.some((value) => found.has(value));
      const missing = possible.filter((value) => !found.has(value));
      return isSmall && missing.length > 0 ? [`${seen}: ${cell} is not ${missing.join()}`] : [];
    }),
  );
}

/** All that a member and the chair are shown in each step, one after the other. */
function transcript(told: readonly Told[], numbers: Readonly<Record<string, number>>): string {
  const last = Math.max(...told.flatMap(({ stored, published }) => [stored, published]));
  const steps = Array.from({ length: last + 1 }, (_, step) => {
    const stored = told.filter((each) => each.stored <= step);
    const published = stored.filter((each) => each.published <= step);
    const all = areasOf(stored, numbers);
    const toChair = wordsOf(hideSmall(all, DISCLOSURE, all));
    const toMember =
      published.length === stored.length
        ? toChair
        : wordsOf(hideSmall(areasOf(published, numbers), DISCLOSURE, all));
    return [toMember, toChair];
  });
  return steps.flat().join(" | ");
}

function areasOf(told: readonly Told[], numbers: Readonly<Record<string, number>>): AreasOfCounts {
  const of = (areas: readonly string[]) =>
    new Map(
      areas.map((area) => [
        area,
        told
          .filter((each) => each.area === area)
          .map(({ period, stored }) =>
            figureOf(
              numbers[`${area} ${period}`] ?? 0,
              PERIODS[period],
              `2019-07-0${stored + 1}T09:00:00Z`,
            ),
          ),
      ]),
    );
  return { parts: of(["d0", "d1"]), whole: of(["county"]) };
}

function figureOf(
  value: number,
  [start, end]: readonly string[] = APRIL,
  at = "2019-07-01T09:00:00Z",
): StoredFigure {
  const period = { start: start ?? "", end: end ?? "" };
  return {
    ...period,
    value,
    status: "as reported",
    source: "A paper",
    revision: 1,
    at,
    by: "an officer",
  };
}

function wordsOf(shown: ReadonlyMap<string, readonly StoredFigure[]>): string {
  return [...shown.values()]
    .map((figures) => figures.map(({ value }) => value ?? "H").join())
    .join();
}

function* rowsWithSum(length: number, sum: number): Generator<number[]> {
  if (length === 1) {
    yield [sum];
    return;
  }
  for (let first = 0; first <= sum; first += 1)
    for (const rest of rowsWithSum(length - 1, sum - first)) yield [first, ...rest];
}

function* rowsUpTo(length: number, most: number): Generator<number[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (let first = 0; first <= most; first += 1)
    for (const rest of rowsUpTo(length - 1, most)) yield [first, ...rest];
}

/** Two months of two districts, together up to so many. */
function* monthsUpTo(most: number): Generator<[number, number, number, number]> {
  for (let sum = 0; sum <= most; sum += 1)
    for (const [a = 0, b = 0, c = 0, d = 0] of rowsWithSum(4, sum)) yield [a, b, c, d];
}
