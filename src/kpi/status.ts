import { dayOf, isDay, longDate, type Instant } from "../calendar.ts";
import { figureWithUnit } from "./printing.ts";
import { isPublished } from "./rules.ts";
import type { Indicator, Revised, StoredFigure } from "./schema.ts";
import { hadNotEnded } from "./unfinished.ts";

/** A status that nobody has to be told of in a list. */
export const AS_REPORTED = "As reported";
/** So many revised parts of a sum are named; more are counted. */
const MOST_PARTS = 3;

/** Provisional, not verified, revised, not yet published: what a reader has to know beside it. */
export function statusInWords(
  figure: StoredFigure,
  indicator: Indicator,
  { now }: { readonly now: Instant },
): string {
  const words = {
    "as reported": AS_REPORTED,
    provisional: "Provisional: it can still change",
    unverified: "Not verified yet",
    "not available": "No data",
  }[figure.status];
  const about = [
    words,
    figure.qualifier === "average" ? "An average" : "",
    hadNotEnded(figure) ? "The period had not ended when this was stored" : "",
    figure.revised ? revisedInWords(figure.revised, indicator) : "",
    partsInWords(figure.revisedParts ?? []),
    isPublished(figure, dayOf(now)) ? "" : notYetPublished(figure.published),
  ];
  return about.filter(Boolean).join(". ");
}

/** "Revised on 3 October 2019. Before: 21 reports, version 1". */
function revisedInWords({ on, before }: Revised, indicator: Indicator): string {
  const words = `Revised on ${longDate(on)}`;
  return before
    ? `${words}. Before: ${figureWithUnit(before, indicator)}, version ${before.revision}`
    : words;
}

/** The same of a figure in a line of its own, as a sentence. Empty where it is the first one. */
export function revisionSaid({ revised }: StoredFigure, indicator: Indicator): string {
  return revised ? ` ${revisedInWords(revised, indicator)}.` : "";
}

function partsInWords(parts: readonly string[]): string {
  if (parts.length === 0) return "";
  if (parts.length > MOST_PARTS) return `It holds ${parts.length} revised figures`;
  return `It holds ${parts.length === 1 ? "a revised figure" : "revised figures"}: ${parts.join(", ")}`;
}

function notYetPublished(published: string | undefined): string {
  const when = published && isDay(published) ? `, due on ${longDate(published)}` : "";
  return `Not yet published${when}: only officers and the chair see it`;
}
