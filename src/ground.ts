import type { Logger } from "pino";
import type { Clock } from "./calendar.ts";
import type { Credential } from "./credential.ts";
import type { Patience } from "./directory/feed/asking.ts";
import type { Posting } from "./feature.ts";
import type { Files } from "./paper.ts";
import type { Planner } from "./planner.ts";
import type { Tables } from "./tables.ts";

/** What the product stands on. */
export interface Ground {
  readonly tables: Tables;
  readonly posting: Posting;
  readonly files: Files;
  readonly log: Logger;
  /** Whether the commands for one's own machine exist at all. */
  readonly isLocal: boolean;
  /** Entra object ids of administrators of every committee. */
  readonly firstAdministrators?: readonly string[];
  /** What the bot proves itself with, where that expires. */
  readonly credential?: Credential | undefined;
  /** Who is asked what a text means where the bot would only ask back. Usually nobody. */
  readonly planner?: Planner | undefined;
  /** The computer's own clock, by which replicas tell that another one is gone. */
  readonly wallClock?: Clock;
  /** Milliseconds of this process, which no change of a clock moves. A test moves them itself. */
  readonly elapsed?: () => number;
  /** What a test puts in place of the internet, whose feeds are read, and of its slowness. */
  readonly feeds?: { readonly isLoopbackAllowed: boolean; readonly patience: Patience };
}
