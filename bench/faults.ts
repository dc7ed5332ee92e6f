import { cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { endInOrder } from "./end-in-order.ts";
import { startCouncil, type LoadedCouncil } from "./load/council.ts";
import { runMinute, type Outcome } from "./load/minute.ts";
import { isPress } from "./load/people.ts";
import { printTable } from "./load/table.ts";
import { percentile } from "./statistics.ts";

// What people see while something is broken: `node bench/faults.ts`, or shorter with --seconds.

type Bot = Awaited<ReturnType<LoadedCouncil["startReplicas"]>>;

/** Something that breaks, and is whole again. */
interface Fault {
  readonly name: string;
  readonly begin: (bot: Bot) => Promise<unknown> | void;
  readonly end: (bot: Bot) => Promise<unknown> | void;
  /** The replicas' clocks go on and can be put forward and back. */
  readonly hasClock?: boolean;
}

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "120" },
    people: { type: "string", default: "50" },
    replicas: { type: "string", default: "3" },
    only: { type: "string", default: "" },
  },
});
const seconds = Number(values.seconds);
const people = Number(values.people);
/** It breaks after a quarter of the time, for half of it. */
const BROKEN = { from: seconds / 4, until: (seconds * 3) / 4 };
/** What goes on after the answers: posts that are tried again, cards that are replaced. */
const SETTLE_MS = 3000;
/** What the clock of a replica does at these (load/jumping-clock.ts). */
const [FORWARD, BACK] = ["SIGUSR2", "SIGWINCH"] as const;
const HEAD = [
  "fault",
  "turns while broken",
  "answered",
  "told what to do",
  "Teams showed an error",
  "p99 ms",
  "acknowledged",
  "lost",
  "doubled",
  "messages without an answer",
  "posted unasked",
  "normal after, s",
];
const CLOCK = {
  preloads: [new URL("load/jumping-clock.ts", import.meta.url)],
  // Not pinned.
  environment: { CLOCK: "" },
};

endInOrder();

const council = await startCouncil();
try {
  const rows: string[][] = [];
  for (const fault of faults(council))
    if (fault.name.includes(values.only)) {
      rows.push(await measure(council, fault));
      // Somebody may not wait for the end.
      console.log((rows.at(-1) ?? []).join(", "));
    }
  console.log(
    `Node ${process.version}, ${cpus().length} processors, ${cpus()[0]?.model ?? ""}. ${people} people, replicas: ${values.replicas}, broken for ${seconds / 2} seconds.\n`,
  );
  printTable(HEAD, rows);
} finally {
  await council.stop();
}

function faults({ store, connector }: LoadedCouncil): Fault[] {
  return [
    { name: "none", begin: () => undefined, end: () => undefined },
    behind(store.url, "store answers 503", "503"),
    behind(store.url, "store does not answer", "hang"),
    behind(store.url, "store is gone", "gone"),
    behind(connector.url, "connector answers 429", "429"),
    behind(connector.url, "connector takes it, then answers 502", "502"),
    behind(connector.url, "connector does not answer", "hang"),
    {
      name: "a replica is killed",
      begin: ({ replicas }) => {
        const pid = replicas[0]?.child.pid;
        if (pid !== undefined) process.kill(pid, "SIGKILL");
      },
      end: () => undefined,
    },
    {
      name: "replicas are restarted one by one",
      begin: ({ restartEach }) => restartEach(),
      end: () => undefined,
    },
    jump("one clock a day forward", { of: 1, by: FORWARD, back: BACK }),
    jump("all clocks a day forward", { of: Infinity, by: FORWARD, back: BACK }),
    jump("one clock a day back", { of: 1, by: BACK, back: FORWARD }),
    jump("all clocks a day back", { of: Infinity, by: BACK, back: FORWARD }),
  ];
}

/** Clocks that jump, and jump back when it is mended. */
function jump(
  name: string,
  { of, by, back }: { of: number; by: NodeJS.Signals; back: NodeJS.Signals },
): Fault {
  const tell = ({ replicas }: Bot, signal: NodeJS.Signals) => {
    for (const { child } of replicas.slice(0, of)) process.kill(child.pid, signal);
  };
  return { name, hasClock: true, begin: (bot) => tell(bot, by), end: (bot) => tell(bot, back) };
}

/** What the proxy or the stand-in at this address does instead of its work. */
function behind(url: string, name: string, kind: string): Fault {
  return {
    name,
    begin: () => fetch(`${url}/fault`, { method: "POST", body: kind }),
    end: () => fetch(`${url}/fault`, { method: "POST", body: "none" }),
  };
}

async function measure(
  { startReplicas, connector, isKept, answers, recordsDoubled }: LoadedCouncil,
  fault: Fault,
): Promise<string[]> {
  const bot = await startReplicas(Number(values.replicas), fault.hasClock ? CLOCK : {});
  const about = { botUrl: bot.url, serviceUrl: connector.url };
  try {
    await runMinute({ ...about, people: 10, seconds: 2 });
    await pause(SETTLE_MS);
    const before = await answers();
    const twice = await recordsDoubled();
    const began = performance.now();
    const until = (second: number) =>
      pause(Math.max(0, second * 1000 - (performance.now() - began)));
    const minute = runMinute({ ...about, people, seconds });
    await until(BROKEN.from);
    await fault.begin(bot);
    await until(BROKEN.until);
    await fault.end(bot);
    const outcomes = await minute;
    await pause(SETTLE_MS);
    const after = await answers();
    const troubled = after.troubled - before.troubled;
    for (const post of after.unasked.slice(before.unasked.length)) console.log(`Unasked: ${post}`);
    const messages = outcomes.filter(({ kind }) => !isPress(kind)).length;
    const told = outcomes.flatMap(({ reference }) => reference ?? []);
    let lost = 0;
    for (const reference of told) if (!(await isKept(reference))) lost += 1;
    return [
      fault.name,
      ...rowOf(outcomes, troubled),
      String(told.length),
      String(lost),
      String(after.repeated - before.repeated + (await recordsDoubled()) - twice),
      String(messages - (after.answered - before.answered)),
      String(after.unasked.length - before.unasked.length),
      normalAfter(outcomes),
    ];
  } finally {
    await bot.stop();
  }
}

function rowOf(outcomes: readonly Outcome[], troubled: number): string[] {
  const during = outcomes.filter(
    ({ at, ms }) => at + ms > BROKEN.from * 1000 && at < BROKEN.until * 1000,
  );
  const answered = during.filter(({ saw }) => saw === "answered").length;
  const waiting = during.filter(({ saw }) => saw === "told to wait").length;
  return [
    String(during.length),
    String(answered - troubled),
    String(waiting + troubled),
    String(during.length - answered - waiting),
    percentile(
      during.map(({ ms }) => ms),
      0.99,
    ).toFixed(0),
  ];
}

/** From the mend to the end of the last turn that was sent after it and went wrong or took long. */
function normalAfter(outcomes: readonly Outcome[]): string {
  const mended = BROKEN.until * 1000;
  const late = outcomes.filter(
    ({ at, ms, saw }) => at >= mended && (saw !== "answered" || ms > 1000),
  );
  return (Math.max(0, ...late.map(({ at, ms }) => at + ms - mended)) / 1000).toFixed(1);
}
