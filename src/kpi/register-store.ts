import { key, type Row, type Tables } from "../tables.ts";
import { FinanceLine, Risk } from "./schema.ts";

/** Digits of a row's number, so that it sorts. */
const DIGITS = 4;

export type RegisterStore = ReturnType<typeof createRegisterStore>;

/** Tables `finance` (committee, month and order) and `risks` (committee, number). */
export function createRegisterStore(tables: Tables) {
  return { financeOf, saveFinance, risksOf, riskWith, saveRisks };

  /** The lines of the latest month there is, in the order of the report. */
  async function financeOf(committee: string): Promise<FinanceLine[]> {
    const rows = await (await tables("finance")).list(key(committee));
    const lines = rows.map((row) => FinanceLine.parse(row));
    const latest = lines.at(-1)?.month;
    return lines.filter(({ month }) => month === latest);
  }

  /** Lines that are not there yet, a hundred at most. */
  async function saveFinance(committee: string, lines: readonly FinanceLine[]): Promise<void> {
    const partitionKey = key(committee);
    const rows = lines.map((line) => ({
      ...{ partitionKey, rowKey: key(line.month, padded(line.order)) },
      ...line,
    }));
    await create("finance", rows);
  }

  /** The whole register, in the order of its numbers. */
  async function risksOf(committee: string): Promise<Risk[]> {
    const rows = await (await tables("risks")).list(key(committee));
    return rows.map((row) => Risk.parse(row));
  }

  async function riskWith(committee: string, number: number): Promise<Risk | undefined> {
    const row = await (await tables("risks")).find(key(committee), padded(number));
    return row && Risk.parse(row);
  }

  /** Risks that are not there yet, a hundred at most. */
  async function saveRisks(committee: string, risks: readonly Risk[]): Promise<void> {
    const partitionKey = key(committee);
    const rows = risks.map((risk) => ({ partitionKey, rowKey: padded(risk.number), ...risk }));
    await create("risks", rows);
  }

  async function create(table: string, rows: readonly Row[]): Promise<void> {
    // False when a load that was broken off had come so far.
    await (await tables(table)).write(rows.map((row) => ({ create: row })));
  }
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, "0");
}
