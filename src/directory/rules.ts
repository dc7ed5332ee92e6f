import { addMonths, longDate, monthOf, type Day } from "../calendar.ts";
import { districtWithId, type Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import type { Correctable, Correction, Service, Suggestion } from "./schema.ts";

/** An entry that nobody confirmed for so long may be wrong. */
const OLD_AFTER_MONTHS = 12;
const LONGEST_SUGGESTION = 500;
/** A list is a card's, and its other services are found by typing. */
const MOST_OFFERED = 100;
const POSTCODE = /\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b/gi;
const HOUSE_AND_ROAD =
  /\b\d+[a-z]?(?:-\d+[a-z]?)?,?\s+(?:[\p{L}'’-]+\s+){0,3}(?:road|rd|street|st|avenue|lane|close|drive|way|hill|place|square|green|row|walk|gardens|terrace|crescent|court)\b/giu;
/** What says to ring a number and whose it is not: "Ring 01632 960001 instead". */
const RING_A_NUMBER =
  /\b(?:ring|call|phone|telephone|dial|use)(?: on)? \+?\d[\d\s()-]{4,}\d(?! ?(?:for|and ask|to (?:speak|talk))\b)/gi;
/** The signs of one number: what is said beside it is not taken. */
const ONLY_A_NUMBER = /^\+?[\d\s()-]+$/;

/** What closing wrote goes: the state, and the alert that says why. */
export const OPEN_AGAIN: Correction = { status: "active", alert: undefined };

/** "Men of any age. From 18 years." Empty when the entry does not say. */
export function forWhom({ eligibility, minimumAge, maximumAge }: Service): string {
  const ages = agesInWords(minimumAge ?? 0, maximumAge);
  return [eligibility, ages].filter(Boolean).join(". ");
}

function agesInWords(from: number, until: number | undefined): string {
  if (until !== undefined && from > 0) return `Ages ${from} to ${until}`;
  if (until !== undefined) return `Up to ${until} years`;
  return from > 0 ? `From ${from} years` : "";
}

/** "The Glebe Community Centre, Sutton", each place once. */
export function whereInWords({ locations }: Service): string {
  const places = locations.map(({ name, address, postcode }) =>
    [...new Set([name, address, postcode].filter(Boolean))].join(", "),
  );
  return [...new Set(places.filter(Boolean))].join("; ");
}

/** Who gives it, where its name does not say so already. */
export function ownOrganization({ name, organization }: Service): string {
  return name.toLowerCase().includes(organization.name.toLowerCase()) ? "" : organization.name;
}

/** "Fenland, Huntingdonshire", "The whole county". Empty when the entry does not say. */
export function areaInWords({ areas }: Service, committee: Committee): string {
  if (areas.includes("county")) return "The whole county";
  return areas.map((id) => districtWithId(id, committee)?.name ?? id).join(", ");
}

/** When the entry was last confirmed, and whether that is so long ago that it should be checked. */
export function freshness(service: Service, today: Day) {
  const { assuredDate, contactChangedDate: changed, source } = service;
  if (changed)
    return {
      isOld: true,
      said: `How to contact it was changed on ${longDate(changed)}, not confirmed.`,
    };
  // What a feed or a sample dates ahead is not known today.
  if (!assuredDate || assuredDate > today) {
    const copied =
      source.retrieved > today ? "" : ` It was copied on ${longDate(source.retrieved)}.`;
    return { isOld: true, said: `Nobody has confirmed this entry.${copied}` };
  }
  const isOld = assuredDate.slice(0, 7) < addMonths(monthOf(today), -OLD_AFTER_MONTHS);
  return { isOld, said: `Last confirmed on ${longDate(assuredDate)}.` };
}

/** Where a contact is known from: this council, where it has changed it. */
export function sourceInWords({ contactChangedDate: changed, source }: Service): string {
  return changed ? `This council, changed on ${longDate(changed)}, not confirmed` : source.name;
}

/** An address that can be pressed: only the web's, never a script. */
export function webAddress(url: string | undefined): string | undefined {
  const parsed = url ? URL.parse(url) : null;
  return parsed && ["http:", "https:"].includes(parsed.protocol) ? parsed.href : undefined;
}

/** What a telephone dials; undefined for what is no number. */
export function dialled(phone: string): string | undefined {
  const digits = phone.replaceAll(/\(0\)|[^\d+]/g, "").replace(/^\+44/, "0");
  return /^\d{3,15}$/.test(digits) ? digits : undefined;
}

/** Services in the order in which they should be checked: never confirmed first, then the oldest. */
export function longestUnconfirmed(services: readonly Service[]): Service[] {
  return services.toSorted(
    (a, b) =>
      (a.assuredDate ?? "").localeCompare(b.assuredDate ?? "") || a.name.localeCompare(b.name),
  );
}

/**
 * The services that a list offers before anything is typed into it, by their names: the council's
 * own before those of feeds, and the chosen one in any case.
 */
export function offered(services: readonly Service[], chosen?: Service): Service[] {
  const own = services.filter(({ source }) => source.kind !== "feed");
  const some = [...(chosen ? [chosen] : []), ...own, ...services].slice(0, MOST_OFFERED * 2);
  return [...new Set(some)].slice(0, MOST_OFFERED).toSorted((a, b) => a.name.localeCompare(b.name));
}

/** What was suggested, tidied. Throws a UserError that says what to write. */
export function readSuggestion(field: Correctable, text: string): string {
  const said = text.trim();
  if (said.length > LONGEST_SUGGESTION)
    throw new UserError(
      `That has ${said.length} characters. Shorten it to ${LONGEST_SUGGESTION} or fewer.`,
    );
  if (!said && !["closed", "ended", "open"].includes(field))
    throw new UserError("Write what it should say.");
  if (field === "url" && !webAddress(said))
    throw new UserError("Write the whole address of the website: https://www.example.org");
  if (field === "email" && !/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(said))
    throw new UserError("Write the email address like this: name@example.org");
  if (field === "phone" && !(ONLY_A_NUMBER.test(said) && dialled(said)))
    throw new UserError("Write one telephone number, digits only or with spaces.");
  return said;
}

/**
 * What of a suggestion may be personal: a contact of the service, once it is nothing but that, is
 * no person's. A place is read without its road and postcode, and may still name somebody.
 */
export function beyondContact(field: Correctable, text: string): string {
  if (field === "phone" || field === "email") return "";
  if (field === "url") return /[?#@]/.test(text) ? text : "";
  if (field !== "address") return text.replaceAll(RING_A_NUMBER, "");
  return text.replaceAll(POSTCODE, "").replaceAll(HOUSE_AND_ROAD, "");
}

/** Said where a page is asked for that a list does not have. */
export function noSuchPage(page: number, last: number): string {
  return `There is no page ${page}. The last one is page ${last}.`;
}

/** Who was quicker, for whoever decides the same thing. */
export function alreadyDecided(before: Suggestion | undefined): string {
  const said =
    before?.decision && before.decidedBy
      ? `${before.decidedBy.name} has ${before.decision} that already.`
      : "Somebody has decided that already.";
  return `${said} Type suggested corrections to see what waits.`;
}

/**
 * What an accepted suggestion changes. The officer who accepts it confirms the entry today, but not
 * a contact that somebody in danger may depend on: that is confirmed when it was tried.
 */
export function correctionFrom(
  { field, text }: Suggestion,
  service: Service,
  { today, isOfDanger }: { readonly today: Day; readonly isOfDanger: boolean },
): Correction {
  const day = isOfDanger ? { contactChangedDate: today } : { assuredDate: today };
  return { ...changeOf(field, text, service), ...day };
}

function changeOf(field: Correctable, text: string, service: Service): Correction {
  switch (field) {
    case "phone":
      return { phones: [text] };
    case "times":
      return { schedules: [{ days: [], description: text }] };
    case "address": {
      const [first] = service.locations;
      return {
        locations: [{ ...(first?.district ? { district: first.district } : {}), address: text }],
      };
    }
    case "closed":
      return { status: "temporarily closed", ...(text ? { alert: text } : {}) };
    case "ended":
      return { status: "defunct" };
    case "open":
      return OPEN_AGAIN;
    case "other":
      return { alert: text };
    default:
      return { [field]: text };
  }
}
