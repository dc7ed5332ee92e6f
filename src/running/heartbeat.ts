import { millisecondsBetween, type Clock } from "../calendar.ts";
import { VERSION } from "../version.ts";
import { awayUntil, isMissing } from "./rules.ts";
import type { RunningStore } from "./store.ts";

/** A replica says no more often than this that it is there. */
const BEAT_EVERY_MS = 60_000;

/** The sign of life of this replica: whoever asks for the bot's status sees how many are at work. */
export function heartbeat(store: RunningStore, wallClock: Clock) {
  const startedAt = wallClock().toString();
  let last: string | undefined;
  return { beat, gone: async (replica: string) => store.gone(replica, wallClock()) };

  /** May be called as often as one likes. */
  async function beat(replica: string): Promise<void> {
    const now = wallClock();
    // A clock that was put back has gone on as well.
    if (last && Math.abs(millisecondsBetween(last, now)) < BEAT_EVERY_MS) return;
    // Before its own sign of life: whoever sees that sees the time without any too.
    if (isMissing(last, now)) await noteAbsence();
    const at = now.toString();
    await store.beat(replica, { version: VERSION, startedAt, at });
    last = at;
  }

  /** Whoever is there first after a time without any replica writes down how long that was. */
  async function noteAbsence(): Promise<void> {
    const away = awayUntil(await store.lastSeen(), wallClock());
    if (away) await store.wasAway(away);
  }
}
