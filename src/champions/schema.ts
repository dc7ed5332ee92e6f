import { z } from "zod/v4";

/** The three sections of the committee's own form, in its order. */
export const SECTIONS = ["updates", "contacts", "goodPractice"] as const;
export type Section = (typeof SECTIONS)[number];

const Items = z.object({
  updates: z.array(z.string()),
  contacts: z.array(z.string()),
  goodPractice: z.array(z.string()),
});

/** A district's update for a month: what was said, by whom, for which meeting. */
export const Update = z.object({
  /** `2019-09` */
  month: z.string(),
  district: z.string(),
  /** The meeting it goes to. */
  meeting: z.iso.date(),
  /** What that meeting is known by, wherever it is moved to; older updates have only the day. */
  meetingKept: z.string().optional(),
  /** Counts every change, from 1. */
  version: z.int().positive(),
  status: z.enum(["submitted", "withdrawn"]),
  /** Written by the champion, or spoken at the meeting and recorded by an officer. */
  kind: z.enum(["written", "oral"]),
  sections: Items,
  priorities: z.array(z.string()),
  champion: z.string(),
  author: z.object({ id: z.string(), name: z.string() }),
  /** When it was submitted: UTC, ISO 8601. */
  at: z.iso.datetime(),
  /** Changed after the agenda was published. */
  late: z.boolean(),
  /** The form it came from. The same form pressed twice is one record. */
  operation: z.string(),
});
export type Update = z.infer<typeof Update>;

/** Which replica is telling the officers of a late change, and since when. */
export const NoticeClaim = z.object({ by: z.string(), at: z.iso.datetime() });
export type NoticeClaim = z.infer<typeof NoticeClaim>;

/** What stands in the form's fields: text as typed, one item a line. */
export const Typed = z.object({
  updates: z.string().default(""),
  contacts: z.string().default(""),
  goodPractice: z.string().default(""),
  /** Teams joins the chosen values with commas. */
  priorities: z
    .string()
    .default("")
    .transform((chosen) => chosen.split(",").filter(Boolean)),
});
export type Typed = z.infer<typeof Typed>;

/** A form that was put aside. Only its author sees it. */
export const Draft = Typed.extend({
  priorities: z.array(z.string()),
  month: z.string(),
  district: z.string(),
  author: z.string(),
  /** The version of the update that the form was opened on; 0 before there is any. */
  version: z.int().nonnegative(),
  /** The form it stands on: each form has a draft of its own. */
  operation: z.string(),
  /** How often it was saved, so that a form knows whether it shows what is saved; 0 before. */
  saved: z.int().nonnegative(),
});
export type Draft = z.infer<typeof Draft>;

/** A saved draft: when, and the etag it was read with. */
export interface StoredDraft {
  readonly draft: Draft;
  readonly at: string;
  readonly etag: string;
}

/** What comes back when a button of the form is pressed. Checked against our own rows. */
export const Form = Typed.extend({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  /** The month the form was opened for: what can be carried forward comes from before it. */
  openedFor: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  district: z.string().min(1),
  version: z.coerce.number().int().nonnegative(),
  operation: z.string().min(1).max(200),
  saved: z.coerce.number().int().nonnegative().default(0),
  /** The version whose items are on offer: `2019-08/1`. Later edits must not change the choice. */
  carryFrom: z
    .string()
    .regex(/^(\d{4}-(0[1-9]|1[0-2])\/\d{1,4})?$/)
    .default(""),
  /** Items of the last update to carry forward, by section and position: `updates-2`. */
  carry: z
    .string()
    .default("")
    .transform((chosen) => chosen.split(",").filter(Boolean)),
});
export type Form = z.infer<typeof Form>;

/** Names one update on a button. */
export const UpdateReference = z.object({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  district: z.string().min(1),
  version: z.coerce.number().int().positive().optional(),
});

/** A press on a draft: one to open, or a page of one that no card holds. */
export const KeptReference = z.object({
  district: z.string().min(1),
  /** The draft's operation. */
  draft: z.string().min(1).max(200),
  page: z.coerce.number().int().positive().default(1),
});

/** An officer's record that a champion spoke at a meeting. */
export const OralForm = z.object({
  meeting: z.iso.date().optional(),
  district: z.string().optional(),
  minuted: z.string().default(""),
  operation: z.string().min(1).max(200),
});
export type OralForm = z.infer<typeof OralForm>;

/** A press on a digest: the update to read, and the page to come back to. */
export const DigestReference = UpdateReference.extend({
  meeting: z.iso.date(),
  page: z.coerce.number().int().positive(),
});
