import { z } from "zod/v4";
import { Place } from "../feature.ts";

/** The channel that a committee's digests go to. */
export const Channel = z.object({
  place: Place.extend({ kind: z.literal("channel"), channel: z.string() }),
  audience: z.enum(["committee", "private", "public"]),
  /** Whether an officer stated it, because Teams said nothing. */
  isStated: z.boolean(),
  by: z.string(),
  /** When it was chosen. */
  at: z.iso.datetime(),
  /** When the committee first had one, where this is not it. What was due before is not made up. */
  since: z.iso.datetime().optional(),
});
export type Channel = z.infer<typeof Channel>;

/**
 * What goes out for a meeting: the digest before it, the one at the publication of its agenda,
 * the chair's own, and a word to the channel or the chair on what has changed, where the digest
 * itself cannot say so. A reminder tells the officers that no channel is chosen.
 */
export const PostKind = z.enum([
  "digest",
  "publication",
  "chair",
  "correction",
  "chair correction",
  "reminder",
]);
export type PostKind = z.infer<typeof PostKind>;

/** Which post: for which meeting, of what kind, to which channel or person. */
export const PostReference = z.object({
  meeting: z.iso.date(),
  kind: PostKind,
  /** A channel's id, or a person's Entra object id. */
  to: z.string(),
  /** What a correction says, in short: there can be one for each change. */
  about: z.string().optional(),
});
export type PostReference = z.infer<typeof PostReference>;

/**
 * One post and what became of it. "sending" is a claim: somebody is at it, or was stopped at it.
 * "doubtful" is a post that Teams did not confirm: it may or may not have arrived. The last five
 * were never sent: there was nothing to say, digests were paused, the meeting was over first,
 * no channel was chosen, or another digest was posted in its place.
 */
export const Post = PostReference.extend({
  state: z.enum([
    "sending",
    "sent",
    "refused",
    "doubtful",
    "empty",
    "paused",
    "missed",
    "no channel",
    "not needed",
  ]),
  /** Counts the tries, so that a button of an earlier try does nothing. */
  attempt: z.int().positive(),
  /** The posted message, when Teams said so. */
  activity: z.string().optional(),
  /** Why Teams refused it: a status and the connector's own word. */
  reason: z.string().optional(),
  by: z.string(),
  at: z.iso.datetime(),
  /** The line over it: why it came late. It stays when what it says is renewed. */
  note: z.string().optional(),
  /** What stands there, in short, to know whether it has changed since. */
  shown: z.string().optional(),
  /** What it said when it was posted, for the digest after it to say what has changed since. */
  said: z.string().optional(),
  /** When and where the meeting takes place, in short, as it stands there. */
  facts: z.string().optional(),
  /** The channel it went to, which need not be the committee's any more. */
  place: Place.optional(),
  /** Who could read it there. */
  audience: z.enum(["committee", "private", "public"]).optional(),
  /** Counts the renewals in place: the newest one holds. */
  renewal: z.int().default(0),
  /** When Teams confirmed the last renewal, and what the meeting was then. */
  renewedAt: z.iso.datetime().optional(),
  renewedAs: z.enum(["planned", "moved", "cancelled"]).optional(),
  /** So many renewals in a row were not confirmed. */
  unconfirmed: z.int().default(0),
  /** Who said that it is there, where Teams did not. */
  settledBy: z.string().optional(),
  /** Whether something has changed since that cannot be shown there: no message is known to change. */
  outdated: z.boolean().optional(),
  /** Whether the officers have been told what they need to know of it. */
  isTold: z.boolean().default(false),
  /** The officers who got that word, and how often it was tried. */
  told: z.array(z.string()).default([]),
  tellings: z.int().default(0),
});
export type Post = z.infer<typeof Post>;
/** A post as it is first written down. */
export type NewPost = z.input<typeof Post>;

/** When a committee's digests go out. The defaults hold until an officer changes them. */
export const DigestSettings = z.object({
  workingDaysBefore: z.int().min(1).max(15).default(5),
  /** `09:00` in London. Never at night, when the clocks change. */
  time: z
    .string()
    .regex(/^(0[6-9]|1\d|2[0-1]):[0-5]\d$/)
    .default("09:00"),
  atPublication: z.boolean().default(true),
  toChair: z.boolean().default(true),
  /** While paused nothing goes out by itself, and what was due then is not made up. */
  pausedFrom: z.iso.datetime().optional(),
  pausedUntil: z.iso.date().optional(),
});
export type DigestSettings = z.infer<typeof DigestSettings>;

/** What a digest's buttons carry. */
export const MeetingReference = z.object({ meeting: z.iso.date() });
export const PageReference = MeetingReference.extend({
  kind: PostKind.default("digest"),
  /** Which correction. */
  about: z.string().optional(),
  page: z.coerce.number().int().positive(),
});
export const AttemptReference = PostReference.extend({
  attempt: z.coerce.number().int().positive(),
});
export const AudienceChoice = z.object({ audience: z.enum(["committee", "public"]) });
/** As a form sends it: everything is text, and what is wrong with it is said in words. */
export const SettingsForm = z.object({
  workingDaysBefore: z.string().default(""),
  time: z.string().default(""),
  atPublication: z.string().default("false"),
  toChair: z.string().default("false"),
});
export type SettingsForm = z.infer<typeof SettingsForm>;
export const PauseForm = z.object({ until: z.string().default("") });

/** Who has said that they have read a post, and which. Earlier rows are about a meeting's digest. */
export const Acknowledgement = z.object({
  person: z.string(),
  name: z.string(),
  at: z.iso.datetime(),
  kind: PostKind.default("digest"),
  to: z.string().optional(),
  about: z.string().optional(),
});
export type Acknowledgement = z.infer<typeof Acknowledgement>;
