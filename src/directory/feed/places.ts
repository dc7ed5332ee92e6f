import { z } from "zod/v4";
import placesFile from "../../../data/places.json" with { type: "json" };
import type { Committee } from "../../council.ts";

const PlacesFile = z.object({
  /** What the whole county is called. */
  county: z.array(z.string()),
  places: z.array(z.object({ name: z.string(), district: z.string() })),
});

const COUNTY = "county";

/** Knows districts by the names of places. What it does not know stays unknown. */
export interface Gazetteer {
  /** The district of the first name that is known. Names are whole lines or parts between commas. */
  districtNamed(lines: readonly (string | undefined)[]): string | undefined;
  /** The districts that are named, or "county" for all of them. */
  areasNamed(names: readonly string[]): string[];
}

/** The places of a committee's districts. */
export function createGazetteer({ districts }: Committee): Gazetteer {
  const file = PlacesFile.parse(placesFile);
  const known = new Map<string, string>();
  for (const { name, district } of file.places)
    if (districts.some(({ id }) => id === district)) known.set(simple(name), district);
  for (const { id, name, aliases } of districts)
    for (const each of [name, ...aliases, `${name} District`]) known.set(simple(each), id);
  const county = new Set(file.county.map(simple));

  return {
    districtNamed(lines) {
      for (const line of lines)
        for (const part of line?.split(",") ?? []) {
          const district = known.get(simple(part));
          if (district) return district;
        }
      return undefined;
    },
    areasNamed(names) {
      if (names.some((name) => county.has(simple(name)))) return [COUNTY];
      return [...new Set(names.flatMap((name) => known.get(simple(name)) ?? []))];
    },
  };
}

/** "St. Ives" is "st ives". */
function simple(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]/gu, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
