import { z } from "zod/v4";

const Id = z.string().regex(/^[a-z0-9-]+$/);

/** When a route answers, on the clock of London. Closed on bank holidays unless it says otherwise. */
const OpenHours = z.object({
  /** 1 is Monday. */
  days: z.array(z.int().min(1).max(7)).min(1),
  from: z.iso.time({ precision: -1 }),
  until: z.iso.time({ precision: -1 }),
  onBankHolidays: z.boolean().default(false),
});

/** For what a route fits, whoever knows its name and number. */
const Fit = z.object({
  id: Id,
  group: z.enum(["council", "out of hours", "police", "online", "centre", "support", "other"]),
  kinds: z.array(Id).min(1),
  /** Only for these strands or types. Without it, for all of the kind. */
  details: z.array(Id).optional(),
  /** Counted in no summary. */
  heldBack: z.boolean().default(false),
});

/** Where somebody can be pointed to. Nothing about one is in code: numbers and hours change. */
export const Route = Fit.extend({
  name: z.string().min(1),
  /** Only in these districts. Without it, everywhere. */
  districts: z.array(Id).optional(),
  phone: z.string().optional(),
  web: z.url({ protocol: /^https$/ }).optional(),
  hours: z.array(OpenHours).optional(),
  /** Something that everybody should know now. */
  alert: z.string().optional(),
  source: z.string().min(1),
  /** The day on which somebody last confirmed it. Without it nobody has. */
  lastChecked: z.iso.date().optional(),
  /** The day on which the council changed how it is reached, where nobody has confirmed that. */
  changedOn: z.iso.date().optional(),
});
export type Route = z.infer<typeof Route>;

/** A route of which the directory knows everything but what it fits. */
const ServiceRoute = Fit.extend({
  /** Id of the directory's entry. */
  service: z.string().min(1),
  isOpenOnBankHolidays: z.boolean().default(false),
});
export type ServiceRoute = z.infer<typeof ServiceRoute>;

/** A route as a council sets it up: an entry of the directory, or a name that is in none. */
export const RouteSetup = z.union([ServiceRoute, Route]);
export type RouteSetup = z.infer<typeof RouteSetup>;

/** What a person is pointed on for. */
const Kind = z.object({
  id: Id,
  name: z.string().min(1),
  /** As it is typed behind "signpost". */
  short: z.string().min(1),
  aliases: z.array(z.string()).default([]),
  /** The list that its strands or types of abuse come from. */
  details: Id.optional(),
  detailsLabel: z.string().default(""),
  /** Counted in no summary: its numbers are too small to be shown by month. */
  heldBack: z.boolean().default(false),
  on: z.boolean(),
});
export type Kind = z.infer<typeof Kind>;

/** The settings that an administrator changes in chat. */
export const Settings = z.object({
  noteIsOn: z.boolean(),
  /** Counts from 1 up to below this are hidden. */
  threshold: z.union([z.literal(5), z.literal(8), z.literal(10)]),
  zeroIsShown: z.boolean(),
  retentionMonths: z.int().min(1).max(120),
  /** Kinds that an administrator switched off. */
  kindsOff: z.array(Id).default([]),
  /** Why nothing is deleted at the moment. Empty when it is. */
  hold: z.string().default(""),
});
export type Settings = z.infer<typeof Settings>;

/** Lists of choices, each from the day it was adopted: recording rules change. */
const DetailList = z.object({
  id: Id,
  inForceFrom: z.iso.date(),
  source: z.string(),
  items: z.array(z.object({ id: Id, name: z.string().min(1) })).min(1),
});

/** What this council records, and how: dated configuration. */
export const Setup = z.object({
  source: z.string(),
  routesAreOldAfterDays: z.int().positive(),
  settings: Settings,
  kindLists: z
    .array(z.object({ inForceFrom: z.iso.date(), source: z.string(), kinds: z.array(Kind).min(1) }))
    .min(1),
  detailLists: z.array(DetailList),
});
export type Setup = z.infer<typeof Setup>;

/** The sample council's file. */
export const SignpostingFile = Setup.extend({ routes: z.array(RouteSetup) });

/** The closed choices that are the same for every council. */
export const CHANNELS = ["in person", "phone", "email", "event"] as const;
export const ADVICE_999 = ["yes", "no", "not needed"] as const;
export const AGREED = ["yes", "no", "not asked"] as const;
export const OUTCOMES = ["information given", "warm handover offered", "declined"] as const;
export const FOLLOW_UPS = ["contact made", "declined", "not known"] as const;

/** What one signposting was. It holds nothing about the person who was pointed on. */
export const Signpost = z.object({
  reference: z.string(),
  kind: Id,
  details: z.array(Id),
  district: Id,
  date: z.iso.date(),
  /** The month in which it is counted, and kept. */
  month: z.string(),
  channel: z.enum(CHANNELS),
  routes: z.array(Id).min(1),
  advised999: z.enum(ADVICE_999),
  agreed: z.enum(AGREED),
  outcome: z.enum(OUTCOMES),
  note: z.string(),
  /** Entra object id of the worker. Kept for the audit, never shown. */
  by: z.string(),
  /** The form it was filed on: the same one pressed again is the same record. */
  operation: z.string(),
  followUp: z.enum(["", ...FOLLOW_UPS]),
});
export type Signpost = z.infer<typeof Signpost>;

/** The form as Teams sends it. What is chosen is checked by the rules, so that all is still there. */
export const SignpostForm = z.object({
  kind: z.string().max(100),
  /** Made when the form was opened, so that it can hold nothing that somebody typed. */
  operation: z.uuid(),
  danger: z.string().default("false"),
  details: z.string().max(2000).default(""),
  district: z.string().max(100).default(""),
  date: z.string().max(40).default(""),
  channel: z.string().max(100).default(""),
  routes: z.string().max(4000).default(""),
  advised999: z.string().max(100).default(""),
  agreed: z.string().max(100).default(""),
  outcome: z.string().max(100).default(""),
  note: z.string().default(""),
  /** A note that sounded like danger and after which the worker went on: it is not asked again. */
  asked: z.string().default(""),
});
export type SignpostForm = z.infer<typeof SignpostForm>;

/** The form as a button keeps it while 999 or the routes are shown. */
export const HeldForm = z.object({
  form: z.string().max(20_000),
  /** The choice beside the routes. */
  district: z.string().max(40).optional(),
});

/** The outcome that became known later. */
export const FollowUpForm = z.object({
  reference: z.string().max(20),
  followUp: z.string().max(100).default(""),
});

/** A line of a summary: a number rounded by the rule, or hidden. */
const Line = z.object({
  id: z.string(),
  name: z.string(),
  shown: z.union([z.number(), z.literal("hidden")]),
});
export type Line = z.infer<typeof Line>;

/** A month's published numbers. They hold no count as it was. */
export const MonthCounts = z.object({
  threshold: z.number(),
  zeroIsShown: z.boolean(),
  /** Every number is hidden, because together they would have given a small one away. */
  isWithheld: z.boolean().default(false),
  kind: z.array(Line),
  district: z.array(Line),
  route: z.array(Line),
});
export type MonthCounts = z.infer<typeof MonthCounts>;

/** The settings form as Teams sends it. */
export const SettingsForm = z.object({
  noteIsOn: z.string().default("false"),
  threshold: z.string().default(""),
  zeroIsShown: z.string().default("false"),
  retentionMonths: z.string().max(20).default(""),
  kinds: z.string().max(2000).default(""),
  /** The etag of the settings that the form showed. */
  seen: z.string().default(""),
  /** Whether the form has warned that nothing would be counted. */
  isSure: z.string().default("false"),
});
export type SettingsForm = z.infer<typeof SettingsForm>;

/** Why nothing is to be deleted. */
export const HoldForm = z.object({ reason: z.string().max(1000).default("") });

/** Whose records are asked for, and which part of them. */
export const WhoseForm = z.object({
  person: z.string().max(200).default(""),
  id: z.string().max(200).default(""),
});
export const ExportPart = z.object({
  person: z.string().max(200),
  page: z.coerce.number().int().positive(),
});
