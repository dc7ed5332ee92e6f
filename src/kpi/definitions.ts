import { randomUUID } from "node:crypto";
import { join, key, MOST_IN_TRANSACTION, split, type StoredRow, type Tables } from "../tables.ts";
import { Indicator } from "./schema.ts";

/** A changed definition is felt on every replica within this time. */
const REMEMBER_MS = 30_000;
const VERSION = "version";
const DEFINITION = "definition";

interface Remembered {
  readonly indicators: Promise<Indicator[]>;
  readonly version: string;
  readonly readAt: number;
}

export type DefinitionStore = ReturnType<typeof createDefinitionStore>;

/**
 * Table `indicators`: partition committee, row `definition` and id; and the row `version`, which
 * changes with every definition. A replica reads the definitions again when the version is new.
 */
export function createDefinitionStore(tables: Tables) {
  const remembered = new Map<string, Remembered>();

  return { indicatorsOf, save };

  /** Every indicator of a committee: one point read in half a minute, and nothing between. */
  async function indicatorsOf(committee: string): Promise<Indicator[]> {
    const known = remembered.get(committee);
    if (known && performance.now() - known.readAt < REMEMBER_MS) return known.indicators;
    const table = await tables("indicators");
    const row = await table.find(key(committee), VERSION);
    const version = String(row?.version ?? "");
    const readAt = performance.now();
    const indicators =
      known?.version === version
        ? known.indicators
        : table.list(key(committee), { prefix: key(DEFINITION, "") }).then(inOrder);
    // An empty list is not kept: the definitions may be loading.
    if (version) remembered.set(committee, { indicators, version, readAt });
    indicators.catch(() => remembered.delete(committee));
    return indicators;
  }

  /** Writes definitions, in transactions of a hundred. Each one that is there is replaced. */
  async function save(committee: string, indicators: readonly Indicator[]): Promise<void> {
    const table = await tables("indicators");
    const partitionKey = key(committee);
    const ids = new Set(indicators.map(({ id }) => id));
    const rows = await table.list(partitionKey, { prefix: key(DEFINITION, "") });
    const etags = new Map(rows.map(({ rowKey, etag }) => [rowKey, etag]));
    const orders = new Map(rows.map((row) => [row.rowKey, Number(row.order)]));
    const changes = [...ids].map((id, at) => {
      const indicator = indicators.findLast((each) => each.id === id);
      const rowKey = key(DEFINITION, id);
      const order = orders.get(rowKey) ?? rows.length + at;
      const row = {
        partitionKey,
        rowKey,
        order,
        ...split("definition", JSON.stringify(indicator)),
      };
      const etag = etags.get(rowKey);
      return etag ? { replace: row, etag } : { create: row };
    });
    for (let from = 0; from < changes.length; from += MOST_IN_TRANSACTION)
      if (!(await table.write(changes.slice(from, from + MOST_IN_TRANSACTION))))
        return save(committee, indicators);
    await table.put({ partitionKey, rowKey: VERSION, version: randomUUID() });
    remembered.delete(committee);
  }
}

/** As the papers and the council's list have them. */
function inOrder(rows: readonly StoredRow[]): Indicator[] {
  return rows.toSorted((a, b) => Number(a.order) - Number(b.order)).map(read);
}

function read(row: StoredRow): Indicator {
  return Indicator.parse(JSON.parse(join("definition", row)));
}
