import { dayOf, isDay, longDate } from "../calendar.ts";
import { UserError } from "../errors.ts";
import type { Paper, PaperBlock, PaperDocument, PaperSubject, Wish } from "../paper.ts";
import { areasToCompare, isByDistrict, readAreas, type Viewer } from "./asking.ts";
import { factsOf } from "./cards.ts";
import type { DefinitionStore } from "./definitions.ts";
import { readPeriod } from "./period-reading.ts";
import { lengthOf, periodInWords, type Period } from "./periods.ts";
import { chartPng } from "./picture.ts";
import { lineOf } from "./picturing.ts";
import { datesOf, figureWithUnit, periodOf } from "./printing.ts";
import { pngBlock } from "./png-block.ts";
import { notesForReaders } from "./reader-notes.ts";
import { districtBlocks } from "./report-districts.ts";
import type { Indicator, StoredFigure } from "./schema.ts";
import { statusInWords } from "./status.ts";
import type { FigureStore } from "./store.ts";
import said from "./said.json" with { type: "json" };

interface ReportSources {
  readonly definitions: DefinitionStore;
  readonly figures: FigureStore;
}

/** One series of the report: its figures in the period, and all up to its end. */
export interface Line {
  readonly indicator: Indicator;
  readonly area: string;
  readonly inside: readonly StoredFigure[];
  readonly series: readonly StoredFigure[];
  /** The latest figures that are stored, where they are later than the period. */
  readonly later: readonly StoredFigure[];
}

const COLUMNS = [
  { title: "Area", share: 3 },
  { title: "Period", share: 3 },
  { title: "Figure", share: 3 },
  { title: "Status", share: 3 },
] as const;
const LIST = ["priority", "indicator", "area", "period", "figure", "status", "source"] as const;

/** The numbers of a period for the agenda, by priority, each with its chart, table and source. */
export function kpiReport({ definitions, figures }: ReportSources): Paper {
  return {
    name: "kpis",
    command: {
      id: "kpi.report",
      name: "export kpi report",
      full: "export kpi report[ {time}]",
      examples: said.report,
      phrases: ["export kpi report {anything}", "export kpis", "kpi report", "download kpi report"],
      purpose:
        "Get the numbers of a period with their charts: export kpi report April to June 2019.",
    },
    roles: ["officer", "chair"],
    wish: async ({ now }, { typed = "" }) => {
      const { period, problem } = readPeriod(typed.replace(/^.*\breport\b/i, ""), now);
      if (problem) throw new UserError(problem);
      if (!period)
        throw new UserError(
          "Say which period the report is for, like this: export kpi report April to June 2019.",
        );
      return { ...period };
    },
    make,
  };

  async function make(subject: PaperSubject, wish: Wish): Promise<PaperDocument> {
    const period = periodIn(wish);
    const lines = await linesOf(subject, period);
    const words = periodInWords(period);
    const found = lines.filter(({ inside }) => inside.length > 0);
    const priorities = [...new Set(found.map(({ indicator }) => indicator.priority))];
    const blocks: PaperBlock[] = [];
    for (const priority of priorities) {
      blocks.push({ kind: "heading", level: 1, text: priority });
      const own = found.filter(({ indicator }) => indicator.priority === priority);
      for (const indicator of new Set(own.map((each) => each.indicator)))
        blocks.push(
          ...(await blocksOf(
            own.filter((each) => each.indicator === indicator),
            subject,
          )),
        );
    }
    const silent = new Set(lines.map(({ indicator }) => indicator));
    for (const { indicator } of found) silent.delete(indicator);
    return {
      title: `Performance report ${words}`,
      blocks: [
        { kind: "title", text: `${subject.committee.name}: performance, ${words}` },
        {
          kind: "note",
          text: `Made on ${longDate(dayOf(subject.now))} from the figures as they are stored. Each figure is as its paper prints it, unless its status says that it was revised.`,
        },
        ...blocks,
        ...withoutFigures([...silent], words),
      ],
      summary: [
        `Indicators with figures for ${words}: ${new Set(found.map(({ indicator }) => indicator)).size}`,
        `Without: ${silent.size}`,
      ],
      list: { columns: LIST, rows: found.flatMap((line) => listed(line, subject)) },
    };
  }

  /** As an officer sees them in their own chat: nobody else can ask for the report. */
  async function linesOf({ committee, now }: PaperSubject, period: Period): Promise<Line[]> {
    const viewer: Viewer = {
      ...{ committee, now, place: { kind: "personal" } },
      person: { id: "", name: "", holdings: [{ role: "officer" }] },
    };
    const indicators = await definitions.indicatorsOf(committee.id);
    const all = await Promise.all(
      indicators.map(async (indicator) => {
        const [first = committee.name] = indicator.areas;
        const areas = isByDistrict(indicator, viewer) ? areasToCompare(indicator, viewer) : [first];
        const read = await readAreas(figures, viewer, indicator, { areas, before: period.end });
        const latest = await readAreas(figures, viewer, indicator, { areas, before: "9999" });
        return areas.map((area) => {
          const series = (read.get(area) ?? []).filter(({ end }) => !end || end <= period.end);
          const later = (latest.get(area) ?? []).filter(({ end = "" }) => end > period.end);
          const inside = series.filter(
            ({ start, end }) => start && end && start >= period.start && end <= period.end,
          );
          return { indicator, area, inside, series, later };
        });
      }),
    );
    return all.flat();
  }
}

async function blocksOf(lines: readonly Line[], subject: PaperSubject): Promise<PaperBlock[]> {
  const [first] = lines;
  const latest = first?.inside.at(-1);
  if (!first || !latest) return [];
  return [
    { kind: "heading", level: 2, text: first.indicator.name },
    ...(lines.length > 1
      ? await districtBlocks(lines, subject)
      : await oneBlocks(first, latest, subject)),
    { kind: "text", text: sourcesOf(lines) },
  ];
}

/** A number of one area: what its card says around it, its line and its table. */
async function oneBlocks(
  line: Line,
  latest: StoredFigure,
  subject: PaperSubject,
): Promise<PaperBlock[]> {
  const { indicator, series, later } = line;
  // The source stands below the table.
  const facts = factsOf({ indicator, figure: latest, area: line.area, series }, subject).flatMap(
    ({ title, value = "" }) => {
      const words = title === "Note" ? notesForReaders(value).join(". ") : value;
      return title === "Source" || words === "" ? [] : [[`${title}:`, words] as const];
    },
  );
  const like = series.filter((each) => isAsLong(each, latest));
  const isPast = later.some((each) => isAsLong(each, latest));
  const drawn = lineOf(indicator, like, { isPast });
  return [
    ...(facts.length > 0 ? [{ kind: "facts", facts } as const] : []),
    ...(drawn
      ? [
          pngBlock(await chartPng(drawn.picture), drawn.sentence),
          { kind: "text", text: drawn.sentence } as const,
        ]
      : []),
    { kind: "table", columns: COLUMNS, rows: rowsOf(line, subject) },
  ];
}

/** Each source once, whatever came of it. */
function sourcesOf(lines: readonly Line[]): string {
  const sources = lines.flatMap(({ inside }) => inside.map(({ source }) => source));
  return `Source: ${[...new Set(sources)].join("; ")}`;
}

function rowsOf({ indicator, area, inside }: Line, subject: PaperSubject): string[][] {
  return inside.map((figure) => [
    area,
    periodOf(figure, indicator),
    figureWithUnit(figure, indicator),
    statusInWords(figure, indicator, subject),
  ]);
}

function listed(line: Line, subject: PaperSubject) {
  const { indicator, inside } = line;
  return rowsOf(line, subject).map(([area = "", period = "", figure = "", status = ""], at) => ({
    ...{ priority: indicator.priority, indicator: indicator.name, area, period, figure, status },
    source: inside[at]?.source ?? "",
  }));
}

/** No figure is no zero: each is named with its reason. */
function withoutFigures(indicators: readonly Indicator[], words: string): PaperBlock[] {
  if (indicators.length === 0) return [];
  const items = indicators.map(({ name, noData }) =>
    noData ? `${name}: no data, ${noData}` : `${name}: no figure for ${words}`,
  );
  return [
    { kind: "heading", level: 1, text: "Indicators without a figure for this period" },
    { kind: "items", items },
  ];
}

function isAsLong(one: StoredFigure, other: StoredFigure): boolean {
  const [a, b] = [datesOf(one), datesOf(other)];
  return a !== undefined && b !== undefined && lengthOf(a) === lengthOf(b);
}

/** The wish comes back from a card. Throws a UserError. */
function periodIn({ start = "", end = "" }: Wish): Period {
  if (isDay(start) && isDay(end) && start <= end) return { start, end };
  throw new UserError("This card is out of date. Type export kpi report with the period again.");
}
