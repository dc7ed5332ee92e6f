import type { Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import { freshness, webAddress, whereInWords } from "./rules.ts";
import { timesInWords } from "./times.ts";
import {
  CORRECTABLE,
  type Correctable,
  type Service,
  type Suggestion,
  type SuggestionForm,
} from "./schema.ts";

/** So many suggestions, or services to check, are on one card. */
export const ON_A_PAGE = 8;

type Named = Pick<Service, "id" | "name">;

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

/** What colleagues suggest, beside what the entry says now. */
export function correctionsCard(
  shown: readonly { readonly suggestion: Suggestion; readonly service: Service | undefined }[],
  total: number,
): Card {
  return fill("directory/corrections", {
    summary:
      total === 0
        ? "Nothing waits for a decision."
        : `${total} ${total === 1 ? "suggestion waits" : "suggestions wait"} for a decision. Accepting one changes the entry at once, and confirms it for today.`,
    suggestions: shown.map(({ suggestion, service }) => ({
      ...{ id: suggestion.id, at: suggestion.at, service: suggestion.service },
      name: suggestion.serviceName,
      what: CORRECTABLE[suggestion.field],
      now: (service && saysNow(suggestion.field, service)) || "Nothing",
      text: suggestion.text || CORRECTABLE[suggestion.field],
      by: suggestion.by.name,
    })),
  });
}

/** What this council has marked as closed, for now or for good. */
export function closedCard(services: readonly Service[], total: number): Card {
  return fill("directory/closed", {
    summary:
      total === 0
        ? "This council has marked no service as closed."
        : `Marked as closed by this council: ${total}. Opening one again shows what its feed says.`,
    services: services.map(({ id, name, status, alert = "" }) => ({
      ...{ id, name, alert, hasAlert: alert !== "" },
      state: status === "defunct" ? "Closed for good" : "Closed for now",
    })),
  });
}

/** The services that nobody has confirmed for longest. */
export function checksCard(
  services: readonly Service[],
  total: number,
  page: number,
  { today }: { readonly committee: Committee; readonly today: Day },
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
    })),
    ...{ next: page + 1, hasNext: from + services.length < total },
  });
}

function saysNow(field: Correctable, service: Service): string {
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
      return service.status;
    case "other":
      return service.alert ?? "";
    default:
      return service[field] ?? "";
  }
}
