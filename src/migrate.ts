import { parseArgs } from "node:util";
import { printLine, runProgram } from "./command-line.ts";
import { readProcessSettings } from "./config.ts";
import { openWholeTables, type WholeTables } from "./keeping/whole-tables.ts";
import { MIGRATIONS, pendingFor, type Migration } from "./migrations/index.ts";
import { openTables, type Row, type Table, type Tables } from "./tables.ts";

const USAGE = `Usage: npm run migrate -- [--env NAME]
       writes rows of earlier versions in their present shape; may be stopped and run again`;

interface Parts {
  readonly whole: WholeTables;
  /** They give each row as the same migrations have changed it. */
  readonly tables: Tables;
  readonly migrations: readonly Migration[];
  readonly print: (line: string) => void;
}

/**
 * Writes back every row that is of an earlier version, one by one, while the bot works: a row
 * that somebody changes meanwhile is read again. Done rows say so themselves, so a second run
 * does only what is left.
 */
export async function migrate({ whole, tables, migrations, print }: Parts): Promise<void> {
  const concerned = new Set(migrations.map(({ table }) => table));
  for (const name of await whole.names()) {
    if (!concerned.has(name)) continue;
    const table = await tables(name);
    let count = 0;
    for await (const line of whole.lines(name)) {
      // A line is a row with its keys as Azure names them.
      const { PartitionKey, RowKey, v } = JSON.parse(line) as Record<string, unknown>;
      if (pendingFor({ table: name, v }, migrations).length === 0) continue;
      await rewrite(table, String(PartitionKey), String(RowKey));
      count += 1;
    }
    print(`${name}: ${count} rows`);
  }
  print("Every row is of the present version.");
}

async function rewrite(table: Table, partition: string, row: string): Promise<void> {
  for (;;) {
    const current = await table.find(partition, row);
    if (!current) return;
    const { etag, timestamp: _, ...properties } = current;
    // The product writes texts, numbers and yes or no, and has read nothing else here.
    if (await table.replace(properties as unknown as Row, etag)) return;
  }
}

async function run(): Promise<boolean> {
  const { values } = parseArgs({ options: { env: { type: "string" } } });
  const settings = readProcessSettings(values.env ? ["--env", values.env] : []);
  await migrate({
    whole: openWholeTables(settings),
    tables: openTables(settings),
    migrations: MIGRATIONS,
    print: printLine,
  });
  return true;
}

if (process.argv[1] === import.meta.filename) void runProgram(USAGE, run);
