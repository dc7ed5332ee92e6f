import { z } from "zod/v4";
import { fill, type Card } from "../card-template.ts";
import { checked } from "../errors.ts";
import { ANYWHERE, EVERYONE, type Command, type Turn, type Verb } from "../feature.ts";
import { isByDistrict, readAreas } from "./asking.ts";
import type { DefinitionStore } from "./definitions.ts";
import { datesOf, figureWithUnit, periodOf } from "./printing.ts";
import type { Indicator } from "./schema.ts";
import { AS_REPORTED, statusInWords } from "./status.ts";
import type { FigureStore } from "./store.ts";
import { againstTarget, NO_TARGET } from "./targets.ts";
import said from "./said.json" with { type: "json" };

export type Lists = ReturnType<typeof lists>;

/** A page of a list: so many indicators, each read by itself. */
const PAGE = 12;
/** Names of a priority on the first card; the others are counted. */
const MOST_NAMES = 8;
const LONGEST_NAME = 80;
const ListForm = z.object({
  priority: z.string().default(""),
  page: z.coerce.number().int().min(1).max(1000).default(1),
});
const anyone = { roles: EVERYONE, places: ANYWHERE };

/** Priorities, their indicators, and the latest figure of each against its target. */
export function lists({
  definitions,
  figures,
}: {
  readonly definitions: DefinitionStore;
  readonly figures: FigureStore;
}) {
  const commands: Command[] = [
    {
      id: "kpi.status",
      name: "kpi status",
      examples: said.status,
      phrases: ["kpis status", "status of kpis", "performance", "kpi overview"],
      purpose: "See the latest figure of every indicator, against its target if it has one.",
      task: "Numbers",
      needs: anyone,
      run: (turn) => listCard(turn, { priority: "", page: 1 }),
    },
  ];
  const verbs: Record<string, Verb> = {
    "kpi.list": { needs: anyone, run: showList, justForMe: true },
    "kpi.priorities": { needs: anyone, run: priorities, justForMe: true },
  };
  return { commands, verbs, priorities, ofPriority };

  /** Every priority with the names of its indicators. No figure is read. */
  async function priorities({ committee }: Turn): Promise<Card> {
    const indicators = await definitions.indicatorsOf(committee.id);
    const all = prioritiesOf(indicators).map((priority, index) => {
      const names = indicators.filter((each) => each.priority === priority).map(shortName);
      const more = names.length - MOST_NAMES;
      const said = names.slice(0, MOST_NAMES).join("; ");
      return {
        priority,
        index: String(index),
        names: more > 0 ? `${said}; and ${more} more` : said,
      };
    });
    return fill("kpi/priorities", { committee: committee.name, priorities: all });
  }

  async function ofPriority(turn: Turn, priority: string): Promise<Card> {
    const indicators = await definitions.indicatorsOf(turn.committee.id);
    const index = prioritiesOf(indicators).indexOf(priority);
    return listCard(turn, { priority: String(index), page: 1 });
  }

  async function showList(turn: Turn, data: unknown): Promise<Card> {
    return listCard(turn, checked(ListForm, data));
  }

  async function listCard(turn: Turn, { priority, page }: z.infer<typeof ListForm>): Promise<Card> {
    const indicators = await definitions.indicatorsOf(turn.committee.id);
    const all = prioritiesOf(indicators);
    const one = all[priority === "" ? -1 : Number(priority)];
    const listed = indicators.filter((each) => !one || each.priority === one);
    const pages = Math.max(1, Math.ceil(listed.length / PAGE));
    const at = Math.min(page, pages);
    const shown = listed.slice((at - 1) * PAGE, at * PAGE);
    const rows = await Promise.all(shown.map((indicator) => latestOf(turn, indicator)));
    const pageWords = pages > 1 ? ` Page ${at} of ${pages}.` : "";
    return fill("kpi/list", {
      title: one ?? "Numbers: the latest of each",
      summary: `Indicators: ${listed.length}. Without a target: ${listed.filter(({ targets }) => targets.length === 0).length}.${pageWords}`,
      rows,
      first: rows[0]?.id ?? "",
      priority: one ? priority : "",
      next: String(at + 1),
      hasNext: at < pages,
      hasAll: true,
    });
  }

  async function latestOf(turn: Turn, indicator: Indicator) {
    const { id, name, noData } = indicator;
    const against = indicator.targets.length > 0 ? "See the figure" : NO_TARGET;
    if (isByDistrict(indicator, turn)) return { id, name, latest: "By district", against };
    const [area = turn.committee.name] = indicator.areas;
    const series = (await readAreas(figures, turn, indicator, { areas: [area] })).get(area) ?? [];
    const figure = series.findLast(datesOf) ?? series.at(-1);
    if (!figure)
      return { id, name, latest: `No data: ${noData || "no figure stored yet"}`, against };
    const status = statusInWords(figure, indicator, turn);
    const standing = status === AS_REPORTED ? "" : `. ${status}`;
    const latest = `${figureWithUnit(figure, indicator)}, ${periodOf(figure, indicator)}${standing}`;
    return { id, name, latest, against: againstTarget(indicator, figure, { area }) };
  }
}

function prioritiesOf(indicators: readonly Indicator[]): string[] {
  return [...new Set(indicators.map(({ priority }) => priority))];
}

function shortName({ name }: Indicator): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}
