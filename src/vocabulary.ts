import type { Instant } from "./calendar.ts";
import type { Committee } from "./council.ts";
import type { Mention, Turn, Vocabulary } from "./feature.ts";

interface Parts {
  readonly indicatorIn: (
    committee: string,
  ) => Promise<(words: readonly string[]) => Mention | undefined>;
  readonly peopleOf: (committee: string) => Promise<readonly { readonly name: string }[]>;
  readonly periodIn: (text: string, now: Instant) => string | undefined;
  readonly mentionedIn: (
    words: readonly string[],
    committee: Committee,
  ) => { readonly needs: readonly Mention[]; readonly places: readonly Mention[] };
}

/** What the features know by name, for understanding: none of them knows another. */
export function vocabularies({ indicatorIn, peopleOf, periodIn, mentionedIn }: Parts) {
  return async ({ committee }: Pick<Turn, "committee">): Promise<Vocabulary> => {
    const [indicators, people] = await Promise.all([
      indicatorIn(committee.id),
      peopleOf(committee.id),
    ]);
    return {
      indicatorIn: indicators,
      periodIn,
      needsIn: (words) => mentionedIn(words, committee).needs,
      placesIn: (words) => mentionedIn(words, committee).places,
      people: people.map(({ name }) => name),
    };
  };
}
