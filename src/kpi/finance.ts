import { monthName } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { UserError } from "../errors.ts";
import { ANYWHERE, EVERYONE, type Command, type Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { isNearly, sameName, wordsOf } from "./names.ts";
import type { RegisterStore } from "./register-store.ts";
import type { FinanceLine } from "./schema.ts";
import said from "./said.json" with { type: "json" };

const COMMAND = /^.*?\b(?:finances?|finance report)\b:?\s*/is;
const RULE =
  "In thousands of pounds. A variance above 0 is a forecast overspend. Income is below 0.";

/** The committee's finance table, whole or one line of it, as printed. */
export function finance(store: RegisterStore) {
  const needs = { roles: EVERYONE, places: ANYWHERE };
  const task = "Finance and risks";
  const commands: Command[] = [
    {
      id: "kpi.finance",
      name: "finance",
      examples: said.finance,
      phrases: ["finances", "show finance", "finance report", "budget", "finance {anything}"],
      purpose: "See budget, spending and forecast, whole or a line of it: finance coroners.",
      task,
      needs,
      run: show,
    },
  ];
  return { commands };

  async function show({ committee }: Turn, { typed = "" }: Slots): Promise<Card> {
    const lines = await store.financeOf(committee.id);
    const [first] = lines;
    if (!first)
      throw new UserError("No finance report is stored. Ask the committee's officer to add it.");
    const asked = COMMAND.test(typed) ? typed.replace(COMMAND, "").trim() : "";
    if (!asked || sameName(asked, "report")) return financeCard(lines);
    const found = linesCalled(asked, lines);
    if (found.length > 0) return financeCard(found);
    const names = lines.map(({ line }) => line).join("; ");
    throw new UserError(
      `The finance report has no such line. Type finance and one of these: ${names}.`,
    );
  }
}

/** The lines whose name or other names fit: all words of what was typed, small errors allowed. */
function linesCalled(asked: string, lines: readonly FinanceLine[]): FinanceLine[] {
  const exact = lines.filter((line) => namesOf(line).some((name) => name && sameName(name, asked)));
  if (exact.length > 0) return exact;
  const words = wordsOf(asked);
  return lines.filter((line) =>
    namesOf(line).some((name) => {
      const known = wordsOf(name);
      return words.every((word) => known.some((each) => isNearly(word, each)));
    }),
  );
}

function namesOf({ line, synonyms }: FinanceLine): string[] {
  return [line, ...synonyms.split(";")];
}

/** Lines of the finance report, and what the report says about them. */
export function financeCard(lines: readonly FinanceLine[]): Card {
  const [first] = lines;
  if (!first) throw new Error("There is no line of the finance report to show");
  return fill("kpi/finance", {
    title: lines.length === 1 ? `Finance: ${first.line}` : "Finance",
    summary: `${monthName(first.month)}. ${RULE}`,
    rows: lines.map((each) => ({
      line: each.line,
      budget: each.budget,
      actual: each.actual,
      variance: varianceInWords(each),
    })),
    notes: lines.flatMap(({ line: name, note }) => (note ? [{ note: `${name}: ${note}` }] : [])),
    source: first.source,
  });
}

/** The printed variance with what it means: a line of income over-recovers, it does not underspend. */
function varianceInWords({ variance, budget }: FinanceLine): string {
  const value = Number(variance.replaceAll(",", ""));
  // "-0" is what the report prints for a variance that rounds to nothing.
  if (value === 0) return variance;
  if (value > 0) return `${variance} (overspend)`;
  return budget.startsWith("-") ? `${variance} (more income)` : `${variance} (underspend)`;
}
