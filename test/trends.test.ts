import * as fc from "fast-check";
import { xmr, type Point, type Polarity, type Xmr, type XmrOptions } from "../src/kpi/spc.ts";
import { monthly } from "./support/series.ts";

/** Third party reports of hate crime, January to July 2019, as the committee's paper has them. */
const HATE_CRIME = [10, 17, 29, 27, 29, 19, 23];
const NEUTRAL: XmrOptions = { polarity: "neutral" };
const FLAT = [50, 52, 50, 52, 50, 52, 50, 52, 50, 52, 50, 52];

/** Seven values under 50 and seven over it, far enough from each other to lie within limits. */
const LOW = [49, 35, 49, 35, 49, 35, 49];
const HIGH = [51, 65, 51, 65, 51, 65, 51];

const wholeNumbers = fc.array(fc.integer({ min: -1000, max: 1000 }), {
  minLength: 5,
  maxLength: 40,
});

describe("the reports of hate crime", () => {
  const chart = chartOf(HATE_CRIME);

  it("have the mean and limits of the worked example", () => {
    expect(chart.mean).toBe(22);
    expect(chart.upper).toBeCloseTo(38.4033, 4);
    expect(chart.lower).toBeCloseTo(5.5967, 4);
    expect(chart.nearUpper).toBeCloseTo(32.9356, 4);
    expect(chart.nearLower).toBeCloseTo(11.0644, 4);
  });

  it("show common cause, on trial limits, without a target", () => {
    expect(chart.points.map(({ cause }) => cause)).toEqual(HATE_CRIME.map(() => undefined));
    expect(chart).toMatchObject({
      isTrial: true,
      variation: "common cause",
      assurance: "no target",
    });
  });

  it("are not called an increase", () => {
    expect(chart.sentence).toBe(
      "The changes are within usual variation: the 7 points show no special cause. " +
        "The limits are trial limits, because they rest on fewer than 12 points. No target is set.",
    );
  });
});

describe("the limits", () => {
  it.each([0, 1, 4])("are not there for %d points", (count) => {
    expect(xmr(monthly(HATE_CRIME.slice(0, count)), NEUTRAL)).toBeUndefined();
  });

  it("are there for five points", () => {
    expect(chartOf(HATE_CRIME.slice(0, 5)).mean).toBeCloseTo(22.4);
  });

  it("are on trial with 11 points and firm with 12", () => {
    expect(chartOf(FLAT.slice(1)).isTrial).toBe(true);
    expect(chartOf(FLAT).isTrial).toBe(false);
    expect(chartOf(FLAT).sentence).not.toContain("trial");
  });

  it("may lie below zero: only a picture cuts them", () => {
    expect(chartOf([0, 9, 0, 9, 0]).lower).toBeLessThan(0);
  });

  it.each([0, 5, 33.3, 0.1, -7.7, 1e12])("lie on the mean where every value is %d", (value) => {
    const chart = chartOf(Array.from({ length: 13 }, () => value));

    expect([chart.lower, chart.mean, chart.upper]).toEqual([value, value, value]);
    expect(causesOf(chart)).toEqual([]);
    expect(chart.sentence).toContain("Every value is ");
  });

  it("move with the values", () => {
    fc.assert(
      fc.property(wholeNumbers, fc.integer({ min: -1e6, max: 1e6 }), (values, more) => {
        const moved = chartOf(values.map((value) => value + more));

        expect(moved.mean).toBeCloseTo(chartOf(values).mean + more, 6);
        expect(moved.upper).toBeCloseTo(chartOf(values).upper + more, 6);
        expect(causesOf(moved)).toEqual(causesOf(chartOf(values)));
      }),
    );
  });

  it("grow with the values", () => {
    fc.assert(
      fc.property(wholeNumbers, fc.integer({ min: 2, max: 1000 }), (values, times) => {
        const grown = chartOf(values.map((value) => value * times));

        expect(grown.upper - grown.mean).toBeCloseTo(
          (chartOf(values).upper - chartOf(values).mean) * times,
          3,
        );
        expect(causesOf(grown)).toEqual(causesOf(chartOf(values)));
      }),
    );
  });

  it("are the same backwards in time, and so are the marked points", () => {
    fc.assert(
      fc.property(wholeNumbers, (values) => {
        const forwards = chartOf(values);
        const backwards = chartOf(values.toReversed());

        expect(backwards.upper).toBeCloseTo(forwards.upper, 6);
        expect(marksOf(backwards).toReversed()).toEqual(marksOf(forwards));
      }),
    );
  });

  it("swap sides with the values", () => {
    fc.assert(
      fc.property(wholeNumbers, (values) => {
        const turned = chartOf(values.map((value) => -value));

        expect(turned.lower).toBeCloseTo(-chartOf(values).upper, 6);
        expect(marksOf(turned)).toEqual(marksOf(chartOf(values)));
      }),
    );
  });

  it("do not depend on the order in which the points are given", () => {
    const points = monthly(HATE_CRIME);

    expect(xmr(points.toReversed(), NEUTRAL)).toEqual(xmr(points, NEUTRAL));
  });

  it("are refused for a value that is no number and for a period given twice", () => {
    const points = monthly(HATE_CRIME);

    expect(() => chartOf([...HATE_CRIME, Number.NaN])).toThrow("August 2019 has no number");
    expect(() => xmr([...points, ...points.slice(2, 3)], NEUTRAL)).toThrow(
      "March 2019 is there twice",
    );
  });
});

describe("a point outside a limit", () => {
  it("is marked, and said with its value", () => {
    const chart = chartOf([...FLAT, 90], { polarity: "neutral", unit: "percent" });

    expect(chart.points.at(-1)).toMatchObject({
      ...{ cause: "outside a limit", direction: "high", sense: "neutral" },
    });
    expect(chart.sentence).toContain("January 2020 (90%) is above the upper limit.");
  });

  it("is marked below too", () => {
    expect(chartOf([...FLAT, 10]).sentence).toContain(
      "January 2020 (10) is below the lower limit.",
    );
  });
});

describe("a trend", () => {
  const rising = [51, 44, 45, 46, 47, 48, 49, 50, 44, 51, 47, 47];

  it("is seven points that rise", () => {
    const chart = chartOf(rising);

    expect(causesOf(chart)).toEqual([
      "trend",
      "trend",
      "trend",
      "trend",
      "trend",
      "trend",
      "trend",
    ]);
    expect(chart.points[1]?.cause).toBe("trend");
    expect(chart.sentence).toContain(
      "7 points in a row rise: the first is February 2019, the last August 2019.",
    );
  });

  it("can fall", () => {
    expect(chartOf(rising.map((value) => 100 - value)).sentence).toContain(
      "7 points in a row fall",
    );
  });

  it("is not six points", () => {
    expect(causesOf(chartOf([51, 45, 46, 47, 48, 49, 50, 44, 51, 47, 47]))).toEqual([]);
  });

  it("is not there where two neighbours are equal", () => {
    expect(causesOf(chartOf([51, 44, 45, 46, 46, 48, 49, 50, 44, 51, 47, 47]))).toEqual([]);
  });

  it("is an improvement where it rises and an increase is good, on both sides of the mean", () => {
    const chart = chartOf(rising, { polarity: "increase is good" });

    expect(chart.points.slice(1, 8).map(({ sense }) => sense)).toEqual(
      Array.from({ length: 7 }, () => "improvement"),
    );
  });
});

describe("points near a limit", () => {
  // Mean 50; limits at 50 ± 26.6 and near limits at 50 ± 17.7 with an average moving range of 10.
  const calm = [50, 55, 45, 55, 45, 55, 45, 55, 45, 55, 45, 50];

  it("are marked where two of three are there", () => {
    const chart = chartOf([...calm, 70, 55, 70, ...calm, ...calm]);

    expect(chart.points.flatMap(({ cause }, at) => (cause ? [at] : []))).toEqual([12, 14]);
    expect(chart.sentence).toContain(
      "2 points close together are near the upper limit: the first is January 2020, the last March 2020.",
    );
  });

  it("are marked near the lower limit too", () => {
    const chart = chartOf([...calm, 30, 45, 30, ...calm, ...calm]);

    expect(causesOf(chart)).toEqual(["near a limit", "near a limit"]);
    expect(chart.sentence).toContain("near the lower limit");
  });

  it("are not marked when the third lies on the other side of the mean", () => {
    expect(causesOf(chartOf([...calm, 70, 45, 70, ...calm, ...calm]))).toEqual([]);
  });

  it("are not marked when they are four apart", () => {
    expect(causesOf(chartOf([...calm, 70, 55, 55, 70, ...calm, ...calm]))).toEqual([]);
  });

  it("are not marked alone", () => {
    expect(causesOf(chartOf(HATE_CRIME))).toEqual([]);
  });
});

describe("a shift", () => {
  it("is seven points on one side of the mean", () => {
    const chart = chartOf([...LOW, ...HIGH.slice(0, 6)]);

    expect(chart.points.map(({ cause }) => cause === "shift")).toEqual([
      ...LOW.map(() => true),
      ...HIGH.slice(0, 6).map(() => false),
    ]);
    expect(chart.sentence).toContain(
      "7 points in a row are below the mean: the first is January 2019, the last July 2019.",
    );
  });

  it("is broken by a point that equals the mean", () => {
    const around = [...LOW.slice(0, 4), 50, ...LOW.slice(4)];
    const values = [...around, ...around.map((value) => 100 - value)];

    expect(chartOf(values).mean).toBe(50);
    expect(causesOf(chartOf(values))).toEqual([]);
  });

  it("never counts a point that equals the mean", () => {
    fc.assert(
      fc.property(wholeNumbers, (values) => {
        const { points, mean } = chartOf(values);

        const shifted = points.filter(({ cause }) => cause === "shift");

        expect(shifted.filter(({ value }) => value === mean)).toEqual([]);
      }),
    );
  });
});

describe("several special causes", () => {
  it("mark a point by the first rule that it breaks", () => {
    const chart = chartOf([35, 65, 35, 65, 35, 65, 35, 50, 64, 78, 92, 106, 130]);

    expect(chart.points.at(-1)?.cause).toBe("outside a limit");
    expect(chart.points.at(-2)?.cause).toBe("trend");
    expect(chart.points[6]?.cause).toBe("trend");
    expect(chart.points[0]?.cause).toBe("shift");
  });

  it("are said up to three, the latest", () => {
    const waves = Array.from({ length: 4 }, () => [...LOW, ...HIGH]).flat();

    const { sentence } = chartOf(waves);

    expect(sentence.match(/points in a row/g)).toHaveLength(3);
    expect(sentence).toContain("Earlier special causes: 5.");
  });

  it("are not found in usual variation", () => {
    expect(causesOf(chartOf([50, 52, 49, 51, 48, 50, 52, 48, 51, 49, 50, 50]))).toEqual([]);
  });
});

describe("which way is better", () => {
  it.each<[Polarity, number, Xmr["variation"]]>([
    ["increase is good", 90, "improvement, high"],
    ["increase is good", 10, "concern, low"],
    ["decrease is good", 90, "concern, high"],
    ["decrease is good", 10, "improvement, low"],
    ["neutral", 90, "neutral, high"],
    ["neutral", 10, "neutral, low"],
  ])("where %s, a last value of %d is: %s", (polarity, value, variation) => {
    expect(chartOf([...FLAT, value], { polarity }).variation).toBe(variation);
  });

  it("is said only where the indicator says so", () => {
    expect(chartOf([...FLAT, 90], { polarity: "decrease is good" }).sentence).toContain(
      "The latest point, January 2020, is marked as a concern: decrease is good here.",
    );
    expect(chartOf([...FLAT, 90]).sentence).not.toMatch(/improvement|concern/);
  });
});

describe("a target", () => {
  it.each<[Polarity, number, Xmr["assurance"]]>([
    ["increase is good", 90, "fail"],
    ["increase is good", 10, "pass"],
    ["increase is good", 51, "inconsistent"],
    ["decrease is good", 90, "pass"],
    ["decrease is good", 10, "fail"],
    ["decrease is good", 51, "inconsistent"],
    ["neutral", 90, "not judged"],
  ])("where %s, of %d, is judged: %s", (polarity, target, assurance) => {
    expect(chartOf(FLAT, { polarity, target }).assurance).toBe(assurance);
  });

  it.each([
    [
      90,
      "The target of 90% is outside the limits: expect it to be missed unless something changes.",
    ],
    [10, "The target of 10% is outside the limits: expect it to be met unless something changes."],
    [51, "The target of 51% is within the limits: usual variation can meet it or miss it."],
  ])("of %d is said", (target, words) => {
    const { sentence } = chartOf(FLAT, { polarity: "increase is good", target, unit: "percent" });

    expect(sentence).toContain(words);
  });

  it("on a limit is within the limits", () => {
    const { upper } = chartOf(FLAT);

    expect(chartOf(FLAT, { polarity: "increase is good", target: upper }).assurance).toBe(
      "inconsistent",
    );
  });

  it("that is always met exactly is met", () => {
    const same = FLAT.map(() => 33.3);

    expect(chartOf(same, { polarity: "increase is good", target: 33.3 }).assurance).toBe("pass");
  });

  it("says nothing where neither direction is better", () => {
    expect(chartOf(FLAT, { polarity: "neutral", target: 60 }).sentence).toContain(
      "The target of 60 is not judged: neither direction is said to be better.",
    );
  });
});

describe("a known change", () => {
  const before = [40, 42, 40, 42, 40, 42];
  const after = [80, 82, 80, 82, 80, 82];
  const change = { at: "2019-07", reason: "A new recording system." };

  it("gives each side limits of its own, with its reason", () => {
    const chart = chartOf([...before, ...after], { polarity: "neutral", rebases: [change] });

    expect(chart.phases.map(({ mean }) => mean)).toEqual([41, 81]);
    expect(chart.mean).toBe(81);
    expect(causesOf(chart)).toEqual([]);
    expect(chart.isTrial).toBe(true);
    expect(chart.sentence).toContain("The limits are new from July 2019: A new recording system. ");
  });

  it("waits for five points after it", () => {
    const chart = chartOf([...before, ...after.slice(0, 4)], {
      ...{ polarity: "neutral", rebases: [change] },
    });

    expect(chart.phases).toHaveLength(1);
    expect(chart.waiting).toEqual([change]);
    expect(chart.sentence).toContain(
      "The change from July 2019 has too few points for limits of its own: A new recording system.",
    );
  });

  it("needs five points before it too", () => {
    const rebases = [{ ...change, at: "2019-05" }];

    expect(chartOf([...before, ...after], { polarity: "neutral", rebases }).phases).toHaveLength(1);
  });

  it("needs a reason", () => {
    const rebases = [{ ...change, reason: " " }];

    expect(() => chartOf(HATE_CRIME, { polarity: "neutral", rebases })).toThrow("has no reason");
  });

  it("ends a run", () => {
    const values = [...before.slice(1), 38, 38, 38, 38, ...after];
    const rebases = [{ ...change, at: "2019-07" }];

    const [first, second] = chartOf(values, { polarity: "neutral", rebases }).phases;

    expect(first?.points).toHaveLength(6);
    expect(second?.points[0]?.period).toBe("2019-07");
  });
});

describe("missing periods", () => {
  it("break no run, and are said", () => {
    const points = [
      ...monthly(LOW.slice(0, 3)),
      ...monthly([...LOW.slice(3), ...HIGH.slice(0, 6)], "2019-06"),
    ];

    const chart = xmr(points, NEUTRAL);

    expect(chart?.points.slice(0, 7).map(({ cause }) => cause)).toEqual(LOW.map(() => "shift"));
    expect(chart?.sentence).toContain("Figures are missing after March 2019.");
  });

  it("are counted where there are several", () => {
    const points = monthly([1, 2, 3, 1, 2, 3, 1, 2, 3]).filter((_, at) => at !== 2 && at !== 5);

    expect(xmr(points, NEUTRAL)?.sentence).toContain(
      "Figures are missing in 2 places, the first after February 2019.",
    );
  });

  it("are known in quarters and years by their own step", () => {
    const quarters = ["2018-01", "2018-04", "2018-07", "2018-10", "2019-04"];
    const years = ["2014", "2015", "2016", "2017", "2018"];

    expect(withPeriods(quarters).sentence).toContain("Figures are missing after 2018-10.");
    expect(withPeriods(years).sentence).not.toContain("missing");
  });

  it("are not guessed where periods are neither months nor years", () => {
    expect(withPeriods(["a", "b", "d", "e", "f"]).sentence).not.toContain("missing");
    expect(
      withPeriods(["2019-W01", "2019-W02", "2019-W05", "2019-W06", "2019-W07"]).sentence,
    ).not.toContain("missing");
  });
});

describe("the sentences", () => {
  it("have at most 25 words each", () => {
    fc.assert(
      fc.property(
        wholeNumbers,
        fc.constantFrom<Polarity>("increase is good", "decrease is good", "neutral"),
        fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: undefined }),
        (values, polarity, target) => {
          const { sentence } = chartOf(values, { polarity, target });

          const lengths = sentence.split(/\.(?: |$)/).map((each) => each.split(" ").length);

          expect(Math.max(...lengths)).toBeLessThanOrEqual(25);
          expect(sentence).not.toMatch(/undefined|NaN/);
        },
      ),
    );
  });
});

function chartOf(values: readonly number[], options: XmrOptions = NEUTRAL): Xmr {
  const chart = xmr(monthly(values), options);
  if (!chart) throw new Error("There are fewer than five values");
  return chart;
}

function withPeriods(periods: readonly string[]): Xmr {
  const points: Point[] = periods.map((period, at) => ({ period, label: period, value: at % 3 }));
  const chart = xmr(points, NEUTRAL);
  if (!chart) throw new Error("There are fewer than five periods");
  return chart;
}

function causesOf({ points }: Xmr): string[] {
  return points.flatMap(({ cause }) => cause ?? []);
}

function marksOf({ points }: Xmr): boolean[] {
  return points.map(({ cause }) => cause !== undefined);
}
