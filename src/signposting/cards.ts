import { dayOf, longDate, type Instant } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import * as rules from "./rules.ts";
import { shown } from "./route-cards.ts";
import { routesFor, routesOfKind } from "./routes.ts";
import type { Kind, Route, Setup, Signpost, SignpostForm } from "./schema.ts";

/** What a form and a record are shown with. */
export interface Surroundings {
  readonly setup: Setup;
  readonly routes: readonly Route[];
  /** Whether the routes could not be read again and may have changed. */
  readonly areLastKnown: boolean;
  readonly committee: Committee;
  readonly now: Instant;
}

/** A part of a note that names somebody, and what it looks like. */
export interface TakeOut {
  readonly what: string;
  readonly found: string;
}

/** Records on one card: with every choice ticked they stay below what Teams takes. */
const ENTRIES_ON_A_CARD = 20;
/** Teams shows this many buttons and hides the others in a menu. */
const BUTTONS = 6;

/**
 * 999, and nothing else. With a form it leads back to it as it was, or to its routes. Without one it
 * answers a text, which may have told of what is not danger now: it leads to where to point somebody,
 * and with the words of that text to a search for a service.
 */
export function dangerCard(
  form?: SignpostForm,
  back: "form" | "routes" = "form",
  words = "",
): Card {
  return fill("signposting/danger", {
    ...{ words, leadsToSearch: words !== "" },
    leadsToForm: form !== undefined && back === "form",
    leadsToRoutes: form !== undefined && back === "routes",
    leadsToKinds: form === undefined,
    isAlone: false,
    form: form ? JSON.stringify({ ...form, danger: "false" }) : "",
  });
}

/** The same for where the bot's buttons do nothing. */
export function dangerAlone(): Card {
  return fill("signposting/danger", {
    ...{ leadsToForm: false, leadsToRoutes: false, leadsToKinds: false, form: "" },
    ...{ words: "", leadsToSearch: false, isAlone: true },
  });
}

/** The form of a kind, as it was filled in so far. */
export function formCard(
  form: SignpostForm,
  kind: Kind,
  around: Surroundings,
  trouble: { readonly problem?: string; readonly takeOut?: readonly TakeOut[] } = {},
): Card {
  const { setup, routes, committee, now } = around;
  const { problem = "", takeOut = [] } = trouble;
  const today = dayOf(now);
  const detailChoices = rules.detailsOn(today, kind, setup);
  return fill("signposting/form", {
    ...form,
    kindName: kind.name,
    date: form.date || today,
    today,
    hasProblem: problem !== "",
    problems: problem.split("\n").map((each) => ({ problem: each })),
    hasTakeOut: takeOut.length > 0,
    takeOut,
    hasDetails: detailChoices.length > 0,
    detailChoices,
    detailsLabel: kind.detailsLabel,
    districts: rules.districtChoices(committee),
    routeChoices: routesOfKind(routes, kind.id).map((route) => ({
      id: route.id,
      name: nameWithPlace(route, committee),
    })),
    hasNote: setup.settings.noteIsOn,
  });
}

/** Says that it is recorded, with the routes once more. */
export function filedCard(signpost: Signpost, around: Surroundings): Card {
  const { routes, now } = around;
  const fitting = routesFor(routes, signpost, now);
  const picked = routes.filter(
    (route) => signpost.routes.includes(route.id) && !fitting.includes(route) && !route.heldBack,
  );
  return fill("signposting/filed", {
    reference: signpost.reference,
    facts: stored(signpost, around),
    ...shown([...fitting, ...picked], around),
  });
}

/** In the chat or channel where it was typed, and nothing of what it was about. */
export function sentCard(isSent: boolean): Card {
  return isSent ? fill("signposting/sent") : fill("signposting/not-sent");
}

/** A worker's own records of the last days, the newest first. */
export function mineCard(signposts: readonly Signpost[], around: Surroundings): Card {
  return fill("signposting/mine", {
    isEmpty: signposts.length === 0,
    hasMore: signposts.length > ENTRIES_ON_A_CARD,
    entries: signposts.slice(0, ENTRIES_ON_A_CARD).map((signpost) => ({
      reference: signpost.reference,
      date: longDate(signpost.date),
      summary: inShort(signpost, around),
      followUp: signpost.followUp || "none yet",
    })),
    open: signposts.filter(({ followUp }) => followUp === "").slice(0, BUTTONS),
  });
}

export function followUpCard(signpost: Signpost, around: Surroundings, problem = ""): Card {
  return fill("signposting/follow-up", {
    reference: signpost.reference,
    facts: stored(signpost, around),
    followUp: signpost.followUp,
    hasProblem: problem !== "",
    problem,
  });
}

/** A follow-up form while the record cannot be read. */
export function bareFollowUpCard(reference: string, followUp: string, problem: string): Card {
  const about = { reference, followUp, hasProblem: true, problem };
  return fill("signposting/follow-up", { ...about, facts: [] });
}

/** One record, for its author or the safeguarding lead. Who wrote it is not on it. */
export function recordCard(signpost: Signpost, around: Surroundings): Card {
  return fill("signposting/record", {
    reference: signpost.reference,
    facts: stored(signpost, around),
  });
}

/** How it went, noted. 999 stays first: danger may come later. */
export function followedUpCard(reference: string, followUp: string): Card {
  return fill("signposting/followed-up", { reference, followUp });
}

export function doneCard(what: string): Card {
  return fill("signposting/done", { what });
}

/** A worker's records as CSV, in parts that a card holds. */
export function exportCard(
  whose: string,
  csv: string,
  {
    count,
    person,
    next,
  }: { readonly count: number; readonly person: string; readonly next: number },
): Card {
  return fill("signposting/export", { whose, csv, count, person, next, hasMore: next > 0 });
}

export function whoseCard(
  people: readonly { readonly id: string; readonly name: string }[],
  chosen: { readonly person: string; readonly id: string },
  problem = "",
): Card {
  return fill("signposting/whose", {
    ...chosen,
    people: people.map(({ id, name }) => ({ id, name })),
    hasProblem: problem !== "",
    problem,
  });
}

/** The closed choices of a record in words, by what they are called. */
export function factsOf(signpost: Signpost, { setup, routes, committee }: Surroundings) {
  const { kind, details, district, routes: picked } = signpost;
  const kinds = setup.kindLists.flatMap((list) => list.kinds);
  const items = rules.detailsOf(signpost, setup);
  return {
    Kind: named(kinds, kind),
    About: listed(details.map((id) => named(items, id))) || "Not asked",
    District: named(rules.districtChoices(committee), district),
    Date: longDate(signpost.date),
    Contact: capital(signpost.channel),
    "Pointed to": listed(picked.map((id) => named(routes, id))),
    "Advised 999": capital(signpost.advised999),
    Agreed: capital(signpost.agreed),
    Outcome: capital(signpost.outcome),
    "Follow-up": capital(signpost.followUp || "none yet"),
  };
}

/** Some names have a comma in them: "Another service, not on this list". */
function listed(names: readonly string[]): string {
  return names.join("; ");
}

function named(
  known: readonly { readonly id: string; readonly name: string }[],
  id: string,
): string {
  return known.find((each) => each.id === id)?.name ?? id;
}

/** Everything that a record holds, but who wrote it. */
function stored(signpost: Signpost, around: Surroundings) {
  const facts = Object.entries(factsOf(signpost, around));
  return [...facts, ["Note", signpost.note] as const]
    .filter(([, value]) => value !== "")
    .map(([title, value]) => ({ title, value }));
}

/** The same in one line for a list, where the date and the follow-up stand beside it. */
function inShort(signpost: Signpost, around: Surroundings): string {
  return stored(signpost, around)
    .filter(({ title }) => title !== "Date" && title !== "Follow-up")
    .map(({ title, value }) => `${title}: ${value}`)
    .join(". ");
}

function nameWithPlace({ name, districts }: Route, committee: Committee): string {
  const places = committee.districts.filter(({ id }) => districts?.includes(id));
  return places.length > 0 ? `${name} (${places.map((place) => place.name).join(", ")})` : name;
}

export function listOf(text: string): string[] {
  return text.split(",").filter(Boolean);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
