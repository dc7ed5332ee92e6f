import { addMonths, monthName } from "../../src/calendar.ts";
import type { Point } from "../../src/kpi/spc.ts";

/** Figures of months in a row, from January 2019 or another month. */
export function monthly(values: readonly number[], from = "2019-01"): Point[] {
  return values.map((value, at) => {
    const period = addMonths(from, at);
    return { period, label: monthName(period), value };
  });
}

/** Figures of quarters in a row, from April to June 2017. */
export function quarterly(count: number): Point[] {
  return Array.from({ length: count }, (_, at) => {
    const first = addMonths("2017-04", at * 3);
    const last = addMonths(first, 2);
    const label = `${monthName(first).replace(/ \d+$/, "")} to ${monthName(last)}`;
    return { period: `${first}-01`, label, value: at };
  });
}
