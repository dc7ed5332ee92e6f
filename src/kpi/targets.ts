import bandsFile from "../../data/rag-bands.json" with { type: "json" };
import { lengthOf } from "./periods.ts";
import { datesOf, numberInWords } from "./printing.ts";
import type { Figure, Indicator, StoredFigure } from "./schema.ts";
import { hadNotEnded } from "./unfinished.ts";

export const NO_TARGET = "No target set";

/** How long the periods are that a target can be for, and how each is said. */
const LENGTHS: readonly (readonly [said: RegExp, length: string, words: string])[] = [
  [/^(?:week|weekly)$/i, "7 days", "a week"],
  [/^(?:month|monthly)$/i, "1 month", "a month"],
  [/^(?:quarter|quarterly|termly)$/i, "3 months", "a quarter"],
  [/^(?:half-?year|half-?yearly|six-?monthly)$/i, "6 months", "half a year"],
  [/^(?:year|yearly|annual|annually)$/i, "12 months", "a year"],
];

/** What else than its own figure decides whether a target is for it. */
interface Judged {
  readonly area: string;
  /** The area that the districts make up, where the indicator comes for one. */
  readonly whole?: string | undefined;
}

/** Whether it is red, amber or green, by letter and word, never by colour alone. */
interface Rag {
  readonly letter: string;
  readonly words: string;
}

/** The words for a length that a target can be for. Undefined where it is none: "whenever asked". */
export function targetLength(said: string): string | undefined {
  return LENGTHS.find(([pattern]) => pattern.test(said.trim()))?.[1];
}

/** The target that counts on the last day of the figure's period. */
export function targetOf({ targets }: Indicator, { end }: Figure) {
  return targets.findLast(({ from }) => !from || (end !== undefined && from <= end));
}

/** A target that the figure can be held against: it is for a period as long as the figure's own. */
export function fittingTarget(indicator: Indicator, figure: StoredFigure): number | undefined {
  const target = targetOf(indicator, figure);
  return target && !whyNotJudged(indicator, figure) ? target.value : undefined;
}

/** A target in words, or that there is none. Nothing is invented. */
export function againstTarget(indicator: Indicator, figure: StoredFigure, judged: Judged): string {
  const target = targetOf(indicator, figure);
  if (!target) return NO_TARGET;
  const words = `target ${numberInWords(target.value, indicator.unit)}${spanInWords(indicator)}`;
  if (indicator.polarity === "neutral") return `${words}, no colour: which way is good is not set`;
  const why = whyElsewhere(judged) || whyNotJudged(indicator, figure);
  if (why) return `${words}. No RAG: ${why}`;
  return `${ragOf(indicator, figure.value ?? 0, target.value).words} (${words})`;
}

/** Every target of an indicator, in the order of their days. */
export function targetsInWords(indicator: Indicator): string {
  return indicator.targets
    .map(({ value, from }) =>
      [`${numberInWords(value, indicator.unit)}${spanInWords(indicator)}`, from && `from ${from}`]
        .filter(Boolean)
        .join(" "),
    )
    .join("; ");
}

function whyElsewhere({ area, whole }: Judged): string {
  return whole && area !== whole ? `the target is for ${whole} as a whole` : "";
}

/** Why a figure is not held against the target. Empty where it is. */
function whyNotJudged(indicator: Indicator, figure: StoredFigure): string {
  const length = lengthFor(indicator);
  const period = datesOf(figure);
  if (!length) return "it is not said how long a period the target is for";
  if (!period) return "the figure has no period";
  const own = lengthOf(period);
  if (own !== length)
    return `the target is for ${inWords(length)}, this figure is of ${inWords(own)}`;
  if (figure.isSum) return "this figure is added up by this bot";
  if (figure.value === undefined) return "there is no number";
  if (figure.qualifier && figure.qualifier !== "average") return "the number is not exact";
  return hadNotEnded(figure) ? "the period had not ended" : "";
}

/** Red, amber, green only where it is known which way is good. */
function ragOf({ polarity }: Indicator, value: number, target: number): Rag {
  const sign = polarity === "increase is good" ? 1 : -1;
  const short = sign * (target - value);
  const percent = target === 0 ? (short > 0 ? Infinity : 0) : (short / Math.abs(target)) * 100;
  const band = bandsFile.bands.find(({ offTargetByMoreThan }) => percent > offTargetByMoreThan);
  const { letter, name } = band ?? bandsFile.onTarget;
  const by = Number.isFinite(percent) ? ` by ${Number(percent.toFixed(1))}%` : "";
  return { letter, words: `${letter}: ${name}, ${percent > 0 ? `off target${by}` : "on target"}` };
}

function lengthFor({ targetPeriod, cadence }: Indicator): string | undefined {
  return targetLength(targetPeriod || cadence);
}

/** " a month": behind the number. Empty where it is not said. */
function spanInWords(indicator: Indicator): string {
  const length = lengthFor(indicator);
  return length ? ` for ${inWords(length)}` : "";
}

function inWords(length: string): string {
  return LENGTHS.find(([, each]) => each === length)?.[2] ?? length;
}
