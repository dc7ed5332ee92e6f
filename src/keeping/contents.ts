import { Damaged, piecesOf, tableSum, type EndOfTable } from "./backup-file.ts";
import { keysOf } from "./row-line.ts";

/** What a backup says of itself, compared with what it holds. */
export interface Contents {
  readonly id: string;
  readonly tables: readonly EndOfTable[];
  /** Whether its last line says that nothing is missing. */
  readonly isComplete: boolean;
}

/**
 * Reads a whole backup. Throws `Damaged` where a row stands outside its table or its partition,
 * where a table, partition or row is there twice, and where a count or a checksum is another one
 * than the rows have. It remembers the keys of one partition's rows at a time.
 */
export async function contentsOf(file: string): Promise<Contents> {
  let id = "";
  let isComplete = false;
  let table: ReturnType<typeof openTable> | undefined;
  const tables = new Map<string, EndOfTable>();
  for await (const piece of piecesOf(file)) {
    if (isComplete) throw new Damaged("it goes on behind its end");
    if ("row" in piece) within(table).row(piece.row);
    else if ("backup" in piece.mark) {
      if (id) throw new Damaged("it begins twice");
      ({ id } = piece.mark);
    } else if ("table" in piece.mark) {
      const name = piece.mark.table;
      if (table || tables.has(name)) throw new Damaged(`its table ${name} begins twice`);
      table = openTable(name);
    } else if ("partition" in piece.mark)
      within(table).partition(piece.mark.partition, piece.mark.rows);
    else if ("endOf" in piece.mark) {
      within(table).end(piece.mark);
      tables.set(piece.mark.endOf, piece.mark);
      table = undefined;
    } else isComplete = isTotal(piece.mark, [...tables.values()]);
  }
  if (!id || table) throw new Damaged("it is not complete");
  return { id, tables: [...tables.values()], isComplete };
}

/** A changed byte can leave a line that only begins like a row. */
function keysIn(line: string): readonly [string, string] {
  try {
    return keysOf(line);
  } catch (error) {
    throw new Damaged("a row of it cannot be read", { cause: error });
  }
}

function within<Table>(table: Table | undefined): Table {
  if (!table) throw new Damaged("a line of it stands outside its tables");
  return table;
}

function isTotal(said: { tables: number; rows: number }, tables: readonly EndOfTable[]): boolean {
  return said.tables === tables.length && said.rows === rowsOf(tables);
}

/** All rows of these tables. */
export function rowsOf(tables: readonly EndOfTable[]): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}

function openTable(name: string) {
  const sum = tableSum();
  const partitions = new Set<string>();
  let rows = new Set<string>();
  let inside: string | undefined;
  return { row, partition, end };

  function row(line: string): void {
    const [its, key] = keysIn(line);
    if (inside !== undefined && its !== inside)
      throw new Damaged(`rows of two partitions of ${name} are mixed in it`);
    if (rows.has(key)) throw new Damaged(`a row of ${name} is in it twice`);
    inside = its;
    rows.add(key);
    sum.row(line);
  }

  function partition(its: string, count: number): void {
    if (partitions.has(its)) throw new Damaged(`a partition of ${name} is in it twice`);
    if (rows.size !== count || (inside ?? its) !== its)
      throw new Damaged(`a partition of ${name} has other rows than were counted`);
    partitions.add(its);
    sum.partition();
    rows = new Set();
    inside = undefined;
  }

  function end(said: EndOfTable): void {
    const found = sum.end(name);
    if (said.endOf !== name || rows.size > 0)
      throw new Damaged(`its table ${name} is not complete`);
    if (found.rows !== said.rows || found.partitions !== said.partitions)
      throw new Damaged(`${name} has other rows in it than were counted`);
    if (found.sha256 !== said.sha256)
      throw new Damaged(`its checksum of ${name} is another one than its rows have`);
  }
}
