import type { z } from "zod/v4";

/** What could be read of a record, and the fields that were left out: `locations.0.latitude`. */
export type Reading<Shape> =
  | { readonly value: Shape; readonly leftOut: readonly string[] }
  /** The field that it cannot do without. */
  | { readonly missing: string };

/** A field can be wrong within a list within a list: so often a record is looked at again. */
const MOST_ROUNDS = 6;
/** What is looked through is bounded: no standard nests half as deep. */
const MOST_DEEP = 30;

/**
 * Reads a record that people and many programs have written. A field of the wrong shape is left
 * out, and the rest is kept; without a field that the shape needs, the whole is refused.
 */
export function readLeavingOut<Shape>(shape: z.ZodType<Shape>, record: unknown): Reading<Shape> {
  if (isDeeperThan(record, MOST_DEEP)) return { missing: "depth" };
  const leftOut: string[] = [];
  let rest = withoutNulls(record);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const read = shape.safeParse(rest);
    if (read.success) return { value: read.data, leftOut };
    for (const { path } of read.error.issues) {
      const gone = takeOut(rest, path.map(String));
      if (gone === undefined) return { missing: String(path[0] ?? "") };
      leftOut.push(gone);
    }
    rest = withoutNulls(rest);
  }
  return { missing: "" };
}

/**
 * Empties the field at a path, or, where the trouble is that there is none, what should hold it.
 * Gives the path that was emptied; undefined when that would be the record itself.
 */
function takeOut(record: unknown, path: readonly string[]): string | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const name = path[length - 1] ?? "";
    const owner = at(record, path.slice(0, length - 1));
    if (isRecord(owner) && owner[name] !== undefined) {
      owner[name] = null;
      return path.slice(0, length).join(".");
    }
  }
  return undefined;
}

/** Looks no deeper than it says, so that nothing is too deep for it. */
function isDeeperThan(value: unknown, most: number): boolean {
  if (!isRecord(value)) return false;
  return most === 0 || Object.values(value).some((each) => isDeeperThan(each, most - 1));
}

function at(record: unknown, path: readonly string[]): unknown {
  let value = record;
  for (const name of path)
    value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** A list is a record of its positions. */
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A copy without nulls and empty texts: the standard says to leave out what is empty. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isGiven).map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => isGiven(each))
      .map(([name, each]) => [name, withoutNulls(each)]),
  );
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined && !(typeof value === "string" && !value.trim());
}
