import { createHash } from "node:crypto";
import { z } from "zod/v4";
import placesFile from "../../data/places.json" with { type: "json" };
import type { Committee } from "../council.ts";
import type { PublicPage } from "../public-page.ts";
import { COUNTY } from "./nearness.ts";
import type { ServiceSearch } from "./search.ts";
import { WEEK, type Schedule, type Service, type ServiceLocation } from "./schema.ts";

const [COUNTY_NAME = "The whole county"] = placesFile.county;
const MOST_PER_PAGE = 100;
const PER_PAGE = 50;
const PROFILE = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md";
const OPENAPI = "https://docs.openreferraluk.org/en/latest/openapi30.json";
const NOT_FOUND = { status: 404, body: { error: "There is no such service." } };

const positive = (otherwise: number) => z.coerce.number().int().positive().catch(otherwise);
const age = z.coerce.number().min(0).optional().catch(undefined);
const Query = z.strictObject({
  search: z.string().max(200).default("").catch(""),
  page: positive(1).default(1),
  per_page: positive(PER_PAGE).default(PER_PAGE),
  taxonomy_term_id: z.string().max(300).optional(),
  minimum_age: age,
  maximum_age: age,
  day: z.enum(WEEK).optional().catch(undefined),
  // Of the standard, and no filters: each service is always given whole, as JSON.
  ...{ full: z.string().optional(), minimal: z.string().optional(), format: z.string().optional() },
});
const UNREADABLE = `The query cannot be read. It may have ${Object.keys(Query.shape).join(", ")}.`;

/**
 * The directory as the Open Referral UK standard 3.0 wants it read: the three endpoints that it
 * requires. Public services only; what is empty is left out, never null.
 */
export function readingOut(
  ready: () => Promise<ServiceSearch>,
  committees: () => Promise<readonly Committee[]>,
): PublicPage[] {
  let sorted: { of: ServiceSearch; revision: number; services: readonly Service[] } | undefined;
  return [
    { path: "/open-referral", answer: async () => ({ status: 200, body: about() }) },
    { path: "/open-referral/services", answer: async ({ query }) => list(query) },
    { path: "/open-referral/services/:id", answer: async ({ id }) => one(id) },
  ];

  async function list(asked: unknown) {
    const read = Query.safeParse(asked);
    if (!read.success) return { status: 400, body: { error: UNREADABLE } };
    const query = read.data;
    const words = query.search.trim().toLowerCase();
    const services = (await everyPublic()).filter((service) => isAsked(service, query, words));
    const size = Math.min(query.per_page, MOST_PER_PAGE);
    const pages = Math.max(1, Math.ceil(services.length / size));
    const page = services.slice((query.page - 1) * size, query.page * size);
    const names = await areaNames();
    return {
      status: 200,
      body: {
        ...{ total_items: services.length, total_pages: pages, page_number: query.page },
        ...{ size: page.length, first_page: query.page === 1, last_page: query.page >= pages },
        empty: page.length === 0,
        contents: page.map((service) => asHsds(service, names)),
      },
    };
  }

  async function one(id: string) {
    const service = (await everyPublic()).find(
      (each) => each.id === id || uuid("service", each.id) === id,
    );
    return service ? { status: 200, body: asHsds(service, await areaNames()) } : NOT_FOUND;
  }

  /** What the areas that services serve are called. */
  async function areaNames(): Promise<ReadonlyMap<string, string>> {
    const districts = (await committees()).flatMap((committee) => committee.districts);
    return new Map([
      [COUNTY, COUNTY_NAME],
      ...districts.map(({ id, name }) => [id, name] as const),
    ]);
  }

  /** Sorted once after each change: a page must not lose a service between two requests. */
  async function everyPublic(): Promise<readonly Service[]> {
    const search = await ready();
    const revision = search.revision();
    if (sorted?.of !== search || sorted.revision !== revision) {
      const services = search.all().filter((service) => service.public);
      sorted = {
        of: search,
        revision,
        services: services.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      };
    }
    return sorted.services;
  }
}

function about() {
  return { version: "HSDS-UK-3.0", profile: PROFILE, openapi_url: OPENAPI };
}

function isAsked(service: Service, query: z.infer<typeof Query>, words: string): boolean {
  const { minimum_age: from, maximum_age: until, taxonomy_term_id: term, day } = query;
  if (words && !`${service.name} ${service.description}`.toLowerCase().includes(words))
    return false;
  if (term && !service.taxonomyTerms.some(({ id }) => id === term || uuid("term", id) === term))
    return false;
  if (from !== undefined && (service.maximumAge ?? Infinity) < from) return false;
  if (until !== undefined && (service.minimumAge ?? 0) > until) return false;
  return !day || service.schedules.some((times) => isOn(times, day));
}

/** HSDS-UK 3.0's own words for a service. */
function asHsds(service: Service, areaNames: ReadonlyMap<string, string>) {
  const { organization, phones, schedules, locations, taxonomyTerms } = service;
  const id = uuid("service", service.id);
  const organizationId = uuid("organization", organization.id);
  return withoutEmpty({
    ...{ id, name: service.name, status: service.status, organization_id: organizationId },
    ...{ description: service.description, url: service.url, email: service.email },
    ...{ minimum_age: service.minimumAge, maximum_age: service.maximumAge },
    ...{ eligibility_description: service.eligibility, fees_description: service.fees },
    ...{ alert: service.alert, assured_date: service.assuredDate },
    last_modified: service.lastModified,
    organization: { id: organizationId, name: organization.name, description: organization.name },
    phones: phones.map((number, at) => ({ id: uuid("phone", service.id, at), number })),
    schedules: schedules.flatMap((schedule, at) =>
      scheduleOf(schedule, uuid("schedule", service.id, at)),
    ),
    service_at_locations: locations.map((location, at) => ({
      ...{ id: uuid("at", service.id, at), service_id: id },
      location: locationOf(location, uuid("location", service.id, at)),
    })),
    service_areas: service.areas.flatMap((area, at) => {
      const name = areaNames.get(area);
      return name ? [{ id: uuid("area", service.id, at), service_id: id, name }] : [];
    }),
    attributes: taxonomyTerms.map((term, at) => ({
      ...{ id: uuid("attribute", service.id, at), link_id: id, link_entity: "service" },
      taxonomy_term: { id: uuid("term", term.id), name: term.name, description: term.name },
    })),
  });
}

function isOn({ days, isDaily }: Schedule, day: (typeof WEEK)[number]): boolean {
  return days.length > 0 ? days.includes(day) : isDaily === true;
}

function scheduleOf(schedule: Schedule, id: string) {
  const { opensAt, closesAt, description, validFrom, validTo, every } = schedule;
  return [
    withoutEmpty({
      ...{ id, ...repeatingOf(schedule), interval: every, description },
      ...{ opens_at: opensAt, closes_at: closesAt, valid_from: validFrom, valid_to: validTo },
    }),
  ];
}

/** How it repeats itself, as it came. */
function repeatingOf({ days, ofMonth, monthDays, isDaily }: Schedule) {
  const byday = days.join(",");
  if (ofMonth)
    return { freq: "MONTHLY", byday: ofMonth.map(({ nth, day }) => `${nth}${day}`).join(",") };
  if (monthDays) return { freq: "MONTHLY", bymonthday: monthDays.join(",") };
  if (isDaily) return { freq: "DAILY", byday };
  return days.length > 0 ? { freq: "WEEKLY", byday } : {};
}

function locationOf({ name, address, postcode, latitude, longitude }: ServiceLocation, id: string) {
  const lines = address ?? name ?? "";
  return withoutEmpty({
    ...{ id, location_type: "physical", name, latitude, longitude },
    addresses: [
      withoutEmpty({
        ...{ id: uuid("address", id), address_1: lines, city: lines.split(", ").at(-1) },
        ...{ state_province: "England", postal_code: postcode, country: "GB" },
        address_type: "physical",
      }),
    ],
  });
}

/** The standard wants no null and no empty list. */
function withoutEmpty(shape: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).filter(
      ([, value]) =>
        value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** The standard wants ids that are UUIDs. One that is not becomes one, the same each time. */
function uuid(kind: string, id: string, at?: number): string {
  if (at === undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id;
  const hash = createHash("sha256")
    .update(JSON.stringify([kind, id, at]))
    .digest("hex");
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
