import { Route, type RouteSetup, type ServiceRoute } from "./schema.ts";

/** An entry of the directory, as far as a route needs it. */
export interface Entry {
  readonly name: string;
  readonly status: string;
  readonly phones: readonly string[];
  readonly url?: string | undefined;
  /** Ids of districts, or "county". */
  readonly areas: readonly string[];
  readonly schedules: readonly {
    readonly days: readonly string[];
    readonly opensAt?: string | undefined;
    readonly closesAt?: string | undefined;
  }[];
  readonly alert?: string | undefined;
  readonly assuredDate?: string | undefined;
  /** The day on which this council changed how it is reached. */
  readonly contactChangedDate?: string | undefined;
  readonly source: { readonly name: string };
}

/** The days of a week as the directory writes them. 1 is Monday. */
const WEEK = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const GONE = ["inactive", "defunct"];

/** The routes with what the directory says of them now. What is closed for good is left out. */
export function routesWith(
  setups: readonly RouteSetup[],
  entryOf: (id: string) => Entry | undefined,
): Route[] {
  return setups.flatMap((setup) => {
    if (!("service" in setup)) return [setup];
    const entry = entryOf(setup.service);
    return entry && !GONE.includes(entry.status) ? [routeOf(setup, entry)] : [];
  });
}

function routeOf({ service: _service, isOpenOnBankHolidays, ...fit }: ServiceRoute, entry: Entry) {
  const isEverywhere = entry.areas.length === 0 || entry.areas.includes("county");
  const hours = entry.schedules.flatMap(({ days, opensAt, closesAt }) => {
    const numbers = days.map((day) => WEEK.indexOf(day) + 1);
    return opensAt && closesAt && numbers.length > 0
      ? [{ days: numbers, from: opensAt, until: closesAt, onBankHolidays: isOpenOnBankHolidays }]
      : [];
  });
  return Route.parse({
    ...fit,
    name: entry.name,
    phone: entry.phones[0],
    // An address that is not safe to press is left out, never the whole route.
    web: entry.url?.startsWith("https://") ? entry.url : undefined,
    districts: isEverywhere ? undefined : entry.areas,
    hours: hours.length > 0 ? hours : undefined,
    alert: entry.alert,
    source: entry.source.name,
    lastChecked: entry.assuredDate,
    changedOn: entry.contactChangedDate,
  });
}
