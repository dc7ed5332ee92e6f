import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { ANYWHERE, EVERYONE, type Command, type Hunch, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { answerFrom } from "./answering.ts";
import { areaFor, areasToCompare, isByDistrict, readAreas, wholeOfMost } from "./asking.ts";
import { earlierCard, explainCard, figureCard, noDataCard } from "./cards.ts";
import { districtsCard } from "./comparing-cards.ts";
import { figuresAsCsv } from "./exporting.ts";
import type { DefinitionStore } from "./definitions.ts";
import type { Lists } from "./lists.ts";
import * as mentions from "./mentions.ts";
import { isNameOf } from "./names.ts";
import type { Period } from "./periods.ts";
import { besideAnother } from "./beside.ts";
import { readBeside } from "./beside-reading.ts";
import { readQuestion, type Question } from "./question.ts";
import { FigureChoice, type Indicator } from "./schema.ts";
import type { FigureStore } from "./store.ts";
import said from "./said.json" with { type: "json" };
import { noFigures, whyOtherPeriod } from "./no-figures.ts";
import { whichCard } from "./which-card.ts";

/** What showing a figure needs. */
export interface FigureParts {
  readonly definitions: DefinitionStore;
  readonly figures: FigureStore;
  readonly lists: Lists;
}

/** What is asked of one indicator. */
interface Asked {
  readonly area?: string | undefined;
  /** The areas to put side by side, where they are not all. */
  readonly areas?: readonly string[] | undefined;
  readonly period?: Period | undefined;
  /** What else the words of the period can be, one press away. */
  readonly other?: Period | undefined;
  /** What of the question was not used. */
  readonly remark?: string | undefined;
  /** Asked for by district, of what comes for the whole only. */
  readonly isUnsplit?: boolean;
}

type Show = (turn: Turn, indicator: Indicator, asked: Asked) => Promise<Card>;

const anyone = { roles: EVERYONE, places: ANYWHERE };
const task = "Numbers";
const ABBREVIATION = /^[A-Z]{3,6}$/;
const TABLE = /^\W*kpis?\s+table\b/i;
const WHAT_IS = /^what(?:['’]s| is| was)\s+(?:the|our)\s+(.+?)\W*$/i;
const NOT_SPLIT = "The figures that you can see here are not split by district.";

/** Asking for one number: the figure, its earlier periods, its districts, what it means, as CSV. */
export function showing({ definitions, figures, lists }: FigureParts) {
  const commands: Command[] = [
    {
      id: "kpi.compare",
      name: "compare districts",
      full: "compare districts {indicator}[ {time}]",
      examples: said.compare,
      phrases: ["compare districts {anything}", "compare {anything}", "kpi by district"],
      purpose: "See a number district by district: compare districts idva referrals.",
      task,
      needs: anyone,
      run: (turn, slots) => ask(turn, slots, compare),
    },
    {
      id: "kpi.explain",
      name: "explain",
      full: "explain {indicator}[ in {district}]",
      examples: said.explain,
      phrases: ["explain {anything}", "explain kpi {anything}"],
      purpose: "See what a number means, and what it does not say: explain idva referrals.",
      task,
      needs: anyone,
      run: (turn, slots) => ask(turn, slots, explainOrShow(slots.typed)),
    },
    {
      id: "kpi.table",
      name: "kpi table",
      full: "kpi table {indicator}[ in {district}]",
      examples: said.table,
      phrases: ["kpi table {anything}", "table", "show table", "table {anything}"],
      purpose: "See every figure of a number as a table, to copy: kpi table library visits.",
      task,
      needs: anyone,
      run: (turn, slots) => ask(turn, slots, exportCsv),
    },
  ];
  const verbs: Record<string, Verb> = {
    "kpi.show": { needs: anyone, run: pressing(show), justForMe: true },
    "kpi.earlier": { needs: anyone, run: showEarlier, justForMe: true },
    "kpi.districts": { needs: anyone, run: pressing(compare), justForMe: true },
    "kpi.explain": { needs: anyone, run: pressing(explain), justForMe: true },
    "kpi.csv": { needs: anyone, run: pressing(exportCsv), justForMe: true },
  };
  return {
    commands,
    verbs,
    // "Kpi …" takes what follows for a number: of "kpi table …" the table is wanted.
    show: (turn: Turn, slots: Slots) =>
      ask(turn, slots, TABLE.test(slots.typed ?? "") ? exportCsv : show),
    hunch,
    indicatorIn,
  };

  /** A text that asks for a number needs no command before it: "library visits in July". */
  async function hunch(turn: Turn, typed: string): Promise<Hunch | undefined> {
    const indicators = await definitions.indicatorsOf(turn.committee.id);
    const { match, isSure } = readQuestion(typed, turn, indicators);
    if (isAbbreviation(typed, indicators)) return { command: "kpi.show", isSure: true };
    if (!("indicator" in match)) return undefined;
    return isSure
      ? { command: "kpi.show", isSure, slots: { indicator: match.indicator.name } }
      : undefined;
  }

  async function indicatorIn(committee: string) {
    const indicators = await definitions.indicatorsOf(committee);
    return (words: readonly string[]) => mentions.indicatorIn(words, indicators);
  }

  /** "What is the threat level?" asks for it; "what does the threat level mean?" for the meaning. */
  function explainOrShow(typed = ""): Show {
    const [, name] = WHAT_IS.exec(typed.trim()) ?? [];
    return (turn, indicator, asked) =>
      name && isNameOf(name, indicator)
        ? show(turn, indicator, asked)
        : explain(turn, indicator, asked);
  }

  /** Reads the question, and asks back where several indicators fit or none does. */
  async function ask(turn: Turn, { typed = "" }: Slots, wanted: Show): Promise<Card> {
    const indicators = await definitions.indicatorsOf(turn.committee.id);
    const two = readBeside(typed, turn.now);
    const question = readQuestion(two?.rest ?? typed, turn, indicators);
    const { match } = question;
    if (question.problem) throw new UserError(question.problem);
    if ("indicator" in match && two)
      return besideAnother(figures, turn, match.indicator, { ...askedIn(question), beside: two });
    if ("indicator" in match) return wanted(turn, match.indicator, askedIn(question));
    if ("priority" in match) return lists.ofPriority(turn, match.priority);
    return whichCard(match, askedIn(question));
  }

  async function show(turn: Turn, indicator: Indicator, asked: Asked): Promise<Card> {
    const isSeveral = (asked.areas?.length ?? 0) > 1;
    if (isSeveral || (!asked.area && isByDistrict(indicator, turn)))
      return compare(turn, indicator, asked);
    const area = areaFor(indicator, asked.area ?? "", turn);
    const { period, remark = "" } = asked;
    const series = (await readAreas(figures, turn, indicator, { areas: [area], period })).get(area);
    const answered = answerFrom(series ?? [], indicator, period);
    if (!answered && !indicator.noData && asked.area === (await countyOf(turn)))
      return ofItsOwnAreas(turn, indicator, asked);
    // Without a figure nothing says that the county is what was asked for.
    const about = { ...noFigures(area, indicator), area: asked.area ?? "" };
    if (!answered) return noDataCard(indicator, { ...about, remark });
    const hasDistricts = indicator.areas.length > 1;
    const later = period && isJudged(indicator) ? await latestIn(turn, indicator, area) : [];
    return figureCard(
      {
        ...{ ...answered, indicator, area, series: series ?? [], hasDistricts, later },
        other: asked.other,
        remark: [
          ...[remark, asked.isUnsplit ? NOT_SPLIT : "", answered.remark],
          whyOtherPeriod(indicator, answered.lead, period),
        ]
          .filter(Boolean)
          .join(" "),
      },
      turn,
    );
  }

  /** Of a period that was asked for the years around it are read: these may be later ones. */
  async function latestIn(turn: Turn, indicator: Indicator, area: string) {
    return (await readAreas(figures, turn, indicator, { areas: [area] })).get(area) ?? [];
  }

  /** The county has no figure of its own: what there is of its districts, or of another area. */
  async function ofItsOwnAreas(turn: Turn, indicator: Indicator, asked: Asked): Promise<Card> {
    const { area: county = "", period, remark = "" } = asked;
    const own = areaFor(indicator, "", turn);
    if (own === county) return noDataCard(indicator, { ...noFigures(county, indicator), remark });
    const why = isByDistrict(indicator, turn)
      ? `No figure for ${county} as a whole is stored that you can see here.`
      : `This number comes for ${own}, not for ${county}.`;
    return show(turn, indicator, { period, remark: `${why} ${remark}`.trim() });
  }

  async function countyOf(turn: Turn): Promise<string | undefined> {
    return wholeOfMost(await definitions.indicatorsOf(turn.committee.id), turn);
  }

  async function compare(turn: Turn, indicator: Indicator, asked: Asked): Promise<Card> {
    const { period, remark = "" } = asked;
    const all = areasToCompare(indicator, turn);
    const areas =
      asked.areas && asked.areas.length > 1
        ? [...new Set([...all, ...asked.areas])].filter((each) => asked.areas?.includes(each))
        : all;
    const series = await readAreas(figures, turn, indicator, { areas, period });
    const isEmpty = [...series.values()].every((each) => each.length === 0);
    if (isEmpty && indicator.areas.length === 1 && !asked.areas?.length)
      return show(turn, indicator, { ...asked, isUnsplit: true });
    if (isEmpty) {
      const none = noFigures("by district", indicator);
      return noDataCard(indicator, { ...none, reason: indicator.noData || NOT_SPLIT });
    }
    return districtsCard(
      { indicator, areas, series, period, remark, county: await countyOf(turn) },
      turn,
    );
  }

  async function exportCsv(turn: Turn, indicator: Indicator, { area }: Asked): Promise<Card> {
    // Some come for the county only, some by district, some for a place of their own.
    const own = areaFor(indicator, "", turn);
    const all = [...areasToCompare(indicator, turn), own, ...indicator.areas];
    const areas = area ? [area] : [...new Set(all)];
    const series = await readAreas(figures, turn, indicator, { areas, hasAll: true });
    if ([...series.values()].some((each) => each.length > 0))
      return figuresAsCsv(indicator, series);
    return noDataCard(indicator, noFigures(area ?? own, indicator));
  }

  async function showEarlier(turn: Turn, data: unknown): Promise<Card> {
    const { before, ...choice } = checked(FigureChoice, data);
    const indicator = await chosen(turn, choice.indicator);
    const area = areaFor(indicator, choice.area, turn);
    const read = await readAreas(figures, turn, indicator, { areas: [area], before });
    const series = (read.get(area) ?? []).filter(({ end = "" }) => end && end < before);
    const figure = series.at(-1);
    if (!figure) throw new UserError("There are no earlier periods.");
    return earlierCard({ indicator, area, series, figure, hasDistricts: false }, turn);
  }

  /** What a button asks for. An indicator and an area on a card are looked up like typed ones. */
  function pressing(answer: Show) {
    return async (turn: Turn, data: unknown): Promise<Card> => {
      const { indicator, area, start, end } = checked(FigureChoice, data);
      const period = start && end && start <= end ? { start, end } : undefined;
      return answer(turn, await chosen(turn, indicator), { area: area || undefined, period });
    };
  }

  async function chosen({ committee }: Turn, id: string): Promise<Indicator> {
    const indicators = await definitions.indicatorsOf(committee.id);
    const indicator = indicators.find((each) => each.id === id);
    if (!indicator) throw new UserError("That number is not kept any more. Type kpi to see all.");
    return indicator;
  }
}

/** "DASV", "CLLD": one word that is kept in capitals with a number or a priority. */
function isAbbreviation(typed: string, indicators: readonly Indicator[]): boolean {
  const said = typed.trim().replace(/\W+$/, "").toUpperCase();
  if (!ABBREVIATION.test(said)) return false;
  return indicators.some(({ synonyms, prioritySynonyms }) =>
    [...synonyms, ...prioritySynonyms].includes(said),
  );
}

/** One area is asked for by itself, several are put side by side. */
function askedIn({ areas, period, other, remark }: Question): Asked {
  return { area: areas.length === 1 ? areas[0] : undefined, areas, period, other, remark };
}

async function explain(turn: Turn, indicator: Indicator, { area = "" }: Asked): Promise<Card> {
  return explainCard(indicator, area && areaFor(indicator, area, turn));
}

/** Whether more is said under its chart than what there is: what to expect, or which way is good. */
function isJudged({ targets, polarity }: Indicator): boolean {
  return targets.length > 0 || polarity !== "neutral";
}
