import { addWorkingDays, createClock, dayOf, londonClock, readInstant } from "../src/calendar.ts";
import { agendaPlan } from "../src/committee/plan.ts";
import { createCommitteeStore } from "../src/committee/store.ts";
import type { Post } from "../src/digest/schema.ts";
import { createDigestStore } from "../src/digest/store.ts";
import type { Sent } from "../src/feature.ts";
import { createDefinitionStore } from "../src/kpi/definitions.ts";
import { Indicator } from "../src/kpi/schema.ts";
import { createFigureStore } from "../src/kpi/store.ts";
import type { Nudge } from "../src/nudges/schema.ts";
import { createNudgeStore } from "../src/nudges/store.ts";
import type { Tables } from "../src/tables.ts";
import {
  CHAIR,
  COSTELLO,
  EVERY,
  FRENCH,
  OFFICER,
  press,
  RICHARDS,
  sampleCouncil,
  startTables,
  titlesOf,
  wordsOn,
} from "./support/council.ts";
import { createTeams, ROOM, startReplica, type Message } from "./support/replicas.ts";
import { fileMany } from "./support/signposting.ts";

const COMMITTEE = "communities-and-partnership";
const AREA = "Communities and Partnership Committee";
type Champion = typeof FRENCH;

/** The meetings of the year, with their draft deadlines, and whether the plan gives publication. */
const YEAR = [
  { date: "2019-10-10", deadline: "2019-09-27", publication: "2019-10-02" },
  { date: "2019-11-21", deadline: "2019-11-08", publication: "2019-11-13" },
  { date: "2019-12-12", deadline: "2019-11-29", publication: "2019-12-04" },
  { date: "2020-01-23", deadline: "2020-01-10", publication: "2020-01-15", movedTo: "2020-01-30" },
  { date: "2020-01-30", deadline: "2020-01-17", isAfterMove: true },
  { date: "2020-03-12", deadline: "2020-02-28", publication: "2020-03-04" },
  { date: "2020-04-16", deadline: "2020-04-03" },
  { date: "2020-05-14", deadline: "2020-05-01", isCancelled: true },
] as const;
/** Evenings, weekends and bank holidays on which something would be due, were it another day. */
const QUIET = [
  ["2019-09-20T19:30", "2019-09-21T10:00", "2019-11-02T10:00", "2019-12-25T10:00"],
  ["2020-01-01T10:00", "2020-03-29T10:00", "2020-04-10T10:00", "2020-04-13T10:00"],
].flat();
/** The first digests of winter and of summer are not an hour early. */
const AFTER_CLOCK_CHANGES = ["2019-11-13T09:00", "2019-11-14T09:00", "2020-04-07T09:00"];
/** What becomes of a post now and then: each is met by digests, nudges and words to the officer. */
const TROUBLES: readonly (Sent | undefined)[] = [
  { outcome: "unknown" },
  undefined,
  { outcome: "refused", reason: "429" },
  undefined,
  undefined,
  { outcome: "refused", reason: "403 BotNotInConversationRoster" },
  undefined,
];
/** A replica that ends does so at one of its first so many effects, done or not. */
const MOST_EFFECTS = 13;

let service: Awaited<ReturnType<typeof startTables>>;
let tables: Tables;
let teams: ReturnType<typeof createTeams>;
/** What people did, as the test knows it: nobody may be nudged against it. */
const written = new Map<string, string>();
const away = new Map<string, { readonly from: string; readonly until: string }>();
const snoozed = new Map<string, string>();
beforeAll(async () => {
  service = await startTables();
  tables = await sampleCouncil(service);
  teams = createTeams();
  await playYear();
}, 240_000);
afterAll(() => service.stop());

describe("a year of the sample committee on three replicas that keep ending", () => {
  it("has each digest once in the channel and once with the chair, as the ledger says", async () => {
    const ledger = await digestLedger();

    for (const to of [ROOM.channel, CHAIR.id]) {
      const posts = ledger.filter((post) => post.to === to);
      const sent = posts.filter(({ state }) => state === "sent");
      const there = teams.messages.filter((message) => message.to === to);
      expect(posts.filter(({ state }) => !["sent", "not needed"].includes(state))).toEqual([]);
      expect(there).toHaveLength(sent.length);
      const known = there.map(({ id }) => id);
      for (const { activity, settledBy } of sent)
        expect(settledBy !== undefined || known.includes(activity ?? "")).toBe(true);
    }
    expect(posted(ROOM.channel)).toEqual(expectedInRoom());
    expect(posted(CHAIR.id)).toEqual(YEAR.map(({ date }) => `${date} chair`));
  });

  it("has none before 9am in London, in summer and in winter", () => {
    const times = digests().map(({ at }) => londonClock(readInstant(at)).time);

    expect(times.filter((time) => time < "09:00" || time > "10:00")).toEqual([]);
  });

  it("says in its place, or in a correction, what was moved and what was cancelled", async () => {
    for (const { date, words } of [
      { date: "2020-01-23", words: "The meeting on 23 January 2020 is moved" },
      { date: "2020-05-14", words: "The meeting on 14 May 2020 is cancelled" },
    ])
      for (const to of [ROOM.channel, CHAIR.id]) {
        const told = teams.messages
          .filter((message) => message.to === to)
          .map(({ card }) => wordsOn(card));
        const wrong = digests()
          .filter((message) => message.to === to && aboutOf(message).startsWith(date))
          .filter(({ card }) => !wordsOn(card).includes(words));
        const corrections = told.filter((each) => each.includes(`Correction: ${lower(words)}`));
        expect(told.join()).toContain(words.replace("The meeting", "meeting"));
        expect(wrong.length === 0 || corrections.length > 0).toBe(true);
      }
  });

  it("shows a late update in what was posted before, without another post", () => {
    const late = digests().filter(({ card }) => wordsOn(card).includes("Late from Fenland"));

    expect(new Set(late.map(aboutOf)).size).toBeGreaterThan(1);
  });

  it("names special causes, new numbers, counts, actions and risks where there are some", () => {
    const all = digests()
      .map(({ card }) => wordsOn(card))
      .join();

    expect(all).toContain("Third party reports: 29 reports");
    expect(all).toContain("Signposting, October 2019");
    expect(all).toMatch(/Open actions: \d/);
  });

  it("nudges only those who have not written, are there, and want to hear", () => {
    const wrong = nudges().flatMap((message) => {
      const { to, at } = message;
      const about = meetingIn(message);
      const { weekday, time, isBankHoliday } = londonClock(readInstant(at));
      const day = dayOf(readInstant(at));
      const absence = away.get(to);
      const reasons = [
        isBefore(written.get(`${about} ${to}`), at) && "has written",
        isBefore(snoozed.get(`${about} ${to}`), at) && "wants none",
        absence && day >= absence.from && day < absence.until && "is away",
        (weekday > 5 || isBankHoliday) && "no working day",
        (time < "08:00" || time >= "17:00") && "no office hour",
      ].filter(Boolean);
      return reasons.map((reason) => `${about} ${to} at ${at}: ${String(reason)}`);
    });

    expect(wrong).toEqual([]);
    expect(nudges().length).toBeGreaterThan(10);
  });

  it("has every nudge in the ledger, and none of them twice", async () => {
    const ledger = await nudgeLedger();
    const asked = ledger.filter(({ state }) => ["sent", "doubtful", "sending"].includes(state));

    for (const { to, meeting, at, state } of asked) {
      const there = nudges().filter(
        (each) => each.to === to && meetingIn(each) === meeting && dayIn(each) === dayIn({ at }),
      );
      // What Teams did not confirm, or a replica ended at, may have arrived.
      const isRight = there.length === 1 || (there.length === 0 && state !== "sent");
      expect(isRight ? [] : [to, meeting, at, state, there.length]).toEqual([]);
    }
    const inLedger = asked.map(({ to, meeting, at }) => `${to} ${meeting} ${dayIn({ at })}`);
    const received = nudges().map((each) => `${each.to} ${meetingIn(each)} ${dayIn(each)}`);
    expect(received.filter((each) => !inLedger.includes(each))).toEqual([]);
  });

  it("leaves the vacant district alone, and says so in the ledger", async () => {
    const ofVacant = (await nudgeLedger()).filter(
      ({ district }) => district === "south-cambridgeshire",
    );

    expect(ofVacant.length).toBeGreaterThan(5);
    expect(new Set(ofVacant.map(({ silence }) => silence))).toEqual(new Set(["vacant"]));
  });

  it("asks the officer about no digest that is not settled in the end", async () => {
    const open = (await digestLedger()).filter(({ state }) =>
      ["doubtful", "refused", "sending", "missed", "empty"].includes(state),
    );

    expect(open).toEqual([]);
  });
});

/** The year, from one interesting time to the next. */
async function playYear(): Promise<void> {
  let steps = 0;
  let answered = 0;
  let [first, second] = [await startReplica(tables, teams), await startReplica(tables, teams)];
  await prepare();
  const diary = diaryOf((person, time) => first.as(person, time));
  const days = [...new Set([...workTimes(), ...QUIET, ...Object.keys(diary)])].toSorted();
  for (const time of days) {
    await diary[time]?.();
    await first.finish();
    if (QUIET.includes(time)) await first.lookAt(time);
    else if (!diary[time]) await lookWithFaults(time);
    if (steps % 15 === 14)
      [first, second] = [await startReplica(tables, teams), await startReplica(tables, teams)];
  }

  /** A third replica ends in the middle; the others find what it left. */
  async function lookWithFaults(time: string): Promise<void> {
    steps += 1;
    const crash = { effect: 1 + (steps % MOST_EFFECTS), isDone: steps % 2 === 0 };
    const ending = await startReplica(tables, teams, crash);
    const trouble = TROUBLES[steps % TROUBLES.length];
    if (AFTER_CLOCK_CHANGES.includes(time)) await first.lookAt(time.replace("09:00", "08:59"));
    if (trouble) teams.outcomes.push(trouble);
    await Promise.all([ending, first, second].map(({ lookAt }) => lookAt(time)));
    await first.lookAt(later(time, 6));
    await answerAll(later(time, 7));
    await Promise.all([first, second].map(({ lookAt }) => lookAt(later(time, 12))));
    await answerAll(later(time, 13));
    teams.outcomes.length = 0;
  }

  /** The officer looks where it should be, and answers what is asked. */
  async function answerAll(time: string): Promise<void> {
    const asked = teams.toOfficer().slice(answered);
    answered = teams.toOfficer().length;
    const officer = first.as(OFFICER, time);
    for (const { card } of asked) {
      const titles = titlesOf(card);
      const title = titles.find((each) => ["It is there", "Try again"].includes(each));
      if (!title) continue;
      const [, data] = press(card, title);
      const isThere = digests().some(
        (message) => aboutOf(message) === [data["meeting"], data["kind"]].join(" "),
      );
      const answer = title === "Try again" ? title : isThere ? "It is there" : "Post it";
      const [verb, chosen] = press(card, answer);
      await officer.press(verb, chosen);
    }
    await first.finish();
  }
}

type As = (
  person: Champion,
  time: string,
) => ReturnType<Awaited<ReturnType<typeof startReplica>>["as"]>;

/** What people do on the way, each at a time of its own. */
function diaryOf(as: As): Record<string, () => Promise<unknown>> {
  const tasks: Record<string, () => Promise<unknown>> = {
    "2019-09-23T18:00": () => submit(EVERY, "2019-09-23T18:00", "September 2019", "A fair"),
    "2019-09-23T18:05": () =>
      goAway(COSTELLO, "2019-09-23T18:05", "2019-10-01", "away until 1 October 2019"),
    "2019-10-04T14:00": () =>
      submit(FRENCH, "2019-10-04T14:00", "October 2019", "Late from Fenland"),
    "2019-10-11T11:00": () => complete("187d", "2019-10-11T11:00"),
    "2019-10-12T11:00": () => fileMany(tables, "2019-10", 14),
    "2019-11-01T11:00": () => optOut(COSTELLO, "2019-11-01T11:00"),
    "2019-11-04T11:00": () => submit(RICHARDS, "2019-11-04T11:00", "November 2019", "A choir"),
    "2019-11-12T11:00": () => report(29, "2019-10"),
    "2019-11-15T15:00": () =>
      submit(FRENCH, "2019-11-15T15:00", "November 2019", "Late from Fenland"),
    "2019-11-27T21:00": () => submit(EVERY, "2019-11-27T21:00", "December 2019", "A market"),
    "2019-12-05T12:00": () => addItem("2019-12-05T12:00"),
    "2020-01-17T12:00": () =>
      change("move meeting 23 January to 30 January", "Move the meeting", "2020-01-17T12:00"),
    "2020-01-20T12:00": () => submit(RICHARDS, "2020-01-20T12:00", "January 2020", "A hub"),
    "2020-02-20T12:00": () =>
      goAway(EVERY, "2020-02-20T12:00", "2020-03-09", "away until 9 March 2020"),
    "2020-03-09T12:00": () => report(17, "2020-01"),
    "2020-03-30T12:00": () => submit(COSTELLO, "2020-03-30T12:00", "April 2020", "A clinic"),
    "2020-05-08T12:00": () =>
      change("cancel meeting 14 May 2020", "Cancel the meeting", "2020-05-08T12:00"),
  };
  return tasks;

  async function submit(who: Champion, time: string, month: string, words: string): Promise<void> {
    const person = as(who, time);
    const [verb, data] = press(await person.say(`log update for ${month}`), "Submit", {
      updates: words,
    });
    const card = await person.press(verb, data);
    expect(wordsOn(card)).toContain("Submitted");
    const day = time.slice(0, "2019-10-10".length);
    const { next } = await agendaPlan(createCommitteeStore(tables)).planAround(COMMITTEE, day);
    written.set(`${next?.date} ${who.id}`, instantOf(time));
  }

  async function goAway(who: Champion, time: string, until: string, words: string): Promise<void> {
    const person = as(who, time);
    const [verb, data] = press(await person.say(words), "Save");
    await person.press(verb, data);
    away.set(who.id, { from: time.slice(0, "2019-10-10".length), until });
  }

  async function optOut(who: Champion, time: string): Promise<void> {
    const nudge = nudges().findLast(({ to }) => to === who.id);
    if (!nudge) throw new Error("Nobody was nudged");
    const [verb, data] = press(nudge.card, "Not for this meeting");
    await as(who, time).press(verb, data);
    snoozed.set(`${meetingIn(nudge)} ${who.id}`, instantOf(time));
  }

  async function complete(action: string, time: string): Promise<void> {
    const officer = as(OFFICER, time);
    const form = await officer.say(`action ${action} complete: The note was sent.`);
    const [verb, data] = press(form, "Save");
    await officer.press(verb, data);
  }

  async function addItem(time: string): Promise<void> {
    const officer = as(OFFICER, time);
    const form = await officer.say("add agenda item 12 December 2019");
    const [verb, data] = press(form, "Save", { title: "A late item" });
    await officer.press(verb, data);
  }

  async function change(words: string, title: string, time: string): Promise<void> {
    const officer = as(OFFICER, time);
    const [verb, data] = press(await officer.say(words), title);
    await officer.press(verb, data);
  }
}

/** When something is due: nudges, the officer's list, publication, the digest, and the meeting. */
function workTimes(): string[] {
  return YEAR.flatMap(({ date, deadline, ...given }) => [
    `${addWorkingDays(deadline, -5)}T09:30`,
    ...(date < "2020-01-30" ? [`${addWorkingDays(deadline, -2)}T09:30`] : []),
    `${deadline}T09:00`,
    ...("publication" in given ? [`${given.publication}T09:00`] : []),
    `${addWorkingDays(date, -5)}T09:00`,
  ]);
}

/** The channel is chosen, and there is a number to come. */
async function prepare(): Promise<void> {
  const at = "2019-09-10T08:00:00Z";
  const channel = { place: ROOM, audience: "committee", isStated: true, by: OFFICER.name } as const;
  await createDigestStore(tables).saveChannel(COMMITTEE, { ...channel, at });
  await createNudgeStore(tables).saveWay(COMMITTEE, ROOM, at);
  const reports = { id: "reports", name: "Third party reports", priority: "Hate crime" };
  await createDefinitionStore(tables).save(COMMITTEE, [
    Indicator.parse({ ...reports, unit: "count", unitWords: "reports", isPublished: true }),
  ]);
}

async function report(value: number, month: string): Promise<void> {
  const series = {
    committee: COMMITTEE,
    indicator: "reports",
    area: AREA,
  };
  const figure = { start: `${month}-01`, end: `${month}-28`, value, source: "A paper" };
  const at = `${month === "2019-10" ? "2019-11-12" : "2020-03-09"}T12:00:00Z`;
  await createFigureStore(tables).add(
    series,
    [{ ...figure, status: "as reported", published: "yes" }],
    { by: OFFICER.name, at },
  );
}

function instantOf(time: string): string {
  return createClock(time)().toString();
}

function isBefore(done: string | undefined, at: string): boolean {
  return done !== undefined && done < at;
}

function later(time: string, minutes: number): string {
  const [day = "", clock = ""] = time.split("T");
  const [hour = "", minute = ""] = clock.split(":");
  const all = Number(hour) * 60 + Number(minute) + minutes;
  return `${day}T${String(Math.floor(all / 60)).padStart(2, "0")}:${String(all % 60).padStart(2, "0")}`;
}

async function digestLedger(): Promise<Post[]> {
  const store = createDigestStore(tables);
  const posts = await Promise.all(YEAR.map(({ date }) => store.postsOf(COMMITTEE, date)));
  return posts.flat().map(({ post }) => post);
}

async function nudgeLedger(): Promise<Nudge[]> {
  const store = createNudgeStore(tables, createCommitteeStore(tables).keptOf);
  const ledgers = await Promise.all(YEAR.map(({ date }) => store.ledgerOf(COMMITTEE, date)));
  const all = ledgers.flatMap(({ nudges: each }) => each.map(({ nudge }) => nudge));
  // A moved meeting is kept under the day on which it was first planned: its nudges come twice.
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

/** The digests that arrived: each says in its first card which it is. */
function digests(): Message[] {
  return teams.messages.filter((message) => aboutOf(message) !== "");
}

/** "2019-10-10 digest" */
function aboutOf({ first }: Message): string {
  const { action } = (first["refresh"] ?? {}) as { action?: { data?: Record<string, string> } };
  return action?.data ? `${action.data["meeting"]} ${action.data["kind"]}` : "";
}

function posted(to: string): string[] {
  return digests()
    .filter((message) => message.to === to)
    .map(aboutOf)
    .toSorted();
}

function expectedInRoom(): string[] {
  return YEAR.flatMap(({ date, ...given }) => [
    `${date} digest`,
    ...("publication" in given ? [`${date} publication`] : []),
  ]).toSorted();
}

function nudges(): Message[] {
  return teams.messages.filter(({ first }) => wordsOn(first).includes("is not in yet"));
}

function meetingIn({ first }: Message): string {
  return /"meeting":"(\d{4}-\d\d-\d\d)"/.exec(JSON.stringify(first))?.[1] ?? "";
}

/** A nudge that was due while nobody looked goes later, so it is known by the day it went. */
function dayIn({ at }: { readonly at: string }): string {
  return at.slice(0, "2019-10-10".length);
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
