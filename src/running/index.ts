import type { Logger } from "pino";
import { dayOf, type Clock, type Instant } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import type { Credential } from "../credential.ts";
import { IN_PERSON, type Feature, type Place, type Turn } from "../feature.ts";
import { levelled } from "../measuring.ts";
import { expiryCard, statusCard, type FeedState, type PostsState } from "./cards.ts";
import { atWork, checkRun, warningRun } from "./rules.ts";
import type { RunningStore } from "./store.ts";
import said from "./said.json" with { type: "json" };

/** What this feature needs from the rest of the product. */
export interface RunningParts {
  readonly store: RunningStore;
  /** What the bot proves itself with, where that expires. */
  readonly credential: Credential | undefined;
  /** By which replicas are reckoned: the council's clock can be pinned. */
  readonly wallClock: Clock;
  readonly postsOf: (committee: string, now: Instant) => Promise<PostsState>;
  readonly feedsOf: (committee: string) => Promise<readonly FeedState[]>;
  /** A place of the committee's tenant, through which its people are reached. */
  readonly wayTo: (committee: string) => Promise<Place | undefined>;
  /** False where nobody was told. Who is administrator of several committees is told in one. */
  readonly tellAdministrators: (
    committee: Committee,
    now: Instant,
    from: Place,
    card: Card,
  ) => Promise<boolean>;
  readonly log: Logger;
}

/** How the bot itself is: what an administrator can ask, and what they are told unasked. */
export function running(parts: RunningParts): Feature {
  const { store, credential, log } = parts;
  const needs = { roles: ["administrator"], places: IN_PERSON } as const;
  return {
    commands: [
      {
        id: "running.status",
        name: "bot status",
        phrases: ["status of the bot", "health", "is the bot well", "bot version"],
        examples: said.status,
        purpose: "See how the bot is: version, replicas, tables, last posts, what expires.",
        task: "About this bot",
        needs,
        run: showStatus,
      },
    ],
    verbs: { "running.status": { needs, run: showStatus } },
    jobs: [
      {
        name: "credential expiry",
        // Without a way to anybody the warning waits, and is not taken for given.
        due: async ({ id }, now) =>
          warningRun(credential, dayOf(now)) && (await parts.wayTo(id))
            ? warningRun(credential, dayOf(now))
            : undefined,
        run: warn,
      },
      { name: "check of the bot", due: (_committee, now) => checkRun(now), run: check },
    ],
  };

  async function showStatus({ committee, now }: Turn): Promise<Card> {
    const [replicas, posts, feeds] = await Promise.all([
      store.replicas(),
      parts.postsOf(committee.id, now),
      parts.feedsOf(committee.id),
    ]);
    const working = atWork(replicas, parts.wallClock());
    return statusCard({ committee, replicas: working, posts, feeds, credential, now });
  }

  async function warn(committee: Committee, now: Instant): Promise<void> {
    const from = await parts.wayTo(committee.id);
    if (!credential || !from) return;
    const card = expiryCard(credential.kind, credential.expires, dayOf(now));
    if (!(await parts.tellAdministrators(committee, now, from, card)))
      throw new Error("no administrator could be told that a credential expires");
  }

  /** What nobody looks at every day, for whoever watches the log. */
  async function check({ id }: Committee, now: Instant): Promise<void> {
    const { doubtful } = await parts.postsOf(id, now);
    levelled("posts in doubt", doubtful, { committee: id });
    if (doubtful > 0) log.warn({ committee: id, count: doubtful }, "posts are in doubt");
    if (warningRun(credential, dayOf(now)))
      log.warn({ ...credential }, "a credential expires soon");
    await store.tidy(parts.wallClock());
  }
}
