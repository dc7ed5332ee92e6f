import { UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import {
  comparable,
  comparableNames,
  findArea,
  findIndicator,
  indicatorNamed,
  isNameOf,
  type Match,
} from "./names.ts";
import { LOCAL_GOVERNMENT_YEAR } from "./parts-of-years.ts";
import { readPeriod } from "./period-reading.ts";
import type { Period } from "./periods.ts";
import { isDistrict } from "./rules.ts";
import type { Indicator } from "./schema.ts";
import { areasMisspelt, unusedWords } from "./unused-words.ts";

/** What a text asks for. */
export interface Question {
  readonly match: Match;
  /** Every area that it names, in the order of their districts. */
  readonly areas: readonly string[];
  readonly period?: Period | undefined;
  /** What else the words of the period can be. */
  readonly other?: Period | undefined;
  /** Why a day in it is none. It is told to whoever asks for a number. */
  readonly problem?: string | undefined;
  /** Whether every word of the text belongs to the question about this one number. */
  readonly isSure: boolean;
  /** What of the text was not used, or was read as something else. Empty where nothing was. */
  readonly remark: string;
}

/** "kpi", "show me the kpi" and so on, up to which a text is the command itself. */
const COMMAND =
  /^.*?\b(?:kpis?(?:\s+table)?|table(?:\s+of)?|compare(?:\s+districts?)?|explain)\b:?\s*/is;
/** Words that ask for a judgement, which a number alone does not give. */
const JUDGES = /\b(?:better|best|worse|worst)\b/i;
/** Words that are answered without being part of a name: all areas are there, and their sum. */
const ANSWERED = /^(?:totals?|altogether|together|overall|sum|all|five|people|out)$/i;
const TOTAL = /\b(?:totals?|altogether|together|overall|sum|including|plus)\b/i;
const LONGEST = 300;
/** Words that ask for a figure and for nothing else. "Number" alone could be one to telephone. */
const ASKS =
  /\b(?:figures|figure|numbers|statistics|stats|data|how many|reasons?|why|spikes?|trends?|kpis?|(?:gone|going|went|go) (?:up|down))\b/i;
/** What the first area of every number is, so that nothing is to be looked for. */
const WHOLE =
  /\s(?:(?:in|for|across|over|throughout)\s+)?(?:the\s+(?:whole\s+(?:of\s+the\s+)?|entire\s+)?county|county[\s-]?wide)(?:\s+as\s+a\s+whole)?(?=[\s?.!,]|$)/i;
const TAKES_AWAY = /\b(?:minus|excluding|except(?: for)?|without|less)\b/i;

/**
 * Reads what somebody typed after the command: an indicator, areas, a period, in any order. Areas
 * and the period are taken out first, so that "visits July 2019" is not taken for a name with July
 * 2019 in it. Only a name said exactly keeps the area or month that it holds. Throws a UserError
 * where something is to be taken away.
 */
export function readQuestion(
  typed: string,
  { committee, now }: Pick<Turn, "committee" | "now">,
  indicators: readonly Indicator[],
): Question {
  const whole = typed.replace(COMMAND, "").replace(WHOLE, " ").slice(0, LONGEST).trim();
  const judges = judgingIn(whole, indicators);
  const text = judges ? whole.replace(judges, " ") : whole;
  const { named, place } = readNameAndAreas(text, { committee, now }, indicators);
  const time = readPeriod(place.rest, now);
  const found = named ?? findIndicator(time.rest, indicators);
  const asksFigure = ASKS.test(typed) || time.rest !== place.rest;
  const match = asksFigure ? withFigures(found, indicators) : found;
  const question = { match, areas: place.areas, period: time.period, problem: time.problem };
  if (!("indicator" in match)) return { ...question, isSure: false, remark: "" };

  const { indicator } = match;
  const unused = named ? [] : unusedWords(time.rest, indicator);
  const takenAway = unused.find((word) => TAKES_AWAY.test(word));
  if (takenAway)
    throw new UserError(
      `I do not know what to do with “${takenAway}”. I take no number away from another. Ask for one area, or type compare districts and the number.`,
    );
  const misspelt = areasMisspelt(unused, committee, indicator.areas);
  const said = [...place.areas, ...misspelt.found.map(({ area }) => area)];
  // No total holds what is no district: all of them are shown, and it stands apart.
  const isApart = said.length === 1 && said.every((area) => !isDistrict(area, committee));
  const areas = isApart && indicator.areas.length > 1 && TOTAL.test(text) ? [] : said;
  const { yearStarts } = indicator;
  const { period } =
    yearStarts === LOCAL_GOVERNMENT_YEAR ? time : readPeriod(place.rest, now, yearStarts);
  const isAsked = ASKS.test(text) || time.rest !== place.rest;
  return {
    ...{ match, areas, period, other: time.other, problem: time.problem },
    isSure:
      misspelt.rest.length === 0 &&
      (named !== undefined || isAsked || isNameOf(withoutWords(time.rest, unused), indicator)),
    remark: [
      judges ? notJudged(indicator) : "",
      time.remark,
      remarkOn(misspelt, time.rest, indicator),
    ]
      .filter(Boolean)
      .join(" "),
  };
}

/**
 * The areas, and a name if one is said exactly. A name can hold an area itself: then the areas are
 * those beside it.
 */
function readNameAndAreas(
  text: string,
  { committee, now }: Pick<Turn, "committee" | "now">,
  indicators: readonly Indicator[],
) {
  const known = [...new Set(indicators.flatMap((each) => each.areas))];
  const place = findAreas(text, committee, known);
  const nameIn = (said: string) =>
    indicatorNamed(said, indicators) ?? indicatorNamed(readPeriod(said, now).rest, indicators);
  const alone = nameIn(text);
  if (alone) return { named: alone, place: { areas: [], rest: text } };
  for (const area of place.areas) {
    const districts = committee.districts.filter(({ name }) => name === area);
    const beside = { areas: [area], rest: findArea(text, { districts }, [area]).rest };
    const named = nameIn(beside.rest);
    if (named) return { named, place: beside };
  }
  return { named: nameIn(place.rest), place };
}

/** Every area that a text names, and the text without them. */
function findAreas(text: string, committee: Turn["committee"], known: readonly string[]) {
  const areas: string[] = [];
  let found = findArea(text, committee, known);
  while (found.area) {
    if (!areas.includes(found.area)) areas.push(found.area);
    found = findArea(found.rest, committee, known);
  }
  return { areas, rest: found.rest };
}

/** Of several that fit, the one that has figures, where somebody asks for a figure. */
function withFigures(match: Match, indicators: readonly Indicator[]): Match {
  if ("indicator" in match) return match;
  const ofPriority = (priority: string) => indicators.filter((each) => each.priority === priority);
  const fitting = "priority" in match ? ofPriority(match.priority) : match.indicators;
  const [indicator, another] = fitting.filter(({ noData }) => !noData);
  const isSure = "priority" in match || match.isSure;
  return isSure && indicator && !another ? { indicator } : match;
}

function remarkOn(
  { found, rest: unread }: ReturnType<typeof areasMisspelt>,
  text: string,
  { areas }: Indicator,
): string {
  const rest = unread.filter((word) => !ANSWERED.test(word));
  const isPlace = rest.some((word) =>
    new RegExp(String.raw`\b(?:in|for|at|near|of)\s+(?:the\s+)?${word}\b`, "i").test(text),
  );
  return [
    ...found.map(({ said, area }) => `I read “${said}” as ${area}.`),
    rest.length > 0 ? `I did not use: ${rest.join(", ")}.` : "",
    isPlace && areas.length > 0 ? `Figures come for: ${areas.join("; ")}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** "Best" in a text that does not say "best start", which is a name. */
function judgingIn(text: string, indicators: readonly Indicator[]): string | undefined {
  const word = JUDGES.exec(text)?.[0];
  if (!word) return undefined;
  const said = comparable(text);
  const names = indicators.flatMap((each) => comparableNames(each));
  const pairs = names.flatMap((name) => {
    const words = name.split(" ");
    const at = words.indexOf(word.toLowerCase());
    return at < 0 ? [] : [words.slice(at, at + 2).join(" "), words.slice(at - 1, at + 1).join(" ")];
  });
  return pairs.some((pair) => pair.includes(" ") && said.includes(pair)) ? undefined : word;
}

/** Why nothing is called better or worse. Empty where the council has said which way is good. */
function notJudged({ polarity, unit, areas }: Indicator): string {
  const isCount = unit.startsWith("count") && areas.length > 1;
  return [
    polarity === "neutral"
      ? "No area or period is called better or worse here: neither more nor less is good by itself."
      : "",
    isCount ? "These are counts, and the areas differ in size." : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function withoutWords(text: string, words: readonly string[]): string {
  return text
    .split(/\s+/)
    .filter((word) => !words.includes(word.replaceAll(/[^\p{L}\p{N}]/gu, "")))
    .join(" ");
}
