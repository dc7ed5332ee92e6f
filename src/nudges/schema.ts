import { z } from "zod/v4";
import { Place } from "../feature.ts";

/** Any place of the committee's tenant: people are written to by way of it. */
export const Way = z.object({
  place: Place,
  /** When the bot first heard from the committee. What was due before that is not expected. */
  at: z.iso.datetime(),
});
export type Way = z.infer<typeof Way>;

/** Why a champion was not nudged when a nudge was due. */
export const Silence = z.enum([
  "submitted",
  "vacant",
  "away",
  "snoozed",
  "limit",
  "missed",
  "asleep",
]);
export type Silence = z.infer<typeof Silence>;

/**
 * What became of one nudge. "sending" is a claim: somebody is at it, or was stopped at it, and
 * nobody sends it again. "doubtful" was not confirmed by Teams. "skipped" was never sent.
 */
export const Nudge = z.object({
  meeting: z.iso.date(),
  district: z.string(),
  /** The day it was planned for. */
  day: z.iso.date(),
  /** When it came due, and when this was written. */
  due: z.iso.datetime(),
  at: z.iso.datetime(),
  state: z.enum(["sending", "sent", "refused", "doubtful", "skipped"]),
  silence: Silence.optional(),
  /** Whom it is for; nobody while the district is vacant. */
  to: z.string().optional(),
  name: z.string().optional(),
  /** The champion pressed "Remind me tomorrow", so it does not count towards the most. */
  isAskedFor: z.boolean(),
  attempt: z.int().positive(),
  /** Why Teams refused it. */
  reason: z.string().optional(),
});
export type Nudge = z.infer<typeof Nudge>;

/** A champion's wish about one meeting: no nudge before a day, or none at all. */
export const Snooze = z.object({
  /** The day on which they want to be reminded; none: not for this meeting. */
  until: z.iso.date().optional(),
  at: z.iso.datetime(),
});
export type Snooze = z.infer<typeof Snooze>;

/** The officers' list of who is missing at a draft deadline, and what became of it. */
export const MissingList = z.object({
  deadline: z.iso.date(),
  state: z.enum(["sent", "nobody missing", "not confirmed"]),
  missing: z.int().nonnegative(),
  attempt: z.int().positive(),
  at: z.iso.datetime(),
});
export type MissingList = z.infer<typeof MissingList>;

/** Somebody who is away: no nudge reaches them before the day they are back. Never says why. */
export const Absence = z.object({
  until: z.iso.date(),
  /** Who said so. */
  by: z.string(),
  at: z.iso.datetime(),
});
export type Absence = z.infer<typeof Absence>;

/** When a committee's champions are nudged. The defaults hold until an officer changes them. */
export const NudgeSettings = z.object({
  isOn: z.boolean().default(true),
  /** Working days before the draft deadline, the most first. */
  daysBefore: z
    .string()
    .transform((days) => days.split(",").map(Number))
    .default([5, 2]),
  /** `09:30` in London, within the hours in which nudges may go. */
  time: z
    .string()
    .regex(/^(0[89]|1[0-6]):[0-5]\d$/)
    .default("09:30"),
  mostPerMeeting: z.int().min(1).max(10).default(2),
  /** When they were last changed. What was due before that is not made up. */
  since: z.iso.datetime().optional(),
  /** Counts the changes, so that a form knows whether it is out of date. */
  version: z.int().default(0),
});
export type NudgeSettings = Readonly<z.infer<typeof NudgeSettings>>;

/** What a nudge's buttons carry. */
export const NudgeReference = z.object({ meeting: z.iso.date(), district: z.string().min(1) });

/** As a form sends it: everything is text, and what is wrong with it is said in words. */
export const SettingsForm = z.object({
  isOn: z.string().default("false"),
  /** Of the settings that the form shows. */
  version: z.coerce.number().int().default(0),
  daysBefore: z.string().default(""),
  time: z.string().default(""),
  mostPerMeeting: z.string().default(""),
});
export type SettingsForm = z.infer<typeof SettingsForm>;

/** Who is away until when, as the form sends it. */
export const AwayForm = z.object({
  district: z.string().default(""),
  until: z.string().default(""),
});
export type AwayForm = z.infer<typeof AwayForm>;
