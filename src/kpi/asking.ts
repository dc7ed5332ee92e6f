import { dayOf } from "../calendar.ts";
import type { Person, Place, Turn } from "../feature.ts";
import type { Period } from "./periods.ts";
import { isDistrict, isSeen, isSensitive, wholeOf } from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { protectedOnes } from "./protecting.ts";
import { asTheyStand } from "./revisions.ts";
import { yearOf, type FigureStore } from "./store.ts";

/** So many years of figures are read where no period is asked for, and at most. */
const YEARS = 3;
const MOST_YEARS = 12;
/** The areas of an indicator: its own, in their order, and the one that was asked for. */
export function areaFor(indicator: Indicator, asked: string, { committee }: Turn): string {
  const [first = committee.name] = indicator.areas;
  return asked || first;
}

/** Whether an indicator comes by district only, so that no one figure answers for the county. */
export function isByDistrict(
  { areas }: Indicator,
  { committee }: Pick<Turn, "committee">,
): boolean {
  return areas.length > 1 && isDistrict(areas[0] ?? "", committee);
}

/** The area that most numbers come for where they do not come by district: the county. */
export function wholeOfMost(
  indicators: readonly Indicator[],
  { committee }: Pick<Turn, "committee">,
): string | undefined {
  const wholes = indicators.flatMap((each) => wholeOf(each, committee) ?? []);
  const counted = [...Map.groupBy(wholes, (area) => area)];
  return counted.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/** Who asks, where and when: it decides what they see. */
export type Viewer = Pick<Turn, "committee" | "now"> & {
  readonly person: Person;
  readonly place: Pick<Place, "kind">;
};

/** The areas to put side by side: the districts in the committee's order, then the others. */
export function areasToCompare(
  { areas }: Indicator,
  { committee }: Pick<Turn, "committee">,
): string[] {
  const districts = committee.districts.map(({ name }) => name);
  const others = areas.filter((area) => !districts.includes(area));
  return [...districts, ...(areas.length > 1 ? others : [])];
}

/** Which figures of an indicator are read. */
interface Wanted {
  readonly areas: readonly string[];
  readonly period?: Period | undefined;
  readonly before?: string;
  /** Every year, and what has no period: for a list, not while somebody waits for one figure. */
  readonly hasAll?: boolean;
}

/** The figures of an indicator in some areas that this person may see here, small counts hidden. */
export async function readAreas(
  store: FigureStore,
  turn: Viewer,
  indicator: Indicator,
  { areas, period, before, hasAll = false }: Wanted,
): Promise<Map<string, StoredFigure[]>> {
  const choose = hasAll ? everyYear : yearsFor(period, before);
  const sees = (figure: StoredFigure) => isSeen(figure, turn);
  const seriesOf = (area: string) => ({
    committee: turn.committee.id,
    indicator: indicator.id,
    area,
  });
  if (isSensitive(indicator)) {
    // A count that is hidden is hidden whatever is asked for, so all that is stored is read.
    const row = new Set([...areas, ...indicator.areas, ...areasToCompare(indicator, turn)]);
    const stored = new Map(
      await Promise.all(
        [...row].map(async (area) => [area, await store.everyRevisionOf(seriesOf(area))] as const),
      ),
    );
    const known = protectedOnes(stored, sees, indicator, turn);
    return new Map(areas.map((area) => [area, ofYears(known.get(area) ?? [], choose)]));
  }
  const found = await Promise.all(
    [...new Set(areas)].map(async (area) => {
      const stored = await store.everyRevisionOf(seriesOf(area), choose);
      return [area, asTheyStand(stored.filter(sees), dayOf(turn.now))] as const;
    }),
  );
  return new Map(found);
}

/** The figures of the years that are chosen out of those there are. */
function ofYears(
  figures: readonly StoredFigure[],
  choose: (years: readonly string[]) => readonly string[],
): StoredFigure[] {
  const chosen = choose([...new Set(figures.map(yearOf))].toSorted());
  return figures.filter((figure) => chosen.includes(yearOf(figure)));
}

function everyYear(years: readonly string[]): readonly string[] {
  return years;
}

function yearsFor(period: Period | undefined, before: string | undefined) {
  return (years: readonly string[]): readonly string[] => {
    if (before) return years.filter((year) => year <= before.slice(0, 4)).slice(-YEARS);
    // Those without a period sort last, and stand beside the latest years.
    if (!period) return years.slice(-YEARS - 1);
    const first = String(Number(period.start.slice(0, 4)) - 1);
    const near = years.filter((year) => year >= first && year <= period.end.slice(0, 4));
    return near.length > 1 ? near.slice(-MOST_YEARS) : [...new Set([...near, ...years.slice(-2)])];
  };
}
