import type { Day } from "../calendar.ts";
import { key, MOST_IN_TRANSACTION, type Change, type StoredRow, type Tables } from "../tables.ts";
import { BEFORE_HISTORY, historyPrefix, historyRow, readHistory } from "./history-rows.ts";
import { AgendaItem, type Author, type HistoryEntry } from "./schema.ts";

/** No item's order: the row that every change of an agenda writes, so that two notice each other. */
const HEAD = "head";
/** An item and its history are two rows, and the head is one. */
export const MOST_ITEM_EDITS = Math.floor((MOST_IN_TRANSACTION - 1) / 2);

/** An agenda as it is stored, with what a change of it needs. */
export interface StoredAgenda {
  /** The date, or whatever its meeting says, under which it is kept. */
  readonly kept: string;
  readonly items: readonly AgendaItem[];
  readonly etags: ReadonlyMap<number, string>;
  /** Counts the changes of the whole agenda. */
  readonly version: number;
  readonly headEtag: string | undefined;
}

/** One item that comes, changes or goes. What only changes its place has no history of its own. */
export interface ItemEdit {
  readonly before?: AgendaItem | undefined;
  readonly after?: AgendaItem | undefined;
  readonly what?: string | undefined;
}

/**
 * Table `agenda`: partition committee and the date under which the agenda is kept, row order; the
 * row `head`, and `history|agenda|version|place`.
 */
export function agendaRows(tables: Tables) {
  return { agendaKept, storedAgenda, saveAgendaItem, changeAgenda, agendaHistory };

  async function agendaKept(committee: string, kept: string): Promise<AgendaItem[]> {
    return (await items(committee, kept)).map(readItem);
  }

  /** The agenda as it stands now, to be changed. */
  async function storedAgenda(committee: string, kept: string): Promise<StoredAgenda> {
    const [rows, head] = await Promise.all([
      items(committee, kept),
      (await tables("agenda")).find(key(committee, kept), HEAD),
    ]);
    return {
      kept,
      items: rows.map(readItem),
      etags: new Map(rows.map((row) => [Number(row.rowKey), row.etag])),
      version: typeof head?.version === "number" ? head.version : 0,
      headEtag: head?.etag,
    };
  }

  /** Writes an item whatever is there: for the first load of a council. */
  async function saveAgendaItem(committee: string, date: Day, item: AgendaItem): Promise<void> {
    await (await tables("agenda")).put(rowOf(key(committee, date), item));
  }

  /**
   * All or none, with their history; at most MOST_ITEM_EDITS that have one. False when somebody
   * changed the agenda since it was read.
   */
  async function changeAgenda(
    committee: string,
    agenda: StoredAgenda,
    edits: readonly ItemEdit[],
    author: Author,
  ): Promise<boolean> {
    const partitionKey = key(committee, agenda.kept);
    const version = agenda.version + 1;
    const head = { partitionKey, rowKey: HEAD, version };
    const history = edits.flatMap(({ what, before, after }, at) => {
      const keys = { partitionKey, record: "agenda", part: String(at).padStart(3, "0") };
      return what ? [historyRow(keys, { version, what, before, after }, author)] : [];
    });
    const changes: Change[] = [
      agenda.headEtag ? { replace: head, etag: agenda.headEtag } : { create: head },
      ...rowChanges(partitionKey, agenda, edits),
      ...history.map((row) => ({ create: row })),
    ];
    return (await tables("agenda")).write(changes);
  }

  /** The newest change first. */
  async function agendaHistory(committee: string, kept: string): Promise<HistoryEntry[]> {
    const table = await tables("agenda");
    const prefix = historyPrefix("agenda");
    return (await table.list(key(committee, kept), { prefix })).map(readHistory).toReversed();
  }

  async function items(committee: string, kept: string): Promise<StoredRow[]> {
    return (await tables("agenda")).list(key(committee, kept), { before: BEFORE_HISTORY });
  }
}

/** Each place of the agenda is written once, whatever comes to stand there. */
function rowChanges(
  partitionKey: string,
  { etags }: StoredAgenda,
  edits: readonly ItemEdit[],
): Change[] {
  const after = new Map(
    edits.flatMap((edit) => (edit.after ? [[edit.after.order, edit.after]] : [])),
  );
  // The last item is both what goes and what nothing moves up to: it is taken away once.
  const left = new Set(
    edits.flatMap(({ before }) =>
      before && !after.has(before.order) && etags.has(before.order) ? [before.order] : [],
    ),
  );
  return [
    ...[...after.values()].map((item): Change => {
      const etag = etags.get(item.order);
      const row = rowOf(partitionKey, item);
      return etag ? { replace: row, etag } : { create: row };
    }),
    ...[...left].map((order) => ({ remove: { partitionKey, rowKey: rowKeyOf(order) } })),
  ];
}

function rowOf(partitionKey: string, { order, ...item }: AgendaItem) {
  return { partitionKey, rowKey: rowKeyOf(order), ...item };
}

function rowKeyOf(order: number): string {
  return String(order).padStart(4, "0");
}

function readItem(row: StoredRow): AgendaItem {
  return AgendaItem.parse({ ...row, order: row.rowKey });
}
