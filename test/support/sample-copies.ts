import { fewAtATime } from "../../src/few-at-a-time.ts";
import { loadSampleCouncil } from "../../src/local/sample.ts";
import {
  MOST_IN_TRANSACTION,
  type Change,
  type Row,
  type Table,
  type Tables,
} from "../../src/tables.ts";

/** What the sample council has put into each table: its rows by their keys. */
export type Original = ReadonlyMap<string, ReadonlyMap<string, Row>>;

/** Loads the sample council as `npm start` does, and notes what is in the tables then. */
export async function loadOriginal(tables: Tables, withNumbers: boolean): Promise<Original> {
  const original = new Map<string, Map<string, Row>>();
  await loadSampleCouncil(noting(tables, original), { withNumbers });
  return original;
}

/**
 * Tables with the same rows, in transactions: loading the sample council takes 138 requests. Each is
 * written when it is first asked for, before anybody has it, as most tests need few of them.
 */
export function copyOf(original: Original, tables: Tables): Tables {
  const copies = new Map<string, Promise<Table>>();
  return (name) => {
    const copy = copies.get(name) ?? copied(name);
    copies.set(name, copy);
    return copy;
  };

  async function copied(name: string): Promise<Table> {
    const table = await tables(name);
    const partitions = Map.groupBy(
      original.get(name)?.values() ?? [],
      ({ partitionKey }) => partitionKey,
    );
    const transactions = [...partitions.values()].flatMap(transactionsOf);
    await fewAtATime(transactions.map((changes) => () => writeAll(table, changes)));
    return table;
  }
}

/** The same, with every row written at once: for what reads all tables there are. */
export async function wholeCopyOf(original: Original, tables: Tables): Promise<Tables> {
  const copies = copyOf(original, tables);
  await Promise.all([...original.keys()].map(copies));
  return copies;
}

/** Does it once, when it is first asked for. */
export function remembered<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => (done ??= work());
}

/** Tables whose rows are noted as they are written. */
function noting(tables: Tables, original: Map<string, Map<string, Row>>): Tables {
  return async (name) => {
    const table = await tables(name);
    const rows = original.get(name) ?? new Map<string, Row>();
    original.set(name, rows);
    const note = (row: Row) => rows.set(placeOf(row), row);
    return {
      ...table,
      create: (row) => (note(row), table.create(row)),
      replace: (row, etag) => (note(row), table.replace(row, etag)),
      put: (row) => (note(row), table.put(row)),
      write(changes) {
        for (const change of changes) {
          if ("remove" in change) rows.delete(placeOf(change.remove));
          else note("create" in change ? change.create : change.replace);
        }
        return table.write(changes);
      },
      remove(partitionKey, rowKey, etag) {
        rows.delete(placeOf({ partitionKey, rowKey }));
        return table.remove(partitionKey, rowKey, etag);
      },
    };
  };
}

function placeOf({ partitionKey, rowKey }: Pick<Row, "partitionKey" | "rowKey">): string {
  return `${partitionKey} ${rowKey}`;
}

async function writeAll(table: Table, changes: readonly Change[]): Promise<void> {
  if (!(await table.write(changes))) throw new Error("A copy's tables were not empty");
}

function transactionsOf(rows: readonly Row[]): Change[][] {
  const changes = rows.map((create) => ({ create }));
  const count = Math.ceil(changes.length / MOST_IN_TRANSACTION);
  return Array.from({ length: count }, (_, at) =>
    changes.slice(at * MOST_IN_TRANSACTION, (at + 1) * MOST_IN_TRANSACTION),
  );
}
