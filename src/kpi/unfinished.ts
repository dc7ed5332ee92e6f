import { dayOf, readInstant } from "../calendar.ts";
import { datesOf } from "./printing.ts";
import { periodInWords } from "./periods.ts";
import type { StoredFigure } from "./schema.ts";

/**
 * Whether the period of a figure had not ended when it was stored: it is a part of what it will be.
 * By the council's own day: half past eleven in the evening is tomorrow in London in summer.
 */
export function hadNotEnded({ end, at }: Pick<StoredFigure, "end" | "at">): boolean {
  return end !== undefined && dayOf(readInstant(at)) <= end;
}

/** " Left out, because …: September 2019.": empty where all had ended. */
export function unfinishedInWords(figures: readonly StoredFigure[], what: string): string {
  const periods = figures.filter(hadNotEnded).flatMap((figure) => {
    const dates = datesOf(figure);
    return dates ? [periodInWords(dates)] : [];
  });
  return periods.length === 0
    ? ""
    : ` ${what}, because it had not ended when its figure was stored: ${[...new Set(periods)].join(", ")}.`;
}
