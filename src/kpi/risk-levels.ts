import type { Risk } from "./schema.ts";

/** Risks that are asked for by a number of the matrix, and how that is said. */
interface Levelled {
  readonly said: string;
  readonly isIn: (risk: Risk) => boolean;
}

const ASKED =
  /^(?:(?:that\s+are|which\s+are|with|of|on|at|a|an|the)\s+)*(likelihood|consequence|impact|level|scor(?:e|es|ed|ing)|rat(?:ed|ing))?(?:\s+(?:of|at|is|a))*\s*(above|over|more than|below|under|less than|at least|at most|or above)?\s*(\d{1,2})(?:\s+(or (?:above|more|higher|over)|or (?:below|less|lower|under)|and (?:above|over)))?$/i;

/**
 * "At 15", "scoring 9", "likelihood 4", "level over 12": which risks these are. Undefined where the
 * words ask for something else. A number alone is a risk's own and is not read here.
 */
export function levelsIn(text: string): Levelled | undefined {
  const [, measure = "", before = "", digits, behind = ""] = ASKED.exec(text.trim()) ?? [];
  if (digits === undefined || /^\d+$/.test(text.trim())) return undefined;
  const number = Number(digits);
  const { name, of } = measured(measure.toLowerCase());
  const way = wayOf(`${before} ${behind}`.toLowerCase());
  const test = { above: isAbove, below: isBelow, atLeast: isAtLeast, atMost: isAtMost, at: isAt }[
    way
  ];
  const words = {
    ...{ above: `above ${number}`, below: `below ${number}`, at: String(number) },
    ...{ atLeast: `${number} or above`, atMost: `${number} or below` },
  }[way];
  return { said: `${name} ${words}`, isIn: (risk) => test(of(risk), number) };
}

function measured(said: string) {
  if (said === "likelihood") return { name: "likelihood", of: (risk: Risk) => risk.likelihood };
  if (said === "consequence" || said === "impact")
    return { name: "consequence", of: (risk: Risk) => risk.consequence };
  return { name: "level", of: (risk: Risk) => risk.residual };
}

function wayOf(said: string) {
  if (/\bor (?:above|more|higher|over)|and (?:above|over)|at least/.test(said)) return "atLeast";
  if (/\bor (?:below|less|lower|under)|at most/.test(said)) return "atMost";
  if (/above|over|more/.test(said)) return "above";
  return /below|under|less/.test(said) ? "below" : "at";
}

const isAbove = (value: number, number: number) => value > number;
const isBelow = (value: number, number: number) => value < number;
const isAtLeast = (value: number, number: number) => value >= number;
const isAtMost = (value: number, number: number) => value <= number;
const isAt = (value: number, number: number) => value === number;
