import { bySeries, type ImportParts } from "./checking.ts";
import type { Import, StoredImport } from "./import-store.ts";
import { withPatience } from "./patience.ts";

/** A figure's writes wait for the tables, so a few series are written at a time. */
const AT_ONCE = 4;

/**
 * Stores an import chunk by chunk, in the order of the list. Each step can be repeated: a figure
 * that is there already stays as it is. Whatever another replica has stored in the meantime is not
 * stored again. Throws a UserError when the tables do not answer: the next one goes on from there.
 */
export async function storeImport(
  parts: ImportParts,
  committee: string,
  id: string,
): Promise<Import | undefined> {
  const { imports, definitions, figures } = withPatience(parts);
  let found = await imports.find(committee, id);
  while (found?.state.state === "storing") {
    const { state, etag }: StoredImport = found;
    const isOver = state.stored >= state.chunks;
    if (!isOver) await storeChunk(state);
    const next: Import = isOver
      ? { ...state, state: "done" }
      : { ...state, stored: state.stored + 1 };
    // False where another replica was there first, or where a slow call had been done after all.
    if ((await imports.advance(committee, next, etag)) && isOver)
      await imports.close(committee, next);
    found = await imports.find(committee, id);
  }
  return found?.state;

  async function storeChunk(state: Import): Promise<void> {
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
