import type { Rule } from "./personal-rule.ts";

/** Before a number in four parts these make it a paragraph or a version. */
const PARAGRAPH =
  "(?<!\\b(?:paragraphs?|paras?|sections?|items?|clauses?|minutes?|versions?|v|annex|appendix|points?|rules?|and|to)\\.? ?)";
const PLATFORM =
  "(?:instagram|insta|ig|snapchat|snap|twitter|facebook|fb|tiktok|tik tok|whatsapp|discord|telegram|youtube|tinder|grindr|reddit|roblox|fortnite|xbox|psn|steam|kik|signal)";
/** Behind a platform these are no handle. */
const NO_HANDLE =
  "(?!(?:is|was|are|were|has|had|the|an?|and|or|but|not|no|to|for|from|on|in|at|of|by|with|about|as|than|so|also|too|only|now|here|there|then|again|first|today|yesterday|page|pages|post|posts|posted|story|stories|group|groups|chat|chats|message|messages|account|accounts|user|users|username|handle|profile|profiles|name|names|live|video|videos|advert|adverts|ads|event|events|link|links|feed|app|line|lines|says|said|reels?|friends?|followers?|comments?|campaign|team|teams|training|security|safety|settings|page|needs|works?|worked|blocked|closed|down|open|missing|wrong|private|public|deleted|hacked|removed|locked|reported|because|when|where|which|that|this|what|who|how|will|would|can|could|should|may|might|must|do|does|did|be|been|being|it|he|she|they|we|you|i|her|his|their|our|my|decision|quiz|out|up|off|over|shut|election|twitter|facebook|instagram|tiktok|snapchat|whatsapp|youtube|more|less|better|best|worse|bullying|abuse|scams?|hate|content|ban|rules|guidance|advice|leaflets?|search|shop|market|marketplace|council|library|hub|updates?|news|numbers?|photos?|pictures?|images?|help|please|thanks|still|never|always|often|very|well|yet|unknown|known|withheld|changed|kept|full|new|old|in use|used|unused)\\b)";

/** Numbers and names that a network, a bank or a platform gave to one person. */
export const GIVEN_NUMBERS: readonly Rule[] = [
  {
    kind: "bank details",
    pattern:
      /\bsort[ -]?code\b(?: is| was|:)*\s*\d\d[ -]?\d\d[ -]?\d\d\b(?!\d)|\b(?:account|acct?|a\/c)\b\.?(?: (?:number|no|num)\b\.?)?(?: is| was|:)?\s*\d{7,8}\b|(?<!\d)\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)|\b(?:card|iban)\b(?: (?:number|no))?(?: is| was|:)?\s*(?:[a-z]{2}\d\d[a-z\d ]{10,30}|\d{15,16}\b)/giu,
  },
  {
    kind: "ip address",
    pattern: new RegExp(
      `${PARAGRAPH}(?<![\\d.])(?!127\\.|0\\.0)(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\d.]*\\d)|(?<![\\p{L}\\d:])(?=[\\da-f:]{7,39}(?![\\p{L}\\d:]))(?:[\\da-f]{0,4}:){3,7}[\\da-f]{1,4}(?![\\p{L}\\d:])`,
      "giu",
    ),
  },
  {
    kind: "handle",
    pattern: new RegExp(
      [
        `\\b${PLATFORM}\\b(?: (?:name|account|handle|user|username|profile|id))(?: is|:| as)? ${NO_HANDLE}[\\w.-]{3,40}`,
        `\\b(?:her|his|their|whose|my) ${PLATFORM}\\b(?: is|:| as)? ${NO_HANDLE}[\\w.-]{3,40}`,
        `\\b${PLATFORM}\\b ?: ?${NO_HANDLE}[\\w.-]{3,40}`,
        `\\b${PLATFORM}\\b (?:is|as|under|called) (?=[\\w.]*[\\d._][\\w])[\\w.]{3,40}`,
        `\\b(?:find|found|add|added|follow|message|dm|contact|search|look for|goes|known|posts|posting)\\b (?:(?:him|her|them|me|us|up) )?(?:on|by|via|in) ${PLATFORM}\\b(?: as|:| under| called)? ${NO_HANDLE}[\\w.-]{3,40}`,
        `\\bon ${PLATFORM} (?:as|under|called) ${NO_HANDLE}[\\w.-]{3,40}`,
        `(?<!\\b(?:on|by|via|in|our|the|council['’]s|through|to|of|from|and|or|a|council|use|used|uses|like|look at|shared|library) )\\b(?:instagram|insta|snapchat|snap|tiktok|telegram|discord) ${NO_HANDLE}[a-z][\\w.-]{4,40}(?=[,;.]|$)`,
      ].join("|"),
      "giu",
    ),
  },
];
