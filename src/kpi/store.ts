import {
  join,
  key,
  split,
  type Change,
  type StoredRow,
  type Table,
  type Tables,
} from "../tables.ts";
import { Figure, NO_SOURCE, NOT_PUBLISHED, StoredFigure, type ListedFigure } from "./schema.ts";

/** One indicator in one area: what a question is about. */
export interface Series {
  readonly committee: string;
  readonly indicator: string;
  readonly area: string;
}

/** Who stores a figure, and when. */
export interface Written {
  readonly by: string;
  readonly at: string;
}

/** How many figures a write found new, revised and there already. */
export interface Counts {
  readonly added: number;
  readonly revised: number;
  readonly same: number;
}

/** The figures of a year with what is added, and the row that they are read from. */
interface Merged {
  readonly year: string;
  readonly row: StoredRow | undefined;
  readonly all: readonly StoredFigure[];
}

/** So many years are written together, in one transaction. */
const MOST_YEARS = 20;
const YEARS = "years";
const UNDATED = "undated";

export type FigureStore = ReturnType<typeof createFigureStore>;

/**
 * Table `figures`: partition committee, indicator and area; row `year` and the year in which the
 * periods end, with every figure and revision of that year; and the row `years`, which lists them.
 * So a question is a few point reads, however many figures there are. (A range of a partition
 * would do in Azure, but the emulator walks through the whole table for it.)
 */
export function createFigureStore(tables: Tables) {
  return { figuresOf, everyRevisionOf, add };

  /**
   * The current figures of the years that `choose` picks out of those there are, which come in
   * order, `undated` last. The figures come in order of their periods.
   */
  async function figuresOf(
    series: Series,
    choose: (years: readonly string[]) => readonly string[],
  ): Promise<StoredFigure[]> {
    return current(await everyRevisionOf(series, choose));
  }

  /** All that was ever stored of a series, earlier revisions too. */
  async function everyRevisionOf(
    series: Series,
    choose: (years: readonly string[]) => readonly string[] = (years) => years,
  ): Promise<StoredFigure[]> {
    const table = await tables("figures");
    const head = await table.find(partitionOf(series), YEARS);
    const years = choose(yearsIn(head));
    const rows = await Promise.all(years.map((year) => findYear(table, series, year)));
    return rows.flatMap(figuresIn);
  }

  /**
   * Adds figures, all of them or none. A figure that differs from the one of the same period
   * becomes its revision, and the earlier one stays; the same again changes nothing. What a
   * list leaves out of a figure stays as the earlier one said. With `preview` nothing is written.
   */
  async function add(
    series: Series,
    figures: readonly ListedFigure[],
    written: Written | "preview",
  ): Promise<Counts> {
    const years = [...new Set(figures.map(yearOf))];
    if (years.length > MOST_YEARS) return addInParts(series, figures, written);
    const table = await tables("figures");
    const head = await table.find(partitionOf(series), YEARS);
    const known = yearsIn(head);
    const merged = await Promise.all(
      years.map(async (year) => {
        const row = known.includes(year) ? await findYear(table, series, year) : undefined;
        const ofYear = figures.filter((figure) => yearOf(figure) === year);
        return { year, row, ...merge(figuresIn(row), ofYear, asWritten(written)) };
      }),
    );
    const changed = merged.filter(({ all, row }) => all.length > figuresIn(row).length);
    const changes = changed.map((each) => changeOf(series, each));
    if (changed.some(({ row }) => !row)) changes.push(headWith(series, head, years));
    if (written !== "preview" && changes.length > 0 && !(await table.write(changes)))
      // Somebody else wrote to the series in the meantime.
      return add(series, figures, written);
    return sum(merged.map(({ counts }) => counts));
  }

  async function addInParts(
    series: Series,
    figures: readonly ListedFigure[],
    written: Written | "preview",
  ): Promise<Counts> {
    const years = [...new Set(figures.map(yearOf))];
    const counts: Counts[] = [];
    for (let from = 0; from < years.length; from += MOST_YEARS) {
      const part = new Set(years.slice(from, from + MOST_YEARS));
      const ofPart = figures.filter((figure) => part.has(yearOf(figure)));
      counts.push(await add(series, ofPart, written));
    }
    return sum(counts);
  }
}

/** The figures of each period as they stand now, in order of their periods. */
export function current(figures: readonly StoredFigure[]): StoredFigure[] {
  const latest = [...latestOf(figures).values()];
  return latest.toSorted((a, b) => periodKey(a).localeCompare(periodKey(b)));
}

/** The newest revision of each period, by its key. */
function latestOf(figures: readonly StoredFigure[]): Map<string, StoredFigure> {
  const latest = new Map<string, StoredFigure>();
  for (const figure of figures) {
    const known = latest.get(periodKey(figure));
    if (!known || known.revision < figure.revision) latest.set(periodKey(figure), figure);
  }
  return latest;
}

/** Sorts by the end of the period, then by its start; those without one come last. */
export function periodKey({ start, end }: Figure): string {
  return end && start ? `${end} ${start}` : UNDATED;
}

function merge(known: readonly StoredFigure[], figures: readonly ListedFigure[], written: Written) {
  const all = [...known];
  const latest = latestOf(known);
  const counts = { added: 0, revised: 0, same: 0 };
  for (const said of figures) {
    const earlier = latest.get(periodKey(said));
    const figure = revisionOf(earlier, said);
    if (earlier && isSame(earlier, figure)) {
      counts.same += 1;
      continue;
    }
    counts[earlier ? "revised" : "added"] += 1;
    const stored = { ...figure, ...written, revision: (earlier?.revision ?? 0) + 1 };
    all.push(stored);
    latest.set(periodKey(stored), stored);
  }
  return { all, counts };
}

/** A figure as it would be stored after an earlier one of the same period. */
export function revisionOf(earlier: Figure | undefined, listed: ListedFigure): Figure {
  const { unsaid = [], published = earlier?.published, ...said } = listed;
  const figure = earlier ? { ...said, ...keptOf(earlier, said, unsaid) } : said;
  return published === undefined || published === NOT_PUBLISHED ? figure : { ...figure, published };
}

/** What of an earlier figure still holds where the list has no column for it. */
function keptOf(
  earlier: Figure,
  said: Figure,
  unsaid: NonNullable<ListedFigure["unsaid"]>,
): Partial<Figure> {
  const isSameValue = earlier.value === said.value && earlier.word === said.word;
  const isCorrected = isSameValue
    ? earlier.isCorrected && (unsaid.includes("source") || said.source === earlier.source)
    : unsaid.includes("source") && earlier.source !== NO_SOURCE;
  const gone = new Set([
    // Why there was no figure says nothing of the one that has come.
    ...(earlier.status === "not available" ? ["status", "note"] : []),
    // "over" belongs to the number that it was printed with.
    ...(isSameValue && said.qualifier === undefined ? [] : ["qualifier"]),
  ]);
  const kept = unsaid.filter((each) => !gone.has(each) && earlier[each] !== undefined);
  return {
    ...Object.fromEntries(kept.map((each) => [each, earlier[each]])),
    ...(isCorrected ? { isCorrected } : {}),
  };
}

/** Whether a figure says nothing that the stored one does not. */
export function isSame(stored: StoredFigure, figure: Figure): boolean {
  return JSON.stringify(Figure.parse(stored)) === JSON.stringify(Figure.parse(figure));
}

function changeOf(series: Series, { year, row, all }: Merged): Change {
  const keys = { partitionKey: partitionOf(series), rowKey: key("year", year) };
  const changed = { ...keys, ...split("figures", JSON.stringify(all)) };
  return row ? { replace: changed, etag: row.etag } : { create: changed };
}

function headWith(series: Series, head: StoredRow | undefined, more: readonly string[]): Change {
  const years = [...new Set([...yearsIn(head), ...more])].toSorted().join();
  const row = { partitionKey: partitionOf(series), rowKey: YEARS, years };
  return head ? { replace: row, etag: head.etag } : { create: row };
}

function sum(parts: readonly Counts[]): Counts {
  const counts = { added: 0, revised: 0, same: 0 };
  for (const { added, revised, same } of parts) {
    counts.added += added;
    counts.revised += revised;
    counts.same += same;
  }
  return counts;
}

function asWritten(written: Written | "preview"): Written {
  return written === "preview" ? { by: "", at: "1970-01-01T00:00:00Z" } : written;
}

function findYear(table: Table, series: Series, year: string): Promise<StoredRow | undefined> {
  return table.find(partitionOf(series), key("year", year));
}

function partitionOf({ committee, indicator, area }: Series): string {
  return key(committee, indicator, area.toLowerCase());
}

/** The year that a figure is stored under. */
export function yearOf({ end }: Figure): string {
  return end?.slice(0, 4) ?? UNDATED;
}

function yearsIn(head: StoredRow | undefined): string[] {
  return String(head?.years ?? "")
    .split(",")
    .filter(Boolean);
}

function figuresIn(row: StoredRow | undefined): StoredFigure[] {
  return row ? StoredFigure.array().parse(JSON.parse(join("figures", row))) : [];
}
