import { SOURCES } from "./rules.ts";
import type { Figure, Indicator } from "./schema.ts";

/**
 * What explains a figure: its own commentary, or the indicator's where that comes from the same
 * paper. What a paper says of its quarter says nothing of the next one.
 */
export function commentaryOf(figure: Figure, { commentary, source }: Indicator): string {
  if (figure.commentary) return figure.commentary;
  const paper = paperIn(source);
  const isFromIt = figure.source.split(SOURCES).every((each) => paperIn(each) === paper);
  return paper && isFromIt ? commentary : "";
}

/** Whose it is: what a paper says of all districts, and of some by name, is no district's own. */
export function commentaryTitle({ commentary }: Figure, { areas }: Indicator): string {
  return commentary || areas.length < 2 ? "Commentary" : "Commentary on all areas together";
}

/** "Committee pack 10 October 2019" of "Committee pack 10 October 2019 para 2.2.1". */
function paperIn(source: string): string {
  return (source.split(/,? para(?:graph)?s? /, 1)[0] ?? "").trim().toLowerCase();
}
