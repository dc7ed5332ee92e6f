import { setImmediate } from "node:timers/promises";
import { isEveryday } from "./danger-everyday.ts";
import { featuresOf } from "./danger-features.ts";
import { LEARNED, weigh } from "./danger-learned.ts";
import { isNeighbour } from "./danger-neighbours.ts";
import { certain, done, happening, mentioned } from "./danger-signs.ts";
import { partsOf, passagesOf, plain, sentencesOf } from "./danger-text.ts";
import { oneOf, upTo } from "./danger-words.ts";

/** What somebody would do one day, wants explained, or counts. "He will kill me if I leave" is neither. */
const SUPPOSED = new RegExp(
  `\\b(?:what|how|who|which|where|when|anything|guidance|advice|training|script|policy|procedure)\\b ${upTo(9)}(?:if|when|where|whether|in case)\\b|^(?:and |so |but )?(?:if|when|whenever|should) (?:a|an|any|anyone|anybody|someone|somebody|one of|members?|people|residents?|staff)\\b|\\bwhat if\\b|\\b(?:how many|number of|percentage of|proportion of|data (?:on|about|for)|figures (?:on|about|for)|statistics)\\b|\\bwhat counts\\b|\\bsigns? (?:of|that)\\b|\\bin the event\\b|\\bhow (?:would|do|can) (?:i|we|you) (?:know|spot|tell|recognise)\\b|\\brisk (?:of|that|register)\\b|^risk\\b|\\bexample\\b|\\bused to\\b|\\bfound no\\b|\\bdont shoot\\b`,
);

/** When it was, if that is over. */
const PAST = new RegExp(
  `\\b(?:last (?:week|month|year|quarter|spring|summer|autumn|winter|christmas|january|february|march|april|may|june|july|august|september|october|november|december)|(?<!since )yesterday|(?:days?|weeks?|months?|years?|quarters?) (?:ago|back)|in (?:the )?(?:19|20)\\d\\d s?|in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|winter)|(?:19|20)\\d\\d|historic(?:al)?|previously|back in|over (?:the weekend|christmas|easter)|as a (?:child|teenager|kid)|years before|long ago|formerly|nationally|quarters?)\\b`,
);
/** Behind these words it is not over, whatever the date. */
const STILL = new RegExp(`\\b${oneOf("now again still tonight today since cant wont help")}\\b`);

/** The council's own business, where people are counted, funded, trained and reported on. */
const BUSINESS = new RegExp(
  `\\b(?:how much|numbers|${oneOf(`figures? statistics stats data reports? papers? policy policies
  strategy training trained kpi kpis targets? agenda budgets? items? actions? minutes indicators? rates? percentage
  chart trend trends prevention awareness drill exercise leaflets? posters? panel board committee review motion
  inquest draft statement vigil exhibition museum funding funded plan plans register inspection certificates?
  champion champions conference course refresher scheme schemes project partnership benefits advice digest
  admissions admitted deaths incidents proportion compare counselling support_group helpline services_for
  support_for services_to licen[cs]ing licen[cs]e wards ward per dashboard record update scrutiny spreadsheet
  deadline consultation election elections referrals refer protection_orders response_times press_enquiry
  outstanding overdue log closed lessons opening_times contact_details phone_number who_chairs who_is_the
  who_runs who_inspects what_is_the_policy nominations campaign summary slides cost appeal
  bereaved survivors grants? group_is inspectors? condemning`)})\\b`,
);

/** The number and nothing else. */
const ONLY_999 = /^(?:(?:call|ring|dial) )?999(?: (?:now|please|quick))?$/;

/** Figures of speech of a workplace. They are taken out, and the rest is read. */
const FIGURES_OF_SPEECH = new RegExp(
  [
    "(?:is |s |was )?(?:absolutely |really )?killing (?:me|it|us)(?= (?:as|at|with|today|this|in)|$)",
    "(?:going to|gonna|will|ll|would) (?:kill|murder|strangle|shoot) (?:me|us|you)(?= (?:if|over|for|when|about) (?:\\S+ ){0,4}(?:papers?|late|deadline|minutes|report|figures|agenda|forgot|forget|miss|kpi|slides))",
    "killing (?:my|him|her) ?self (?:laughing|with laughter)",
    "(?:shoot|kill) the messenger|shoot (?:me|you|us|over) (?:over|an|a|the)|shoot me\\b(?= (?:an|a|the|over))",
    "take a stab|stab at|stab in the dark|could murder an?|murder an?(?= (?:cup|pint|tea|coffee|brew|curry))",
    "dying (?:to|for) ",
    "the death of me|bored to death|worked to death|done to death|scared to death of (?:public|speaking)",
    "(?:she|he|they|we|team|champion|inbox|leader|chair) (?:is |s |are |re |was )?on fire(?= (?:today|this|at|in|lately|with)|$)",
    "under fire (?:over|for|from)|put(?:ting)? out (?:some )?fires|fire (?:me|us|over|off|away) (?:an|a|the|over)",
    "drowning in (?:\\S+ )?(?:emails?|work|paper\\S*|debt|admin|reports?|calls|forms|messages|meetings)",
    "jump(?:ed|ing|s)? (?:off a cliff|in|to|on|into|through|the)(?= (?:quarter|item|call|agenda|conclusions|page|numbers|the call|a call|hoops|queue|gun|visitor|\\S+ figures))",
    "(?:jump|jumped) off a cliff(?= in)",
    "shot (?:down|himself in the foot|herself in the foot|myself in the foot)",
    "beaten (?:in|at|by) the (?:\\S+ )?(?:elections?|polls?|vote|leadership)|beaten (?:in|at) (?:the )?(?:leadership )?election",
    "attack(?:ed|ing)? (?:the|our|my|his|her|their) (?:budget|record|policy|plans?|proposals?|motion|backlog|report)",
    "(?:vote|meeting|debate|interview|budget) (?:was|is) (?:a )?(?:car crash|bloodbath|train wreck)|car crash (?:of|interview)",
    "burning (?:question|questions|issue|issues|money|through|the candle)",
    "bleeding (?:money|resources|cash|control|edge)|up in arms|bite the bullet|hit the (?:ground|target|nail|road|roof|headlines)",
    "threaten(?:ing|ed|s)? (?:to (?:strike|resign|vote|sue|walk out|withdraw|quit|leave|go to the press|close|cut|complain)|the (?:budget|service|services|future|viability))",
    "locked (?:me )?out of (?:my|the|his|her) (?:account|email|system|laptop|computer|phone)|(?:locked|trapped) in (?:a |the )?(?:meetings?|talks|poverty|debt)",
    "(?:suicide|murder|death|killer) for the|political suicide|blood(?:y)? (?:donation|pressure|donor|tests?)\\S*",
    "dead (?:line|on time|set|keen|right|in the water|against|end|easy)|dead on\\b|line is dead",
    "petrol (?:station|stations|price|prices|pump)|police (?:non emergency|non urgent|station|number)|(?:stop|quit|give up|giving up|stopping) (?:smoking|vaping|cigarettes)|eyes and ears|told us (?:hers|his|theirs)|went (?:well|fine)|one of the (?:boys|girls|lads|kids|children)(?= at\\b.*\\b(?:rash|cold|nits|chickenpox|headlice|spots))|no (?:answer|reply) from the (?:family|lady|gentleman|resident|man|woman) on\\b",
    "(?:stroke|heart attack|blood|cancer|suicide|overdose) (?:association|awareness|prevention|foundation|training|day|strategy)",
  ]
    .map((figure) => `\\b(?:${figure})`)
    .join("|"),
  "g",
);

/** Where danger is only played. */
const PLAYED =
  /\b(?:role ?play|script|scene|scenario|film|movie|game|book|novel|drama|quiz|exercise|drill|training|video)\b/;

/** The whole of a sentence that only looks for a place, or says that somebody is safe by now. */
const ORDINARY =
  /^(?:(?:where is |wheres )?(?:the )?(?:nearest|closest) (?:petrol|police|bus|railway|train|fire) station|(?:\S+ )?went (?:well|fine) (?:and )?(?:she|he|they|the family) (?:is|s|are|re) (?:safe )?(?:in|at) (?:a|the) (?:refuge|hostel|shelter) now)$/;

/** How a search begins. It makes no difference to what happens to somebody, so it is read without it too. */
const LEAD =
  /^(?:\s|<at\b[^<>]{0,100}>[^<>]{0,100}<\/at>)*(?:please\s+)?(?:find(?:\s+(?:me|us|help|services?))?|search(?:\s+for)?|look(?:ing)?\s+for|who\s+(?:can\s+)?helps?(?:\s+(?:me|us))?(?:\s+with)?|where\s+can\s+(?:i|we|they)\s+go\s+for|service)\b[\s:,.!?-]*/iu;

/** What a sign adds to what was learned, in logits. */
const SIGN = 2;
/** What a call for help in another language adds: the sentences learned from are English. */
const FOREIGN = 3;
/** What is taken off a sentence that stands among others: they may say that it is over. */
const AMONG_OTHERS = 0.5;
/** From here on it is danger. Below nought, because 999 shown once too often costs little. */
const ENOUGH = -1.5;
/** In a longer stretch without stops what stands around a sign is about something else. */
const LONG = 30;

/**
 * Whether a text sounds as if somebody were in danger now. It is there to put 999 first: where it
 * is in doubt and a person is being harmed it says yes, but not to the ordinary sentences of a
 * council.
 *
 * Three readings are put together. What is certain is danger whatever stands around it. Signs are
 * turns of phrase, found in a part of a sentence. What was learned from sentences of both kinds
 * hears what nobody thought of beforehand; where much speaks against danger it outweighs a sign.
 */
export function soundsLikeDanger(text: string): boolean {
  const rest = text.replace(LEAD, "");
  return isDangerBy(LEARNED, text) || (rest !== text && isDangerBy(LEARNED, rest));
}

/** The same by something else that was learned, to measure it. */
export function isDangerBy(learned: typeof LEARNED, text: string): boolean {
  const weightOf = (stretch: string) => weightBy(learned, stretch);
  const sentences = [...new Set(sentencesOf(text))];
  if (sentences.some((sentence) => ONLY_999.test(sentence))) return true;
  const off = sentences.length > 1 ? AMONG_OTHERS : 0;
  return (
    sentences.some((sentence) => weightOf(sentence) - off >= ENOUGH) ||
    (off > 0 && passagesOf(text).some((passage) => weightOf(passage) >= ENOUGH))
  );
}

/**
 * Compiles what is compiled when it is first used, and again when it is used a second time. It takes
 * a while, so it is done sign by sign, and whoever writes meanwhile is answered in between.
 */
export async function warmDanger(): Promise<void> {
  for (const text of ["who is the champion for this district", "show me the next meeting"]) {
    for (const sign of [...certain, ...happening, ...done, ...mentioned]) {
      await setImmediate();
      sign.test(text);
    }
    soundsLikeDanger(text);
    hasSign(text);
  }
}

/**
 * How much a stretch of words speaks for danger. To look for signs takes ten times as long as all
 * else, so it is done only where they can still decide.
 */
function weightBy(learned: typeof LEARNED, stretch: string): number {
  const parts = [...new Set(partsOf(stretch))];
  if (parts.some(isCertain)) return Infinity;
  const words = plain(stretch)
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (ORDINARY.test(words) || isEveryday(words) || isNeighbour(words)) return -Infinity;
  const features = featuresIn(stretch);
  const weight = weigh(features, learned) + (features.includes("is foreign") ? FOREIGN : 0);
  const isLong = stretch.split(" ").length > LONG;
  const isDanger = weight >= ENOUGH + AMONG_OTHERS;
  if (isDanger || (weight + SIGN < ENOUGH && !isLong)) return weight;
  if (!parts.some(hasSign)) return weight;
  return isLong ? Infinity : weight + SIGN;
}

/** What a stretch of words is weighed by, with what its turns of phrase say. */
export function featuresIn(stretch: string): readonly string[] {
  const said = plain(stretch);
  return featuresOf(said, {
    isPast: Number(PAST.test(said) && !STILL.test(said)),
    isSupposed: Number(SUPPOSED.test(said)),
    isFigure: said.match(FIGURES_OF_SPEECH)?.length ?? 0,
  });
}

function isCertain(part: string): boolean {
  const said = part.replaceAll(FIGURES_OF_SPEECH, " - ");
  return certain.some((sign) => sign.test(said)) && !SUPPOSED.test(said) && !PLAYED.test(said);
}

function hasSign(part: string): boolean {
  const said = part.replaceAll(FIGURES_OF_SPEECH, " - ");
  const isIn = (sign: RegExp) => sign.test(said);
  const isSaid = happening.some(isIn) || done.some(isIn);
  if (!isSaid && !mentioned.some(isIn)) return false;
  if (SUPPOSED.test(said)) return false;
  const isPast = PAST.test(said) && !STILL.test(said);
  if (isPast) return false;
  return isSaid || !BUSINESS.test(said);
}
