import { createHash } from "node:crypto";
import type { Month } from "../calendar.ts";
import { key, type StoredRow, type Tables } from "../tables.ts";
import { Suggestion, UnmetNeed } from "./schema.ts";

const SUGGESTION = "suggestion";
const TRIES = 8;

export type SuggestionStore = ReturnType<typeof createSuggestionStore>;

/**
 * Table `directory`: partition `suggestion`, rows `open|time|id`, `sent|hash` (that it came, at
 * whatever minute, so that it comes once) and `decided|service|time|id`
 * (the history of a service's corrections); partition `unmet`, committee and month, row district
 * and words: how often it was looked for and not found, and never who looked.
 */
export function createSuggestionStore(tables: Tables) {
  return { add, findOpen, open, decide, findDecided, putBack, historyOf, countUnmet, unmetOf };

  /** False when it was there already: the same press delivered twice is one suggestion. */
  async function add(suggestion: Suggestion): Promise<boolean> {
    const table = await tables("directory");
    return table.write([
      { create: rowOf(openKey(suggestion), suggestion) },
      { create: { partitionKey: SUGGESTION, rowKey: sentKey(suggestion) } },
    ]);
  }

  async function findOpen(id: string, at: string): Promise<Suggestion | undefined> {
    const row = await (await tables("directory")).find(SUGGESTION, key("open", at, id));
    return row && read(row);
  }

  /** Those that wait for a decision, the oldest first. */
  async function open(): Promise<Suggestion[]> {
    const rows = await (await tables("directory")).list(SUGGESTION, { prefix: "open|" });
    return rows.map(read);
  }

  /** False when somebody has decided already. */
  async function decide(suggestion: Suggestion): Promise<boolean> {
    const { service, at, id } = suggestion;
    const table = await tables("directory");
    if (!(await table.find(SUGGESTION, openKey(suggestion)))) return false;
    return table.write([
      { create: rowOf(key("decided", service, at, id), suggestion) },
      { remove: { partitionKey: SUGGESTION, rowKey: openKey(suggestion) } },
    ]);
  }

  /** A suggestion that was decided, with who did. */
  async function findDecided({
    service,
    at,
    id,
  }: Pick<Suggestion, "service" | "at" | "id">): Promise<Suggestion | undefined> {
    const row = await (await tables("directory")).find(SUGGESTION, key("decided", service, at, id));
    return row && read(row);
  }

  /** Undoes a decision that could not be carried out: the suggestion waits again. */
  async function putBack(suggestion: Suggestion): Promise<void> {
    const { service, at, id } = suggestion;
    await (
      await tables("directory")
    ).write([
      { create: rowOf(openKey(suggestion), suggestion) },
      { remove: { partitionKey: SUGGESTION, rowKey: key("decided", service, at, id) } },
    ]);
  }

  /** What was decided about a service, the newest last. */
  async function historyOf(service: string): Promise<Suggestion[]> {
    const table = await tables("directory");
    return (await table.list(SUGGESTION, { prefix: key("decided", service, "") })).map(read);
  }

  async function countUnmet(
    committee: string,
    month: Month,
    need: Pick<UnmetNeed, "words" | "district">,
  ): Promise<void> {
    const table = await tables("directory");
    const keys = {
      partitionKey: key("unmet", committee, month),
      rowKey: key(need.district, need.words),
    };
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const before = await table.find(keys.partitionKey, keys.rowKey);
      const row = { ...keys, ...need, count: Number(before?.["count"] ?? 0) + 1 };
      if (before ? await table.replace(row, before.etag) : await table.create(row)) return;
    }
  }

  /** What was not found in a month, the most wanted first. */
  async function unmetOf(committee: string, month: Month): Promise<UnmetNeed[]> {
    const rows = await (await tables("directory")).list(key("unmet", committee, month));
    return rows.map((row) => UnmetNeed.parse(row)).toSorted((a, b) => b.count - a.count);
  }
}

function openKey({ at, id }: Suggestion): string {
  return key("open", at, id);
}

/** Of one form somebody can send several suggestions, as long as they say different things. */
function sentKey({ id, service, field, text, by }: Suggestion): string {
  const what = JSON.stringify([id, service, field, text, by.id]);
  return key("sent", createHash("sha256").update(what).digest("hex"));
}

function rowOf(rowKey: string, suggestion: Suggestion) {
  return { partitionKey: SUGGESTION, rowKey, suggestion: JSON.stringify(suggestion) };
}

function read(row: StoredRow): Suggestion {
  return Suggestion.parse(JSON.parse(String(row["suggestion"])));
}
