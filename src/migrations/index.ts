/** A row's properties, with both keys. */
export type Properties = Readonly<Record<string, unknown>>;

/** How the rows of one table become the next version. */
export interface Migration {
  readonly table: string;
  /** The version that the row has afterwards. Each is one more than the one before it. */
  readonly to: number;
  /** The row in its new shape, with the same keys. Nothing but the row decides it. */
  readonly change: (row: Properties) => Properties;
}

/**
 * Every change of shape since the first version, the earliest first. Rows are read through them
 * (tables.ts), so the bot runs before, while and after `npm run migrate` writes them back. A
 * migration may be taken out one release after everybody has run it.
 */
export const MIGRATIONS: readonly Migration[] = [];

/** Rows that were written before rows had versions are of this one. */
const FIRST = 1;

/** The version of the rows that are written now. */
export function versionAfter(migrations: readonly Migration[]): number {
  return Math.max(FIRST, ...migrations.map(({ to }) => to));
}

/** The row as the running version knows it. `v`, its version, is no property of a record's. */
export function upgraded<Row extends Properties>(
  row: Row,
  table: string,
  migrations: readonly Migration[],
): Row {
  const { v, ...properties } = row;
  let current: Properties = properties;
  for (const { change } of pendingFor({ table, v }, migrations)) current = change(current);
  // A migration keeps the keys and the etag: the rest is checked by the store that reads it.
  return { ...current, etag: row["etag"] } as unknown as Row;
}

/** What a row still has before it. */
export function pendingFor(
  { table, v }: { readonly table: string; readonly v: unknown },
  migrations: readonly Migration[],
): Migration[] {
  const version = typeof v === "number" ? v : FIRST;
  return migrations
    .filter((each) => each.table === table && each.to > version)
    .toSorted((one, other) => one.to - other.to);
}
