import placesFile from "../../data/places.json" with { type: "json" };

/**
 * Requests of everyday life that what was learned takes for danger. Each is the whole of a sentence,
 * or nearly, and short; a word of harm in it, or of somebody's state, and it is not one of these.
 */
const KIN =
  "(?:my |his |her |our |their |the )?(?:mum|mam|mother|dad|father|nan|gran|grandma|grandad|husband|wife|partner|son|daughter|sister|brother|uncle|aunt|auntie|neighbour|friend|client|resident|tenant|lodger|lady|gentleman|man|woman|couple|old (?:lady|man|couple)|him|her|them)";
const PLACES = placesFile.places
  .map(({ name }) => name.toLowerCase().replaceAll(/[^a-z]+/g, " "))
  .join("|");
/** Where it is: "in Ely", "Littleport". */
const WHERE = `(?: (?:(?:in|near|at|from|around) )?(?:the )?(?:${PLACES}|fenland))?`;
const EVERYDAY = new RegExp(
  `^(?:(?:find|i need|we need|need|looking for|is there|can|could|who can|please|anyone|anybody|help|for) )*(?:${[
    `(?:someone |somebody |anyone |anybody |a volunteer )?(?:to |who can |can )?(?:take|drive|bring|help|go with) ${KIN} (?:to (?:the )?(?:shops?|shopping|supermarket|library|church|club)|shopping|with (?:(?:his|her|the|their) )?(?:tablet|ipad|phone|laptop|computer|shopping|garden|letters|forms?|bills|ironing|cleaning|cooking))${WHERE}`,
    `${KIN} with (?:(?:his|her|the|their) )?(?:tablet|ipad|phone|laptop|computer|shopping|letters|forms?)${WHERE}`,
    `(?:(?:his|her|my|their|the) )?hearing aids? batteries (?:ran out|have run out|has run out|are flat|ran down|went flat|need changing|are dead)${WHERE}`,
    `(?:(?:she|he|they|i|we|${KIN}) )?(?:(?:was|is|s|been|has been|got|were|just|and) )*(?:made )?redundant (?:and )?(?:(?:he|she|they|i|we) )?(?:cant|cannot|unable to|struggling to|not able to) (?:pay|afford) (?:\\S+ )?(?:mortgage|rent|bills|council tax|loan)${WHERE}`,
    `${KIN} (?:(?:has|have|s|just|is) )*(?:came|come|coming|back|discharged|got|out) (?:(?:home|back|out) )?(?:from|of) (?:the )?hospital(?: (?:today|yesterday|this week|on \\S+))? (?:and )?(?:(?:he|she|they) )?(?:needs?|wants?|could do with|is after) (?:(?:some|a|help with|hot|someone for) )*(?:meals?|shopping|cleaning|transport|lunch|food|company|equipment|furniture|carers?|lifts?)(?: (?:on wheels|delivered|at home))?${WHERE}`,
    `(?:(?:a )?(?:mum|mother|dad|father|parent|she|he|i) (?:(?:is|s|am|m|feels|and) )?)?(?:worn out|exhausted|tired out|run ragged) (?:with|by) (?:(?:her|his|my|the|looking after) )?(?:two|three|four|five|\\d|twins|triplets|little ones|toddlers)(?: (?:\\S+ )?(?:under fives|under 5s|children|kids|little ones|toddlers|boys|girls))?${WHERE}`,
    `(?:mum|mother|dad|father|parent) (?:of|with) (?:two|three|four|five|\\d) (?:under fives|under 5s|children|kids|little ones|toddlers) (?:is |s )?(?:worn out|exhausted|tired)${WHERE}`,
    `(?:someone |somebody |anyone |a sitter |volunteer )?(?:to |who can |can )?sit with ${KIN} (?:so (?:that )?)?(?:(?:i|she|he|we) (?:can|could|may) )?(?:(?:while|when) (?:i|she|he|we) )?(?:go )?(?:shop|shopping|to the shops?|go out|have a break|rest|work)(?: (?:he|she) (?:has|s got) (?:dementia|alzheimers|parkinsons))?${WHERE}`,
    `(?:(?:she|he|they|${KIN}) )?(?:hasnt|havent|has not|have not|not|never) (?:left|been out of|gone out of|leaves) (?:(?:the|his|her|their) )?(?:house|home|flat) (?:in|for) (?:\\S+ )?(?:weeks|months|ages|years|a (?:week|month|year|while))${WHERE}`,
    `(?:(?:she|he|they|i|we|${KIN}) )?(?:(?:has|have|s|got|is|with) )*no (?:electric|electricity|gas|credit|money) (?:left )?(?:on|for|in) (?:(?:the|his|her|my|their|our|a) )?(?:prepay|prepayment|pre pay|pre payment|key|smart|electric|gas) ?(?:meter)?${WHERE}`,
    `(?:(?:the|his|her|their|our) )?(?:electric|electricity|gas|credit|money|food) (?:runs|is running|will run|ran|has run) out (?:today|tonight|tomorrow|soon|by \\S+|on \\S+)${WHERE}`,
  ].join("|")})$`,
);
/** A word of violence, weapons, pills, blood, breath, of being locked in or missing, of fear or of death. */
const HARM =
  /\b(?:hit\w*|beat\w*|kick\w*|punch\w*|slap\w*|smack\w*|push\w*|chok\w*|strangl\w*|stab\w*|attack\w*|assault\w*|abus\w*|rap(?:e|ed|ing)|threat\w*|hurt\w*|harm\w*|injur\w*|knife|knives|gun|weapon|blade|axe|pills?|tablets|overdos\w*|medication|insulin|blood\w*|bleed\w*|breath\w*|oxygen|ventilator|lock\w*|trapp\w*|missing|vanish\w*|gone|scared|afraid|frightened|terrified|scream\w*|die|dies|died|dying|dead|death|kill\w*|suicid\w*|end it|rope|bridge|jump\w*|roof|fire|smoke|burn\w*|freez\w*|cold|baby|babies|newborn|collaps\w*|fell|fallen|unconscious|answer\w*|respond\w*|mov(?:e|es|ed|ing)|wont|smell|eat|eats|eating|ate|eaten|drink\w*|drunk|starv\w*|help me|999|ambulance|police)\b/;

/** Whether a stretch of words, as danger-text.ts reads it, is an everyday request and nothing else. */
export function isEveryday(said: string): boolean {
  const words = said.replaceAll(/[^\p{L}\p{N}]+/gu, " ").trim();
  return EVERYDAY.test(words) && !HARM.test(words);
}
