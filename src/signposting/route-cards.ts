import { dayOf } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import type { Surroundings } from "./cards.ts";
import * as rules from "./rules.ts";
import { inWords, routesFor, routesOfKind } from "./routes.ts";
import type { Kind, Route, SignpostForm } from "./schema.ts";

const NOT_COUNTED =
  "Your council does not count this kind at the moment. The routes are right all the same.";

const LAST_KNOWN =
  "The directory cannot be read at the moment. These are the routes that were known last.";

/** The short card: 999, where to point somebody to, and one press to the form or to 999 alone. */
export function routesCard(
  form: SignpostForm,
  kind: Kind,
  around: Surroundings,
  notice = "",
): Card {
  const { setup, routes, committee, now } = around;
  const isCounted = rules.kindsOn(dayOf(now), setup).some(({ id }) => id === kind.id);
  const fitting = routesFor(routes, { kind: kind.id, district: form.district }, now);
  const hasCentres = routesOfKind(routes, kind.id).some(isCentre);
  const place = districtWithId(form.district, committee);
  const noCentre = hasCentres && place && !fitting.some(isCentre);
  const notices = [
    notice,
    around.areLastKnown ? LAST_KNOWN : "",
    noCentre ? `No reporting centre is known in ${place.name}.` : "",
    isCounted ? "" : NOT_COUNTED,
  ];
  return fill("signposting/routes", {
    kindName: kind.name,
    notices: notices.filter(Boolean).map((text) => ({ text })),
    ...shown(fitting, around),
    hasDistricts: hasCentres,
    districts: rules.districtChoices(committee),
    district: form.district,
    isCounted,
    form: JSON.stringify(form),
  });
}

/** Asks what it is about, each kind one press away. */
export function whichKindCard(kinds: readonly Kind[]): Card {
  return fill("signposting/which-kind", { kinds });
}

/** Routes with how to reach them, and by name those of which nothing more is known. */
export function shown(routes: readonly Route[], { setup, now }: Surroundings) {
  const others = routes.filter((route) => !isReachable(route)).map(({ name }) => name);
  const shownRoutes = routes.filter(isReachable).map((route) => {
    const words = inWords(route, now, setup.routesAreOldAfterDays);
    const checked = words.isOld ? `Warning: ${words.checked}` : words.checked;
    return {
      ...words,
      name: withoutNumber(words),
      tel: words.phone.replaceAll(/[^0-9+]/g, ""),
      hasPhone: words.phone !== "",
      hasNoPhone: words.phone === "",
      hasWeb: words.web !== "",
      about: [words.hours, words.alert, checked].filter(Boolean).join(" "),
    };
  });
  const hasWarnings = shownRoutes.some(({ isOld }) => isOld);
  return { shownRoutes, hasWarnings, hasOthers: others.length > 0, others: others.join(", ") };
}

/** "Police: 101" stands beside its number. */
function withoutNumber({ name, phone }: { readonly name: string; readonly phone: string }): string {
  return phone !== "" && name.endsWith(`: ${phone}`) ? name.slice(0, -phone.length - 2) : name;
}

/** Whether more than its name is known. */
function isReachable({ phone, web, districts }: Route): boolean {
  return Boolean(phone ?? web ?? districts);
}

function isCentre({ group }: Route): boolean {
  return group === "centre";
}
