import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { createChampionStore } from "../src/champions/store.ts";
import { readSettings, type Settings } from "../src/config.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { createLog } from "../src/log.ts";
import { startBot, type RunningBot } from "../src/main.ts";
import { openTables } from "../src/tables.ts";
import { activitiesTo, channel, TENANT } from "./support/activities.ts";
import { startConnector } from "./support/connector.ts";
import { EVERY, FRENCH, MEMBER, startTables, wordsOn } from "./support/council.ts";
import { startTokenIssuer, type TokenWishes } from "./support/token-issuer.ts";

const APP = "3e5b1f86-92c4-4d7a-8f13-6a0c94d7e215";
const ELSEWHERE = "0ddba110-0000-4000-8000-000000000002";
const SECURITY = readFileSync(join(import.meta.dirname, "..", "SECURITY.md"), "utf8").replaceAll(
  / +/g,
  " ",
);

let service: Awaited<ReturnType<typeof startTables>>;
let connector: Awaited<ReturnType<typeof startConnector>>;
let issuer: Awaited<ReturnType<typeof startTokenIssuer>>;
let bot: RunningBot;
let lines: string[];
const got: string[] = [];

beforeAll(async () => {
  service = await startTables();
  issuer = await startTokenIssuer(APP);
  await loadSampleCouncil(openTables(service.settings));
});
beforeEach(async () => {
  lines = [];
  connector = await startConnector();
  const log = createLog("debug", { write: (line: string) => void lines.push(line) });
  bot = await startBot(settingsFor(connector.url), { trust: issuer.trust, log });
});
afterEach(async () => {
  await bot.stop();
  await connector.stop();
});
afterAll(async () => {
  await issuer.stop();
  await service.stop();
  process.stderr.write(`\nHostile requests, and what each got:\n${got.join("\n")}\n\n`);
});

it("lets in what the Bot Connector vouches for", async () => {
  const { status } = await teams({}).say(MEMBER, "agenda");

  expect(status).toBe(200);
  expect(wordsOn(connector.received[0]?.card)).toContain("Agenda: Thursday 10 October 2019");
});

describe.each<[string, TokenWishes]>([
  ["a token that another key has signed", { key: "somebody else's" }],
  ["a token of an unknown key", { key: "unknown" }],
  ["a token of a key that is not endorsed for Teams", { key: "not endorsed" }],
  ["a token without a signature", { signedWith: "nothing" }],
  ["a token signed with the public key as a password (HS256)", { signedWith: "HS256" }],
  ["an expired token", { expires: -400 }],
  ["a token that never expires", { expires: "never" }],
  ["a token that is not yet valid", { notBefore: 400 }],
  ["a token for another bot", { audience: "another-bot" }],
  ["a token of another issuer", { issuer: "https://sts.example" }],
  ["a token for another service URL", { serviceUrl: "https://smba.trafficmanager.net/uk/" }],
  ["a token that names no service URL", { serviceUrl: undefined }],
])("%s", (what, wishes) => {
  it("gets 401 and nothing else", async () => {
    expect(await outcome(what, teams(wishes).say(MEMBER, "agenda"))).toEqual(refusal(401));
  });
});

describe.each<[string, number, (message: object) => object | string]>([
  ["no service URL", 401, (message) => ({ ...message, serviceUrl: undefined })],
  ["an empty service URL", 401, (message) => ({ ...message, serviceUrl: "" })],
  ["an empty channel", 401, (message) => ({ ...message, channelId: "" })],
  ["another channel", 401, (message) => ({ ...message, channelId: "webchat" })],
  ["an activity of another tenant", 401, (message) => inTenants(message, ELSEWHERE, ELSEWHERE)],
  ["two tenants that differ", 401, (message) => inTenants(message, TENANT, ELSEWHERE)],
  ["no tenant", 401, (message) => inTenants(message, undefined, undefined)],
  ["an activity without a channel", 400, (message) => ({ ...message, channelId: undefined })],
  ["an activity without a type", 400, (message) => ({ ...message, type: undefined })],
  ["an activity from nobody", 400, (message) => ({ ...message, from: undefined })],
  ["an activity whose text is a list", 400, (message) => ({ ...message, text: ["agenda"] })],
  ["a list", 400, (message) => [message]],
  ["something that is not JSON", 400, (message) => `${JSON.stringify(message)}}`],
  ["a body that is too large", 413, (message) => ({ ...message, text: "x".repeat(200_000) })],
])("%s", (what, status, change) => {
  it(`gets ${status} and nothing else, with a good token`, async () => {
    const to = teams({});
    const body = change(to.messageFrom(MEMBER, "agenda"));

    expect(await outcome(what, to.post(body))).toEqual(refusal(status));
  });
});

it.each([
  ["a form with a file in it", { "content-type": "multipart/form-data; boundary=x" }],
  ["a packed body, which could unpack to any size", { "content-encoding": "gzip" }],
  ["a body of another kind", { "content-type": "text/plain" }],
])("%s gets 415 and nothing else", async (what, headers) => {
  const to = teams({});

  expect(await outcome(what, to.post(to.messageFrom(MEMBER, "agenda"), headers))).toEqual(
    refusal(415),
  );
});

it.each([
  ["no authorization", ""],
  ["an empty bearer", "Bearer "],
  ["another scheme", "Basic YTpi"],
  ["a token that is none", "Bearer a.b.c"],
])("%s gets 401 and nothing else", async (what, authorization) => {
  const to = activitiesTo(bot.url, connector.url, async () => authorization);

  expect(await outcome(what, to.say(MEMBER, "agenda"))).toEqual(refusal(401));
});

it("a service URL that the token vouches for but that is not on the list gets 401", async () => {
  const other = await startConnector();
  const to = activitiesTo(bot.url, other.url, bearer(other.url, {}));

  expect(await outcome("a service URL that is not on the list", to.say(MEMBER, "agenda"))).toEqual(
    refusal(401),
  );

  expect(other.received).toEqual([]);
  await other.stop();
});

it.each([
  ["a guest", { tenantId: TENANT, userRole: "guest" }],
  ["somebody of another tenant", { tenantId: ELSEWHERE, userRole: "user" }],
  ["somebody whom nobody signed in", { tenantId: TENANT, userRole: "anonymous" }],
])("%s gets a polite no, and no feature runs", async (what, member) => {
  connector.members.set(`29:${FRENCH.id}`, { id: `29:${FRENCH.id}`, ...member });
  const to = teams({});

  await to.say(FRENCH, "log update");
  const pressed = await to.press(FRENCH, "champions.edit", { month: "2019-08" });

  expect(connector.received).toHaveLength(1);
  expect(connector.received[0]?.text).toContain("I work only for people");
  expect(pressed.card).toMatchObject({
    message: expect.stringContaining("I work only for people"),
  });
  expect(lines.join("")).not.toContain('"answered"');
  note(what, "a polite no");
});

const OWN_FORM = { month: "2019-09", openedFor: "2019-09", version: "0", operation: "forged" };

it.each([
  ["a card that names another's district", EVERY, "champions.submit", { district: "fenland" }],
  ["a card that names a district that is none", EVERY, "champions.submit", { district: "leeds" }],
  ["a card that names a version to come", EVERY, "champions.submit", { version: "9" }],
  ["a card that names a role for whoever pressed", EVERY, "people.give", { role: "administrator" }],
  ["a card with a list where text should be", EVERY, "champions.submit", { updates: ["x"] }],
  ["a card with names that JavaScript knows", EVERY, "__proto__", { constructor: "x" }],
  ["a card for officers, pressed by staff", MEMBER, "digest.post", { meeting: "2019-10-10" }],
  ["a card for a personal chat, pressed in a channel", EVERY, "champions.save", {}],
])("%s gets a plain answer and changes nothing", async (what, somebody, verb, data) => {
  const form = { ...OWN_FORM, district: "east-cambridgeshire", updates: "Forged", ...data };
  const place = what.endsWith("channel") ? [inChannel()] : [];

  const { status, card } = await teams({}).press(somebody, verb, form, ...place);

  const updates = createChampionStore(openTables(service.settings));
  const written = await updates.ofMonths("communities-and-partnership", ["2019-09"]);
  expect(status).toBe(200);
  expect(JSON.stringify(card)).not.toMatch(/Something went wrong|stack|Error/);
  expect(wordsOn(card)).not.toMatch(/^Done|Submitted by|Draft saved/);
  expect(written).toEqual([]);
  expect(connector.received.filter(({ path }) => path.endsWith("/v3/conversations"))).toEqual([]);
  note(what, "a plain answer");
});

it("the same message delivered again, here and on another replica, gets one answer", async () => {
  const log = createLog("silent");
  const other = await startBot(settingsFor(connector.url), { trust: issuer.trust, log });
  const message = teams({}).messageFrom(MEMBER, "agenda");

  const one = activitiesTo(bot.url, connector.url, bearer(connector.url, {}));
  const two = activitiesTo(other.url, connector.url, bearer(connector.url, {}));
  await Promise.all([one.post(message), two.post(message), one.post(message)]);
  await two.post(message);
  await other.stop();

  expect(connector.received).toHaveLength(1);
  note("the same message delivered again", "one answer");
});

it("while the issuer's keys cannot be read, Teams is asked to come again", async () => {
  const log = createLog("silent");
  issuer.setAway(true);
  const other = await startBot(settingsFor(connector.url), { trust: issuer.trust, log });
  const there = activitiesTo(other.url, connector.url, bearer(connector.url, {}));

  const away = await outcome("a request while the keys cannot be read", there.say(MEMBER, "help"));
  issuer.setAway(false);
  const { status } = await there.say(MEMBER, "help");
  await other.stop();

  expect(away).toMatchObject({ status: 503, hasWords: false });
  expect([status, connector.received.length]).toEqual([200, 1]);
});

it("tokens made of nonsense are refused, every one", async () => {
  const part = fc.oneof(
    fc.base64String().map((text) => text.replaceAll(/[=+/]/g, "")),
    fc.json().map((text) => Buffer.from(text).toString("base64url")),
    fc
      .record({
        alg: fc.constantFrom("RS256", "none", 1, null),
        kid: fc.anything(),
        crit: fc.json(),
      })
      .map((header) => Buffer.from(JSON.stringify(header)).toString("base64url")),
  );
  await fc.assert(
    fc.asyncProperty(part, part, part, async (header, payload, signature) => {
      const token = `Bearer ${header}.${payload}.${signature}`;
      const there = activitiesTo(bot.url, connector.url, async () => token);
      expect((await there.say(MEMBER, "help")).status).toBe(401);
    }),
    { numRuns: 60 },
  );
  note("tokens made of nonsense", "401");
});

it("a flood from one person is asked to wait, and others are answered", async () => {
  const flood = Array.from({ length: 40 }, () => teams({}).say(FRENCH, "agenda"));
  await Promise.all(flood);
  await teams({}).say(MEMBER, "agenda");

  const texts = connector.received.map(({ text }) => text ?? "");
  expect(texts.filter((text) => text.includes("Wait ten seconds"))).toHaveLength(1);
  expect(connector.received.at(-1)?.path).toContain(MEMBER.id);
  note("a flood from one person", "wait a moment, once");
});

it("names every case in SECURITY.md, with what it got", () => {
  expect(got.length).toBeGreaterThan(30);
  expect(got.filter((row) => !SECURITY.includes(row))).toEqual([]);
});

/** A number and no word, nothing sent, and no feature run. */
function refusal(status: number) {
  return { status, hasWords: false, sent: [], hasRun: false };
}

async function outcome(what: string, request: Promise<{ status: number; text: string }>) {
  const { status, text } = await request;
  note(what, String(status));
  const hasWords = !["", "{}"].includes(text);
  const hasRun = lines.some((line) => line.includes('"answered"'));
  return { status, hasWords, sent: connector.received, hasRun };
}

function note(what: string, answer: string): void {
  got.push(`| ${what} | ${answer} |`);
}

function teams(wishes: TokenWishes) {
  return activitiesTo(bot.url, connector.url, bearer(connector.url, wishes));
}

function bearer(serviceUrl: string, wishes: TokenWishes) {
  return async () => `Bearer ${await issuer.token(serviceUrl, wishes)}`;
}

/** A channel of the council's own tenant. */
function inChannel(): object {
  const { conversation, channelData } = channel("room");
  return { conversation, channelData };
}

function inTenants(message: object, conversation?: string, channel?: string): object {
  return {
    ...message,
    conversation: { conversationType: "personal", id: "chat", tenantId: conversation },
    channelData: { tenant: { id: channel } },
  };
}

/** A council's own settings, on this machine's tables and connector. */
function settingsFor(origin: string): Settings {
  const production = readSettings({
    MODE: "production",
    BOT_APP_TYPE: "UserAssignedMsi",
    BOT_APP_ID: APP,
    TENANT_ID: TENANT,
    TABLES_ENDPOINT: "https://champions.table.core.windows.net",
  });
  const { clock, tables, host, port } = service.settings;
  if (production.identity.kind === "off") throw new Error("Authentication is off");
  const identity = { ...production.identity, serviceOrigins: [origin] };
  return { ...production, clock, tables, host, port, identity };
}
