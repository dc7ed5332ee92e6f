import { actionOwners } from "./committee/index.ts";
import { mentionedIn } from "./directory/index.ts";
import type { Instant } from "./calendar.ts";
import type { Turn } from "./feature.ts";
import { periodNamed } from "./kpi/index.ts";

/** Words that name something: where they begin among the words of a text, and how many they are. */
export interface Mention {
  readonly name: string;
  readonly from: number;
  readonly length: number;
}

/** What the features know by name, read for one committee. */
export interface Vocabulary {
  readonly indicatorIn: (words: readonly string[]) => Mention | undefined;
  /** A stretch of time as the answer would say it, and the text without it. */
  readonly periodIn: (
    text: string,
    now: Instant,
  ) => { readonly period: string; readonly rest: string } | undefined;
  readonly needsIn: (words: readonly string[]) => readonly Mention[];
  readonly placesIn: (words: readonly string[]) => readonly Mention[];
  readonly people: readonly string[];
  /** Who has an action of the committee's log, whether or not they hold a role. */
  readonly owners: readonly string[];
}

type IndicatorIn = (
  committee: string,
) => Promise<(words: readonly string[]) => Mention | undefined>;
type Actions = Parameters<typeof actionOwners>[0];
type PeopleOf = (committee: string) => Promise<readonly { readonly name: string }[]>;

/** What the features know by name, for understanding: none of them knows another. */
export function vocabularies(indicatorIn: IndicatorIn, peopleOf: PeopleOf, actions: Actions) {
  const ownersOf = actionOwners(actions);
  return async ({ committee }: Pick<Turn, "committee">): Promise<Vocabulary> => {
    const [indicators, people, owners] = await Promise.all([
      indicatorIn(committee.id),
      peopleOf(committee.id),
      ownersOf(committee.id),
    ]);
    return {
      indicatorIn: indicators,
      periodIn: periodNamed,
      needsIn: (words) => mentionedIn(words, committee).needs,
      placesIn: (words) => mentionedIn(words, committee).places,
      people: people.map(({ name }) => name),
      owners,
    };
  };
}
