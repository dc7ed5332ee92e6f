import type { Day, Instant } from "../calendar.ts";
import type { AuditRecord, DigestSource, Feature } from "../feature.ts";
import { actionLog } from "./actions.ts";
import { agendaItems } from "./agenda-items.ts";
import { agendaLine, openActionLine } from "./cards.ts";
import { meetingChanges } from "./changing-meetings.ts";
import { histories } from "./history.ts";
import { businessImport } from "./importing.ts";
import { meetingReading } from "./meetings.ts";
import { openActions } from "./rules.ts";
import type { CommitteeStore } from "./store.ts";

export { actionOwners } from "./action-owners.ts";
export { agendaPlanPaper } from "./agenda-plan-paper.ts";

/** What this feature needs from the rest of the product. */
export interface CommitteeParts {
  readonly store: CommitteeStore;
  readonly audit: AuditRecord;
  readonly afterwards: (work: Promise<unknown>) => void;
  /** How many updates of the districts go to a meeting. */
  readonly updatesFor: (committee: string, meeting: Day, now: Instant) => Promise<number>;
}

/** The agenda, in a digest: published titles, a private item by its title only. */
export function agendaInDigest(store: CommitteeStore): DigestSource {
  return async ({ committee, meeting }) => {
    const items = (await store.agendaOf(committee.id, meeting)).map(agendaLine);
    const lines = items.map(({ title, officer, note }) =>
      note.includes("private item") ? `${title}${note}` : `${title}${note}, ${officer}`,
    );
    const agenda = lines.length > 0 ? [{ title: "Agenda", blocks: [{ head: "", lines }] }] : [];
    return () => agenda;
  };
}

/** What is open in the action log, the longest first. */
export function actionsInDigest(store: CommitteeStore): DigestSource {
  return async ({ committee }) => {
    const open = openActions(await store.actionsOf(committee.id));
    const lines = open.map(openActionLine);
    const title = `Open actions: ${open.length}`;
    return () => (lines.length > 0 ? [{ title, blocks: [{ head: "", lines }] }] : []);
  };
}

/** The committee's business: its meetings, their agendas, and what it asked for. */
export function committee(parts: CommitteeParts): Feature {
  const reading = meetingReading(parts);
  const changes = meetingChanges(parts, reading);
  const items = agendaItems(parts, reading);
  const actions = actionLog(parts);
  const lists = businessImport(parts);
  const all = [reading, changes, items, actions, lists];
  return {
    commands: all.flatMap(({ commands }) => commands),
    verbs: Object.assign(histories(parts.store), ...all.map(({ verbs }) => verbs)),
    jobs: lists.jobs,
  };
}
