import type { Entry } from "./entry.ts";

/** What an entry for the whole county has for a district. */
export const COUNTY = "county";
/** Near beats far: a service in the named town, one of the named district, one for the county. */
export const NEARNESS = { town: 1.5, district: 1.25, county: 1, elsewhere: 0 };

/** How near a service is to a district; 0 when it does not reach it. */
export function nearness({ districts }: Entry, district: string): number {
  if (districts.includes(district)) return NEARNESS.district;
  return districts.includes(COUNTY) || districts.length === 0
    ? NEARNESS.county
    : NEARNESS.elsewhere;
}
