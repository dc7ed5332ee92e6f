import { longDate, type Day } from "../calendar.ts";
import { figureInWords, numberInWords } from "./printing.ts";
import type { Figure, Indicator, StoredFigure } from "./schema.ts";
import { isQuoted } from "./rules.ts";
import { isSame } from "./store.ts";

/** Longer texts are cut: a card has room for many changes. */
const LONGEST = 80;
/** What a correction without a paper does to what everybody could read until then. */
const SHIELDED =
  ". Others see it to the nearest 5, or hidden, because no paper prints it. Give the paper as source_paragraph to have it quoted";

/** "53 becomes 60; source none becomes …. Not published yet": empty where nothing changes. */
export function figureChange(
  before: StoredFigure,
  after: Figure,
  indicator: Indicator,
  today: Day,
): string {
  if (isSame(before, after)) return "";
  const [was, is] = [before, after].map((each) => figureInWords(each, indicator));
  const inPrint = before.isCorrected && !after.isCorrected ? ", as its source prints it" : "";
  const changes = [
    was === is ? `${is} stays${inPrint}` : `${was} becomes ${is}`,
    ...particularsOf(indicator)
      .filter(([, said]) => said(before) !== said(after))
      .map(([what, said]) => `${what} ${short(said(before))} becomes ${short(said(after))}`),
  ];
  const isShielded = isQuoted(before, indicator, today) && !isQuoted(after, indicator, today);
  return `${changes.join("; ")}${publicityInWords(before.published, after.published)}${isShielded ? SHIELDED : ""}`;
}

/** What stands beside a value, and how it is said. */
function particularsOf({ unit }: Indicator) {
  return [
    ["status", ({ status }) => status],
    ["baseline", ({ baseline }) => (baseline === undefined ? "" : numberInWords(baseline, unit))],
    ["baseline's note", ({ baselineNote = "" }) => baselineNote],
    ["note", ({ note = "" }) => note],
    ["commentary", ({ commentary = "" }) => commentary],
    ["source", ({ source }) => source],
  ] as const satisfies readonly (readonly [what: string, said: (figure: Figure) => string])[];
}

function short(words: string): string {
  const said = words || "none";
  return said.length > LONGEST ? `${said.slice(0, LONGEST - 1)}…` : said;
}

function publicityInWords(was: string | undefined, is: string | undefined): string {
  if (was === is) return "";
  if (!is) return ". Not published yet: members keep seeing the figure before it";
  return is === "yes"
    ? ". Everybody sees it from now on"
    : `. Everybody sees it from ${longDate(is)}`;
}
