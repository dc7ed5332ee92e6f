import { z } from "zod/v4";
import { Place } from "../feature.ts";

/** What a paper can be fetched as. */
export const Format = z.enum(["word", "csv"]);
export type Format = z.infer<typeof Format>;

const ShortText = z.string().max(200);

/** How to make a file again: which paper, of what, and as what. */
export const Recipe = z.object({
  paper: ShortText,
  wish: z.record(ShortText, ShortText),
  format: Format,
});
export type Recipe = z.infer<typeof Recipe>;

/** A press that asks for a file, by a link where the person wants one. */
export const RecipeForm = Recipe.extend({ way: z.enum(["consent", "link"]).default("consent") });

/** A file that somebody may fetch. The file is not kept: it is made when it is fetched. */
export const Offer = z.object({
  recipe: Recipe,
  person: z.object({ id: z.string(), name: z.string() }),
  place: Place,
  /** In the person's chat, by pressing Allow; or by whoever has the link. */
  way: z.enum(["consent", "link"]),
  /** UTC, ISO 8601. */
  until: z.iso.datetime(),
  state: z.enum(["open", "taken", "declined"]),
});
export type Offer = z.infer<typeof Offer>;

/** An offer with the etag it was read with. */
export interface StoredOffer {
  readonly offer: Offer;
  readonly etag: string;
}

/** Where an accepted file goes, as Teams says it. The address is checked where it is used. */
export const Upload = z.object({
  uploadUrl: z.string().max(4000),
  contentUrl: z.string().max(4000),
  name: z.string().max(400),
  uniqueId: z.string().max(400),
  fileType: z.string().max(40),
});
export type Upload = z.infer<typeof Upload>;

/** An answer to the question whether a file may be saved, and the message that asked. */
export const Consent = z.object({
  offer: z.string().max(300),
  message: z.string().max(300),
  upload: Upload.optional(),
});
