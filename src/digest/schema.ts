import { z } from "zod/v4";
import { Place } from "../feature.ts";

/** The channel that a committee's digests go to. */
export const Channel = z.object({
  place: Place.extend({ kind: z.literal("channel"), channel: z.string() }),
  audience: z.enum(["committee", "private", "public"]),
  /** Whether an officer stated it, because Teams said nothing. */
  isStated: z.boolean(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Channel = z.infer<typeof Channel>;

/**
 * One post and what became of it. "sending" is a claim: somebody is at it, or was stopped at it.
 * "doubtful" is a post that Teams did not confirm: it may or may not have arrived.
 */
export const Post = z.object({
  meeting: z.iso.date(),
  channel: z.string(),
  state: z.enum(["sending", "sent", "refused", "doubtful"]),
  /** Counts the tries, so that a button of an earlier try does nothing. */
  attempt: z.int().positive(),
  /** The posted message, when Teams said so. */
  activity: z.string().optional(),
  by: z.string(),
  at: z.iso.datetime(),
});
export type Post = z.infer<typeof Post>;

/** What a digest's button carries. */
export const PageReference = z.object({
  meeting: z.iso.date(),
  page: z.coerce.number().int().positive(),
});
export const PostReference = z.object({ meeting: z.iso.date() });
export const AttemptReference = PostReference.extend({
  attempt: z.coerce.number().int().positive(),
});
export const AudienceChoice = z.object({ audience: z.enum(["committee", "public"]) });
