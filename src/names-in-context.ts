import { FIRST_NAMES } from "./first-names.ts";
import { KNOWN } from "./no-names.ts";
import { BODY_WORDS, NO_PERSONS, PLACE_WORDS, isOrdinary } from "./ordinary-words.ts";
import { CAPITAL, RELATIVE, inAnyLetters, lettersOf, type Rule } from "./personal-rule.ts";

const ROADS =
  "(?:Road|Rd|Street|Avenue|Ave|Close|Drive|Crescent|Terrace|Gardens|Grove|Mews|Court|Place|Square|Way|Parade)";
const BUILDINGS =
  "(?:[Hh]ospital|[Hh]ospice|[Ss]chool|[Cc]ollege|[Aa]cademy|[Cc]hurch|[Ll]ibrary|[Mm]useum|[Tt]heatre|[Cc]entre|Trust|[Ff]oundation|Hall|Abbey|Priory|Cathedral|[Ss]urgery|[Bb]ridge|Regeneration|Project)";
const OCCASIONS =
  "(?:ward|wards|project|exhibition|museum|film|lecture|festival|fundraiser|bake sale|puppet show|pantomime|tribute|musical|concert|memorial|award|awards|charity run|fun run|reading club|book club|residents['’]? association|market stall|bypass|roundabout|estate)";
/** A person of that body, not the body: "Tom Barker ward sister". */
const NO_POST = "(?! (?:worker|manager|officer|lead|nurse|sister|leader|matron))";
const UPSET =
  "(?:upset|scared|afraid|frightened|terrified|worried|distressed|anxious|nervous|crying|tearful|angry|lonely|ashamed|embarrassed|confused|unhappy|depressed|suicidal|pregnant|homeless|grateful|hurt|injured|in tears|at risk|told|asked (?:to|if|whether|why)|(?:being |repeatedly |verbally |physically |racially )?(?:attacked|threatened|bullied|harassed|followed|abused|assaulted|evicted|stalked|hit|beaten|robbed|scammed|groomed|punched|kicked|spat (?:at|on)|shouted at|sworn at|called names))";
/** Only a person does this, or a body that speaks. */
const SPEAKS = `(?:told|tells|asked|asks|said|says|felt|feels|cried|cries|wept|sobbed|screamed|complained|complains|explained|explains|mentioned|admitted|disclosed|refused|thinks|thought|believes|believed|fears|feared|worries|begged|wants to|wanted to|would like|does not want|did not want|prefers|lives|lived|(?:is|was|has been|had been|is being|was being|felt) (?:very |so |really |too |quite )?${UPSET})`;
const CLIENT = inAnyLetters(
  "(?:clients?|residents?|tenants?|patients?|callers?|victims?|pupils?|complainant|suspect|witness|service user|customer|applicant|claimant|survivor|lodger|landlord|landlady|offender|perpetrator|foster carer)",
);
const TOLD = inAnyLetters(
  "(?:told|asked|helped|advised|reassured|warned|texted|phoned|interviewed|accompanied|comforted|happened to|(?:hit|attacked|threatened|bullied|harassed|followed|abused|assaulted|punched|stalked) by|named|surname(?: is| was|:)?|on behalf of|looked after|referred)",
);
/** Behind a capitalised word these make it a body: "told Papworth reception". */
const OF_A_BODY = inAnyLetters(
  "(?:team|desk|staff|office|line|helpline|services?|council|library|centre|school|hospital|college|charity|hub|reception|stall|website|app|forms?|leaflets?|speakers?|people|residents?|families|women|men|surgery|clinic|branch|police|group|club|ward|market|station|community|communities|elders|church|mosque|temple|road|street|close|avenue)",
);
const NOT_OF_A_BODY = `(?!['’]?s? ${OF_A_BODY}\\b)`;
const NAME = `(?<![\\p{L}'’-])\\p{Lu}\\p{Ll}[\\p{L}'’-]{0,30}(?<!['’]s)(?![\\p{L}'’-])`;
const FAMILY_OF_SERVICES =
  "(?! (?:liaison|hubs?|centre|day|days|fun|learning|courts?|support|services?|doctors?|rooms?|events?|friendly|law|group|groups|information|tickets?|members?|film|films|friday|saturday|sunday|nurse|worker|mediation|planning|trees?|history|tree|bus|pub|butchers?|business|butcher))";

/** Ends no English word, so it is a surname in small letters too: "asylum solicitor kowalczyk". */
const SURNAME_ENDING =
  "(?:czyk|wicz|owski|owska|ewski|ewska|inski|inska|ienko|chenko|lenko|renko|escu|auskas|evicius|avicius|aitis|kiene|niene|viene|ovic|opoulos|shvili)";
const SURNAMES =
  "(?:patel|nguyen|begum|kaur|nowak|chowdhury|choudhury|akhtar|okafor|okonkwo|adeyemi|kovacs|horvat|ivanova?|petrova|mohamud|oluwaseun)";

/** What has capitals and is no person: places, roads, bodies, talks on people known to all. */
const NOBODY = [
  new RegExp(
    `(?<![\\p{L}'’-])(?:${NO_PERSONS.map((name) => name.replaceAll(/['’]/g, "['’]?")).join("|")})(?:['’]s)?(?!\\p{L})`,
    "gu",
  ),
  new RegExp(
    `(?<![\\p{L}'’-])(?<!\\b${inAnyLetters("(?:(?:spoke|speak|speaking|talked|talking) to|with|mrs?|ms|miss|dr|told|met|called|named|son|daughter|husband|wife|partner|mum|dad)")}\\.? )(?:${CAPITAL} ){1,2}(?:${ROADS}|${BUILDINGS}|${OCCASIONS})(?![\\p{L}'’-])${NO_POST}`,
    "gu",
  ),
];

/** "Aisha school": a first name and a word in small letters is a person before it is a place. */
const ONE_AND_A_PLACE = /^\S+ \p{Ll}\S+$/u;

/** Takes out what is nobody, so that what is left can be looked at for names. As long as before. */
export function withoutNobody(text: string): string {
  let rest = text;
  for (const pattern of NOBODY)
    rest = rest.replaceAll(pattern, (found) =>
      ONE_AND_A_PLACE.test(found) && FIRST_NAMES.has(lettersOf(found.split(" ")[0] ?? ""))
        ? found
        : "_".repeat(found.length),
    );
  return rest;
}

/** Surnames and names from everywhere, by the words around them. */
export const NAMES_IN_CONTEXT: readonly Rule[] = [
  {
    kind: "name",
    pattern: new RegExp(`(?<=\\b${CLIENT},? )${NAME}(?: ${NAME})?${NOT_OF_A_BODY}`, "gu"),
    holds: isName,
  },
  {
    kind: "name",
    pattern: new RegExp(`(?<=\\b${TOLD} )${NAME}(?: ${NAME})?${NOT_OF_A_BODY}`, "gu"),
    holds: isName,
  },
  {
    kind: "name",
    pattern: new RegExp(
      `${NAME}(?: ${NAME})?(?= (?:family|household|brothers|sisters|twins|children|siblings|couple)\\b${FAMILY_OF_SERVICES})|(?<=\\b${inAnyLetters(`(?:family|household|children|kids|friends?|neighbours?|relatives?|flatmate|boss|cousin|ex|${RELATIVE})`)} of )${NAME}(?: ${NAME})?${NOT_OF_A_BODY}`,
      "gu",
    ),
    holds: isName,
  },
  {
    kind: "name",
    pattern: new RegExp(`(?:${NAME} ){0,3}${NAME}(?= ${SPEAKS}\\b)`, "gu"),
    holds: isName,
  },
  {
    kind: "name",
    pattern: new RegExp(
      `(?<!\\p{L})(?:\\p{L}{2,20}${SURNAME_ENDING}|${SURNAMES})(?!\\p{L})`,
      "giu",
    ),
  },
  {
    kind: "name",
    pattern:
      /\b[Ii]nitials?\b(?: (?:are|is|of))?:? ?(?!UK\b|EU\b|GP\b|IT\b)(?:\p{Lu}\.? ?){2,3}(?!\p{L})/gu,
  },
];

/** Whether the words can be nobody's but a person's. How a sentence begins is left out first. */
function isName(found: string): boolean {
  const words = found.split(" ").map((word) => lettersOf(word).replace(/['’]s$/, ""));
  while (words.length > 1 && isOrdinary(words[0] ?? "")) words.shift();
  if (FIRST_NAMES.has(words[0] ?? "")) return true;
  return !words.some(
    (word) => isOrdinary(word) || KNOWN.has(word) || BODY_WORDS.has(word) || PLACE_WORDS.has(word),
  );
}
