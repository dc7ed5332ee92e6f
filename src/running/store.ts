import { millisecondsBetween, type Instant } from "../calendar.ts";
import { key, type Tables } from "../tables.ts";
import { Replica } from "./schema.ts";

const PARTITION = "replica";
/** The rows of replicas that were killed are taken away after a day. */
const KEPT_MS = 24 * 3_600_000;

export type RunningStore = ReturnType<typeof createRunningStore>;

/** Table `replicas`: one partition, row replica (a new name at each start): its last sign of life. */
export function createRunningStore(tables: Tables) {
  return { beat, gone, replicas, tidy };

  /** Only the replica itself writes its row. */
  async function beat(id: string, replica: Replica): Promise<void> {
    await (await tables("replicas")).put({ partitionKey: PARTITION, rowKey: key(id), ...replica });
  }

  async function gone(id: string): Promise<void> {
    await (await tables("replicas")).remove(PARTITION, key(id));
  }

  async function replicas(): Promise<Replica[]> {
    return (await (await tables("replicas")).list(PARTITION)).map((row) => Replica.parse(row));
  }

  async function tidy(wallClock: Instant): Promise<void> {
    const table = await tables("replicas");
    for (const row of await table.list(PARTITION))
      if (millisecondsBetween(Replica.parse(row).at, wallClock) > KEPT_MS)
        await table.remove(PARTITION, row.rowKey, row.etag);
  }
}
