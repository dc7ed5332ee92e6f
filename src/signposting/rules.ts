import { createHash } from "node:crypto";
import {
  addDays,
  dayOf,
  isDay,
  longDate,
  monthOf,
  type Day,
  type Instant,
  type Month,
} from "../calendar.ts";
import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import { routesOfKind } from "./routes.ts";
import {
  ADVICE_999,
  AGREED,
  CHANNELS,
  OUTCOMES,
  type Kind,
  type Route,
  type Setup,
  type Signpost,
  type SignpostForm,
} from "./schema.ts";

/** Letters and digits that nobody mistakes for one another, and that spell no word. */
const ALPHABET = "2345679BCDFGHJKMNPQRTVWXZ";
/** Eight of them. */
const REFERENCE = /^[2-79BCDFGHJKMNPQRTVWXZ]{8}$/;
const REFERENCE_LENGTH = 8;
/** How far back a signposting can be dated. */
const MOST_DAYS_BACK = 14;
export const LONGEST_NOTE = 200;

/** Where the person was from, besides the districts. One line by district counts both. */
const ELSEWHERE = [
  { id: "outside", name: "Outside the county" },
  { id: "not-stated", name: "Not stated" },
];

/** What the form is checked against. */
export interface Against {
  readonly setup: Setup;
  readonly routes: readonly Route[];
  readonly committee: Committee;
  readonly now: Instant;
}

/** The kinds on offer on a day: the newest list that had begun, less those that are switched off. */
export function kindsOn(day: Day, { kindLists, settings }: Setup): Kind[] {
  const kinds = newest(day, kindLists)?.kinds ?? [];
  return kinds.filter(({ id, on }) => on && !settings.kindsOff.includes(id));
}

/** Every kind of the list in force, those that are switched off included. */
export function allKindsOn(day: Day, { kindLists }: Setup): Kind[] {
  return newest(day, kindLists)?.kinds ?? [];
}

/**
 * The kinds that a month's records can have: those of the list in force on its last day, and those
 * that an earlier list of the same month had besides.
 */
export function kindsIn(month: Month, { kindLists }: Pick<Setup, "kindLists">): Kind[] {
  const first = newest(`${month}-01`, kindLists);
  const lists = kindLists
    .filter((list) => list === first || monthOf(list.inForceFrom) === month)
    .toSorted((a, b) => b.inForceFrom.localeCompare(a.inForceFrom));
  const kinds = new Map<string, Kind>();
  for (const kind of lists.flatMap((list) => list.kinds))
    if (!kinds.has(kind.id)) kinds.set(kind.id, kind);
  return [...kinds.values()];
}

/** The month in which the first list of kinds came into force: no record can be older. */
export function beginningOf({ kindLists }: Pick<Setup, "kindLists">): Month {
  return kindLists.map(({ inForceFrom }) => monthOf(inForceFrom)).toSorted()[0] ?? "";
}

/** The strands or types of abuse on offer for a kind on a day. */
export function detailsOn(day: Day, { details }: Kind, { detailLists }: Setup) {
  return (
    newest(
      day,
      detailLists.filter(({ id }) => id === details),
    )?.items ?? []
  );
}

/**
 * The strands or types of abuse that a record's words come from: those of its own kind, the list of
 * its day first. Another kind's list may have the same id for something else.
 */
export function detailsOf({ kind: id, date }: Pick<Signpost, "kind" | "date">, setup: Setup) {
  const kinds = setup.kindLists.flatMap((list) => list.kinds).filter((each) => each.id === id);
  const own = setup.detailLists.filter((list) => kinds.some(({ details }) => details === list.id));
  return [
    ...kinds.flatMap((kind) => detailsOn(date, kind, setup)),
    ...own.flatMap(({ items }) => items),
  ];
}

/** The districts and the two choices that are none. */
export function districtChoices({ districts }: Committee): { id: string; name: string }[] {
  return [...districts, ...ELSEWHERE];
}

/** The kind that the words name, the longest name first. */
export function kindIn(said: string, kinds: readonly Kind[]): Kind | undefined {
  const text = ` ${said.toLowerCase().replaceAll(/[^a-z]+/g, " ")} `;
  const named = kinds.flatMap((kind) => kind.aliases.map((alias) => ({ kind, alias })));
  return named
    .filter(({ alias }) => text.includes(` ${alias} `))
    .toSorted((a, b) => b.alias.length - a.alias.length)[0]?.kind;
}

/**
 * A reference that tells nothing: a hash of the form's random number and of who pressed. The same
 * form gives the same one, so pressing twice is one record.
 */
export function referenceOf(operation: string, person: string, attempt: number): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([operation, person, attempt]))
    .digest();
  return [...hash.subarray(0, REFERENCE_LENGTH)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join("");
}

/** A reference as somebody typed it: "k7bd-2qxm". Undefined when there is none in the text. */
export function referenceIn(typed: string): string | undefined {
  const words = typed.toUpperCase().replaceAll("-", "").split(/\s+/);
  return words.find((word) => REFERENCE.test(word));
}

/**
 * What a filled-in form records. It counts in the month in which it is filed, whatever its date: a
 * month that is over is never counted again. Throws a UserError that names every
 * choice still to make, a line for each.
 */
export function readForm(
  form: SignpostForm,
  kind: Kind,
  { setup, routes, committee, now }: Against,
): Omit<Signpost, "reference" | "by" | "operation" | "followUp"> {
  const today = dayOf(now);
  const missing: string[] = [];
  const one = <Choice extends string>(typed: string, choices: readonly Choice[], what: string) => {
    const found = choices.find((choice) => choice === typed);
    if (found === undefined) missing.push(what);
    return found ?? choices[0];
  };
  const some = (typed: string, choices: readonly { readonly id: string }[], what: string) => {
    const picked = typed.split(",").filter(Boolean);
    const known = picked.every((id) => choices.some((choice) => choice.id === id));
    if (picked.length === 0 || !known) missing.push(what);
    return [...new Set(picked)];
  };

  const offered = detailsOn(today, kind, setup);
  const details =
    offered.length === 0
      ? []
      : some(form.details, offered, `${kind.detailsLabel}: choose one or more, or Not stated.`);
  const districts = districtChoices(committee);
  const district = one(
    form.district,
    districts.map(({ id }) => id),
    "Choose the district, or Not stated.",
  );
  const date = form.date || today;
  const dateProblem = problemWith(date, today);
  if (dateProblem) missing.push(dateProblem);
  const channel = one(form.channel, CHANNELS, "Choose how you were in contact.");
  const signposted = some(
    form.routes,
    routesOfKind(routes, kind.id),
    "Choose where you pointed them to from the list, or “Another service”.",
  );
  const advised999 = one(form.advised999, ADVICE_999, "Choose whether you advised 999.");
  const agreed = one(form.agreed, AGREED, "Choose whether the person agreed.");
  const outcome = one(form.outcome, OUTCOMES, "Choose the outcome.");
  if (missing.length > 0 || !district || !channel || !advised999 || !agreed || !outcome)
    throw new UserError(missing.join("\n"));
  return {
    ...{ kind: kind.id, details, district, date, month: monthOf(today) },
    ...{ channel, routes: signposted, advised999, agreed, outcome },
    note: form.note.trim(),
  };
}

/** The newest of what had begun by a day. */
function newest<Dated extends { readonly inForceFrom: Day }>(
  day: Day,
  lists: readonly Dated[],
): Dated | undefined {
  return lists
    .filter(({ inForceFrom }) => inForceFrom <= day)
    .toSorted((a, b) => a.inForceFrom.localeCompare(b.inForceFrom))
    .at(-1);
}

function problemWith(date: string, today: Day): string {
  if (!isDay(date)) return "Enter the date as a day that exists.";
  if (date > today) return "The date must be today or earlier.";
  const earliest = addDays(today, -MOST_DAYS_BACK);
  return date < earliest ? `The date must be ${longDate(earliest)} or later.` : "";
}
