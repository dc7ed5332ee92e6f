import { periodInWords, type Period } from "./periods.ts";
import type { Figure, Indicator } from "./schema.ts";

const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 4 });

/** "over 500", "£266k", "74%", "Severe": the figure as the paper has it, with its qualifier. */
export function figureInWords(figure: Figure, indicator: Pick<Indicator, "unit">): string {
  if (figure.status === "not available") return "No data";
  const number = figure.printed ?? figure.word ?? numberInWords(figure.value, indicator.unit);
  const { qualifier = "" } = figure;
  // An average is one in its name or unit already; the other qualifiers change the number.
  return qualifier && qualifier !== "average" ? `${qualifier} ${number}` : number;
}

/** The figure with what it counts: "23 reports". */
export function figureWithUnit(figure: Figure, indicator: Indicator): string {
  const words = figureInWords(figure, indicator);
  if (figure.status === "not available" || figure.word !== undefined) return words;
  return indicator.unitWords ? `${words} ${indicator.unitWords}` : words;
}

/** "467,104", "74%", "£979,104.75", "-£57", "3.5 days". */
export function numberInWords(value: number | undefined, unit: string): string {
  if (value === undefined) return "No data";
  if (unit === "percent") return `${NUMBER.format(value)}%`;
  if (unit === "GBP") return pounds(value);
  return unit.startsWith("count") ? NUMBER.format(value) : `${NUMBER.format(value)} ${unit}`;
}

/** "April to June 2019", or what the indicator says of figures without a period. */
export function periodOf({ start, end }: Figure, { undated }: Pick<Indicator, "undated">): string {
  return start && end ? periodInWords({ start, end }) : undated || "period not stated in the paper";
}

/** A figure's period, where the paper gives one. */
export function datesOf({ start, end }: Figure): Period | undefined {
  return start && end ? { start, end } : undefined;
}

function pounds(value: number): string {
  const isWhole = Number.isInteger(value);
  const amount = Math.abs(value).toLocaleString("en-GB", {
    minimumFractionDigits: isWhole ? 0 : 2,
    maximumFractionDigits: 2,
  });
  return `${value < 0 ? "-" : ""}£${amount}`;
}
