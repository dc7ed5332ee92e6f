import { createClock } from "../src/calendar.ts";
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
beforeAll(async () => (service = await startTables()));
beforeEach(() => (tables = service.freshTables()));
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
  await until(async () => (await (await tables("jobs")).list("committee|daily")).length > 0);

  await replica([job], "2019-09-25T09:04").look(TODAY);
  expect(runs).toEqual([]);
  await replica([job], "2019-09-25T09:05").look(TODAY);
  expect(runs).toEqual(["2019-09-25"]);
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

it("waits for the run under way when it is stopped", async () => {
  const { job, runs } = daily();
  const slow: Job = {
    ...job,
    run: async (...turn) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await job.run(...turn);
    },
  };

  await replica([slow])
    .start(() => TODAY)
    .stop();

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

function replica(jobs: readonly Job[], wallClock = "2019-09-25T09:00") {
  return createJobs({
    tables,
    jobs,
    committees: async () => [COMMITTEE],
    wallClock: createClock(wallClock),
    log: createLog("silent"),
  });
}

function at(time: string) {
  return createClock(time)();
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10));
}
