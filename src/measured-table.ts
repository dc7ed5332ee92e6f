import { counted, measured } from "./measuring.ts";
import type { Table } from "./tables.ts";

/** The same table, with its calls measured, and those that came second counted. */
export function measuredTable(name: string, table: Table): Table {
  return {
    find: (partition, row) => timed("find", () => table.find(partition, row)),
    list: (partition, range) => timed("list", () => table.list(partition, range)),
    create: (row) => attempt("create", () => table.create(row)),
    replace: (row, etag) => attempt("replace", () => table.replace(row, etag)),
    put: (row) => timed("put", () => table.put(row)),
    write: (changes) => attempt("write", () => table.write(changes)),
    remove: (partition, row, etag) => attempt("remove", () => table.remove(partition, row, etag)),
  };

  function timed<Result>(call: string, work: () => Promise<Result>): Promise<Result> {
    return measured("store", { table: name, call }, work);
  }

  /** Somebody else was there first: no fault, but worth knowing when it happens often. */
  async function attempt(call: string, work: () => Promise<boolean>): Promise<boolean> {
    const isDone = await timed(call, work);
    if (!isDone) counted("conflict", { table: name, call });
    return isDone;
  }
}
