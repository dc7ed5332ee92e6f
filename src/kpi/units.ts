import { sameName } from "./names.ts";
import type { Indicator } from "./schema.ts";

/** Units that this bot writes and reads in their own way, and those that councils count in. */
const KNOWN = [
  ...["count", "percent", "GBP", "category"],
  ...["minutes", "hours", "days", "weeks", "months", "years"],
  ...["per 1,000", "per 10,000", "per 100,000"],
];
const SIGNS = new Map([
  ["%", "percent"],
  ["£", "GBP"],
]);

/**
 * The unit as this bot spells it: "percent" for "%" and "Percent". A unit that an indicator has
 * already is known too, and so is a count of a kind: "count (average)". Undefined for any other: a
 * unit that is mistyped would be printed after every figure.
 */
export function unitCalled(said: string, indicators: readonly Indicator[]): string | undefined {
  const sign = SIGNS.get(said);
  if (sign) return sign;
  if (/^count \([a-z ]+\)$/.test(said)) return said;
  return unitsOf(indicators).find((unit) => sameName(unit, said));
}

/** Every unit that can be used, the bot's own first. */
export function unitsOf(indicators: readonly Indicator[]): string[] {
  return [...new Set([...KNOWN, ...indicators.map(({ unit }) => unit)])];
}
