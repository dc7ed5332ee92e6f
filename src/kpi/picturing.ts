import type { Indicator, StoredFigure } from "./schema.ts";

/** What a card's chart is filled with: elements, and the sentence below them. */
interface Charted {
  readonly hasChart: boolean;
  readonly chart: readonly object[];
  readonly hasSentence: boolean;
  readonly sentence: string;
}

/** A card without a chart. */
export function noChart(): Charted {
  return { hasChart: false, chart: [], hasSentence: false, sentence: "" };
}

/** The figures of one length as a line, the oldest first. */
export function chartOf(_indicator: Indicator, _figures: readonly StoredFigure[]): Charted {
  return noChart();
}

/** One period, a bar for each area. */
export function districtChart(
  _indicator: Indicator,
  _figures: readonly { readonly area: string; readonly figure: StoredFigure | undefined }[],
): Charted {
  return noChart();
}
