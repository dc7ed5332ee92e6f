import { dayOf, monthOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import {
  IN_PERSON,
  type AuditRecord,
  type Command,
  type Person,
  type Role,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import {
  checksCard,
  closedCard,
  correctionsCard,
  ON_A_PAGE,
  saysNow,
  unmetCard,
} from "./officer-cards.ts";
import { isDangerContact, isSentTo, mayChange } from "./corrections.ts";
import type { createLiveDirectory } from "./live.ts";
import {
  alreadyDecided,
  correctionFrom,
  longestUnconfirmed,
  noSuchPage,
  OPEN_AGAIN,
} from "./rules.ts";
import {
  NEVER_CHANGED,
  ONLY_ADMINISTRATOR,
  ONLY_ADMINISTRATOR_CONFIRMS,
  ChecksReference,
  ServiceReference,
  SuggestionReference,
  type Service,
  type Suggestion,
} from "./schema.ts";
import type { ServiceStore } from "./store.ts";
import type { SuggestionStore } from "./suggestion-store.ts";
import { unmetShown, type SmallCounts } from "./unmet.ts";
import said from "./said.json" with { type: "json" };

/** What keeping the directory right needs from the rest. */
export interface CorrectingParts {
  readonly store: ServiceStore;
  readonly suggestions: SuggestionStore;
  readonly live: ReturnType<typeof createLiveDirectory>;
  readonly audit: AuditRecord;
  /** Ids of the services that signposting cards show. */
  readonly pointedTo: () => Promise<ReadonlySet<string>>;
  /** How small counts are shown in a committee. */
  readonly smallCounts: (committee: string) => Promise<SmallCounts>;
}

const officer = { roles: ["officer"], places: IN_PERSON } as const;
/** An administrator decides too: how a route out of danger is reached is nobody else's to accept. */
const decider = { roles: ["officer", "administrator"], places: IN_PERSON } as const;
type Decision = NonNullable<Suggestion["decision"]>;

/** Keeping the directory right: what an officer decides. */
export function correcting(parts: CorrectingParts) {
  const { store, suggestions, live, audit, pointedTo, smallCounts } = parts;
  const commands = [
    {
      id: "directory.corrections",
      name: "suggested corrections",
      examples: said.corrections,
      phrases: ["corrections", "directory corrections"],
      purpose: "Decide what colleagues suggest for the directory.",
      needs: decider,
      run: (turn: Turn) => showOpen(turn),
    },
    {
      id: "directory.check",
      name: "check services",
      examples: said.check,
      phrases: ["services to check", "old services"],
      purpose: "See the services that nobody has confirmed for longest.",
      needs: decider,
      run: (turn: Turn) => checksOn(turn, 1),
    },
    {
      id: "directory.closed",
      name: "closed services",
      examples: said.closed,
      phrases: ["services that are closed", "open a service again"],
      purpose: "See the services that this council has marked as closed, and open one again.",
      run: showClosed,
    },
    {
      id: "directory.unmet",
      name: "unmet needs",
      full: "unmet needs[ {month}]",
      examples: said.unmet,
      phrases: ["unmet needs {month}", "unmet needs for {month}", "what was not found"],
      purpose: "See what was looked for in a month and not found: unmet needs August 2019.",
      run: showUnmet,
    },
  ].map((command): Command => ({
    needs: officer,
    task: "Keeping the directory right",
    ...command,
  }));
  const verbs: Record<string, Verb> = {
    // What colleagues wrote is on the cards, beside their names: it is kept where it is decided.
    "directory.accept": { needs: decider, run: accept, isPrivate: true },
    "directory.reject": { needs: decider, run: reject, isPrivate: true },
    "directory.reopen": { needs: officer, run: reopen, isPrivate: true },
    "directory.assure": { needs: decider, run: assure, isPrivate: true },
    "directory.checks": { needs: decider, run: showMoreChecks, isPrivate: true },
  };
  return { commands, verbs };

  /** What waits, below what was decided with the press that is answered, if any was. */
  async function showOpen({ person }: Turn, decided?: Suggestion): Promise<Card> {
    const waiting = await suggestions.open();
    const index = await live.ready();
    const shown = waiting
      .slice(0, ON_A_PAGE)
      .map((suggestion) => ({ suggestion, service: index.find(suggestion.service) }));
    const isAdministrator = isOne(person, "administrator");
    const all = { decided, isAdministrator, pointedTo: await pointedTo() };
    return correctionsCard(shown, waiting.length, all);
  }

  async function accept(turn: Turn, data: unknown): Promise<Card> {
    const { suggestion, before } = await waiting(turn, data, "accepted");
    if (!suggestion) return showOpen(turn, before);
    const service = await store.find(suggestion.service);
    if (!service)
      throw new UserError("That service is not in the directory any more. Reject the suggestion.");
    if (!mayChange(service, suggestion.field)) throw new UserError(NEVER_CHANGED);
    const isOfDanger = isDangerContact(service, suggestion.field, await pointedTo());
    if (isOfDanger && !isOne(turn.person, "administrator")) throw new UserError(ONLY_ADMINISTRATOR);
    const decided = await claim(turn, suggestion, "accepted", service);
    try {
      await store.correct(
        service.id,
        correctionFrom(suggestion, service, { today: dayOf(turn.now), isOfDanger }),
      );
    } catch (error) {
      await suggestions.putBack(suggestion);
      throw error;
    }
    return shownDecided(turn, decided);
  }

  async function reject(turn: Turn, data: unknown): Promise<Card> {
    const { suggestion, before } = await waiting(turn, data, "rejected");
    if (!suggestion) return showOpen(turn, before);
    const service = await store.find(suggestion.service);
    return shownDecided(turn, await claim(turn, suggestion, "rejected", service));
  }

  /** Of two officers at the same moment one decides, and the other is told who. */
  async function claim(
    turn: Turn,
    suggestion: Suggestion,
    decision: Decision,
    service: Service | undefined,
  ): Promise<Suggestion & { decision: Decision }> {
    const { id, name } = turn.person;
    const decided = {
      ...suggestion,
      ...{ decision, decidedBy: { id, name }, decidedAt: turn.now.toString() },
      was: service && saysNow(suggestion.field, service),
    };
    if (await suggestions.decide(decided)) return decided;
    throw new UserError(alreadyDecided(await suggestions.findDecided(suggestion)));
  }

  async function shownDecided(
    turn: Turn,
    decided: Suggestion & { decision: Decision },
  ): Promise<Card> {
    await audit(turn, `${decided.decision} a correction`, decided.service);
    await live.refresh();
    return showOpen(turn, decided);
  }

  /**
   * The suggestion that waits; or what the same person has decided the same before: Teams delivers
   * a press again.
   */
  async function waiting(
    { person }: Turn,
    data: unknown,
    decision: Decision,
  ): Promise<{ readonly suggestion?: Suggestion; readonly before?: Suggestion }> {
    const reference = checked(SuggestionReference, data);
    const suggestion = await suggestions.findOpen(reference.id, reference.at);
    if (suggestion) return { suggestion };
    const before = await suggestions.findDecided(reference);
    if (before?.decision === decision && before.decidedBy?.id === person.id) return { before };
    throw new UserError(alreadyDecided(before));
  }

  async function showClosed(): Promise<Card> {
    const closed = await store.closedHere();
    return closedCard(closed.slice(0, ON_A_PAGE), closed.length);
  }

  async function reopen(turn: Turn, data: unknown): Promise<Card> {
    const { id } = checked(ServiceReference, data);
    const closed = await store.closedHere();
    if (closed.some((service) => service.id === id)) {
      await store.correct(id, { ...OPEN_AGAIN, assuredDate: dayOf(turn.now) });
      await audit(turn, "opened a service again", id);
      await live.refresh();
    }
    return showClosed();
  }

  async function showMoreChecks(turn: Turn, data: unknown): Promise<Card> {
    return checksOn(turn, checked(ChecksReference, data).page);
  }

  async function assure(turn: Turn, data: unknown): Promise<Card> {
    const { id, page } = checked(ChecksReference, data);
    const service = await live.known(id);
    if (isSentTo(service, await pointedTo()) && !isOne(turn.person, "administrator"))
      throw new UserError(ONLY_ADMINISTRATOR_CONFIRMS);
    await store.correct(service.id, {
      assuredDate: dayOf(turn.now),
      contactChangedDate: undefined,
    });
    await audit(turn, "confirmed a service", service.id);
    await live.refresh();
    return checksOn(turn, page);
  }

  async function checksOn({ now, person }: Turn, page: number): Promise<Card> {
    const today = dayOf(now);
    const all = longestUnconfirmed((await live.ready()).all());
    const last = Math.max(1, Math.ceil(all.length / ON_A_PAGE));
    if (page > last) throw new UserError(noSuchPage(page, last));
    const from = (page - 1) * ON_A_PAGE;
    return checksCard(all.slice(from, from + ON_A_PAGE), all.length, page, {
      today,
      isAdministrator: isOne(person, "administrator"),
      pointedTo: await pointedTo(),
    });
  }

  async function showUnmet({ committee, now }: Turn, { month }: Slots): Promise<Card> {
    const asked = month ?? monthOf(dayOf(now));
    const needs = await suggestions.unmetOf(committee.id, asked);
    const rule = await smallCounts(committee.id);
    return unmetCard(asked, unmetShown(needs, rule), rule.threshold, committee);
  }
}

function isOne({ holdings }: Person, role: Role): boolean {
  return holdings.some((holding) => holding.role === role);
}
