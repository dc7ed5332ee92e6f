import { fill, type Card } from "../card-template.ts";
import { toCsv } from "../csv.ts";
import { troubled } from "./cards.ts";
import type { ImportKind } from "./import-kinds.ts";
import type { ImportPlan } from "./import-plan.ts";
import type { Imported } from "./list-rows.ts";

/** A card shows so many lines of each sort; the others are counted. */
const MOST_LINES = 30;
/** A line of a preview. */
const LONGEST_LINE = 350;

const HEADINGS = { meetings: "Import the agenda plan", actions: "Import the action log" } as const;
const ADVICE = {
  meetings:
    "One line is one agenda item. Dates look like 2019-10-17 or 17/10/2019, markers are yes or no. An item is known by its meeting and number.",
  actions:
    "One line is one action. The status is ACTION COMPLETE or ACTION ONGOING. An action is known by its minute number and letter.",
} as const;

/** What a card says of a kind of list. */
type ListWords = Pick<ImportKind, "name" | "command" | "columns" | "optional" | "example">;

/** The form for a pasted list. */
export function importCard(
  { name, command, columns, optional }: ListWords,
  csv: string,
  problem = "",
): Card {
  return fill("committee/import", {
    ...troubled(problem),
    ...{ kind: name, csv, command, columns: columns.join(",") },
    heading: HEADINGS[name],
    optional: optional.join(","),
    advice: `${ADVICE[name]} Nothing changes before you have seen a preview.`,
  });
}

/** What a list would do, and each line that cannot be read. */
export function previewCard(list: string, plan: ImportPlan): Card {
  const { fresh, changed, same, bad, warnings, left } = plan;
  const isGood = bad.length === 0;
  const hasChanges = fresh.length + changed.length > 0;
  return fill("committee/import-preview", {
    list,
    ...{ countNew: fresh.length, countChanged: changed.length, countSame: same },
    countBad: bad.length,
    hasBad: !isGood,
    ...shown("bad", "moreBad", "hasMoreBad", bad),
    hasWarnings: warnings.length > 0,
    warnings: warnings.slice(0, MOST_LINES).map((warning) => ({ warning })),
    hasNew: fresh.length > 0,
    ...shown("fresh", "moreNew", "hasMoreNew", fresh),
    hasChanged: changed.length > 0,
    ...shown("changed", "moreChanged", "hasMoreChanged", changed),
    left,
    hasLeft: left !== "",
    isSame: isGood && !hasChanges,
    isGood: isGood && hasChanges,
  });
}

/** What an import did, and what it left alone. */
export function importDoneCard(
  kind: ImportKind["name"],
  { written, leftOut, countLeftOut }: Imported,
): Card {
  const isAll = countLeftOut === 0;
  return fill("committee/import-done", {
    heading: isAll || written > 0 ? "Imported" : "Nothing was imported",
    what:
      written > 0
        ? `Written: ${written.toLocaleString("en-GB")}. The history keeps who and when.`
        : isAll
          ? "Everything on the list was there already. Nothing changed."
          : "Nothing changed.",
    hasLeftOut: !isAll,
    countLeftOut,
    leftOut: leftOut.map((line) => ({ line })),
    moreLeftOut: countLeftOut - leftOut.length,
    hasMoreLeftOut: countLeftOut > leftOut.length,
    isPlan: kind === "meetings",
    isLog: kind === "actions",
  });
}

/** An import that takes longer than somebody waits. */
export function importingCard(list: string): Card {
  return fill("committee/importing", { list });
}

/** The columns of a list, with an example, to copy. */
export function templateCard({ name, columns, optional, example }: ListWords): Card {
  return fill("committee/template", {
    kind: name,
    heading: name === "meetings" ? "Agenda plan template" : "Actions template",
    advice: `${ADVICE[name]} These columns can be left out, and what they hold then stays: ${optional.join(", ")}.`,
    csv: toCsv([...columns, ...optional], [example]),
  });
}

function shown(name: string, more: string, hasMore: string, lines: readonly string[]) {
  return {
    [name]: lines.slice(0, MOST_LINES).map((line) => ({ line: cut(line) })),
    [more]: Math.max(0, lines.length - MOST_LINES),
    [hasMore]: lines.length > MOST_LINES,
  };
}

function cut(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE).trimEnd()} …` : line;
}
