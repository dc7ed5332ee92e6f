import type { Day } from "../calendar.ts";
import { key, type Tables } from "../tables.ts";
import { Acknowledgement, Channel, DigestSettings, Post, type PostReference } from "./schema.ts";

/** A post with the etag it was read with. */
export interface StoredPost {
  readonly post: Post;
  readonly etag: string;
}

export type DigestStore = ReturnType<typeof createDigestStore>;

/**
 * Table `conversations`: partition `digest`, row committee: the channel its digests go to.
 * Table `settings`: partition committee, row `digest`: when they go out.
 * Table `posts` (the outbox): partition committee and meeting, row channel or person, and kind.
 * Table `acknowledgements`: partition committee and meeting, row person.
 */
export function createDigestStore(tables: Tables) {
  return {
    channelOf,
    saveChannel,
    settingsOf,
    saveSettings,
    postsOf,
    findPost,
    claim,
    mark,
    acknowledge,
    acknowledgementsOf,
  };

  async function channelOf(committee: string): Promise<Channel | undefined> {
    const row = await (await tables("conversations")).find("digest", key(committee));
    return row && Channel.parse({ ...row, place: JSON.parse(String(row.place)) as unknown });
  }

  async function saveChannel(committee: string, { place, ...channel }: Channel): Promise<void> {
    const table = await tables("conversations");
    const keys = { partitionKey: "digest", rowKey: key(committee) };
    await table.put({ ...keys, ...channel, place: JSON.stringify(place) });
  }

  async function settingsOf(committee: string): Promise<DigestSettings> {
    return DigestSettings.parse(
      (await (await tables("settings")).find(...settingsKey(committee))) ?? {},
    );
  }

  async function saveSettings(committee: string, settings: DigestSettings): Promise<void> {
    const [partitionKey, rowKey] = settingsKey(committee);
    await (await tables("settings")).put({ partitionKey, rowKey, ...settings });
  }

  /** Everything that went out, or should have, for a meeting. */
  async function postsOf(committee: string, meeting: Day): Promise<StoredPost[]> {
    const rows = await (await tables("posts")).list(key(committee, meeting));
    return rows.map((row) => ({ post: Post.parse(row), etag: row.etag }));
  }

  async function findPost(
    committee: string,
    { meeting, kind, to }: PostReference,
  ): Promise<StoredPost | undefined> {
    const row = await (await tables("posts")).find(key(committee, meeting), key(to, kind));
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
    const claimed = await findPost(committee, post);
    if (claimed?.post.attempt !== post.attempt) return;
    const table = await tables("posts");
    await table.replace({ ...keysOf(committee, post), ...post }, claimed.etag);
  }

  /** The first time counts. */
  async function acknowledge(
    committee: string,
    meeting: Day,
    person: { readonly id: string; readonly name: string },
    at: string,
  ): Promise<void> {
    const keys = { partitionKey: key(committee, meeting), rowKey: key(person.id) };
    await (await tables("acknowledgements")).create({ ...keys, name: person.name, at });
  }

  /** By person's id. */
  async function acknowledgementsOf(
    committee: string,
    meeting: Day,
  ): Promise<Map<string, Acknowledgement>> {
    const rows = await (await tables("acknowledgements")).list(key(committee, meeting));
    return new Map(rows.map((row) => [row.rowKey, Acknowledgement.parse(row)]));
  }
}

function settingsKey(committee: string): [string, string] {
  return [key(committee), "digest"];
}

function keysOf(committee: string, { meeting, kind, to }: PostReference) {
  return { partitionKey: key(committee, meeting), rowKey: key(to, kind) };
}
