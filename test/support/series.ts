import { addMonths, monthName } from "../../src/calendar.ts";
import type { Point } from "../../src/kpi/spc.ts";

/** Figures of months in a row, from January 2019 or another month. */
export function monthly(values: readonly number[], from = "2019-01"): Point[] {
  return values.map((value, at) => {
    const period = addMonths(from, at);
    return { period, label: monthName(period), value };
  });
}
