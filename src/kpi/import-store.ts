import { z } from "zod/v4";
import { Place } from "../feature.ts";
import { join, key, split, type Table, type Tables } from "../tables.ts";
import { Indicator, ListedFigure } from "./schema.ts";

/** A row of figures that was read and can be stored. */
export const StagedFigure = z.object({
  indicator: z.string(),
  area: z.string(),
  figure: ListedFigure,
});
export type StagedFigure = z.infer<typeof StagedFigure>;

/** Rows that are stored together. */
export const Chunk = z.object({
  figures: z.array(StagedFigure).default([]),
  definitions: z.array(Indicator).default([]),
});
export type Chunk = z.infer<typeof Chunk>;

const Refusal = z.object({ line: z.number(), column: z.string(), problem: z.string() });

/** One import: what it would do, how far it is, who wants it and when. */
export const Import = z.object({
  id: z.string(),
  state: z.enum(["checking", "ready", "storing", "done", "failed", "discarded"]),
  kind: z.enum(["figures", "definitions"]).default("figures"),
  file: z.string().default(""),
  by: z.string(),
  at: z.iso.datetime(),
  rows: z.number().default(0),
  added: z.number().default(0),
  revised: z.number().default(0),
  same: z.number().default(0),
  refused: z.number().default(0),
  /** The first of the refused rows, and of the figures that become revisions. */
  refusals: z.array(Refusal).default([]),
  revisions: z.array(z.string()).default([]),
  /** The first of the figures that are new, and what is to be looked at again. */
  news: z.array(z.string()).default([]),
  warnings: z.array(z.string()).default([]),
  chunks: z.number().default(0),
  /** Chunks stored so far. */
  stored: z.number().default(0),
  problem: z.string().default(""),
  /** Who hears how it ended, and where. Nobody when it came from the command line. */
  hears: z.object({ person: z.string(), place: Place }).optional(),
});
export type Import = z.infer<typeof Import>;

/** An import with the etag it was read with. */
export interface StoredImport {
  readonly state: Import;
  readonly etag: string;
}

const HEAD = "head";
const OPEN = "open";
const ASIDE = "aside";
const DIGITS = 6;

export type ImportStore = ReturnType<typeof createImportStore>;

/**
 * Table `imports`: partition committee and import, row `head` and row `chunk` with its number; and
 * partition committee and `open`, a row for each import that is being stored, so that a start of
 * the bot takes up what a stop left half done; and partition committee and `aside`, a row for each
 * import that has chunks, so that those which nobody wants any more are found.
 */
export function createImportStore(tables: Tables) {
  return { find, save, advance, putAside, saveChunk, chunkAt, openOf, asideOf, open, close };

  async function find(committee: string, id: string): Promise<StoredImport | undefined> {
    const row = await (await table()).find(key(committee, id), HEAD);
    return row && { state: Import.parse(JSON.parse(join("state", row))), etag: row.etag };
  }

  /** While a list is checked, only the replica that checks it writes. */
  async function save(committee: string, state: Import): Promise<void> {
    await (await table()).put(rowOf(committee, state));
  }

  /** False when another replica was there first. */
  async function advance(committee: string, state: Import, etag: string): Promise<boolean> {
    return (await table()).replace(rowOf(committee, state), etag);
  }

  /** Before the first chunk is written. */
  async function putAside(committee: string, id: string): Promise<void> {
    await (await table()).put({ partitionKey: key(committee, ASIDE), rowKey: key(id), import: id });
  }

  async function saveChunk(
    committee: string,
    id: string,
    number: number,
    chunk: Chunk,
  ): Promise<void> {
    const keys = { partitionKey: key(committee, id), rowKey: key("chunk", padded(number)) };
    await (await table()).put({ ...keys, ...split("chunk", JSON.stringify(chunk)) });
  }

  async function chunkAt(committee: string, id: string, number: number): Promise<Chunk> {
    const row = await (await table()).find(key(committee, id), key("chunk", padded(number)));
    return Chunk.parse(row ? JSON.parse(join("chunk", row)) : {});
  }

  /** The imports of a committee that are being stored. */
  async function openOf(committee: string): Promise<string[]> {
    const rows = await (await table()).list(key(committee, OPEN));
    return rows.map(({ import: id }) => String(id));
  }

  /** The imports of a committee that have chunks. */
  async function asideOf(committee: string): Promise<string[]> {
    const rows = await (await table()).list(key(committee, ASIDE));
    return rows.map(({ import: id }) => String(id));
  }

  async function open(committee: string, id: string): Promise<void> {
    await (await table()).put({ partitionKey: key(committee, OPEN), rowKey: key(id), import: id });
  }

  /** Its rows have become figures, so the copies go. Who did it and when stays. */
  async function close(committee: string, { id, chunks }: Import): Promise<void> {
    const imports = await table();
    for (let number = 0; number < chunks; number += 1)
      await imports.remove(key(committee, id), key("chunk", padded(number)));
    for (const list of [OPEN, ASIDE]) await imports.remove(key(committee, list), key(id));
  }

  function table(): Promise<Table> {
    return tables("imports");
  }
}

function rowOf(committee: string, state: Import) {
  const keys = { partitionKey: key(committee, state.id), rowKey: HEAD };
  return { ...keys, ...split("state", JSON.stringify(state)) };
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, "0");
}
