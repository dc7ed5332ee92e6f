import { addMonths, dayOf, monthOf, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import { answerFrom } from "./answering.ts";
import { areaFor, areasToCompare, isByDistrict, readAreas } from "./asking.ts";
import type { Beside } from "./beside-reading.ts";
import { twoPeriodsCard } from "./beside-cards.ts";
import { noDataCard } from "./cards.ts";
import { monthsFrom } from "./parts-of-years.ts";
import { lengthOf, periodBefore, periodInWords, yearEarlier, type Period } from "./periods.ts";
import { datesOf } from "./printing.ts";
import { sumOver } from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { periodKey, type FigureStore } from "./store.ts";
import { hadNotEnded, unfinishedInWords } from "./unfinished.ts";
import { noFigures } from "./no-figures.ts";

/** What is asked of two periods of one indicator. */
interface AskedBeside {
  readonly area?: string | undefined;
  readonly areas?: readonly string[] | undefined;
  readonly period?: Period | undefined;
  readonly remark?: string | undefined;
  readonly beside: Beside;
}

/** So far back a figure as long as the one beside it is looked for, in its own length. */
const MOST_BACK = 36;

/** The figure of one period beside that of another one, for one area or district by district. */
export async function besideAnother(
  store: FigureStore,
  turn: Turn,
  indicator: Indicator,
  asked: AskedBeside,
): Promise<Card> {
  const { beside, remark = "", period = beside.base } = asked;
  const areas = areasIn(indicator, turn, asked);
  const area = areas.join(", ");
  const read = async (about: Period | undefined) =>
    readAreas(store, turn, indicator, { areas, period: about });
  const first = await read(period);
  const all = [...first.values()].flat();
  // Of a period that had not ended nothing can be said beside another: only where it is asked for.
  const ended = all.filter((figure) => !hadNotEnded(figure));
  const known = period || ended.length === 0 ? all : ended;
  const wanted = period ?? latestAsLong(known, indicator, beside.period, dayOf(turn.now));
  const answered = answerFrom(
    known.toSorted((a, b) => (a.end ?? "").localeCompare(b.end ?? "")),
    areas.length > 1 ? { ...indicator, addsUp: false } : indicator,
    wanted,
  );
  if (!answered) return noDataCard(indicator, { ...noFigures(area, indicator), remark });
  const { figure: shown, lead, partOf } = answered;
  const own = datesOf(shown);
  const other = own && otherThan(own, beside, period !== undefined);
  const around = other ? await read(other) : first;
  const rows = areas.map((each) => {
    const series = joined(first.get(each) ?? [], around.get(each) ?? []);
    const same = figureFor(own, series, indicator);
    return { area: each, series, figure: same ?? (areas.length === 1 ? shown : undefined) };
  });
  const left = known === ended ? unfinishedInWords(all, "Left out").trim() : "";
  const isOpen = all.some((figure) => {
    const dates = hadNotEnded(figure) ? datesOf(figure) : undefined;
    return dates && beside.period && isSame(dates, beside.period);
  });
  const remarks = [remark, left, answered.remark, own ? whyThese(own, other, beside, isOpen) : ""];
  return twoPeriodsCard(
    {
      ...{ indicator, rows, shown, other, lead, partOf },
      isYearBefore: beside.which === "year before",
      remark: remarks.filter(Boolean).join(" "),
    },
    turn,
  );
}

function areasIn(indicator: Indicator, turn: Turn, { area, areas }: AskedBeside): string[] {
  if (areas && areas.length > 1) return [...areas];
  return !area && isByDistrict(indicator, turn)
    ? areasToCompare(indicator, turn)
    : [areaFor(indicator, area ?? "", turn)];
}

/**
 * The latest period as long as another one that has a figure, or is made up of some: of months the
 * latest whole quarter where a quarter is asked for. Undefined where no length is asked for.
 */
function latestAsLong(
  figures: readonly StoredFigure[],
  indicator: Indicator,
  like: Period | undefined,
  today: Day,
): Period | undefined {
  const months = like && /^(\d+) month/.exec(lengthOf(like))?.[1];
  if (!like || !months) return undefined;
  const count = Number(months);
  let { start } = like;
  while (start <= today) start = `${addMonths(monthOf(start), count)}-01`;
  for (let back = 1; back <= MOST_BACK; back += 1) {
    const period = monthsFrom(addMonths(monthOf(start), -back * count), count);
    if (figureFor(period, figures, indicator)) return period;
  }
  return undefined;
}

/** The period to stand beside one. What is named is no other where it is that one itself. */
function otherThan(own: Period, { which, period, said }: Beside, isNamed: boolean): Period {
  if (which === "year before") return yearEarlier(own);
  const isLiteral = which === "named" || (isNamed && said !== "");
  if (isLiteral && period && !isSame(period, own)) return period;
  return periodBefore(own);
}

/** Which two periods these are, where the words alone do not say it. */
function whyThese(
  own: Period,
  other: Period | undefined,
  { which, period, said }: Beside,
  isOpen: boolean,
): string {
  if (which === "year before" || !period || !other || isSame(period, other)) return "";
  const [before, named] = [other, period].map(periodInWords);
  if (which === "named")
    return `${named} is the period of the figure itself. Beside it is the one before.`;
  if (!said) return "";
  return isSame(period, own)
    ? `${named} was ${said}, and has the latest figure. Beside it is the period before, ${before}.`
    : `${named} was ${said}, and has no figure of ${isOpen ? "the whole of it" : "its own"}. So the latest is beside the period before it, ${before}.`;
}

function isSame(one: Period, other: Period): boolean {
  return one.start === other.start && one.end === other.end;
}

/** The figure of a period as printed, or the sum of its parts. */
function figureFor(
  period: Period | undefined,
  series: readonly StoredFigure[],
  indicator: Indicator,
): StoredFigure | undefined {
  if (!period) return undefined;
  const printed = series.find(({ start, end }) => start === period.start && end === period.end);
  return printed ?? sumOver(period, series, indicator);
}

/** The years around one period, and those around another one. */
function joined(one: readonly StoredFigure[], other: readonly StoredFigure[]): StoredFigure[] {
  const all = new Map([...one, ...other].map((figure) => [periodKey(figure), figure]));
  return [...all.values()].toSorted((a, b) => periodKey(a).localeCompare(periodKey(b)));
}
