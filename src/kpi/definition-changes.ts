import type { Indicator } from "./schema.ts";
import { targetsInWords } from "./targets.ts";

/** Longer texts are cut: a card has room for many changes. */
const LONGEST = 160;

type Said = (indicator: Indicator) => string;

/** What changes how figures are read and judged is said with what it was and what it becomes. */
const TELLING: readonly (readonly [what: string, said: Said])[] = [
  ["name", ({ name }) => name],
  ["priority", ({ priority }) => priority],
  ["unit", ({ unit }) => unit],
  ["disclosure", disclosureOf],
  ["polarity", ({ polarity }) => polarity],
  ["target", targetsInWords],
  ["areas", ({ areas }) => areas.join("; ")],
  ["adding up", ({ addsUp }) => (addsUp ? "yes" : "no")],
  ["new limits", rebasesOf],
];
/** Of the others it is enough that they change. */
const OTHERS: readonly (readonly [what: string, said: Said])[] = [
  ["synonyms", ({ synonyms, prioritySynonyms }) => [...synonyms, "", ...prioritySynonyms].join()],
  ["unit's words", ({ unitWords }) => unitWords],
  ["target's period", ({ targetPeriod }) => targetPeriod],
  ["cadence", ({ cadence }) => cadence],
  ["owner", ({ owner }) => owner],
  ["source", ({ source }) => source],
  ["start of its year", ({ yearStarts }) => String(yearStarts)],
  ["words without a period", ({ undated }) => undated],
  ["reason for no data", ({ noData }) => noData],
  ["commentary", ({ commentary }) => commentary],
  ["explanation", ({ explanation }) => explanation],
];

/** "Number of visits: target none becomes 95. Also changed: owner." Empty where nothing changes. */
export function definitionChange(before: Indicator, after: Indicator): string {
  const differs = ([, said]: readonly [string, Said]) => said(before) !== said(after);
  const changes = TELLING.filter(differs).map(
    ([what, said]) => `${what} ${short(said(before))} becomes ${short(said(after))}`,
  );
  const others = OTHERS.filter(differs).map(([what]) => what);
  if (changes.length + others.length === 0) return "";
  const also = `${changes.length > 0 ? "Also changed" : "changed"}: ${others.join(", ")}`;
  return `${before.name}: ${[...(changes.length > 0 ? [changes.join("; ")] : []), ...(others.length > 0 ? [also] : [])].join(". ")}.`;
}

function short(words: string): string {
  const said = words || "none";
  return said.length > LONGEST ? `${said.slice(0, LONGEST - 1)}…` : said;
}

function rebasesOf({ rebases }: Indicator): string {
  return rebases.map(({ at, reason }) => `${at} because ${reason}`).join("; ");
}

function disclosureOf({ disclosure, isPublished, isZeroShown }: Indicator): string {
  const published = isPublished ? ", already published" : "";
  return `${disclosure}${published}${isZeroShown ? ", 0 shown" : ""}`;
}
