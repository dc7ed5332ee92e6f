import shortNames from "../../data/short-areas.json" with { type: "json" };

/** Room for letters under all bars on a card, and what is left free beside each name, in pixels. */
const WIDTH = 314;
const BESIDE = 8;
const LETTER = 5.4;

const known: Readonly<Record<string, string | undefined>> = shortNames;

/**
 * The names of areas under bars: whole, or, where Teams would cut one off, the short ones that people
 * use. Each stays its own: what has no short name is left for Teams to cut.
 */
export function areaNames(names: readonly string[]): readonly string[] {
  const room = (WIDTH / names.length - BESIDE) / LETTER;
  if (names.every(({ length }) => length <= room)) return names;
  const short = names.map((name) => known[name] ?? name);
  return new Set(short).size === names.length ? short : names;
}
