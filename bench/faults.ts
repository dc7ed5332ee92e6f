import { cpus } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startCouncil, type LoadedCouncil } from "./load/council.ts";
import { runMinute, type Outcome } from "./load/minute.ts";
import { printTable } from "./load/table.ts";
import { percentile } from "./statistics.ts";

// What people see while something is broken: `node bench/faults.ts`, or shorter with --seconds.

type Bot = Awaited<ReturnType<LoadedCouncil["startReplicas"]>>;

/** Something that breaks, and is whole again. */
interface Fault {
  readonly name: string;
  readonly begin: (bot: Bot) => Promise<unknown> | void;
  readonly end: (bot: Bot) => Promise<unknown> | void;
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
const HEAD = [
  "fault",
  "turns while broken",
  "answered",
  "told what to do",
  "Teams showed an error",
  "p99 ms",
  "acknowledged",
  "lost",
  "normal after, s",
];

// A signal ends the process in order: whatever it has started ends with it.
// Stopped by hand: nothing is measured any more, and what was started ends with this process.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

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
  ];
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
  { startReplicas, connector, isKept, answers }: LoadedCouncil,
  fault: Fault,
): Promise<string[]> {
  const bot = await startReplicas(Number(values.replicas));
  const about = { botUrl: bot.url, serviceUrl: connector.url };
  try {
    await runMinute({ ...about, people: 10, seconds: 2 });
    const before = await answers();
    const minute = runMinute({ ...about, people, seconds });
    await pause(BROKEN.from * 1000);
    await fault.begin(bot);
    await pause((BROKEN.until - BROKEN.from) * 1000);
    await fault.end(bot);
    const outcomes = await minute;
    await pause(SETTLE_MS);
    const troubled = (await answers()).troubled - before.troubled;
    const told = outcomes.flatMap(({ reference }) => reference ?? []);
    let lost = 0;
    for (const reference of told) if (!(await isKept(reference))) lost += 1;
    return [
      fault.name,
      ...rowOf(outcomes, troubled),
      String(told.length),
      String(lost),
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
