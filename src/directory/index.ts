import type { Logger } from "pino";
import type { Committee } from "../council.ts";
import type { Feature } from "../feature.ts";
import type { Search } from "../searching.ts";
import { correcting, type CorrectingParts } from "./correcting.ts";
import { finding, type FindingParts } from "./finding.ts";
import { createLiveDirectory } from "./live.ts";
import { readingOut } from "./reading-out.ts";
import { snapshotJob } from "./snapshot-job.ts";
import type { SnapshotStore } from "./snapshot-store.ts";
import type { ServiceStore } from "./store.ts";
import { suggesting, type SuggestingParts } from "./suggesting.ts";

export { mentionedIn, placeNamed } from "./needs.ts";
export { safetyNamed } from "./safety.ts";

/** What the directory needs from the rest of the product. */
type DirectoryParts = Omit<FindingParts & CorrectingParts & SuggestingParts, "live"> & {
  readonly store: ServiceStore;
  readonly snapshots: SnapshotStore;
  readonly committees: () => Promise<Committee[]>;
  readonly log: Logger;
};

/** The feature, and its start: reading the directory before anybody asks for it. */
interface Directory extends Feature {
  readonly search: Search;
  readonly warm: () => Promise<void>;
  /** Takes in what was written until now. */
  readonly takeIn: () => Promise<void>;
}

/** The directory of services: finding, keeping it right, and reading it out to everybody. */
export function directory(parts: DirectoryParts): Directory {
  const live = createLiveDirectory(parts);
  const found = finding({ ...parts, live });
  const suggested = suggesting({ ...parts, live });
  const kept = correcting({ ...parts, live });
  return {
    commands: [...found.commands, ...suggested.commands, ...kept.commands],
    verbs: { ...found.verbs, ...suggested.verbs, ...kept.verbs },
    search: found.search,
    hunch: found.hunch,
    pages: readingOut(live.ready, parts.committees),
    jobs: [snapshotJob({ ...parts, live })],
    warm,
    takeIn,
  };

  /** A look that is under way may have begun before the last was written, so there is one more. */
  async function takeIn(): Promise<void> {
    await live.refresh();
    await live.refresh();
  }

  async function warm(): Promise<void> {
    await Promise.all([parts.store.announceOpen(), live.begin()]);
  }
}
