import { ACCIDENTS } from "./danger-accidents.ts";
import { VIOLENCE } from "./danger-violence.ts";
import {
  CHILD,
  HARMED,
  HAS,
  NOT_BUSINESS,
  PERSON,
  PLACE,
  POISON,
  SUFFERED,
  TABLETS,
  upTo,
  VICTIM,
  WHOSE,
} from "./danger-words.ts";

/** What was done. With a date it is past; without one it has just been done. */
const DONE: readonly string[] = [
  `${PERSON} (?:has |s |have |ve |just |has just |is |s just |have just |nearly )*${HARMED} ${upTo(3)}(?:${VICTIM}|leg|arm|head|chest|face|neck)\\b(?! (?:used|up))`,
  `${PERSON} (?:got|gets|was just|were just|has got|just got|s got|just been) (?:\\S+ )?${SUFFERED}\\b${NOT_BUSINESS}`,
  `just (?:\\S+ )?(?:${HARMED}|pushed|knocked down) ${upTo(2)}(?:${VICTIM})`,
  `${SUFFERED} ${upTo(3)}(?:a minute ago|minutes ago|just now|seconds ago|an hour ago)`,
  `(?:pushed|knocked|shoved|threw|thrown) (?:an? |the |my |her |him |me )?(?:\\S+ ){0,2}(?:over|down the|downstairs|to the (?:floor|ground)|off the|down) ${upTo(6)}(?:hurt|bleeding|stairs|bridge|floor|head|moving|up|ground)\\b`,
  `(?:taken|took|swallowed|necked|downed|eaten|ate|drunk|drank|drinking|injected|ingested|popped|taking|swallowing|necking|scoffed|chugged) (?:${upTo(5)}${POISON}|(?:\\S+ )?(?:something|whatever) (?:and|he|she|off)|(?:(?!morning|usual|daily|regular|prescribed)\\S+ ){0,5}${TABLETS})\\b(?! (?:strategy|policy|recycling|figures|from the (?:council|chemist)|back|to (?:the )?(?:pharmacy|chemist)))`,
  "(?:took|taken|taking|eaten|had|have|having|swallowed) (?:an? |another )?(?:massive |huge |deliberate |accidental )?(?:overdose|od)\\b",
  `(?:had|has|have|having|washed down|with|s had|took|take|taking) (?:\\S+ )?(?:load|loads|too many|lots|handful|handfuls|bunch|packet|packets|box|boxes|bottle|all|whole (?:box|packet|bottle|pack)|\\d\\d+|a lot|tons|strips?|hundreds?|dozens?) (?:of )?(?:\\S+ ){0,3}${TABLETS}\\b`,
  `${TABLETS} and (?:vodka|alcohol|wine|whisky|gin|booze|drink|a bottle)`,
  `too many (?:\\S+ ){0,3}${TABLETS}`,
  `${CHILD} (?:\\S+ ){0,3}(?:swallowed|eaten|ate|drank|drunk|has got into|got hold of|choked on)\\b(?! (?:school|lunch|meals?|free|all))`,
  `(?:bruised|beaten|battered|bruises|broken|injured|hurt|cuts|burns) (?:\\S+ ){0,3}(?:and|black and blue|all over|crying|bleeding) ${upTo(5)}(?:bleeding|crying|daddy|did it|help|scared|hurts|hurt|alone|mum|dad)\\b`,
  `(?:daddy|dad|mum|mummy|he|she) did (?:it|this)\\b ${upTo(1)}`,
];

/** Words of danger that council business has as well. */
const MENTIONED: readonly string[] = [
  "(?:someone|somebody|man|woman|lady|he|she|child|kid|kids|boy|girl|lad|toddler|baby|resident|worker|colleague|person|mum|dad|nan|gran|granddad|pensioner|son|daughter) (?:has |have |s |just |has just |s just )*(?:fallen|fell|falls|falling) (?:in|into|down|under|through|off|from|over) (?!love|debt|poverty|arrears|place|behind|line|out|the (?:scope|category|remit|trap|gap|cracks|list))",
  `${CHILD} (?:\\S+ ){0,9}(?:alone|on (?:his|her|their|its|there) own|by (?:him|her|them)sel(?:f|ves)|unattended|unsupervised|abandoned|in a (?:hot |locked )?car|in the (?:hot |locked )?car|no (?:food|adult|adults|parents?|one with)|nobody with)\\b(?! (?:time|places))`,
  "(?:alone|on (?:his|her|their) own|by (?:him|her|them)sel(?:f|ves)) (?:\\S+ ){0,5}(?:with (?:the|a) (?:baby|kids|children)|crying)\\b",
  `${CHILD} (?:\\S+ ){0,8}(?:wandering|in the (?:middle of the )?road|on the motorway|gone missing|is missing|s missing|been missing|went missing|missing since|missing from (?:the|school|home|nursery)|lost in|disappeared|vanished|not come home|hasnt come|hasnt been seen|not been seen|hasnt turned up|not turned up|run away|ran away|runaway|cant find|didnt come home|never came home)\\b`,
  "(?:missing|lost) (?:child|toddler|little (?:boy|girl))\\b",
  "(?:cant find|lost) my (?:\\S+ )?(?:son|daughter|child|kid|boy|girl|toddler|baby)\\b",
  `(?:gran|nan|mum|dad|grandad|granddad|husband|wife|resident) (?:\\S+ ){0,6}dementia ${upTo(6)}(?:missing|wandered|gone|wandering)`,
  `(?:mum|mam|dad|parents|mummy|daddy|mother|father|parent) (?:\\S+ ){0,3}(?:gone|left|not (?:been|come) (?:home|back)|hasnt been|hasnt come|havent been|havent come|not here|wont wake|left (?:me|us|them))\\b ${upTo(3)}(?:since|home for|for \\d+|home|back|for (?:two|three|four|five|days)|days|yesterday|alone)\\b`,
  `${PERSON} ${upTo(3)}(?:fallen|fell|falls|had a fall|slipped) ${upTo(8)}(?:up|cold|bleeding|head|hip|floor|hurt|move|all night|pain|unconscious|responding|stairs|steps|broken|ground)\\b`,
  `(?:seizure|epileptic fit|heart attack|cardiac arrest|asthma attack|stroke)\\b ${upTo(4)}(?:in (?:the )?(?:foyer|reception|room|chamber|library|toilets?|car park|street|office|waiting)|now|right now|help|here)\\b`,
  "(?:there|theres|there s|is|have|got|weve|ve|had|seen|see|big|huge|massive|another) (?:s |is |been |has been |a |been a |got a )*(?:a )?(?:\\S+ )?(?:fire|blaze|house fire|gas leak|chemical spill|chemical leak|explosion|acid attack|bomb scare|bomb threat|riot|stabbing|shooting|knife attack|flash flood|intruder|terror attack)\\b(?! (?:drill|safety|doors?|risk|alarms?|engines?|station|service|brigade|authority|wardens?|extinguisher|exits?|assessment|certificate|marshal|in (?:his|her|my) belly|pit|sale|range|licen\\S+|point|escape|stopping|sprinklers?|prevention|figures?|exercise|training|gallery|trip|club|season))",
  `fire (?:at|in|on|inside|outside|near|next to) (?:the |a |our |my |her |his |this |\\S+ )?(?:\\S+ )?${PLACE}\\b(?! (?:fire|report|update|review|risk))`,
  "chemicals? (?:\\S+ )?(?:spill|leak|attack|spilled|leaking|spilt|fumes|burns?|cloud|smell)",
  "(?:tanker|lorry|pipe|cylinder|drum|barrel|container) (?:\\S+ )?(?:leaking|leaked|spilling|burst|ruptured)",
  "evacuat(?:e|ing|ed) (?:the|us|now|everyone|because)",
  "(?:downed|fallen|live|exposed|bare) (?:power ?lines?|power cable|cable|wires?|pylon)\\b",
  "(?:electrocuted|electric shock)\\b",
  `(?:stalker|stalking|stalked)\\b ${upTo(8)}(?:outside|here|at (?:my|her)|followed|knife|car|sat|waiting|now|again)\\b`,
  "(?:getting|been|keeps getting|sent|sending|receiving|had|got) (?:\\S+ )?death threats?\\b",
  "(?:need|needs|want|wants) (?:\\S+ )?help (?:now|immediately|right now|urgently|quick|quickly|straight away)\\b(?=.*(?:hurt|kill|hit|scared|attack|bleed|safe|danger|violent|knife|baby|child|him|her))",
  "(?:police|ambulance|paramedics|999) (?:here |out )?(?:now|quick|quickly|urgently|asap|immediately)\\b",
  "send (?:the )?(?:police|help|ambulance|someone quick)\\b",
  `${CHILD} ${upTo(4)}(?:hurt|injured|screaming|bruised|beaten|neglected|starving|freezing) ${upTo(5)}(?:now|alone|next door|and|in the|help|nobody|no one|again|by|please|badly)\\b`,
  `${WHOSE} (?:\\S+ )?(?:carer|care worker|nurse|key worker) (?:is |s )?(?:\\S+ )?(?:shouting at|hurting|hitting|slapping|rough|pushing|starving|abusing)\\b`,
  `${HAS} (?:just )?been (?:an? )?(?:stabbed|stabbing|shot|shooting|acid attack|explosion|attacked|raped|knifed)\\b`,
  `(?:bomb|gun|knife|acid|explosion|shooting|stabbing|murder|terrorist|terrorists|gunshots)\\b ${upTo(3)}(?:right now|now|help|happening|outside|downstairs|in reception)\\b`,
];

const DOER =
  "(?:he|she|they|man|woman|men|bloke|lad|lads|boy|girl|guy|someone|somebody|partner|husband|wife|ex|dad|mum|son|daughter|brother|neighbour|customer|resident|tenant|client|stranger|gang|boyfriend|girlfriend|kid|child|lady|person)";

/** What hardly ever means anything else. */
const CERTAIN: readonly string[] = [
  "(?:isnt|is not|s not|are not|arent|stopped|aint) breathing",
  `${DOER} (?:is |s |are |re |has |just )*(?:stabbing|strangling|choking|beating|raping|shooting|kicking|punching|hitting|attacking|assaulting|stamping on|drowning|suffocating) (?:up )?(?:him|her|them|me|my (?:mum|mom|dad|wife|sister|brother|son|daughter)|someone|somebody|people|staff|an? (?:man|woman|boy|girl|child|lad|lady))\\b`,
  `${DOER} (?:is |s |has |have |just )*been (?:stabbed|shot)\\b(?! (?:down|up|in the (?:foot|back)))`,
  `${DOER} (?:has|s|got|has got|s got|with|is holding|is waving|is swinging|pulled|has pulled|just pulled|has just pulled) an? (?:\\S+ )?(?:knife|gun|machete|axe|shotgun|sword)\\b(?! (?:licen|crime|bin|amnesty))`,
  "(?:kill|hang|hanging|killing|unalive|unaliving) (?:my|him|her) ?self\\b",
  "(?:(?:is|s|are|m) |lying |found )(?:unconscious|unresponsive)\\b(?! bias)",
  "(?:need|call|send|get) an ambulance\\b",
  "police (?:now|quick|quickly|urgently|asap)\\b",
  "(?:house|flat|building|kitchen|block|car|bedroom|bed|sofa) (?:is |s )?(?:on fire|ablaze|in flames)\\b",
  "(?:has|s|got|is) no pulse\\b",
  "(?:he|she|mum|dad|baby|him|her|partner|husband|wife|nan|gran) (?:just )?wont wake up\\b",
];

function signs(patterns: readonly string[]): readonly RegExp[] {
  return patterns.map((pattern) => new RegExp(`\\b(?:${pattern})`));
}

/** What is danger whatever stands around it, unless it is played or asked about. */
export const certain = signs(CERTAIN);
/**
 * What happens as it is written, or is about to. Only a question of what one would do takes it
 * back; council words around it do not.
 */
export const happening = signs([...VIOLENCE, ...ACCIDENTS]);
/** What was done: not when a date says that it is past. */
export const done = signs(DONE);
/** Words that the council's own business takes back. */
export const mentioned = signs(MENTIONED);
