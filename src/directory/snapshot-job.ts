import { dayOf } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Job } from "../feature.ts";
import type { createLiveDirectory } from "./live.ts";
import { bytesOf } from "./snapshot.ts";
import type { SnapshotStore } from "./snapshot-store.ts";
import type { ServiceStore } from "./store.ts";

interface Parts {
  readonly live: ReturnType<typeof createLiveDirectory>;
  readonly store: Pick<ServiceStore, "version" | "changesSince">;
  readonly snapshots: SnapshotStore;
  readonly committees: () => Promise<Committee[]>;
}

/** Fewer services than this are read and indexed in a moment. */
const LEAST_SERVICES = 1000;
/** A start reads so many services one by one without being late. */
const MOST_BEHIND = 200;

/**
 * Writes down the search for replicas that start later: once the directory has come to rest, which
 * is when two looks find the same version, and when the snapshot is far behind it or of another
 * day. One directory serves every committee, so the first one's job does it.
 */
export function snapshotJob({ live, store, snapshots, committees }: Parts): Job {
  let seen: number | undefined;
  return {
    name: "directory snapshot",
    due: async ({ id }, now) => {
      const [first] = await committees();
      if (first?.id !== id) return undefined;
      const before = seen;
      seen = await store.version();
      const latest = seen === before ? await live.latest() : undefined;
      if (!latest || latest.search.size() < LEAST_SERVICES) return undefined;
      const { version, format } = latest;
      if (await isRecent(format, dayOf(now))) return undefined;
      return `${dayOf(now)} ${version} ${format.slice(0, 16)}`;
    },
    run: async (_committee, now) => {
      const latest = await live.latest();
      if (!latest) throw new Error("The directory has not been read");
      const { search, version, format } = latest;
      const parts = await bytesOf(search.pack());
      await snapshots.write({ version, format, day: dayOf(now) }, parts);
    },
  };

  async function isRecent(format: string, today: string): Promise<boolean> {
    const about = await snapshots.about();
    if (about?.format !== format) return false;
    const { ids } = await store.changesSince(about.version);
    if (!ids) return false;
    return ids.length === 0 || (ids.length <= MOST_BEHIND && about.day === today);
  }
}
