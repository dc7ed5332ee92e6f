import { fill, type Card } from "../card-template.ts";
import { toCsv } from "../csv.ts";
import { troubled } from "./cards.ts";
import type { ImportKind } from "./import-kinds.ts";
import type { ImportPlan } from "./import-plan.ts";

/** A card shows so many lines of each sort; the others are counted. */
const MOST_LINES = 30;

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
export function importCard({ name, command, columns }: ListWords, csv: string, problem = ""): Card {
  return fill("committee/import", {
    ...troubled(problem),
    ...{ kind: name, csv, command, columns: columns.join(",") },
    heading: HEADINGS[name],
    advice: `${ADVICE[name]} More columns are allowed: type ${name === "meetings" ? "agenda plan" : "actions"} template to see them. Nothing changes before you have seen a preview.`,
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

/** What an import did, and whether there is more to do. */
export function importDoneCard({
  list,
  kind,
  written,
  isFinished,
}: {
  readonly list: string;
  readonly kind: ImportKind["name"];
  readonly written: number;
  readonly isFinished: boolean;
}): Card {
  return fill("committee/import-done", {
    list,
    heading: isFinished ? "Imported" : "Not finished yet",
    what: isFinished
      ? written === 0
        ? "Everything on the list was there already. Nothing changed."
        : `Written: ${written.toLocaleString("en-GB")}. The history keeps who and when.`
      : `Written so far: ${written.toLocaleString("en-GB")}. Press Import to go on. What is there already is not written again.`,
    isUnfinished: !isFinished,
    isPlan: isFinished && kind === "meetings",
    isLog: isFinished && kind === "actions",
  });
}

/** The columns of a list, with an example, to copy. */
export function templateCard({ name, columns, optional, example }: ListWords): Card {
  return fill("committee/template", {
    kind: name,
    heading: name === "meetings" ? "Agenda plan template" : "Actions template",
    advice: `${ADVICE[name]} These columns can be left out: ${optional.join(", ")}.`,
    csv: toCsv([...columns, ...optional], [example]),
  });
}

function shown(name: string, more: string, hasMore: string, lines: readonly string[]) {
  return {
    [name]: lines.slice(0, MOST_LINES).map((line) => ({ line })),
    [more]: Math.max(0, lines.length - MOST_LINES),
    [hasMore]: lines.length > MOST_LINES,
  };
}
