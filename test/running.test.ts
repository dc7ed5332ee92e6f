import fc from "fast-check";
import { addDays, createClock, daysUntil } from "../src/calendar.ts";
import type { Credential } from "../src/credential.ts";
import { warningRun } from "../src/running/rules.ts";
import { key, type Tables } from "../src/tables.ts";
import {
  ADMINISTRATOR,
  CHAIR,
  FRENCH,
  MEMBER,
  OFFICER,
  openProduct,
  press,
  withSampleCouncil,
  wordsOn,
  useChannel,
} from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";
const SECRET: Credential = { kind: "client secret", expires: "2019-11-24" };

let tables: Tables;
withSampleCouncil((fresh) => (tables = fresh));

describe("bot status", () => {
  it("tells an administrator in plain words how the bot is", async () => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(ADMINISTRATOR).say("bot status"));

    expect(words).toContain("Version 0.1.0 gives this answer");
    expect(words).toContain("They answer: what stands here was read from them just now.");
    expect(words).toContain("No digest has gone out for the meetings around this day.");
    expect(words).toContain("No digest is in doubt.");
    expect(words).toContain("No feed is read");
    expect(words).toContain("The bot proves itself without a secret, so nothing expires.");
  });

  it.each([FRENCH, OFFICER, CHAIR, MEMBER])("is not for $name", async (person) => {
    const { as } = await openProduct(tables);

    const words = wordsOn(await as(person).say("bot status"));

    expect(words).not.toContain("Version");
    expect(words).toContain("administrator");
  });

  it("counts the replicas that were heard of in the last minutes, and forgets one that stops", async () => {
    let time = "2019-09-25T09:00";
    const wallClock = () => createClock(time)();
    const one = await openProduct(tables, { wallClock });
    const other = await openProduct(tables, { wallClock });
    const look = async (...replicas: (typeof one)[]) => {
      for (const { jobs } of replicas) await jobs.look(wallClock());
    };
    const status = async () => wordsOn(await one.as(ADMINISTRATOR).say("bot status"));

    await look(one, other);
    const both = await status();
    time = "2019-09-25T09:02";
    await look(one);
    time = "2019-09-25T09:03";
    await look(one);
    const left = await status();

    expect(both).toContain("2 replicas are at work");
    expect(left).toContain("1 replica is at work");
  });

  it("writes no more than one sign of life a minute", async () => {
    let time = "2019-09-25T09:00";
    const wallClock = () => createClock(time)();
    const { jobs } = await openProduct(tables, { wallClock });
    const rows = async () => (await tables("replicas")).list("replica");

    await jobs.look(wallClock());
    const [first] = await rows();
    time = "2019-09-25T09:00";
    await jobs.look(wallClock());
    const [again] = await rows();
    time = "2019-09-25T09:01";
    await jobs.look(wallClock());
    const [later] = await rows();

    expect(again?.etag).toBe(first?.etag);
    expect(later?.["at"]).toBe("2019-09-25T08:01:00Z");
  });

  it("takes a replica that stops out of the count at once", async () => {
    const { jobs, as } = await openProduct(tables);
    const running = jobs.start(createClock("2019-09-25T09:00"));
    await until(async () => (await (await tables("replicas")).list("replica")).length === 1);

    await running.stop();

    expect(await (await tables("replicas")).list("replica")).toEqual([]);
    expect(wordsOn(await as(ADMINISTRATOR).say("bot status"))).toContain("No replica has said yet");
  });

  it("tells of the last digest, and of one that may not have arrived", async () => {
    const { as, outcomes } = await openProduct(tables);
    const officer = as(OFFICER);
    await useChannel(
      as(OFFICER, { place: "channel" }),
      "use this channel for Communities and Partnership",
    );
    outcomes.push({ outcome: "unknown" });
    await officer.press(...press(await officer.say("post digest"), "Post the digest"));

    const administrator = as(ADMINISTRATOR);
    const doubtful = await administrator.say("bot status");
    const settled = await settle();
    const after = wordsOn(await administrator.press(...press(doubtful, "Look again")));

    expect(wordsOn(doubtful)).toContain("1 digest may not have arrived.");
    expect(settled).toContain("10 October 2019");
    expect(after).toContain("The last digest went out at");
    expect(after).toContain("No digest is in doubt.");

    async function settle() {
      const again = await officer.say("post digest");
      return wordsOn(await officer.press(...press(again, "It is there")));
    }
  });

  it("tells when the secret expires, and whom to ask for a new one", async () => {
    const known = await openProduct(tables, { credential: SECRET });

    const clock = "2019-09-24T09:00";
    const quiet = wordsOn(await known.as(ADMINISTRATOR, { clock }).say("bot status"));
    const loud = wordsOn(await known.as(ADMINISTRATOR).say("bot status"));

    expect(quiet).toMatch(/The client secret expires on 24 November 2019\.$/m);
    expect(loud).toMatch(/expires on 24 November 2019\. Ask those who run the bot to make a new/);
  });
});

describe("a credential that expires", () => {
  it("is told to administrators 60, 30 and 7 days before, once each, over restarts", async () => {
    const told: string[] = [];
    await begin();
    for (const day of [
      "2019-09-24",
      "2019-09-25",
      "2019-09-26",
      "2019-10-25",
      "2019-11-17",
      "2019-11-18",
    ])
      for (const replica of [await opened(), await opened()]) {
        await replica.jobs.look(createClock(`${day}T09:00`)());
        told.push(...replica.posted.filter(isWarning).map(({ to }) => `${day} ${to}`));
      }

    expect(told).toEqual(
      ["2019-09-25", "2019-10-25", "2019-11-17"].map((day) => `${day} ${ADMINISTRATOR.id}`),
    );
  });

  it("says what happens, when, and what to do", async () => {
    await begin();
    const { jobs, posted } = await opened();

    await jobs.look(createClock("2019-11-18T09:00")());

    const words = wordsOn(posted.find(isWarning)?.card);
    expect(words).toContain("The bot’s client secret expires on 24 November 2019");
    expect(words).toContain("That is in 6 days. From then on the bot answers nobody");
    expect(words).toContain("Ask those who run the bot to make a new client secret");
    expect(words).toContain("Agree who asks. Once the bot runs with the new client secret");
    expect(words).not.toContain("Nothing has to be done");
  });

  it("waits for a way to the administrators, and is given then", async () => {
    const { jobs, posted, as, finish } = await opened();
    const now = createClock("2019-09-25T09:00")();

    await jobs.look(now);
    const before = posted.filter(isWarning).length;
    await as(OFFICER).say("help");
    await finish();
    await jobs.look(now);

    expect(before).toBe(0);
    expect(posted.filter(isWarning)).toHaveLength(1);
  });

  it("is tried again where Teams let nobody be reached", async () => {
    await begin();
    let time = "2019-09-25T09:00";
    const wallClock = () => createClock(time)();
    const { jobs, posted, outcomes } = await openProduct(tables, { credential: SECRET, wallClock });
    const now = createClock("2019-09-25T07:00")();

    outcomes.push({ outcome: "refused", reason: "403 BotDisabledByAdmin" });
    await jobs.look(now);
    time = "2019-09-25T09:06";
    await jobs.look(now);

    expect(posted.filter(isWarning)).toHaveLength(2);
  });

  it("goes to the first administrators too, who may stand in no table", async () => {
    await begin();
    const first = "00000000-0000-4000-8000-000000000099";
    const { jobs, posted } = await openProduct(tables, {
      credential: SECRET,
      firstAdministrators: [first],
    });

    await jobs.look(createClock("2019-09-25T07:00")());

    expect(posted.filter(isWarning).map(({ to }) => to)).toEqual([first, ADMINISTRATOR.id]);
  });

  it("is none where nothing expires", async () => {
    await begin();
    const { jobs, posted } = await openProduct(tables);

    await jobs.look(createClock("2019-09-25T07:00")());

    expect(posted.filter(isWarning)).toEqual([]);
  });

  it("has at most three warnings on the way to any day, the last of them within a week", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), (ahead) => {
        const expires = addDays("2019-09-25", ahead);
        const days = Array.from({ length: 120 }, (_, day) => addDays("2019-07-01", day));
        const runs = days.map((day) => warningRun({ kind: "certificate", expires }, day));
        const given = [...new Set(runs)].filter((run) => run !== undefined);

        expect(given.length).toBeLessThanOrEqual(3);
        const late = days.filter((_, index) => runs[index]?.endsWith(" 7"));
        expect(late.filter((day) => daysUntil(expires, day) > 7)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  /** Somebody with a role has written: that shows the bot the way to the others. */
  async function begin() {
    const { as, finish } = await openProduct(tables);
    await as(OFFICER).say("help");
    await finish();
  }

  function opened() {
    return openProduct(tables, { credential: SECRET });
  }
});

describe("the check of the bot", () => {
  it("runs twice a day, so that a day without any job means that something is wrong", async () => {
    const { jobs } = await openProduct(tables);

    for (const time of ["00:00", "06:00", "12:00", "23:59"])
      await jobs.look(createClock(`2019-09-25T${time}`)());

    const runs = await (await tables("jobs")).list(key(COMMITTEE, "check of the bot"));
    expect(runs.map(({ rowKey }) => rowKey)).toEqual([
      "2019-09-25 afternoon",
      "2019-09-25 morning",
    ]);
  });

  it("says in the log that a credential expires, without anything of it", async () => {
    const { jobs, lines } = await openProduct(tables, { credential: SECRET });

    await jobs.look(createClock("2019-09-25T09:00")());

    expect(lines.filter((line) => line.includes("a credential expires soon"))).toHaveLength(1);
  });
});

function isWarning({ card }: { card: unknown }): boolean {
  return wordsOn(card).includes("expires on");
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
