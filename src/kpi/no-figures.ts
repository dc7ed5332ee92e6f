import type { Indicator } from "./schema.ts";

/** What to say where an area has no figure, and which areas have. */
export function noFigures(area: string, { areas }: Indicator) {
  const others = areas.filter((each) => each !== area);
  const known = others.length > 0 ? ` Figures come for: ${others.join("; ")}.` : "";
  return { area, others, reason: `No figure for ${area} is stored that you can see here.${known}` };
}
