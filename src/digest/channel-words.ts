import { dayOf, longDate, readInstant } from "../calendar.ts";
import type { Channel, NewPost } from "./schema.ts";

/** A channel as people know it: by its name, or else by the day on which it was chosen. */
export function channelKnownAs({ place, at }: Pick<Channel, "place" | "at">): string {
  return place.name
    ? `the channel “${place.name}”`
    : `the channel chosen on ${longDate(dayOf(readInstant(at)))}`;
}

/** The channel of an earlier post, where the digests go to another one now. */
export function earlierChannel({ place }: NewPost, now: Channel): string {
  return place?.name
    ? `the channel “${place.name}”`
    : `the channel that had the digests until ${longDate(dayOf(readInstant(now.at)))}`;
}
