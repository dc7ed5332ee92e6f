import { escapeMarkdown } from "../../src/card-template.ts";

interface Figure {
  readonly headline: string;
  readonly about: string;
  readonly hasRemark: boolean;
  readonly remark: string;
  readonly facts: readonly { title: string; value: string }[];
  readonly hasChart: boolean;
  readonly chart: unknown;
  readonly hasSentence: boolean;
  readonly sentence: string;
  readonly hasTable: boolean;
  readonly rows: readonly { period: string; value: string; status: string }[];
  readonly tableNote: string;
  readonly others: readonly { area: string; indicator: string; start: string; end: string }[];
  readonly hasEarlier: boolean;
  readonly hasDistricts: boolean;
  readonly choice: { indicator: string; area: string; start: string; end: string };
  readonly before: string;
}

const TABLE_TITLE = {
  type: "TextBlock",
  text: "The same numbers as a table, the newest first",
  wrap: true,
  weight: "Bolder",
};
const COLUMNS = [{ width: 1 }, { width: 1 }, { width: 1 }];
const HEAD = {
  type: "TableRow",
  cells: ["Period", "Figure", "Status"].map((text) => ({
    type: "TableCell",
    items: [{ type: "TextBlock", text, wrap: true, weight: "Bolder" }],
  })),
};

/** What `cards/kpi/figure.json` gives, by hand. */
export function figureCard(figure: Figure): object {
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    body: bodyOf(figure),
    actions: actionsOf(figure),
  };
}

function bodyOf(figure: Figure): object[] {
  const body: object[] = [];
  body.push(
    {
      type: "TextBlock",
      text: escapeMarkdown(figure.headline),
      style: "heading",
      size: "ExtraLarge",
      weight: "Bolder",
      wrap: true,
    },
    {
      type: "TextBlock",
      text: escapeMarkdown(figure.about),
      wrap: true,
      weight: "Bolder",
      spacing: "None",
    },
  );
  if (figure.hasRemark)
    body.push({ type: "TextBlock", text: escapeMarkdown(figure.remark), wrap: true });
  const facts: object[] = [];
  for (const { title, value } of figure.facts)
    facts.push({ title: escapeMarkdown(title), value: escapeMarkdown(value) });
  body.push({ type: "FactSet", facts });
  if (figure.hasChart) body.push({ type: "Container", spacing: "Medium", items: figure.chart });
  if (figure.hasSentence)
    body.push({ type: "TextBlock", text: escapeMarkdown(figure.sentence), wrap: true });
  if (figure.hasTable)
    body.push({
      type: "Container",
      spacing: "Medium",
      items: [
        TABLE_TITLE,
        {
          type: "Table",
          firstRowAsHeaders: true,
          showGridLines: true,
          columns: COLUMNS,
          rows: rowsOf(figure),
        },
        {
          type: "TextBlock",
          text: escapeMarkdown(figure.tableNote),
          wrap: true,
          size: "Small",
          isSubtle: true,
        },
      ],
    });
  return body;
}

function rowsOf(figure: Figure): object[] {
  const rows: object[] = [HEAD];
  for (const { period, value, status } of figure.rows)
    rows.push({ type: "TableRow", cells: [cell(period), cell(value), cell(status)] });
  return rows;
}

function cell(text: string): object {
  return {
    type: "TableCell",
    items: [{ type: "TextBlock", text: escapeMarkdown(text), wrap: true }],
  };
}

function actionsOf(figure: Figure): object[] {
  const { indicator, area, start, end } = figure.choice;
  const actions: object[] = [];
  for (const other of figure.others)
    actions.push({
      type: "Action.Execute",
      title: `Show ${other.area}`,
      verb: "kpi.show",
      data: { indicator: other.indicator, area: other.area, start: other.start, end: other.end },
    });
  if (figure.hasEarlier)
    actions.push({
      type: "Action.Execute",
      title: "Earlier periods",
      verb: "kpi.earlier",
      data: { indicator, area, before: figure.before },
    });
  if (figure.hasDistricts)
    actions.push({
      type: "Action.Execute",
      title: "Compare districts",
      verb: "kpi.districts",
      data: { indicator, area, start, end },
    });
  actions.push({
    type: "Action.Execute",
    title: "Explain",
    verb: "kpi.explain",
    data: { indicator, area, start, end },
  });
  if (figure.hasTable)
    actions.push({
      type: "Action.Execute",
      title: "Get as CSV",
      verb: "kpi.csv",
      data: { indicator, area, start, end },
    });
  return actions;
}
