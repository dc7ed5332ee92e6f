import { longDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import type { Answered } from "./answering.ts";
import { chartOf, noChart } from "./picturing.ts";
import { lengthOf, periodInWords, type Period } from "./periods.ts";
import { commentaryOf, commentaryTitle } from "./commentary.ts";
import { datesOf, figureInWords, figureWithUnit, numberInWords, periodOf } from "./printing.ts";
import { comparisonsOf, directionInWords, hasComparableBaseline, wholeOf } from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { statusInWords } from "./status.ts";
import { periodKey } from "./store.ts";
import { againstTarget, NO_TARGET, targetsInWords } from "./targets.ts";
import { whyNothing } from "./why-nothing.ts";

/** A table on a card has so many periods; the others are one press away. */
const MOST_ROWS = 12;

/** What a figure's card is about. */
export interface Shown extends Answered {
  readonly indicator: Indicator;
  readonly area: string;
  /** Every figure of the series that was read, the oldest first. */
  readonly series: readonly StoredFigure[];
  readonly hasDistricts: boolean;
  /** The latest figures of the series where those that were read end before them. */
  readonly later?: readonly StoredFigure[];
  /** What else the period that was asked for can be. */
  readonly other?: Period | undefined;
}

/** One figure, and everything that a reader needs to take it for what it is. */
export function figureCard(shown: Shown, turn: Turn): Card {
  const { indicator, figure, area, series, remark, hasDistricts, like, lead, partOf } = shown;
  const alike = series.filter((each) => isAlike(each, like));
  const isPast = (shown.later ?? []).some(
    (each) => isAlike(each, like) && (each.end ?? "") > (alike.at(-1)?.end ?? ""),
  );
  const rows = alike.slice(-MOST_ROWS).toReversed();
  const value = figureWithUnit(figure, indicator);
  const period = periodOf(figure, indicator);
  return fill("kpi/figure", {
    ...{ headline: `${lead}${value}, ${period}${partOf}`, about: nameWithArea(indicator, area) },
    ...{ remark, hasRemark: remark !== "" },
    facts: factsOf(shown, turn),
    ...(alike.length > 1 ? chartOf(indicator, alike, { isPast }) : noChart()),
    rows: rows.map((each) => rowOf(each, indicator, turn)),
    hasTable: true,
    tableNote: tableNote(alike.length, rows.length),
    choice: choiceOf(shown),
    before: rows.at(-1)?.end ?? "",
    hasEarlier: alike.length > rows.length || (rows.length >= MOST_ROWS && alike.length > 0),
    hasDistricts,
    others: shown.other
      ? [{ ...choiceOf(shown), ...shown.other, title: periodInWords(shown.other) }]
      : [],
  });
}

/** Why there is no figure, and where there are some. */
interface NoData {
  readonly area: string;
  readonly reason: string;
  readonly others?: readonly string[];
  /** What of the question was not used. */
  readonly remark?: string | undefined;
}

/** An indicator without any figure: never zero, always why. */
export function noDataCard(
  indicator: Indicator,
  { area, reason, others = [], remark = "" }: NoData,
): Card {
  const facts = [
    { title: "Why", value: reason },
    { title: "Target", value: targetsInWords(indicator) || NO_TARGET },
    ...(indicator.source ? [{ title: "Source", value: indicator.source }] : []),
  ];
  return fill("kpi/figure", {
    ...{
      headline: "No data",
      about: nameWithArea(indicator, area),
      remark: `No data is not zero. ${remark}`.trim(),
    },
    ...{ hasRemark: true, facts, ...noChart(), rows: [], hasTable: false, tableNote: "" },
    choice: { indicator: indicator.id, area, start: "", end: "" },
    ...{ before: "", hasEarlier: false, hasDistricts: false },
    others: others.slice(0, 3).map((each) => ({
      ...{ area: each, title: each, indicator: indicator.id },
      start: "",
      end: "",
    })),
  });
}

/** The periods before the ones on a card. */
export function earlierCard(
  shown: Omit<Shown, "remark" | "like" | "lead" | "partOf">,
  turn: Turn,
): Card {
  const { indicator, area, series, figure } = shown;
  const alike = series.filter((each) => isAlike(each, figure));
  const rows = alike.slice(-MOST_ROWS).toReversed();
  return fill("kpi/earlier", {
    ...{ about: nameWithArea(indicator, area), source: figure.source },
    ...(alike.length > 1 ? chartOf(indicator, alike, { isPast: true }) : noChart()),
    rows: rows.map((each) => rowOf(each, indicator, turn)),
    choice: { indicator: indicator.id, area, start: "", end: "" },
    before: rows.at(-1)?.end ?? "",
    hasEarlier: alike.length >= MOST_ROWS,
  });
}

/** What a number means, and what it does not say. */
export function explainCard(indicator: Indicator, area: string): Card {
  const facts = [
    ["Priority", indicator.priority],
    ["Unit", [indicator.unit, indicator.unitWords].filter(Boolean).join(", ")],
    ["Which way is good", waysInWords(indicator)],
    ["Target", targetsInWords(indicator) || NO_TARGET],
    ["How often", indicator.cadence || "Not stated in the paper"],
    ["Areas", indicator.areas.join("; ") || "Not stated in the paper"],
    ["Adding up", indicator.addsUp ? "Periods and districts may be added" : "Never added up"],
    ["Small numbers", disclosureInWords(indicator)],
    ["Where no figure is stored", indicator.noData],
    ["Commentary", indicator.commentary],
    ["New limits", rebasesInWords(indicator)],
    ["Owner", indicator.owner || "Not named in the paper"],
    ["Also called", indicator.synonyms.join("; ")],
    ["Source", indicator.source],
  ].filter(([, value]) => value);
  return fill("kpi/explain", {
    name: indicator.name,
    explanation: indicator.explanation,
    hasExplanation: indicator.explanation !== "",
    facts: facts.map(([title, value]) => ({ title, value })),
    choice: { indicator: indicator.id, area, start: "", end: "" },
  });
}

/** What a reader has to know beside a figure, a fact each. */
export function factsOf(
  { indicator, figure, area, series }: Pick<Shown, "indicator" | "figure" | "area" | "series">,
  { now, committee }: Pick<Turn, "now" | "committee">,
) {
  const comparisons = comparisonsOf(figure, series, indicator);
  const facts = [
    ["Status", statusInWords(figure, indicator, { now })],
    ["Why", figure.status === "not available" ? (figure.note ?? "") : ""],
    [
      "Compared with",
      comparisons.map((each) => directionInWords(figure, each, indicator)).join(". ") ||
        whyNothing(figure, series, indicator),
    ],
    ["Baseline", baselineInWords(figure, indicator)],
    ["Target", againstTarget(indicator, figure, { area, whole: wholeOf(indicator, committee) })],
    ["What it counts", cautionOf(indicator)],
    [commentaryTitle(figure, indicator), commentaryOf(figure, indicator)],
    ["Note", figure.status === "not available" ? "" : (figure.note ?? "")],
    ["Owner", indicator.owner || "Not named in the paper"],
    ["Source", sourceInWords(figure)],
  ];
  return facts.filter(([, value]) => value).map(([title, value]) => ({ title, value }));
}

/** The sentence of a definition that says what a number is not, and the one before it. */
function cautionOf({ explanation }: Indicator): string {
  const sentences = explanation.split(/(?<=\.)\s+/);
  const at = sentences.findIndex((each) => /^(?:They|It|These|This) (?:are|is) not\b/.test(each));
  return at < 0 ? "" : sentences.slice(Math.max(0, at - 1), at + 1).join(" ");
}

/** A corrected value is no longer what the paper prints. */
function sourceInWords({ source, isCorrected }: StoredFigure): string {
  return isCorrected ? `${source}. Corrected since: the paper prints another value` : source;
}

/** A baseline that covers something else is printed as it is, and no change is worked out. */
function baselineInWords(figure: StoredFigure, { unit }: Indicator): string {
  if (figure.baseline === undefined || hasComparableBaseline(figure)) return "";
  const printed = numberInWords(figure.baseline, unit);
  const note = figure.baselineNote ? ` ${figure.baselineNote}.` : "";
  return `${printed} as printed.${note} No change is worked out`;
}

function rowOf(figure: StoredFigure, indicator: Indicator, turn: Turn) {
  return {
    period: periodOf(figure, indicator),
    value: figureInWords(figure, indicator),
    status: statusInWords(figure, indicator, turn),
  };
}

/** Some indicators have their area in their name. */
function nameWithArea({ name }: Indicator, area: string): string {
  if (!area) return name;
  if (/^not stated$/i.test(area)) return `${name}, area not stated in the paper`;
  return name.endsWith(area) ? name : `${name}, ${area}`;
}

function choiceOf({ indicator, area, figure }: Shown) {
  return { indicator: indicator.id, area, start: figure.start ?? "", end: figure.end ?? "" };
}

/** Only periods as long as each other stand in one chart and one table. */
function isAlike(one: StoredFigure, other: StoredFigure): boolean {
  const [a, b] = [datesOf(one), datesOf(other)];
  return a && b ? lengthOf(a) === lengthOf(b) : periodKey(one) === periodKey(other);
}

function tableNote(all: number, rows: number): string {
  if (all === 1) return "There is no other figure of this length that you can see here.";
  if (all <= rows) return `All ${all} figures of this length.`;
  return `The latest ${rows} of this length.`;
}

function rebasesInWords({ rebases }: Indicator): string {
  return rebases.map(({ at, reason }) => `From ${longDate(at)}: ${reason}`).join("; ");
}

function waysInWords({ polarity }: Indicator): string {
  return {
    "increase is good": "More is good",
    "decrease is good": "Less is good",
    neutral: "Neither by itself",
  }[polarity];
}

function disclosureInWords(indicator: Indicator): string {
  if (indicator.disclosure === "none") return "";
  const from = indicator.isZeroShown ? 1 : 0;
  const rule = `elow county level counts from ${from} to 4 are hidden, others are to the nearest 5, and rates are hidden`;
  return indicator.isPublished
    ? `About people in a sensitive area. A figure that a public paper prints is quoted as printed. Where none prints it, b${rule}`
    : `About people in a sensitive area. B${rule}`;
}
