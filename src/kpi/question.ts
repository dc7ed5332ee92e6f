import type { Turn } from "../feature.ts";
import { findArea, findIndicator, indicatorNamed, isNameOf, type Match } from "./names.ts";
import { LOCAL_GOVERNMENT_YEAR, readPeriod, type Period } from "./periods.ts";
import type { Indicator } from "./schema.ts";

/** What a text asks for. */
export interface Question {
  readonly match: Match;
  readonly area?: string;
  readonly period?: Period;
  /** Whether the text is an indicator's name, with an area and a period at most. */
  readonly isNamed: boolean;
}

/** "kpi", "show me the kpi" and so on, up to which a text is the command itself. */
const COMMAND = /^.*?\b(?:kpis?|compare(?:\s+districts?)?|explain)\b:?\s*/is;
const LONGEST = 300;

/**
 * Reads what somebody typed after the command: an indicator, an area, a period, in any order. The
 * area and the period are taken out first, so that "visits July 2019" is not taken for a name with
 * July 2019 in it. Only a name said exactly keeps the area or month that it holds.
 */
export function readQuestion(
  typed: string,
  { committee, now }: Pick<Turn, "committee" | "now">,
  indicators: readonly Indicator[],
): Question {
  const text = typed.replace(COMMAND, "").slice(0, LONGEST).trim();
  const areas = [...new Set(indicators.flatMap((each) => each.areas))];
  const place = findArea(text, committee, areas);
  const time = readPeriod(place.rest, now);
  const named = [text, readPeriod(text, now).rest, place.rest].flatMap(
    (said) => indicatorNamed(said, indicators) ?? [],
  )[0];
  const match = named ?? findIndicator(time.rest, indicators);
  if (!("indicator" in match))
    return { match, isNamed: false, area: place.area, period: time.period };
  const { indicator } = match;
  const isNamed = named !== undefined || isNameOf(time.rest, indicator);
  const yearStarts = indicator.yearStarts;
  const { period } =
    yearStarts === LOCAL_GOVERNMENT_YEAR ? time : readPeriod(place.rest, now, yearStarts);
  return { match, isNamed, area: place.area, period };
}
