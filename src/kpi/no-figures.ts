import { periodInWords, type Period } from "./periods.ts";
import type { Indicator } from "./schema.ts";

/** What to say where an area has no figure: the reason that is known, or which areas have some. */
export function noFigures(area: string, { areas, noData }: Indicator) {
  if (noData) return { area, others: [], reason: noData };
  const others = areas.filter((each) => each !== area);
  const known = others.length > 0 ? ` Figures come for: ${others.join("; ")}.` : "";
  return { area, others, reason: `No figure for ${area} is stored that you can see here.${known}` };
}

/** The known reason, where a figure of another period stands in. Empty where none is known. */
export function whyOtherPeriod(
  { noData }: Indicator,
  lead: string,
  period: Period | undefined,
): string {
  return noData && lead && period
    ? `Why there is none for ${periodInWords(period)}: ${noData}.`
    : "";
}
