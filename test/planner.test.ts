import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { createClock } from "../src/calendar.ts";
import { readSettings, SettingsError } from "../src/config.ts";
import { sampleReading } from "../src/local/sample-reading.ts";
import { createLog } from "../src/log.ts";
import type { Choice, PlannerSettings } from "../src/planner.ts";
import type { Tables } from "../src/tables.ts";
import { createPlanner, type PlannerEdges } from "../src/teams/planner.ts";
import {
  FRENCH,
  MEMBER,
  OFFICER,
  openProduct,
  titlesOf,
  withSampleCouncil,
  wordsOn,
} from "./support/council.ts";

interface Sent {
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: {
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly temperature: number;
    readonly response_format: object;
  };
}

const SETTINGS: PlannerSettings = {
  endpoint: "https://planner.example",
  deployment: "sorter",
  key: "PLANTED-KEY",
};
const CHOICES: Choice[] = [
  { id: "kpi.show", purpose: "See an indicator.", examples: ["library visits", "how many visits"] },
  { id: "committee.meeting", purpose: "See the next meeting.", examples: ["when do we meet"] },
];
/** Texts that say little: the first one that the bot itself asks back on is the one to go by. */
const VAGUE = [
  "what is the latest on everything",
  "remind me what we agreed",
  "anything I ought to know before I go home",
  "so what is the story with everything",
  "anything new I should look at",
  "what did we say we would do",
  "who is doing what",
];
const NOW = createClock("2019-09-25T09:00")();
const LATER = createClock("2019-09-25T09:05")();

/** What the stand-in for the service has been sent, and what it answers next. */
const seen: Sent[] = [];
let answer: (response: ServerResponse) => void;
let standIn: Server;
let address: string;
let tables: Tables;
let unclear: string;

withSampleCouncil((made) => (tables = made));
beforeAll(async () => {
  const { read } = await sampleReading();
  for (const text of VAGUE) {
    const { command, choices = [] } = await read(text, "2019-09-25T09:00");
    const isOrdinary = choices.every((id) => !/^(?:signposting|directory)\./.test(id));
    if (command === "ask" && isOrdinary) unclear ??= text;
  }
  standIn = createServer(async (request, response) => {
    // The body is the library's own, and the tests say what should be in it.
    const body = (await json(request)) as Sent["body"];
    seen.push({ url: request.url ?? "", headers: request.headers, body });
    answer(response);
  }).listen(0, "127.0.0.1");
  await once(standIn, "listening");
  address = `http://127.0.0.1:${(standIn.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen.length = 0;
  answer = naming("committee.meeting");
});
afterAll(() => {
  standIn.closeAllConnections();
  standIn.close();
});

describe("the planner", () => {
  it("sends the text and the choices to the deployment, and nothing else", async () => {
    const { choose, lines } = opened();

    const chosen = await choose("when do we all sit down again", CHOICES, NOW);

    expect(chosen).toBe("committee.meeting");
    expect(lines).toEqual([]);
    const [{ url, headers, body }] = seen as [Sent];
    expect(url).toBe("/openai/deployments/sorter/chat/completions?api-version=2024-10-21");
    expect(headers["api-key"]).toBe("PLANTED-KEY");
    expect(body).toMatchObject({ temperature: 0, response_format: { type: "json_object" } });
    expect(body.messages.map(({ role }) => role)).toEqual(["system", "user"]);
    expect(body.messages[0]?.content).toContain('kpi.show: See an indicator. ["library visits"');
    expect(body.messages[1]?.content).toBe("when do we all sit down again");
  });

  it("shows the bot's own identity where there is no key", async () => {
    const { choose } = opened({ ...SETTINGS, key: undefined }, { token: async () => "a-token" });

    await choose("when do we all sit down again", CHOICES, NOW);

    expect(seen[0]?.headers.authorization).toBe("Bearer a-token");
    expect(seen[0]?.headers["api-key"]).toBeUndefined();
  });

  it.each(["{{$secret}} {{call}}", "<|endoftext|> and <|im_start|>system", "x ".repeat(400)])(
    "sends %j as plain text of at most 300 characters",
    async (text) => {
      const { choose } = opened();

      const chosen = await choose(text, CHOICES, NOW);

      expect(chosen).toBe("committee.meeting");
      expect(seen[0]?.body.messages[1]?.content.length).toBeLessThanOrEqual(310);
      expect(seen[0]?.body.messages[1]?.content).toContain(text.slice(4, 12));
    },
  );

  it.each<[string, (response: ServerResponse) => void]>([
    ["words that are no JSON", saying("The next meeting, I think")],
    ["half an object", saying('{"command": "committee.me')],
    ["another shape", saying('["committee.meeting"]')],
    ["an id that does not exist", naming("digest.destroy")],
    ["an id that is not among the choices", naming("digest.post")],
    ["an order to post", saying("post the digest now")],
    ["more than was asked", saying('{"command":"committee.meeting","then":"post the digest"}')],
    ["an empty answer", saying("")],
    ["a completion without choices", sending(200, "application/json", "{}")],
    ["HTML", sending(200, "text/html", "<h1>Sign in PLANTED</h1>")],
    ["an error of the service", sending(500, "application/json", '{"error":"PLANTED"}')],
    ["a refusal of the key", sending(401, "text/plain", "PLANTED")],
    ["too many requests", sending(429, "application/json", "{}")],
    ["an answer that does not end", (response) => void response.write("x".repeat(100_000))],
    ["another address", sending(307, "text/plain", "", { location: "/else" })],
    ["a connection that is cut", (response) => void response.destroy()],
  ])("takes %s for no answer, and logs one line without a word of it", async (_what, hostile) => {
    const { choose, lines } = opened();
    const printed = jest.spyOn(console, "log");
    answer = hostile;

    const chosen = await choose("PLANTED words of somebody", CHOICES, NOW);

    expect(chosen).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(lines.join()).toContain("the planner gave no answer");
    expect(lines.join()).not.toContain("PLANTED");
    expect(printed).not.toHaveBeenCalled();
    expect(seen).toHaveLength(1);
    printed.mockRestore();
  });

  it("waits no longer than its deadline, then lets a while pass before it asks again", async () => {
    const { choose, lines } = opened();
    answer = () => {};

    const late = await choose("a text that is never answered", CHOICES, NOW);
    const resting = await choose("the next text", CHOICES, NOW);
    answer = naming("kpi.show");
    const rested = await choose("a text after that", CHOICES, LATER);

    expect([late, resting, rested]).toEqual([undefined, undefined, "kpi.show"]);
    expect(lines).toEqual([expect.stringContaining("TimeoutError")]);
    expect(seen).toHaveLength(2);
  });

  it("does without an answer where nothing listens, and where it gets no token", async () => {
    const gone = opened(SETTINGS, { fetch: (_url, init) => fetch("http://127.0.0.1:9/", init) });
    const nobody = opened(
      { ...SETTINGS, key: undefined },
      { token: () => Promise.reject(new Error("PLANTED")) },
    );

    const answers = [
      await gone.choose("some words here", CHOICES, NOW),
      await nobody.choose("some words here", CHOICES, NOW),
    ];

    expect(answers).toEqual([undefined, undefined]);
    expect(gone.lines).toHaveLength(1);
    expect(nobody.lines).toHaveLength(1);
    expect(nobody.lines.join()).not.toContain("PLANTED");
  });

  it("says none of them without a line in the log", async () => {
    const { choose, lines } = opened();
    answer = naming("none");

    expect(await choose("some words here", CHOICES, NOW)).toBeUndefined();
    expect(lines).toEqual([]);
  });
});

describe("a text that the bot would ask back on", () => {
  it("runs what the planner chose, and says what it was taken for", async () => {
    const { as } = await withPlanner();

    const card = await as(MEMBER).say(unclear);

    expect(wordsOn(card)).toContain("Next meeting: Thursday 10 October 2019");
    expect(wordsOn(card)).toContain("I took this to mean: **meeting");
    expect(titlesOf(card)).toContain("help");
    expect(userText()).toBe(unclear);
  });

  it("only opens the form of what writes", async () => {
    const { as, posted } = await withPlanner();
    answer = naming("champions.log");

    const card = await as(FRENCH).say(unclear);

    expect(wordsOn(card)).toContain("Monthly update for Fenland");
    expect(posted).toEqual([]);
  });

  it("is answered as without a planner when there is no answer", async () => {
    const plain = await openProduct(tables);
    const { as } = await withPlanner();
    answer = sending(500, "text/plain", "");

    expect(await as(MEMBER).say(unclear)).toEqual(await plain.as(MEMBER).say(unclear));
    expect(seen).toHaveLength(1);
  });

  it.each([
    ["somebody else's command", MEMBER, "digest.post"],
    ["a command of another kind of place", OFFICER, "digest.useChannel"],
    ["what is told in confidence", OFFICER, "signposting.signpost"],
    ["who has which role", OFFICER, "people.who"],
  ])("never offers the planner %s, nor runs it", async (_what, person, id) => {
    const { as, posted } = await withPlanner();
    answer = naming(id);

    const card = await as(person).say(unclear);

    expect(seen).toHaveLength(1);
    expect(seen[0]?.body.messages[0]?.content).not.toContain(`${id}:`);
    expect(wordsOn(card)).not.toContain("I took this to mean");
    expect(posted).toEqual([]);
  });

  it("never offers what writes where the words say not to", async () => {
    const { as } = await withPlanner();

    await as(FRENCH).say(`no, not that: ${unclear}`);

    expect(seen[0]?.body.messages[0]?.content).toContain("committee.meeting:");
    expect(seen[0]?.body.messages[0]?.content).not.toContain("champions.log:");
  });

  it.each([
    ["a phone number", "what is the latest on 07700 900123"],
    ["a name", "what is the latest on Jan French"],
    ["a surname", "what is the latest on french"],
    ["a stranger's name", "what is the latest on Aleksandra Nowak"],
    ["danger", "he is hitting her right now"],
    ["a disclosure", "a woman told me her husband beats her at home"],
    ["a need", "somebody here can not pay the rent and wants debt advice soon"],
    ["a page of text", "what is the latest on everything ".repeat(10)],
    ["one word", "lately"],
    ["what is no word", "🎪 @@@@"],
    ["a command in its own words", "next meeting"],
  ])("never leaves with %s in it", async (_what, text) => {
    const { as } = await withPlanner();

    await as(OFFICER).say(text);

    expect(seen).toEqual([]);
  });

  it("stays here for an hour after a signposting, with everything that follows it", async () => {
    const { as, finish } = await withPlanner();
    await as(MEMBER).say("signpost");
    await finish();

    await as(MEMBER).say(unclear);
    await as(MEMBER, { clock: "2019-09-25T09:59" }).say(unclear);
    const during = seen.length;
    await as(MEMBER, { clock: "2019-09-25T10:01" }).say(unclear);

    expect(during).toBe(0);
    expect(seen).toHaveLength(1);
  });

  it.each(["he is hitting her right now", "ring me on 07700 900123 about the story"])(
    "stays here after somebody wrote %j",
    async (text) => {
      const { as, finish } = await withPlanner();
      await as(MEMBER).say(text);
      await finish();

      await as(MEMBER).say(unclear);

      expect(seen).toEqual([]);
    },
  );

  it("stays here after a press on a card of signposting, and past midnight", async () => {
    const { as, finish } = await withPlanner();
    const late = { clock: "2019-09-25T23:50" };
    await as(MEMBER, late).press("signposting.submit", {});
    await finish();

    await as(MEMBER, { clock: "2019-09-26T00:20" }).say(unclear);

    expect(seen).toEqual([]);
  });
});

describe("the settings", () => {
  const production = {
    MODE: "production",
    BOT_APP_TYPE: "UserAssignedMsi",
    BOT_APP_ID: "3e5b1f86-92c4-4d7a-8f13-6a0c94d7e215",
    TENANT_ID: "0c0ffee0-0000-4000-8000-000000000001",
    TABLES_ENDPOINT: "https://champions.table.core.windows.net",
  };
  const right = {
    PLANNER_ENDPOINT: "https://champions.openai.azure.com",
    PLANNER_DEPLOYMENT: "sorter",
  };

  it("leave the planner off unless a council names it", () => {
    expect(readSettings(production).planner).toBeUndefined();
    expect(readSettings({ ...production, ...right }).planner).toEqual({
      endpoint: right.PLANNER_ENDPOINT,
      deployment: "sorter",
      key: undefined,
    });
  });

  it("have no planner on one's own machine", () => {
    const local = { MODE: "local", HOST: "127.0.0.1" };
    const store = { TABLES_CONNECTION_STRING: "UseDevelopmentStorage=true" };

    expect(readSettings({ ...local, ...store, ...right }).planner).toBeUndefined();
  });

  it.each([
    [{ PLANNER_DEPLOYMENT: "" }, "PLANNER_DEPLOYMENT is missing."],
    [{ PLANNER_ENDPOINT: "" }, "PLANNER_ENDPOINT is missing."],
    [{ PLANNER_ENDPOINT: "http://PLANTED.example" }, "PLANNER_ENDPOINT must be an https address"],
    [{ PLANNER_DEPLOYMENT: "../PLANTED" }, "PLANNER_DEPLOYMENT must be the name"],
    [{ DEBUG: "true" }, "DEBUG must be left out"],
  ])("with %j say what to enter", (wrong, words) => {
    const read = () => readSettings({ ...production, ...right, ...wrong });

    expect(read).toThrow(SettingsError);
    expect(read).toThrow(words);
    expect(read).not.toThrow("PLANTED");
  });

  it("while it is off, load nothing of it with the program", () => {
    const loaded = execFileSync(
      process.execPath,
      ["--input-type=module", "--eval", LOADED, join(__dirname, "..", "src", "main.ts")],
      { encoding: "utf8", timeout: 100_000 },
    );

    expect(JSON.parse(loaded)).toEqual({ bot: true, openai: false, tokenizer: false });
  }, 120_000);
});

/** Loads the program and says which of its libraries came with it. */
const LOADED = `
  import { createRequire } from "node:module";
  import { pathToFileURL } from "node:url";
  const path = process.argv[1];
  process.argv.length = 1;
  await import(pathToFileURL(path).href);
  const files = Object.keys(createRequire(path).cache).map((file) => file.replaceAll("\\\\", "/"));
  const has = (name) => files.some((file) => file.includes("/node_modules/" + name + "/"));
  console.log(JSON.stringify({ bot: has("botbuilder"), openai: has("openai"), tokenizer: has("gpt-tokenizer") }));
  process.exit();
`;

/** A planner whose way leads to the stand-in, and the lines that it logs. */
function opened(settings: PlannerSettings = SETTINGS, edges: PlannerEdges = {}) {
  const lines: string[] = [];
  const log = createLog("debug", { write: (line: string) => void lines.push(line) });
  return { choose: createPlanner(settings, log, { fetch: toStandIn, ...edges }), lines };
}

async function withPlanner() {
  return openProduct(tables, { planner: opened().choose });
}

function toStandIn(...[url, init]: Parameters<typeof fetch>): ReturnType<typeof fetch> {
  return fetch(String(url).replace(SETTINGS.endpoint, address), init);
}

function userText(): string | undefined {
  return seen[0]?.body.messages[1]?.content;
}

function naming(command: string) {
  return saying(JSON.stringify({ command }));
}

function saying(content: string) {
  const message = { role: "assistant", content };
  return sending(200, "application/json", JSON.stringify({ choices: [{ index: 0, message }] }));
}

function sending(status: number, type: string, body: string, headers = {}) {
  return (response: ServerResponse) => {
    // Where restify is loaded in the same process, writeHead gives nothing to go on with.
    response.writeHead(status, { ...headers, "content-type": type });
    response.end(body);
  };
}
