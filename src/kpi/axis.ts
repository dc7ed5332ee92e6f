import { shortAmount } from "./amount.ts";

/** Values from one end of a picture to the other. */
export interface Axis {
  readonly lowest: number;
  readonly highest: number;
  readonly ticks: readonly number[];
}

const STEPS = [1, 2, 2.5, 5, 10];
/** The same for bars: with fewer steps some would fill little more than half of the height. */
const BAR_STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const WANTED_TICKS = 5;
/** Values that lie this close to zero, in parts of the highest, may as well begin there. */
const NEAR_ZERO = 0.5;

/** From here on the steps of a percentage are whole. */
const FEW_PERCENT = 5;
/** Differences smaller than this, in parts of the values or alone, are none that anyone draws. */
const SAME = 1e-9;

/** An axis that holds all values, with round numbers on it. A bar's begins at zero. */
export function axisFor(values: readonly number[], beginsAtZero: boolean, unit: string): Axis {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (beginsAtZero || (low > 0 && low < high * NEAR_ZERO)) low = Math.min(0, low);
  if (beginsAtZero) high = Math.max(0, high);
  if (high - low <= SAME * Math.abs(high)) {
    const room = Math.abs(high) / 10 || 1;
    high += room;
    if (low !== 0) low -= room;
  }
  const step = roundStep((high - low) / WANTED_TICKS, areWhole(values, unit));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  return { lowest: first * step, highest: last * step, ticks };
}

/**
 * The ends of an axis that Teams divides into quarters, so that those are round numbers. It holds
 * zero: Teams shortens what stands beside it, and 20,100 and 20,400 would both be "20k".
 */
export function quarteredAxisFor(
  values: readonly number[],
  unit: string,
): { lowest: number; highest: number } {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  for (let rough = high - low > SAME ? (high - low) / 4 : 1; ; rough *= 1.2) {
    const step = roundStep(rough, areWhole(values, unit));
    const first = Math.floor(low / step + 1e-9) * step;
    if (first + 4 * step >= high) return { lowest: plain(first), highest: plain(first + 4 * step) };
  }
}

/** The top of an axis for bars, which begins at zero and which Teams divides into quarters. */
export function topOfBars(values: readonly number[], unit: string): number {
  const high = Math.max(1, ...values);
  return plain(4 * roundStep(high / 4, areWhole(values, unit), BAR_STEPS));
}

/** Where a value lies between the two ends, from 0 to 1. */
export function shareOf(value: number, { lowest, highest }: Axis): number {
  return (value - lowest) / (highest - lowest);
}

/** What stands beside a tick. */
export function tickName(tick: number, unit: string): string {
  return shortAmount(plain(tick), unit);
}

/** Half a report is nobody's, even where an average of reports is drawn. Nobody reads 17.5% either. */
function areWhole(values: readonly number[], unit: string): boolean {
  const isLargePercent = unit === "percent" && Math.max(...values.map(Math.abs)) >= FEW_PERCENT;
  return isLargePercent || unit.startsWith("count") || values.every(Number.isInteger);
}

/** 0.3 for 0.30000000000000004. */
function plain(value: number): number {
  return Number(value.toPrecision(12));
}

function roundStep(rough: number, isWhole: boolean, sizes = STEPS): number {
  const size = 10 ** Math.floor(Math.log10(rough));
  const steps = sizes.map((each) => each * size);
  const usable = isWhole ? [1, ...steps].filter(Number.isInteger) : steps;
  return usable.find((step) => step >= rough * (1 - 1e-9)) ?? 10 * size;
}
