import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Activity } from "botbuilder";
import { readSettings, type Settings } from "../src/config.ts";
import { UserError } from "../src/errors.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { createLog } from "../src/log.ts";
import { startBot, type RunningBot } from "../src/main.ts";
import type { MadeFile } from "../src/paper.ts";
import { openTables } from "../src/tables.ts";
import { createFiles, filesWith, isSharePoint } from "../src/teams/files.ts";
import { activitiesTo, channel, TENANT } from "./support/activities.ts";
import { startConnector } from "./support/connector.ts";
import { addressOn, CHAIR, MEMBER, OFFICER, startTables, wordsOn } from "./support/council.ts";
import { startTokenIssuer } from "./support/token-issuer.ts";
import { readWord } from "./support/word.ts";

const APP = "3e5b1f86-92c4-4d7a-8f13-6a0c94d7e215";
const NAME = "Community Champions updates for 8 August 2019.docx";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const UPDATES = "export updates for 8 August 2019";
const CONSENT = "application/vnd.microsoft.teams.card.file.consent";
const INFO = "application/vnd.microsoft.teams.card.file.info";
/** Bytes of a file that go out at a time. */
const PIECE = 64_000;
const FILE: MadeFile = { name: "a.csv", type: "text/csv", bytes: Buffer.from("a,b\n1,2\n") };

let service: Awaited<ReturnType<typeof startTables>>;
let issuer: Awaited<ReturnType<typeof startTokenIssuer>>;
let connector: Awaited<ReturnType<typeof startConnector>>;
let host: Awaited<ReturnType<typeof startFileHost>>;
let bots: RunningBot[];
let lines: string[];

beforeAll(async () => {
  service = await startTables();
  issuer = await startTokenIssuer(APP);
  await loadSampleCouncil(openTables(service.settings));
});
beforeEach(async () => {
  bots = [];
  lines = [];
  connector = await startConnector();
  host = await startFileHost();
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  await Promise.all([connector.stop(), host.stop()]);
});
afterAll(async () => {
  await issuer.stop();
  await service.stop();
});

describe("a link on the bot's own server", () => {
  it("gives the file, and nobody on the way keeps it", async () => {
    const response = await fetch(await localLink());

    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": WORD,
      "content-disposition": `attachment; filename="${NAME}"; filename*=UTF-8''${encodeURIComponent(NAME)}`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    const { html } = await readWord(new Uint8Array(await response.arrayBuffer()));
    expect(html).toContain("Essentials by Sue");
  });

  it.each([
    ["one letter off", (address: string) => address.replace(/.$/, "~")],
    ["cut short", (address: string) => address.slice(0, -1)],
    ["of nothing", (address: string) => address.replace(/[^/]+$/, "x")],
    ["out of its folder", (address: string) => address.replace(/[^/]+$/, "..%2F..%2Fpeople")],
    ["half encoded", (address: string) => address.replace(/[^/]+$/, "%E0%A4%A")],
  ])("gives nothing when it is %s", async (_how, change) => {
    const response = await fetch(change(await localLink()));

    expect([400, 404]).toContain(response.status);
    expect(await response.text()).not.toContain("Error");
  });

  it("is in no line of the log", async () => {
    const address = await localLink();
    const [, token = "-"] = address.split("/papers/");

    await fetch(address);
    await fetch(`${address}x`);
    await Promise.all(bots.map((bot) => bot.stop()));

    expect(lines.join()).toContain("the bot listens");
    expect(lines.join()).not.toContain(token);
  });

  it("does not exist for a council without a public address", async () => {
    const { teams } = await production();
    connector.moods.push(400);

    await teams.say(OFFICER, UPDATES);

    expect(wordsOn(connector.received.at(-1)?.card)).toContain("Teams did not take the file");
  });

  it("leads to the council's public address", async () => {
    const { teams } = await production({ publicAddress: "https://bot.council.example" });
    connector.moods.push(400);

    await teams.say(OFFICER, UPDATES);

    const card = connector.received.at(-1)?.card;
    expect(card && addressOn(card, "Download")).toMatch(
      /^https:\/\/bot\.council\.example\/papers\//,
    );
  });
});

describe("the question for consent", () => {
  it("is asked in the chat, and accepted it uploads the file in one piece", async () => {
    const { teams } = await production();
    await teams.say(OFFICER, UPDATES);
    const asked = connector.received.find(({ attached }) => attached?.contentType === CONSENT);

    const { status } = await teams.post(answer(OFFICER, "accept", asked?.attached?.content));
    const shown = await connector.until(({ attached }) => attached?.contentType === INFO);

    expect(status).toBe(200);
    expect(asked?.attached?.name).toBe(NAME);
    const [put] = host.received;
    const size = put?.body.length ?? 0;
    expect(host.received).toHaveLength(1);
    expect(put?.method).toBe("PUT");
    expect(put?.headers["content-range"]).toBe(`bytes 0-${size - 1}/${size}`);
    expect((await readWord(put?.body ?? new Uint8Array())).html).toContain("Essentials by Sue");
    expect(shown.attached).toMatchObject({ name: NAME, content: { fileType: "docx" } });
    const replaced = connector.received.filter(({ method }) => method === "PUT");
    expect(replaced.map(({ path }) => path)).toEqual(
      replaced.map(() => expect.stringContaining("/activities/question-1")),
    );
    expect(wordsOn(replaced.at(-1)?.card)).toContain("The file is saved");
  });

  it("accepted again, or delivered again, uploads nothing more", async () => {
    const { teams } = await production();
    await teams.say(OFFICER, UPDATES);
    const content = connector.received.find(({ attached }) => attached)?.attached?.content;
    const first = answer(OFFICER, "accept", content);

    await Promise.all([teams.post(first), teams.post(first)]);
    await teams.post(answer(OFFICER, "accept", content));
    await connector.until(({ attached }) => attached?.contentType === INFO);

    expect(host.received).toHaveLength(1);
    expect(connector.received.map(({ card }) => wordsOn(card)).join()).toContain(
      "You accepted this file already",
    );
  });

  it.each<[string, Mood]>([
    ["does not take it", 503],
    ["leads elsewhere", "redirect"],
    ["hangs up", "hang up"],
  ])("says that it was not saved when the host %s", async (_how, mood) => {
    const { teams } = await production();
    host.moods.push(mood);
    await teams.say(OFFICER, UPDATES);
    const content = connector.received.find(({ attached }) => attached)?.attached?.content;

    await teams.post(answer(OFFICER, "accept", content));
    const said = await connector.until(({ card }) =>
      wordsOn(card).includes("a problem with the file"),
    );

    expect(said.path).toContain("/activities/question-1");
    expect(wordsOn(said.card)).toContain("OneDrive");
    expect(connector.received.some(({ attached }) => attached?.contentType === INFO)).toBe(false);
  });

  it("declined uploads nothing, and the question is gone", async () => {
    const { teams } = await production();
    await teams.say(OFFICER, UPDATES);
    const content = connector.received.find(({ attached }) => attached)?.attached?.content;

    await teams.post(answer(OFFICER, "decline", content));
    const said = await connector.until(({ card }) => wordsOn(card).includes("Nothing was saved"));

    expect(said.path).toContain("/activities/question-1");
    expect(host.received).toEqual([]);
  });

  it.each([
    ["the chair", CHAIR, "offered to somebody else"],
    ["a member of staff", MEMBER, "for officers and chairs"],
  ])("cannot be answered by %s", async (_who, somebody, words) => {
    const { teams } = await production();
    await teams.say(OFFICER, UPDATES);
    const content = connector.received.find(({ attached }) => attached)?.attached?.content;

    await teams.post(answer(somebody, "accept", content));

    expect(wordsOn(connector.received.at(-1)?.card)).toContain(words);
    expect(host.received).toEqual([]);
  });

  it.each([
    ["no answer at all", {}],
    ["another action", { action: "approve", context: { offer: "x", committee: "y" } }],
    ["no context", { action: "accept", uploadInfo: {} }],
    ["a list for a context", { action: "accept", context: ["x"], uploadInfo: {} }],
    ["no address", { action: "accept", context: { offer: "x", committee: "y" } }],
  ])("forged, with %s, does nothing", async (_what, value) => {
    const { teams } = await production();

    const { status } = await teams.post({ ...answer(OFFICER, "accept", {}), value });

    expect(status).toBe(200);
    expect(host.received).toEqual([]);
  });

  it("never sends a file to a host that is not Microsoft's for files", async () => {
    const { teams } = await production({}, isSharePoint);
    await teams.say(OFFICER, UPDATES);
    const content = connector.received.find(({ attached }) => attached)?.attached?.content;

    await teams.post(answer(OFFICER, "accept", content));
    await connector.until(({ card }) => wordsOn(card).includes("nothing was saved"));

    expect(host.received).toEqual([]);
  });
});

describe("an upload that takes too long", () => {
  it("is given up, and said to be in doubt", async () => {
    host.moods.push("never answer");
    const files = createFiles({
      posting: { attach: async () => ({ outcome: "unknown" }), replace: async () => undefined },
      ...{ canAsk: true, isStore: () => true, address: () => undefined },
      longestUpload: 100,
    });

    const upload = files.upload(`${host.url}/upload`, FILE);

    await expect(upload).rejects.toThrow(UserError);
    await expect(upload).rejects.toThrow("did not say whether the file was saved");
  });
});

describe("where files may go", () => {
  it.each([
    ["https://council-my.sharepoint.com/personal/x/upload?tempauth=1", true],
    ["https://council.sharepoint.com/upload", true],
    ["http://council.sharepoint.com/upload", false],
    ["https://council.sharepoint.com.example.org/upload", false],
    ["https://sharepoint.com/upload", false],
    ["https://evilsharepoint.com/upload", false],
    ["https://council.sharepoint.com:8443/upload", false],
    ["https://user:word@council.sharepoint.com/upload", false],
    ["https://127.0.0.1/upload", false],
    ["https://example.org/.sharepoint.com", false],
    ["https://example.org#.sharepoint.com", false],
    ["file:///etc/passwd", false],
    ["", false],
  ])("%s: %s", (address, isAllowed) => {
    expect(isSharePoint(address)).toBe(isAllowed);
  });
});

describe("a file that came with a message", () => {
  it("of 50 MB is fetched no further than 20 MB, and the answer says what to do", async () => {
    const { teams } = await production();
    host.files.set("/kpis.csv", Buffer.alloc(50_000_000, "x"));
    const attachments = [attachment("kpis.csv", `${host.url}/kpis.csv`)];

    const message = { ...teams.messageFrom(OFFICER, "import kpis"), attachments };
    await teams.post(message);
    const said = await connector.until(({ card }) => wordsOn(card).includes("kpis.csv"));

    expect(wordsOn(said.card)).toContain(
      "kpis.csv is larger than 20 MB. Send it in smaller parts.",
    );
    expect(host.sent()).toBeLessThan(40_000_000);
  });

  it("is named, and fetched only when it is read", async () => {
    host.files.set("/risks.csv", Buffer.from("risk,score\n1,12\n"));
    const [file] = filesIn(attachment("risks.csv", `${host.url}/risks.csv`));

    expect(file?.name).toBe("risks.csv");
    expect(host.received).toEqual([]);
    expect(Buffer.from((await file?.read(1000)) ?? []).toString()).toBe("risk,score\n1,12\n");
  });

  it("is read from the message itself where its text is in it", async () => {
    const [file] = filesIn({ contentType: "text/csv", name: "a.csv", content: "a,b\n" });

    expect(Buffer.from((await file?.read(1000)) ?? []).toString()).toBe("a,b\n");
    await expect(file?.read(2)).rejects.toThrow("a.csv is larger than");
  });

  it("is not fetched further than asked for", async () => {
    host.files.set("/large.csv", Buffer.alloc(3_000_000, "x"));
    const [file] = filesIn(attachment("large.csv", `${host.url}/large.csv`));

    const read = file?.read(20_000);

    await expect(read).rejects.toThrow("large.csv is larger than 20 KB. Send it in smaller parts.");
  });

  it.each<[string, Mood]>([
    ["is gone", 404],
    ["leads elsewhere", "redirect"],
    ["hangs up", "hang up"],
    ["never answers", "never answer"],
  ])("is said to be out of reach when its host %s", async (_how, mood) => {
    host.moods.push(mood);
    const [file] = filesIn(attachment("a.csv", `${host.url}/a.csv`));

    await expect(file?.read(1000)).rejects.toThrow("I could not fetch the file from Teams");
  });

  it("is not fetched from a host that is not Microsoft's for files", async () => {
    const activity = withAttachments([attachment("a.csv", `${host.url}/a.csv`)]);
    const [file] = filesWith(activity, isSharePoint);

    await expect(file?.read(1000)).rejects.toThrow("I could not fetch the file from Teams");
    expect(host.received).toEqual([]);
  });

  it("is there in a personal chat only, and nothing else counts as one", () => {
    const csv = { contentType: "text/csv", name: "a.csv", content: "a" };
    // Teams leaves out most of what the SDK's type names.
    const inChannel = { ...withAttachments([csv]), ...channel("room") } as unknown as Activity;

    expect(filesWith(inChannel, () => true)).toEqual([]);
    expect(
      filesIn(
        { contentType: "image/png", contentUrl: "https://example.org/a.png" },
        { contentType: "application/vnd.microsoft.card.adaptive", content: {} },
        { contentType: "application/vnd.microsoft.teams.file.download.info", content: "x" },
      ),
    ).toEqual([]);
  });
});

function filesIn(...attachments: object[]) {
  return filesWith(withAttachments(attachments), () => true, 500);
}

function withAttachments(attachments: object[]): Activity {
  // Teams leaves out most of what the SDK's type names.
  return { conversation: { conversationType: "personal" }, attachments } as unknown as Activity;
}

function attachment(name: string, downloadUrl: string) {
  const contentType = "application/vnd.microsoft.teams.file.download.info";
  return { contentType, name, content: { downloadUrl, uniqueId: "1", fileType: "csv" } };
}

/** The answer to a question for consent, as Teams sends it. */
function answer(from: typeof OFFICER, action: "accept" | "decline", content: unknown) {
  const key = action === "accept" ? "acceptContext" : "declineContext";
  const context = (content as Record<string, unknown> | undefined)?.[key];
  const uploadInfo = {
    uploadUrl: `${host.url}/upload`,
    contentUrl: `${host.url}/documents/${encodeURIComponent(NAME)}`,
    ...{ name: NAME, uniqueId: "1", fileType: "docx" },
  };
  const value = {
    type: "fileUpload",
    action,
    context,
    ...(action === "accept" ? { uploadInfo } : {}),
  };
  const { type: _type, ...envelope } = activitiesTo("", connector.url).messageFrom(from, "");
  return {
    ...envelope,
    type: "invoke",
    name: "fileConsent/invoke",
    value,
    replyToId: "question-1",
  };
}

/** The address of a download, from the bot as it runs on one's own machine. */
async function localLink(): Promise<string> {
  const log = createLog("debug", { write: (line: string) => void lines.push(line) });
  const bot = await startBot(service.settings, { log });
  bots.push(bot);
  await activitiesTo(bot.url, connector.url).say(OFFICER, UPDATES);
  const card = connector.received.at(-1)?.card;
  return card ? addressOn(card, "Download") : "";
}

/** The bot as a council runs it, with the host of the test for files. */
async function production(
  changes: Partial<Settings> = {},
  isStore = (address: string) => address.startsWith(host.url),
) {
  const settings = readSettings({
    MODE: "production",
    BOT_APP_TYPE: "UserAssignedMsi",
    BOT_APP_ID: APP,
    TENANT_ID: TENANT,
    TABLES_ENDPOINT: "https://champions.table.core.windows.net",
    TURNS_OF_PERSON: "1000",
    LOG_LEVEL: "silent",
  });
  const { tables, host: loopback, port } = service.settings;
  if (settings.identity.kind === "off") throw new Error("Authentication is off");
  const identity = { ...settings.identity, serviceOrigins: [connector.url] };
  const clock = service.settings.clock;
  const bot = await startBot(
    { ...settings, clock, tables, host: loopback, port, identity, ...changes },
    { trust: issuer.trust, isStore },
  );
  bots.push(bot);
  const url = connector.url;
  const teams = activitiesTo(bot.url, url, async () => `Bearer ${await issuer.token(url)}`);
  return { teams };
}

type Mood = number | "redirect" | "hang up" | "never answer";

/** A stand-in for the host of people's files, on loopback. */
async function startFileHost() {
  const received: { method: string; headers: IncomingMessage["headers"]; body: Buffer }[] = [];
  const moods: Mood[] = [];
  const files = new Map<string, Buffer>();
  let sent = 0;
  const server = createServer(async (request, response) => {
    const { method = "", headers, url = "" } = request;
    const body = await buffer(request);
    const mood = moods.shift() ?? 200;
    if (mood === "never answer") return;
    if (mood === "hang up") {
      request.socket.destroy();
      return;
    }
    received.push({ method, headers, body });
    const isRedirect = mood === "redirect";
    response.writeHead(isRedirect ? 307 : mood, isRedirect ? { location: "/elsewhere" } : {});
    // Whoever has read enough hangs up.
    await pipeline(Readable.from(piecesOf(files.get(url))), response).catch(() => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    moods,
    files,
    /** Bytes of files that went out. */
    sent: () => sent,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  function* piecesOf(file: Buffer = Buffer.alloc(0)) {
    for (let from = 0; from < file.length; from += PIECE) {
      const piece = file.subarray(from, from + PIECE);
      sent += piece.length;
      yield piece;
    }
  }
}
