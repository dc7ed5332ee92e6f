import type { Day } from "../calendar.ts";
import { key, type StoredRow, type Tables } from "../tables.ts";
import {
  BEFORE_HISTORY,
  historyPrefix,
  readHistory,
  recorded,
  storedFrom,
  type Edit,
} from "./history-rows.ts";
import { Meeting, type Author, type HistoryEntry, type Stored } from "./schema.ts";

/** A change is felt within this time on every replica. */
const REMEMBER_MS = 60_000;

/** Table `meetings`: partition committee, row date, and `history|date|version` of each change. */
export function meetingRows(tables: Tables) {
  // By committee, of which there are few. Not by day: people type any day there is.
  const plans = new Map<string, { meetings: Promise<Meeting[]>; readAt: number }>();

  return { meetingsFrom, storedMeetings, saveMeeting, changeMeetings, meetingHistory };

  /** Meetings and workshops on or after a day (or month), the earliest first. */
  async function meetingsFrom(committee: string, day: Day): Promise<Meeting[]> {
    return (await planOf(committee)).filter(({ date }) => date >= day);
  }

  /** All meetings there ever were: a dozen a year. Remembered for a minute. */
  function planOf(committee: string): Promise<Meeting[]> {
    const known = plans.get(committee);
    if (known && performance.now() - known.readAt < REMEMBER_MS) return known.meetings;
    const meetings = storedMeetings(committee).then((stored) => stored.map(({ value }) => value));
    plans.set(committee, { meetings, readAt: performance.now() });
    meetings.catch(() => plans.delete(committee));
    return meetings;
  }

  /** The whole plan as it stands now, to be changed. */
  async function storedMeetings(committee: string): Promise<Stored<Meeting>[]> {
    const rows = await (await tables("meetings")).list(key(committee), { before: BEFORE_HISTORY });
    return rows.map((row) => storedFrom(row, readMeeting(row)));
  }

  /** Writes a meeting whatever is there: for the first load of a council. */
  async function saveMeeting(committee: string, meeting: Meeting): Promise<void> {
    await (await tables("meetings")).put(rowOf(committee, meeting));
    plans.clear();
  }

  /** All or none, each with its history. False when one was changed since it was read. */
  async function changeMeetings(
    committee: string,
    edits: readonly Edit<Meeting>[],
    author: Author,
  ): Promise<boolean> {
    const changes = edits.flatMap((edit) => recorded(rowOf(committee, edit.after), edit, author));
    try {
      return await (await tables("meetings")).write(changes);
    } finally {
      plans.clear();
    }
  }

  /** The newest change first. */
  async function meetingHistory(committee: string, date: string): Promise<HistoryEntry[]> {
    const table = await tables("meetings");
    const rows = await table.list(key(committee), { prefix: historyPrefix(date) });
    return rows.map(readHistory).toReversed();
  }
}

function rowOf(committee: string, { date, ...meeting }: Meeting) {
  return { partitionKey: key(committee), rowKey: date, ...meeting };
}

function readMeeting(row: StoredRow): Meeting {
  return Meeting.parse({ ...row, date: row.rowKey });
}
