import { mentionedIn } from "./directory/index.ts";
import type { Mention, Turn, Vocabulary } from "./feature.ts";
import { periodNamed } from "./kpi/index.ts";

type IndicatorIn = (
  committee: string,
) => Promise<(words: readonly string[]) => Mention | undefined>;
type PeopleOf = (committee: string) => Promise<readonly { readonly name: string }[]>;

/** What the features know by name, for understanding: none of them knows another. */
export function vocabularies(indicatorIn: IndicatorIn, peopleOf: PeopleOf) {
  return async ({ committee }: Pick<Turn, "committee">): Promise<Vocabulary> => {
    const [indicators, people] = await Promise.all([
      indicatorIn(committee.id),
      peopleOf(committee.id),
    ]);
    return {
      indicatorIn: indicators,
      periodIn: periodNamed,
      needsIn: (words) => mentionedIn(words, committee).needs,
      placesIn: (words) => mentionedIn(words, committee).places,
      people: people.map(({ name }) => name),
    };
  };
}
