import { join, key, split, type Change, type Row, type StoredRow } from "../tables.ts";
import { HistoryEntry, type Author, type Stored } from "./schema.ts";

/** Row keys of history sort behind those of the records themselves, which begin with digits. */
export const BEFORE_HISTORY = "h";

/** A change of one record: what it was, what it becomes, and what to call that. */
export interface Edit<Kind> {
  /** Absent for a record that is new. */
  readonly before?: Stored<Kind> | undefined;
  readonly after: Kind;
  readonly what: string;
  /** What its history says it was, where that stood under another key. */
  readonly was?: Kind;
}

/** The next version of a record. */
function nextVersion({ before }: Pick<Edit<unknown>, "before">): number {
  return (before?.version ?? 0) + 1;
}

/** The record's row and the row of its history, to be written in one transaction. */
export function recorded<Kind extends object>(
  row: Row,
  edit: Edit<Kind>,
  author: Author,
): readonly Change[] {
  const version = nextVersion(edit);
  const next = { ...row, version };
  const { what, before, after, was } = edit;
  const { partitionKey, rowKey } = row;
  const history = { what, version, before: was ?? before?.value, after };
  return [
    before ? { replace: next, etag: before.etag } : { create: next },
    { create: historyRow({ partitionKey, record: rowKey }, history, author) },
  ];
}

/** A row of history: append only, the record's versions in order. */
export function historyRow(
  { partitionKey, record, part = "" }: HistoryKeys,
  { version, what, before = {}, after = {} }: HistoryChange,
  { name, at }: Author,
): Row {
  return {
    partitionKey,
    rowKey: key("history", record, String(version).padStart(5, "0"), part),
    ...{ version, what, by: name, at },
    ...split("before", JSON.stringify(before)),
    ...split("after", JSON.stringify(after)),
  };
}

interface HistoryKeys {
  readonly partitionKey: string;
  readonly record: string;
  /** Where one version changed several things. */
  readonly part?: string;
}

interface HistoryChange {
  readonly version: number;
  readonly what: string;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
}

/** Where the history of a record begins. */
export function historyPrefix(record: string): string {
  return key("history", record, "");
}

export function readHistory(row: StoredRow): HistoryEntry {
  return HistoryEntry.parse({
    ...row,
    before: JSON.parse(join("before", row)),
    after: JSON.parse(join("after", row)),
  });
}

/** A record that was read. Those loaded at the start count as their first version. */
export function storedFrom<Kind>(row: StoredRow, value: Kind): Stored<Kind> {
  return { value, version: typeof row.version === "number" ? row.version : 1, etag: row.etag };
}
