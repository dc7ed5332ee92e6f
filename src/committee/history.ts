import type { Card } from "../card-template.ts";
import { checked } from "../errors.ts";
import { holds, IN_PERSON, type Turn, type Verb } from "../feature.ts";
import { historyCard } from "./history-cards.ts";
import { HistoryReference, type HistoryEntry } from "./schema.ts";
import type { CommitteeStore } from "./store.ts";

/** Those who may see who changed what. */
const HISTORIANS = ["officer", "chair", "administrator"] as const;

/** Whether they may see who changed what, there. */
export function canSeeHistory({ person, place }: Turn): boolean {
  return place.kind === "personal" && HISTORIANS.some((role) => holds(person, role));
}

/** Who changed what and when: of a meeting, of an agenda, of an action. */
export function histories(store: CommitteeStore): Record<string, Verb> {
  const needs = { roles: HISTORIANS, places: IN_PERSON } as const;
  return { "committee.history": { needs, run: show } };

  async function show({ committee }: Turn, data: unknown): Promise<Card> {
    const reference = checked(HistoryReference, data);
    const entries = await read(committee.id, reference);
    return historyCard(reference, entries);
  }

  async function read(
    committee: string,
    { of, record }: HistoryReference,
  ): Promise<HistoryEntry[]> {
    if (of === "action") return store.actionHistory(committee, record);
    if (of === "meeting") return store.meetingHistory(committee, record);
    const [meeting] = await store.meetingsFrom(committee, record);
    const kept = meeting?.date === record ? meeting.agendaKept : undefined;
    return store.agendaHistory(committee, kept ?? record);
  }
}
