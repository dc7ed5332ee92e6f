import { dayOf, daysUntil, longDate, timeAndDate, type Day, type Instant } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import { warningOn, type Credential } from "../credential.ts";
import { VERSION } from "../version.ts";
import { isOld } from "./rules.ts";
import type { Replica } from "./schema.ts";

/** What went out last, and what may not have arrived. */
export interface PostsState {
  readonly lastDigest: { readonly at: string; readonly meeting: Day } | undefined;
  readonly lastNudge: { readonly at: string; readonly meeting: Day } | undefined;
  readonly doubtful: number;
}

/** A feed of services: when what the directory holds of it was read. */
export interface FeedState {
  readonly name: string;
  readonly isDaily: boolean;
  readonly applied?: { readonly at: string; readonly services: number } | undefined;
}

interface Status {
  readonly committee: Committee;
  readonly replicas: readonly Replica[];
  readonly posts: PostsState;
  readonly feeds: readonly FeedState[];
  readonly credential: Credential | undefined;
  readonly now: Instant;
}

/** Feeds on one card; a council has a handful. */
const FEEDS_SHOWN = 10;

/** How the bot is, in plain words. */
export function statusCard({ committee, replicas, posts, feeds, credential, now }: Status): Card {
  return fill("running/status", {
    committee: committee.name,
    at: timeAndDate(now.toString()),
    version: VERSION,
    replicas: replicasLine(replicas),
    starts: replicas.map(({ version, startedAt }) => ({
      start: `Version ${version}, at work since ${timeAndDate(startedAt)}`,
    })),
    hasTwoVersions: new Set(replicas.map(({ version }) => version)).size > 1,
    digest: lastLine("digest", posts.lastDigest),
    nudge: lastLine("reminder", posts.lastNudge),
    isInDoubt: posts.doubtful > 0,
    doubt:
      posts.doubtful === 1
        ? "1 digest may not have arrived."
        : `${posts.doubtful} digests may not have arrived.`,
    feeds: feeds.slice(0, FEEDS_SHOWN).map((feed) => ({ feed: feedLine(feed, now) })),
    hasNoFeed: feeds.length === 0,
    hasMoreFeeds: feeds.length > FEEDS_SHOWN,
    credential: credentialLine(credential, dayOf(now)),
  });
}

/** To administrators, 60, 30 and 7 days before. */
export function expiryCard(kind: Credential["kind"], expires: Day, today: Day): Card {
  const days = daysUntil(expires, today);
  return fill("running/expiry", {
    kind,
    when: longDate(expires),
    isOver: days < 0,
    left:
      days === 0 ? "That is today." : days === 1 ? "That is tomorrow." : `That is in ${days} days.`,
  });
}

function replicasLine(replicas: readonly Replica[]): string {
  if (replicas.length === 0)
    return "No replica has said yet that it is there. They do so every minute.";
  return replicas.length === 1
    ? "1 replica is at work. While it restarts, nobody answers."
    : `${replicas.length} replicas are at work.`;
}

function lastLine(what: string, last: PostsState["lastDigest"]): string {
  if (!last) return `No ${what} has gone out for the meetings around this day.`;
  return `The last ${what} went out at ${timeAndDate(last.at)}, for the meeting on ${longDate(last.meeting)}.`;
}

function feedLine({ name, isDaily, applied }: FeedState, now: Instant): string {
  if (!applied) return `${name} has not been read to its end yet.`;
  const read = `${name}: ${applied.services} services, read at ${timeAndDate(applied.at)}.`;
  return isDaily && isOld(applied.at, now) ? `${read} That is too long ago.` : read;
}

function credentialLine(credential: Credential | undefined, today: Day): string {
  if (!credential) return "The bot proves itself without a secret, so nothing expires.";
  const { kind, expires } = credential;
  if (expires < today) return `The ${kind} expired on ${longDate(expires)}.`;
  const line = `The ${kind} expires on ${longDate(expires)}.`;
  return warningOn(today, expires)
    ? `${line} Ask those who run the bot to make a new one now.`
    : line;
}
