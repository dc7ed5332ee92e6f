import { escapeMarkdown } from "../card-template.ts";
import type { Chart, Facts } from "./chart.ts";
import { figureInWords, periodOf } from "./printing.ts";
import type { Indicator, StoredFigure } from "./schema.ts";

/** Who sees the words instead of the picture is told of the hidden ones too. */
export function withHidden(chart: Chart | Facts, names: readonly string[]): Chart | Facts {
  return withWords(chart, names, "hidden");
}

/** The same with the numbers of periods that had not ended, marked as such. */
export function withUnfinished(
  chart: Chart | Facts,
  figures: readonly StoredFigure[],
  indicator: Indicator,
): Chart | Facts {
  let told = chart;
  for (const figure of figures)
    told = withWords(
      told,
      [periodOf(figure, indicator)],
      `${figureInWords(figure, indicator)}, period not ended`,
    );
  return told;
}

/** The same with a word for each name that has no bar or point, where no other says so. */
export function withWords(
  chart: Chart | Facts,
  names: readonly string[],
  value: string,
): Chart | Facts {
  const { facts } = chart.type === "FactSet" ? chart : chart.fallback;
  const more = names
    .map((name) => ({ title: escapeMarkdown(name), value }))
    .filter(({ title }) => !facts.some((each) => each.title === title));
  const told: Facts = { type: "FactSet", facts: [...facts, ...more] };
  return chart.type === "FactSet" ? told : { ...chart, fallback: told };
}

/** What has no bar or point stands where it belongs: between those before and after it. */
export function inOrderOf(names: readonly string[], chart: Chart | Facts): Chart | Facts {
  const { facts } = chart.type === "FactSet" ? chart : chart.fallback;
  const places = new Map(names.map((name, at) => [escapeMarkdown(name), at]));
  const placeOf = ({ title }: { readonly title: string }) => places.get(title) ?? -1;
  const told: Facts = {
    type: "FactSet",
    facts: facts.toSorted((a, b) => placeOf(a) - placeOf(b)),
  };
  return chart.type === "FactSet" ? told : { ...chart, fallback: told };
}
