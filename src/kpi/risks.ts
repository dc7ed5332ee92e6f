import { fill, type Card } from "../card-template.ts";
import { UserError } from "../errors.ts";
import { ANYWHERE, EVERYONE, type Command, type Slots, type Turn } from "../feature.ts";
import { isNearly, wordsOf } from "./names.ts";
import type { RegisterStore } from "./register-store.ts";
import type { Risk } from "./schema.ts";
import { said } from "./said.ts";

const COMMAND = /^.*?\brisks?\b(?:\s+(?:number|no\.?|register))*[\s:#]*/is;

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
      run: async ({ committee }) => risksCard(await readRisks(committee.id)),
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
    const asked = typed.replace(COMMAND, "").trim();
    if (/^\d{1,4}$/.test(asked)) {
      const risk = await store.riskWith(committee.id, Number(asked));
      if (risk) return riskCard(risk);
      throw new UserError(`The register has no risk ${Number(asked)}. Type risks to see all.`);
    }
    const words = wordsOf(asked);
    const found = (await readRisks(committee.id)).filter(({ title, titleInReport }) => {
      const known = wordsOf(`${title} ${titleInReport}`);
      return words.length > 0 && words.every((word) => known.some((each) => isNearly(word, each)));
    });
    const [risk, another] = found;
    if (!risk) throw new UserError("The register has no such risk. Type risks to see all.");
    return another ? risksCard(found) : riskCard(risk);
  }

  async function readRisks(committee: string): Promise<Risk[]> {
    const found = await store.risksOf(committee);
    if (found.length > 0) return found;
    throw new UserError("No risk register is stored. Ask the committee's officer to add it.");
  }
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

/** Risks by their level, the highest first. */
export function risksCard(risks: readonly Risk[]): Card {
  const sorted = risks.toSorted((a, b) => b.residual - a.residual || a.number - b.number);
  const [highest] = sorted;
  const high = sorted.filter((risk) => risk.residual >= risk.appetite).length;
  return fill("kpi/risks", {
    title: `Risks: ${risks.length}`,
    summary: `At or above the appetite of ${highest?.appetite ?? "not set"}: ${high}. These must be reassessed.`,
    rows: sorted.map((risk) => ({
      name: `${risk.number}. ${risk.title}`,
      level: levelInWords(risk),
      score: `${risk.likelihood} × ${risk.consequence}`,
    })),
    source: highest?.source.replace(/ row .*$/, "") ?? "",
  });
}

function levelInWords({ residual, appetite }: Risk): string {
  return residual >= appetite ? `${residual}, at or above appetite` : `${residual}, below appetite`;
}

function appetiteInWords({ residual }: Risk, appetite: number): string {
  return residual >= appetite
    ? `${appetite}: a risk at this level or above must be reassessed`
    : `${appetite}: this risk is below it`;
}
