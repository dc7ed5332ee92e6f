import { comparable, comparableNames, sameName } from "./names.ts";
import { Unreadable } from "./reading.ts";
import type { Indicator } from "./schema.ts";

/**
 * What one indicator is called, no other is: a question would have to be asked back every time.
 * What it was called before it may go on being called. Throws `Unreadable`.
 */
export function refuseSharedNames(
  indicator: Indicator,
  earlier: Indicator | undefined,
  known: readonly Indicator[],
): void {
  const others = known.filter(({ id }) => id !== indicator.id);
  const kept = new Set(earlier && comparableNames(earlier));
  for (const synonym of indicator.synonyms) {
    const said = comparable(synonym);
    const other = kept.has(said)
      ? undefined
      : others.find((each) => comparableNames(each).includes(said));
    if (other)
      throw new Unreadable(
        "synonyms",
        `“${synonym}” is what ${other.name} (${other.priority}) is called. Use another synonym, or take this one from it first.`,
      );
  }
  const name = comparable(indicator.name);
  const other = kept.has(name)
    ? undefined
    : // Two of one name are told apart by their priority; a synonym has none.
      others.find(
        (each) =>
          comparableNames(each).slice(1).includes(name) ||
          (comparableNames(each)[0] === name && sameName(each.priority, indicator.priority)),
      );
  if (other)
    throw new Unreadable(
      "indicator",
      `“${indicator.name}” is what ${other.name} (${other.priority}) is called. Use another name, or change that indicator.`,
    );
}
