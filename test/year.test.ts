import { addDays, addWorkingDays } from "../src/calendar.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import type { Post } from "../src/digest/schema.ts";
import { createDigestStore } from "../src/digest/store.ts";
import type { Tables } from "../src/tables.ts";
import { CHAIR, startTables, wordsOn } from "./support/council.ts";
import {
  COMMITTEE,
  createTeams,
  meeting,
  ROOM,
  smallCommittee,
  startReplica,
  type Crash,
} from "./support/replicas.ts";

/** The committee's year: meetings and the publication of their agendas (the plan of October 2019). */
const YEAR = [
  ["2019-10-10", "2019-10-02"],
  ["2019-11-21", "2019-11-13"],
  ["2019-12-12", "2019-12-04"],
  ["2020-01-23", "2020-01-15"],
  ["2020-03-12", "2020-03-04"],
  ["2020-04-16", "2020-04-06"],
  ["2020-05-14", "2020-05-05"],
] as const;
const CANCELLED = "2020-05-14";
/** One replica in three ends in the middle of each look, and one post in five meets trouble. */
const CRASHES = 1 / 3;
const TROUBLES = 1 / 5;

let service: Awaited<ReturnType<typeof startTables>>;
beforeAll(async () => (service = await startTables()));
afterAll(() => service.stop());

it("is played through on three replicas that keep ending, and the ledger, the channel and the chair agree", async () => {
  const random = randomFrom(1);
  const tables = service.freshTables();
  const teams = createTeams();
  await smallCommittee(tables);
  const plan = createCommitteeStore(tables);
  for (const [date, publication] of YEAR)
    await plan.saveMeeting(COMMITTEE, meeting(date, publication));

  for (const [date, publication] of YEAR) {
    await look(publication, ["09:00", "09:06", "09:12"]);
    await look(addWorkingDays(date, -5), ["08:59", "09:00", "09:06", "09:12", "09:20"]);
    if (date === CANCELLED)
      await plan.saveMeeting(COMMITTEE, { ...meeting(date, publication), state: "cancelled" });
    await look(addDays(date, -1), ["10:30", "11:30"], false);
    await look(date, ["10:01", "10:07", "10:13"], false);
  }

  const ledger = await ledgerOf(tables);
  const questions = teams.toOfficer().map(({ card }) => wordsOn(card));
  for (const [date] of YEAR)
    for (const [kind, to] of [
      ["digest", ROOM.channel],
      ["publication", ROOM.channel],
      ["chair", CHAIR.id],
    ] as const) {
      const posts = ledger.filter((post) => post.meeting === date && post.kind === kind);
      // One entry for each, and none that only the bot knows to be in doubt.
      expect(posts.map((post) => `${post.meeting} ${post.kind}`)).toEqual([`${date} ${kind}`]);
      const [post] = posts;
      expect(post?.to).toBe(to);
      expect(post?.state === "sent" || post?.isTold).toBe(true);
    }
  // What stands somewhere is in the ledger, as sent or as something an officer was asked about.
  const sentOrAsked = ledger.filter(({ state }) => ["sent", "doubtful"].includes(state));
  const standing = teams.messages.filter(({ to }) => to === ROOM.channel || to === CHAIR.id);
  expect(standing.length).toBeLessThanOrEqual(sentOrAsked.length);
  for (const { activity } of ledger.filter(({ state }) => state === "sent"))
    expect(standing.map(({ id }) => id)).toContain(activity);
  const troubled = ledger.filter(({ state }) => state !== "sent").length;
  expect(questions.length).toBeGreaterThanOrEqual(troubled > 0 ? 1 : 0);
  // Whoever reads about the cancelled meeting reads that it is cancelled.
  for (const { activity } of ledger.filter(
    (post) => post.meeting === CANCELLED && post.state === "sent",
  ))
    expect(wordsOn(standing.find(({ id }) => id === activity)?.card)).toContain("is cancelled");

  /** Three replicas look at the same time; some of them end in the middle, and start anew. */
  async function look(day: string, times: readonly string[], mayEnd = true): Promise<void> {
    const replicas = await Promise.all([1, 2, 3].map(async () => startReplica(tables, teams)));
    for (const time of times) {
      if (mayEnd && random() < TROUBLES)
        teams.outcomes.push(
          random() < 0.5 ? { outcome: "unknown" } : { outcome: "refused", reason: "429" },
        );
      await Promise.all(
        replicas.map(async (replica, at) => {
          const crash: Crash = { effect: 1 + Math.floor(random() * 12), isDone: random() < 0.5 };
          const ends = mayEnd && at > 0 && random() < CRASHES;
          const living = ends ? await startReplica(tables, teams, crash) : replica;
          await living.lookAt(`${day}T${time}`);
        }),
      );
    }
  }
}, 180_000);

async function ledgerOf(tables: Tables): Promise<Post[]> {
  const store = createDigestStore(tables);
  const posts = await Promise.all(YEAR.map(([date]) => store.postsOf(COMMITTEE, date)));
  return posts.flat().map(({ post }) => post);
}

/** The same numbers each time, so that a failure can be played again. */
function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}
