import { z } from "zod/v4";

/** A meeting of the committee's agenda plan. Dates that the plan does not give stay unknown. */
export const Meeting = z.object({
  date: z.iso.date(),
  kind: z.enum(["committee meeting", "workshop"]),
  /** `10:00`, where a paper gives it. */
  time: z.iso.time({ precision: -1 }).optional(),
  venue: z.string().optional(),
  draftDeadline: z.iso.date().optional(),
  publication: z.iso.date().optional(),
  source: z.string(),
  /** A meeting that was moved or cancelled stays in the plan under its old date. */
  state: z.enum(["planned", "moved", "cancelled"]).default("planned"),
  movedTo: z.iso.date().optional(),
});
export type Meeting = z.infer<typeof Meeting>;

/** An item of the agenda plan, as printed. */
export const AgendaItem = z.object({
  order: z.coerce.number().int().positive(),
  title: z.string().min(1),
  leadOfficer: z.string().optional(),
  /** "+" in the agenda plan: expected to be taken without the press and public. */
  isPrivate: z.boolean(),
  /** "*" in the agenda plan: expected to be recommended to full council. */
  goesToFullCouncil: z.boolean(),
});
export type AgendaItem = z.infer<typeof AgendaItem>;

/** A line of the action log. Its key is the minute number and letter: "187d". */
export const Action = z.object({
  minute: z.string().regex(/^\d+[a-z]?$/),
  /** The meeting whose minutes hold it, unless the log does not say. */
  meeting: z.iso.date().optional(),
  report: z.string(),
  owner: z.string(),
  action: z.string(),
  comments: z.string(),
  status: z.enum(["ACTION ONGOING", "ACTION COMPLETE"]),
});
export type Action = z.infer<typeof Action>;
