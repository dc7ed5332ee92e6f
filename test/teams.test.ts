import { createChampionStore } from "../src/champions/store.ts";
import { readSettings, type Settings } from "../src/config.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { startBot, type RunningBot } from "../src/main.ts";
import { openTables, type Tables } from "../src/tables.ts";
import { activitiesTo, channel } from "./support/activities.ts";
import { startConnector } from "./support/connector.ts";
import {
  COSTELLO,
  EVERY,
  FRENCH,
  MEMBER,
  OFFICER,
  pressing,
  RICHARDS,
  startTables,
  titlesOf,
  wordsOn,
} from "./support/council.ts";

/** What the room reads once it was chosen. */
const CHOSEN = "This channel gets the digest";
const COMMITTEE = "communities-and-partnership";
const ROOM = channel("room");
const NOWHERE =
  "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=bm90aGluZw==;TableEndpoint=http://127.0.0.1:9/devstoreaccount1;";

let service: Awaited<ReturnType<typeof startTables>>;
let connector: Awaited<ReturnType<typeof startConnector>>;
let bot: RunningBot;
let others: RunningBot[] = [];
let tables: Tables;
let teams: ReturnType<typeof activitiesTo>;
beforeAll(async () => {
  service = await startTables();
  tables = openTables(service.settings);
  await loadSampleCouncil(tables);
});
beforeEach(async () => {
  connector = await startConnector();
  bot = await startBot(service.settings);
  teams = activitiesTo(bot.url, connector.url);
});
afterEach(async () => {
  await Promise.all([bot, ...others].map((each) => each.stop()));
  others = [];
  await connector.stop();
});
afterAll(() => service.stop());

it("answers a message with a card in the same conversation", async () => {
  const { status } = await teams.say(FRENCH, "next meeting");

  expect(status).toBe(200);
  expect(connector.received).toHaveLength(1);
  expect(connector.received[0]?.path).toContain(`/v3/conversations/chat-${FRENCH.id}/activities`);
  expect(wordsOn(connector.received[0]?.card)).toContain("Next meeting: Thursday 10 October 2019");
});

it("answers a button that says something as if it had been typed", async () => {
  await teams.post({
    type: "message",
    value: { say: "agenda" },
    ...envelope(MEMBER),
  });

  expect(wordsOn(connector.received[0]?.card)).toContain("Agenda: Thursday 10 October 2019");
});

it("hears what is said to it in a channel, mentioned once, twice, or without a word", async () => {
  await teams.say(MEMBER, "<at>Community Champions</at> agenda", ROOM);
  await teams.say(
    MEMBER,
    "<at>Community Champions</at> show the <at>Community Champions</at> agenda",
    channel("room", 2),
  );
  await teams.say(MEMBER, "<at>Community Champions</at>", ROOM);

  const words = connector.received.map(({ card }) => wordsOn(card));
  expect(words[0]).toContain("Agenda: Thursday 10 October 2019");
  expect(words[1]).toContain("Agenda: Thursday 10 October 2019");
  expect(words[2]).toContain("I did not understand that");
});

it("finishes the answers under way when it is stopped, and takes no more", async () => {
  const answers = [teams.say(MEMBER, "agenda"), teams.say(FRENCH, "log update")];
  await connector.until(() => true);

  await bot.stop();

  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
  expect(connector.received).toHaveLength(2);
  await expect(fetch(`${bot.url}/healthz`)).rejects.toThrow();
});

it("never sends back more than Teams takes", async () => {
  await teams.say(RICHARDS, "log update");
  const form = connector.received[0]?.card ?? missing();
  const long = pressing(form, "Submit", { updates: "word ".repeat(14_000) });

  const own = await teams.press(RICHARDS, long.verb, long.data);
  const foreign = await teams.press(FRENCH, long.verb, long.data);

  expect(wordsOn(own.card)).toContain("Your text is kept");
  expect(JSON.stringify(own.card).length).toBeLessThan(48_000);
  // The form stays as it is under an error, so what was typed is still there.
  expect(foreign.status).toBe(200);
  expect(foreign.card).toEqual({
    code: "BadRequest",
    message: expect.stringContaining("too long for Teams"),
  });
});

it("greets whoever adds it", async () => {
  await teams.install(FRENCH);

  expect(wordsOn(connector.received[0]?.card)).toContain("Hello, Jan French");
  expect(titlesOf(connector.received[0]?.card ?? missing())).toContain("log update");
});

it("replaces the form by the submitted update at once, and in the chat's history afterwards", async () => {
  await teams.say(FRENCH, "log update");
  const form = connector.received[0]?.card ?? missing();
  const { verb, data } = pressing(form, "Submit", { updates: "Seen over HTTP" });

  const { status, card } = await teams.press(FRENCH, verb, data);
  const replaced = await connector.until(({ method }) => method === "PUT");

  expect(status).toBe(200);
  expect(titlesOf(card ?? missing())).toEqual(["Edit", "Withdraw", "History"]);
  expect(replaced.path).toContain("/activities/message-1");
  expect(replaced.card).toEqual(card);
  const stored = await createChampionStore(tables).find(COMMITTEE, "2019-09", "fenland");
  expect(stored?.update.sections.updates).toEqual(["Seen over HTTP"]);
});

it("leaves an update in its message until the question whether to withdraw it is answered", async () => {
  await teams.say(COSTELLO, "log update");
  const form = connector.received.at(-1)?.card ?? missing();
  const submit = pressing(form, "Submit", { updates: "Seen over HTTP" });
  const shown = (await teams.press(COSTELLO, submit.verb, submit.data)).card ?? missing();
  const ask = pressing(shown, "Withdraw");
  await connector.until(({ card }) => wordsOn(card).includes("Submitted by"));

  const asked = (await teams.press(COSTELLO, ask.verb, ask.data)).card ?? missing();
  const keep = pressing(asked, "Keep it");
  await teams.press(COSTELLO, keep.verb, keep.data);
  const withdraw = pressing(asked, "Withdraw it");
  await teams.press(COSTELLO, withdraw.verb, withdraw.data);
  await connector.until(({ card }) => wordsOn(card).includes("Withdrawn by"));
  await bot.stop();

  const replaced = connector.received.filter(({ method }) => method === "PUT");
  expect(replaced.map(({ card }) => wordsOn(card).split(" by")[0])).toEqual([
    expect.stringContaining("Submitted"),
    expect.stringContaining("Submitted"),
    expect.stringContaining("Withdrawn"),
  ]);
  expect(wordsOn(asked)).toContain("Withdraw the update");
});

it("shows a page that one person turned to nobody else", async () => {
  await teams.press(OFFICER, "digest.useChannel", {}, ROOM);
  // The officer's own card is put in the place of the question, for everybody there.
  await connector.until(({ card }) => card !== undefined && wordsOn(card).includes(CHOSEN));
  const before = connector.received.length;

  for (const somebody of [MEMBER, EVERY, FRENCH])
    await teams.press(somebody, "digest.page", { meeting: "2019-10-10", page: 1 }, ROOM);
  await bot.stop();

  expect(connector.received.slice(before)).toEqual([]);
});

it("starts one conversation for one digest, even when the connector takes it and then fails", async () => {
  await teams.press(OFFICER, "digest.useChannel", {}, ROOM);
  await teams.say(OFFICER, "post digest");
  const { verb, data } = pressing(connector.received.at(-1)?.card ?? missing(), "Post the digest");
  connector.moods.push("take it, then answer 502");

  const first = await teams.press(OFFICER, verb, data);
  const second = await teams.press(OFFICER, verb, data);

  const started = connector.received.filter(({ path }) => path.endsWith("/v3/conversations"));
  expect(started).toHaveLength(1);
  expect(wordsOn(first.card)).toContain("It may not have arrived");
  expect(wordsOn(second.card)).toContain("It may not have arrived");
});

it.each([429, 412])(
  "tries again when the connector did not take the answer (%i)",
  async (status) => {
    connector.moods.push(status);

    await teams.say(MEMBER, "agenda");

    expect(connector.received).toHaveLength(1);
  },
);

it("tries again to tell the officer when the connector did not take it", async () => {
  await teams.say(OFFICER, "help");
  const late = await startAnother({ ...service.settings, clock: "2019-10-03T10:00" });
  const later = activitiesTo(late.url, connector.url);
  await later.say(EVERY, "log update September 2019");
  const { verb, data } = pressing(connector.received.at(-1)?.card ?? missing(), "Submit", {
    updates: "A late one",
  });
  connector.moods.push(429, 412);

  await later.press(EVERY, verb, data);
  await late.stop();

  const told = connector.received.filter(({ path }) => path.includes(`chat-${OFFICER.id}`));
  expect(told.map(({ card }) => wordsOn(card)).join()).toContain(
    "A change after the agenda was published",
  );
});

it("answers while the tables are frozen with who it knew before, or says that it cannot", async () => {
  const away = await startAnother({ ...service.settings, tables: { connectionString: NOWHERE } });
  const unknown = activitiesTo(away.url, connector.url);

  const said = await unknown.say(MEMBER, "help");
  const pressed = await unknown.press(MEMBER, "digest.page", {});
  await away.stop();

  expect([said.status, pressed.status]).toEqual([200, 200]);
  expect(connector.received).toHaveLength(1);
  expect(pressed.card).toMatchObject({
    message: expect.stringContaining("cannot reach my records"),
  });
});

it.each([
  ["something that is not JSON", "{", 400],
  ["a list", "[]", 400],
  ["nothing", "", 400],
  ["an empty object", "{}", 400],
  [
    "an activity without a conversation",
    JSON.stringify({ type: "message", channelId: "msteams" }),
    400,
  ],
  ["a body that is too large", JSON.stringify({ text: "x".repeat(200_000) }), 413],
])("refuses %s", async (_what, body, status) => {
  const answer = await teams.post(body);

  expect(answer.status).toBe(status);
  expect(connector.received).toEqual([]);
});

it("on one's own machine answers only a Teams client of this machine", async () => {
  const elsewhere = activitiesTo(bot.url, "https://smba.trafficmanager.net/uk/");

  const { status } = await elsewhere.say(MEMBER, "agenda");

  expect(status).toBe(401);
});

it("answers a button it does not know with what to do", async () => {
  const { status, card } = await teams.press(MEMBER, "constructor", {});

  expect(status).toBe(200);
  expect(wordsOn(card)).toContain("not one of mine any more");
});

it("says whether it lives and whether it can work", async () => {
  const away = await startAnother(
    readSettings({
      MODE: "local",
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "silent",
      TABLES_CONNECTION_STRING: NOWHERE,
    }),
  );

  const answers = await Promise.all(
    [bot, away].flatMap(({ url }) => ["/healthz", "/readyz"].map((path) => fetch(url + path))),
  );
  await away.stop();

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 503]);
});

function envelope({ id, name }: { id: string; name: string }) {
  return {
    id: "activity",
    channelId: "msteams",
    serviceUrl: connector.url,
    from: { id: "29:x", name, aadObjectId: id },
    recipient: { id: "28:bot", name: "Community Champions" },
    conversation: { conversationType: "personal", id: "chat", tenantId: "t" },
  };
}

/** A bot beside the one of every test. It is stopped whatever becomes of the test. */
async function startAnother(settings: Settings): Promise<RunningBot> {
  const another = await startBot(settings);
  others.push(another);
  return another;
}

function missing(): never {
  throw new Error("No card came");
}
