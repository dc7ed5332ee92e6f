import { done, happening, mentioned } from "./danger-signs.ts";
import { oneOf, upTo } from "./danger-words.ts";

/** Longer than any message that Teams delivers. */
const LONGEST_TEXT = 40_000;

/** A stretch is read by itself when nobody punctuates, with as many words of the one before. */
const STRETCH = 60;
const OVERLAP = 15;
/** No word of danger is longer, and a letter held down takes no time. */
const LONGEST_WORD = 24;

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

/** Figures of speech of a workplace. They are taken out, and the rest is read. */
const FIGURES_OF_SPEECH = new RegExp(
  [
    "(?:is |s |was )?(?:absolutely |really )?killing (?:me|it|us)(?= (?:as|at|with|today|this|in)|$)",
    "(?:going to|gonna|will|ll|would) (?:kill|murder|strangle|shoot) (?:me|us|you)(?= (?:if|over|for|when|about) (?:\\S+ ){0,4}(?:papers?|late|deadline|minutes|report|figures|agenda|forgot|forget|miss|kpi|slides))",
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
    "(?:stroke|heart attack|blood|cancer|suicide|overdose) (?:association|awareness|prevention|foundation|training|day|strategy)",
  ]
    .map((figure) => `\\b(?:${figure})`)
    .join("|"),
  "g",
);

/**
 * Whether a text sounds as if somebody were in danger now. It is there to put 999 first: where it
 * is in doubt and a person is being harmed it says yes, but not to the ordinary sentences of a
 * council.
 *
 * Each part of a sentence is read by itself, so that a question about a report does not hide what
 * is said beside it. A part is heard by what it says is happening, by what was done unless it is
 * dated, or by a word of danger that is not the council's own business.
 */
export function soundsLikeDanger(text: string): boolean {
  return [...new Set(partsOf(text))].some((part) => part !== "" && isDanger(part));
}

function isDanger(part: string): boolean {
  const said = part.replaceAll(FIGURES_OF_SPEECH, " - ");
  const isIn = (sign: RegExp) => sign.test(said);
  const isSaid = happening.some(isIn) || done.some(isIn);
  if (!isSaid && !mentioned.some(isIn)) return false;
  if (SUPPOSED.test(said)) return false;
  const isPast = PAST.test(said) && !STILL.test(said);
  if (isPast) return false;
  return isSaid || !BUSINESS.test(said);
}

/** The parts of a text between stops, in small letters without signs, none longer than a stretch. */
function partsOf(text: string): readonly string[] {
  return text
    .slice(0, LONGEST_TEXT)
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\p{Cf}/gu, "")
    .replaceAll(/<at\b[^<>]{0,100}>[^<>]{0,100}<\/at>/g, "\n")
    .replaceAll(/<[^<>]{0,200}>/g, " ")
    .split(/[.,;!?\n\r]+|\s[–—-]+\s|\b(?:also|but|because|cos|actually|btw)\b/)
    .flatMap(stretchesOf);
}

function stretchesOf(part: string): readonly string[] {
  const words = plain(part).split(" ");
  const stretches: string[] = [];
  for (let start = 0; start === 0 || start + OVERLAP < words.length; start += STRETCH - OVERLAP) {
    stretches.push(words.slice(start, start + STRETCH).join(" "));
  }
  return stretches;
}

/** "He's" and "hes" are read as "he s", "isn't" as "isnt", signs and emoji as spaces. */
function plain(part: string): string {
  return part
    .replaceAll(/(?<=\p{L})[’'`´](?=(?:s|m|re|ve|ll|d)(?!\p{L}))/gu, " ")
    .replaceAll(/[’'`´]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replaceAll(/\b(he|she|someone|somebody|some1|there|who|ones?|that|what|it)s\b/g, "$1 s")
    .replaceAll(/\b(?:(they)(re|ve)|(we)(ve)|(i)(m|ve))\b/g, "$1$3$5 $2$4$6")
    .replaceAll(/\b(?:that|who|which) (?=(?:is|s|are|has|have|keeps)\b)/g, "")
    .replaceAll(/\p{L}+/gu, spelt)
    .trim();
}

/** They are a letter away from a word of danger, and mean something else. */
const OTHER_WORDS = "tying casing sacred scarred tapped rapping tables bother being sooting".split(
  " ",
);

/** Words that people in a hurry get wrong, without which a sentence would not be heard. */
const SPELT: ReadonlyMap<string, string> =
  spellings(`unconscious breathing strangling attacking attacked
  threatening threatened stabbed stabbing suicidal suicide overdose overdosed bleeding hitting beating punching
  kicking screaming collapsed ambulance boyfriend girlfriend husband daughter brother tablets paracetamol choking
  drowning burning kidnapped killing hurting dragging trapped locked shooting shouting scared
  frightened terrified someone neighbour children machete raping biting swallowed trying explosion seizure
  tonight wandering chasing following smashing`);

/** Each spelling with a letter left out, doubled or swapped; the first is kept, the last unless "g". */
function spellings(list: string): ReadonlyMap<string, string> {
  const words = list.trim().split(/\s+/);
  const found = new Map<string, string>([
    ["nife", "knife"],
    ["kinfe", "knife"],
    ["knive", "knife"],
    ["mi", "my"],
  ]);
  for (const word of words) {
    for (let at = 1; at < word.length; at += 1) {
      const before = word.slice(0, at);
      const letter = word.charAt(at);
      const after = word.slice(at + 1);
      if (after !== "" || letter === "g") found.set(before + after, word);
      found.set(before + letter + letter + after, word);
      found.set(before + after.charAt(0) + letter + after.slice(1), word);
    }
  }
  for (const word of [...words, ...OTHER_WORDS]) found.delete(word);
  return found;
}

function spelt(word: string): string {
  return SPELT.get(word) ?? word.slice(0, LONGEST_WORD);
}
