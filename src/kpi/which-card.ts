import { fill, type Card } from "../card-template.ts";
import { sameName, type Choices } from "./names.ts";
import type { Period } from "./periods.ts";
import type { Indicator } from "./schema.ts";

/** Teams cuts a longer button off. */
const LONGEST_TITLE = 40;

/** A question back: several indicators fit equally well, or none fits well. */
export function whichCard(
  { indicators, isSure }: Choices,
  { area = "", period }: { area?: string | undefined; period?: Period | undefined },
): Card {
  const { start = "", end = "" } = period ?? {};
  const nothing = indicators.length === 0;
  return fill("kpi/which", {
    heading: isSure ? "Which number do you mean?" : "I do not know that number",
    problem: isSure
      ? "These fit equally well:"
      : nothing
        ? "Try other words, or see all numbers."
        : "These come nearest:",
    choices: indicators.map((each) => ({
      ...{ id: each.id, name: each.name, priority: each.priority, area, start, end },
      short: titleOf(each, indicators),
    })),
  });
}

/** What fits a button: the name, or a synonym that none of the others has. */
function shortName({ name, synonyms }: Indicator, all: readonly Indicator[]): string {
  if (name.length <= LONGEST_TITLE) return name;
  const own = synonyms.find(
    (synonym) =>
      synonym.length <= LONGEST_TITLE &&
      all.filter((each) => each.synonyms.includes(synonym)).length === 1,
  );
  return own ?? cut(name, LONGEST_TITLE);
}

/** The same with the priority, in its shortest words, where another button has the same title. */
function titleOf(indicator: Indicator, all: readonly Indicator[]): string {
  const title = shortName(indicator, all);
  if (all.filter((each) => sameName(shortName(each, all), title)).length === 1) return title;
  const [priority = ""] = [indicator.priority, ...indicator.prioritySynonyms].toSorted(
    (a, b) => a.length - b.length,
  );
  const about = ` (${cut(priority, LONGEST_TITLE / 2)})`;
  return `${cut(title, LONGEST_TITLE - about.length)}${about}`;
}

function cut(words: string, most: number): string {
  return words.length <= most ? words : `${words.slice(0, most - 1).trimEnd()}…`;
}
