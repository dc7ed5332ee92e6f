import type { TableEntity } from "@azure/data-tables";
import type { WholeRow } from "./whole-tables.ts";

/**
 * A row as one line of JSON in the words of Azure's own tables: both keys, then each property in
 * the order of the alphabet, every number with its type beside it ("count@odata.type":
 * "Edm.Int32"). Two rows are the same when their lines are. The service's time of change and etag
 * are left out: they are new with each write.
 */
type Line = Readonly<Record<string, unknown>> & { PartitionKey: string; RowKey: string };

/** What the service says of a row, and what no row holds itself. */
const OF_THE_SERVICE = new Set(["PartitionKey", "RowKey", "Timestamp", "odata.etag"]);
const TYPE = "@odata.type";
const LARGEST_INT32 = 2_147_483_647;

/** The rows of an answer of the service, as it came. */
export function linesOf(body: string): WholeRow[] {
  const { value } = JSON.parse(body, withSource) as { value: Record<string, unknown>[] };
  return value.map((row) => ({
    partition: String(row["PartitionKey"]),
    etag: String(row["odata.etag"]),
    line: lineOf(row),
  }));
}

/** Which partition a line belongs to. */
export function partitionOf(line: string): string {
  return read(line).PartitionKey;
}

/** A line's keys: of its partition, and of its row. */
export function keysOf(line: string): readonly [string, string] {
  const { PartitionKey, RowKey } = read(line);
  return [PartitionKey, RowKey];
}

/** The row as the SDK writes it, each value with the type it had. */
export function asEntity(line: string): TableEntity {
  const { PartitionKey: partitionKey, RowKey: rowKey, ...properties } = read(line);
  const entity: TableEntity = { partitionKey, rowKey };
  for (const [name, value] of Object.entries(properties)) {
    if (name.endsWith(TYPE)) continue;
    const type = properties[name + TYPE];
    // Annotations begin with "Edm.", which the SDK leaves out.
    entity[name] = type === undefined ? value : { value, type: String(type).slice(4) };
  }
  return entity;
}

function lineOf(row: Record<string, unknown>): string {
  const line: Record<string, unknown> = {
    PartitionKey: row["PartitionKey"],
    RowKey: row["RowKey"],
  };
  for (const name of Object.keys(row).toSorted()) {
    if (OF_THE_SERVICE.has(name) || name.endsWith(TYPE)) continue;
    const value = row[name];
    const isNumber = value instanceof NumberAsWritten;
    const type = row[name + TYPE] ?? (isNumber ? value.type : undefined);
    if (type !== undefined) line[name + TYPE] = type;
    line[name] = isNumber ? value.number : value;
  }
  return JSON.stringify(line);
}

/** A number without a type beside it: only how it is written says which one it has. */
class NumberAsWritten {
  readonly number: number;
  readonly type: string;

  constructor(number: number, source: string) {
    this.number = number;
    const isWhole = /^-?\d+$/.test(source) && Math.abs(number) <= LARGEST_INT32;
    this.type = isWhole ? "Edm.Int32" : "Edm.Double";
  }
}

function withSource(_name: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number"
    ? new NumberAsWritten(value, context?.source ?? String(value))
    : value;
}

function read(line: string): Line {
  // Lines come from `lineOf`, or from a file whose checksums were compared.
  return JSON.parse(line) as Line;
}
