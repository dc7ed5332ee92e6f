import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import { answerFrom } from "./answering.ts";
import { periodInWords, type Period } from "./periods.ts";
import { districtChart } from "./picturing.ts";
import { commentaryOf, commentaryTitle } from "./commentary.ts";
import { datesOf, figureInWords, numberInWords, periodOf } from "./printing.ts";
import {
  comparisonsOf,
  directionInWords,
  isDistrict,
  isRevised,
  sumOfDistricts,
  wholeOf,
} from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { statusInWords } from "./status.ts";
import { againstTarget, targetOf } from "./targets.ts";

/** So many buttons stand in a row. Teams hides what is more than six of one set. */
const BUTTONS = 3;

interface Compared {
  readonly indicator: Indicator;
  readonly areas: readonly string[];
  readonly series: ReadonlyMap<string, readonly StoredFigure[]>;
  readonly period: Period | undefined;
  /** What of the question was not used. */
  readonly remark?: string;
  /** The area that most numbers come for: these districts make it up. */
  readonly county?: string | undefined;
}

/** One number area by area, all for the same period, in the same order every time. */
export function districtsCard(
  { indicator, areas, series, period, remark: asked = "", county = "" }: Compared,
  turn: Turn,
): Card {
  const all = [...series.values()].flat();
  const latest = answerFrom(
    all.toSorted((a, b) => (a.end ?? "").localeCompare(b.end ?? "")),
    { ...indicator, addsUp: false },
    period,
  );
  if (!latest) throw new Error("There is no figure to compare");
  const remark = [asked, latest.remark].filter(Boolean).join(" ");
  const shown = datesOf(latest.figure);
  const when = shown ? periodInWords(shown) : "Period not stated";
  const figures = areas.map((area) => ({
    area,
    figure: series.get(area)?.find((each) => isSamePeriod(each, latest.figure)),
  }));
  const own = wholeOf(indicator, turn.committee);
  const whole = own ?? (areas.includes(county) ? county : undefined);
  const apart = areas.filter((area) => area !== whole && !isDistrict(area, turn.committee));
  const hasAll = turn.committee.districts.every(({ name }) => areas.includes(name));
  const ofDistricts = figures.filter(({ area }) => isDistrict(area, turn.committee));
  const sum = hasAll
    ? sumOfDistricts(
        ofDistricts.map(({ figure }) => figure),
        indicator,
      )
    : undefined;
  const revised = ofDistricts.filter(({ figure }) => figure && isRevised(figure));
  const held =
    revised.length > 0 ? ` Revised in it: ${revised.map(({ area }) => area).join(", ")}.` : "";
  const hasTotal = figures.some(({ area, figure }) => area === whole && figure);
  const known = figures.filter(({ figure }) => figure);
  const { start = "", end = "" } = shown ?? {};
  return fill("kpi/districts", {
    ...{ name: indicator.name, period: `${latest.lead}${when}${latest.partOf}` },
    ...{ remark, hasRemark: remark !== "" },
    rows: figures.map(({ area, figure }) => ({
      area: areaInWords(area, whole, apart),
      value: figure ? figureInWords(figure, indicator) : "No data",
      status: figure
        ? [standingOf(figure, indicator, turn), targetIn(figure, indicator, { area, whole: own })]
            .filter(Boolean)
            .join(". ")
        : whyNone(series.get(area) ?? [], latest.figure, indicator),
      compared: figure ? comparedIn(figure, series.get(area) ?? [], indicator) : "",
    })),
    apart: apartInWords(apart, turn),
    hasApart: apart.length > 0,
    sum:
      sum === undefined
        ? ""
        : `The ${turn.committee.districts.length} districts together: ${numberInWords(sum, indicator.unit)}, added up by this bot.${hasTotal ? "" : " The paper prints no total."}${held}`,
    hasSum: sum !== undefined,
    // Beside the whole the bars of its districts would be too low to be told apart.
    ...districtChart(
      indicator,
      new Map([...series].filter(([area]) => area !== whole)),
      latest.figure,
      apart,
    ),
    facts: factsOf(
      indicator,
      latest.figure,
      figures.flatMap(({ area, figure }) =>
        figure?.commentary ? [[area, figure.commentary]] : [],
      ),
    ),
    shown: inRows(known.map(({ area }) => ({ area, indicator: indicator.id, start, end }))),
    choice: { indicator: indicator.id, area: "", start, end },
  });
}

/** Every area has its button, a few in each row. */
function inRows<Each>(areas: readonly Each[]): { readonly areas: readonly Each[] }[] {
  return Array.from({ length: Math.ceil(areas.length / BUTTONS) }, (_, row) => ({
    areas: areas.slice(row * BUTTONS, (row + 1) * BUTTONS),
  }));
}

/** How a figure has moved since the first period that it can be compared with. */
export function comparedIn(
  figure: StoredFigure,
  series: readonly StoredFigure[],
  indicator: Indicator,
): string {
  const [first] = comparisonsOf(figure, series, indicator);
  return first ? directionInWords(figure, first, indicator) : "Nothing to compare with";
}

/** An area with its standing, where it is no district. */
export function areaInWords(
  area: string,
  whole: string | undefined,
  apart: readonly string[],
): string {
  if (area === whole) return `${area} (as a whole)`;
  return apart.includes(area) ? `${area} (not a district of the county)` : area;
}

/** What is no district of the county is named as such. */
export function apartInWords(
  apart: readonly string[],
  { committee }: Pick<Turn, "committee">,
): string {
  return apart.length === 0
    ? ""
    : `${apart.join(" and ")} stands apart: it is never added to the ${committee.districts.length} districts.`;
}

/** What a reader has to know of one row: its status, or its own reason for there being nothing. */
export function standingOf(
  figure: StoredFigure,
  indicator: Indicator,
  turn: Pick<Turn, "now">,
): string {
  const status = statusInWords(figure, indicator, turn);
  return figure.status === "not available" && figure.note
    ? status.replace(/^No data/, figure.note)
    : status;
}

/** The target, where the indicator has one that is for this area. */
export function targetIn(
  figure: StoredFigure,
  indicator: Indicator,
  { area, whole }: { readonly area: string; readonly whole: string | undefined },
): string {
  const isFor = targetOf(indicator, figure) && (!whole || area === whole);
  return isFor ? againstTarget(indicator, figure, { area, whole }) : "";
}

/** Why an area has no figure for the period: none at all is stored, or only other periods are. */
function whyNone(series: readonly StoredFigure[], shown: StoredFigure, indicator: Indicator) {
  const last = series.findLast(datesOf) ?? series.at(-1);
  if (indicator.noData) return `No data: ${indicator.noData}`;
  if (!last) return "No figure of this area is stored that you can see here";
  const period = datesOf(shown) ? ` for ${periodOf(shown, indicator)}` : "";
  return `No figure${period} is stored that you can see here. The latest is for ${periodOf(last, indicator)}`;
}

function factsOf(
  indicator: Indicator,
  figure: StoredFigure,
  ofAreas: readonly (readonly string[])[],
) {
  const said = ofAreas.map(([area, words]) => `${area}: ${words}`).join("; ");
  return [
    said
      ? ["Commentary", said]
      : [commentaryTitle(figure, indicator), commentaryOf(figure, indicator)],
    ["What it says", indicator.explanation],
    ["Source", figure.source],
  ]
    .filter(([, value]) => value)
    .map(([title, value]) => ({ title, value }));
}

function isSamePeriod(one: StoredFigure, other: StoredFigure): boolean {
  return one.start === other.start && one.end === other.end;
}
