/** Somebody: who it happens to, or who does it. */
const WHO =
  "(?:i|he|she|they|we|someone|somebody|people|him|her|them|me|us|(?:\\w+ )?(?:man|men|woman|women|child|children|kid|kids|boy|girl|baby|toddler|family|person|resident|client|neighbour|husband|wife|partner|ex|dad|mum|father|mother|son|daughter|brother|sister|receptionist|shopkeeper|staff|colleague|gang|mob))";
const PERSON =
  "(?:him|her|them|me|us|someone|somebody|people|each other|(?:(?:his|her|their|my|the|a|an|one|another) )?(?:\\w+ )?(?:man|men|woman|women|child|children|kid|kids|boy|girl|baby|family|person|resident|client|neighbour|husband|wife|partner|mum|mummy|dad|daddy|mother|father|son|daughter|brother|sister|lady|receptionist|shopkeeper|staff|colleague))";
const IS = "(?:is|are|am|s|m|re|was|were|has been|have been|s been|ve been|keeps|keep)";
/** Somebody who was attacked is not being attacked now. */
const IS_BEING = "(?:is|are|am|s|m|re|has been|have been|s been|ve been)";
const HURTING =
  "(?:hitting|beating|beating up|punching|kicking|attacking|assaulting|strangling|choking|stabbing|hurting|raping|chasing|dragging|threatening|burning|shooting|killing|kidnapping)";
const HURT =
  "(?:attacked|assaulted|stabbed|shot|raped|strangled|beaten|beaten up|choked|kidnapped|dragged|followed|chased|threatened|hit|kicked|punched|hurt|burnt|burned|abducted)";
const WEAPON =
  "(?:knife|gun|weapon|machete|bat|hammer|axe|sword|firearm|bottle|crowbar|shotgun|blade)";

/** Behind these words it is a council's business: nobody is hit by a person there. */
const NOT_BUSINESS =
  "(?! (?:up by|up on|by (?:the )?(?:cuts|budget|bedroom|covid|floods?|austerity|costs?|tax|changes|closures?|pandemic)|with (?:redundancy|closure|eviction|court|legal|cuts)|down (?:in|on|by)|in (?:the )?(?:election|debate|vote)|for (?:payment|the|a|an|their)|back|last|yesterday|targets?|on price))";
/** What happens, when it is said to happen now or here. */
const VIOLENCE =
  "(?:assault(?:ed|ing)?|attack(?:ed|ing)?|violent|violence|abuse|abused|abusing|fight|fighting|rape|raped|danger|unsafe|not safe|hurt|hurting|beaten|hit|hitting|threatened|threatening|screaming|stabbing|shooting|intruder|harassed|harassing)";
const NOW =
  "(?:right now|now|happening now|at this moment|as we speak|just now|here now|in front of (?:me|us))";

/** What is said of present danger. Apostrophes are gone and words are small when it is read. */
const PATTERNS = [
  `\\b${WHO} (?:really )?${IS} (?:now |just |being |getting )?${HURTING} ${PERSON}`,
  `\\b${WHO} ${IS_BEING} (?:being |getting |now being |just been |just )?${HURT}\\b${NOT_BUSINESS}`,
  `\\b(?:child|kid|baby|someone|somebody|woman|man|girl|boy|person|people|resident|client) (?:being|getting) ${HURT}\\b${NOT_BUSINESS}`,
  `\\b${VIOLENCE} (?:\\w+ ){0,6}${NOW}\\b|\\b${NOW} (?:\\w+ ){0,3}${VIOLENCE}\\b`,
  `\\b(?:trying|tried) to (?:strangle|grab|stab|kill|rape|choke|hurt|kidnap|attack|drown|suffocate|burn)\\b`,
  `\\bjust (?:punched|hit|kicked|stabbed|attacked|slapped|shot|pushed|knocked down|assaulted|strangled) ${PERSON}\\b|\\bsmashing up (?:the|my|her|his|their)\\b`,
  `\\b(?:pushing|shoving|dragging|grabbing|spitting at|slapping|throttling|drowning) ${PERSON}\\b`,
  `\\b(?:he|she|husband|wife|partner|dad|mum|father|mother|they) (?:just )?(?:raped|strangled|stabbed|hit|beat|punched|choked|attacked) me\\b`,
  `\\b(?!killing me)${HURTING} (?:up )?(?:${PERSON})\\b`,
  `\\b(?:dad|mum|he|she|husband|wife|partner|father|mother|they) (?:hits|beats|punches|kicks|strangles|chokes|hurts) (?:me|her|him|us|them)\\b`,
  // Somebody has something in the hand, or brings it.
  `\\b(?:has|have|got|with|holding|carrying|waving|pulled|pointing) (?:a |an |the |his |her )?(?:big |large |kitchen )?${WEAPON}\\b(?! (?:and nails|price|survey|surveys|licen[cs]e|licen[cs]es|policy|amnesty|bin|bins|report|crime|strategy|figures|neck|bank|banks))`,
  `\\b(?:has|have|got) (?:her|him|me|them|someone|a woman|a child) by the (?:throat|neck|hair)\\b`,
  "\\barmed (?:man|men|woman|person|people|gang|robber|robbers)\\b",
  "\\b(?:has|have|had|is|s) (?:just )?been (?:an? )?(?:stabbed|stabbing|shot|shooting|acid attack|explosion)\\b",
  "\\bbomb in\\b|\\bbomb threat\\b",
  // A threat to life, to oneself or to others.
  `\\b(?:going|trying|threatening|threatens|threatened|wants?|wanted|about|coming|will|would|gonna) (?:to )?(?:kill|hurt|murder|stab|shoot|attack|rape|kidnap|get|harm|beat) (?:herself|himself|myself|themselves|${PERSON})\\b`,
  "\\bkill(?:ing)? (?:myself|herself|himself|themselves)\\b",
  "\\b(?:end|ending|take|taking) (?:my|his|her|their) (?:own )?life\\b",
  "\\b(?:is|s|are|m|feels?|feeling) suicidal\\b|\\bsuicidal (?:and|now|on)\\b",
  "\\b(?:about|going|threatening|threatens) to jump\\b(?! to\\b)",
  "\\b(?:taken|took|taking|having) (?:an? |too many |all (?:her|his|their|my) |some )?(?:overdose|pills|tablets)\\b|\\b(?:tablets|pills) in (?:her|his|their|my) hand\\b",
  "\\b(?:cant|cannot) go on (?:any|living|like)\\b|\\b(?:scared|afraid|fears?|fearing|frightened) for (?:her|his|my|their|our) (?:life|lives|safety)\\b|\\blife is in danger\\b",
  // A body that fails.
  "\\b(?:isnt|is not|not|stopped|cant|cannot|cant) breath(?:e|ing)\\b",
  "\\b(?:is|s|are|lying|found|fell) unconscious\\b",
  `\\b${WHO} (?:is |s |has |just )*(?:just )?collapsed(?! (?:\\w+ ){0,2}(?:items?|into|agenda))`,
  "\\bhaving an? (?:seizure|fit|heart attack|stroke)\\b(?! (?:out|of|in))|\\b(?:isnt|is not|not|wont) respond(?:ing)?\\b(?! to)|\\b(?:is|s|are) drowning\\b(?! in)",
  `\\b(?:is|s|are|m|and|one is) bleeding\\b(?! money| control| resources| cash)`,
  "\\bnot moving\\b|\\bleft (?:alone|on (?:her|his|their) own)\\b",
  "\\bblood everywhere\\b|\\bstamping on (?:his|her|my|their) (?:head|face|chest)\\b|\\b(?:is|s|are|m) dying\\b(?! (?:to|for|out))|\\b(?:been|being) poisoned\\b|\\bwont wake up\\b",
  "\\b(?:someone|somebody|man|woman|person|child|kid|boy|girl|he|she) (?:is |s )?lying (?:in|on) the (?:road|street|floor|ground|pavement)\\b|\\b(?:hear|heard|hearing) (?:shots|gunshots|screams|screaming)\\b",
  // Fire, force, a locked door.
  "\\bsmoke coming (?:from|out)\\b|\\bset (?:himself|herself|themselves|myself) on fire\\b|\\bbarricaded\\b|\\bforcing (?:her|him|them|me) into\\b",
  "\\ba (?:big )?fight (?:in|at|outside|going on|has broken out|broke out)\\b",
  "\\b(?:house|home|flat|building|car|mosque|church|hostel|shop|room|kitchen|school|office|library) (?:is |s )?(?:now )?on fire\\b",
  "\\bset(?:ting)? (?:fire to|on fire|alight)\\b|\\bset \\w+ \\w+ on fire\\b|\\bpetrol through\\b|\\bpoured petrol\\b",
  "\\b(?:breaking into (?:the|her|his|my|their) (?:house|home|flat|room))\\b|\\b(?:break|breaking|smash|smashing|kick|kicking) (?:in|down|the windows?|the doors?|her door|his door|my door|my windows?|her windows?)\\b",
  `\\blocked (?:her|him|me|them|us) (?:in|up)\\b|\\bagainst (?:her|his|their|my) will\\b`,
  "\\b(?:throwing|threw) (?:bricks|stones|bottles|rocks|petrol bombs)\\b",
  `\\b(?:people|they|men|gang|gangs|boys|two men) (?:are |re )?fighting\\b(?! (?:for|cancer|loneliness|poverty|fires?|crime|cuts|against|the|back|to))`,
  "\\bpushed around\\b.*\\bnow\\b",
  "\\boutside (?:my|her|his) (?:door|house|flat|home)\\b|\\bbanging on (?:the|my|her|his) door\\b|\\bintruder (?:in|at|inside)\\b",
  "\\b(?:am|m|are|re|is|s) being followed\\b",
  // What it is called.
  "\\bin (?:immediate |grave |real |serious |great )?danger\\b(?! of )",
  "\\bimmediate danger\\b",
  "\\bcall (?:the )?(?:police|ambulance) (?:now|quick|quickly|urgently|please)\\b|\\b(?:call|send|get|phone) (?:me |us )?(?:the |an |some )?(?:police|ambulance)(?: here| please| now|$)\\b|\\b(?:this|it) (?:is|s) an emergency\\b(?! (?:meeting|item|motion|budget|plan))|\\bcall an ambulance\\b|\\bcall 999\\b",
  "\\bneed (?:the )?(?:police|an ambulance|ambulance) (?:now|here|urgently|quick|quickly|immediately)\\b",
].map((pattern) => new RegExp(pattern));

/** Longer than any message of a person in a hurry. The beginning is what they wrote first. */
const LONGEST_TEXT = 2000;

/**
 * Whether a text sounds as if somebody were in danger now. It is there to put 999 first: where it
 * is in doubt it says yes, but not to the ordinary sentences of a council.
 */
export function soundsLikeDanger(text: string): boolean {
  const plain = text
    .slice(0, LONGEST_TEXT)
    .toLowerCase()
    .replaceAll(/[’'`]/g, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .replaceAll(/\b(he|she|someone|somebody|there|who)s\b/g, "$1 s")
    .replaceAll(/\bthey(re|ve)\b|\bi(m|ve)\b/g, (word) => word.replace(/(re|ve|m)$/, " $1"))
    .trim();
  return PATTERNS.some((pattern) => pattern.test(plain));
}
