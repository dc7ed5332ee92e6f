import { millisecondsBetween, type Instant } from "../calendar.ts";
import { key, type Tables } from "../tables.ts";
import { awayIn } from "./rules.ts";
import { Away, Replica } from "./schema.ts";

const PARTITION = "replica";
const STOPPED = ["stopped", "last"] as const;
const AWAY = "away";
/** The rows of replicas that were killed are taken away after a day. */
const KEPT_MS = 24 * 3_600_000;
/** A digest that comes later than this is not posted any more. */
const AWAY_KEPT_MS = 90 * KEPT_MS;

export type RunningStore = ReturnType<typeof createRunningStore>;

/**
 * Table `replicas`: partition `replica`, row replica (a new name at each start): its last sign of
 * life. Partition `stopped`: when one was last stopped in order. Partition `away`, row the time
 * from which on no replica was at work, and until when.
 */
export function createRunningStore(tables: Tables) {
  return { beat, gone, replicas, lastSeen, wasAway, awayAt, tidy };

  /** Only the replica itself writes its row. */
  async function beat(id: string, replica: Replica): Promise<void> {
    await (await tables("replicas")).put({ partitionKey: PARTITION, rowKey: key(id), ...replica });
  }

  async function gone(id: string, wallClock: Instant): Promise<void> {
    const table = await tables("replicas");
    const [partitionKey, rowKey] = STOPPED;
    await table.put({ partitionKey, rowKey, at: wallClock.toString() });
    await table.remove(PARTITION, key(id));
  }

  async function replicas(): Promise<Replica[]> {
    return (await (await tables("replicas")).list(PARTITION)).map((row) => Replica.parse(row));
  }

  /** When any replica was last heard of. */
  async function lastSeen(): Promise<string | undefined> {
    const stopped = await (await tables("replicas")).find(...STOPPED);
    const times = (await replicas()).map(({ at }) => at);
    return [...times, ...(stopped ? [String(stopped["at"])] : [])].toSorted().at(-1);
  }

  /** The first replica that is back says so; what others find of the same time changes nothing. */
  async function wasAway(away: Away): Promise<void> {
    const table = await tables("replicas");
    await table.create({ partitionKey: AWAY, rowKey: key(away.from), ...away });
  }

  /** The time in which no replica was at work, where that moment is in one. */
  async function awayAt(at: Instant): Promise<Away | undefined> {
    const rows = await (await tables("replicas")).list(AWAY);
    const times = rows.map((row) => Away.parse(row));
    return awayIn(times, at);
  }

  async function tidy(wallClock: Instant): Promise<void> {
    const table = await tables("replicas");
    for (const row of await table.list(PARTITION))
      if (millisecondsBetween(Replica.parse(row).at, wallClock) > KEPT_MS)
        await table.remove(PARTITION, row.rowKey, row.etag);
    for (const row of await table.list(AWAY))
      if (millisecondsBetween(Away.parse(row).until, wallClock) > AWAY_KEPT_MS)
        await table.remove(AWAY, row.rowKey, row.etag);
  }
}
