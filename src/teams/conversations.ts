import { Place } from "../feature.ts";
import { key, type Tables } from "../tables.ts";
import type { Ticker } from "./pace.ts";

/** How long a conversation that was just spoken in is not written down again. */
const FRESH_MS = 60_000;

/** What can be gone: a person's chat, a group chat, or a team, whose channels are parts of it. */
interface Reach {
  readonly whole: string;
  readonly part?: string;
}

/**
 * Table `conversations`, from authenticated turns only. Partition `personal`, row person: the way
 * to somebody's chat, or why it refuses the bot. Partition `gone`: which other conversations refuse
 * it, and why: row conversation, or team, or team and channel. Both until it is heard from again.
 */
export function createConversations(tables: Tables, { now }: Pick<Ticker, "now">) {
  /** What was written down a moment ago on this replica, oldest first. Never that one is gone. */
  const fresh = new Map<string, { readonly way: string; readonly until: number }>();
  /** What is being written down of conversations that were just spoken in. */
  const writing = new Set<Promise<void>>();
  return { wayTo, heardFrom, installed, removed, refused, whyGone };

  /** The way to somebody's chat, if they have ever written to the bot there. */
  async function wayTo(person: string): Promise<Place | undefined> {
    const row = await (await tables("conversations")).find("personal", key(person));
    return row?.place === undefined ? undefined : Place.parse(JSON.parse(String(row.place)));
  }

  /** Somebody spoke there, so it can be written to, in this way. */
  async function heardFrom(person: string, place: Place): Promise<void> {
    const { whole, part } = reachOf(person, place);
    const name = part ?? whole;
    const way = wayOf(place);
    const noted = fresh.get(name);
    if (noted?.way === way && noted.until > now()) return;
    const work = writeDown(person, place, [whole, ...(part ? [part] : [])]);
    writing.add(work);
    await work.finally(() => writing.delete(work));
    fresh.delete(name);
    fresh.set(name, { way, until: now() + FRESH_MS });
    forgetOld();
  }

  async function writeDown(person: string, place: Place, rows: readonly string[]): Promise<void> {
    await keepWay(person, place);
    if (place.kind !== "personal") await comeBack(rows);
  }

  /** The bot was added: to a chat, or to a team and with it to every channel. */
  async function installed(person: string, place: Place): Promise<void> {
    if (place.kind === "personal") return keepWay(person, place);
    const { whole } = reachOf(person, place);
    const table = await tables("conversations");
    const parts = await table.list("gone", { prefix: key(whole, "") });
    return comeBack([whole, ...parts.map(({ rowKey }) => rowKey)]);
  }

  async function removed(person: string, place: Place): Promise<void> {
    await note(place, reachOf(person, place).whole, "removed");
  }

  /** Teams refuses the bot there. A channel may be refused alone: it was deleted, or is private. */
  async function refused(person: string, place: Place, reason: string): Promise<void> {
    const { whole, part } = reachOf(person, place);
    await note(place, part ?? whole, reason);
  }

  /** Why nothing can be written there, if that is known. */
  async function whyGone(person: string, place: Place): Promise<string | undefined> {
    const { whole, part } = reachOf(person, place);
    const table = await tables("conversations");
    const partition = partitionOf(place);
    const rows = await Promise.all(
      [whole, ...(part ? [part] : [])].map((row) => table.find(partition, row)),
    );
    const row = rows.find((each) => each?.reason !== undefined);
    return row && String(row.reason);
  }

  async function keepWay(person: string, place: Place): Promise<void> {
    if (place.kind !== "personal") return;
    const table = await tables("conversations");
    await table.put({ partitionKey: "personal", rowKey: key(person), place: wayOf(place) });
  }

  async function comeBack(rows: readonly string[]): Promise<void> {
    const table = await tables("conversations");
    await Promise.all(rows.map((row) => table.remove("gone", row)));
  }

  async function note(place: Place, row: string, reason: string): Promise<void> {
    // Somebody spoke there, and the answer to them was refused: the refusal is the newer of the two.
    await Promise.allSettled(writing);
    // Whoever speaks next is written down again, wherever that is: this happens rarely.
    fresh.clear();
    const table = await tables("conversations");
    // The way to a chat that is gone is of no use: adding the bot again brings a new one.
    await table.put({ partitionKey: partitionOf(place), rowKey: row, reason });
  }

  function forgetOld(): void {
    for (const [name, { until }] of fresh) {
      if (until > now()) return;
      fresh.delete(name);
    }
  }
}

/** What Teams counts messages by: threads are parts of their channel. */
export function countedAs({ channel, conversation }: Place): string {
  return channel ?? conversation.replace(/;.*$/, "");
}

function partitionOf({ kind }: Place): string {
  return kind === "personal" ? "personal" : "gone";
}

function wayOf({ kind, conversation, tenant, serviceUrl, bot }: Place): string {
  return JSON.stringify({ kind, conversation, tenant, serviceUrl, bot });
}

function reachOf(person: string, place: Place): Reach {
  if (place.kind === "personal") return { whole: key(person) };
  if (!place.team) return { whole: key(countedAs(place)) };
  return { whole: key(place.team), part: key(place.team, countedAs(place)) };
}
