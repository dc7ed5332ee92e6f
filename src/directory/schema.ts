import { z } from "zod/v4";

const Named = z.object({ id: z.string().min(1), name: z.string().min(1) });

/** What of a service is open, and what is shown of it: inactive and defunct ones never are. */
export const ServiceStatus = z.enum(["active", "inactive", "defunct", "temporarily closed"]);
export type ServiceStatus = z.infer<typeof ServiceStatus>;

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
