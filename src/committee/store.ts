import type { Day } from "../calendar.ts";
import { Committee } from "../council.ts";
import { key, type Tables } from "../tables.ts";
import { actionRows } from "./action-rows.ts";
import { agendaRows } from "./agenda-rows.ts";
import { listRows } from "./list-rows.ts";
import { meetingRows } from "./meeting-rows.ts";
import type { AgendaItem, HistoryEntry } from "./schema.ts";

/** The council's committees hardly change; a change is felt within this time on every replica. */
const REMEMBER_MS = 60_000;

export type CommitteeStore = ReturnType<typeof createCommitteeStore>;

/**
 * Tables `committees` (one partition, row committee), `meetings`, `agenda`, `actions` and `lists`:
 * each is described beside its rows. A record and the history of its changes are in one partition,
 * because they are written in one transaction.
 */
export function createCommitteeStore(tables: Tables) {
  const meetings = meetingRows(tables);
  const agendas = agendaRows(tables);
  let remembered: { committees: Promise<Committee[]>; readAt: number } | undefined;

  return {
    ...{ committees, isThere, saveCommittee, agendaOf, itemHistory, keptOf },
    ...meetings,
    ...agendas,
    ...actionRows(tables),
    ...listRows(tables),
  };

  /** Every committee of the council, remembered for a minute. */
  function committees(): Promise<Committee[]> {
    if (remembered && performance.now() - remembered.readAt < REMEMBER_MS)
      return remembered.committees;
    const earlier = remembered?.committees;
    // While the tables are away the last known committees hold.
    const all = readCommittees().catch((error: unknown) => {
      if (!earlier) throw error;
      return earlier;
    });
    remembered = { committees: all, readAt: performance.now() };
    all.catch(() => (remembered = undefined));
    return all;
  }

  /** Whether the tables answer, asked anew each time. */
  async function isThere(): Promise<boolean> {
    try {
      await (await tables("committees")).find("committee", "is there");
      return true;
    } catch {
      return false;
    }
  }

  async function readCommittees(): Promise<Committee[]> {
    const rows = await (await tables("committees")).list("committee");
    // A missing committee is asked for again at once: the sample may be loading.
    if (rows.length === 0) remembered = undefined;
    return rows.map((row) => Committee.parse(JSON.parse(String(row.committee))));
  }

  async function saveCommittee(committee: Committee): Promise<void> {
    const table = await tables("committees");
    const keys = { partitionKey: "committee", rowKey: key(committee.id) };
    await table.put({ ...keys, committee: JSON.stringify(committee) });
    remembered = undefined;
  }

  /** The agenda of the meeting on a day, wherever that meeting was first planned. */
  async function agendaOf(committee: string, date: Day): Promise<AgendaItem[]> {
    return agendas.agendaKept(committee, await keptOf(committee, date));
  }

  /** The changes of one place of a meeting's agenda, the newest first. */
  async function itemHistory(committee: string, date: Day, order: number): Promise<HistoryEntry[]> {
    const entries = await agendas.agendaHistory(committee, await keptOf(committee, date));
    return entries.filter(({ before, after }) => [before["order"], after["order"]].includes(order));
  }

  /** What a meeting is known by, wherever it was moved to: the day on which it was first planned. */
  async function keptOf(committee: string, date: Day): Promise<string> {
    const [meeting] = await meetings.meetingsFrom(committee, date);
    return (meeting?.date === date ? meeting.agendaKept : undefined) ?? date;
  }
}
