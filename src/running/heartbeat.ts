import { millisecondsBetween, type Clock } from "../calendar.ts";
import { VERSION } from "../version.ts";
import type { RunningStore } from "./store.ts";

/** A replica says no more often than this that it is there. */
const BEAT_EVERY_MS = 60_000;

/** The sign of life of this replica: whoever asks for the bot's status sees how many are at work. */
export function heartbeat(store: RunningStore, wallClock: Clock) {
  const startedAt = wallClock().toString();
  let last: string | undefined;
  return { beat, gone: store.gone };

  /** May be called as often as one likes. */
  async function beat(replica: string): Promise<void> {
    const now = wallClock();
    if (last && millisecondsBetween(last, now) < BEAT_EVERY_MS) return;
    const at = now.toString();
    await store.beat(replica, { version: VERSION, startedAt, at });
    last = at;
  }
}
