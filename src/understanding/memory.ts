import { z } from "zod/v4";
import { addDays, dayOf, millisecondsBetween, type Day, type Instant } from "../calendar.ts";
import type { Job, Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
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
  /** What the bot asked back: one of these is meant, and only the person knows which. */
  choices: z.array(z.string()).optional(),
  /** Nothing was said yet of what it can be told. */
  isOpen: z.boolean().default(false),
  slots: z.object({
    district: z.string().optional(),
    place: z.string().optional(),
    month: z.string().optional(),
    dates: z.array(z.string()).optional(),
    period: z.string().optional(),
    indicator: z.string().optional(),
    person: z.string().optional(),
    action: z.string().optional(),
    role: z.string().optional(),
    status: z.literal("complete").optional(),
  }),
  at: z.string(),
});
type Asked = z.infer<typeof Asked>;

export type Memory = ReturnType<typeof createMemory>;

/** What somebody asked last, or was asked back. */
export interface Before {
  /** Empty where the bot asked back which command is meant. */
  readonly command: string;
  readonly choices: readonly string[];
  /** Nothing was said yet of what the command can be told. */
  readonly isOpen: boolean;
  readonly slots: Slots;
}

/**
 * Table `questions`: partition day, row conversation and person. It holds what each of them asked
 * last in a conversation, or was asked back, so that every replica understands "and Fenland?" and
 * "the october one". No text, no search, no signposting. Where a planner is asked, a second row says
 * since when nothing of the conversation may go there, and not why. A day is deleted once nothing of
 * it can count any more, an hour after its end.
 */
export function createMemory(tables: Tables) {
  const forget: Job = {
    name: "forgetting questions",
    due: (_committee, now) => dayOf(before(now, QUIET_MS)),
    run: (_committee, now) => forgetBefore(before(now, QUIET_MS)),
  };
  return { remember, recall, drop, hush, isHushed, forget };

  async function remember(turn: Turn, asked: Before): Promise<void> {
    const kept = Asked.parse({ ...asked, at: turn.now.toString() });
    const table = await tables("questions");
    await table.put({ ...keysOf(turn), asked: JSON.stringify(kept) });
  }

  /** Forgets what the person asked last in this conversation. */
  async function drop(turn: Turn): Promise<void> {
    const table = await tables("questions");
    const { rowKey } = keysOf(turn);
    await Promise.all(daysSince(turn.now, LASTS_MS).map((day) => table.remove(day, rowKey)));
  }

  /** What the person asked last in this conversation, if that was a few minutes ago, be it yesterday. */
  async function recall(turn: Turn): Promise<Before | undefined> {
    const table = await tables("questions");
    const { rowKey } = keysOf(turn);
    const rows = await Promise.all(
      daysSince(turn.now, LASTS_MS).map((day) => table.find(day, rowKey)),
    );
    const asked = rows.flatMap((row) => (row && readAsked(row["asked"])) ?? [])[0];
    if (!asked || millisecondsBetween(asked.at, turn.now) > LASTS_MS) return undefined;
    const { command, choices = [], isOpen, slots } = asked;
    // Left-out slots are absent in JSON, and so they are here.
    return { command, choices, isOpen, slots: JSON.parse(JSON.stringify(slots)) };
  }

  /** From now on nothing that the person says here goes to a planner, for an hour. */
  async function hush(turn: Turn): Promise<void> {
    const table = await tables("questions");
    await table.put({ ...quietOf(turn), since: turn.now.toString() });
  }

  /** Whether the hour is not over. It may have begun yesterday. */
  async function isHushed(turn: Turn): Promise<boolean> {
    const table = await tables("questions");
    const days = daysSince(turn.now, QUIET_MS);
    const rows = days.map((day) => table.find(day, quietOf(turn).rowKey));
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

/** The days of the time until now, today first. */
function daysSince(now: Instant, milliseconds: number): Day[] {
  return [...new Set([now, before(now, milliseconds)].map(dayOf))];
}

function before(now: Instant, milliseconds: number): Instant {
  return now.subtract({ milliseconds });
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
