import { dayOf, isDay, readInstant, type Day } from "../calendar.ts";
import { isPublished } from "./rules.ts";
import type { Figure, Revised, StoredFigure } from "./schema.ts";
import { current, periodKey } from "./store.ts";

/**
 * The figures of each period as they stand now, in order of their periods, each with what stood
 * there before where that was another figure. A correction of its source or note alone changes no
 * figure, and neither does one of a draft that nobody outside has seen.
 */
export function asTheyStand(figures: readonly StoredFigure[], today: Day): StoredFigure[] {
  const versions = Map.groupBy(figures, periodKey);
  return current(figures).map((figure) => {
    if (figure.revision === 1) return figure;
    const revised = revisedIn(figure, versions.get(periodKey(figure)) ?? [], today);
    return revised ? { ...figure, revised } : figure;
  });
}

/** The same without what stood there before: that may give a number away that is hidden now. */
export function withoutBefore(figure: StoredFigure): StoredFigure {
  const { revised } = figure;
  return revised ? { ...figure, revised: { on: revised.on } } : figure;
}

function revisedIn(
  figure: StoredFigure,
  all: readonly StoredFigure[],
  today: Day,
): Revised | undefined {
  const earlier = all.filter(({ revision }) => revision < figure.revision);
  const open = earlier.filter((each) => stoodInPublic(each, all, today));
  const drafts = isPublished(figure, today) ? [] : earlier;
  const before = newestOf((open.length > 0 ? open : drafts).filter((each) => differ(each, figure)));
  if (!before) return undefined;
  const since = all
    .filter((each) => each.revision > before.revision && !differ(each, figure))
    .toSorted((a, b) => a.revision - b.revision);
  return { on: dayOf(readInstant((since[0] ?? figure).at)), before };
}

/** Whether everybody could see it once: one to be published later can be replaced before its day. */
function stoodInPublic(figure: StoredFigure, all: readonly StoredFigure[], today: Day): boolean {
  const { published = "", revision } = figure;
  if (!isDay(published)) return isPublished(figure, today);
  const isReplaced = all.some(
    (later) => later.revision > revision && publicFrom(later) <= published,
  );
  return published <= today && !isReplaced;
}

/** The day from which everybody sees it, or a word that sorts after every day. */
function publicFrom({ published = "never", at }: StoredFigure): string {
  return published === "yes" ? dayOf(readInstant(at)) : published;
}

function newestOf(figures: readonly StoredFigure[]): StoredFigure | undefined {
  return figures.toSorted((a, b) => a.revision - b.revision).at(-1);
}

/** Whether two figures say another amount: "over 500" is not 500. */
function differ(one: Figure, other: Figure): boolean {
  const [a, b] = [one, other].map(({ value, word, qualifier = "", status }) =>
    JSON.stringify([value, word, qualifier, status === "not available"]),
  );
  return a !== b;
}
