import { addDays, addMonths, dayOf, monthOf, type Instant, type Month } from "../calendar.ts";
import type { Surroundings } from "./cards.ts";
import type { CountStore } from "./count-store.ts";
import { publish, type Counts, type Paths } from "./disclosure.ts";
import { beginningOf, kindsIn } from "./rules.ts";
import type { Line, MonthCounts, Route, Signpost } from "./schema.ts";
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
  const keptOf = new Map<string, string>();
  return { numbersOf, keepRoutes };

  /**
   * Undefined for a month that is not over, or before there was a list of kinds. Whether there are
   * numbers depends on no record: a month without any has them too.
   */
  async function numbersOf(month: Month, about: Surroundings): Promise<MonthCounts | undefined> {
    const { committee, now, setup } = about;
    if (!isOver(month, now) || month < beginningOf(setup)) return undefined;
    const known = await countStore.find(committee.id, month);
    if (known) return known;
    const [records, kept] = await Promise.all([
      store.ofMonth(committee.id, month),
      countStore.routesIn(committee.id, month),
    ]);
    const routes = together(kept, about.routes);
    const made = countMonth(records, month, { ...about, routes });
    return countStore.create(committee.id, month, made);
  }

  /** Keeps the routes of the month under way, so that one removed later is still counted in it. */
  async function keepRoutes({ committee, now, routes }: Surroundings): Promise<void> {
    const month = monthOf(now);
    const offered = [month, ...routes.map(({ id }) => id)].join();
    if (keptOf.get(committee.id) === offered) return;
    await countStore.keepRoutes(committee.id, month, (kept) => together(kept, routes));
    keptOf.set(committee.id, offered);
  }
}

/** What was there, and what came to it. */
function together(kept: readonly Route[], routes: readonly Route[]): Route[] {
  return [...kept, ...routes.filter(({ id }) => !kept.some((each) => each.id === id))];
}

/** Every view of a month, by the lists of that month and the rule of the day it is counted on. */
function countMonth(records: readonly Signpost[], month: Month, about: Surroundings): MonthCounts {
  const { threshold, zeroIsShown } = about.setup.settings;
  const lines = linesOf(month, about);
  const counted = records.filter(({ kind }) => lines.kind.some(({ id }) => id === kind));
  const districts = about.committee.districts;
  const counts: Counts = {
    kind: count(lines.kind, counted, ({ kind }) => [kind]),
    // A district that the county has no more is outside it: every record has one line here.
    district: count(lines.district, counted, ({ district }) => [
      districts.some(({ id }) => id === district) ? district : NO_DISTRICT.id,
    ]),
    route: count(lines.route, counted, ({ routes }) => routes),
  };
  const isCounted = (route: Route) => lines.route.some(({ id }) => id === route.id);
  const paths: Paths = {
    routeKinds: Object.fromEntries(about.routes.map(({ id, kinds }) => [id, kinds])),
    heldBackFor: about.routes.filter((route) => !isCounted(route)).flatMap(({ kinds }) => kinds),
  };
  const rule = { threshold, zeroIsShown };
  const shown = publish(counts, rule, paths);
  const named = (view: keyof Lines): Line[] =>
    lines[view].map(({ id, name }) => ({ id, name, shown: shown[view][id] ?? "hidden" }));
  return {
    ...rule,
    isWithheld: shown.isWithheld,
    kind: named("kind"),
    district: named("district"),
    route: named("route"),
  };
}

/** The month's kinds and routes, and the districts. A switched-off kind is still counted. */
function linesOf(month: Month, { setup, routes, committee }: Surroundings): Lines {
  const kind = kindsIn(month, setup).filter(({ heldBack }) => !heldBack);
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
