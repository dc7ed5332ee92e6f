import type { Day } from "../calendar.ts";
import type { StagedFigure } from "./import-store.ts";
import { numberInWords } from "./printing.ts";
import type { Indicator } from "./schema.ts";
import { targetLength } from "./targets.ts";

/** What of a row can be true and mostly is a slip, a sentence each. */
export function doubtsOf(
  { area, figure }: StagedFigure,
  { unit, areas }: Indicator,
  today: Day,
): string[] {
  const { end, value = 0 } = figure;
  const said = numberInWords(value, unit);
  const isElsewhere = areas.length > 0 && !areas.includes(area);
  return [
    end && end >= today ? "this period has not ended yet. Its figure is marked so." : "",
    unit === "percent" && value > 100 ? `${said} is more than 100%. Check it.` : "",
    unit === "percent" && value > 0 && value < 1
      ? `${said} is less than 1%. Write ${numberInWords(value * 100, "count")} if it is ${numberInWords(value * 100, unit)}.`
      : "",
    unit === "count" && !Number.isInteger(value)
      ? `${said} is not a whole number, but this is a count. Check it.`
      : "",
    isElsewhere ? `this number has come for ${areas.join("; ")} only. Check ${area}.` : "",
    unit === "category" && !end
      ? "this level has no days. Give the period that it is for, or it takes the place of the one before."
      : "",
  ].filter(Boolean);
}

/** Why no figure will have a colour although there is a target. Empty where one can. */
export function doubtOfTarget({ targets, targetPeriod, cadence }: Indicator): string {
  return targets.length > 0 && !targetLength(targetPeriod || cadence)
    ? "it is not said how long a period the target is for, so no figure will be red, amber or green. Add target_period."
    : "";
}
