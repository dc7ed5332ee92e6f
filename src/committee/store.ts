import type { Day } from "../calendar.ts";
import { Committee } from "../council.ts";
import { key, type StoredRow, type Tables } from "../tables.ts";
import { Action, AgendaItem, Meeting } from "./schema.ts";

/** The council's committees hardly change; a change is felt within this time on every replica. */
const REMEMBER_MS = 60_000;

export type CommitteeStore = ReturnType<typeof createCommitteeStore>;

/**
 * Tables `committees` (one partition, row committee), `meetings` (committee, date), `agenda`
 * (committee and date, order) and `actions` (committee, minute number padded and letter).
 */
export function createCommitteeStore(tables: Tables) {
  // By committee, of which there are few. Not by day: people type any day there is.
  const plans = new Map<string, { meetings: Promise<Meeting[]>; readAt: number }>();
  let remembered: { committees: Promise<Committee[]>; readAt: number } | undefined;

  return {
    committees,
    isThere,
    saveCommittee,
    meetingsFrom,
    saveMeeting,
    agendaOf,
    saveAgendaItem,
    actionsOf,
    saveAction,
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

  /** Meetings and workshops on or after a day (or month), the earliest first. */
  async function meetingsFrom(committee: string, day: Day): Promise<Meeting[]> {
    return (await planOf(committee)).filter(({ date }) => date >= day);
  }

  /** All meetings there ever were: a dozen a year. Remembered for a minute. */
  function planOf(committee: string): Promise<Meeting[]> {
    const known = plans.get(committee);
    if (known && performance.now() - known.readAt < REMEMBER_MS) return known.meetings;
    const meetings = readMeetings(committee);
    plans.set(committee, { meetings, readAt: performance.now() });
    meetings.catch(() => plans.delete(committee));
    return meetings;
  }

  async function readMeetings(committee: string): Promise<Meeting[]> {
    const rows = await (await tables("meetings")).list(key(committee));
    return rows.map((row) => Meeting.parse({ ...row, date: row.rowKey }));
  }

  async function saveMeeting(committee: string, { date, ...meeting }: Meeting): Promise<void> {
    const table = await tables("meetings");
    await table.put({ partitionKey: key(committee), rowKey: date, ...meeting });
    plans.clear();
  }

  async function agendaOf(committee: string, date: Day): Promise<AgendaItem[]> {
    const rows = await (await tables("agenda")).list(key(committee, date));
    return rows.map((row) => AgendaItem.parse({ ...row, order: row.rowKey }));
  }

  async function saveAgendaItem(committee: string, date: Day, item: AgendaItem): Promise<void> {
    const { order, ...rest } = item;
    const table = await tables("agenda");
    const rowKey = String(order).padStart(4, "0");
    await table.put({ partitionKey: key(committee, date), rowKey, ...rest });
  }

  /** The whole action log, in minute order. */
  async function actionsOf(committee: string): Promise<Action[]> {
    const rows = await (await tables("actions")).list(key(committee));
    return rows.map((row: StoredRow) => Action.parse(row));
  }

  async function saveAction(committee: string, action: Action): Promise<void> {
    const [, number = "", letter = ""] = /^(\d+)([a-z]?)$/.exec(action.minute) ?? [];
    const table = await tables("actions");
    const rowKey = `${number.padStart(6, "0")}${letter}`;
    await table.put({ partitionKey: key(committee), rowKey, ...action });
  }
}
