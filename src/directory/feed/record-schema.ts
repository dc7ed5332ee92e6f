import { z } from "zod/v4";
import { isDay } from "../../calendar.ts";
import { Service } from "../schema.ts";
import { plainText } from "./plain-text.ts";
import { DaysOfMonth, DaysOfRule, scheduleFrom, UNSAID } from "./times.ts";

// The shapes of both standards in one: no field means one thing in the first and another in the
// second. A field that is wrong is left out (`readLeavingOut`), so nothing here has a default.

/** The islands in degrees, with room: a point elsewhere is a mistake, such as two swapped numbers. */
const UK = { south: 49, north: 61, west: -9, east: 2.5 };
const LONGEST_TEXT = 5000;
const LONGEST_LINE = 300;
const LONGEST_ID = 200;
const OLDEST = 130;

const Text = z.union([z.string(), z.number().transform(String)]).transform(plainText);
const Line = Text.transform((text) => cut(text.replaceAll("\n", " "), LONGEST_LINE));
const LongText = Text.transform((text) => cut(text, LONGEST_TEXT));
const Id = z.union([z.string(), z.int().transform(String)]).pipe(
  z
    .string()
    .trim()
    .min(1)
    .max(LONGEST_ID)
    // What a table key, an address or a line of a list cannot hold.
    .regex(/^[^\p{Cc}\p{Cf}\s/\\?#%|]+$/u),
);
const Address = z
  .string()
  .trim()
  .max(2000)
  .pipe(z.url({ protocol: /^https?$/ }))
  // What stands before an @ is a password, or makes an address look like another one.
  .refine((address) => !URL.parse(address)?.username && !URL.parse(address)?.password);
const Email = z.string().trim().max(LONGEST_LINE).pipe(z.email());
/** Digits with what people put between and behind them. */
const PhoneNumber = z
  .union([z.string(), z.int().transform(String)])
  .transform(plainText)
  .pipe(z.string().regex(/^[+(\d][\d\s().+-]{3,24}(?:\s*(?:ext|x|option|opt)\.?\s*\d{1,6})?$/i));
const DayOfFeed = z
  .string()
  .transform((text) => text.trim().slice(0, 10))
  .refine(isDay);
const Clock = z
  .string()
  .regex(/^T?([01]?\d|2[0-3]):[0-5]\d/)
  .transform((text) => (/\d{1,2}:\d\d/.exec(text)?.[0] ?? "").padStart(5, "0"));
/** A number, or the text of one: false, "" and an empty list are none. */
const Amount = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^[+-]?\d+(?:\.\d+)?$/)
    .transform(Number),
]);
const Age = Amount.pipe(z.number().min(0).max(OLDEST));

const Phone = z.object({ number: PhoneNumber });
const Contact = z.object({ phones: z.array(Phone).optional(), email: Email.optional() });
const PostalAddress = z.object({
  ...{ address_1: Line.optional(), address_2: Line.optional(), city: Line.optional() },
  ...{ region: Line.optional(), state_province: Line.optional(), postal_code: Line.optional() },
});
const Place = z
  .object({
    name: Line.optional(),
    latitude: Amount.pipe(z.number().min(-90).max(90)).optional(),
    longitude: Amount.pipe(z.number().min(-180).max(180)).optional(),
    addresses: z.array(PostalAddress).optional(),
    physical_addresses: z.array(PostalAddress).optional(),
    phones: z.array(Phone).optional(),
  })
  .superRefine(({ latitude, longitude }, context) => {
    if (isInUk(latitude, longitude)) return;
    for (const name of ["latitude", "longitude"])
      context.addIssue({ code: "custom", path: [name] });
  });
const Frequency = z.string().trim().toUpperCase();
/** None that cannot be read is left out: every second Thursday is not every Thursday. */
const Interval = Amount.pipe(z.int().min(1).max(52)).optional().catch(0);
const Times = z
  .object({
    ...{ freq: Frequency.optional().catch("unreadable"), interval: Interval },
    ...{ byday: DaysOfRule.optional(), weekday: DaysOfRule.optional() },
    bymonthday: DaysOfMonth.optional(),
    ...{ valid_from: DayOfFeed.optional(), valid_to: DayOfFeed.optional() },
    until: DayOfFeed.optional(),
    ...{ opens_at: Clock.optional(), closes_at: Clock.optional(), description: Line.optional() },
    ...Object.fromEntries(UNSAID.map((name) => [name, z.unknown().optional()])),
  })
  .superRefine((times, context) => {
    const isUnsaid = Object.entries(times).some(
      ([name, value]) => UNSAID.includes(name) && value !== undefined,
    );
    if (!isUnsaid && scheduleFrom(times)) return;
    // What a person wrote about the times is true whatever the fields say.
    const fields = times.description ? Object.keys(times) : [];
    const wrong = fields.filter((name) => name !== "description").map((name) => [name]);
    for (const path of wrong.length > 0 ? wrong : [[]]) context.addIssue({ code: "custom", path });
  });
const Term = z.object({ id: Id, name: Line });

/** What is read of a service. Names of contact persons are not: an open feed should hold none. */
export const FeedRecord = z.object({
  id: Id,
  name: Line.pipe(z.string().min(1)),
  status: z.string().trim().toLowerCase().pipe(Service.shape.status),
  organization: z.object({ id: Id, name: Line.optional() }).optional(),
  organization_id: Id.optional(),
  description: LongText.optional(),
  ...{ url: Address.optional(), email: Email.optional(), alert: LongText.optional() },
  ...{ fees: LongText.optional(), fees_description: LongText.optional() },
  eligibility_description: LongText.optional(),
  ...{ minimum_age: Age.optional(), maximum_age: Age.optional() },
  assured_date: DayOfFeed.optional(),
  last_modified: z.string().max(40).refine(isMoment).optional(),
  phones: z.array(Phone).optional(),
  contacts: z.array(Contact).optional(),
  locations: z.array(Place).optional(),
  service_at_locations: z
    .array(
      z.object({
        location: Place.optional(),
        phones: z.array(Phone).optional(),
        schedules: z.array(Times).optional(),
        regular_schedule: z.array(Times).optional(),
        regular_schedules: z.array(Times).optional(),
      }),
    )
    .optional(),
  schedules: z.array(Times).optional(),
  regular_schedules: z.array(Times).optional(),
  cost_options: z
    .array(
      z.object({
        option: Line.optional(),
        amount: Amount.pipe(z.number().min(0).max(1_000_000)).optional(),
        currency: Line.optional(),
        amount_description: Line.optional(),
      }),
    )
    .optional(),
  eligibilitys: z
    .array(
      z.object({
        eligibility: Line.optional(),
        ...{ minimum_age: Age.optional(), maximum_age: Age.optional() },
      }),
    )
    .optional(),
  service_areas: z
    .array(z.object({ name: Line.optional(), service_area: Line.optional() }))
    .optional(),
  attributes: z.array(z.object({ taxonomy_term: Term.optional() })).optional(),
  service_taxonomys: z.array(z.object({ taxonomy: Term.optional() })).optional(),
});
export type FeedRecord = z.infer<typeof FeedRecord>;

/** Fields that only the whole record of a service has, never the short one of a list. */
export const ONLY_IN_WHOLE = [
  ...["phones", "contacts", "locations", "service_at_locations", "schedules"],
  ...["regular_schedules", "cost_options", "eligibilitys", "service_areas", "attributes"],
  "service_taxonomys",
] as const satisfies readonly (keyof FeedRecord)[];

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text));
}

/** A point that is not whole, or is 0, 0 as programs write where they know nothing, is not shown. */
function isInUk(latitude: number | undefined, longitude: number | undefined): boolean {
  if (latitude === undefined || longitude === undefined) return true;
  if (latitude === 0 && longitude === 0) return true;
  const isNorthSouth = latitude >= UK.south && latitude <= UK.north;
  return isNorthSouth && longitude >= UK.west && longitude <= UK.east;
}
