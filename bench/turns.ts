import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { CROWD, somebody } from "./crowd.ts";
import { z } from "zod/v4";
import { freePort } from "../src/local/free-port.ts";
import { firstAnswer, startLocalProcess, type LocalProcess } from "../src/local/local-process.ts";
import { CommitteePerson } from "../src/people/schema.ts";
import { post } from "./post.ts";
import { median, percentile } from "./statistics.ts";

/** How much is measured. A slice ends with its time or with its turns, whichever comes first. */
export interface TurnsSize {
  readonly rounds: number;
  readonly sliceMs: number;
  readonly mostTurns: number;
}

/** One kind of turn beside the echo bot's. */
export interface TurnsResult {
  readonly name: string;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Throughput over the echo bot's of the same round, in the middle of the rounds. */
  readonly ofEcho: number;
}

/** What an activity is sent to and what must come of it. */
interface Workload {
  readonly name: string;
  readonly botUrl: string;
  /** The next turn of a lane. A lane sends one turn at a time, like a person. */
  readonly turn: (lane: number) => { readonly activity: object; readonly answer?: string };
  /** What the last posted message says, where the answer is a message. */
  readonly posted?: string;
}

interface Slice {
  readonly perSecond: number;
  readonly latencies: readonly number[];
}

const ROOT = join(import.meta.dirname, "..");
/** Sixteen people at the same moment: more than this committee has. */
const LANES = 16;
/** Differs from run to run, so that two benches at once do not talk to each other's bots. */
const FIRST_PORT = 20_000 + (process.pid % 6000);
const PAUSE_MS = 100;
const ECHO = "echo bot";
/**
 * The months that updates are submitted for. Each goes to a meeting of its own, and none to the
 * next meeting, whose form must stay unsubmitted to be a form.
 */
const MONTHS = ["2019-11", "2019-12", "2020-01", "2020-03"];

const PeopleFile = z.object({ people: z.array(CommitteePerson) });
const Seen = z.object({ posts: z.number(), last: z.string() });
const agent = new Agent({ keepAlive: true, maxSockets: LANES });

/**
 * Turns per second of the bot beside a bare echo bot, in turns: echo, ours, echo, ours, so that a
 * machine that gets slower meanwhile is slower for both.
 */
export async function measureTurns(
  size: TurnsSize,
  environment: Record<string, string>,
  logFolder: string,
): Promise<TurnsResult[]> {
  const running: LocalProcess[] = [];
  try {
    const connectorUrl = await start("connector", join(import.meta.dirname, "connector.ts"));
    const echoUrl = await start("echo", join(import.meta.dirname, "echo-bot.ts"));
    const botUrl = await start("bot", join(ROOT, "src", "main.ts"));
    return await measureSideBySide(size, workloads(botUrl, echoUrl, connectorUrl), connectorUrl);
  } finally {
    agent.destroy();
    for (const each of running.toReversed()) await each.stop();
  }

  async function start(name: string, script: string): Promise<string> {
    const port = await freePort(FIRST_PORT);
    const url = `http://127.0.0.1:${port}`;
    const program = {
      name: `The ${name} of the bench`,
      script,
      // The peers take their port as an argument, the bot from its settings.
      args: name === "bot" ? [] : [String(port)],
      logFile: join(logFolder, `${name}.log`),
      environment: { ...environment, PORT: String(port) },
    };
    const child = await startLocalProcess(program);
    running.push(child);
    await firstAnswer(program, child, () => isListening(url));
    return url;
  }
}

async function measureSideBySide(
  { rounds, sliceMs, mostTurns }: TurnsSize,
  { echo, ours }: { readonly echo: Workload; readonly ours: readonly Workload[] },
  connectorUrl: string,
): Promise<TurnsResult[]> {
  // Everybody has spoken once before the clock starts: where they are is written down then.
  for (const workload of ours.slice(0, 1)) await everybody(workload);
  for (const workload of [echo, ...ours]) await slice(workload);
  const all = new Map([echo, ...ours].map(({ name }) => [name, [] as Slice[]]));
  const ratios = new Map(ours.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const workload of ours) {
      // Every other round the echo bot comes second, so neither always has the warmer machine.
      const order = round % 2 === 0 ? [echo, workload] : [workload, echo];
      const pair = new Map<string, Slice>();
      for (const each of order) {
        const measured = await slice(each);
        pair.set(each.name, measured);
        all.get(each.name)?.push(measured);
      }
      const [mine, theirs] = [pair.get(workload.name), pair.get(ECHO)];
      if (mine && theirs) ratios.get(workload.name)?.push(mine.perSecond / theirs.perSecond);
    }
  return [...all].map(([name, slices]) => summary(name, slices, ratios.get(name) ?? [1]));

  async function slice(workload: Workload): Promise<Slice> {
    const before = await seen(connectorUrl);
    const measured = await runSlice(workload, sliceMs, mostTurns);
    const after = await seen(connectorUrl);
    checkPosted(workload, measured.latencies.length, before.posts, after);
    // What a turn leaves to do after its answer must not fall into the next slice.
    await pause(PAUSE_MS);
    return measured;
  }
}

async function everybody({ botUrl, turn }: Workload): Promise<void> {
  for (let count = 0; count < CROWD; count += 1)
    await post(`${botUrl}/api/messages`, JSON.stringify(turn(0).activity), { agent });
}

async function runSlice(
  { name, botUrl, turn }: Workload,
  sliceMs: number,
  mostTurns: number,
): Promise<Slice> {
  const latencies: number[] = [];
  const began = performance.now();
  await Promise.all(Array.from({ length: LANES }, (_, lane) => runLane(lane)));
  return { perSecond: (latencies.length * 1000) / (performance.now() - began), latencies };

  async function runLane(lane: number): Promise<void> {
    for (let left = mostTurns / LANES; left > 0 && performance.now() - began < sliceMs; left -= 1) {
      const { activity, answer = "" } = turn(lane);
      const sent = performance.now();
      const response = await post(`${botUrl}/api/messages`, JSON.stringify(activity), { agent });
      latencies.push(performance.now() - sent);
      if (response.status !== 200 || !response.body.includes(answer))
        throw new Error(
          `${name}: not the answer that was expected, but ${response.status} ${response.body}`,
        );
    }
  }
}

function checkPosted(
  { name, posted }: Workload,
  turns: number,
  before: number,
  after: z.infer<typeof Seen>,
): void {
  if (posted === undefined) return;
  const count = after.posts - before;
  if (count !== turns)
    throw new Error(`${name}: ${turns} turns were answered with ${count} messages`);
  if (!after.last.includes(posted)) throw new Error(`${name}: the answer was ${after.last}`);
}

function summary(name: string, slices: readonly Slice[], ratios: readonly number[]): TurnsResult {
  const latencies = slices.flatMap((each) => each.latencies);
  return {
    name,
    perSecond: median(slices.map(({ perSecond }) => perSecond)),
    p50Ms: median(latencies),
    p99Ms: percentile(latencies, 0.99),
    ofEcho: median(ratios),
  };
}

function workloads(botUrl: string, echoUrl: string, serviceUrl: string) {
  const file: unknown = JSON.parse(readFileSync(join(ROOT, "data", "people.json"), "utf8"));
  const champions = PeopleFile.parse(file).people.flatMap(({ id, name, roles }) => {
    const district = roles.find(({ role }) => role === "champion")?.district;
    return district ? [{ id, name, district }] : [];
  });
  const championOf = (lane: number) => at(champions, lane);
  let asked = 0;
  const next = () => somebody((asked += 1));
  const versions = Array.from({ length: LANES }, () => 0);

  const echo: Workload = {
    name: ECHO,
    botUrl: echoUrl,
    turn: () => ({ activity: message(serviceUrl, next(), "help") }),
    posted: "You said help",
  };
  const ours: Workload[] = [
    {
      name: "help",
      botUrl,
      turn: () => ({ activity: message(serviceUrl, next(), "help") }),
      posted: "What you can do here",
    },
    {
      name: "open the form",
      botUrl,
      // This district's last update is the longest, so its form has the most in it.
      turn: () => ({ activity: message(serviceUrl, next(), "log update") }),
      posted: "Monthly update for East Cambridgeshire",
    },
    { name: "submit", botUrl, turn: submit },
  ];
  return { echo, ours };

  /** Each lane has a champion and a month of its own and writes the next version of that update. */
  function submit(lane: number) {
    const person = championOf(lane);
    const version = versions[lane] ?? 0;
    versions[lane] = version + 1;
    const month = at(MONTHS, Math.floor(lane / champions.length));
    const data = {
      month,
      openedFor: month,
      district: person.district,
      version,
      operation: randomUUID(),
      updates: `The timebank has ${version + 30} members.\nThe library opens on Sundays.`,
      contacts: "Met the parish clerks about the bus.",
      goodPractice: "Neighbours clear each other's paths of snow.",
      priorities: "library-services,poverty",
      carry: "",
    };
    return {
      activity: press(serviceUrl, person, "champions.submit", data),
      answer: `, version ${version + 1}`,
    };
  }
}

interface Sender {
  readonly id: string;
  readonly name: string;
}

function message(serviceUrl: string, person: Sender, words: string) {
  return { ...activityFrom(serviceUrl, person), type: "message", text: words, textFormat: "plain" };
}

function press(serviceUrl: string, person: Sender, verb: string, data: object) {
  return {
    ...activityFrom(serviceUrl, person),
    type: "invoke",
    name: "adaptiveCard/action",
    replyToId: "message-of-the-form",
    value: { action: { type: "Action.Execute", title: "Submit", verb, data }, trigger: "manual" },
  };
}

/** What every activity of a personal chat carries. */
function activityFrom(serviceUrl: string, { id, name }: Sender) {
  const tenant = "0c0ffee0-0000-4000-8000-000000000001";
  return {
    id: randomUUID(),
    channelId: "msteams",
    serviceUrl,
    timestamp: "2019-09-25T08:00:00.000Z",
    localTimestamp: "2019-09-25T09:00:00.000+01:00",
    localTimezone: "Europe/London",
    locale: "en-GB",
    from: { id: `user-${id}`, name, aadObjectId: id },
    recipient: { id: "bot", name: "Community Champions" },
    conversation: { conversationType: "personal", tenantId: tenant, id: `chat-${id}` },
    channelData: { tenant: { id: tenant } },
    entities: [{ type: "clientInfo", locale: "en-GB", country: "GB", platform: "Web" }],
  };
}

async function seen(connectorUrl: string): Promise<z.infer<typeof Seen>> {
  return Seen.parse(await (await fetch(`${connectorUrl}/seen`)).json());
}

async function isListening(url: string): Promise<true | undefined> {
  try {
    await (await fetch(`${url}/healthz`)).arrayBuffer();
    return true;
  } catch {
    return undefined;
  }
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined)
    throw new Error("Nothing to choose from: the sample council has no champions");
  return item;
}
