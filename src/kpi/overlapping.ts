import { addDays } from "../calendar.ts";
import type { Period } from "./periods.ts";

/** The counts of one period, in all the areas that they come for. */
export interface Row {
  /** Undefined where the paper gives no period: it overlaps no other. */
  readonly period: Period | undefined;
  /** When the last of its areas first had a number, in milliseconds. Undefined while one has none. */
  readonly completeSince: number | undefined;
  /** Whether no number in it is small, in any revision. */
  readonly isLarge: boolean;
}

/**
 * The rows that another one stands before. A month less its first three weeks is the fourth, so of
 * periods that share a day only one is settled: the first that was complete, of two stored
 * together the shorter. What is stored later never takes that away from it, whatever its numbers.
 * The others stand with it only where all of them are large and each is made up of the shortest
 * ones without a gap: then every difference between them is large too.
 */
export function rowsAside<Given extends Row>(rows: readonly Given[]): Set<Given> {
  const complete = rows.filter(({ completeSince }) => completeSince !== undefined);
  const aside = new Set(
    rows.filter((row) => {
      const others = complete.filter((other) => other !== row && overlaps(row, other));
      if (row.completeSince === undefined) return others.length > 0;
      return others.some((other) => isBefore(other, row));
    }),
  );
  for (const group of groupsOf(complete))
    if (isAllLarge(group)) for (const row of group) aside.delete(row);
  return aside;
}

/** Whether a row shares days with another and has more beside them. */
export function goesBeyond(one: Row, other: Row): boolean {
  return overlaps(one, other) && !(one.period && other.period && isIn(one.period, other.period));
}

/** Rows of which each shares a day with another of its group, and with none outside. */
function groupsOf<Given extends Row>(rows: readonly Given[]): Given[][] {
  const groups: Given[][] = [];
  let end = "";
  for (const row of rows.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1))) {
    const group = groups.at(-1);
    if (group && row.period && row.period.start <= end) group.push(row);
    else groups.push([row]);
    if (row.period && row.period.end > end) end = row.period.end;
  }
  return groups;
}

function isAllLarge(group: readonly Row[]): boolean {
  const periods = group.flatMap(({ period }) => period ?? []);
  const shortest = periods.filter(
    (long) => !periods.some((each) => each !== long && isIn(each, long)),
  );
  return (
    group.every(({ isLarge }) => isLarge) && periods.every((period) => isMadeUp(period, shortest))
  );
}

/** Whether pieces make up a period: one begins with it, the next where that one ends, and so on. */
function isMadeUp({ start, end }: Period, pieces: readonly Period[]): boolean {
  let from = start;
  while (from <= end) {
    const starting = pieces.find((piece) => piece.start === from && piece.end <= end);
    if (!starting) return false;
    from = addDays(starting.end, 1);
  }
  return true;
}

function isBefore(one: Row, other: Row): boolean {
  const [first = 0, second = 0] = [one.completeSince, other.completeSince];
  if (first !== second) return first < second;
  const [length, otherLength] = [one, other].map(daysIn);
  if (length !== otherLength) return (length ?? 0) < (otherLength ?? 0);
  return startOf(one) < startOf(other);
}

function daysIn({ period }: Row): number {
  return period ? Date.parse(period.end) - Date.parse(period.start) : 0;
}

function startOf({ period }: Row): string {
  return period?.start ?? "";
}

/** Whether two rows share a day. */
export function overlaps({ period: one }: Row, { period: other }: Row): boolean {
  return (
    one !== undefined && other !== undefined && one.start <= other.end && other.start <= one.end
  );
}

function isIn(short: Period, long: Period): boolean {
  return short.start >= long.start && short.end <= long.end;
}
