import {
  addDays,
  areHolidaysKnown,
  dayOf,
  longDate,
  londonClock,
  timeOfDay,
  type Instant,
} from "../calendar.ts";
import type { Route } from "./schema.ts";

/** The order in which a worker needs them. */
const ORDER: Record<Route["group"], number> = {
  ...{ council: 1, "out of hours": 2, centre: 3, police: 4, online: 5, support: 6, other: 7 },
};
const DAYS = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** What somebody is to be pointed on for. What is not known yet leaves nothing out. */
interface Need {
  readonly kind: string;
  readonly details?: readonly string[];
  readonly district?: string;
}

/** A route as a worker sees it. */
export interface ShownRoute {
  readonly name: string;
  readonly phone: string;
  readonly web: string;
  readonly hours: string;
  /** "Last checked 3 March 2026", or what is wrong with it. */
  readonly checked: string;
  readonly isOld: boolean;
  /** Something that everybody should know now, or nothing. */
  readonly alert: string;
}

/** Every route that can be chosen for a kind, in order. */
export function routesOfKind(routes: readonly Route[], kind: string): Route[] {
  return routes
    .filter(({ kinds }) => kinds.includes(kind))
    .toSorted((a, b) => ORDER[a.group] - ORDER[b.group]);
}

/**
 * The routes to show, with the ones to use now first: out of hours, by London's clock and the bank
 * holidays, the council's contact stands behind the team that answers. Where nobody knows the bank
 * holidays, that team stays on the card, because today may be one.
 */
export function routesFor(
  routes: readonly Route[],
  { kind, details = [], district }: Need,
  now: Instant,
): Route[] {
  const fitting = routesOfKind(routes, kind).filter(
    (route) =>
      route.group !== "other" &&
      (!route.details ||
        details.length === 0 ||
        route.details.some((each) => details.includes(each))) &&
      (!route.districts || (district !== undefined && route.districts.includes(district))),
  );
  const isOpen = fitting.some((route) => route.group === "council" && opens(route, now));
  if (!isOpen) return fitting.toSorted((a, b) => rank(a) - rank(b));
  return areHolidaysKnown(dayOf(now))
    ? fitting.filter(({ group }) => group !== "out of hours")
    : fitting;
}

/** Whether somebody answers now, as far as its hours are known. */
function opens({ hours }: Route, now: Instant): boolean {
  if (!hours) return true;
  const { weekday, time, isBankHoliday } = londonClock(now);
  return hours.some(
    ({ days, from, until, onBankHolidays }) =>
      days.includes(weekday) && time >= from && time < until && (onBankHolidays || !isBankHoliday),
  );
}

/** A route in words. One that nobody has confirmed lately says so. */
export function inWords(route: Route, now: Instant, oldAfterDays: number): ShownRoute {
  const { name, phone = "", web = "", hours = [], lastChecked, changedOn, alert = "" } = route;
  const isOld = !lastChecked || addDays(lastChecked, oldAfterDays) < dayOf(now);
  const times = hours.map(
    ({ days, from, until }) => `${daysInWords(days)}, ${timeOfDay(from)} to ${timeOfDay(until)}`,
  );
  const closed = opens(route, now) ? "" : "Closed now. ";
  return {
    name,
    phone,
    web,
    hours: times.length > 0 ? `${closed}Open ${times.join(", ")}.${onHolidays(route, now)}` : "",
    checked: changedOn
      ? `changed on ${longDate(changedOn)}, not confirmed.`
      : checkedInWords(lastChecked, isOld),
    isOld,
    alert,
  };
}

/** What is said beside office hours when nobody knows whether today is a bank holiday. */
function onHolidays({ hours = [] }: Route, now: Instant): string {
  const isAlwaysOpen = hours.every(({ onBankHolidays }) => onBankHolidays);
  return isAlwaysOpen || areHolidaysKnown(dayOf(now))
    ? ""
    : ` Closed on bank holidays, and those of ${dayOf(now).slice(0, 4)} are not known here.`;
}

function checkedInWords(lastChecked: string | undefined, isOld: boolean): string {
  if (!lastChecked) return "not confirmed yet.";
  const day = longDate(lastChecked);
  return isOld ? `last checked on ${day}, which is long ago.` : `Last checked on ${day}.`;
}

function daysInWords(days: readonly number[]): string {
  const [first = 1] = days;
  const last = days.at(-1) ?? first;
  if (days.length === 7) return "every day";
  return days.length > 1 && last - first === days.length - 1
    ? `${DAYS[first]} to ${DAYS[last]}`
    : days.map((day) => DAYS[day]).join(", ");
}

function rank({ group }: Route): number {
  return group === "out of hours" ? 0 : ORDER[group];
}
