import type { Committee } from "../council.ts";
import type { Hunch } from "../feature.ts";
import { readQuestion, type Question } from "./question.ts";
import { safetyNamed } from "./safety.ts";
import type { ServiceSearch } from "./search.ts";
import { seeksHelpWithHarm } from "./seeking.ts";
import { isOnlyParticular } from "./wider.ts";

const CENTRE = /\breporting cent(?:re|er)s?\b/i;
const COUNTED =
  /\b(?:reports?|reported|how many|how often|numbers?|figures?|kpi|totals?|counts?|compare|explain|trend|chart|table)\b/i;
const WHERE = /\b(?:where|near|nearest|find|address)\b/i;
/** So many words say what is looked for and nothing beside it. */
const LONGEST_PLAIN = 4;

/**
 * What a text that names no command asks of the directory: "my neighbour is lonely".
 *
 * @param search The directory as it is known at this moment: a noun that it lists is a need too.
 */
export function needHeard(
  text: string,
  committee: Committee,
  search: Pick<ServiceSearch, "knows"> | undefined,
): Hunch | undefined {
  const question = readQuestion(text, committee);
  const command = "directory.find";
  if (asksForCentre(text, question)) return { command, isSure: true, comesFirst: true };
  const comesFirst = question.namesNeed && seeksHelpWithHarm(text, question, committee);
  if (comesFirst || (question.namesNeed && safetyNamed(text)))
    return { command, isSure: true, comesFirst };
  const [first, ...others] = question.wishes;
  const isListed = first && others.length === 0 && search?.knows(first.words) === true;
  const isSought = isListed === true || isOnlyParticular(question);
  if (!question.namesNeed && !isSought) return undefined;
  return { command, isSure: isPlainNeed(question) || isSought };
}

/** "Reporting centre for hate crime in March" is asked for a place to go to, not for how often. */
function asksForCentre(text: string, { place }: Question): boolean {
  return CENTRE.test(text) && !COUNTED.test(text) && (place !== undefined || WHERE.test(text));
}

/** Only what directories are for, in a word or two, and perhaps where: "food bank", "debt in March". */
function isPlainNeed({ wishes, isStory, typed }: Question): boolean {
  if (isStory || typed.length > LONGEST_PLAIN) return false;
  return wishes.length > 0 && wishes.every(({ means }) => means.length > 0);
}
