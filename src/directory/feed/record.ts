import type { Day } from "../../calendar.ts";
import type { Service, ServiceLocation } from "../schema.ts";
import { readLeavingOut } from "./leaving-out.ts";
import type { Gazetteer } from "./places.ts";
import { FeedRecord, ONLY_IN_WHOLE } from "./record-schema.ts";
import { scheduleFrom } from "./times.ts";

/** A record that is not taken, or taken without a part, and why. */
export interface Fault {
  /** The record's id, or where it stands when it has none. */
  readonly id: string;
  readonly reason: string;
  readonly isRefused: boolean;
}

/** What is known of every record of a feed. */
export interface Origin {
  readonly name: string;
  readonly url?: string | undefined;
  readonly retrieved: Day;
  readonly gazetteer: Gazetteer;
}

const REASONS: Record<string, string> = {
  id: "It has no id that can be kept.",
  name: "It has no name.",
  status:
    "Its status is missing or unknown. It must be active, inactive, defunct or temporarily closed.",
  organization: "It names no organisation.",
  depth: "Its lists lie too deep in one another.",
};
const UNREADABLE = "It cannot be read.";
/** JSON of one service. A row holds many. */
const LONGEST_SERVICE = 60_000;
const MOST = { phones: 10, locations: 20, schedules: 40, terms: 50 };
const MOST_NAMED = 8;
const LONGEST_CELL = 60;

/** Whether a list gives short records only, so that each service has to be asked for by itself. */
export function isShort(record: unknown): boolean {
  return isObject(record) && ONLY_IN_WHOLE.every((name) => record[name] === undefined);
}

/** The id of a record, if it has one. */
export function idOf(record: unknown): string | undefined {
  const read = isObject(record) ? FeedRecord.shape.id.safeParse(record["id"]) : undefined;
  return read?.success ? read.data : undefined;
}

/**
 * Turns a record of either standard into a service.
 *
 * @param where Where it stands in the feed, for a record without an id: "page 3, number 12".
 */
export function readRecord(
  record: unknown,
  where: string,
  origin: Origin,
): { readonly service?: Service; readonly fault?: Fault } {
  const read = readLeavingOut(FeedRecord, record);
  if ("missing" in read) return refuse(REASONS[read.missing] ?? UNREADABLE);
  const { value } = read;
  // Nobody has confirmed anything tomorrow.
  const isAhead = value.assured_date !== undefined && value.assured_date > origin.retrieved;
  const leftOut = [...read.leftOut, ...(isAhead ? ["assured_date, which lies ahead"] : [])];
  const owner = value.organization?.id ?? value.organization_id;
  if (!owner) return refuse(REASONS["organization"] ?? UNREADABLE);
  const service = serviceFrom(
    isAhead ? { ...value, assured_date: undefined } : value,
    owner,
    origin,
  );
  if (JSON.stringify(service).length > LONGEST_SERVICE) return refuse("It is too long.");
  if (leftOut.length === 0) return { service };
  const named = leftOut.slice(0, MOST_NAMED).map((path) => path.slice(0, LONGEST_CELL));
  const more = leftOut.length > MOST_NAMED ? ` and ${leftOut.length - MOST_NAMED} more` : "";
  const reason = `Kept without what could not be read: ${named.join(", ")}${more}.`;
  return { service, fault: { id: service.id, reason, isRefused: false } };

  function refuse(reason: string) {
    return { fault: { id: idOf(record) ?? where, reason, isRefused: true } };
  }
}

function serviceFrom(record: FeedRecord, owner: string, origin: Origin): Service {
  const { name, url, retrieved, gazetteer } = origin;
  const places = placesOf(record);
  const ages = agesOf(record);
  return defined({
    id: record.id,
    name: record.name,
    description: record.description ?? "",
    status: record.status,
    organization: { id: owner, name: record.organization?.name || "Organisation not named" },
    url: record.url,
    email: record.email ?? record.contacts?.find(({ email }) => email)?.email,
    phones: phonesOf(record).slice(0, MOST.phones),
    fees: record.fees ?? record.fees_description ?? (costOf(record) || undefined),
    eligibility: record.eligibility_description ?? (eligibilityOf(record) || undefined),
    ...ages,
    locations: places.slice(0, MOST.locations).map((place) => locationFrom(place, gazetteer)),
    areas: gazetteer.areasNamed(
      (record.service_areas ?? []).flatMap((area) => area.name ?? area.service_area ?? []),
    ),
    schedules: timesOf(record)
      .slice(0, MOST.schedules)
      .flatMap((times) => scheduleFrom(times) ?? []),
    taxonomyTerms: termsOf(record).slice(0, MOST.terms),
    alert: record.alert,
    assuredDate: record.assured_date,
    lastModified: record.last_modified,
    source: defined({ kind: "feed" as const, name, url, retrieved }),
    public: true,
  });
}

type FeedPlace = NonNullable<FeedRecord["locations"]>[number];

function placesOf({ locations = [], service_at_locations: at = [] }: FeedRecord): FeedPlace[] {
  return [...at.flatMap(({ location }) => location ?? []), ...locations];
}

function locationFrom(place: FeedPlace, gazetteer: Gazetteer): ServiceLocation {
  const { name, latitude, longitude, addresses = [], physical_addresses: physical = [] } = place;
  const [first = {}] = [...addresses, ...physical];
  const { address_1: line, address_2: second, city, region, state_province: county } = first;
  const hasPoint = latitude !== undefined && longitude !== undefined && !isNullIsland(place);
  const district = gazetteer.districtNamed([city, region, second, line, name, county]);
  const address = [line, second, city].filter(Boolean).join(", ");
  const point = hasPoint ? { latitude, longitude } : {};
  return defined({
    ...{ name, district, ...point },
    address: address || undefined,
    postcode: first.postal_code,
  });
}

/** 0, 0 lies in the Gulf of Guinea: it is what programs write where they know nothing. */
function isNullIsland({ latitude, longitude }: FeedPlace): boolean {
  return latitude === 0 && longitude === 0;
}

function phonesOf(record: FeedRecord): string[] {
  const { phones = [], contacts = [], service_at_locations: at = [] } = record;
  const all = [
    ...phones,
    ...contacts.flatMap((contact) => contact.phones ?? []),
    ...at.flatMap((each) => [...(each.phones ?? []), ...(each.location?.phones ?? [])]),
  ];
  return [...new Set(all.map(({ number }) => number))];
}

function timesOf(record: FeedRecord) {
  const { schedules = [], regular_schedules: regular = [], service_at_locations: at = [] } = record;
  return [
    ...schedules,
    ...regular,
    ...at.flatMap((each) => [
      ...(each.schedules ?? []),
      ...(each.regular_schedule ?? []),
      ...(each.regular_schedules ?? []),
    ]),
  ];
}

function termsOf({ attributes = [], service_taxonomys: links = [] }: FeedRecord) {
  const terms = [
    ...attributes.flatMap(({ taxonomy_term: term }) => term ?? []),
    ...links.flatMap(({ taxonomy }) => taxonomy ?? []),
  ].filter(({ name }) => name !== "");
  return [...new Map(terms.map((term) => [term.id, term])).values()];
}

/** Ages that contradict each other say nothing. */
function agesOf(record: FeedRecord) {
  const {
    minimum_age: ownMinimum,
    maximum_age: ownMaximum,
    eligibilitys: [first = {}] = [],
  } = record;
  const minimumAge = ownMinimum ?? first.minimum_age;
  const maximumAge = ownMaximum ?? first.maximum_age;
  if (minimumAge !== undefined && maximumAge !== undefined && minimumAge > maximumAge) return {};
  return { minimumAge, maximumAge };
}

function eligibilityOf({ eligibilitys = [] }: FeedRecord): string {
  return eligibilitys.flatMap(({ eligibility }) => eligibility ?? []).join("; ");
}

function costOf({ cost_options: options = [] }: FeedRecord): string {
  return options
    .map(({ option, amount, currency = "GBP", amount_description: about }) => {
      const price = currency === "GBP" ? `£${amount?.toFixed(2)}` : `${amount} ${currency}`;
      const cost = amount === undefined ? undefined : amount === 0 ? "free" : price;
      return [option, cost, about].filter(Boolean).join(", ");
    })
    .filter(Boolean)
    .join("; ");
}

/** The same without what is undefined: a service leaves out what is not known. */
function defined<Whole extends object>(whole: Whole): Whole {
  // Only properties that may be left out are undefined here.
  return Object.fromEntries(
    Object.entries(whole).filter(([, value]) => value !== undefined),
  ) as Whole;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
