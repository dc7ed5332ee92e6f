import type { Card } from "../card-template.ts";
import type { AuditRecord, Feature, Sent, Turn } from "../feature.ts";
import { following } from "./following.ts";
import { recording } from "./recording.ts";
import type { Route } from "./schema.ts";
import { setting } from "./setting.ts";
import type { SetupStore } from "./setup-store.ts";
import type { SignpostStore } from "./store.ts";

/** What this feature needs from the rest of the product. */
export interface SignpostingParts {
  readonly store: SignpostStore;
  readonly setupStore: SetupStore;
  /** Where people can be pointed to, whoever keeps the directory. */
  readonly routesOf: (committee: string) => Promise<readonly Route[]>;
  /** Writes into the speaker's own chat. */
  readonly toPerson: (turn: Turn, card: Card) => Promise<Sent>;
  readonly audit: AuditRecord;
}

/** The feature, and what comes before every other answer. */
export interface SignpostingFeature extends Feature {
  /** 999, where a text sounds like danger now. */
  readonly urgent: (turn: Turn, text: string) => Promise<Card | undefined>;
}

/** Pointing somebody to help after a hate crime or with a safeguarding concern, without recording who. */
export function signposting(parts: SignpostingParts): SignpostingFeature {
  const own = setting(parts);
  const record = recording(parts, own);
  const follow = following(parts, own);
  return {
    urgent: record.urgent,
    commands: [...record.commands, ...follow.commands],
    verbs: { ...record.verbs, ...follow.verbs },
  };
}
