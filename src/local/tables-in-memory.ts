import type { Change, Row, StoredRow, Table, Tables } from "../tables.ts";

/**
 * Tables that last as long as their process, for a command that needs the sample council and no
 * service: each change is made at once, so nobody is ever in between. The bot never runs on them.
 */
export function tablesInMemory(): Tables {
  const opened = new Map<string, Table>();
  return async (name) => {
    const table = opened.get(name) ?? tableInMemory();
    opened.set(name, table);
    return table;
  };
}

function tableInMemory(): Table {
  const partitions = new Map<string, Map<string, StoredRow>>();
  let changes = 0;
  const rowsOf = (partition: string) => {
    const rows = partitions.get(partition) ?? new Map<string, StoredRow>();
    partitions.set(partition, rows);
    return rows;
  };
  const find = (partition: string, row: string) => partitions.get(partition)?.get(row);
  const put = (row: Row) => {
    changes += 1;
    rowsOf(row.partitionKey).set(row.rowKey, { ...row, etag: String(changes) });
  };
  const fits = (change: Change) => {
    if ("create" in change) return !find(change.create.partitionKey, change.create.rowKey);
    if ("remove" in change) return true;
    return find(change.replace.partitionKey, change.replace.rowKey)?.etag === change.etag;
  };
  const make = (change: Change) => {
    if ("remove" in change) rowsOf(change.remove.partitionKey).delete(change.remove.rowKey);
    else put("create" in change ? change.create : change.replace);
  };
  const write = async (all: readonly Change[]) => {
    if (!all.every(fits)) return false;
    all.forEach(make);
    return true;
  };
  return {
    write,
    find: async (partition, row) => find(partition, row),
    async list(partition, { prefix = "", from = prefix, before } = {}) {
      const chosen =
        typeof partition === "string"
          ? [partition]
          : [...partitions.keys()].filter(
              (name) => name >= partition.from && name <= partition.through,
            );
      return chosen
        .toSorted()
        .flatMap((name) => [...rowsOf(name).values()])
        .filter(({ rowKey }) => rowKey.startsWith(prefix) && rowKey >= from)
        .filter(({ rowKey }) => !before || rowKey < before)
        .toSorted((a, b) => (a.rowKey < b.rowKey ? -1 : 1));
    },
    create: (row) => write([{ create: row }]),
    replace: (row, etag) => write([{ replace: row, etag }]),
    put: async (row) => put(row),
    async remove(partition, row, etag) {
      const known = find(partition, row);
      if (known && etag && known.etag !== etag) return false;
      return rowsOf(partition).delete(row) || true;
    },
  };
}
