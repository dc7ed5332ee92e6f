import { randomUUID } from "node:crypto";
import { z } from "zod/v4";
import type { Logger } from "pino";
import { millisecondsBetween, type Clock, type Instant } from "./calendar.ts";
import type { Committee } from "./council.ts";
import type { Job } from "./feature.ts";
import { key, type StoredRow, type Tables } from "./tables.ts";

/** How often each replica looks for work that is due. */
const LOOK_EVERY_MS = 60_000;
/** A run whose replica has not been heard of for so long is taken over. */
const LEASE_MS = 5 * 60_000;
/** How often a replica at work says that it is still there. */
const RENEW_EVERY_MS = 60_000;
/** A run that failed waits this long for its next try, and once more as long each time. */
const WAIT_AFTER_FAILURE_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;

const Run = z.object({
  state: z.enum(["running", "failed", "done"]),
  /** Which replica has it, a new name at each start. */
  replica: z.string(),
  attempt: z.number().int(),
  /** When it was last heard of, by the computer's clock. */
  at: z.string(),
});
type Run = z.infer<typeof Run>;

interface JobParts {
  readonly tables: Tables;
  readonly jobs: readonly Job[];
  readonly committees: () => Promise<readonly Committee[]>;
  /** The computer's own clock: a lease has to end even where the council's clock is pinned. */
  readonly wallClock: Clock;
  readonly log: Logger;
}

/**
 * Runs what is due, each run on one replica. Table `jobs`: partition committee and job, row the
 * run. The row is created once, so one replica has the run; while it works it renews its lease,
 * and a run whose replica is gone is begun again by another one.
 */
export function createJobs({ tables, jobs, committees, wallClock, log }: JobParts) {
  const replica = randomUUID();
  /** Nothing is asked of the tables about a run that is known to be done. */
  const finished = new Set<string>();
  return { look, start };

  /** Looks at every job once, and does what is due. One that fails does not stop the others. */
  async function look(now: Instant): Promise<void> {
    for (const committee of await committees())
      for (const job of jobs) {
        try {
          for (const run of [(await job.due(committee, now)) ?? []].flat())
            await take(job, committee, run, now);
        } catch (error) {
          log.error({ err: error, job: job.name }, "a job could not be looked at");
        }
      }
  }

  /** Looks now and every minute, until it is stopped. */
  function start(clock: Clock) {
    let underWay: Promise<void> = Promise.resolve();
    let isLooking = false;
    const lookAgain = () => {
      if (isLooking) return;
      isLooking = true;
      underWay = look(clock())
        .catch((error: unknown) => log.error({ err: error }, "the jobs could not be looked at"))
        .finally(() => (isLooking = false));
    };
    lookAgain();
    const timer = setInterval(lookAgain, LOOK_EVERY_MS);
    return {
      /** Takes up nothing new, and waits for the run under way. */
      stop: async () => {
        clearInterval(timer);
        await underWay;
      },
    };
  }

  async function take(job: Job, committee: Committee, run: string, now: Instant): Promise<void> {
    const keys = { partitionKey: key(committee.id, job.name), rowKey: key(run) };
    const id = `${keys.partitionKey}|${keys.rowKey}`;
    if (finished.has(id)) return;
    const table = await tables("jobs");
    const stored = await table.find(keys.partitionKey, keys.rowKey);
    const before = stored && Run.parse(stored);
    if (before?.state === "done") finished.add(id);
    if (before && !isFree(before)) return;
    const attempt = (before?.attempt ?? 0) + 1;
    if (!(await put(stored, written("running")))) return;

    const renewal = setInterval(() => void settle("running").catch(lost), RENEW_EVERY_MS).unref();
    try {
      await job.run(committee, now, run);
      await settle("done");
      finished.add(id);
      log.info({ job: job.name, run, attempt }, "a job is done");
    } catch (error) {
      log.error({ err: error, job: job.name, run, attempt }, "a job failed");
      await settle("failed").catch(lost);
    } finally {
      clearInterval(renewal);
    }

    function written(state: Run["state"]): Run {
      return { state, replica, attempt, at: wallClock().toString() };
    }

    function put(earlier: StoredRow | undefined, value: Run): Promise<boolean> {
      const row = { ...keys, ...value };
      return earlier ? table.replace(row, earlier.etag) : table.create(row);
    }

    /** Only while the run is still this replica's. */
    async function settle(state: Run["state"]): Promise<void> {
      const current = await table.find(keys.partitionKey, keys.rowKey);
      const own = current && Run.parse(current);
      if (own?.replica === replica && own.attempt === attempt) await put(current, written(state));
    }

    function lost(error: unknown): void {
      log.warn({ err: error, job: job.name, run }, "a job's row could not be written");
    }
  }

  function isFree({ state, at, attempt }: Run): boolean {
    const since = millisecondsBetween(at, wallClock());
    if (state === "running") return since >= LEASE_MS;
    return (
      state === "failed" && since >= Math.min(attempt * WAIT_AFTER_FAILURE_MS, LONGEST_WAIT_MS)
    );
  }
}
