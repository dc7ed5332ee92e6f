import { LONGER_PLACES } from "./ordinary-words.ts";
import { CAPITAL, ROAD_IN_ANY_LETTERS, inAnyLetters, type Rule } from "./personal-rule.ts";

const ROAD_NAME = `(?:${CAPITAL}\\.? ){1,3}${ROAD_IN_ANY_LETTERS}\\b`;
/** Roads of the Fens and of towns, which need somebody to live there to be a home. */
const OTHER_ROAD =
  "(?:Causeway|Drove|Brink|Bank|Quay|Wharf|Park|Common|Chase|Yard|Fields?|End|Approach|Hythe|Chare|Gate|Meadows?|Villas|Buildings|Heath|Acre|Leys|Piece)";
/** Somebody's own home, not "people living on Mill Road" and not a house to let. */
const LIVES = inAnyLetters(
  "(?:lives|(?<=\\b(?:they|we|i|you|who|and) )live|lived|living|residing|resides|stay(?:s|ing|ed)|moved|moving|(?:her|his|their|my|a|the|of|whose) (?:\\p{L}+ )?(?:house|flat|home|bungalow|bedsit|caravan|room))",
);
const MANY =
  "(?<!\\b(?:people|residents|tenants|those|families|everyone|everybody|anyone|anybody|pensioners|children|adults|many|some|most|all|who)(?: (?:are|is|who|now))? )";
const NUMBER = inAnyLetters(
  "(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:a|one) hundred(?: and \\p{L}+)?)",
);
const HOUSE =
  "(?:Cottages?|House|Farm|Farmhouse|Bungalow|Lodge|Barn|Bakery|Rectory|Vicarage|Parsonage|Manor|Mill|Forge|Granary|Stables|Villas?|Chalet|Smithy|Dairy|Chapel|School ?house|Chestnuts|Willows|Laurels|Firs|Limes|Elms|Oaks|Beeches|Poplars|Orchard|Paddocks?|Nook|Haven|Homestead|Grange|Gables|Croft)";

/** Where somebody lives, when no number of a house says so. */
export const HOMES: readonly Rule[] = [
  {
    kind: "address",
    pattern: new RegExp(
      `${MANY}\\b${LIVES}(?: (?:now|back|still|alone|with \\p{L}+))? (?:in|on|at|into|to|off|down|near|along|by) (?:the )?(?:${ROAD_NAME}|(?:${CAPITAL} ){1,2}${OTHER_ROAD}\\b)`,
      "gu",
    ),
    holds: (found) => !LONGER_PLACES.some((place) => found.endsWith(` ${place}`)),
  },
  {
    kind: "address",
    pattern: new RegExp(
      `\\b(?:${inAnyLetters("(?:number|no\\.?|at|of|from|outside|opposite|to|address(?: is|:)?)")} )${NUMBER},? ${ROAD_NAME}|^${NUMBER},? ${ROAD_NAME}(?=[,.;]|$)|\\b${inAnyLetters("(?:number|no\\.?)")} ${NUMBER},? (?:\\p{Ll}+ ){1,2}(?:road|rd|street|avenue|lane|close|drive|crescent|terrace)\\b`,
      "gu",
    ),
  },
  {
    // "The Old Bakery, Mill Lane", "Rose Cottage, Church Lane".
    kind: "address",
    pattern: new RegExp(
      `(?<![\\p{L}'’-])(?:The )?(?:${CAPITAL} )?(?:${CAPITAL} )?${HOUSE},? ${ROAD_NAME}|(?<![\\p{L}'’-])The Old ${CAPITAL},? ${ROAD_NAME}`,
      "gu",
    ),
  },
  {
    kind: "address",
    pattern: new RegExp(
      `${MANY}\\b${inAnyLetters("(?:lives|(?<=\\b(?:they|we|i|you|who|and) )live|lived|living|residing|resides)")} (?:in|at) (?:The )?(?:${CAPITAL} ){1,2}${HOUSE}\\b`,
      "gu",
    ),
  },
];
