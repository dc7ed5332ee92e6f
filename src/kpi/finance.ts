import { monthName } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { UserError } from "../errors.ts";
import { ANYWHERE, EVERYONE, type Command, type Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { LOCAL_GOVERNMENT_YEAR, yearFrom, yearName, yearUpTo } from "./parts-of-years.ts";
import { isNearly, sameName, wordsOf } from "./names.ts";
import { readPeriod } from "./period-reading.ts";
import { lastDay, periodInWords, type Period } from "./periods.ts";
import type { RegisterStore } from "./register-store.ts";
import type { FinanceLine } from "./schema.ts";
import said from "./said.json" with { type: "json" };

const COMMAND = /^.*?\b(?:finances?|finance report)\b:?\s*/is;
/** "How much may we spend": not the month, which has a capital or a year. */
const MAY = /\bmay\b(?!\s+\d)/g;
/** What asks for the table, not for a line of it. */
const WHOLE =
  /^(?:the\s+)?(?:report|table|summary|forecast|outturn|variances?|spend(?:ing)?|overspends?|position|all)$/i;
/** The directorate that the committee's lines are a part of. */
const WIDER = /\bp\s*(?:&|and|\+)\s*c\b|\bpeople (?:and|&) communities\b/i;
const PART =
  "This is the committee's part of P&C (People and Communities). What is printed of P&C as a whole is in the notes. ";
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

  async function show({ committee, now }: Turn, { typed = "" }: Slots): Promise<Card> {
    const lines = await store.financeOf(committee.id);
    const [first] = lines;
    if (!first)
      throw new UserError("No finance report is stored. Ask the committee's officer to add it.");
    const { period, rest } = readPeriod(typed.replaceAll(MAY, " "), now);
    const month = period && !holds(period, first.month) ? otherMonth(period, first.month) : "";
    const remark = `${month}${WIDER.test(typed) ? PART : ""}`;
    if (!COMMAND.test(rest)) return financeCard(linesIn(rest, lines), remark);
    const asked = rest.replace(COMMAND, "").trim();
    if (!asked || WHOLE.test(asked)) return financeCard(lines, remark);
    const found = linesCalled(asked, lines);
    if (found.length > 0) return financeCard(found, remark);
    const names = lines.map(({ line }) => line).join("; ");
    throw new UserError(
      `The finance report has no such line. Type finance and one of these: ${names}.`,
    );
  }
}

/** The lines that a question speaks of: "how much is spent on libraries". All where it names none. */
function linesIn(typed: string, lines: readonly FinanceLine[]): readonly FinanceLine[] {
  const said = wordsOf(typed);
  const isSaid = (name: string) =>
    wordsOf(name).every((word) => said.some((each) => isNearly(each, word)));
  const found = lines.filter(
    (line) => line.kind === "line" && namesOf(line).some((name) => name && isSaid(name)),
  );
  return found.length > 0 ? found : lines;
}

function holds({ start, end }: Period, month: string): boolean {
  return start <= lastDay(month) && end >= `${month}-01`;
}

function otherMonth(period: Period, month: string): string {
  return `No finance report for ${periodInWords(period)} is stored. This one is for ${monthName(month)}. `;
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
export function financeCard(lines: readonly FinanceLine[], remark = ""): Card {
  const [first] = lines;
  if (!first) throw new Error("There is no line of the finance report to show");
  return fill("kpi/finance", {
    title: lines.length === 1 ? `Finance: ${first.line}` : "Finance",
    summary: `${remark}Year ${yearOf(first)}, ${monthName(first.month)}. ${RULE}`,
    ...{ year: yearOf(first), month: monthName(first.month) },
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

/** "2019/20": the year that a line's budget is for. Its month lies in it. */
export function yearOf({ month }: FinanceLine): string {
  return yearName(yearFrom(Number(yearUpTo(month).start.slice(0, 4)), LOCAL_GOVERNMENT_YEAR)) ?? "";
}

/** The printed variance with what it means: a line of income over-recovers, it does not underspend. */
function varianceInWords({ variance, budget }: FinanceLine): string {
  const value = Number(variance.replaceAll(",", ""));
  // "-0" is what the report prints for a variance that rounds to nothing.
  if (value === 0) return variance;
  if (value > 0) return `${variance} (overspend)`;
  return budget.startsWith("-") ? `${variance} (more income)` : `${variance} (underspend)`;
}
