import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { readSettings, type Settings } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { startBot, type RunningBot } from "../src/main.ts";
import { recordWith } from "../src/measuring.ts";
import { openTables } from "../src/tables.ts";
import { createRecorder, type Recording } from "../src/telemetry/recorder.ts";
import { activitiesTo } from "./support/activities.ts";
import { startConnector } from "./support/connector.ts";
import {
  FRENCH,
  MEMBER,
  OFFICER,
  pressing,
  startTables,
  type TableService,
} from "./support/council.ts";
import { wholeCopyOf } from "./support/sample-copies.ts";

const PLANTED = ["Zelda", "Plantagenet", "Privet", "CB1 2AB", "07700"];
const SECRET = `${PLANTED.join(" ")} lives here`;
const STRANGER = { id: "99999999-0000-4000-8000-00000000beef", name: "Zelda Plantagenet" };
const NOWHERE =
  "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=bm90aGluZw==;TableEndpoint=http://127.0.0.1:9/devstoreaccount1;";

let service: TableService;
let connector: Awaited<ReturnType<typeof startConnector>>;
let spans: InMemorySpanExporter;
let metrics: InMemoryMetricExporter;
let reader: PeriodicExportingMetricReader;
let recording: Recording;
let bot: RunningBot;

beforeAll(async () => {
  service = await startTables();
  await wholeCopyOf(await service.sample(), openTables(service.settings));
});
beforeEach(async () => {
  connector = await startConnector();
  spans = new InMemorySpanExporter();
  metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  reader = new PeriodicExportingMetricReader({
    exporter: metrics,
    exportIntervalMillis: 3_600_000,
  });
  recording = createRecorder({ readers: [reader], processors: [new SimpleSpanProcessor(spans)] });
  recordWith(recording);
});
afterEach(async () => {
  await bot.stop();
  recordWith(undefined);
  await recording.end();
  await connector.stop();
});
afterAll(() => service.stop());

it("splits the time of a turn into its parts", async () => {
  const teams = await start();

  await teams.say(MEMBER, "next meeting");
  await bot.stop();

  const turn = all().find(({ name }) => name === "turn");
  expect(turn?.attributes).toMatchObject({ kind: "message", command: "next meeting" });
  const parts = all().filter(
    (span) => span.spanContext().traceId === turn?.spanContext().traceId && span !== turn,
  );
  for (const part of ["authentication", "understanding", "store", "card", "send"])
    expect(parts.map(({ name }) => name)).toContain(part);
  expect(await seriesOf("bot.turn.duration")).toContainEqual({ kind: "message", outcome: "done" });
  expect(await seriesOf("bot.store.duration")).toContainEqual(
    expect.objectContaining({ table: "meetings", outcome: "done" }),
  );
});

it("counts runs of jobs, and requests that were refused by their reason", async () => {
  // A day of its own: what was due on the others' day may be done already.
  const teams = await start({ ...service.settings, clock: "2019-09-26T09:00" });

  await teams.post({ ...teams.messageFrom(MEMBER, "help"), channelId: "elsewhere" });
  await fetch(`${bot.url}/api/messages`, { method: "POST", body: "x" });
  await teams.say(MEMBER, "help");
  // The first look at what is due begins by itself, after the start.
  while ((await seriesOf("bot.job.duration")).length === 0) await setTimeout(50);
  await bot.stop();

  expect(await seriesOf("bot.refusals")).toEqual(
    expect.arrayContaining([{ reason: "another channel" }, { reason: "not JSON" }]),
  );
  expect(await seriesOf("bot.job.duration")).toContainEqual(
    expect.objectContaining({ outcome: "done", job: expect.any(String) as string }),
  );
});

it("holds nothing of anybody in any attribute", async () => {
  const teams = await start();

  await teams.say(STRANGER, SECRET);
  await teams.say(FRENCH, `next meeting ${SECRET}`);
  await teams.say(OFFICER, "give role");
  await teams.say(FRENCH, "log update");
  const form = connector.received.at(-1)?.card;
  if (!form) throw new Error("No form came");
  const { verb, data } = pressing(form, "Submit", { updates: SECRET, contacts: SECRET });
  await teams.press(FRENCH, verb, data);
  await teams.press(STRANGER, `${SECRET}.forged`, { name: SECRET });
  await teams.post({ type: SECRET, text: SECRET, from: STRANGER });
  await bot.stop();

  const everything = JSON.stringify([
    all().map(({ name, attributes, status, events }) => [name, attributes, status, events]),
    await points(),
  ]);
  expect(all().length).toBeGreaterThan(20);
  expect(everything).toContain("champions.");
  for (const word of [...PLANTED, STRANGER.id, FRENCH.id, FRENCH.name, "chat-"])
    expect(everything).not.toContain(word);
});

it("leads from the reference on an error card to the line in the log and to the trace", async () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line: string) => void lines.push(line) });
  bot = await startBot({ ...service.settings, tables: { connectionString: NOWHERE } }, { log });
  const teams = activitiesTo(bot.url, connector.url);

  await teams.say(MEMBER, "next meeting");
  await bot.stop();

  const said = JSON.stringify(connector.received.at(-1));
  const reference = /reference ([\da-f]{8})/.exec(said)?.[1];
  const turn = all().find(({ attributes }) => attributes["reference"] === reference);
  const line = lines.find((each) => each.includes(String(reference)));
  expect(reference).toMatch(/^[\da-f]{8}$/);
  expect(JSON.parse(line ?? "{}")).toMatchObject({ reference, trace: turn?.spanContext().traceId });
});

describe("/metrics", () => {
  const TOKEN = "a-token-that-is-long-enough-for-anybody";

  it.each<[string, Record<string, string>, Record<string, string>, number]>([
    ["is not there unless it is asked for", {}, {}, 404],
    ["answers this machine", { METRICS: "on" }, {}, 200],
    ["does not answer through a proxy", { METRICS: "on" }, { "x-forwarded-for": "::1" }, 404],
    ["answers nobody without the token", { METRICS: "on", METRICS_TOKEN: TOKEN }, {}, 404],
    [
      "answers nobody with another token",
      { METRICS: "on", METRICS_TOKEN: TOKEN },
      { authorization: `Bearer ${TOKEN}x` },
      404,
    ],
    [
      "answers whoever has the token",
      { METRICS: "on", METRICS_TOKEN: TOKEN },
      { authorization: `Bearer ${TOKEN}`, "x-forwarded-for": "10.0.0.1" },
      200,
    ],
  ])("%s", async (_, environment, headers, status) => {
    bot = await startBot(settingsWith(environment));
    const teams = activitiesTo(bot.url, connector.url);
    await teams.say(MEMBER, "next meeting");

    const response = await fetch(`${bot.url}/metrics`, { headers });

    expect(response.status).toBe(status);
    const body = await response.text();
    const isShown = status === 200;
    expect(body.includes('bot_turn_duration_bucket{kind="message",outcome="done"')).toBe(isShown);
    expect(body.includes('table="meetings"')).toBe(isShown);
    expect(body.includes("bot_")).toBe(isShown);
  });
});

it("loads nothing of it where it is not wanted", async () => {
  bot = await startBot(service.settings);
  const program = `
    import { registerHooks } from "node:module";
    const seen = [];
    registerHooks({ resolve: (name, context, next) => (seen.push(name), next(name, context)) });
    await import("./src/main.ts");
    const { startTelemetry } = await import("./src/telemetry/index.ts");
    const telemetry = await startTelemetry({ telemetry: { kind: "none" } });
    console.log(JSON.stringify({ metrics: typeof telemetry.metrics, otel: seen.filter((name) => /opentelemetry/.test(name)) }));
    process.exit(0);`;

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", program],
    { cwd: join(import.meta.dirname, "..") },
  );

  expect(JSON.parse(stdout)).toEqual({ metrics: "undefined", otel: [] });
});

it("says what is wrong with its settings", () => {
  expect(() => settingsWith({ METRICS: "on", METRICS_TOKEN: "short" })).toThrow(/METRICS_TOKEN/);
  expect(() => settingsWith({ APPLICATIONINSIGHTS_CONNECTION_STRING: "x" })).toThrow(
    /APPLICATIONINSIGHTS_CONNECTION_STRING must be the connection string/,
  );
});

async function start(settings: Settings = service.settings) {
  bot = await startBot(settings);
  return activitiesTo(bot.url, connector.url);
}

function settingsWith(environment: Record<string, string>): Settings {
  const { telemetry } = readSettings({
    MODE: "local",
    HOST: "127.0.0.1",
    TABLES_CONNECTION_STRING: "UseDevelopmentStorage=true",
    ...environment,
  });
  return { ...service.settings, telemetry };
}

function all() {
  return spans.getFinishedSpans();
}

async function points() {
  await reader.forceFlush();
  const [last] = metrics.getMetrics().slice(-1);
  return (last?.scopeMetrics ?? []).flatMap((scope) =>
    scope.metrics.map(({ descriptor, dataPoints }) => ({
      name: descriptor.name,
      series: dataPoints.map(({ attributes }) => attributes),
    })),
  );
}

async function seriesOf(name: string) {
  return (await points()).filter((each) => each.name === name).flatMap(({ series }) => series);
}
