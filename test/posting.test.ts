import type { Card } from "../src/card-template.ts";
import type { Place } from "../src/feature.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { createLog } from "../src/log.ts";
import { startBot, type RunningBot } from "../src/main.ts";
import { openTables, type Tables } from "../src/tables.ts";
import { CouncilAdapter } from "../src/teams/authentication.ts";
import { createDelivery } from "../src/teams/delivery.ts";
import { createPace } from "../src/teams/pace.ts";
import { createPosting } from "../src/teams/posting.ts";
import { activitiesTo, channel, team } from "./support/activities.ts";
import { startConnector, type Mood } from "./support/connector.ts";
import { FRENCH, MEMBER, OFFICER, pressing, startTables, wordsOn } from "./support/council.ts";

/** Teams' limits for one conversation: so many in so many milliseconds. */
const LIMITS = [
  [7, 1000],
  [8, 2000],
  [60, 30_000],
  [1800, 3_600_000],
] as const;

/** How a request fails, and whether Teams had taken the message then. */
interface Failure {
  readonly how: string;
  readonly mood: Mood;
  readonly isTaken: boolean;
}

const NOT_TAKEN: Failure[] = [
  { how: "429 and a time to wait", mood: { status: 429, retryAfter: 0.4 }, isTaken: false },
  { how: "429", mood: 429, isTaken: false },
  { how: "412", mood: 412, isTaken: false },
];
const IN_DOUBT: Failure[] = [
  { how: "502", mood: 502, isTaken: false },
  { how: "504", mood: 504, isTaken: false },
  { how: "502 after taking it", mood: "take it, then answer 502", isTaken: true },
  { how: "hanging up", mood: "hang up", isTaken: false },
  { how: "hanging up after taking it", mood: "take it, then hang up", isTaken: true },
  { how: "never answering", mood: "never answer", isTaken: false },
];
const REFUSED: Failure[] = [
  { how: "403", mood: { status: 403, code: "BotNotInConversationRoster" }, isTaken: false },
  { how: "404", mood: { status: 404, code: "ConversationNotFound" }, isTaken: false },
];

let service: Awaited<ReturnType<typeof startTables>>;
let connector: Awaited<ReturnType<typeof startConnector>>;
let tables: Tables;
let bots: RunningBot[] = [];
let lasting: Promise<RunningBot> | undefined;
let rooms = 0;
beforeAll(async () => {
  service = await startTables();
  tables = openTables(service.settings);
  await loadSampleCouncil(tables);
});
beforeEach(async () => {
  connector = await startConnector();
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];
  await connector.stop();
});
afterAll(async () => {
  await (await lasting)?.stop();
  await service.stop();
});

describe("an answer to a message", () => {
  it.each(NOT_TAKEN)("is given once more after $how", async ({ mood }) => {
    const { teams } = await shared();
    connector.moods.push(mood);

    await teams.say(MEMBER, "agenda");

    expect(connector.asked).toHaveLength(2);
    expect(connector.received.map(({ card }) => wordsOn(card))).toEqual([
      expect.stringContaining("Agenda: Thursday 10 October 2019"),
    ]);
  });

  it.each([...IN_DOUBT, ...REFUSED])("is not repeated after $how", async ({ mood, isTaken }) => {
    const { teams } = await shared();
    connector.moods.push(mood);

    const { status } = await teams.say(MEMBER, "agenda");

    expect(status).toBe(200);
    expect(connector.asked).toHaveLength(1);
    expect(connector.received).toHaveLength(isTaken ? 1 : 0);
  });

  it("is given although the client on this machine has closed the connection unseen", async () => {
    const { teams } = await start();
    connector.moods.push("take it, then be done with the connection");

    await teams.say(MEMBER, "agenda");
    await teams.say(MEMBER, "agenda");

    expect(connector.received).toHaveLength(2);
  });

  it("that Teams refuses does not keep the bot from answering the next", async () => {
    const { teams } = await shared();
    connector.moods.push(403);

    await teams.say(MEMBER, "agenda");
    await teams.say(MEMBER, "agenda");

    expect(connector.received).toHaveLength(1);
  });
});

describe("a card replaced in place", () => {
  it.each([...NOT_TAKEN, ...IN_DOUBT])("is put there after $how", async ({ mood, isTaken }) => {
    const { posting } = postingAt();
    connector.moods.push(mood);

    await posting.replace(chat(FRENCH.id), "message-1", card("new"));

    expect(connector.asked.map(({ method }) => method)).toEqual(["PUT", "PUT"]);
    expect(connector.received).toHaveLength(isTaken ? 2 : 1);
    expect(connector.received.at(-1)?.path).toContain("/activities/message-1");
    expect(wordsOn(connector.received.at(-1)?.card)).toBe("new");
  });

  it.each(REFUSED)("is given up after $how, and the chat is not", async ({ mood }) => {
    const { posting, lines } = postingAt();
    connector.moods.push(mood);

    await posting.replace(chat(FRENCH.id), "message-1", card("new"));
    const told = await posting.toPerson(FRENCH.id, chat(FRENCH.id), card("later"));

    expect(connector.asked.filter(({ method }) => method === "PUT")).toHaveLength(1);
    expect(lines.join()).toContain("a card could not be replaced in place");
    expect(told.outcome).toBe("sent");
  });

  it("is not put back by a late try for an older one", async () => {
    const { posting } = postingAt();
    connector.moods.push("hang up");

    await Promise.all(
      ["first", "second", "third"].map((words) =>
        posting.replace(chat(FRENCH.id), "message-1", card(words)),
      ),
    );

    expect(wordsOn(connector.received.at(-1)?.card)).toBe("third");
    expect(connector.received.map(({ card: shown }) => wordsOn(shown))).not.toContain("second");
  });

  it("is put there although the one before it was refused", async () => {
    const { posting } = postingAt();
    connector.moods.push(403);

    await Promise.all(
      ["first", "second"].map((words) =>
        posting.replace(chat(FRENCH.id), "message-1", card(words)),
      ),
    );

    expect(connector.received.map(({ card: shown }) => wordsOn(shown))).toEqual(["second"]);
  });
});

describe("a card for somebody who did not ask", () => {
  it.each(NOT_TAKEN)("arrives once after $how", async ({ mood }) => {
    const { posting } = postingAt();
    await posting.heardFrom(OFFICER.id, chat(OFFICER.id));
    connector.moods.push(mood);

    const sent = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(sent.outcome).toBe("sent");
    expect(connector.asked).toHaveLength(2);
    expect(connector.received.map(({ path }) => path)).toEqual([
      expect.stringContaining(`/v3/conversations/chat-${OFFICER.id}/activities`),
    ]);
  });

  it.each(IN_DOUBT)("is in doubt and not repeated after $how", async ({ mood, isTaken }) => {
    const { posting } = postingAt();
    await posting.heardFrom(OFFICER.id, chat(OFFICER.id));
    connector.moods.push(mood);

    const sent = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(sent).toEqual({ outcome: "unknown" });
    expect(connector.asked).toHaveLength(1);
    expect(connector.received).toHaveLength(isTaken ? 1 : 0);
  });

  it.each([...NOT_TAKEN, ...IN_DOUBT])("reaches a first chat after $how", async ({ mood }) => {
    const { posting } = postingAt();
    connector.moods.push(mood);

    const sent = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(sent.outcome).toBe("sent");
    const paths = connector.asked.map(({ path }) => path);
    expect(paths.slice(0, 2)).toEqual(["/v3/conversations", "/v3/conversations"]);
    expect(connector.received.filter(({ card: shown }) => shown)).toHaveLength(1);
  });

  it("waits as long as the connector asks", async () => {
    const { posting, ticker } = postingAt();
    await posting.heardFrom(OFFICER.id, chat(OFFICER.id));
    connector.moods.push({ status: 429, retryAfter: 20 });

    const sent = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(sent.outcome).toBe("sent");
    expect(ticker.waits).toEqual([expect.any(Number)]);
    expect(ticker.waits[0]).toBeGreaterThanOrEqual(20_000);
  });

  it("waits until the time that the connector names", async () => {
    const { posting, ticker } = postingAt();
    await posting.heardFrom(OFFICER.id, chat(OFFICER.id));
    const retryAfter = new Date(Date.now() + 20_000).toUTCString();
    connector.moods.push({ status: 429, retryAfter });

    const sent = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(sent.outcome).toBe("sent");
    expect(ticker.waits[0]).toBeGreaterThanOrEqual(18_000);
  });

  it("is given up when the connector goes on to refuse it", async () => {
    const { posting } = postingAt();
    await posting.heardFrom(OFFICER.id, chat(OFFICER.id));
    connector.moods.push(...Array.from({ length: 20 }, () => 429));

    const sent = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(sent).toEqual({ outcome: "refused", reason: "429" });
    expect(connector.asked.length).toBeLessThan(6);
  });
});

describe("a digest", () => {
  it.each(NOT_TAKEN)("is posted once after $how, and the officer hears so", async ({ mood }) => {
    const { words, started } = await postDigest(mood);

    expect(words).toContain("The digest is posted");
    expect(started()).toHaveLength(1);
  });

  it.each(IN_DOUBT)(
    "is not repeated after $how, and the officer is asked",
    async ({ mood, isTaken }) => {
      const { words, pressAgain, started, tries } = await postDigest(mood);
      const again = await pressAgain();

      // A press waits three seconds; a connector that says nothing is left a little longer.
      const isLate = mood === "never answer";
      expect(words).toContain(isLate ? "It is being posted" : "It may not have arrived");
      expect(again).toContain("It may not have arrived");
      expect(tries()).toHaveLength(1);
      expect(started()).toHaveLength(isTaken ? 1 : 0);
    },
  );

  it.each(REFUSED)("is not posted after $how, and the officer hears so", async ({ mood }) => {
    const { words, pressAgain, started, tries } = await postDigest(mood);
    const again = await pressAgain();

    expect(words).toContain("The digest was not posted");
    expect(again).toContain("The digest was not posted");
    expect(tries()).toHaveLength(1);
    expect(started()).toEqual([]);
  });

  it("does not let a press wait longer than Teams does", async () => {
    const { posting, ticker } = postingAt();
    connector.moods.push({ status: 429, retryAfter: 30 });

    const sent = await posting.toChannel(room("a"), card("digest"));

    expect(sent).toEqual({ outcome: "refused", reason: "429" });
    expect(ticker.waits).toEqual([]);
    expect(connector.asked).toHaveLength(1);
  });

  it("has one deadline for all its tries", async () => {
    const { posting, ticker } = postingAt();
    connector.moods.push(...Array.from({ length: 20 }, () => ({ status: 412, retryAfter: 0.7 })));

    const sent = await posting.toChannel(room("a"), card("digest"));

    expect(sent).toEqual({ outcome: "refused", reason: "412" });
    expect(connector.asked.length).toBeGreaterThan(1);
    expect(ticker.now()).toBeLessThan(3000);
  });
});

it("gives up what never ends, even before anything was sent", async () => {
  const ticker = createTicker();
  const deliver = createDelivery(createPace(ticker), ticker);
  const delivery = { conversation: "chat", patience: { turn: 0, inAll: 20 }, canRepeat: true };
  // The SDK waits without an end for the token that it sends along.
  const endless = () => new Promise<never>(() => undefined);

  await expect(deliver(delivery, endless)).rejects.toThrow("did not answer");
});

describe("the limits of a conversation", () => {
  it("are kept by cards that can wait", async () => {
    const { posting, ticker } = postingAt();
    await posting.heardFrom(OFFICER.id, chat(OFFICER.id));

    const times: number[] = [];
    for (let count = 1; count <= 70; count += 1) {
      const sent = await posting.toPerson(OFFICER.id, chat(OFFICER.id), card(String(count)));
      expect(sent.outcome).toBe("sent");
      times.push(ticker.now());
    }

    expectLimitsKept(times);
    const words = connector.received.map(({ card: shown }) => wordsOn(shown));
    expect(words).toEqual(Array.from({ length: 70 }, (_, index) => String(index + 1)));
  });

  it("let an answer wait a little, then refuse it with a line in the log", async () => {
    const { reply, lines, ticker } = postingAt();

    for (let count = 1; count <= 61; count += 1) await reply(chat(FRENCH.id), card("answer"));

    expect(connector.asked).toHaveLength(60);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("CrowdedError");
    expect(Math.max(...ticker.waits)).toBeLessThanOrEqual(2000);
  });

  it("of one conversation are not those of another", async () => {
    const { reply, ticker } = postingAt();

    for (const { id } of [FRENCH, OFFICER, MEMBER])
      for (let count = 1; count <= 7; count += 1) await reply(chat(id), card("answer"));

    expect(connector.asked).toHaveLength(21);
    expect(ticker.waits).toEqual([]);
  });

  it("count the threads of a channel together, with those that a post starts", async () => {
    const { reply, posting, ticker } = postingAt();

    for (let thread = 1; thread <= 7; thread += 1)
      await reply({ ...room("a"), conversation: `a;messageid=${thread}` }, card("answer"));
    const sent = await posting.toChannel(room("a"), card("digest"));

    expect(sent.outcome).toBe("sent");
    expect(ticker.waits).toEqual([1000]);
  });

  it.each(LIMITS)("are never more than %i in %i ms, whatever comes when", (most, within) => {
    const clock = { time: 0 };
    const pace = createPace({ now: () => clock.time });
    const times: number[] = [];

    for (let count = 0; count < most * 2 + 10; count += 1) {
      clock.time += count % 11 === 0 ? 900 : 0;
      times.push(clock.time + (pace.next("chat", Infinity) ?? Number.NaN));
    }

    expect(busiest(times, within)).toBeLessThanOrEqual(most);
  });

  it("give turns in the order in which they were asked for, a pause included", () => {
    const pace = createPace({ now: () => 0 });

    const paused = pace.next("chat", 60_000, 20_000);
    const reply = pace.next("chat", 2000);
    const post = pace.next("chat", 35_000);
    const elsewhere = pace.next("another chat", 2000);

    expect([paused, reply, post, elsewhere]).toEqual([20_000, undefined, 20_000, 0]);
  });

  it("do not keep what nobody has written to for an hour", () => {
    const clock = { time: 0 };
    const pace = createPace({ now: () => clock.time });

    for (let count = 0; count < 5000; count += 1) {
      clock.time += 60_000;
      pace.next(`chat ${count}`, 0);
    }

    expect(pace.conversations()).toBeLessThanOrEqual(61);
  });
});

describe("a conversation that is gone", () => {
  it("is not written to again, by no replica and after no restart, until the team has the bot back", async () => {
    const { teams, words, pressAgain } = await postDigest(403);
    expect(words).toContain("The digest was not posted");

    const restarted = await start();
    expect(await pressAgain(restarted.teams)).toContain("The digest was not posted");
    expect(tries()).toHaveLength(1);

    await teams.install(OFFICER, team());
    expect(await pressAgain(restarted.teams)).toContain("The digest is posted");
    expect(tries()).toHaveLength(2);
  });

  it("comes back when somebody speaks there", async () => {
    const { teams, place, pressAgain } = await postDigest(404);
    await pressAgain();
    expect(tries()).toHaveLength(1);

    await teams.say(MEMBER, "<at>Community Champions</at> agenda", place);
    await settled();

    const restarted = await start();
    expect(await pressAgain(restarted.teams)).toContain("The digest is posted");
  });

  it("goes when the bot is taken from its team, with every channel, before Teams refuses", async () => {
    const { teams, words, pressAgain, tries } = await postDigest(201, (teams) =>
      teams.uninstall(OFFICER, team()),
    );
    expect(words).toContain("The digest was not posted");
    expect(tries()).toEqual([]);

    await teams.install(OFFICER, team());

    expect(await pressAgain()).toContain("The digest is posted");
  });

  it.each([403, 404])("is a chat whose answers are refused with %i", async (status) => {
    const { posting, reply } = postingAt();
    const way = chat(OFFICER.id);
    const told = async () => (await posting.toPerson(OFFICER.id, way, card("late"))).outcome;
    connector.moods.push(status);

    void posting.heardFrom(OFFICER.id, way);
    await reply(way, card("answer"), OFFICER.id);
    const afterwards = await told();
    await posting.installed(OFFICER.id, way);

    expect([afterwards, await told()]).toEqual(["refused", "sent"]);
    expect(connector.asked).toHaveLength(2);
  });

  it("is not a channel in which only the thread was deleted", async () => {
    const { posting, reply } = postingAt();
    connector.moods.push(404);

    await reply(room("room"), card("answer"));

    expect((await posting.toChannel(room("room"), card("digest"))).outcome).toBe("sent");
  });

  it("does not take other channels of its team with it", async () => {
    const { posting } = postingAt();
    connector.moods.push(404);

    const deleted = await posting.toChannel(room("deleted"), card("digest"));
    const other = await posting.toChannel(room("other"), card("digest"));

    expect(deleted).toEqual({ outcome: "refused", reason: "404" });
    expect(other.outcome).toBe("sent");
  });

  it("is said to be gone in Teams' own word, without asking again", async () => {
    const own = service.freshTables();
    const { posting } = postingAt(own);
    connector.moods.push({ status: 403, code: "MessageWritesBlocked" });

    const first = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));
    const second = await postingAt(own).posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(first).toEqual({ outcome: "refused", reason: "403 MessageWritesBlocked" });
    expect(second).toEqual(first);
    expect(connector.asked).toHaveLength(1);
  });

  it("is a person's chat until they write or add the bot again, seen by every replica", async () => {
    const own = service.freshTables();
    const [here, there] = [postingAt(own).posting, postingAt(own).posting];
    const way = chat(OFFICER.id);
    const tell = async () => (await there.toPerson(OFFICER.id, way, card("late"))).outcome;

    const outcomes = [];
    await here.heardFrom(OFFICER.id, way);
    outcomes.push(await tell());
    await here.removed(OFFICER.id, way);
    outcomes.push(await tell());
    await here.heardFrom(OFFICER.id, way);
    outcomes.push(await tell());
    await there.removed(OFFICER.id, way);
    await here.installed(OFFICER.id, way);
    outcomes.push(await tell());

    expect(outcomes).toEqual(["sent", "refused", "sent", "sent"]);
    expect(connector.asked).toHaveLength(3);
  });

  it("is heard of again on a replica that heard from it a while ago", async () => {
    const own = service.freshTables();
    const [here, there] = [postingAt(own), postingAt(own)];
    const way = chat(OFFICER.id);
    await here.posting.heardFrom(OFFICER.id, way);
    await there.posting.removed(OFFICER.id, way);

    await here.ticker.wait(11 * 60_000);
    await here.posting.heardFrom(OFFICER.id, way);

    expect((await there.posting.toPerson(OFFICER.id, way, card("late"))).outcome).toBe("sent");
  });

  it("is reached in the newest way that somebody wrote from", async () => {
    const { posting } = postingAt();
    await posting.heardFrom(OFFICER.id, chat(OFFICER.id));
    await posting.heardFrom(OFFICER.id, { ...chat(OFFICER.id), conversation: "chat-new" });

    await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(connector.received[0]?.path).toContain("/v3/conversations/chat-new/");
  });

  it("is marked by Teams' events about a person's own chat", async () => {
    await (await start()).teams.say(OFFICER, "help");
    await settled();
    const { teams } = await start();

    await teams.uninstall(OFFICER);
    const { posting } = postingAt(tables);
    const gone = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));
    await teams.install(OFFICER);
    const back = await posting.toPerson(OFFICER.id, chat(FRENCH.id), card("late"));

    expect(gone).toEqual({ outcome: "refused", reason: "removed" });
    expect(back.outcome).toBe("sent");
    expect(connector.received.at(-1)?.path).toContain(`chat-${OFFICER.id}`);
  });

  it("is tried all the same while the tables cannot say", async () => {
    const away: Tables = () => Promise.reject(new Error("away"));
    const { posting, lines } = postingAt(away);

    const sent = await posting.toChannel(room("a"), card("digest"));

    expect(sent.outcome).toBe("sent");
    expect(lines.join()).toContain("could not look up");
  });
});

/** The bot that serves all tests in which nothing is started anew. */
async function shared() {
  lasting ??= startBot(service.settings);
  return { teams: activitiesTo((await lasting).url, connector.url) };
}

/** A bot, and Teams talking to it. It is stopped whatever becomes of the test. */
async function start() {
  const bot = await startBot(service.settings);
  bots.push(bot);
  return { teams: activitiesTo(bot.url, connector.url) };
}

/** Stops every bot, so that what follows an answer is done. */
async function settled(): Promise<void> {
  await Promise.all(bots.splice(0).map((bot) => bot.stop()));
}

/** An officer posts the digest to a channel of its own, and the connector is in that mood. */
async function postDigest(
  mood: Mood,
  before: (teams: ReturnType<typeof activitiesTo>) => Promise<unknown> = async () => undefined,
) {
  const { teams } = await shared();
  rooms += 1;
  const place = channel(`room-${rooms}`);
  await teams.press(OFFICER, "digest.useChannel", {}, place);
  await teams.say(OFFICER, "post digest");
  const question = connector.received.at(-1)?.card;
  if (!question) throw new Error("The officer was not asked");
  const { verb, data } = pressing(question, "Post the digest");
  await before(teams);
  const press = async (through = teams) => wordsOn((await through.press(OFFICER, verb, data)).card);
  connector.moods.push(mood);
  return { teams, place, words: await press(), pressAgain: press, started, tries };
}

/** The conversations that were started, taken by the connector. */
function started() {
  return connector.received.filter(({ path }) => path === "/v3/conversations");
}

/** The conversations that the connector was asked to start. */
function tries() {
  return connector.asked.filter(({ path }) => path === "/v3/conversations");
}

/** What sends, beside a clock that waits in no time. */
function postingAt(own: Tables = service.freshTables()) {
  const lines: string[] = [];
  const ticker = createTicker();
  const log = createLog("info", { write: (line: string) => void lines.push(line) });
  const adapter = new CouncilAdapter({ kind: "off" }, log);
  const posting = createPosting({ adapter, appId: "", tables: own, log, ticker });
  return { posting, reply, ticker, lines };

  async function reply(place: Place, answer: Card, person = MEMBER.id): Promise<void> {
    const { conversation, serviceUrl, bot } = place;
    const reference = {
      serviceUrl,
      bot,
      channelId: "msteams",
      conversation: { id: conversation, isGroup: false, conversationType: "", name: "" },
    };
    await adapter.continueConversationAsync("", reference, async (context) => {
      await posting.reply(context, { person, place }, answer);
    });
  }
}

function createTicker() {
  let time = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => time,
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  };
}

function expectLimitsKept(times: readonly number[]): void {
  for (const [most, within] of LIMITS) expect(busiest(times, within)).toBeLessThanOrEqual(most);
}

/** The most that there were in any such stretch of time. */
function busiest(times: readonly number[], within: number): number {
  return Math.max(
    ...times.map((start) => times.filter((time) => time >= start && time < start + within).length),
  );
}

function card(words: string): Card {
  return {
    type: "AdaptiveCard",
    version: "1.5",
    body: [{ type: "TextBlock", text: words }],
  };
}

function chat(person: string): Place {
  return {
    kind: "personal",
    conversation: `chat-${person}`,
    tenant: "tenant",
    serviceUrl: connector.url,
    bot: { id: "28:bot", name: "Community Champions" },
  };
}

function room(name: string): Place {
  return { ...chat("nobody"), kind: "channel", conversation: name, team: "team", channel: name };
}
