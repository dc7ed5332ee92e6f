import { createClock, type Clock } from "../src/calendar.ts";
import type { Committee } from "../src/council.ts";
import type { Job } from "../src/feature.ts";
import { createJobs } from "../src/jobs.ts";
import { createLog } from "../src/log.ts";
import type { Tables } from "../src/tables.ts";
import { startTables } from "./support/council.ts";

const COMMITTEE: Committee = {
  id: "committee",
  name: "Committee",
  aliases: [],
  districts: [{ id: "fenland", name: "Fenland", aliases: [] }],
  priorityLists: [],
};
const TODAY = at("2019-09-25T09:00");

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
/** What the replicas of a test have logged. */
let logged: string[];
beforeAll(async () => (service = await startTables()));
beforeEach(() => {
  tables = service.freshTables();
  logged = [];
});
afterAll(() => service.stop());

it("does a run once, however often and on how many replicas it is due", async () => {
  const { job, runs } = daily();
  const replicas = [replica([job]), replica([job]), replica([job])];

  await Promise.all(replicas.map(({ look }) => look(TODAY)));
  for (const { look } of replicas) await look(TODAY);

  expect(runs).toEqual(["2019-09-25"]);
});

it("does the next day's run on the next day, after a restart too", async () => {
  const { job, runs } = daily();

  await replica([job]).look(TODAY);
  await replica([job]).look(at("2019-09-26T09:00"));

  expect(runs).toEqual(["2019-09-25", "2019-09-26"]);
});

it("leaves a run to the replica that has it, and takes it over when that one is gone", async () => {
  const { job, runs } = daily();
  const stopped = { ...job, run: () => new Promise<void>(() => {}) };
  void replica([stopped]).look(TODAY);
  await until(async () => (await rows()).length > 0);

  // What counts is how long nothing has changed, whatever the clocks say.
  let minutes = 0;
  let clock = "2019-09-25T10:00";
  const other = replica(
    [job],
    () => at(clock),
    tables,
    () => minutes * 60_000,
  );
  await other.look(TODAY);
  minutes = 4;
  clock = "2019-09-26T10:00";
  await other.look(TODAY);
  expect(runs).toEqual([]);
  minutes = 5;
  clock = "2019-09-24T10:00";
  await other.look(TODAY);
  expect(runs).toEqual(["2019-09-25"]);
});

it("does each day's run once while a clock goes forward and back a day, on one replica or on all", async () => {
  const { job, runs } = daily();
  const replicas = [replica([job]), replica([job]), replica([job])];
  const [first] = replicas;

  await Promise.all(replicas.map(({ look }) => look(TODAY)));
  await first?.look(at("2019-09-26T09:00"));
  for (const { look } of replicas) await look(at("2019-09-24T09:00"));
  for (const { look } of replicas) await look(TODAY);
  await Promise.all(replicas.map(({ look }) => look(at("2019-09-26T09:00"))));

  expect(runs).toEqual(["2019-09-25", "2019-09-26", "2019-09-24"]);
});

it("tries what failed under a clock that was ahead, without waiting for that time", async () => {
  const { job, runs } = daily();
  const failing: Job = { ...job, run: () => Promise.reject(new Error("broken")) };

  await replica([failing], "2019-09-26T09:00").look(TODAY);
  await replica([job], "2019-09-25T09:00").look(TODAY);

  expect(runs).toEqual(["2019-09-25"]);
});

it("does not do again what is done, although that could not be written down", async () => {
  const { job, runs } = daily();
  let isAway = false;
  const own: Job = {
    ...job,
    run: async (...turn) => {
      await job.run(...turn);
      isAway = true;
    },
  };
  const jobs = replica([own], undefined, async (name) =>
    isAway ? Promise.reject(new Error("connect ECONNREFUSED")) : tables(name),
  );

  await jobs.look(TODAY);
  isAway = false;
  await jobs.look(TODAY);

  expect(runs).toEqual(["2019-09-25"]);
});

it("does the other jobs while one never ends, and can be stopped", async () => {
  const { job, runs } = daily();
  const endless: Job = { ...daily("endless").job, run: () => new Promise<void>(() => {}) };
  const jobs = replica([endless, job]);

  for (const day of ["2019-09-25", "2019-09-26"])
    await until(async () => {
      void jobs.look(at(`${day}T09:00`));
      return runs.includes(day);
    });

  expect(runs).toEqual(["2019-09-25", "2019-09-26"]);
});

it("tries a failed run again later, not at once, and does the other jobs meanwhile", async () => {
  const { job, runs } = daily();
  let failures = 0;
  const failing: Job = {
    ...daily("failing").job,
    run: async () => {
      failures += 1;
      throw new Error("broken");
    },
  };

  await replica([failing, job]).look(TODAY);
  await replica([failing, job], "2019-09-25T09:04").look(TODAY);
  expect([failures, runs.length]).toEqual([1, 1]);
  await replica([failing, job], "2019-09-25T09:05").look(TODAY);
  expect([failures, runs.length]).toEqual([2, 1]);
});

it("takes up at once what has changed since it was found, and logs no failure", async () => {
  const { job, runs } = daily();
  let changes = 0;
  const changing: Job = {
    ...job,
    run: async (...turn) => {
      changes += 1;
      return changes === 1 ? "changed" : job.run(...turn);
    },
  };

  await replica([changing]).look(TODAY);

  expect(runs).toEqual(["2019-09-25"]);
  expect(logged.join()).toContain("what was due has changed, and is taken up as it is now");
  expect(logged.join()).not.toContain("a job failed");
});

it("leaves to the next look what goes on changing, without a wait", async () => {
  const { job, runs } = daily();
  const changing: Job = { ...job, run: async () => "changed" };

  await replica([changing]).look(TODAY);
  await replica([job]).look(TODAY);

  expect(runs).toEqual(["2019-09-25"]);
  expect(logged.join()).not.toContain("a job failed");
});

it("waits for the run under way when it is stopped", async () => {
  const { job, runs } = daily();
  let hasBegun = false;
  const slow: Job = {
    ...job,
    run: async (...turn) => {
      hasBegun = true;
      await new Promise((resolve) => setTimeout(resolve, 50));
      await job.run(...turn);
    },
  };

  const jobs = replica([slow]).start(() => TODAY);
  await until(async () => hasBegun);
  await jobs.stop();

  expect(runs).toEqual(["2019-09-25"]);
});

/** A job that is due once a day, and the days on which it ran. */
function daily(name = "daily"): { job: Job; runs: string[] } {
  const runs: string[] = [];
  const dayOf = (now: typeof TODAY) => now.toString().slice(0, 10);
  return {
    runs,
    job: {
      name,
      due: (_committee, now) => dayOf(now),
      run: async (_committee, now) => void runs.push(dayOf(now)),
    },
  };
}

async function rows() {
  return (await tables("jobs")).list("committee|daily");
}

function replica(
  jobs: readonly Job[],
  wallClock: string | Clock = "2019-09-25T09:00",
  way: Tables = tables,
  elapsed?: () => number,
) {
  return createJobs({
    tables: way,
    jobs,
    committees: async () => [COMMITTEE],
    wallClock: typeof wallClock === "string" ? createClock(wallClock) : wallClock,
    ...(elapsed && { elapsed }),
    log: createLog("debug", { write: (line: string) => void logged.push(line) }),
  });
}

function at(time: string) {
  return createClock(time)();
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}
