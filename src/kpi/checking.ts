import { createHash } from "node:crypto";
import type { Committee } from "../council.ts";
import { UserError } from "../errors.ts";
import { DEFINITION_COLUMNS, readDefinition } from "./defining.ts";
import { doubtOfTarget, doubtsOf } from "./doubts.ts";
import { definitionChange } from "./definition-changes.ts";
import type { DefinitionStore } from "./definitions.ts";
import { figureChange } from "./figure-changes.ts";
import type { Chunk, Import, ImportStore, StagedFigure } from "./import-store.ts";
import { figureWithUnit, periodOf } from "./printing.ts";
import { withPatience } from "./patience.ts";
import { FIGURE_COLUMNS, readFigure, Unreadable } from "./reading.ts";
import type { Indicator } from "./schema.ts";
import { readSheet, type Columns, type SheetRow } from "./sheet.ts";
import { periodKey, revisionOf, type FigureStore } from "./store.ts";

/** What checking and storing a list needs. */
export interface ImportParts {
  readonly imports: ImportStore;
  readonly definitions: DefinitionStore;
  readonly figures: FigureStore;
}

/** Rows that are held at a time. They fit a row of the table. */
const CHUNK_ROWS = 500;
const CHUNK_CHARACTERS = 200_000;
const MOST_ROWS = 500_000;
/** New figures that are shown before they are stored. */
const MOST_NEW = 5;
/** Refused rows and revisions that are kept to be shown; all are counted. */
const MOST_SHOWN = 50;
const GIVEN_TWICE = { column: "value", problem: "gives another figure for the same period" };
const DEFINED_TWICE = { column: "indicator", problem: "says something else of the same indicator" };
/** What only a list of figures has. */
const OF_FIGURES = ["value", "district", "period_start", "period_end"];
const OF_DEFINITIONS: readonly string[] = DEFINITION_COLUMNS.optional;

/** A list as it is being checked. */
interface Check {
  state: Import;
  chunk: Chunk;
  size: number;
  /** The line of each period that the list has given, and its figure as a short fingerprint. */
  readonly seen: Map<string, { readonly line: number; readonly figure: string }>;
  /** The indicators as they are with the rows so far. */
  readonly known: Indicator[];
}

/**
 * Reads a list row by row, says of each what it would do, and puts it aside in chunks. Nothing is
 * stored as a figure. Throws a UserError where the list as a whole cannot be read, and keeps none of
 * it.
 */
export async function check(
  parts: ImportParts,
  committee: Committee,
  begun: Import,
  text: AsyncIterable<string> | Iterable<string>,
): Promise<Import> {
  const { imports, definitions, figures } = withPatience(parts);
  const indicators = await definitions.indicatorsOf(committee.id);
  const checking: Check = {
    ...{ state: begun, chunk: emptyChunk(), size: 0, seen: new Map() },
    known: [...indicators],
  };
  try {
    for await (const row of readSheet(text, columnsFor)) await take(row);
    await flush();
  } catch (error) {
    await fail(error);
    throw error;
  }
  const ready: Import = { ...checking.state, state: "ready" };
  await imports.save(committee.id, ready);
  return ready;

  async function take(row: SheetRow): Promise<void> {
    const { state, chunk } = checking;
    if (state.rows >= MOST_ROWS)
      throw new UserError(
        `The list has more than ${MOST_ROWS.toLocaleString("en-GB")} rows. Split it.`,
      );
    checking.state = { ...state, rows: state.rows + 1, kind: kindOf(row) };
    try {
      checking.size += read(row, committee, checking);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      refuse(checking, { line: row.number, column: error.column, problem: error.message });
    }
    const held = chunk.figures.length + chunk.definitions.length;
    if (held >= CHUNK_ROWS || checking.size >= CHUNK_CHARACTERS) await flush();
  }

  /** Whoever waits is told first. Then what was put aside goes, because nobody can store it. */
  async function fail(error: unknown): Promise<void> {
    const problem = error instanceof UserError ? error.message : "The check broke off.";
    const failed: Import = { ...checking.state, state: "failed", problem };
    await imports.save(committee.id, failed);
    await imports.close(committee.id, failed);
  }

  async function flush(): Promise<void> {
    const { chunk, state } = checking;
    if (chunk.figures.length + chunk.definitions.length > 0) {
      await classify(chunk);
      if (state.chunks === 0) await imports.putAside(committee.id, state.id);
      await imports.saveChunk(committee.id, state.id, state.chunks, chunk);
      checking.state = { ...checking.state, chunks: state.chunks + 1 };
    }
    checking.chunk = emptyChunk();
    checking.size = 0;
    await imports.save(committee.id, checking.state);
  }

  async function classify({ figures: staged, definitions: defined }: Chunk): Promise<void> {
    for (const definition of defined) {
      const before = indicators.find(({ id }) => id === definition.id);
      const change = before && definitionChange(before, definition);
      const counts = { added: Number(!before), revised: Number(Boolean(change)) };
      count({ ...counts, same: 1 - counts.added - counts.revised });
      if (change) tell([change]);
    }
    for (const [series, ofSeries] of bySeries(committee.id, staged)) {
      const list = ofSeries.map(({ figure }) => figure);
      const counts = await figures.add(series, list, "preview");
      count(counts);
      if (counts.added > 0) await describeNew(series.indicator, series.area, ofSeries);
      if (counts.revised > 0) await describeRevisions(series.indicator, series.area, ofSeries);
    }
  }

  /** The first few of what is new, as the cards will say it. */
  async function describeNew(
    id: string,
    area: string,
    staged: readonly StagedFigure[],
  ): Promise<void> {
    const { state } = checking;
    const indicator = indicators.find((each) => each.id === id);
    if (!indicator || state.news.length >= MOST_NEW) return;
    const stored = await figures.figuresOf({ committee: committee.id, indicator: id, area }, all);
    const known = new Set(stored.map(periodKey));
    const lines = staged
      .filter(({ figure }) => !known.has(periodKey(figure)))
      .slice(0, MOST_NEW)
      .map(
        ({ figure }) =>
          `${indicator.name}, ${area}, ${periodOf(figure, indicator)}: ${figureWithUnit(figure, indicator)}`,
      );
    checking.state = { ...state, news: [...state.news, ...lines].slice(0, MOST_NEW) };
  }

  async function describeRevisions(
    id: string,
    area: string,
    staged: readonly StagedFigure[],
  ): Promise<void> {
    const indicator = indicators.find((each) => each.id === id);
    if (!indicator || checking.state.revisions.length >= MOST_SHOWN) return;
    const stored = await figures.figuresOf({ committee: committee.id, indicator: id, area }, all);
    const lines = staged.flatMap(({ figure }) => {
      const before = stored.find((each) => periodKey(each) === periodKey(figure));
      if (!before) return [];
      const change = figureChange(
        before,
        revisionOf(before, figure),
        indicator,
        begun.at.slice(0, 10),
      );
      return change
        ? [`${indicator.name}, ${area}, ${periodOf(figure, indicator)}: ${change}`]
        : [];
    });
    tell(lines);
  }

  function tell(changes: readonly string[]): void {
    const { state } = checking;
    const revisions = [...state.revisions, ...changes].slice(0, MOST_SHOWN);
    checking.state = { ...state, revisions };
  }

  function count({ added, revised, same }: Pick<Import, "added" | "revised" | "same">): void {
    const { state } = checking;
    checking.state = {
      ...state,
      added: state.added + added,
      revised: state.revised + revised,
      same: state.same + same,
    };
  }
}

/** The figures of each series, each series once. */
export function bySeries(committee: string, staged: readonly StagedFigure[]) {
  const found = new Map<string, StagedFigure[]>();
  for (const each of staged) {
    const id = JSON.stringify([each.indicator, each.area]);
    const known = found.get(id);
    if (known) known.push(each);
    else found.set(id, [each]);
  }
  return [...found.values()].map((ofSeries) => {
    const { indicator = "", area = "" } = ofSeries[0] ?? {};
    return [{ committee, indicator, area }, ofSeries] as const;
  });
}

/** Puts a row into the chunk. Gives its size. */
function read(row: SheetRow, committee: Committee, checking: Check): number {
  const { state, chunk, seen, known } = checking;
  if (state.kind === "definitions") {
    const definition = readDefinition(row, known);
    once(seen, { id: definition.id, line: row.number, shape: definition }, DEFINED_TWICE);
    const doubt = doubtOfTarget(definition);
    if (doubt) warn(checking, `Line ${row.number}: ${doubt}`);
    const at = known.findIndex(({ id }) => id === definition.id);
    known.splice(at < 0 ? known.length : at, 1, definition);
    return chunk.definitions.push(definition) && JSON.stringify(definition).length;
  }
  const { indicator, area, figure } = readFigure(row, known, committee);
  // As an instant in universal time. For an hour of a summer's night it is still the day before.
  const today = state.at.slice(0, 10);
  if (figure.start && figure.start > today)
    throw new Unreadable(
      "period_start",
      "This period has not begun. There can be no figure for it yet. Check the year.",
    );
  const id = `${indicator.id} ${area} ${periodKey(figure)}`;
  once(seen, { id, line: row.number, shape: figure }, GIVEN_TWICE);
  const staged = { indicator: indicator.id, area, figure };
  for (const doubt of doubtsOf(staged, indicator, today))
    warn(checking, `Line ${row.number}: ${doubt}`);
  return chunk.figures.push(staged) && JSON.stringify(staged).length;
}

/** A period that a list gives twice: the same again does no harm, another figure does. */
function once(
  seen: Check["seen"],
  { id, line, shape }: { id: string; line: number; shape: object },
  { column, problem }: typeof GIVEN_TWICE,
): void {
  const figure = createHash("sha256").update(JSON.stringify(shape)).digest("base64");
  const earlier = seen.get(id);
  if (earlier && earlier.figure !== figure)
    throw new Unreadable(column, `Line ${earlier.line} ${problem}. Keep one of the two.`);
  if (!earlier) seen.set(id, { line, figure });
}

function warn(checking: Check, warning: string): void {
  const { state } = checking;
  checking.state = { ...state, warnings: [...state.warnings, warning].slice(0, MOST_SHOWN) };
}

function refuse(checking: Check, refusal: Import["refusals"][number]): void {
  const { state } = checking;
  const refusals = [...state.refusals, refusal].slice(0, MOST_SHOWN);
  checking.state = { ...state, refused: state.refused + 1, refusals };
}

/** A list that has nothing of figures, but something of definitions, holds these. */
function columnsFor(names: readonly string[]): Columns {
  const isDefinitions =
    !names.some((name) => OF_FIGURES.includes(name)) &&
    names.some((name) => OF_DEFINITIONS.includes(name));
  const { required, optional } = isDefinitions ? DEFINITION_COLUMNS : FIGURE_COLUMNS;
  return { required, known: [...required, ...optional] };
}

function kindOf({ cells }: SheetRow): Import["kind"] {
  return "value" in cells ? "figures" : "definitions";
}

function emptyChunk(): Chunk {
  return { figures: [], definitions: [] };
}

function all(years: readonly string[]): readonly string[] {
  return years;
}
