import { fill, type Card } from "../card-template.ts";
import { toCsv } from "../csv.ts";
import { ALL_FIGURE_COLUMNS } from "./reading.ts";
import { NO_SOURCE, type Figure, type Indicator } from "./schema.ts";

/** What fits a card with room for the rest of it, in bytes. */
const MOST_BYTES = 16_000;

/** Figures as the list that `import kpis` takes, the newest first, as many as a card holds. */
export function figuresAsCsv(
  indicator: Indicator,
  series: ReadonlyMap<string, readonly Figure[]>,
): Card {
  const rows = [...series]
    .flatMap(([area, figures]) => figures.map((figure) => ({ area, figure })))
    .toSorted((a, b) => (b.figure.end ?? "").localeCompare(a.figure.end ?? ""))
    .map(({ area, figure }) => asRow(indicator, area, figure));
  let count = rows.length;
  let csv = toCsv(ALL_FIGURE_COLUMNS, rows);
  while (Buffer.byteLength(JSON.stringify(csv)) > MOST_BYTES) {
    count = Math.floor(count * 0.8);
    csv = toCsv(ALL_FIGURE_COLUMNS, rows.slice(0, count));
  }
  const more =
    count < rows.length ? ` A card holds no more. Older figures: ${rows.length - count}.` : "";
  return fill("kpi/csv", { name: indicator.name, count, csv, more });
}

function asRow(indicator: Indicator, area: string, figure: Figure): Record<string, string> {
  return {
    priority: indicator.priority,
    indicator: indicator.name,
    district: area,
    period_start: figure.start ?? "",
    period_end: figure.end ?? "",
    value: figure.printed ?? figure.word ?? String(figure.value ?? ""),
    unit: indicator.unit,
    baseline: String(figure.baseline ?? ""),
    source_paragraph: figure.source === NO_SOURCE ? "" : figure.source,
    qualifier: figure.qualifier ?? (figure.value === undefined ? "" : "exact"),
    data_status: figure.status,
    baseline_note: figure.baselineNote ?? "",
    note: figure.note ?? "",
    published: figure.published ?? "",
    commentary: figure.commentary ?? "",
  };
}
