import { fill, type Card } from "../card-template.ts";
import { UserError } from "../errors.ts";
import { ANYWHERE, EVERYONE, type Command, type Turn } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { isNearly, wordsOf } from "./names.ts";
import type { RegisterStore } from "./register-store.ts";
import { levelsIn } from "./risk-levels.ts";
import type { Risk } from "./schema.ts";
import said from "./said.json" with { type: "json" };

const COMMAND = /^.*?\brisks?\b(?:\s+(?:number|no\.?|register))*[\s:#]*/is;

/** Teams shows so many buttons, and cuts longer ones off. */
const MOST_CHOICES = 6;
const LONGEST_TITLE = 40;

/** The risk register: all of it by its levels, or one risk. */
export function risks(store: RegisterStore) {
  const needs = { roles: EVERYONE, places: ANYWHERE };
  const task = "Finance and risks";
  const commands: Command[] = [
    {
      id: "kpi.risks",
      name: "risks",
      examples: said.risks,
      phrases: ["risk register", "show risks", "all risks", "risk", "show risk register"],
      purpose: "See the risk register, the highest levels first.",
      task,
      needs,
      run: async (turn, slots) =>
        (await byLevel(turn, slots)) ?? risksCard(await readRisks(turn.committee.id)),
    },
    {
      id: "kpi.highRisks",
      name: "risks at or above appetite",
      examples: said.highRisks,
      phrases: [
        "risks above appetite",
        "risks at appetite",
        "risks over appetite",
        "high risks",
        "show risks at or above appetite",
        "show risks above appetite",
        "risks at or above the appetite",
        "risks at and above appetite",
      ],
      purpose: "See the risks that must be reassessed: their level is at or above the appetite.",
      task,
      needs,
      run: async (turn, slots) =>
        (await byLevel(turn, slots)) ?? highRisksCard(await readRisks(turn.committee.id)),
    },
    {
      id: "kpi.risk",
      name: "risk 7",
      examples: said.risk,
      phrases: ["risk {anything}", "risks {anything}", "show risk {anything}"],
      purpose: "See one risk by its number or its words: risk 7, risk libraries.",
      task,
      needs,
      run: show,
    },
  ];
  return { commands };

  async function show({ committee }: Turn, { typed = "" }: Slots): Promise<Card> {
    // "Library risks" says which before the word, "risk libraries" behind it.
    const asked = askedIn(typed);
    if (/^\d{1,4}$/.test(asked)) {
      const risk = await store.riskWith(committee.id, Number(asked));
      if (risk) return riskCard(risk);
      throw new UserError(`The register has no risk ${Number(asked)}. Type risks to see all.`);
    }
    const found = await byLevel({ committee }, { typed });
    if (found) return found;
    const ranked = ranks(await readRisks(committee.id), wordsOf(asked));
    const [best] = ranked;
    if (!best) throw new UserError("The register has no such risk. Type risks to see all.");
    const isSure = best.share === 1;
    const fitting = ranked.filter(({ share }) => share === best.share).map(({ risk }) => risk);
    const [risk, another] = fitting;
    return isSure && risk && !another ? riskCard(risk) : whichRiskCard(fitting, isSure);
  }

  /** "Risks above 12" names no risk and no appetite, but a number of the matrix. */
  async function byLevel({ committee }: Pick<Turn, "committee">, { typed = "" }: Slots) {
    const levels = levelsIn(askedIn(typed));
    return levels && ofLevels(await readRisks(committee.id), levels);
  }

  async function readRisks(committee: string): Promise<Risk[]> {
    const found = await store.risksOf(committee);
    if (found.length > 0) return found;
    throw new UserError("No risk register is stored. Ask the committee's officer to add it.");
  }
}

function askedIn(typed: string): string {
  return typed.replace(COMMAND, "").trim() || typed.replace(/\brisks?\b/gi, " ").trim();
}

/** Risks by a number of the matrix. None at it is an answer too. */
function ofLevels(
  risks: readonly Risk[],
  { said, isIn }: NonNullable<ReturnType<typeof levelsIn>>,
): Card {
  const found = risks.filter(isIn);
  if (found.length === 0)
    throw new UserError(`No risk of the register has ${said}. Type risks to see all.`);
  return risksCard(found, { title: `Risks with ${said}: ${found.length} of ${risks.length}` });
}

/** Risks with at least one of the words, those with most of them first. */
function ranks(risks: readonly Risk[], words: readonly string[]) {
  return risks
    .map((risk) => {
      const known = wordsOf(`${risk.title} ${risk.titleInReport}`);
      const said = words.filter((word) => known.some((each) => isNearly(word, each)));
      return { risk, share: said.length / Math.max(words.length, 1) };
    })
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share || a.risk.number - b.risk.number);
}

/** One risk, as the register has it. */
export function riskCard(risk: Risk): Card {
  const { number, title, likelihood, consequence, residual, appetite, detail, source } = risk;
  return fill("kpi/risk", {
    ...{ number, title, source, level: levelInWords(risk) },
    score: `${likelihood} × ${consequence} = ${likelihood * consequence}`,
    facts: [
      { title: "Likelihood", value: `${likelihood} of 5` },
      { title: "Consequence", value: `${consequence} of 5` },
      { title: "Residual level", value: String(residual) },
      { title: "Appetite", value: appetiteInWords(risk, appetite) },
      { title: "Report", value: detail },
    ],
  });
}

/** Risks that fit equally well, with a button each, or those that come nearest. */
function whichRiskCard(risks: readonly Risk[], isSure: boolean): Card {
  return risksCard(risks, {
    title: isSure ? "Which risk do you mean?" : "No risk has all these words. These come nearest",
    choices: risks.slice(0, MOST_CHOICES).map(({ number, title }) => ({
      number: String(number),
      short: cut(`Risk ${number}: ${title}`),
    })),
  });
}

function cut(words: string): string {
  return words.length <= LONGEST_TITLE ? words : `${words.slice(0, LONGEST_TITLE - 1).trimEnd()}…`;
}

/** Risks by their level, the highest first. */
export function risksCard(
  risks: readonly Risk[],
  {
    title = `Risks: ${risks.length}`,
    choices = [],
  }: { title?: string; choices?: readonly { number: string; short: string }[] } = {},
): Card {
  const sorted = risks.toSorted((a, b) => b.residual - a.residual || a.number - b.number);
  const [highest] = sorted;
  const high = sorted.filter(isHigh).length;
  return fill("kpi/risks", {
    ...{ title, choices },
    summary: `At or above the appetite of ${highest?.appetite ?? "not set"}: ${high}.${high > 0 ? " These must be reassessed." : ""}`,
    rows: sorted.map((risk) => ({
      name: `${risk.number}. ${risk.title}`,
      level: levelInWords(risk),
      score: `${risk.likelihood} × ${risk.consequence}`,
    })),
    source: highest?.source.replace(/ row .*$/, "") ?? "",
  });
}

/** Those that must be reassessed, with what makes their level and the appetite it is held against. */
export function highRisksCard(risks: readonly Risk[]): Card {
  const high = risks
    .filter(isHigh)
    .toSorted((a, b) => b.residual - a.residual || a.number - b.number);
  return fill("kpi/high-risks", {
    title: `Risks at or above appetite: ${high.length} of ${risks.length}`,
    summary:
      high.length > 0
        ? "A risk at the level of the appetite or above must be reassessed."
        : "None. Every risk is below its appetite.",
    rows: high.map(({ number, title, residual, likelihood, consequence, appetite }) => ({
      name: `${number}. ${title}`,
      level: `Level ${residual}, appetite ${appetite}. Likelihood ${likelihood} of 5, consequence ${consequence} of 5.`,
    })),
    source: risks[0]?.source.replace(/ row .*$/, "") ?? "",
  });
}

function isHigh({ residual, appetite }: Risk): boolean {
  return residual >= appetite;
}

function levelInWords({ residual, appetite }: Risk): string {
  return residual >= appetite ? `${residual}, at or above appetite` : `${residual}, below appetite`;
}

function appetiteInWords({ residual }: Risk, appetite: number): string {
  return residual >= appetite
    ? `${appetite}: a risk at this level or above must be reassessed`
    : `${appetite}: this risk is below it`;
}
