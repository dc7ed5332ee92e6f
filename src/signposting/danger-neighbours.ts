import placesFile from "../../data/places.json" with { type: "json" };
import { oneOf } from "./danger-words.ts";

/**
 * Animals, plants and things that die, and other words of harm that mean none. They count as
 * ordinary only where nothing else stands in the sentence but the little words of a request.
 */
const WHOSE = oneOf("my our his her their the a an");
const WHAT_KIND = oneOf("old poor little elderly pet family mobile indoor new spare");
const ANIMAL =
  oneOf(`cat cats kitten dog dogs puppy hamster hamsters gerbil rabbit rabbits guinea_pig budgie parrot
  goldfish fish tortoise chicken chickens hen hens horse pony donkey bird birds pigeon pigeons fox foxes badger
  badgers hedgehog hedgehogs rat rats mouse mice bee bees wasp wasps fly flies spider spiders pet pets`);
const PLANT =
  oneOf(`plant plants tree trees hedge hedges flower flowers rose roses tomatoes tomato grass lawn
  shrub shrubs bush bushes leaves branch branches wood wisteria orchid`);
const MADE =
  oneOf(`phone phones mobile battery batteries laptop computer tablet ipad tv television telly radio
  remote car scooter bike boiler fridge freezer washing_machine cooker clock watch`);
const THING = `(?:${ANIMAL}|${PLANT}|${MADE})`;
const ACHING = oneOf(
  "back feet foot knee knees hip hips shoulder shoulders legs tooth teeth shoes",
);
const TAUGHT = oneOf(
  "craft crafts art stove stoves class classes course group club workshop lessons",
);
const NEIGHBOURS = new RegExp(
  `\\b(?:${[
    `(?:${WHOSE} )?(?:${WHAT_KIND} )*${THING}(?: (?:on|of|in) ${WHOSE} (?:${WHAT_KIND} )*${MADE})? (?:(?:is|s|are|re|has|have|keeps?|slowly|just|all) )*(?:dead|died|dying)`,
    `dead ${THING}`,
    `${WHOSE} ${ACHING} (?:(?:is|s|are|re|really|have been|has been) )*killing (?:me|him|her)`,
    "killing time",
    "kick(?:ing)? (?:the|a|his|her|my) habit",
    "jump(?:ing|s)? on (?:(?:a|the) )?trampolines?",
    "knife skills?",
    `wood burning(?= ${TAUGHT}\\b)`,
    "gun ?dogs?(?= (?:training|trainer|club|class|classes|display|show))",
    "strangling (?:ivy|bindweed|weeds?)",
  ].join("|")})\\b`,
  "g",
);
const REQUEST = new Set([
  ..."find looking for search need needs want help with who can is there any a an the my our in on near at".split(
    " ",
  ),
  ..."of to and or i we m am was just get rid remove removed removing repair repaired fix charger vet vets".split(
    " ",
  ),
  ..."class classes course club group lessons learn training craft crafts art cookery cooking needlework".split(
    " ",
  ),
  ..."sewing garden park road what how about please where cheap free stove stoves workshop trainer show".split(
    " ",
  ),
  ...placesFile.places.flatMap(({ name }) => name.toLowerCase().split(/[^a-z]+/)),
]);

/** Whether plain words tell of such a neighbour of danger, and of nothing beside it. */
export function isNeighbour(said: string): boolean {
  const rest = said.replaceAll(NEIGHBOURS, " ");
  if (rest === said) return false;
  return rest.split(" ").every((word) => word === "" || REQUEST.has(word));
}
