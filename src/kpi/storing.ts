import { bySeries, type ImportParts } from "./checking.ts";
import type { Import, StoredImport } from "./import-store.ts";

/** A figure's writes wait for the tables, so a few series are written at a time. */
const AT_ONCE = 4;

/**
 * Stores an import chunk by chunk, in the order of the list. Each step can be repeated: a figure
 * that is there already stays as it is. Ends early when another replica is storing it too.
 */
export async function storeImport(
  { imports, definitions, figures }: ImportParts,
  committee: string,
  id: string,
): Promise<Import | undefined> {
  let found = await imports.find(committee, id);
  while (found?.state.state === "storing" && found.state.stored < found.state.chunks) {
    await storeChunk(found);
    const next = { ...found.state, stored: found.state.stored + 1 };
    if (!(await imports.advance(committee, next, found.etag))) return undefined;
    found = await imports.find(committee, id);
  }
  if (found?.state.state !== "storing") return found?.state;
  const done: Import = { ...found.state, state: "done" };
  if (!(await imports.advance(committee, done, found.etag))) return undefined;
  await imports.close(committee, done);
  return done;

  async function storeChunk({ state }: StoredImport): Promise<void> {
    const chunk = await imports.chunkAt(committee, id, state.stored);
    if (chunk.definitions.length > 0) await definitions.save(committee, chunk.definitions);
    const series = bySeries(committee, chunk.figures);
    const written = { by: state.by, at: state.at };
    for (let from = 0; from < series.length; from += AT_ONCE)
      await Promise.all(
        series.slice(from, from + AT_ONCE).map(([about, staged]) =>
          figures.add(
            about,
            staged.map(({ figure }) => figure),
            written,
          ),
        ),
      );
  }
}
