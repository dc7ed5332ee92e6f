import { distance } from "fastest-levenshtein";
import type { Committee } from "../council.ts";
import { isWordOf, sameName, wordsOf } from "./names.ts";
import type { Indicator } from "./schema.ts";

/** Words that are no area, and areas that were written nearly right. */
interface Misspelt {
  readonly found: readonly { readonly said: string; readonly area: string }[];
  readonly rest: readonly string[];
}

/** Shorter words come near too many others. */
const SHORTEST = 5;
const MOST_ERRORS = 2;

/** The words of a text, as typed, that say nothing of the indicator. */
export function unusedWords(text: string, indicator: Indicator): string[] {
  const said = new Set(wordsOf(text).filter((word) => !isWordOf(word, indicator)));
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => said.has(word.toLowerCase()));
}

/** Areas among words: "Fenlnd", and two words that belong together: "South Cambrigeshire". */
export function areasMisspelt(
  words: readonly string[],
  { districts }: Pick<Committee, "districts">,
  areas: readonly string[],
): Misspelt {
  const names = [
    ...districts.flatMap(({ name, aliases }) => [name, ...aliases].map((said) => ({ said, name }))),
    ...areas.map((name) => ({ said: name, name })),
  ].filter(({ said }) => said.length >= SHORTEST);
  const found: { said: string; area: string }[] = [];
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [word = "", next] = words.slice(at, at + 2);
    const tries = [...(next ? [`${word} ${next}`] : []), word];
    const said = tries.find((each) => names.some((name) => isNear(each, name.said)));
    const area = names.find((name) => said && isNear(said, name.said))?.name;
    if (!said || !area) rest.push(word);
    else {
      found.push({ said, area });
      if (said !== word) at += 1;
    }
  }
  return { found, rest };
}

function isNear(typed: string, name: string): boolean {
  if (typed.length < SHORTEST) return false;
  const [one, other] = [typed.toLowerCase(), name.toLowerCase()];
  return sameName(one, other) || (one[0] === other[0] && distance(one, other) <= MOST_ERRORS);
}
