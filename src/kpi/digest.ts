import { dayOf, monthName, readInstant, type Day, type Instant } from "../calendar.ts";
import type { Audience, DigestSection, DigestSource, DigestSubject } from "../feature.ts";
import type { DefinitionStore } from "./definitions.ts";
import { yearOf } from "./finance.ts";
import { judgedOf } from "./picturing.ts";
import { datesOf, figureWithUnit, periodOf } from "./printing.ts";
import type { RegisterStore } from "./register-store.ts";
import { comparisonsOf, directionInWords, isPublished, isQuoted, isSensitive } from "./rules.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { asTheyStand } from "./revisions.ts";
import { revisionSaid } from "./status.ts";
import type { FigureStore } from "./store.ts";
import { hadNotEnded } from "./unfinished.ts";

/** So many changed numbers are named; the others are counted. */
const MOST_NUMBERS = 8;
/** Years of figures that are judged together. */
const YEARS = 3;

interface DigestParts {
  readonly definitions: DefinitionStore;
  readonly figures: FigureStore;
  readonly registers: RegisterStore;
  /** The day of the meeting before a meeting, if the plan goes back so far. */
  readonly meetingBefore: (
    committee: string,
    meeting: Day,
    now: Instant,
  ) => Promise<Day | undefined>;
}

/** A number that is new since the last meeting. */
interface Changed {
  readonly line: string;
  /** Whether its latest point is no usual variation. */
  readonly isSpecial: boolean;
  readonly isRevised: boolean;
  /** A figure without a period changes nothing that can be told: it comes last. */
  readonly isDated: boolean;
}

/** What the numbers, the risks and the money have to say before a meeting. */
export function numbersInDigest(parts: DigestParts): DigestSource {
  const { definitions, figures, registers, meetingBefore } = parts;
  return async (subject) => {
    const changed = await changedNumbers(subject);
    const others = [...(await highRisks(subject)), ...(await money(subject))];
    return (audience) => [...changed(audience), ...others];
  };

  /** Figures stored since the last meeting, special causes first. */
  async function changedNumbers({ committee, meeting, now }: DigestSubject) {
    const since = await meetingBefore(committee.id, meeting, now);
    const indicators = await definitions.indicatorsOf(committee.id);
    const shown = indicators.filter((each) => each.isPublished || !isSensitive(each));
    const read = await Promise.all(
      shown.map(async (indicator) => {
        const [area = committee.name] = indicator.areas;
        const series = { committee: committee.id, indicator: indicator.id, area };
        const stored = await figures.everyRevisionOf(series, (years) => years.slice(-YEARS - 1));
        return { indicator, area, stored };
      }),
    );
    return (audience: Audience) => {
      const all = read
        .flatMap(({ indicator, area, stored }) => {
          const today = dayOf(now);
          const seen = stored.filter(
            (figure) => isShown(figure, audience, now) && isQuoted(figure, indicator, today),
          );
          return changedOf(indicator, area, asTheyStand(seen, today), since) ?? [];
        })
        .toSorted(
          (a, b) =>
            Number(b.isSpecial) - Number(a.isSpecial) ||
            Number(b.isRevised) - Number(a.isRevised) ||
            Number(b.isDated) - Number(a.isDated),
        );
      const more = all.length - MOST_NUMBERS;
      const lines = all.slice(0, MOST_NUMBERS).map(({ line }) => line);
      const rest = more > 0 ? [`And ${more} more. Type kpi status to see them.`] : [];
      return section("Numbers since the last meeting", [...lines, ...rest]);
    };
  }

  /** Risks at or above the appetite: these must be reassessed. */
  async function highRisks({ committee }: DigestSubject): Promise<DigestSection[]> {
    const high = (await registers.risksOf(committee.id))
      .filter(({ residual, appetite }) => residual >= appetite)
      .toSorted((a, b) => b.residual - a.residual || a.number - b.number);
    const lines = high.map(
      ({ number, title, residual, appetite }) =>
        `${number}, ${title}: ${residual}, appetite ${appetite}`,
    );
    return section("Risks at or above appetite", lines);
  }

  async function money({ committee }: DigestSubject): Promise<DigestSection[]> {
    const total = (await registers.financeOf(committee.id)).at(-1);
    if (!total) return [];
    const { line, budget, actual, variance, month } = total;
    return section(`Finance, ${monthName(month)}`, [
      `${line}, in thousands of pounds: budget ${budget} (${yearOf(total)}), actual ${actual} (${monthName(month)}), forecast outturn variance ${variance}.`,
    ]);
  }
}

/** The chair sees what is not published yet; a channel does not. */
function isShown(figure: StoredFigure, audience: Audience, now: Instant): boolean {
  return audience === "chair" || isPublished(figure, dayOf(now));
}

function changedOf(
  indicator: Indicator,
  area: string,
  series: readonly StoredFigure[],
  since: Day | undefined,
): Changed | undefined {
  const latest = series.findLast(datesOf) ?? series.at(-1);
  if (!latest || (since && dayOf(readInstant(latest.at)) <= since)) return undefined;
  const judged = judgedOf(indicator, series);
  const isOpen = hadNotEnded(latest);
  const isSpecial = !isOpen && judged !== undefined && judged.variation !== "common cause";
  const where = indicator.areas.length > 1 ? ` (${area})` : "";
  const open = isOpen ? " The period had not ended when this was stored." : "";
  const words = isSpecial ? ` Not usual variation: ${judged.variation}.` : "";
  const [like] = comparisonsOf(latest, series, indicator);
  const direction = like ? ` ${directionInWords(latest, like, indicator)}.` : "";
  return {
    isSpecial,
    isRevised: latest.revised !== undefined,
    isDated: datesOf(latest) !== undefined,
    line: `${indicator.name}${where}: ${figureWithUnit(latest, indicator)}, ${periodOf(latest, indicator)}.${open || direction}${revisionSaid(latest, indicator)}${words}`,
  };
}

function section(title: string, lines: readonly string[]): DigestSection[] {
  return lines.length > 0 ? [{ title, blocks: [{ head: "", lines }] }] : [];
}
