import { audienceOf, type Audience } from "./audience.ts";
import type { Committee } from "../council.ts";
import { needsIn, placesIn } from "./needs.ts";
import type { Service } from "./schema.ts";
import { wordsOf } from "./words.ts";

/** What a search asks of a service: the districts that it reaches, and the towns where it is given. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly isClosed: boolean;
  readonly districts: readonly string[];
  readonly towns: readonly string[];
  /** The towns whose people it is for, where it says so: nobody else is sent there. */
  readonly onlyFor: readonly string[];
  /** The towns that it is in and around: others are further away. */
  readonly around: readonly string[];
  /** Whom it is for alone. */
  readonly audience: readonly Audience[];
  /** All of it, for those that are shown. */
  readonly read: () => Service;
}

/** With these words it is not only for the town. */
const AND_NEAR = new Set("around near area nearby surrounding village beyond district".split(" "));
/** What a word weighs where it stands. */
const WEIGHTS = { name: 12, term: 9, place: 7, organization: 5, eligibility: 4, description: 2 };
const LATER_TERMS = 3;
const LESS_FOR_LATER = 2;
/** A taxonomy term as a whole, told from the words in it. */
export const WHOLE = "=";

/** A service as it is searched. */
export function entryOf(service: Service, committee: Committee): Entry {
  const { id, name, status } = service;
  const isClosed = status === "temporarily closed";
  return {
    ...{ id, name, isClosed, ...reachOf(service, committee), ...townsServed(service, committee) },
    audience: audienceOf(service),
    read: () => service,
  };
}

/** "Residents of Littleport". "In and around Ramsey" and "the Wisbech area" leave others in. */
function townsServed({ eligibility = "" }: Service, committee: Committee) {
  const words = wordsOf(eligibility);
  const said = placesIn(words, committee);
  const towns = said.flatMap(({ what }) => (what.isDistrict ? [] : what.name));
  const isNear = words.some((word) => AND_NEAR.has(word));
  return isNear ? { onlyFor: [], around: towns } : { onlyFor: towns, around: [] };
}

/** What of a service is found by its words, and what as it is. */
export function textsOf(service: Service) {
  return { parts: partsOf(service), wholes: wholesOf(service) };
}

/** Where it says so, the areas it serves; else where its addresses are. */
function reachOf({ areas, locations, name }: Service, committee: Committee) {
  const said = locations.map((each) => [each.name, each.address].filter(Boolean).join(", "));
  const named = placesIn(wordsOf([name, ...said].join(" in ")), committee).map(({ what }) => what);
  const ofLocations = locations.flatMap(({ district }) => district ?? []);
  const stated = [...areas, ...ofLocations];
  return {
    districts: stated.length > 0 ? stated : named.map(({ district }) => district),
    towns: named.filter(({ isDistrict }) => !isDistrict).map(({ name }) => name),
  };
}

function partsOf(service: Service) {
  return [
    ...part(service.name, WEIGHTS.name),
    ...part(service.organization.name, WEIGHTS.organization),
    ...part(service.eligibility, WEIGHTS.eligibility),
    ...part(service.description, WEIGHTS.description),
    ...service.taxonomyTerms.flatMap(({ name }) => part(name, WEIGHTS.term)),
    ...service.locations.flatMap(({ name, address, postcode }) => [
      ...part(name, WEIGHTS.place),
      ...part(address, WEIGHTS.place),
      ...part(postcode, WEIGHTS.place),
    ]),
  ];
}

function wholesOf({ name, taxonomyTerms }: Service) {
  const listed = taxonomyTerms.map((term, at) => ({
    text: WHOLE + wordsOf(term.name).join(" "),
    // What it is first of all is named first.
    weight: WEIGHTS.term * 2 - Math.min(at, LATER_TERMS) * LESS_FOR_LATER,
  }));
  return [...listed, ...namedAfter(name)];
}

/** What calls itself by what is needed is just that: "Wisbech Foodbank" is a food bank. */
function namedAfter(name: string) {
  const words = wordsOf(name);
  const joined = words.join("");
  return needsIn(words).flatMap(({ what: { means } }) => {
    const called = wordsOf(means[0] ?? "");
    const isCalled = called.length > 1 && joined.includes(called.join(""));
    return isCalled ? { text: WHOLE + called.join(" "), weight: WEIGHTS.name * 4 } : [];
  });
}

function part(text: string | undefined, weight: number) {
  return text ? [{ text, weight }] : [];
}
