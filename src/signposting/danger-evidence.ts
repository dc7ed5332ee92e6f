import { AGAINST, FAMILIES, PRESENT } from "./danger-families.ts";
import { TOPICS } from "./danger-topics.ts";

const CLUES = { ...FAMILIES, ...PRESENT, ...AGAINST, ...TOPICS };
type Clue = keyof typeof CLUES;

/** What was counted in a stretch of words. */
export type Evidence = Readonly<Record<string, number>>;

const CLUE_OF = cluesOf();
/** A phrase has at most so many words. */
const LONGEST_PHRASE = 4;

/** What one does to another. */
const DEEDS: ReadonlySet<string> = new Set(["violence", "force", "pursuit"]);
const HARM =
  "violence force weapon body self hazard grave pursuit fear left distress foreign".split(" ");
const WHO = "somebody witness fragile kin onSomebody bySomebody".split(" ");
const IS_NOW = "doing now done near will".split(" ");
const PEOPLE =
  "me us man men woman women lady girl boy child kid kids baby toddler lad lads mum dad son daughter brother sister wife husband partner someone somebody everyone people staff customer neighbour resident tenant client";
const VICTIMS = new Set(`her him them ${PEOPLE}`.split(" "));
const DOERS = new Set(`he she they who bloke guy gang ${PEOPLE}`.split(" "));
const SOMEBODY = new Set("he she him her his me my i them they us we hes shes im".split(" "));
const IS = new Set("is s are re m am keep keeps kept start starts started".split(" "));
const HAS = new Set("has have ve had just got".split(" "));
const WILL = new Set(
  "will ll gonna gunna going about threatening threatens threatened wants".split(" "),
);
const NOT_DOING = new Set(
  "thing nothing something anything everything morning evening building ceiling wedding meeting during king ring string spring".split(
    " ",
  ),
);

/** "hitting", "hits" and "hit" are one. It is rough, and the same for the lists and for what is said. */
export function stemOf(word: string): string {
  const cut = word
    .replace(/(?<=..)(?:ies|ied|ying)$/, "y")
    .replace(/(?<=[^s]{2}|s.)s$/, "")
    .replace(/(?<=...)ing$|(?<=..[^e])ed$/, "");
  return cut.replace(/([bdfgklmnprt])\1$/, "$1").replace(/(?<=..)e$/, "");
}

function cluesOf(): ReadonlyMap<string, readonly Clue[]> {
  const found = new Map<string, Clue[]>();
  for (const [clue, words] of Object.entries(CLUES))
    for (const word of words.trim().split(/\s+/)) {
      const stem = word.replaceAll("'", "").split("_").filter(Boolean).map(stemOf).join(" ");
      // The keys of CLUES are its clues.
      const own = clue as Clue;
      const known = found.get(stem) ?? [];
      if (!known.includes(own)) found.set(stem, [...known, own]);
    }
  return found;
}

/** Counts the clues in a stretch of plain words. It looks each word up once, so no text takes long. */
export function evidenceIn(words: readonly string[]): Evidence {
  const stems = words.map(stemOf);
  const seen = new Map<string, Set<string>>();
  const note = (clue: string, what: string) =>
    seen.set(clue, (seen.get(clue) ?? new Set()).add(what));
  stems.forEach((_, at) => {
    let phrase = "";
    for (let length = 0; length < LONGEST_PHRASE && at + length < stems.length; length += 1) {
      phrase += (length === 0 ? "" : " ") + (stems[at + length] ?? "");
      for (const clue of CLUE_OF.get(phrase) ?? []) note(clue, phrase);
    }
    const word = words[at] ?? "";
    const [next = "", after = ""] = [words[at + 1], words[at + 2]];
    if (SOMEBODY.has(word)) note("somebody", word);
    if (IS.has(word) && [next, after].some(isDoing)) note("doing", "");
    if (HAS.has(word)) note("done", "");
    if (WILL.has(word)) note("will", "");
    const clues = CLUE_OF.get(stems[at] ?? "") ?? [];
    if (clues.some((clue) => DEEDS.has(clue))) {
      if (words.slice(at + 1, at + 4).some((each) => VICTIMS.has(each))) note("onSomebody", "");
      if (words.slice(Math.max(0, at - 3), at).some((each) => DOERS.has(each)))
        note("bySomebody", "");
    }
    if (/^(?:19|20)\d\d$/.test(word)) note("dated", "");
  });
  const counted: Record<string, number> = {};
  for (const [clue, what] of seen) counted[clue] = Math.min(what.size, 3);
  for (const clue of CLUE_OF.get(stems[0] ?? "") ?? [])
    if (clue === "asked") counted["opensAsked"] = 1;
  for (const clue of CLUE_OF.get(stems.slice(0, 2).join(" ")) ?? [])
    if (clue === "asked") counted["opensAsked"] = 1;
  const harmed = new Set(HARM.flatMap((clue) => [...(seen.get(clue) ?? [])]));
  if (harmed.size === 1) counted["oneHarm"] = 1;
  const isAny = (clues: readonly string[]) => clues.some((clue) => (counted[clue] ?? 0) > 0);
  const [harm, person, present] = [isAny(HARM), isAny(WHO), isAny(IS_NOW)];
  if (!harm) counted["noHarm"] = 1;
  if (harm && person) counted["harmToSomebody"] = 1;
  if (harm && present) counted["harmNow"] = 1;
  if (harm && !person && !present) counted["onlyHarm"] = 1;
  if (harm) counted["harms"] = HARM.filter((clue) => (counted[clue] ?? 0) > 0).length;
  return counted;
}

function isDoing(word: string): boolean {
  return word.length > 4 && word.endsWith("ing") && !NOT_DOING.has(word);
}
