import { z } from "zod/v4";
import { PlaceKind } from "../feature.ts";

/** Who did what to which record, when, and from which kind of place. Never what the record says. */
export const AuditEntry = z.object({
  /** UTC, ISO 8601. */
  at: z.string(),
  personId: z.string(),
  name: z.string(),
  /** In words: "submitted an update". */
  what: z.string(),
  /** Names the record, by its key. Empty where nothing was reached. */
  record: z.string(),
  /** A job runs nowhere that a person could be. */
  place: z.enum([...PlaceKind.options, "job"]),
  outcome: z.enum(["done", "refused"]),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** A button that shows one day, or another part of it. */
export const DayReference = z.object({
  day: z.iso.date(),
  page: z.coerce.number().int().positive(),
});
