import { monthName, type Day, type Month } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { districtWithId, type Committee } from "../council.ts";
import { isDangerContact, isSentTo } from "./corrections.ts";
import { freshness, webAddress, whereInWords } from "./rules.ts";
import { timesInWords } from "./times.ts";
import {
  CORRECTABLE,
  type Correctable,
  type Service,
  type Suggestion,
  type SuggestionForm,
} from "./schema.ts";
import type { UnmetShown } from "./unmet.ts";

/** So many suggestions, or services to check, are on one card. */
export const ON_A_PAGE = 8;
const NEEDS_ON_A_CARD = 40;

const STATES: Record<Service["status"], string> = {
  active: "Open",
  inactive: "Not given now",
  defunct: "Closed for good",
  "temporarily closed": "Closed for now",
};

type Named = Pick<Service, "id" | "name">;

/** A suggestion that waits, with the entry that it is about. */
interface Shown {
  readonly suggestion: Suggestion;
  readonly service: Service | undefined;
}

/** Who decides, and what only an administrator does: ids of the services that people are sent to. */
interface Deciding {
  readonly isAdministrator: boolean;
  readonly pointedTo: ReadonlySet<string>;
}

/** Asks what is wrong with a service, or first with which one. */
export function suggestCard(
  { id, chosen, field, text, operation, asked }: SuggestionForm,
  { service, choices = [] }: { readonly service?: Named; readonly choices?: readonly Named[] },
  problem = "",
): Card {
  return fill("directory/suggest", {
    ...{ id, chosen, field, text, operation, asked, name: service?.name ?? "" },
    ...{ isKnown: service !== undefined, isToChoose: service === undefined },
    services: choices.map((each) => ({ value: each.id, title: each.name })),
    ...{ problem, hasProblem: problem !== "" },
    fields: Object.entries(CORRECTABLE).map(([value, title]) => ({ value, title })),
  });
}

/** A suggestion that speaks of harm: where to turn first, and the form one press away. */
export function heardCard({ id, chosen, field, text, operation }: SuggestionForm): Card {
  return fill("directory/heard", { id, chosen, field, text, operation });
}

/** Something was done, in words. */
export function doneCard(heading: string, said: string): Card {
  return fill("directory/done", { heading, said });
}

/** What colleagues suggest, beside what the entry says now, and what was decided just now. */
export function correctionsCard(
  shown: readonly Shown[],
  total: number,
  { decided, isAdministrator, pointedTo }: { readonly decided?: Suggestion | undefined } & Deciding,
): Card {
  return fill("directory/corrections", {
    ...decidedAs(decided),
    summary:
      total === 0
        ? "Nothing waits for a decision."
        : `${total} ${total === 1 ? "suggestion waits" : "suggestions wait"} for a decision. Accepting one changes the entry at once, and confirms it for today.${total > shown.length ? ` The oldest ${shown.length} are shown.` : ""}`,
    suggestions: shown.map(({ suggestion, service }) => {
      const isOfDanger =
        service !== undefined && isDangerContact(service, suggestion.field, pointedTo);
      return {
        ...{ id: suggestion.id, at: suggestion.at, service: suggestion.service },
        name: suggestion.serviceName,
        what: CORRECTABLE[suggestion.field],
        now: (service && saysNow(suggestion.field, service)) || "Nothing",
        text: suggested(suggestion),
        by: suggestion.by.name,
        isOfDanger,
        canAccept: isAdministrator || !isOfDanger,
        isForAdministrator: isOfDanger && !isAdministrator,
      };
    }),
  });
}

/** What this council has marked as closed, for now or for good. */
export function closedCard(services: readonly Service[], total: number): Card {
  return fill("directory/closed", {
    summary:
      total === 0
        ? "This council has marked no service as closed."
        : `Marked as closed by this council: ${total}. Opening one again shows what its feed says.${total > services.length ? ` The first ${services.length} are shown.` : ""}`,
    services: services.map(({ id, name, status, alert = "" }) => ({
      ...{ id, name, alert, hasAlert: alert !== "" },
      state: STATES[status],
    })),
  });
}

/** The services that nobody has confirmed for longest. */
export function checksCard(
  services: readonly Service[],
  total: number,
  page: number,
  { today, isAdministrator, pointedTo }: { readonly today: Day } & Deciding,
): Card {
  const from = (page - 1) * ON_A_PAGE;
  return fill("directory/checks", {
    summary: `Those that nobody has confirmed come first, then the oldest. Showing ${Math.min(from + 1, total)} to ${from + services.length} of ${total}.`,
    services: services.map((service) => ({
      ...{ id: service.id, name: service.name, page },
      freshness: freshness(service, today).said,
      contacts:
        [...service.phones, service.email, webAddress(service.url)].filter(Boolean).join(", ") ||
        "No contact is given.",
      canConfirm: isAdministrator || !isSentTo(service, pointedTo),
      isForAdministrator: !isAdministrator && isSentTo(service, pointedTo),
    })),
    ...{ next: page + 1, hasNext: from + services.length < total },
  });
}

/** What was looked for and not found, as far as it is frequent enough to be shown. */
export function unmetCard(
  month: Month,
  { lines, others }: UnmetShown,
  threshold: number,
  committee: Committee,
): Card {
  const needs = lines.slice(0, NEEDS_ON_A_CARD).map(({ words, district, count }) => ({
    words: words || "Words left out: they may have pointed at a person",
    place:
      district === "several"
        ? "In several places"
        : (districtWithId(district, committee)?.name ?? "Anywhere"),
    count: `About ${count}`,
  }));
  const rare = {
    words: `Everything that was looked for fewer than ${threshold} times`,
    place: "Hidden",
    count: others === "hidden" ? `Fewer than ${threshold}` : `About ${others}`,
  };
  const isEmpty = lines.length === 0 && others === undefined;
  return fill("directory/unmet", {
    heading: `Not found in ${monthName(month)}`,
    summary: isEmpty
      ? "Every search found something."
      : `Who searched is not recorded. What was looked for fewer than ${threshold} times is hidden. The numbers are rounded to the nearest 5.${lines.length > NEEDS_ON_A_CARD ? ` The ${NEEDS_ON_A_CARD} most wanted of ${lines.length} are shown.` : ""}`,
    hasNeeds: !isEmpty,
    needs: others === undefined ? needs : [...needs, rare],
  });
}

/** What an entry says of one thing, as people read it. Empty where it says nothing. */
export function saysNow(field: Correctable, service: Service): string {
  switch (field) {
    case "phone":
      return service.phones.join(", ");
    case "times":
      return timesInWords(service);
    case "address":
      return whereInWords(service);
    case "closed":
    case "ended":
    case "open":
      return STATES[service.status];
    case "other":
      return service.alert ?? "";
    default:
      return service[field] ?? "";
  }
}

/** Which service, what of it, from what to what, and by whom. */
function decidedAs(decided: Suggestion | undefined) {
  const isAccepted = decided?.decision === "accepted";
  const word = isAccepted ? "Accepted" : "Rejected";
  return {
    hasDecided: decided !== undefined,
    decided: `${word}: ${decided?.serviceName ?? ""}`,
    decidedFacts: decided
      ? [
          { title: "What", value: CORRECTABLE[decided.field] },
          { title: isAccepted ? "Before" : "Stays", value: decided.was || "Nothing" },
          { title: isAccepted ? "Now" : "Not taken", value: suggested(decided) },
          { title: "Suggested by", value: decided.by.name },
          { title: `${word} by`, value: decided.decidedBy?.name ?? "" },
        ]
      : [],
  };
}

function suggested({ text, field }: Suggestion): string {
  return text || CORRECTABLE[field];
}
