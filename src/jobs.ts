import { randomUUID } from "node:crypto";
import { z } from "zod/v4";
import type { Logger } from "pino";
import { millisecondsBetween, readInstant, type Clock, type Instant } from "./calendar.ts";
import type { Committee } from "./council.ts";
import { within, withinMinutes } from "./deadline.ts";
import type { Done, Job } from "./feature.ts";
import { measured } from "./measuring.ts";
import { key, type StoredRow, type Tables } from "./tables.ts";

/** How often each replica looks for work that is due. */
const LOOK_EVERY_MS = 60_000;
/** A run whose row stands unchanged for so long is taken over. */
const LEASE_MS = 5 * 60_000;
/** How often a replica at work says that it is still there. */
const RENEW_EVERY_MS = 60_000;
/** A run that failed waits this long for its next try, and once more as long each time. */
const WAIT_AFTER_FAILURE_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;
/** A run that takes longer counts as failed. What it still does, nobody waits for. */
const LONGEST_RUN_MINUTES = 30;
/** A replica that is stopped waits so long for its runs; then another one begins them again. */
const LONGEST_STOP_MS = 20_000;
const MOST_TRIES = 5;
/** So often a run that found its work changed is taken up again at once. */
const MOST_CHANGES = 3;

const Run = z.object({
  state: z.enum(["running", "failed", "done"]),
  /** Which replica has it, a new name at each start. */
  replica: z.string(),
  attempt: z.number().int(),
  /** When it was last heard of, by the computer's clock. */
  at: z.string(),
});
type Run = Readonly<z.infer<typeof Run>>;

interface JobParts {
  readonly tables: Tables;
  readonly jobs: readonly Job[];
  readonly committees: () => Promise<readonly Committee[]>;
  /** The computer's own clock, for what stands in the rows even where the council's is pinned. */
  readonly wallClock: Clock;
  /** Milliseconds that no change of the computer's clock shortens or makes longer. */
  readonly elapsed?: () => number;
  readonly log: Logger;
  /** This replica's sign of life, asked for at every look, and its end. */
  readonly alive?: {
    readonly beat: (replica: string) => Promise<void>;
    readonly gone: (replica: string) => Promise<void>;
  };
}

/**
 * Runs what is due, each run on one replica. Table `jobs`: partition committee and job, row the
 * run. The row is created once, so one replica has the run; while it works it renews its lease.
 * A row that whoever looks has seen unchanged for the length of a lease belongs to a replica that
 * is gone, and another one begins the run again.
 */
export function createJobs({
  tables,
  jobs,
  committees,
  wallClock,
  elapsed = () => performance.now(),
  log,
  alive,
}: JobParts) {
  const replica = randomUUID();
  /** Nothing is asked of the tables about a run that is known to be done. */
  const finished = new Set<string>();
  /** Since when another replica's row has stood there unchanged. */
  const seen = new Map<string, { readonly etag: string; readonly at: number }>();
  /** Jobs that are looked at just now: one that takes long keeps no other one waiting. */
  const busy = new Map<string, Promise<void>>();
  let isStopping = false;
  return { look, start };

  /** Looks at every job once, and does what is due. One that fails does not stop the others. */
  async function look(now: Instant): Promise<void> {
    await alive?.beat(replica).catch(unheard);
    const all = await committees();
    // An instant of this look's own: what is remembered for one look is known by it.
    const own = readInstant(now.toString());
    await Promise.all(all.flatMap((committee) => jobs.map((job) => lookAt(job, committee, own))));
  }

  function unheard(error: unknown): void {
    log.warn({ err: error }, "this replica could not say that it is there");
  }

  function lookAt(job: Job, committee: Committee, now: Instant): Promise<void> {
    const name = key(committee.id, job.name);
    const work =
      busy.get(name) ??
      takeAll(job, committee, now)
        .catch((error: unknown) =>
          log.error({ err: error, job: job.name }, "a job could not be looked at"),
        )
        .finally(() => busy.delete(name));
    busy.set(name, work);
    return work;
  }

  async function takeAll(job: Job, committee: Committee, now: Instant): Promise<void> {
    for (const run of [(await job.due(committee, now)) ?? []].flat())
      if (!isStopping) await take(job, committee, run, now);
  }

  /** Looks now and every minute, until it is stopped. */
  function start(clock: Clock) {
    const lookNow = () => {
      look(clock()).catch((error: unknown) =>
        log.error({ err: error }, "the jobs could not be looked at"),
      );
    };
    lookNow();
    const timer = setInterval(lookNow, LOOK_EVERY_MS);
    return {
      /** Takes up nothing new, and waits for the runs under way, but not for ever. */
      stop: async () => {
        isStopping = true;
        clearInterval(timer);
        await within(LONGEST_STOP_MS, () => Promise.all(busy.values())).catch(() => undefined);
        await alive?.gone(replica).catch(unheard);
      },
    };
  }

  /** What was changed since it was found is taken up at once, with what holds now. */
  async function runAsItIs(job: Job, committee: Committee, run: string, now: Instant) {
    for (let changes = 0; changes < MOST_CHANGES; changes += 1) {
      // An instant of its own each time: nothing that is remembered for an earlier one holds.
      const own = changes === 0 ? now : readInstant(now.toString());
      const done = await job.run(committee, own, run);
      if (done !== "changed") return done;
      log.info({ job: job.name, run }, "what was due has changed, and is taken up as it is now");
    }
    return "changed" as const;
  }

  async function take(job: Job, committee: Committee, run: string, now: Instant): Promise<void> {
    const keys = { partitionKey: key(committee.id, job.name), rowKey: key(run) };
    const id = `${keys.partitionKey}|${keys.rowKey}`;
    if (finished.has(id)) return;
    const table = await tables("jobs");
    const stored = await table.find(keys.partitionKey, keys.rowKey);
    const before = stored && Run.parse(stored);
    if (before?.state === "done") finished.add(id);
    if (stored && before && !isFree(id, stored, before)) return;
    const attempt = (before?.attempt ?? 0) + 1;
    if (!(await put(stored, "running"))) return;

    const renewal = setInterval(() => void settle("running").catch(lost), RENEW_EVERY_MS).unref();
    let done: Done | void;
    try {
      done = await measured("job", { job: job.name }, () =>
        withinMinutes(LONGEST_RUN_MINUTES, () => runAsItIs(job, committee, run, now)),
      );
    } catch (error) {
      clearInterval(renewal);
      log.error({ err: error, job: job.name, run, attempt }, "a job failed");
      await settle("failed").catch(lost);
      return;
    }
    clearInterval(renewal);
    if (done === "changed") {
      await settle("changed").catch(lost);
      return;
    }
    // What is done is done, whatever becomes of the note: this replica does not do it again.
    finished.add(id);
    await settle("done").catch(lost);
    log.info({ job: job.name, run, attempt }, "a job is done");

    function put(earlier: StoredRow | undefined, state: Run["state"]): Promise<boolean> {
      const row = { ...keys, state, replica, attempt, at: wallClock().toString() };
      return earlier ? table.replace(row, earlier.etag) : table.create(row);
    }

    /** Only while the run is still this replica's, and again where its own renewal came between. */
    async function settle(state: Run["state"] | "changed"): Promise<void> {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const current = await table.find(keys.partitionKey, keys.rowKey);
        if (!current) return;
        const own = Run.parse(current);
        if (own.replica !== replica || own.attempt !== attempt || own.state !== "running") return;
        // Nobody has a run whose row is gone: the next look takes it up if it is still due.
        const isWritten =
          state === "changed"
            ? await table.remove(keys.partitionKey, keys.rowKey, current.etag)
            : await put(current, state);
        if (isWritten) return;
      }
    }

    function lost(error: unknown): void {
      log.warn({ err: error, job: job.name, run }, "a job's row could not be written");
    }
  }

  function isFree(id: string, { etag }: StoredRow, { state, at, attempt }: Run): boolean {
    if (state === "done") return false;
    if (state === "failed") {
      const wait = Math.min(attempt * WAIT_AFTER_FAILURE_MS, LONGEST_WAIT_MS);
      const waited = millisecondsBetween(at, wallClock());
      // Written by a clock that was ahead of this one: nobody waits until it is that time.
      return waited >= wait || waited < -LONGEST_WAIT_MS;
    }
    const known = seen.get(id);
    if (known?.etag === etag) return elapsed() - known.at >= LEASE_MS;
    seen.set(id, { etag, at: elapsed() });
    return false;
  }
}
