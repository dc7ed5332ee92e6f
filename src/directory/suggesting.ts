import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  type AuditRecord,
  type Command,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import { correctionsCard, doneCard, heardCard, suggestCard } from "./officer-cards.ts";
import { isDangerContact, mayChange } from "./corrections.ts";
import type { createLiveDirectory } from "./live.ts";
import { beyondContact, offered, readSuggestion } from "./rules.ts";
import {
  NEVER_CHANGED,
  ServiceReference,
  SuggestionForm,
  suggestedIn,
  type Service,
  type Suggestion,
} from "./schema.ts";
import said from "./said.json" with { type: "json" };
import { safetyRuleFor } from "./safety.ts";
import type { ServiceSearch } from "./search.ts";
import type { SuggestionStore } from "./suggestion-store.ts";

/** What suggesting a correction needs from the rest. */
export interface SuggestingParts {
  readonly suggestions: SuggestionStore;
  readonly live: ReturnType<typeof createLiveDirectory>;
  readonly personalDataIn: (text: string) => boolean;
  readonly audit: AuditRecord;
  /** Ids of the services that signposting cards show. */
  readonly pointedTo: () => Promise<ReadonlySet<string>>;
  /** Tells the committee's officers. */
  readonly tellOfficers: (turn: Turn, card: Card) => Promise<unknown>;
  /** Tells the administrators: they alone accept how a route out of danger is reached. */
  readonly tellAdministrators: (turn: Turn, card: Card) => Promise<unknown>;
  readonly afterwards: (work: Promise<unknown>) => void;
}

const anyone = { roles: EVERYONE, places: ANYWHERE } as const;
const NAMES_A_PERSON =
  "This may name or describe a person. Write about the service only, then send it again.";
const NONE_CHOSEN = "Choose the service that is wrong.";
/** How the command begins when it is typed: the rest names a service. */
const LEAD = /^\s*(?:suggest|report)\s+(?:an?\s+)?correction\b\s*(?:for|to|of|about)?\s*:?\s*/i;

/** Everybody suggests what is wrong with an entry; an officer decides. */
export function suggesting(parts: SuggestingParts) {
  const { suggestions, live, personalDataIn, audit, afterwards } = parts;
  const { tellOfficers, tellAdministrators, pointedTo } = parts;
  const commands: Command[] = [
    {
      id: "directory.suggest",
      name: "suggest a correction",
      examples: said.suggest,
      phrases: [
        "suggest correction",
        "suggest a correction {anything}",
        "suggest correction {anything}",
        "report a correction",
      ],
      purpose: "Say what is wrong with a service: suggest a correction for Soham Library.",
      task: "Services for people",
      changes: true,
      saysNo: ["suggest", "correct", "change"],
      needs: anyone,
      run: openTyped,
    },
  ];
  const verbs: Record<string, Verb> = {
    "directory.suggest": { needs: anyone, run: openForm, justForMe: true },
    "directory.send": {
      ...{ needs: anyone, run: send, again: formAgain, justForMe: true },
      ...{ freeText: suggestedIn, heard },
    },
    "directory.goOn": { needs: anyone, run: goOn, justForMe: true },
  };
  return { commands, verbs };

  /** The form for the service that was named, or with a list to choose it from. */
  async function openTyped(turn: Turn, { typed = "" }: Slots): Promise<Card> {
    const name = typed.replace(LEAD, "").trim();
    const index = await live.ready();
    const service = name ? index.named(name, turn.committee) : undefined;
    return suggestCard(
      { ...blank(turn), id: service?.id ?? "", chosen: "" },
      listFor(index, service),
    );
  }

  async function openForm(turn: Turn, data: unknown): Promise<Card> {
    const service = await live.known(checked(ServiceReference, data).id);
    return suggestCard({ ...blank(turn), id: service.id, chosen: "" }, { service });
  }

  async function formAgain(_turn: Turn, data: unknown, { problem, canRead }: Trouble) {
    const form = checked(SuggestionForm, data);
    if (!canRead) {
      const service = { id: form.id || form.chosen, name: "" };
      return suggestCard({ ...form, id: service.id }, { service }, problem);
    }
    const index = await live.ready();
    return suggestCard(
      form,
      listFor(index, form.id ? index.find(form.id) : undefined, form),
      problem,
    );
  }

  async function goOn(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(SuggestionForm, data);
    const trouble = { problem: "", canRead: true };
    return formAgain(turn, { ...form, asked: form.text }, trouble);
  }

  async function send(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(SuggestionForm, data);
    const wanted = form.id || form.chosen;
    if (!wanted) throw new UserError(NONE_CHOSEN);
    const service = await live.known(wanted);
    if (form.text !== form.asked && safetyRuleFor(form.text)) return heardCard(form);
    const text = readSuggestion(form.field, form.text);
    if (personalDataIn(beyondContact(form.field, text))) throw new UserError(NAMES_A_PERSON);
    if (!mayChange(service, form.field)) throw new UserError(NEVER_CHANGED);
    const { id, name } = turn.person;
    const suggestion: Suggestion = {
      ...{ id: form.operation, service: service.id, serviceName: service.name },
      ...{ field: form.field, text, by: { id, name }, at: turn.now.toString() },
    };
    const to = await pointedTo();
    const isOfDanger = isDangerContact(service, form.field, to);
    if (await suggestions.add(suggestion)) {
      await audit(turn, "suggested a correction", service.id);
      const cardFor = (isAdministrator: boolean) =>
        correctionsCard([{ suggestion, service }], 1, { isAdministrator, pointedTo: to });
      afterwards(tellOfficers(turn, cardFor(false)));
      if (isOfDanger) afterwards(tellAdministrators(turn, cardFor(true)));
    }
    const who = isOfDanger ? "An administrator" : "The directory's officer";
    return doneCard("Suggested", `Thank you. ${who} will decide about ${service.name}.`);
  }
}

function blank({ id }: Turn) {
  return { field: "phone", text: "", operation: id, asked: "" } as const;
}

/** The service that the form is about, or what it can be chosen from, the chosen one included. */
function listFor(
  index: ServiceSearch,
  service: Service | undefined,
  { chosen }: { readonly chosen: string } = { chosen: "" },
) {
  if (service) return { service };
  return { choices: offered(index.all(), index.find(chosen)) };
}

/** The routes, and the way back to the form as it was filled in. */
async function heard(_turn: Turn, data: unknown): Promise<Card> {
  return heardCard(checked(SuggestionForm, data));
}
