import type { Card } from "../card-template.ts";
import type { Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Audience, AuditRecord, DigestSource, Feature, Sent, Turn, Verb } from "../feature.ts";
import type { Search } from "../searching.ts";
import type { CountStore } from "./count-store.ts";
import { warmDanger } from "./danger.ts";
import { disclosed } from "./disclosed.ts";
import { exporting } from "./exporting.ts";
import { following } from "./following.ts";
import { keeping } from "./keeping.ts";
import { pointing } from "./pointing.ts";
import { publishing } from "./publishing.ts";
import { dangerFirst, recording, urgent } from "./recording.ts";
import { setting } from "./setting.ts";
import { settings } from "./settings.ts";
import type { SetupStore } from "./setup-store.ts";
import type { SignpostStore } from "./store.ts";
import { summaries } from "./summary.ts";

/** A place that a text names. Without a district it is outside the county. */
export interface NamedPlace {
  readonly name: string;
  readonly district?: string | undefined;
}

/** What this feature needs from the rest of the product. */
export interface SignpostingParts {
  readonly store: SignpostStore;
  readonly setupStore: SetupStore;
  readonly countStore: CountStore;
  /** The place that a text names, if it names one. */
  readonly placeIn: (text: string, committee: Committee) => NamedPlace | undefined;
  /** The rule about abuse or hate that a text calls for, by its id. */
  readonly safetyIn: (text: string) => string | undefined;
  /** Writes into the speaker's own chat. */
  readonly toPerson: (turn: Turn, card: Card) => Promise<Sent>;
  /** Who can read the channel of a turn. */
  readonly audienceOf: (turn: Turn) => Promise<Audience>;
  /** Those who hold or held a role in the committee. */
  readonly peopleOf: (
    committee: string,
  ) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  readonly audit: AuditRecord;
  /** Writes down what the bot did that nobody asked for. */
  readonly auditByItself: (
    committee: Committee,
    now: Instant,
    what: string,
    record: string,
  ) => Promise<void>;
}

/** The feature, and what comes before every other answer. */
export interface SignpostingFeature extends Feature {
  /** 999, where a text sounds like danger now. */
  readonly urgent: (turn: Turn, text: string) => Promise<Card | undefined>;
  /** The same before a search: 999 is all that it finds. */
  readonly dangerFirst: (search: Search) => Search;
  /** Makes the hearing of danger ready before anybody waits for it: some 0.2 to 1 s. */
  readonly warm: () => Promise<void>;
  readonly digest: DigestSource;
  /** How small counts of people are shown in a committee, wherever they are counted. */
  readonly smallCounts: ReturnType<typeof setting>["smallCounts"];
}

/** Pointing somebody to help after a hate crime or with a safeguarding concern, without recording who. */
export function signposting(parts: SignpostingParts): SignpostingFeature {
  const own = setting(parts);
  const published = publishing(parts.store, parts.countStore);
  const point = pointing(parts, own);
  const record = recording(parts, own, published.keepRoutes);
  const follow = following(parts, own);
  const summary = summaries(parts, own, published.numbersOf);
  const keep = keeping(parts, own, published);
  const changed = settings(parts, own);
  const exported = exporting(parts, own);
  const all = [point, follow, summary, exported, changed, keep];
  return {
    urgent,
    dangerFirst,
    warm: warmDanger,
    digest: summary.digest,
    smallCounts: own.smallCounts,
    hunch: async (_turn, text) => disclosed(text, parts.safetyIn(text)),
    commands: all.flatMap(({ commands }) => commands),
    verbs: privately({
      ...point.verbs,
      ...record.verbs,
      ...follow.verbs,
      ...exported.verbs,
      ...changed.verbs,
      ...keep.verbs,
    }),
    jobs: [keep.job, own.job],
  };
}

/** What stands on these cards is kept in the records alone. */
function privately(verbs: Readonly<Record<string, Verb>>): Record<string, Verb> {
  return Object.fromEntries(
    Object.entries(verbs).map(([name, verb]) => [name, { ...verb, isPrivate: true }]),
  );
}
