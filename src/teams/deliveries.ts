import { setTimeout } from "node:timers/promises";
import type { Activity } from "botbuilder";
import type { Logger } from "pino";
import { addDays, dayOf, type Day, type Instant } from "../calendar.ts";
import { join, key, MOST_IN_TRANSACTION, split } from "../tables.ts";
import type { Row, Table, Tables } from "../tables.ts";

/** Teams gives up on an activity before this, so an older one is not remembered here. */
const REMEMBER_MS = 60_000;
/** Each with a card of at most 100 KB. */
const MOST_REMEMBERED = 1000;

/** Another replica's answer is looked for so long: Teams waits 5 seconds for a press. */
const LONGEST_WAIT_MS = 3000;
const LOOK_EVERY_MS = 200;

/** Rows of the days before yesterday are taken away, as far back as two months without the bot. */
const DAYS_SWEPT = 60;

/**
 * Teams delivers an activity again when it waited 15 seconds for an answer, or lost it: a message
 * once, a press up to three times, to any replica. On this replica the second delivery gets what
 * the first one got. Table `deliveries`, partition day, row conversation, activity and person: what
 * one replica has taken up no other one does, and the answer to a press is kept there, so that
 * another replica can give the same.
 */
export function createDeliveries(
  tables: Tables,
  log: Logger,
  afterwards: (work: Promise<unknown>) => void,
) {
  let sweptOn = "";
  const create = creatingTogether(async () => tables("deliveries"));
  const underWay = new Map<string, { result: Promise<unknown>; since: number }>();
  return { once, claim, answerOnce, release };

  /** Does the work for the first delivery; a later one waits for the same result. */
  function once<Result>(activity: Activity, work: () => Promise<Result>): Promise<Result> {
    if (!activity.id) return work();
    forgetOld();
    const id = nameOf(activity);
    // What is kept under a name is what the work of that same activity gave.
    const earlier = underWay.get(id)?.result as Promise<Result> | undefined;
    if (earlier) return earlier;
    const result = work();
    underWay.set(id, { result, since: performance.now() });
    result.catch(() => underWay.delete(id));
    return result;
  }

  /** Whether this replica is the one that takes it up. While the tables are away, any replica is. */
  async function claim(activity: Activity, now: Instant): Promise<boolean> {
    if (!activity.id) return true;
    if (sweptOn !== dayOf(now)) {
      sweptOn = dayOf(now);
      afterwards(sweep(sweptOn));
    }
    try {
      return await create(keysOf(activity, now));
    } catch (error) {
      log.warn({ err: error }, "a delivery could not be claimed");
      return true;
    }
  }

  /**
   * The answer to a press, found by the one replica that takes it up, in JSON. Undefined while that
   * is still at it.
   */
  async function answerOnce(
    activity: Activity,
    now: Instant,
    work: () => Promise<string>,
  ): Promise<string | undefined> {
    if (!(await claim(activity, now))) return answerOfAnother(activity, now);
    const answer = await work();
    if (activity.id) afterwards(keep(activity, now, answer));
    return answer;
  }

  async function keep(activity: Activity, now: Instant, answer: string): Promise<void> {
    await (
      await tables("deliveries")
    ).put({ ...keysOf(activity, now), ...split("answer", answer) });
  }

  async function answerOfAnother(activity: Activity, now: Instant): Promise<string | undefined> {
    const table = await tables("deliveries");
    const { partitionKey, rowKey } = keysOf(activity, now);
    for (let waited = 0; waited < LONGEST_WAIT_MS; waited += LOOK_EVERY_MS) {
      const row = await table.find(partitionKey, rowKey);
      const answer = row && join("answer", row);
      if (answer) return answer;
      await setTimeout(LOOK_EVERY_MS);
    }
    return undefined;
  }

  /** The answer could not be sent, so a later delivery may answer. */
  async function release(activity: Activity, now: Instant): Promise<void> {
    underWay.delete(nameOf(activity));
    const { partitionKey, rowKey } = keysOf(activity, now);
    await (await tables("deliveries")).remove(partitionKey, rowKey);
  }

  async function sweep(today: Day): Promise<void> {
    const table = await tables("deliveries");
    for (let back = 2; back < 2 + DAYS_SWEPT; back += 1) {
      const rows = await table.list(key(addDays(today, -back)));
      for (let start = 0; start < rows.length; start += MOST_IN_TRANSACTION) {
        const together = rows.slice(start, start + MOST_IN_TRANSACTION);
        await table.write(
          together.map(({ partitionKey, rowKey }) => ({ remove: { partitionKey, rowKey } })),
        );
      }
    }
  }

  function forgetOld(): void {
    for (const [id, { since }] of underWay) {
      const isOld = performance.now() - since > REMEMBER_MS;
      if (!isOld && underWay.size <= MOST_REMEMBERED) return;
      underWay.delete(id);
    }
  }
}

/**
 * Creates rows one transaction after the other: whatever is asked for while one is under way goes
 * into the next. A row for each message would cost a busy bot half its speed.
 */
function creatingTogether(open: () => Promise<Table>) {
  let waiting: Wish[] = [];
  let isWriting = false;
  return (row: Row): Promise<boolean> =>
    new Promise((resolve, reject) => {
      waiting.push({ row, resolve, reject });
      void writeAll();
    });

  async function writeAll(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    while (waiting.length > 0) {
      const together = takeTogether();
      try {
        await write(await open(), together);
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    isWriting = false;
  }

  /** A transaction is one partition, so many rows at most, each once. */
  function takeTogether(): Wish[] {
    const [first] = waiting;
    const taken = new Map<string, Wish>();
    for (const wish of waiting) {
      const { partitionKey, rowKey } = wish.row;
      if (
        partitionKey === first?.row.partitionKey &&
        taken.size < MOST_IN_TRANSACTION &&
        !taken.has(rowKey)
      )
        taken.set(rowKey, wish);
    }
    const together = [...taken.values()];
    waiting = waiting.filter((wish) => !together.includes(wish));
    return together;
  }
}

async function write(table: Table, together: readonly Wish[]): Promise<void> {
  const areAllNew =
    together.length > 1 && (await table.write(together.map(({ row }) => ({ create: row }))));
  // One that is there already undoes the whole transaction, so then each is asked for alone.
  await Promise.all(
    together.map(async ({ row, resolve }) => resolve(areAllNew || (await table.create(row)))),
  );
}

interface Wish {
  readonly row: Row;
  readonly resolve: (isNew: boolean) => void;
  readonly reject: (error: unknown) => void;
}

function keysOf(activity: Activity, now: Instant) {
  return { partitionKey: key(dayFor(activity, now)), rowKey: nameOf(activity) };
}

/** The day it was written, which stays the same when it is delivered again after midnight. */
function dayFor({ timestamp }: Activity, now: Instant): Day {
  const written = String(timestamp ?? "").slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(written) ? written : dayOf(now);
}

/** Another person's or another kind of activity is never the same one. */
function nameOf({ conversation, id = "", type, from }: Activity): string {
  return key(conversation.id, id, type, from.aadObjectId ?? "");
}
