/** Words that say nothing about what is looked for. */
const LITTLE = new Set(
  "hi hello hey morning afternoon evening dear everyone everybody team folks colleague thanks thank thankyou cheers regards kind best just really very quite bit lot got call called phoned rang told said says saying asked asking today yesterday recently currently since because whose until a about all also am an and any anybody anyone are as at be been being but by can cannot could did do does else find for from get give go going good got had has have having he help helps her here him his how i if in into is it its know like live lives living look looking make me my near need needs nearest of on or our own out please she show so some somebody someone something somewhere than that the their them then there these they thing things this to too under up us want wants was way we were what when where which who whom whose why will wish with without would you your group groups local service services support place places old new people person man woman lady around".split(
    " ",
  ),
);
const ACCENTS = /[\u0300-\u036f]/g;
const NOT_PLAIN = /[^\0-\x7f]/;
const PLAIN_WORD = /[a-z0-9]+/g;
const WITH_APOSTROPHES = /[\p{L}\p{M}\p{N}'’]+/gu;
const AROUND = /^['’]+|['’]+$/g;
const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a text: small letters, no accents, "men's" as "mens", without their plural ending. */
export function wordsOf(text: string): string[] {
  return writtenWords(text).map(stemOf);
}

/** The same with their plural endings: for an index, which remembers each word's stem itself. */
export function writtenWords(text: string): string[] {
  const lower = text.toLowerCase();
  const isPlain = !NOT_PLAIN.test(lower);
  const plain = isPlain
    ? lower
    : lower.replaceAll("’", "'").normalize("NFKD").replaceAll(ACCENTS, "");
  const joined = plain.includes("'") ? plain.replaceAll("'", "") : plain;
  return joined.match(isPlain ? PLAIN_WORD : WORD) ?? [];
}

/** The same words as they were typed, in small letters: "men's". */
export function shownWords(text: string): string[] {
  const written = writtenWords(text);
  const shown = (text.toLowerCase().match(WITH_APOSTROPHES) ?? [])
    .map((word) => word.replaceAll(AROUND, ""))
    .filter(Boolean);
  return shown.length === written.length ? shown : written;
}

/** Whether two different words differ by one letter, or by two that changed places. */
export function isOneSlipAway(typed: string, meant: string): boolean {
  if (Math.abs(typed.length - meant.length) > 1 || typed === meant) return false;
  let from = 0;
  while (from < typed.length && typed[from] === meant[from]) from += 1;
  const [ofTyped, ofMeant] = [typed.slice(from), meant.slice(from)];
  if (ofTyped.slice(1) === ofMeant || ofTyped === ofMeant.slice(1)) return true;
  if (ofTyped.slice(1) === ofMeant.slice(1)) return true;
  const swapped = `${ofTyped[1] ?? ""}${ofTyped[0] ?? ""}${ofTyped.slice(2)}`;
  return swapped === ofMeant;
}

/** Whether a word says nothing of what is looked for. */
export function isLittle(word: string): boolean {
  return LITTLE.has(word);
}

/**
 * Only plurals and possessives: cutting more makes typing errors harder to see, and "exercise" and
 * "exercising" are near enough for what corrects them.
 */
export function stemOf(word: string): string {
  if (word.length < 4 || !word.endsWith("s") || LITTLE.has(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:sses|shes|ches|xes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}
