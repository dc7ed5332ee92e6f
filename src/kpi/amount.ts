/** Of thousands no tenth is read. */
const WHOLE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
const PLAIN = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
/** Below one a single decimal place would lose too much. */
const SMALL = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 2 });
const PENCE = new Intl.NumberFormat("en-GB", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});
const SHORT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumSignificantDigits: 3 });

/** A value as it is read aloud, with its sign of percent or pound: "1,445", "95%", "-£1,200". */
export function amount(value: number, unit = "count"): string {
  const size = Math.abs(value);
  if (isMoney(unit) && size < 1000 && !Number.isInteger(value)) return withSign(value, unit, PENCE);
  return withSign(value, unit, size < 1 ? SMALL : size < 1000 ? PLAIN : WHOLE);
}

/** The same where there is little room: "£12.5m". */
export function shortAmount(value: number, unit = "count"): string {
  return Math.abs(value) < 10_000_000 ? amount(value, unit) : withSign(value, unit, SHORT);
}

/** What an axis is called: "Number", "%", "£", or the unit itself. */
export function unitName(unit: string): string {
  if (isPercent(unit)) return "%";
  if (isMoney(unit)) return "£";
  const name = unit.replace(/^count\b/, "number") || "number";
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Whether a value below zero makes no sense: things are counted, not budgeted or compared. */
export function isCount(unit: string): boolean {
  return !isPercent(unit) && !isMoney(unit);
}

function withSign(value: number, unit: string, format: Intl.NumberFormat): string {
  const digits = format.format(Math.abs(value));
  const minus = value < 0 && digits !== "0" ? "-" : "";
  return `${minus}${isMoney(unit) ? "£" : ""}${digits}${isPercent(unit) ? "%" : ""}`;
}

function isPercent(unit: string): boolean {
  return /^(percent|%)/.test(unit);
}

function isMoney(unit: string): boolean {
  return /^(GBP|£)/.test(unit);
}
