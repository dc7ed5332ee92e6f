/** A row as people read it: its keys in parts, its long texts put together, its JSON unpacked. */
export interface PlainRecord {
  readonly partition: readonly string[];
  readonly row: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** Reads a line of row-line.ts. */
export function readRecord(line: string): PlainRecord {
  // A line is always an object with both keys.
  const { PartitionKey, RowKey, ...properties } = JSON.parse(line) as Record<string, unknown>;
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (name.endsWith("@odata.type")) continue;
    const [, start = name, index] = /^(.*?)(\d+)$/.exec(name) ?? [];
    // `text1` and so on follow on `text0`: see `split` in tables.ts.
    if (index !== undefined && `${start}0` in properties && typeof value === "string") {
      if (index === "0") values[start] = unpacked(joined(start, properties));
    } else values[name] = typeof value === "string" ? unpacked(value) : value;
  }
  return { partition: parts(PartitionKey), row: parts(RowKey), values };
}

/** Every text in a record: keys, names of properties and values. */
export function wordsOf({ partition, row, values }: PlainRecord): string[] {
  return [...partition, ...row, ...textsIn(values)];
}

/** An object with named values, as JSON has them. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string" || typeof value === "number") yield String(value);
  if (Array.isArray(value)) for (const each of value) yield* textsIn(each);
  if (!isPlain(value)) return;
  for (const [name, each] of Object.entries(value)) {
    yield name;
    yield* textsIn(each);
  }
}

function joined(start: string, properties: Record<string, unknown>): string {
  let text = "";
  for (let index = 0; typeof properties[`${start}${index}`] === "string"; index += 1)
    text += String(properties[`${start}${index}`]);
  return text;
}

/** Objects and lists are kept as JSON. Whatever only looks like it stays a text. */
function unpacked(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return unpackedInside(value);
  } catch {
    return text;
  }
}

function unpackedInside(value: unknown): unknown {
  if (typeof value === "string") return unpacked(value);
  if (Array.isArray(value)) return value.map(unpackedInside);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, unpackedInside(each)]),
  );
}

/** What `key` in tables.ts put together. */
function parts(text: unknown): string[] {
  return String(text)
    .split("|")
    .map((part) =>
      part.replaceAll(/%([\da-f]{2})/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      ),
    );
}
