import { FIRST_NAMES } from "./first-names.ts";
import { HOMES } from "./homes.ts";
import { NAMES_IN_CONTEXT, withoutNobody } from "./names-in-context.ts";
import { ALSO_WORDS, KNOWN, NO_INITIALS } from "./no-names.ts";
import { GIVEN_NUMBERS } from "./numbers-of-persons.ts";
import { BODY_WORDS, PLACE_FIRST } from "./ordinary-words.ts";
import {
  CAPITAL,
  RELATIVE,
  ROAD_IN_ANY_LETTERS,
  ROAD_IN_SMALL_LETTERS,
  inAnyLetters,
  lettersOf,
  type Rule,
} from "./personal-rule.ts";

/** What in a text can tell who somebody is. */
export interface PersonalData {
  /** Each kind once: "phone", "name". */
  readonly kinds: readonly string[];
  readonly parts: readonly { readonly kind: string; readonly text: string }[];
}

/** Longer texts than any field of the product takes are looked at up to here. */
const LONGEST_TEXT = 10_000;
const MONTH =
  "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|january|february|march|april|june|july|august|september|october|november|december";
const DATE = `(?:\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|(?:\\d{1,2}(?:st|nd|rd|th)?|[a-z]+(?:st|nd|rd|th)) (?:of )?(?:${MONTH})(?:,? \\d{2,4})?)`;
/** Between a number and "road" in small letters these are no name of a road. */
const NO_ROAD_NAME =
  "(?:the|an?|of|on|in|at|down|up|per|to|and|from|for|by|with|about|along|off|near|every|this|that|each|more|new|main|side|miles?|minutes?|metres?|cars?|buses|people|visits?|leaflets?|years?|times?|days?|weeks?|months?|hours?|pounds?|roads?|lanes?|streets?)";
const AGE_IN_WORDS =
  "(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)";
const AGE = new RegExp(
  `^(?:aged?:? (?:\\d{1,3}|${AGE_IN_WORDS})|(?:he|she)(?:['’]s| is| was) \\d{1,2}|\\d{1,3}[ -]?(?:years?|yrs?)[ -]old|\\d{1,3} ?y/?o)$`,
  "i",
);
const SPOKEN_DIGIT =
  "(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple)";
/** Before "at yahoo" these are no mailbox. */
const NO_MAILBOX =
  /^(?:look|looks|looked|looking|works?|worked|working|job|staff|is|was|are|were|been|jobs?|account|accounts|mail|mails|email|emails|him|her|them|me|us|it) at/i;
/** "a b 1 2 3 4 5 6 c", as somebody reads it out. */
const SPELLED_OUT = /(?<![\p{L}\d])(?:[a-z\d][ .-]{1,2}){5,9}[a-z\d](?![\p{L}\d])/giu;
/** What a name stands behind, when one follows. */
const CALLED =
  "(?:named|is called|was called|name is|name was|(?:victim|client|name|caller|person|resident|complainant|suspect|witness):|(?:her|his|their|my|our) (?:son|daughter|husband|wife|partner|ex|friend|neighbour|mother|father|mum|dad|brother|sister|cousin|uncle|aunt|boss|carer|child|landlord|boyfriend|girlfriend|grandson|granddaughter|flatmate|colleague)|(?:the|a) (?:man|woman|boy|girl|victim|client|lady|gentleman|caller|neighbour))";
const SPOKE =
  "(?:spoke to|spoke with|speaking to|speaking with|speak to|speak with|talked to|talked with|talking to|met with|met|saw|seen|told|about|with|for|from|to|asked|contacted|contact|rang|called|visited|helped|by)";

/** The most telling first: what one has found the next do not see. */
const NUMBERS_AND_PLACES: readonly Rule[] = [
  ...GIVEN_NUMBERS,
  {
    kind: "email",
    pattern:
      /(?!\w@\w{1,4}(?![\w.-]))[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){0,4}|\b[\w.+-]{1,64}\s*[([]?\s*\b(?:at)\b\s*[)\]]?\s*[\w-]{1,64}(?:\s*[([]?\s*\bdot\b\s*[)\]]?\s*[\w-]{1,64}){1,4}/giu,
  },
  {
    kind: "email",
    pattern:
      /\b[\w.+-]{1,64}\s?[([{]\s?at\s?[)\]}]\s?[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}|\b[\w.+-]{2,64} at (?:gmail|googlemail|hotmail|outlook|yahoo|icloud|btinternet|protonmail)\b(?! (?:answers|maps|news|search|finance|mail|help|support|offices?|headquarters|accounts?)\b)/giu,
    holds: (found) => !NO_MAILBOX.test(found),
  },
  {
    kind: "handle",
    pattern:
      /(?<![\w.])@[\w.]{3,40}|\b(?:instagram|insta|snapchat|twitter|facebook|tiktok|whatsapp|discord|telegram)\b(?: (?:name|account|handle|user|username))?(?: is|:)?\s+(?=[\w.]*[\d._])[\w.]{3,40}/giu,
  },
  {
    kind: "national insurance number",
    pattern:
      /\b[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[a-d]\b|\b(?:ni|nino|national insurance)\b(?: (?:no|number|is|was))*[.:]?\s*[a-z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\b/giu,
  },
  spelledOut("national insurance number", /^[a-z]{2}\d{6}[a-d]?$/),
  spelledOut("postcode", /^[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}$/),
  spelledOut("vehicle", /^[a-z]{2}\d{2}[a-z]{3}$/),
  {
    kind: "nhs number",
    pattern: /\b\d{3}[\s-]?\d{3}[\s-]?\d{4}\b/gu,
    holds: (found, text) =>
      /\bnhs\b/i.test(text) || (!found.startsWith("0") && isNhsNumber(found.replaceAll(/\D/g, ""))),
  },
  {
    kind: "case number",
    pattern: new RegExp(
      `\\b(?:crime|incident|case|police|custody|crn|passport|uprn|visa|hospital|occurrence|tracking|court|claim|log|cad|ref|reference)(?: (?:ref|reference|number|no|num|report|log))?\\b[.:#]*\\s*(?:is |was )?(?:(?:\\d{1,6} of ${DATE})|(?=[\\w/-]*\\d)[a-z]{0,6}[\\w/-]{3,30})|\\b\\d{2}/\\d{4,6}/\\d{2}\\b`,
      "giu",
    ),
    holds: (found) => /\d{3}|\d[/-]|\d of /.test(found) && !/^\S+ (?:19|20)\d\d$/.test(found),
  },
  {
    // The number of a person in somebody's system: "Mosaic ID 1234567", "swift no 88231".
    kind: "case number",
    pattern:
      /\b(?:\p{L}{1,30} )?(?:id|identifier|urn|unique reference)\b(?: (?:number|no|num))?[.:#]*\s*(?:is |was )?(?=[\w/-]*\d{3})[a-z]{0,6}[\w/-]{4,30}|\b(?:mosaic|liquidlogic|liquid logic|swift|carefirst|care first|framework-?i|systmone|system one|emis|rio|pnc|niche|athena|ecins|capita one)\b(?: (?:id|ref|reference|number|no|num|record))*[.:#]*\s*(?:is |was )?(?=[\w/-]*\d{3})[\w/-]{4,30}/giu,
    holds: (found) => !/\b(?:19|20)\d\d$/.test(found),
  },
  {
    kind: "date of birth",
    pattern: new RegExp(
      `\\b(?:born|d[. ]?o[. ]?b\\b\\.?|date of birth|birth ?date|birthday)\\b[.:]?(?: (?:is|was|on|the|in))*\\s*:?\\s*(?:${DATE}|(?:${MONTH}) (?:19|20)\\d\\d|\\d{1,2} \\d{1,2} \\d{2,4}|(?:19|20)\\d\\d)|\\bage[d]?:? (?:\\d{1,3}\\b(?! ?(?:to|and|or|-|–))|${AGE_IN_WORDS}\\b)|\\b(?:he|she)(?:['’]s| is| was) \\d{1,2}\\b(?=[.,;!]|$)|\\b\\d{1,3}[ -]?(?:years?|yrs?)[ -]old\\b|\\b\\d{1,3} ?y/?o\\b`,
      "giu",
    ),
  },
  {
    kind: "phone",
    pattern: /(?:\+|\b00|\b0|\(0)[\d\s().\-/]{8,28}\d\b|\b(?:44 ?)?7\d{3} ?\d{3} ?\d{3}\b/gu,
    holds: (found) => {
      const digits = found.replace(/\(0\)/, "").replaceAll(/\D/g, "");
      return digits.length >= 9 && digits.length <= 15;
    },
  },
  {
    kind: "phone",
    // Somebody writes the letter for the digit: "O77OO 9OO123".
    pattern:
      /(?<![\p{L}\d])(?=[\doO\s().-]{0,18}\d)[0oO][127oO][\doO][\doO\s().-]{6,14}[\doO](?![\p{L}\d])/gu,
    holds: (found) => {
      const digits = found.replaceAll(/[^\doO]/g, "");
      return digits.length >= 10 && digits.length <= 12 && digits.replaceAll(/\D/g, "").length >= 5;
    },
  },
  {
    kind: "phone",
    pattern: new RegExp(
      `\\b${SPOKEN_DIGIT}(?:[\\s,-]{1,3}(?:${SPOKEN_DIGIT}|hundred)){6,15}\\b`,
      "giu",
    ),
  },
  {
    kind: "vehicle",
    pattern:
      /\b[a-z]{2}\d{2}\s?[a-z]{3}\b|\b(?:reg|registration|plate|number plate)\b[.:]*\s*(?:is |was |no |number )?[a-z]{1,3}\s?\d{1,4}\s?[a-z]{0,3}\b/giu,
  },
  {
    kind: "postcode",
    pattern:
      /\b(?:gir\s?0aa|[a-z]{1,2}\d[a-z\d]?\s{0,2}\d(?!nd\b|st\b|rd\b|th\b|pm\b|am\b)[abd-hjlnp-uw-z]{2}|(?:cb|pe|sg)\d{1,2})\b/giu,
  },
  {
    kind: "address",
    pattern:
      /\b(?:lives?|living|house|home|neighbours?|family|next door|flat|resident|residents|people|man|woman|them|those) (?:(?:live|lives|living|is|are|over|down) )?(?:at |in |from |of |@ )?(?:no\.?|number|nos\.?|house) ?\d{1,4}[a-z]?\b|\b(?:at|from|outside|opposite) (?:no\.?|nos\.?|house number) ?\d{1,4}[a-z]?\b/giu,
  },
  {
    kind: "address",
    pattern: new RegExp(
      `\\b(?:[Ff]lat|[Aa]partment|[Aa]pt) \\d{1,4}[A-Za-z]?\\b(?:,? (?:\\p{Lu}[\\p{L}'’.]{1,30} ?){1,3})?|\\b\\d{1,4}[A-Za-z]?,? (?:\\p{Lu}[\\p{L}'’.]{1,30} |[Tt]he ){1,3}${ROAD_IN_ANY_LETTERS}\\b|\\b\\p{Lu}[\\p{L}'’]{1,30} ${ROAD_IN_ANY_LETTERS},? (?:no\\.?|number) \\d{1,4}\\b|\\b\\d{1,4}[a-z]? (?:(?!${NO_ROAD_NAME}\\b)[a-z]+ ){1,2}${ROAD_IN_SMALL_LETTERS}\\b`,
      "gu",
    ),
  },
  ...HOMES,
];

/** Looked for when places, roads and bodies are out of the way. */
const NAMES: readonly Rule[] = [
  {
    kind: "name",
    pattern: new RegExp(
      `\\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sgt|PC|DC|DS|Inspector|Sir|Dame|Rev)\\.? (?:(?:van|von|de|der|al|el|la|le) ){0,2}(?:${CAPITAL})(?: ${CAPITAL})?|\\b(?:mr|mrs|ms|miss|mx)\\.? (?!(?:this|that|the|out|a|an|it|any|one|them|us)\\b)\\p{L}{3,}`,
      "gu",
    ),
    holds: (found) => !isKnown(found.split(" ").at(-1) ?? ""),
  },
  {
    kind: "name",
    pattern: new RegExp(`(?<=\\b${inAnyLetters(CALLED)},? )${CAPITAL}(?: ${CAPITAL})?`, "gu"),
    holds: noneIsKnown,
  },
  {
    kind: "name",
    pattern: new RegExp(
      `(?<=\\b${inAnyLetters(RELATIVE)} of )${CAPITAL}|\\b\\p{Lu}\\p{Ll}+(?=['’]s ${RELATIVE}\\b)`,
      "gu",
    ),
    holds: noneIsKnown,
  },
  {
    kind: "name",
    pattern:
      /(?<=\b(?:her|his|their|whose|my) (?:first |last |full |maiden |sur)?name(?:['’]s| is| was) )(?!(?:not|on|in|at|to|the|an?|also|still|never|always|being|kept|withheld|unknown|known|private|same|here|there|missing|changed|recorded|removed)\b)\p{L}{2,}(?: \p{L}{2,})?/giu,
  },
  {
    kind: "name",
    pattern: new RegExp(`(?<=\\b${inAnyLetters(SPOKE)} )${CAPITAL} ${CAPITAL}`, "gu"),
    holds: noneIsKnown,
  },
  {
    kind: "name",
    pattern: new RegExp(
      `(?<=\\b${inAnyLetters("(?:(?:spoke|speaking|speak|talked|talking) (?:to|with)|met(?: with)?)")} )\\p{Lu}\\p{Ll}+`,
      "gu",
    ),
    holds: noneIsKnown,
  },
  {
    kind: "name",
    pattern: new RegExp(`\\b\\p{Lu}\\p{Ll}+ ${CAPITAL}`, "gu"),
    holds: (found) => {
      const [first = "", last = ""] = found.split(" ");
      return ALSO_WORDS.has(lettersOf(first)) && !isKnown(last) && !isOfABody(last);
    },
  },
  { kind: "name", pattern: /\b\p{Lu}\. ?\p{Lu}\p{Ll}{2,}/gu, holds: noneIsKnown },
  {
    // Initials for a person: "client JK", "Mr K", "J.K. of Soham".
    kind: "name",
    pattern:
      /(?<=\b(?:[Cc]lient|[Pp]atient|[Vv]ictim|[Rr]esident|[Cc]aller|[Pp]upil|[Tt]enant|[Ss]uspect|[Ww]itness|[Mm]other|[Ff]ather|[Cc]hild|[Aa]dult|[Pp]erson|[Nn]eighbour|[Mm]rs?|[Mm]s|[Mm]iss|[Mm]x|[Dd]r)\b[.:,]? (?:is |called |initials? )?)\p{Lu}(?:\. ?\p{Lu}\.?|\.|\p{Lu})?(?![\p{L}\d’'])|(?<![\p{L}\d.])\p{Lu}\. ?\p{Lu}\.(?: ?\p{Lu}\.)?(?= (?:of|from|in|was|is|has|had|lives|said|says|told|asked|came|who|and|with)\b|[,;:]|$)/gu,
    holds: (found) => !NO_INITIALS.has(found),
  },
  {
    kind: "name",
    pattern: new RegExp(`(?<=\\b${inAnyLetters(SPOKE)} )\\p{Ll}{3,} \\p{Ll}{3,}`, "gu"),
    holds: (found) => FIRST_NAMES.has(lettersOf(found.split(" ")[0] ?? "")),
  },
  {
    kind: "name",
    // Whatever its letters: "SARAH" and "sarah" too, but not a saint.
    pattern: /(?<!\b(?:[Ss]t|[Ss]aint)\.? )(?<!\p{L})\p{L}{3,}/gu,
    holds: (found) => FIRST_NAMES.has(lettersOf(found)),
  },
  ...NAMES_IN_CONTEXT,
];

/**
 * Whether a part that was found is an age. Beside a name it can tell who somebody is; "a child of
 * 14" alone is nobody, and decides which help is the right one.
 */
export function isAge(part: string): boolean {
  return AGE.test(part);
}

/** Whether a text may name or describe a person. */
export function isPersonal(text: string): boolean {
  return personalDataIn(text).kinds.length > 0;
}

/**
 * Finds what can tell who somebody is: names in context, numbers, addresses. It cannot find
 * every name, so a field without free text is always the safer one. Places, bodies, public
 * roles, money and times are left alone.
 */
export function personalDataIn(text: string): PersonalData {
  const plain = plainText(text.slice(0, LONGEST_TEXT));
  let rest = plain;
  const parts: { kind: string; text: string }[] = [];
  const look = ({ kind, pattern, holds }: Rule) => {
    rest = rest.replaceAll(pattern, (found: string) => {
      if (holds && !holds(found, plain)) return found;
      parts.push({ kind, text: found.trim() });
      return " ".repeat(found.length);
    });
  };
  for (const rule of NUMBERS_AND_PLACES) look(rule);
  rest = withoutNobody(rest);
  for (const rule of NAMES) look(rule);
  return { kinds: [...new Set(parts.map(({ kind }) => kind))], parts };
}

/** Full-width letters and digits as plain ones, and nothing that is not to be seen between them. */
function plainText(text: string): string {
  return text.normalize("NFKC").replaceAll(/[\p{Cf}\u034f\u115f\u1160\u3164]/gu, "");
}

function spelledOut(kind: string, whole: RegExp): Rule {
  const holds = (found: string) => whole.test(found.toLowerCase().replaceAll(/[^a-z\d]/g, ""));
  return { kind, pattern: SPELLED_OUT, holds };
}

function noneIsKnown(found: string): boolean {
  const [first = "", ...more] = found.split(" ");
  if (more.length > 0 && PLACE_FIRST.has(lettersOf(first).replace("’", "'"))) return false;
  return !isOfABody(first) && ![first, ...more].some(isKnown);
}

function isOfABody(word: string): boolean {
  return BODY_WORDS.has(lettersOf(word).replace("’", "'"));
}

function isKnown(word: string): boolean {
  return KNOWN.has(word.toLowerCase().replace("’", "'"));
}

/** The last digit checks the nine before it, modulo 11 (NHS Data Dictionary). */
function isNhsNumber(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < 9; at += 1) sum += Number(digits[at]) * (10 - at);
  const check = (11 - (sum % 11)) % 11;
  return check !== 10 && check === Number(digits[9]);
}
