import { cpus } from "node:os";
import { setInterval } from "node:timers";
import { parseArgs } from "node:util";
import { endInOrder } from "./end-in-order.ts";
import { startCouncil, type LoadedCouncil } from "./load/council.ts";
import { measureHour } from "./load/hour.ts";
import { memoryOf, runMinute, type Outcome } from "./load/minute.ts";
import { isPress, KINDS } from "./load/people.ts";
import { printTable } from "./load/table.ts";
import { percentile } from "./statistics.ts";

// Everybody's mixed minute: `node bench/load.ts`, or shorter with --seconds, --people, --replicas. Then
// the turns of an hour, each minute of them in so many seconds (--minute; 0 leaves the hour out).

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    people: { type: "string", default: "50,200,1000" },
    replicas: { type: "string", default: "1,3" },
    minute: { type: "string", default: "4" },
  },
});
const seconds = Number(values.seconds);
const HEAD = ["", "turns", "per second", "p50 ms", "p99 ms", "told to wait", "errors"];

endInOrder();

const council = await startCouncil();
try {
  console.log(`Node ${process.version}, ${cpus().length} processors, ${cpus()[0]?.model ?? ""}\n`);
  for (const count of numbers(values.replicas)) await measureReplicas(council, count);
  if (Number(values.minute) > 0) await measureHour(council, Number(values.minute));
} finally {
  await council.stop();
}

async function measureReplicas(
  { startReplicas, connector, echo, isKept, answers }: LoadedCouncil,
  count: number,
): Promise<void> {
  const bot = await startReplicas(count);
  const serviceUrl = connector.url;
  try {
    await runMinute({ botUrl: bot.url, serviceUrl, people: 10, seconds: 2 });
    for (const people of numbers(values.people)) {
      const pids = bot.replicas.map(({ child }) => child.pid);
      const highest = pids.map(() => 0);
      const watch = setInterval(() => {
        for (const [at, pid] of pids.entries())
          highest[at] = Math.max(highest[at] ?? 0, memoryOf(pid));
      }, 500);
      const before = await answers();
      const ours = await runMinute({ botUrl: bot.url, serviceUrl, people, seconds });
      clearInterval(watch);
      const after = await answers();
      const theirs = await runMinute({
        ...{ botUrl: echo.url, serviceUrl, people, seconds },
        isEcho: true,
      });
      const told = ours.flatMap(({ reference }) => reference ?? []);
      let lost = 0;
      for (const reference of told) if (!(await isKept(reference))) lost += 1;
      printTable(
        [`${people} people, replicas: ${count}`, ...HEAD.slice(1)],
        [
          ...KINDS.map((kind) =>
            row(
              kind,
              ours.filter((each) => each.kind === kind),
            ),
          ),
          row("all", ours),
          row("echo bot", theirs),
        ],
      );
      const messages = ours.filter(({ kind }) => !isPress(kind)).length;
      console.log(
        `Messages: ${messages}. Answers in chat: ${after.posts - before.posts}, of them saying that something did not work: ${after.troubled - before.troubled}.`,
      );
      const memory = highest.map((each) => each.toFixed(0)).join(", ");
      console.log(`Records acknowledged: ${told.length}. Lost: ${lost}. Memory, MB: ${memory}\n`);
    }
  } finally {
    await bot.stop();
  }
}

function row(name: string, outcomes: readonly Outcome[]): string[] {
  const times = outcomes.map(({ ms }) => ms);
  const end = Math.max(...outcomes.map(({ at, ms }) => at + ms)) / 1000;
  const waiting = outcomes.filter(({ saw }) => saw === "told to wait").length;
  const answered = outcomes.filter(({ saw }) => saw === "answered").length;
  return [
    name,
    String(outcomes.length),
    (outcomes.length / end).toFixed(1),
    percentile(times, 0.5).toFixed(0),
    percentile(times, 0.99).toFixed(0),
    String(waiting),
    String(outcomes.length - answered - waiting),
  ];
}

function numbers(list: string): number[] {
  return list.split(",").filter(Boolean).map(Number);
}
