import { memoryOf, runMinute } from "./minute.ts";
import type { LoadedCouncil } from "./council.ts";
import { printTable } from "./table.ts";

/** So many people are at it all the time. */
const PEOPLE = 50;
const MINUTES = 60;
/** Memory goes up and down with what is collected, so the least of ten minutes is compared. */
const WINDOW = 10;

/**
 * The turns of an hour, one minute after the other without the time between: what is kept of each
 * turn adds up as it would in an hour.
 */
export async function measureHour(
  { startReplicas, connector }: LoadedCouncil,
  secondsOfMinute: number,
): Promise<void> {
  const bot = await startReplicas(1);
  const [replica] = bot.replicas;
  const about = { botUrl: bot.url, serviceUrl: connector.url, people: PEOPLE };
  const samples: number[] = [];
  let turns = 0;
  let answered = 0;
  let calm = 0;
  try {
    for (let minute = 0; minute < MINUTES; minute += 1) {
      const outcomes = await runMinute({ ...about, seconds: secondsOfMinute });
      turns += outcomes.length;
      answered += outcomes.filter(({ saw }) => saw === "answered").length;
      if (replica) samples.push(memoryOf(replica.child.pid));
    }
    // A minute that takes one: memory is given back where there is time for it.
    await runMinute({ ...about, seconds: 60 });
    if (replica) calm = memoryOf(replica.child.pid);
  } finally {
    await bot.stop();
  }
  const windows = Array.from({ length: MINUTES / WINDOW }, (_, at) =>
    samples.slice(at * WINDOW, (at + 1) * WINDOW),
  );
  const least = windows.map((window) => Math.min(...window));
  printTable(
    ["an hour of 50 people, minutes", "least MB", "most MB"],
    windows.map((window, at) => [
      `${at * WINDOW + 1} to ${(at + 1) * WINDOW}`,
      (least[at] ?? 0).toFixed(0),
      Math.max(...window).toFixed(0),
    ]),
  );
  // The first minutes load what is used for the first time.
  const growth = (least.at(-1) ?? 0) - (least[1] ?? 0);
  console.log(
    `Turns: ${turns}. Answered: ${answered}. From minutes 11 to 20 until the last ten, MB: ${growth.toFixed(0)}. After a minute at people's own pace, MB: ${calm.toFixed(0)}\n`,
  );
}
