import type { Month } from "../calendar.ts";
import { join, key, split, type Change, type Row, type StoredRow, type Tables } from "../tables.ts";
import { Place } from "../feature.ts";
import { Draft, NoticeClaim, SECTIONS, Update, type Section, type StoredDraft } from "./schema.ts";

/** An update with the etag it was read with. */
export interface StoredUpdate {
  readonly update: Update;
  readonly etag: string;
}

/** A late change that the officers were not told of yet, where it came from, and who is on it. */
export interface StoredNotice {
  readonly update: Update;
  readonly from: Place | null;
  readonly etag: string;
  readonly claim?: NoticeClaim | undefined;
}

export type ChampionStore = ReturnType<typeof createChampionStore>;

/**
 * Table `updates`: partition committee and month. Its rows are `update|district` (as it stands),
 * `version|district|0001` (every version, append only), and `notice|district|0001` (the officers
 * are still to be told of that version). One partition holds them all, because an update, its
 * version and its notice are written in one transaction, and a transaction cannot span partitions.
 * Drafts are in partition committee, `draft` and person, row district and form: a person's drafts
 * of all months are one range, so none is out of sight when its month is over.
 */
export function createChampionStore(tables: Tables) {
  return {
    find,
    ofMonths,
    submittedIn,
    save,
    versions,
    version,
    noticesOf,
    claimNotice,
    removeNotice,
    findDraft,
    draftsOf,
    saveDraft,
    removeDraft,
  };

  async function find(
    committee: string,
    month: Month,
    district: string,
  ): Promise<StoredUpdate | undefined> {
    const row = await (
      await tables("updates")
    ).find(key(committee, month), key("update", district));
    return row && { update: readUpdate(row), etag: row.etag };
  }

  /** Every district's update of some months, given the earliest first; withdrawn ones too. */
  async function ofMonths(committee: string, months: readonly Month[]): Promise<Update[]> {
    const [first, last] = [months[0], months.at(-1)];
    if (!first || !last) return [];
    const span = { from: key(committee, first), through: key(committee, last) };
    const rows = await (await tables("updates")).list(span, { prefix: key("update", "") });
    return rows.map(readUpdate).filter(({ month }) => months.includes(month));
  }

  /** What was submitted for some months. */
  async function submittedIn(committee: string, months: readonly Month[]): Promise<Update[]> {
    const updates = await ofMonths(committee, months);
    return updates.filter(({ status }) => status === "submitted");
  }

  /**
   * Writes an update and its version together, and for a late one the notice to the officers with
   * the place it came from. False when somebody else wrote since `previous` was read: nothing is
   * written then.
   */
  async function save(
    committee: string,
    update: Update,
    previous?: StoredUpdate,
    from?: Place,
  ): Promise<boolean> {
    const partitionKey = key(committee, update.month);
    const row = { partitionKey, rowKey: key("update", update.district), ...writeUpdate(update) };
    const version = { ...row, rowKey: numberedKey("version", update.district, update.version) };
    const change: Change = previous ? { replace: row, etag: previous.etag } : { create: row };
    const notice = { partitionKey, rowKey: noticeKey(update), place: JSON.stringify(from ?? null) };
    const changes = [change, { create: version }, ...(update.late ? [{ create: notice }] : [])];
    return (await tables("updates")).write(changes);
  }

  /** What of a month the officers were not told of yet. */
  async function noticesOf(committee: string, month: Month): Promise<StoredNotice[]> {
    const partition = key(committee, month);
    const table = await tables("updates");
    const rows = await table.list(partition, { prefix: key("notice", "") });
    return Promise.all(
      rows.map(async ({ rowKey, etag, place, claim }) => {
        const version = await table.find(partition, rowKey.replace("notice", "version"));
        if (!version) throw new Error("A notice has no version");
        const from = Place.nullable().parse(JSON.parse(String(place)));
        const by = claim ? NoticeClaim.parse(JSON.parse(String(claim))) : undefined;
        return { update: readUpdate(version), from, etag, claim: by };
      }),
    );
  }

  /** Makes the sending of a notice one's own. False when somebody else has it, or it was sent. */
  async function claimNotice(
    committee: string,
    { update, from, etag }: StoredNotice,
    claim: NoticeClaim,
  ): Promise<boolean> {
    const keys = { partitionKey: key(committee, update.month), rowKey: noticeKey(update) };
    const row = { ...keys, place: JSON.stringify(from), claim: JSON.stringify(claim) };
    return (await tables("updates")).replace(row, etag);
  }

  async function removeNotice(committee: string, update: Update): Promise<void> {
    const table = await tables("updates");
    await table.remove(key(committee, update.month), noticeKey(update));
  }

  /** All versions, the newest first. */
  async function versions(committee: string, month: Month, district: string): Promise<Update[]> {
    const table = await tables("updates");
    const prefix = key("version", district, "");
    const rows = await table.list(key(committee, month), { prefix });
    return rows.map(readUpdate).toReversed();
  }

  async function version(committee: string, month: Month, district: string, number: number) {
    const table = await tables("updates");
    const row = await table.find(key(committee, month), numberedKey("version", district, number));
    return row && readUpdate(row);
  }

  async function findDraft(
    committee: string,
    person: string,
    district: string,
    operation: string,
  ): Promise<StoredDraft | undefined> {
    const table = await tables("updates");
    const row = await table.find(key(committee, "draft", person), key(district, operation));
    return row && readDraft(row);
  }

  /** A person's drafts for a district, the last saved first. */
  async function draftsOf(
    committee: string,
    person: string,
    district: string,
  ): Promise<StoredDraft[]> {
    const table = await tables("updates");
    const rows = await table.list(key(committee, "draft", person), { prefix: key(district, "") });
    // By the service's own time: the clock of the turns can be pinned.
    return rows.toSorted((a, b) => savedAt(b).localeCompare(savedAt(a))).map(readDraft);
  }

  /** False when the draft was saved elsewhere since it was read, or before there was any. */
  async function saveDraft(
    committee: string,
    draft: Draft,
    at: string,
    etag?: string,
  ): Promise<boolean> {
    const row: Row = {
      partitionKey: key(committee, "draft", draft.author),
      rowKey: key(draft.district, draft.operation),
      at,
      month: draft.month,
      district: draft.district,
      author: draft.author,
      version: draft.version,
      operation: draft.operation,
      saved: draft.saved,
      priorities: JSON.stringify(draft.priorities),
    };
    for (const section of SECTIONS) Object.assign(row, split(section, draft[section]));
    const table = await tables("updates");
    return etag === undefined ? table.create(row) : table.replace(row, etag);
  }

  /** False when it was saved again since it was read: then it stays. */
  async function removeDraft(committee: string, { draft, etag }: StoredDraft): Promise<boolean> {
    const table = await tables("updates");
    const partition = key(committee, "draft", draft.author);
    return table.remove(partition, key(draft.district, draft.operation), etag);
  }
}

/** A version's row, or the notice of it, which differs in the first part alone. */
function numberedKey(kind: "version" | "notice", district: string, version: number): string {
  return key(kind, district, String(version).padStart(4, "0"));
}

/** Names an update in the audit: "fenland, 2019-09, version 2". */
export function nameOf({ district, month, version }: Update): string {
  return `${district}, ${month}, version ${version}`;
}

function noticeKey({ district, version }: Update): string {
  return numberedKey("notice", district, version);
}

function writeUpdate({ sections, priorities, author, ...update }: Update) {
  const row = {
    ...update,
    priorities: JSON.stringify(priorities),
    authorId: author.id,
    authorName: author.name,
  };
  for (const section of SECTIONS)
    Object.assign(row, split(section, JSON.stringify(sections[section])));
  return row;
}

function readUpdate(row: StoredRow): Update {
  const items = (section: Section): unknown => JSON.parse(join(section, row) || "[]");
  return Update.parse({
    ...row,
    sections: {
      updates: items("updates"),
      contacts: items("contacts"),
      goodPractice: items("goodPractice"),
    },
    priorities: JSON.parse(String(row.priorities)) as unknown,
    author: { id: row.authorId, name: row.authorName },
  });
}

function readDraft(row: StoredRow): StoredDraft {
  const text = Object.fromEntries(SECTIONS.map((section) => [section, join(section, row)]));
  const draft = Draft.parse({
    ...row,
    ...text,
    priorities: JSON.parse(String(row.priorities)) as unknown,
  });
  return { draft, at: String(row.at), etag: row.etag };
}

function savedAt({ timestamp }: StoredRow): string {
  return String(timestamp);
}
