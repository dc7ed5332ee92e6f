import { dayOf } from "../calendar.ts";
import type { Viewer } from "./asking.ts";
import { asHidden, DISCLOSURE, hideRates, hideSmall, isHidden } from "./disclosure.ts";
import { asTheyStand, withoutBefore } from "./revisions.ts";
import { isAtSameTime, isDistrict, isQuoted, wholeOf } from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { periodKey } from "./store.ts";

/** The figures of an indicator, by area. */
type ByArea = ReadonlyMap<string, readonly StoredFigure[]>;
type Kind = "parts" | "apart" | "whole";

/** Who asks about which indicator, and what of it a public paper prints. */
interface About {
  readonly indicator: Indicator;
  readonly viewer: Viewer;
  readonly sees: (figure: StoredFigure) => boolean;
  readonly isPrinted: (figure: StoredFigure) => boolean;
}

/**
 * What may be shown of an indicator about people in a sensitive area. A figure that a paper prints
 * stays as printed for as long as it is not corrected. One that none prints follows the disclosure
 * rule, and gives way where the printed ones beside it would tell what it is.
 */
export function protectedOnes(
  stored: ByArea,
  sees: (figure: StoredFigure) => boolean,
  indicator: Indicator,
  viewer: Viewer,
): Map<string, StoredFigure[]> {
  const today = dayOf(viewer.now);
  const isPrinted = (figure: StoredFigure) => isQuoted(figure, indicator, today);
  const about = { indicator, viewer, sees, isPrinted };
  const unprinted = [...stored.values()].flat().filter((each) => !isPrinted(each));
  const isOpen = (figure: StoredFigure) => !unprinted.some((each) => isAtSameTime(figure, each));
  const closed = new Map(
    [...stored].map(([area, figures]) => [area, figures.filter((each) => !isOpen(each))] as const),
  );
  const safe = unprinted.length > 0 ? besidePrinted(closed, about) : undefined;
  return new Map(
    [...stored].map(([area, figures]) => {
      const open = asTheyStand(
        figures.filter((each) => isOpen(each) && sees(each)),
        today,
      );
      const shown = [...open, ...(safe?.get(area) ?? [])];
      return [area, shown.toSorted((a, b) => periodKey(a).localeCompare(periodKey(b)))];
    }),
  );
}

/**
 * Printed figures as they are printed, the others as the rule shows them. Why the printed ones tell
 * nothing of the others: a whole that no paper prints is hidden beside a printed part of it, or the
 * rest would be its difference; a part is hidden beside a printed figure that shares its days but
 * has others too; and where the rule would hide a printed whole, its parts are hidden instead.
 */
function besidePrinted(closed: ByArea, about: About): Map<string, StoredFigure[]> {
  const { indicator, viewer, sees, isPrinted } = about;
  const ruled = hiddenOnes(closed, about);
  const kinds = kindsIn(closed, indicator, viewer);
  const standing = new Map(
    [...closed].map(
      ([area, figures]) => [area, asTheyStand(figures.filter(sees), dayOf(viewer.now))] as const,
    ),
  );
  const printed = [...standing].flatMap(([area, figures]) =>
    figures.filter(isPrinted).map((figure) => ({ area, figure, kind: kinds.get(area) })),
  );
  const given = printed.filter(({ area, figure, kind }) => {
    const rule = ruled.get(area)?.find((each) => periodKey(each) === periodKey(figure));
    return kind === "whole" && rule !== undefined && isHidden(rule);
  });
  const tells = (area: string, figure: StoredFigure) => {
    const beside = printed.filter((each) => isAtSameTime(each.figure, figure));
    if (kinds.get(area) === "whole") return beside.some(({ kind }) => kind === "parts");
    const alike = beside.filter((each) =>
      kinds.get(area) === "parts" ? each.kind === "parts" : each.area === area,
    );
    const isOther = (each: StoredFigure) => periodKey(each) !== periodKey(figure);
    const isGiven = given.some((each) => isAtSameTime(each.figure, figure));
    return isGiven || alike.some((each) => isOther(each.figure));
  };
  return new Map(
    [...standing].map(([area, figures]) => [
      area,
      figures.flatMap((figure) => {
        if (isPrinted(figure)) return [withPrintedBefore(figure, figure, isPrinted)];
        const rule = ruled.get(area)?.find((each) => periodKey(each) === periodKey(figure));
        if (!rule) return [];
        const isNumber = rule.value !== undefined;
        const shown = isNumber && tells(area, figure) ? asHidden(rule) : rule;
        return [withPrintedBefore(shown, figure, isPrinted)];
      }),
    ]),
  );
}

/** What stood there before is said where a paper prints it: everybody can read it there. */
function withPrintedBefore(
  shown: StoredFigure,
  { revised }: StoredFigure,
  isPrinted: (figure: StoredFigure) => boolean,
): StoredFigure {
  const before = revised?.before;
  return before && isPrinted(before) ? { ...shown, revised } : withoutBefore(shown);
}

/** Counts as the disclosure rule shows them, rates below the county not at all. */
function hiddenOnes(
  stored: ByArea,
  { indicator, viewer, sees }: About,
): Map<string, StoredFigure[]> {
  const kinds = kindsIn(stored, indicator, viewer);
  const ofKind = (kind: Kind) => new Map([...stored].filter(([area]) => kind === kinds.get(area)));
  const all = { parts: ofKind("parts"), apart: ofKind("apart"), whole: ofKind("whole") };
  const asSeen = (figures: readonly StoredFigure[]) =>
    asTheyStand(figures.filter(sees), dayOf(viewer.now)).map(withoutBefore);
  const seenOf = (areas: ByArea) =>
    new Map([...areas].map(([area, figures]) => [area, asSeen(figures)] as const));
  const seen = { parts: seenOf(all.parts), apart: seenOf(all.apart), whole: seenOf(all.whole) };
  if (indicator.unit.startsWith("count"))
    return hideSmall(seen, { ...DISCLOSURE, isZeroHidden: !indicator.isZeroShown }, all);
  const below = [...seen.parts, ...seen.apart].map(
    ([area, figures]) => [area, hideRates(figures)] as const,
  );
  return new Map([...seen.whole, ...below]);
}

/** What each area is to the others. A district that the indicator does not come for is none. */
function kindsIn(stored: ByArea, indicator: Indicator, { committee }: Viewer): Map<string, Kind> {
  const first = wholeOf(indicator, committee);
  const listed = indicator.areas.filter((area) => isDistrict(area, committee));
  return new Map(
    [...stored].flatMap(([area, figures]): [string, Kind][] => {
      if (!isDistrict(area, committee)) return [[area, area === first ? "whole" : "apart"]];
      // A district that the indicator does not come for is not waited for.
      return listed.length === 0 || listed.includes(area) || figures.length > 0
        ? [[area, "parts"]]
        : [];
    }),
  );
}
