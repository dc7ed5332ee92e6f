import { createHash } from "node:crypto";
import { FIRST_SERVICES } from "./first-services.ts";
import { isSafetyEntry } from "./safety.ts";
import { Correction, type Correctable, type Service } from "./schema.ts";

/** What this council knows better of a service, and of what it was said. */
export interface KeptCorrection {
  readonly fields: Correction;
  /** A mark of what the entry itself said of each field when it was corrected. */
  readonly saw: Readonly<Record<string, string>>;
  /** Whose service it was: another feed may give the same id to another one. */
  readonly origin?: string | undefined;
}

const FIELDS = Correction.keyof().options;
/** What a directory lists emergency and safeguarding services under. */
const OF_DANGER =
  /\b(?:emergency|crisis|safeguarding|abuse|violence|refuges?|hate crimes?|prevent|radicalisation|child protection|suicide|self[- ]harm|out of hours)\b/i;
const CONTACTS: readonly string[] = ["phones", "email", "url"];
/** Ids of what every council has before it fills its directory. */
const FIRST = new Set(FIRST_SERVICES.map(({ id }) => id));
/** Ids of the routes out of danger whose contact ships with the product. */
const COMPLETE = new Set(
  FIRST_SERVICES.filter(({ phones, email, url }) => phones.length > 0 || email || url).map(
    ({ id }) => id,
  ),
);

/**
 * Whether a suggestion may be about this. A route out of danger is the product's alone: a council
 * only enters how it is reached itself, where the product cannot know that.
 */
export function mayChange({ id }: Pick<Service, "id">, field: Correctable): boolean {
  return mayCorrect(id, field === "phone" ? "phones" : field);
}

/**
 * Whether somebody in danger may depend on this: how a service is reached that people are sent to
 * then. A colleague's suggestion does not change it on an officer's word alone.
 */
export function isDangerContact(
  service: Pick<Service, "id" | "taxonomyTerms">,
  field: Correctable,
  pointedTo: ReadonlySet<string>,
): boolean {
  const isContact = CONTACTS.includes(field === "phone" ? "phones" : field);
  return isContact && isSentTo(service, pointedTo);
}

/**
 * Whether people are sent there in danger or when nothing else is found: an emergency or
 * safeguarding service, one that signposting points to, or the council's own contact.
 *
 * @param pointedTo Ids of the services that signposting cards show.
 */
export function isSentTo(
  { id, taxonomyTerms }: Pick<Service, "id" | "taxonomyTerms">,
  pointedTo: ReadonlySet<string>,
): boolean {
  if (isSafetyEntry(id) || FIRST.has(id) || pointedTo.has(id)) return true;
  return taxonomyTerms.some(({ name }) => OF_DANGER.test(name));
}

function mayCorrect(id: string, field: string): boolean {
  if (!isSafetyEntry(id) || ["assuredDate", "contactChangedDate"].includes(field)) return true;
  return CONTACTS.includes(field) && !COMPLETE.has(id);
}

/**
 * A service as this council shows it. What it knows better wins over what a feed says until the
 * feed says something else of that field than it did; what is closed for good stays so.
 */
export function corrected(service: Service, origin: string, kept?: KeptCorrection): Service {
  if (!kept || (kept.origin !== undefined && kept.origin !== origin)) return service;
  const known = Object.entries(kept.fields).filter(
    ([name]) => name !== "assuredDate" && isInForce(name),
  );
  const { assuredDate, ...others } = { ...service, ...assured(service, kept.fields) };
  const changed = { ...others, ...Object.fromEntries(known) };
  // Nobody has confirmed a contact that was changed since.
  return changed.contactChangedDate ? changed : { ...changed, ...(assuredDate && { assuredDate }) };

  function isInForce(name: string): boolean {
    if (!mayCorrect(service.id, name)) return false;
    if (name === "contactChangedDate")
      return CONTACTS.some((contact) => kept && contact in kept.fields && isInForce(contact));
    if (name === "status" && service.status === "defunct") return false;
    const saw = kept?.saw[name];
    return service.source.kind !== "feed" || !saw || saw === markOf(service, name);
  }
}

/** A feed's own people and this council's officers confirm a service: the later day counts. */
function assured(service: Service, { assuredDate }: Correction): Pick<Service, "assuredDate"> {
  if (!assuredDate) return {};
  const isLater = service.source.kind === "feed" && (service.assuredDate ?? "") > assuredDate;
  return isLater ? {} : { assuredDate };
}

/** The corrections of a service with some more. The newest wins for each field. */
export function withCorrection(
  service: Service,
  origin: string,
  before: KeptCorrection | undefined,
  added: Correction,
): KeptCorrection {
  const isSameService = before && (before.origin === undefined || before.origin === origin);
  const merged = { ...(isSameService && before.fields), ...added };
  // What says no other than the entry itself corrects nothing.
  const fields = FIELDS.filter(
    (name) => merged[name] !== undefined && textOf(merged[name]) !== textOf(service[name]),
  );
  const saw = fields.map((name) => {
    const earlier = isSameService && !Object.hasOwn(added, name) ? before.saw[name] : undefined;
    return [name, earlier ?? markOf(service, name)] as const;
  });
  return {
    fields: Correction.parse(Object.fromEntries(fields.map((name) => [name, merged[name]]))),
    saw: Object.fromEntries(saw),
    origin,
  };
}

function markOf(service: Service, name: string): string {
  const value = Object.entries(service).find(([each]) => each === name)?.[1];
  return createHash("sha256").update(textOf(value)).digest("hex").slice(0, 16);
}

function textOf(value: unknown): string {
  return JSON.stringify(value ?? null);
}
