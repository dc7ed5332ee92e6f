import { z } from "zod/v4";

const Named = z.object({ id: z.string().min(1), name: z.string().min(1) });

/** What of a service is open, and what is shown of it: inactive and defunct ones never are. */
const ServiceStatus = z.enum(["active", "inactive", "defunct", "temporarily closed"]);

/** The days of a week as Open Referral writes them. */
export const WEEK = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** Where a service is given. */
export const ServiceLocation = z.object({
  name: z.string().optional(),
  address: z.string().optional(),
  postcode: z.string().optional(),
  latitude: z.number().min(-90).max(90).optional(),
  longitude: z.number().min(-180).max(180).optional(),
  /** Id of a district. */
  district: z.string().optional(),
});
export type ServiceLocation = z.infer<typeof ServiceLocation>;

/** When a service is given. Times are `10:00`, in London. */
export const Schedule = z.object({
  days: z.array(z.enum(WEEK)),
  opensAt: z.string().optional(),
  closesAt: z.string().optional(),
  description: z.string().optional(),
  /** Days of a month instead of a week's: the first Thursday, or -1 for the last. */
  ofMonth: z.array(z.object({ nth: z.int(), day: z.enum(WEEK) })).optional(),
  /** Days of a month by their numbers, -1 for the last. */
  monthDays: z.array(z.int()).optional(),
  /** On every day, or on every one of `days`. */
  isDaily: z.boolean().optional(),
  /** 2 for every second week, or month, or day. */
  every: z.int().min(2).optional(),
  validFrom: z.iso.date().optional(),
  validTo: z.iso.date().optional(),
});
export type Schedule = z.infer<typeof Schedule>;

/** One service of the directory, whatever it came from. What is not known is left out. */
export const Service = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** Plain text, no HTML. */
  description: z.string(),
  status: ServiceStatus,
  organization: Named,
  url: z.string().optional(),
  email: z.string().optional(),
  phones: z.array(z.string()),
  fees: z.string().optional(),
  /** Who can use it, in words. */
  eligibility: z.string().optional(),
  minimumAge: z.number().min(0).optional(),
  maximumAge: z.number().min(0).optional(),
  locations: z.array(ServiceLocation),
  /** Ids of the districts that it serves, or "county" for all of them. */
  areas: z.array(z.string()),
  schedules: z.array(Schedule),
  taxonomyTerms: z.array(Named),
  /** Something that everybody should know now. */
  alert: z.string().optional(),
  /** The day on which somebody last confirmed that the entry is right. */
  assuredDate: z.iso.date().optional(),
  /** The day on which this council changed how it is reached, until somebody confirms that. */
  contactChangedDate: z.iso.date().optional(),
  /** ISO 8601, as the feed says it. */
  lastModified: z.string().optional(),
  source: z.object({
    kind: z.enum(["sample", "local", "feed"]),
    /** The feed's name, or the document and paragraph. */
    name: z.string(),
    url: z.string().optional(),
    retrieved: z.iso.date(),
  }),
  /** Whether it is read out to everybody at /open-referral. */
  public: z.boolean(),
});
export type Service = z.infer<typeof Service>;

/** What somebody can say is wrong with an entry, and what a press of theirs changes. */
export const CORRECTABLE = {
  phone: "Telephone number",
  email: "Email address",
  url: "Website",
  description: "What it offers",
  eligibility: "Who it is for",
  fees: "Cost",
  times: "Times",
  address: "Place",
  closed: "Closed for now",
  ended: "Closed for good",
  open: "Open again",
  other: "Something else",
} as const;
export const Correctable = z.enum(
  Object.keys(CORRECTABLE) as [keyof typeof CORRECTABLE, ...(keyof typeof CORRECTABLE)[]],
);
export type Correctable = z.infer<typeof Correctable>;

/** Fields of a service that this council knows better than the feed. They win over the feed's. */
export const Correction = Service.pick({
  description: true,
  status: true,
  url: true,
  email: true,
  phones: true,
  fees: true,
  eligibility: true,
  locations: true,
  schedules: true,
  alert: true,
  assuredDate: true,
  contactChangedDate: true,
}).partial();
export type Correction = z.infer<typeof Correction>;

/** What a colleague suggests, until an officer decides. Who suggested it is kept to ask back. */
export const Suggestion = z.object({
  id: z.string(),
  service: z.string(),
  serviceName: z.string(),
  field: Correctable,
  text: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  at: z.iso.datetime(),
  /** What the entry said of it when it was decided. */
  was: z.string().optional(),
  decision: z.enum(["accepted", "rejected"]).optional(),
  decidedBy: z.object({ id: z.string(), name: z.string() }).optional(),
  decidedAt: z.iso.datetime().optional(),
});
export type Suggestion = z.infer<typeof Suggestion>;

/** What was looked for in a month and not found. Nobody's name is with it. */
export const UnmetNeed = z.object({
  words: z.string(),
  district: z.string(),
  count: z.int().positive(),
});
export type UnmetNeed = z.infer<typeof UnmetNeed>;

/** So many services fit on a card that stays readable, and well under what Teams takes. */
export const ON_A_PAGE = 3;

/** A search that was pressed. */
export const FindForm = z.object({
  text: z.string().max(1000).default(""),
  district: z.string().max(100).default(""),
  page: z.coerce.number().int().min(1).max(200).default(1),
  count: z.coerce.number().int().min(1).max(ON_A_PAGE).catch(ON_A_PAGE),
  /** "true" where somebody has said of these very words that nobody is in danger. */
  calm: z.string().max(10).catch(""),
});

/** The words of a search alone. */
export const TextReference = z.object({
  text: z.string().min(1).max(1000),
  calm: z.string().max(10).catch(""),
});

/** A wider search that a card offered. */
export const WiderReference = z.object({
  need: z.string().max(100),
  near: z.string().max(100).default(""),
  within: z.string().max(100).default(""),
});

const AnyText = z
  .object({ text: z.string().catch(""), calm: z.unknown() })
  .catch({ text: "", calm: "" });

/**
 * What was typed, however long or wrong it is: looked at before anything else. A button that keeps
 * the words of which somebody has said that nobody is in danger holds nothing newly typed.
 */
export function typedIn(data: unknown): string {
  const { text, calm } = AnyText.parse(data);
  return calm === "true" ? "" : text;
}

const AnySuggestion = z
  .object({ text: z.string().catch(""), asked: z.string().catch("") })
  .catch({ text: "", asked: "" });

/** The same of a suggestion, unless it was answered with the routes already. */
export function suggestedIn(data: unknown): string {
  const { text, asked } = AnySuggestion.parse(data);
  return text === asked ? "" : text;
}

/** A press on one service. */
export const ServiceReference = z.object({ id: z.string().min(1).max(300) });

/** Said where somebody would change a route out of danger. */
export const NEVER_CHANGED =
  "This is a route out of danger, so it is not changed here. Tell the committee's officer, who can have a new release say it.";

/** Said where an officer would accept how an emergency or safeguarding service is reached. */
export const ONLY_ADMINISTRATOR =
  "People in danger depend on this contact, so an administrator accepts it. Ask one to type suggested corrections.";

/** Said where an officer would confirm such an entry. */
export const ONLY_ADMINISTRATOR_CONFIRMS =
  "People in danger depend on this entry, so an administrator confirms it. Ask one to type check services.";

/** A correction as it was filled in: of one service, or of one that was chosen from the list. */
export const SuggestionForm = z.object({
  id: z.string().max(300).default(""),
  chosen: z.string().max(300).default(""),
  field: Correctable.catch("other"),
  text: z.string().max(5000).default(""),
  operation: z.string().min(1).max(200),
  /** The text that was answered with the routes out of danger, and is meant as it is. */
  asked: z.string().max(5000).default(""),
});
export type SuggestionForm = z.infer<typeof SuggestionForm>;

/** A press on a suggestion that waits for a decision. */
export const SuggestionReference = z.object({
  id: z.string().min(1).max(200),
  at: z.iso.datetime(),
  service: z.string().max(300).default(""),
});

/** A page of the services to check, and the one that was found right. */
export const ChecksReference = z.object({
  id: z.string().max(300).default(""),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});
