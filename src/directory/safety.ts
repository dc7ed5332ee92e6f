import { z } from "zod/v4";
import safetyFile from "../../data/safety-words.json" with { type: "json" };
import { harmTold } from "./harm-told.ts";
import { longWordsOf, named, SHORTEST_TYPED, type Names, type Said } from "./naming.ts";
import { isLittle, isOneSlipAway, wordsOf, writtenWords } from "./words.ts";

/** Words about abuse, danger or self-harm, and what is shown before anything else. */
export interface SafetyRule {
  readonly id: string;
  /** Ids of services, the first to be shown first. */
  readonly first: readonly string[];
  readonly say: string;
}

/** A rule, and whether the words tell of harm or only name what reports and numbers are about too. */
interface Called {
  readonly rule: SafetyRule;
  readonly isTold: boolean;
}

const SafetyFile = z.object({
  rules: z.array(
    z.object({
      id: z.string(),
      words: z.array(z.string()),
      topics: z.array(z.string()),
      first: z.array(z.string()),
      say: z.string(),
    }),
  ),
  notTypingErrors: z.array(z.string()),
  spellings: z.record(z.string(), z.string()),
});
const { rules: RULES, spellings, notTypingErrors: meantSo } = SafetyFile.parse(safetyFile);

/** Words one letter from a word of danger that mean something else. */
export const notTypingErrors: readonly string[] = meantSo;

const SAFETY: Names<Called> = named(
  RULES.flatMap(({ words, topics, ...rule }) => [
    ...callsOf(words, { rule, isTold: true }),
    ...callsOf(topics, { rule, isTold: false }),
  ]),
);
const ORDER = RULES.map(({ id }) => id);
const ENTRIES = new Set(RULES.flatMap(({ first }) => first));
const MEANT_SO = new Set(meantSo.flatMap(wordsOf));
const LONG_WORDS = longWordsOf(SAFETY);
/** Two words that were typed as one: "domesticabuse". */
const RUN_TOGETHER = new Map(
  [...SAFETY.values()].flat().flatMap((name) => {
    const { length } = name.words;
    const joined = name.words.join("");
    return length > 1 && length < 4 && joined.length >= 8 ? [[joined, name.what] as const] : [];
  }),
);
const SHORTEST_HELD = 4;
const AFTER_ALARM = "after-alarm";
/** Words that are near to harm, whoever does it and whatever it is. */
const NEAR_HARM =
  /\b(?:hits?|hitting|beat\w*|smack\w*|slap\w*|kick\w*|punch\w*|push\w*|strangl\w*|chok\w*|grab\w*|attack\w*|assault\w*|rough|violen\w*|hurt\w*|cut|cuts|cutting|stab\w*|knife|knives|gun|weapon|threat\w*|scared|afraid|frightened|terrified|pills?|tablets|overdos\w*|die|dies|dying|dead|kill\w*|goodbye|blood|bleed\w*|bruis\w*|burn\w*|drunk|drinks|drugs?|gang|lock\w*|trapped|passport|pay|fed|starv\w*|hungry|thin|left alone|alone|missing|ran away|rap(?:e|ed|ing)|touch\w*|abus\w*|stalk\w*|follow\w*|harass\w*|shout\w*|scream\w*|marry|marriage|forced|stones|hate|racist|answering|let me|let her|let him|leave the house)\b/;
const SPELLINGS = Object.entries(spellings).map(
  ([typed, meant]) => [` ${typed} `, ` ${meant} `] as const,
);
/** "s u i c i d e": letters that stand alone, four or more of them. */
const SPACED =
  /(?<![\p{L}\p{N}])\p{L}(?:[\s.*_-]{1,3}\p{L}(?![\p{L}\p{N}])){3,40}(?![\p{L}\p{N}])/gu;
/** Signs and digits that stand for a letter inside a word. */
const INSTEAD: Readonly<Record<string, string>> = {
  ...{ "@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", $: "s", "5": "s", "7": "t" },
};
const INSTEAD_OF_A_LETTER = /(?<=\p{L})[@$!013457](?=\p{L})/gu;
/** What stands beside the harm where somebody wants help with it. */
const HELP = new Set(
  wordsOf("help support advice helpline refuge charity counselling victim survivor service group"),
);

/** The entries that the safety rules put first. */
export function safetyEntries(): readonly string[] {
  return [...ENTRIES];
}

/** Whether an entry is one that a safety rule puts first: no feed and no suggestion changes what it is. */
export function isSafetyEntry(id: string): boolean {
  return ENTRIES.has(id);
}

/** The safety rule that a text calls for, if any: the first that its file lists. */
export function safetyRuleFor(text: string): SafetyRule | undefined {
  return firstOf(readingsOf(text).flatMap(calledBy), toldIn(text));
}

/**
 * The rule after 999 was shown and somebody said that nobody is in danger now: what sounded like
 * danger may be abuse all the same.
 *
 * @param isFound Whether the words find anything.
 */
export function safetyAfterAlarm(text: string, isFound: boolean): SafetyRule | undefined {
  const isOfHarm = NEAR_HARM.test(writtenWords(text).join(" "));
  return isOfHarm || !isFound ? RULES.find(({ id }) => id === AFTER_ALARM) : undefined;
}

/** The rule that something other than words has called for. */
export function safetyWithId(wanted: string | undefined): SafetyRule | undefined {
  return wanted ? RULES.find(({ id }) => id === wanted) : undefined;
}

/** Whether a rule is about hate: then it matters which services take reports of it. */
export function isAboutHate(rule: SafetyRule | undefined): boolean {
  return rule?.id === "hate" || rule?.id === "hate-crime";
}

/**
 * The rule about abuse, danger or self-harm that tells of harm in a text: "child", "adult", "hate"
 * and so on. What only names a topic ("hate crime") does not call for it.
 */
export function safetyNamed(text: string): string | undefined {
  const called = readingsOf(text).flatMap(calledBy);
  return firstOf(
    called.filter(({ what }) => what.isTold),
    toldIn(text),
  )?.id;
}

/**
 * Whether a text says nothing but what the harm is, and perhaps that help is wanted: "stalking",
 * "hate crime help".
 *
 * @param isPlace Whether a word is part of a place that the text names.
 */
export function isOnlyHarm(text: string, isPlace: (word: string) => boolean): boolean {
  return readingsOf(text).some((words) => {
    const called = calledBy(words);
    const rest = words.filter(
      (_, at) => !called.some(({ from, length }) => from <= at && at < from + length),
    );
    if (called.length === 0 || rest.length === 0) return called.length > 0;
    const beside = rest.filter((word) => !HELP.has(word) && !isLittle(word));
    return rest.some((word) => HELP.has(word)) && beside.every(isPlace);
  });
}

function firstOf(
  called: readonly Said<Called>[],
  told: readonly SafetyRule[],
): SafetyRule | undefined {
  const rules = [...called.map(({ what }) => what.rule), ...told];
  return rules.toSorted((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id))[0];
}

/** The rules that turns of phrase call for, with the letters that were hidden. */
function toldIn(text: string): SafetyRule[] {
  const [shown, open] = shownAndOpen(text);
  const told = new Set([...harmTold(shown), ...(open === shown ? [] : harmTold(open))]);
  return RULES.filter(({ id }) => told.has(id));
}

/** A text as it was typed, and as it was probably meant where letters were hidden or left out. */
function readingsOf(text: string): string[][] {
  const [shown, open] = shownAndOpen(text);
  const typed = wordsOf(shown);
  const meant = SPELLINGS.reduce(
    (said, [wrong, right]) => said.replaceAll(wrong, right),
    ` ${wordsOf(open).join(" ")} `,
  ).trim();
  return meant === typed.join(" ") ? [typed] : [typed, meant.split(" ").filter(Boolean)];
}

/** A text without signs that nobody sees, and with the letters that stand apart or behind signs. */
function shownAndOpen(text: string): [string, string] {
  const shown = text.normalize("NFKC").replaceAll(/\p{Cf}/gu, "");
  const open = shown
    .replaceAll(SPACED, (letters) => letters.replaceAll(/[^\p{L}]/gu, ""))
    .replaceAll(INSTEAD_OF_A_LETTER, (sign) => INSTEAD[sign] ?? sign);
  return [shown, open];
}

/**
 * The rules that words call for, small typing errors included. "abuse" inside "racist abuse" calls
 * for none of its own.
 */
function calledBy(words: readonly string[]): Said<Called>[] {
  const called = allCalledBy(words);
  return called.filter(
    ({ from, length }) =>
      !called.some(
        (other) =>
          other.length > length && other.from <= from && from + length <= other.from + other.length,
      ),
  );
}

function allCalledBy(words: readonly string[]): Said<Called>[] {
  return words.flatMap((word, from) => {
    const joined = RUN_TOGETHER.get(word);
    const names = [word, ...meantBy(word)].flatMap((first) => SAFETY.get(first) ?? []);
    const called = names
      .filter((name) =>
        name.words.every((meant, offset) => isMeant(words[from + offset] ?? "", meant)),
      )
      .map((name) => ({ what: name.what, from, length: name.words.length }));
    return joined ? [...called, { what: joined, from, length: 1 }] : called;
  });
}

/** Words of danger that a word may have been meant for. Nobody slips at the first letter. */
function meantBy(word: string): string[] {
  const held = word.slice(0, -1);
  const near = (LONG_WORDS.get(word.slice(0, 1)) ?? []).filter((meant) => isMeant(word, meant));
  return SAFETY.has(held) && isMeant(word, held) ? [held, ...near] : near;
}

function isMeant(typed: string, meant: string): boolean {
  if (typed === meant) return true;
  if (typed.charAt(0) !== meant.charAt(0) || typed.length < SHORTEST_TYPED) return false;
  if (isLittle(typed) || MEANT_SO.has(typed)) return false;
  if (meant.length > SHORTEST_TYPED) return isOneSlipAway(typed, meant);
  return meant.length >= SHORTEST_HELD && typed === meant + meant.slice(-1);
}

/** "scared of my/her husband" is two wordings. */
function callsOf(wordings: readonly string[], what: Called) {
  return wordings.flatMap((wording) =>
    wording
      .split(" ")
      .reduce<string[]>(
        (begun, word) =>
          begun.flatMap((start) => word.split("/").map((each) => `${start} ${each}`.trim())),
        [""],
      )
      .map((name) => ({ name, what })),
  );
}
