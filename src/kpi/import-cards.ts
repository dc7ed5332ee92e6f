import { fill, type Card } from "../card-template.ts";
import { toCsv } from "../csv.ts";
import { DEFINITION_COLUMNS } from "./defining.ts";
import type { Import } from "./import-store.ts";
import { ALL_FIGURE_COLUMNS } from "./reading.ts";

/** Refused rows and changes on a card; the others are counted. */
const MOST_LINES = 20;
/** Changes on a card. What each becomes is long. */
const MOST_CHANGES = 10;
const COUNT = new Intl.NumberFormat("en-GB");
const EXAMPLE = {
  priority: "Hate crime",
  indicator: "Third party hate crime reporting centre reports",
  district: "Cambridgeshire",
  period_start: "2019-08-01",
  period_end: "2019-08-31",
  value: "21",
  unit: "count",
  source_paragraph: "Report of 21 November 2019 para 2.4.2",
  qualifier: "exact",
  data_status: "provisional",
  published: "2019-11-13",
  commentary: "A new reporting centre opened in August 2019",
};
const MEANINGS = [
  [
    "indicator",
    "Its name as kpi shows it, or a synonym. The priority too where two have the same name",
  ],
  ["district", "A district, or another area of the indicator. Empty where there is only one"],
  ["period_start, period_end", "First and last day: 2019-04-01 or 01/04/2019. Both may be empty"],
  ["value", "1954443, 1,954,443, 62.5, 81%, £266k or over 500. Never 0 for no data"],
  ["unit", "The unit of the indicator: count, percent, GBP, category"],
  ["qualifier", "exact, over, around, approximately, average"],
  ["data_status", "as reported, provisional, unverified, or not available with the reason as note"],
  ["published", "yes, or the day of publication. Without it members do not see the figure"],
  ["commentary", "What explains this figure, for its period only"],
] as const;

/** The form for a pasted list. */
export function importCard(csv: string, problem = ""): Card {
  return fill("kpi/import", { csv, problem, hasProblem: problem !== "" });
}

/** The columns of both lists, and what they mean. */
export function templateCard(): Card {
  const { required, optional } = DEFINITION_COLUMNS;
  return fill("kpi/template", {
    csv: toCsv(ALL_FIGURE_COLUMNS, [EXAMPLE]),
    columns: MEANINGS.map(([column, meaning]) => ({ column, meaning })),
    definitions: toCsv([...required, ...optional], []),
  });
}

/** How far checking or storing has come. */
export function progressCard(state: Import, isHere: boolean): Card {
  const isChecking = state.state === "checking";
  const parts = Math.max(state.chunks, 1);
  return fill("kpi/progress", {
    id: state.id,
    title: isChecking ? "Checking the list" : "Storing the list",
    done: isChecking
      ? `Rows checked so far: ${COUNT.format(state.rows)}. Nothing is stored yet.`
      : `Stored: ${Math.floor((state.stored / parts) * 100)}% of ${COUNT.format(stored(state))} rows.`,
    advice:
      isChecking && !isHere
        ? "If this number stays the same, the check was broken off: send the list again."
        : "It goes on by itself. Press Show progress to see how far it is.",
  });
}

/** What a list would do, or has done. A pasted list (`csv`) can be changed from here. */
export function previewCard(state: Import, csv = ""): Card {
  const { id, kind, rows, added, revised, same, refused, refusals, revisions } = state;
  const isReady = state.state === "ready";
  const changes = added + revised;
  const facts = [
    ["New", added],
    ["Changed", revised],
    ["Same as stored", same],
    ["Refused", refused],
  ] as const;
  return fill("kpi/preview", {
    ...{ id, title: titleOf(state), refused: COUNT.format(refused) },
    summary: `Rows: ${COUNT.format(rows)}. ${isReady ? whatHappens(changes, refused) : outcomeOf(state)}`,
    facts: facts.map(([title, count]) => ({ title, value: COUNT.format(count) })),
    hasRefusals: refused > 0,
    refusals: refusals.slice(0, MOST_LINES),
    moreRefused: COUNT.format(refused - Math.min(refused, MOST_LINES, refusals.length)),
    hasMoreRefused: refused > Math.min(MOST_LINES, refusals.length),
    hasNews: state.news.length > 0,
    newest: added > state.news.length ? "New figures, the first of them" : "New figures",
    news: state.news.map((line) => ({ line })),
    hasWarnings: state.warnings.length > 0,
    warnings: state.warnings.slice(0, MOST_LINES).map((line) => ({ line })),
    changing:
      kind === "figures"
        ? "Figures that change. The earlier ones are kept."
        : "Indicators that change, with what they were and become.",
    hasRevisions: revisions.length > 0,
    revisions: revisions.slice(0, MOST_CHANGES).map((change) => ({ change })),
    moreRevisions: COUNT.format(revised - Math.min(MOST_CHANGES, revisions.length)),
    hasMoreRevisions: revised > Math.min(MOST_CHANGES, revisions.length),
    publication:
      kind === "figures"
        ? "Figures without a day of publication are seen by officers, the chair and administrators only."
        : "Everybody is asked by the new definitions within a minute.",
    canStore: isReady && changes > 0,
    canDiscard: isReady,
    csv,
    hasCsv: isReady && csv !== "",
  });
}

function titleOf({ state, kind }: Import): string {
  const what = kind === "figures" ? "numbers" : "indicators";
  if (state === "done") return `The ${what} are stored`;
  return state === "discarded" ? `The ${what} are discarded` : `Preview: ${what}`;
}

function whatHappens(changes: number, refused: number): string {
  if (changes === 0) return "There is nothing to store.";
  const rest = refused > 0 ? " Refused rows are left out: mend them and import them later." : "";
  return `Nothing is stored yet. Press Store to store ${COUNT.format(changes)}.${rest}`;
}

function outcomeOf({ state, by, problem }: Import): string {
  if (problem) return problem;
  return state === "done" ? `Stored by ${by}.` : "Nothing was stored.";
}

function stored({ added, revised, same }: Import): number {
  return added + revised + same;
}
