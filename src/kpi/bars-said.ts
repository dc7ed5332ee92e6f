import type { Bar, BarGroup } from "./chart.ts";
import { numberInWords } from "./printing.ts";

/** The lowest and the highest of the districts by name, and what stands beside them. */
export function endsInWords(bars: readonly Bar[], apart: readonly string[], unit: string): string {
  const districts = bars.filter(({ label }) => !apart.includes(label));
  const others = bars.filter(({ label }) => apart.includes(label));
  const [first] = districts;
  const said = ({ value, qualifier = "" }: Bar) =>
    [qualifier, numberInWords(value, unit)].filter(Boolean).join(" ");
  const values = districts.map(({ value }) => value);
  const end = (value: number) => {
    const there = districts.filter((each) => each.value === value);
    const names = there.map(({ label }) => label);
    return `${names.join(" and ")} (${there.slice(0, 1).map(said).join("")})`;
  };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const ends =
    districts.length < 2
      ? districts.map((each) => `${each.label}: ${said(each)}.`).join("")
      : low === high && first
        ? `All are ${said(first)}.`
        : `Lowest: ${end(low)}. Highest: ${end(high)}.`;
  const beside = others.map(
    (each) =>
      `${each.label} (${said(each)}) is in the picture too, but is not a district of the county.`,
  );
  return [ends, ...beside].filter(Boolean).join(" ");
}

/** What stands beside the latest group, and which groups are not drawn. */
export function besideInWords(groups: readonly BarGroup[], all: readonly BarGroup[]): string {
  const count = groups.length - 1;
  const beside =
    count === 0
      ? ""
      : count === 1
        ? ` Beside them is ${groups[0]?.legend}.`
        : ` Beside them are the ${count} periods before.`;
  const legends = new Set(groups.map(({ legend }) => legend));
  const others = all.flatMap(({ legend }) => (legends.has(legend) ? [] : [legend]));
  return others.length === 0
    ? beside
    : `${beside} Not drawn, because an area shows no figure for it: ${others.join("; ")}.`;
}

/** The areas that have no bar. */
export function withoutInWords(names: readonly string[]): string {
  return names.length === 0 ? "" : ` No bar, because there is no figure: ${names.join(", ")}.`;
}

/** The areas whose period had not ended when the figure was stored. */
export function openInWords(names: readonly string[]): string {
  return names.length === 0
    ? ""
    : ` No bar, because the period had not ended: ${names.join(", ")}.`;
}

/** How many are hidden. Empty where none is. */
export function hiddenInWords(count: number): string {
  return count === 0 ? "" : ` Hidden, because small or telling of a small one: ${count}.`;
}
