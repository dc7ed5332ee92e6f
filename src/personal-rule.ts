/** One way in which a text can tell who somebody is. */
export interface Rule {
  readonly kind: string;
  readonly pattern: RegExp;
  /** Takes another look at what the pattern found. */
  readonly holds?: (found: string, text: string) => boolean;
}

/** Before these "St" is a saint, elsewhere behind a name a street. */
const SAINTS =
  "(?:ives|neots|john|mary|peter|paul|andrew|george|james|luke|mark|matthew|thomas|michael|anne|edmund|audrey|etheldreda|bene|giles|clement|botolph)";
const ROAD = `(?:road|rd|street|st(?!\\.? ${SAINTS})|avenue|ave|lane|ln|close|drive|crescent|terrace|gardens|grove|mews|court|place|row|walk|square|way|hill|rise|view|parade|green)`;
export const ROAD_IN_ANY_LETTERS = inAnyLetters(ROAD);
export const ROAD_IN_SMALL_LETTERS = `(?:road|rd|street|st(?!\\.? ${SAINTS})|avenue|ave|lane|ln|crescent|terrace|drive|close)`;
/** Of a length that a name has, so that no text takes long. */
export const CAPITAL = "\\p{Lu}[\\p{L}'’-]{1,30}";
export const RELATIVE =
  "(?:mum|mam|mother|dad|father|parents?|brother|sister|son|daughter|wife|husband|partner|nan|gran|boyfriend|girlfriend|uncle|aunt|carer)";

/** The same words in small letters and capitals. A pattern's own modifiers are too new to rely on. */
export function inAnyLetters(words: string): string {
  return words.replaceAll(/(?<!\\)[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);
}

/** Small letters without accents. Letters of other scripts that look like ours are ours. */
export function lettersOf(word: string): string {
  const bare = word.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "");
  return bare.replaceAll(
    /[аеорсухіјѕοα]/g,
    (letter) => "aeopcyxijsoa"["аеорсухіјѕοα".indexOf(letter)] ?? letter,
  );
}
