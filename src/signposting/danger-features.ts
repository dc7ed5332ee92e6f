import { evidenceIn, stemOf, type Evidence } from "./danger-evidence.ts";

/**
 * What a stretch of plain words is weighed by: its words, two side by side, two with one between
 * them, how it begins, and what the words mean (danger-evidence.ts). danger-learned.json has the
 * weights by these names.
 *
 * @param beside what was found in the stretch by other means, by its name and how often
 */
export function featuresOf(plain: string, beside: Evidence = {}): readonly string[] {
  const words = plain.split(" ").filter(Boolean);
  const stems = words.map(stemOf);
  const found = Object.entries({ ...evidenceIn(words), ...beside });
  const side = ["^", ...stems, "$"];
  return [
    ...new Set([
      ...stems.map((stem) => `word ${stem}`),
      ...side.slice(1).map((stem, at) => `pair ${side[at]} ${stem}`),
      ...stems.slice(2).map((stem, at) => `around ${stems[at]} ${stem}`),
      ...found.flatMap(([name, count]) => (count >= 1 ? [`is ${name}`] : [])),
      ...found.flatMap(([name, count]) => (count >= 2 ? [`twice ${name}`] : [])),
    ]),
  ];
}
