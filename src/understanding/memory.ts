import { z } from "zod/v4";
import { addDays, dayOf, millisecondsBetween, type Instant } from "../calendar.ts";
import type { Job, Slots, Turn } from "../feature.ts";
import { key, type Tables } from "../tables.ts";

/** So long a short question still belongs to the one before. */
const LASTS_MS = 10 * 60_000;
/** So long what somebody writes may still belong to what they told in confidence. */
const QUIET_MS = 60 * 60_000;
/** Days that may have been missed while no replica ran. */
const DAYS_TO_FORGET = 7;

/** What was asked last: the command and what it was told, never the words. */
const Asked = z.object({
  command: z.string(),
  slots: z.object({
    district: z.string().optional(),
    place: z.string().optional(),
    month: z.string().optional(),
    dates: z.array(z.string()).optional(),
    period: z.string().optional(),
    indicator: z.string().optional(),
    person: z.string().optional(),
    action: z.string().optional(),
  }),
  at: z.string(),
});
type Asked = z.infer<typeof Asked>;

export type Memory = ReturnType<typeof createMemory>;

/**
 * Table `questions`: partition day, row conversation and person. It holds what each of them asked
 * last in a conversation, so that every replica understands "and Fenland?". No text, no search, no
 * signposting. Where a planner is asked, a second row says since when nothing of the conversation may
 * go there, and not why. Days that are over are deleted.
 */
export function createMemory(tables: Tables) {
  const forget: Job = {
    name: "forgetting questions",
    due: (_committee, now) => dayOf(now),
    run: (_committee, now) => forgetBefore(now),
  };
  return { remember, recall, drop, hush, isHushed, forget };

  async function remember(turn: Turn, command: string, slots: Slots): Promise<void> {
    const asked = Asked.parse({ command, slots, at: turn.now.toString() });
    const table = await tables("questions");
    await table.put({ ...keysOf(turn), asked: JSON.stringify(asked) });
  }

  /** Forgets what the person asked last in this conversation. */
  async function drop(turn: Turn): Promise<void> {
    const { partitionKey, rowKey } = keysOf(turn);
    await (await tables("questions")).remove(partitionKey, rowKey);
  }

  /** What the person asked last in this conversation, if that was a few minutes ago. */
  async function recall(turn: Turn): Promise<{ command: string; slots: Slots } | undefined> {
    const { partitionKey, rowKey } = keysOf(turn);
    const table = await tables("questions");
    const row = await table.find(partitionKey, rowKey);
    const asked = row && readAsked(row["asked"]);
    if (!asked || millisecondsBetween(asked.at, turn.now) > LASTS_MS) return undefined;
    // Left-out slots are absent in JSON, and so they are here.
    return { command: asked.command, slots: JSON.parse(JSON.stringify(asked.slots)) };
  }

  /** From now on nothing that the person says here goes to a planner, for an hour. */
  async function hush(turn: Turn): Promise<void> {
    const table = await tables("questions");
    await table.put({ ...quietOf(turn), since: turn.now.toString() });
  }

  /** Whether the hour is not over. It may have begun yesterday. */
  async function isHushed(turn: Turn): Promise<boolean> {
    const table = await tables("questions");
    const begun = turn.now.subtract({ milliseconds: QUIET_MS });
    const days = new Set([turn.now, begun].map(dayOf));
    const rows = [...days].map((day) => table.find(day, quietOf(turn).rowKey));
    return (await Promise.all(rows)).some(
      (row) => row && millisecondsBetween(String(row["since"]), turn.now) <= QUIET_MS,
    );
  }

  async function forgetBefore(now: Instant): Promise<void> {
    const table = await tables("questions");
    const [from, through] = [addDays(dayOf(now), -DAYS_TO_FORGET), addDays(dayOf(now), -1)];
    for (const { partitionKey, rowKey } of await table.list({ from, through }))
      await table.remove(partitionKey, rowKey);
  }
}

function keysOf({ place, person, committee, now }: Turn) {
  return { partitionKey: dayOf(now), rowKey: key(committee.id, place.conversation, person.id) };
}

function quietOf(turn: Turn) {
  const { partitionKey, rowKey } = keysOf(turn);
  return { partitionKey, rowKey: `${rowKey}${key("", "quiet")}` };
}

function readAsked(text: unknown): Asked | undefined {
  const read = Asked.safeParse(JSON.parse(String(text)));
  return read.success ? read.data : undefined;
}
