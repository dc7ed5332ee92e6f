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
  /** Where its agenda is kept, if not under its own date: it goes with a meeting that is moved. */
  agendaKept: z.string().optional(),
});
export type Meeting = z.infer<typeof Meeting>;

/** An item of the agenda plan, as printed. */
export const AgendaItem = z.object({
  order: z.coerce.number().int().positive(),
  title: z.string().min(1),
  leadOfficer: z.string().optional(),
  /** As the plan has it, a reference or "Yes", where it is a key decision. */
  keyDecision: z.string().optional(),
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
  /** What the Committee said before, where the log has it. */
  background: z.string().optional(),
  action: z.string(),
  comments: z.string(),
  status: z.enum(["ACTION ONGOING", "ACTION COMPLETE"]),
});
export type Action = z.infer<typeof Action>;

/** A record as it is stored, with what a change of it needs. */
export interface Stored<Kind> {
  readonly value: Kind;
  /** Counts its changes, so that a form knows whether it is out of date. */
  readonly version: number;
  readonly etag: string;
}

/** One change of one record, as its history keeps it. */
export const HistoryEntry = z.object({
  version: z.number().int(),
  /** What was done: "moved the meeting to 17 October 2019". */
  what: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Who makes a change, and when. */
export interface Author {
  readonly name: string;
  readonly at: string;
}

const Text = z.string().default("");

/** The form of a meeting. Everything is text, and what is wrong with it is said in words. */
export const MeetingForm = z.object({
  /** The meeting that is changed or moved; empty for a new one. */
  was: Text,
  version: z.coerce.number().int().default(0),
  date: Text,
  time: Text,
  venue: Text,
  kind: Text,
  draftDeadline: Text,
  publication: Text,
});
export type MeetingForm = z.infer<typeof MeetingForm>;

/** Which page of a list. */
export const PageForm = z.object({ page: z.coerce.number().int().positive().default(1) });

/** Which of the planned meetings was chosen, and what for. */
export const WishForm = z.object({
  meeting: z.union([z.literal(""), z.iso.date()]).default(""),
  wish: z.enum(["change", "cancel"]),
});
export type WishForm = z.infer<typeof WishForm>;

/** Which meeting a button is about. */
export const MeetingReference = z.object({ date: z.iso.date() });
export const CancelForm = MeetingReference.extend({ version: z.coerce.number().int() });

/** The form of an agenda item. */
export const ItemForm = z.object({
  meeting: Text,
  /** Where it stands now; empty for a new one. */
  was: Text,
  /** The version of the whole agenda that the form was opened with. */
  version: z.coerce.number().int().default(0),
  order: Text,
  title: Text,
  leadOfficer: Text,
  keyDecision: Text,
  isPrivate: Text,
  goesToFullCouncil: Text,
});
export type ItemForm = z.infer<typeof ItemForm>;
export const ItemReference = z.object({
  meeting: z.iso.date(),
  was: z.string().default(""),
  version: z.coerce.number().int().default(0),
});

/** The form of an action. */
export const ActionForm = z.object({
  minute: Text,
  /** 0 for a new one. */
  version: z.coerce.number().int().default(0),
  meeting: Text,
  report: Text,
  owner: Text,
  background: Text,
  action: Text,
  comments: Text,
  status: Text,
});
export type ActionForm = z.infer<typeof ActionForm>;
export const ActionReference = z.object({ minute: z.string().max(20).default("") });
export const ActionFilter = z.object({
  show: z.enum(["open", "complete", "all"]).default("open"),
  owner: z.string().max(200).default(""),
  /** The year, month or day of the meetings that they are from. */
  meetings: z
    .string()
    .regex(/^(\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?)?$/)
    .default(""),
  page: z.coerce.number().int().positive().default(1),
});
export type ActionFilter = z.infer<typeof ActionFilter>;

/** Whose history a button asks for. */
export const HistoryReference = z.object({
  of: z.enum(["meeting", "agenda", "action"]),
  record: z.string().max(40),
  page: z.coerce.number().int().positive().default(1),
});
export type HistoryReference = z.infer<typeof HistoryReference>;

/** A pasted list, and a list that was put aside for its preview. */
export const KindForm = z.object({ kind: z.enum(["meetings", "actions"]) });
export const ImportForm = z.object({ csv: Text });
export const ImportReference = z.object({ list: z.string().max(80) });
