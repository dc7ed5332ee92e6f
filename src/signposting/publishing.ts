import { addDays, addMonths, dayOf, monthOf, type Instant, type Month } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Surroundings } from "./cards.ts";
import type { CountStore } from "./count-store.ts";
import { publish, type Counts, type RouteKinds } from "./disclosure.ts";
import { allKindsOn, ELSEWHERE } from "./rules.ts";
import type { Line, MonthCounts, Signpost } from "./schema.ts";
import type { SignpostStore } from "./store.ts";

/** The line by district for records that name none of the county's. */
const NO_DISTRICT = { id: "elsewhere", name: "Outside the county, or not stated" };

/** What can be counted: what is held back is in no line of any view. */
interface Lines {
  readonly kind: readonly Named[];
  readonly district: readonly Named[];
  readonly route: readonly Named[];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whether a month is over for good: from the second day of the next, so that no replica's clock matters. */
export function isOver(month: Month, now: Instant): boolean {
  return addDays(`${addMonths(month, 1)}-01`, 1) <= dayOf(now);
}

/** The last month whose numbers can be shown. */
export function lastMonthOver(now: Instant): Month {
  const month = addMonths(monthOf(now), -1);
  return isOver(month, now) ? month : addMonths(month, -1);
}

/**
 * The numbers of a month, made once when it is over and never again. Two summaries of a month are
 * the same one, whatever was recorded, deleted or set in between, so nothing can be taken from
 * the difference.
 */
export function publishing(store: SignpostStore, countStore: CountStore) {
  return { numbersOf, firstMonth };

  /** Undefined for a month that is not over, or before anything was recorded. */
  async function numbersOf(month: Month, about: Surroundings): Promise<MonthCounts | undefined> {
    const { committee, now } = about;
    if (!isOver(month, now)) return undefined;
    const known = await countStore.find(committee.id, month);
    if (known) return known;
    const first = await firstMonth(committee);
    if (!first || month < first) return undefined;
    const made = countMonth(await store.ofMonth(committee.id, month), about);
    return countStore.create(committee.id, month, made);
  }

  /** The first month with a record or with published numbers. */
  async function firstMonth({ id }: Committee): Promise<Month | undefined> {
    const [recorded, published] = await Promise.all([store.months(id), countStore.months(id)]);
    return [...recorded, ...published].toSorted()[0];
  }
}

/** Every view of a month, with the names as they are now and the rule it was made by. */
function countMonth(records: readonly Signpost[], about: Surroundings): MonthCounts {
  const { threshold, zeroIsShown } = about.setup.settings;
  const lines = linesOf(about);
  const counted = records.filter(({ kind }) => lines.kind.some(({ id }) => id === kind));
  const counts: Counts = {
    kind: count(lines.kind, counted, ({ kind }) => [kind]),
    district: count(lines.district, counted, ({ district }) => [
      ELSEWHERE.some(({ id }) => id === district) ? NO_DISTRICT.id : district,
    ]),
    route: count(lines.route, counted, ({ routes }) => routes),
  };
  const routeKinds: RouteKinds = Object.fromEntries(
    about.routes.map(({ id, kinds }) => [id, kinds]),
  );
  const rule = { threshold, zeroIsShown };
  const shown = publish(counts, rule, routeKinds);
  const named = (view: keyof Lines): Line[] =>
    lines[view].map(({ id, name }) => ({ id, name, shown: shown[view][id] ?? "hidden" }));
  return { ...rule, kind: named("kind"), district: named("district"), route: named("route") };
}

/** Kinds and routes that the lists have now, and districts. A switched-off kind is still counted. */
function linesOf({ setup, routes, committee, now }: Surroundings): Lines {
  const kind = allKindsOn(dayOf(now), setup).filter(({ heldBack }) => !heldBack);
  const countable = routes.filter(
    (route) => !route.heldBack && route.kinds.some((id) => kind.some((each) => each.id === id)),
  );
  return { kind, district: [...committee.districts, NO_DISTRICT], route: countable };
}

function count(
  lines: readonly Named[],
  records: readonly Signpost[],
  idsOf: (record: Signpost) => readonly string[],
): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(lines.map(({ id }) => [id, 0]));
  for (const record of records)
    for (const id of idsOf(record)) if (id in counts) counts[id] = (counts[id] ?? 0) + 1;
  return counts;
}
