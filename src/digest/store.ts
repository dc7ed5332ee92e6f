import type { Day } from "../calendar.ts";
import { key, type Tables } from "../tables.ts";
import { Channel, Post } from "./schema.ts";

/** A post with the etag it was read with. */
export interface StoredPost {
  readonly post: Post;
  readonly etag: string;
}

export type DigestStore = ReturnType<typeof createDigestStore>;

/**
 * Table `conversations`: partition `digest`, row committee: the channel its digests go to.
 * Table `posts` (the outbox): partition committee and meeting, row channel and kind.
 */
export function createDigestStore(tables: Tables) {
  return { channelOf, saveChannel, findPost, claim, mark };

  async function channelOf(committee: string): Promise<Channel | undefined> {
    const row = await (await tables("conversations")).find("digest", key(committee));
    return row && Channel.parse({ ...row, place: JSON.parse(String(row.place)) as unknown });
  }

  async function saveChannel(committee: string, { place, ...channel }: Channel): Promise<void> {
    const table = await tables("conversations");
    const keys = { partitionKey: "digest", rowKey: key(committee) };
    await table.put({ ...keys, ...channel, place: JSON.stringify(place) });
  }

  async function findPost(
    committee: string,
    meeting: Day,
    channel: string,
  ): Promise<StoredPost | undefined> {
    const row = await (await tables("posts")).find(key(committee, meeting), rowKey(channel));
    return row && { post: Post.parse(row), etag: row.etag };
  }

  /** Makes the post somebody's own. False when another press, or another replica, has it. */
  async function claim(committee: string, post: Post, previous?: { etag: string }) {
    const table = await tables("posts");
    const row = { ...keysOf(committee, post), ...post };
    return previous ? table.replace(row, previous.etag) : table.create(row);
  }

  /** Writes down what became of a claimed post, unless a newer try has taken over. */
  async function mark(committee: string, post: Post): Promise<void> {
    const claimed = await findPost(committee, post.meeting, post.channel);
    if (claimed?.post.attempt !== post.attempt) return;
    const table = await tables("posts");
    await table.replace({ ...keysOf(committee, post), ...post }, claimed.etag);
  }
}

function keysOf(committee: string, { meeting, channel }: Post) {
  return { partitionKey: key(committee, meeting), rowKey: rowKey(channel) };
}

function rowKey(channel: string): string {
  return key(channel, "digest");
}
