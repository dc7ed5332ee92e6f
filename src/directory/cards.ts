import { longDate, type Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { PlaceKind } from "../feature.ts";
import type { Committee } from "../council.ts";
import { WAY_OUT } from "../way-out.ts";
import {
  areaInWords,
  dialled,
  forWhom,
  freshness,
  ownOrganization,
  sourceInWords,
  webAddress,
  whereInWords,
} from "./rules.ts";
import { timesInWords } from "./times.ts";
import { ON_A_PAGE, type Service } from "./schema.ts";
import type { Question } from "./question.ts";
import type { Hit } from "./found.ts";
import { reportersFirst, saidBefore } from "./reporters.ts";
import type { WiderSearch } from "./wider.ts";

/** What was searched, as buttons carry it. */
export interface Asked {
  readonly text: string;
  /** A district's id, "county", or empty for the place that the text names, if any. */
  readonly district: string;
  readonly page: number;
  /** So many services on a page: the usual few, or 1 for the best alone. */
  readonly count: number;
  /** "true" where somebody has seen 999 for these words, and said that nobody is in danger. */
  readonly calm: string;
}

/** No district's id: a list shows nothing chosen for an empty value. */
const ANY_DISTRICT = "any";
/** "services in Ramsey" asks for Ramsey. */
const BEFORE_A_PLACE = /^(?:in|near|around|at)\s+/i;
const LONGEST_OFFER = 260;
/** What one service's own card holds of a feed's description. */
const LONGEST_DESCRIPTION = 4000;
const MOST_CONTACTS = 3;

interface Around {
  readonly committee: Committee;
  readonly today: Day;
  /** Whom to ask where a service gives no contact of its own. */
  readonly instead?: Service | undefined;
}

/** The best few services for a question. */
export function resultsCard(
  asked: Asked,
  found: {
    readonly hits: readonly Hit[];
    readonly total: number;
    readonly place: string;
    readonly safety: string;
    /** Then it says which of them take reports of hate. */
    readonly isAboutHate?: boolean;
    /** What was made of the question: a place that is not known, needs answered one by one. */
    readonly remarks?: readonly string[];
    readonly question?: Pick<Question, "elsewhere">;
  },
  { seenIn, ...around }: Around & { readonly seenIn: PlaceKind },
): Card {
  const { total, place, safety, remarks = [], isAboutHate = false, question } = found;
  const hits = isAboutHate ? reportersFirst(found.hits) : found.hits;
  const from = (asked.page - 1) * asked.count;
  const isBestAlone = asked.count < ON_A_PAGE;
  return fill("directory/results", {
    ...askedAs(asked, around),
    heading: place ? `Services in ${place}` : "Services",
    searched: searched(asked, total, { from, count: hits.length }),
    // One press takes back what was made of a word that is no place.
    isTaken: question?.elsewhere?.takenFor !== undefined && asked.district === "",
    taken: question?.elsewhere?.takenFor?.name ?? "",
    ...{ hasSafety: safety !== "", safety },
    remarks: remarks.map((remark) => ({ remark })),
    services: hits.map(({ service, reasons }, at) => ({
      ...(isAboutHate ? saidBefore(hits, at) : { before: "", hasBefore: false }),
      ...described(service, around),
      ...asked,
      ...sharedFrom(seenIn),
      why: reasons.join("; "),
      hasWhy: reasons.length > 0,
    })),
    ...{ previous: asked.page - 1, hasPrevious: asked.page > 1 },
    // After the best alone come the usual few, the best among them.
    ...{ next: isBestAlone ? 1 : asked.page + 1, hasNext: from + hits.length < total },
    ...{ few: ON_A_PAGE, canBeFewer: from === 0 && hits.length > 1 },
  });
}

/** Nothing was found: what was searched, what could be wider, and whom to ask. */
export function nothingCard(
  asked: Asked,
  {
    place,
    remarks,
    inCounty,
    wider,
  }: {
    readonly place: string;
    readonly remarks: readonly string[];
    /** How many services in the whole county would fit, where only a part was searched. */
    readonly inCounty: number;
    readonly wider: readonly WiderSearch[];
  },
  contact: Service | undefined,
  around: Around,
): Card {
  const { contacts, links } = contact ? described(contact, around) : { contacts: "", links: [] };
  return fill("directory/nothing", {
    ...askedAs(asked, around),
    wayOut: WAY_OUT,
    remarks: remarks.map((remark) => ({ remark })),
    searched: place
      ? `I looked for “${asked.text}” in ${place} and found nothing that fits.`
      : `I looked for “${asked.text}” in the whole county and found nothing that fits.`,
    hasElsewhere: inCounty > 0,
    elsewhere: `In the whole county ${inCounty === 1 ? "1 service fits" : `${inCounty} services fit`}. Press Search the whole county.`,
    hasWider: wider.length > 0,
    wider: wider.map((each) => ({ ...each, title: widerTitle(each) })),
    widerSaid: `Wider, and in the directory: ${wider.map(({ need }) => need).join(", ")}.`,
    isNarrow: place !== "",
    hasContact: contact !== undefined,
    contactName: contact?.name ?? "",
    contacts: contacts || "Not given yet.",
    links,
    contactFreshness: contact ? freshness(contact, around.today).said : "",
  });
}

/** The same where there is no room for a card: what to search for, and whom to ask. */
export function insteadOf(wider: readonly WiderSearch[], contact: Service | undefined): string {
  const tries = wider.map(({ need, near }) => `“${near ? `${need} in ${near}` : need}”`);
  const ask = contact ? askedInstead(contact) : "";
  return [
    tries.length > 0 ? `Wider, and in the directory: ${tries.join(", ")}.` : "",
    ask ? `Or ask: ${ask}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function widerTitle({ need, within }: WiderSearch): string {
  return within === "county" ? `Search for ${need} in the whole county` : `Search for ${need}`;
}

/** Asks what is looked for. */
export function findCard(asked: Asked, around: Around, problem = ""): Card {
  return fill("directory/find", {
    ...askedAs(asked, around),
    ...{ problem, hasProblem: problem !== "" },
  });
}

/** All of one service. */
export function serviceCard(
  service: Service,
  asked: Asked,
  { seenIn, ...around }: Around & { readonly seenIn: PlaceKind },
): Card {
  return fill("directory/service", {
    ...described(service, around, LONGEST_DESCRIPTION),
    ...asked,
    ...sharedFrom(seenIn),
    canGoBack: asked.text !== "",
    terms: service.taxonomyTerms.map(({ name }) => name).join(", "),
    hasTerms: service.taxonomyTerms.length > 0,
    source: whereFrom(service),
  });
}

/** The document, with its day; or this council, where it has changed the contact since. */
function whereFrom(service: Service): string {
  const said = sourceInWords(service);
  return said === service.source.name ? `${said}, ${longDate(service.source.retrieved)}` : said;
}

/** How a service gets to others from here: nobody else reads a personal chat. */
function sharedFrom(seenIn: PlaceKind) {
  return {
    ...{ canShare: seenIn === "group", canPost: seenIn === "channel" },
    cannotShare: seenIn === "personal",
  };
}

/** One service for somebody else's eyes: nothing on it asks the bot, so it works in any chat. */
export function plainCard(service: Service, around: Around): Card {
  return fill("directory/plain", described(service, around, LONGEST_DESCRIPTION));
}

/** A service in words, for any card. */
function described(
  service: Service,
  { committee, today, instead }: Around,
  longest = LONGEST_OFFER,
) {
  const { isOld, said } = freshness(service, today);
  const forWhomWords = forWhom(service);
  const where = whereInWords(service);
  const area = areaInWords(service, committee);
  const when = timesInWords(service, today);
  const contacts = contactsOf(service);
  const asked = contacts.length === 0 && instead?.id !== service.id ? instead : undefined;
  const facts = [
    fact("For", forWhomWords),
    fact("Where", where),
    fact("Serves", area),
    fact("When", when),
    fact("Cost", capitalised(service.fees ?? "")),
    fact("Contact", contacts.join(", ") || "Not given"),
    fact("Ask instead", asked ? askedInstead(asked) : ""),
  ].flat();
  return {
    ...{ id: service.id, name: service.name },
    ...{ organization: ownOrganization(service), hasOrganization: ownOrganization(service) !== "" },
    offer: shortened(service.description, longest),
    isClosed: service.status === "temporarily closed",
    ...{ alert: service.alert ?? "", hasAlert: Boolean(service.alert) },
    facts,
    contacts: contacts.join(", "),
    links: asked ? linksOf(asked).map(ofCouncil) : linksOf(service),
    freshness: isOld ? `${said} Check before you send anybody there.` : said,
    ...{ isOld, isFresh: !isOld },
  };
}

function contactsOf({ phones, email, url }: Service): string[] {
  return [...phones, email ?? "", webAddress(url) ?? ""].filter(Boolean);
}

/** Who can be asked, how, and where that is known from. Empty where nothing is known of them either. */
function askedInstead(service: Service): string {
  const contacts = contactsOf(service).join(", ");
  return contacts && `${service.name}, ${contacts}. Source: ${sourceInWords(service)}`;
}

function ofCouncil({ link, url }: { readonly link: string; readonly url: string }) {
  return { link: `Ask the council: ${link.charAt(0).toLowerCase()}${link.slice(1)}`, url };
}

/** What can be pressed to get in touch. */
function linksOf({ phones, email, url }: Service) {
  const calls = phones.flatMap((phone) => {
    // What has anything but a number in it is shown, and cannot be pressed.
    const digits = /^[+()\d\s.-]+$/.test(phone) ? dialled(phone) : "";
    return digits ? [{ link: `Call ${phone}`, url: `tel:${digits}` }] : [];
  });
  const mail = email ? [{ link: `Email ${email}`, url: `mailto:${encodeURI(email)}` }] : [];
  const address = webAddress(url);
  const site = address ? [{ link: "Website", url: address }] : [];
  return [...calls, ...mail, ...site].slice(0, MOST_CONTACTS);
}

/** What the bot says of itself begins with a capital; what a directory says stays as it is. */
function capitalised(text: string): string {
  return text === "free" ? "Free" : text;
}

function fact(title: string, value: string): { title: string; value: string }[] {
  return value ? [{ title, value }] : [];
}

function searched(
  { text }: Asked,
  total: number,
  { from, count }: { readonly from: number; readonly count: number },
): string {
  const shown = count > 1 ? `${from + 1} to ${from + count}` : String(from + 1);
  const which = total > count ? `${shown} of ${total}` : String(total);
  return `You asked for “${text.replace(BEFORE_A_PLACE, "")}”. Showing ${which}.`;
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), longest - 40))} …`;
}

function askedAs(asked: Asked, { committee }: Around) {
  return {
    ...asked,
    district: asked.district || ANY_DISTRICT,
    districts: [
      { title: "Where the words say, or everywhere", value: ANY_DISTRICT },
      ...committee.districts.map(({ id, name }) => ({ title: name, value: id })),
      { title: "The whole county", value: "county" },
    ],
  };
}
