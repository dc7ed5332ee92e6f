import { createHash } from "node:crypto";
import type { DigestMeeting } from "./cards.ts";

/** When and where a meeting takes place, in short: what nobody may go on believing once it changed. */
export function factsOf({ state, movedTo, date, time, venue }: DigestMeeting): string {
  return shortHash(JSON.stringify([state, movedTo, date, time, venue]));
}

/** The same for the same text, and short enough for a row's key. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}
