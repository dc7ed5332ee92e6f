import type { Day } from "../calendar.ts";
import { key, type StoredRow, type Tables } from "../tables.ts";
import {
  Acknowledgement,
  Channel,
  DigestSettings,
  Post,
  type NewPost,
  type PostReference,
} from "./schema.ts";

/** A post with the etag it was read with. */
export interface StoredPost {
  readonly post: Post;
  readonly etag: string;
}

/** So often a change is tried again where somebody else changed the row first. */
const MOST_CHANGES = 5;

export type DigestStore = ReturnType<typeof createDigestStore>;

/**
 * Table `conversations`: partition `digest`, row committee: the channel its digests go to.
 * Table `settings`: partition committee, row `digest`: when they go out.
 * Table `posts` (the outbox): partition committee and meeting, row channel or person, and kind,
 * and for a correction what it is about.
 * Table `acknowledgements`: partition committee and meeting, row person, and which post they read.
 */
export function createDigestStore(tables: Tables) {
  return {
    channelOf,
    saveChannel,
    changeChannel,
    settingsOf,
    saveSettings,
    postsOf,
    findPost,
    claim,
    change,
    acknowledge,
    acknowledgementsOf,
  };

  async function channelOf(committee: string): Promise<Channel | undefined> {
    const row = await (await tables("conversations")).find("digest", key(committee));
    return row && channelIn(row);
  }

  async function saveChannel(committee: string, { place, ...channel }: Channel): Promise<void> {
    const table = await tables("conversations");
    const keys = { partitionKey: "digest", rowKey: key(committee) };
    await table.put({ ...keys, ...channel, place: JSON.stringify(place) });
  }

  /** Notes what was learned of a channel, unless an officer has chosen anew since it was read. */
  async function changeChannel(committee: string, was: Channel, change: Partial<Channel>) {
    const table = await tables("conversations");
    const row = await table.find("digest", key(committee));
    const now = row && channelIn(row);
    if (!row || now?.at !== was.at || now.place.channel !== was.place.channel) return;
    if (now.audience !== was.audience || now.isStated !== was.isStated) return;
    const { place, ...channel } = { ...now, ...change };
    const keys = { partitionKey: row.partitionKey, rowKey: row.rowKey };
    await table.replace({ ...keys, ...channel, place: JSON.stringify(place) }, row.etag);
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
    return rows.map(storedPost);
  }

  async function findPost(
    committee: string,
    reference: PostReference,
  ): Promise<StoredPost | undefined> {
    const { partitionKey, rowKey } = keysOf(committee, reference);
    const row = await (await tables("posts")).find(partitionKey, rowKey);
    return row && storedPost(row);
  }

  /** Makes the post somebody's own. False when another press, or another replica, has it. */
  async function claim(committee: string, post: NewPost, previous?: { etag: string }) {
    const table = await tables("posts");
    const row = rowOf(committee, post);
    return previous ? table.replace(row, previous.etag) : table.create(row);
  }

  /**
   * Changes a post as it stands in this moment, unless a newer try has taken over, and gives it as
   * it stands then. The change is asked again where somebody was there first; undefined leaves it.
   */
  async function change(
    committee: string,
    reference: PostReference & Pick<Post, "attempt">,
    changeOf: (now: Post) => Post | undefined,
  ): Promise<Post | undefined> {
    const table = await tables("posts");
    for (let tries = 0; tries < MOST_CHANGES; tries += 1) {
      const stored = await findPost(committee, reference);
      const { post } = stored ?? {};
      const next = post?.attempt === reference.attempt ? changeOf(post) : undefined;
      if (!stored || !next) return post;
      if (await table.replace(rowOf(committee, next), stored.etag)) return next;
    }
    throw new Error("A post is changed by too many at once");
  }

  /** The first time counts. */
  async function acknowledge(
    committee: string,
    { meeting, kind, to, about = "" }: PostReference,
    { person, name, at }: Pick<Acknowledgement, "person" | "name" | "at">,
  ): Promise<void> {
    const rowKey = about ? key(person, kind, to, about) : key(person, kind, to);
    const row = { partitionKey: key(committee, meeting), rowKey, name, at, kind, to, about };
    await (await tables("acknowledgements")).create(row);
  }

  /** Of all posts of a meeting, in the order of the people's ids. */
  async function acknowledgementsOf(committee: string, meeting: Day): Promise<Acknowledgement[]> {
    const rows = await (await tables("acknowledgements")).list(key(committee, meeting));
    return rows.map((row) => Acknowledgement.parse({ ...row, person: row.rowKey.split("|")[0] }));
  }
}

function settingsKey(committee: string): [string, string] {
  return [key(committee), "digest"];
}

function keysOf(committee: string, { meeting, kind, to, about }: PostReference) {
  const rowKey = about ? key(to, kind, about) : key(to, kind);
  return { partitionKey: key(committee, meeting), rowKey };
}

function channelIn(row: StoredRow): Channel {
  return Channel.parse({ ...row, place: JSON.parse(String(row.place)) as unknown });
}

function rowOf(committee: string, { place, told = [], ...post }: NewPost) {
  const kept = { ...post, told: told.join(" "), place: place && JSON.stringify(place) };
  return { ...keysOf(committee, post), ...kept };
}

function storedPost({ place, told, ...row }: StoredRow): StoredPost {
  const post = Post.parse({
    ...row,
    ...(typeof place === "string" ? { place: JSON.parse(place) as unknown } : {}),
    told: typeof told === "string" ? told.split(" ").filter(Boolean) : [],
  });
  return { post, etag: row.etag };
}
