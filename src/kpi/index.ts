import type { Day, Instant } from "../calendar.ts";
import {
  ANYWHERE,
  EVERYONE,
  type AuditRecord,
  type DigestSource,
  type Feature,
  type Place,
} from "../feature.ts";
import type { Card } from "../card-template.ts";
import type { Committee } from "../council.ts";
import type { Paper } from "../paper.ts";
import { createDefinitionStore } from "./definitions.ts";
import { numbersInDigest } from "./digest.ts";
import { finance } from "./finance.ts";
import { createImportStore } from "./import-store.ts";
import { importing } from "./importing.ts";
import { lists } from "./lists.ts";
import { createRegisterStore } from "./register-store.ts";
import { kpiReport } from "./report.ts";
import { readPeriod } from "./period-reading.ts";
import { periodInWords } from "./periods.ts";
import { risks } from "./risks.ts";
import { showing } from "./showing.ts";
import { createFigureStore } from "./store.ts";
import { sweeping } from "./sweeping.ts";
import type { Tables } from "../tables.ts";
import said from "./said.json" with { type: "json" };
import type { Mention } from "../vocabulary.ts";

/** The stretch of time that a text names, in words ("April to June 2019"), and the rest of it. */
export function periodNamed(text: string, now: Instant) {
  const { period, rest } = readPeriod(text, now);
  return period && { period: periodInWords(period), rest };
}

/** What the numbers need from the rest of the product. */
export interface KpiParts {
  readonly tables: Tables;
  readonly audit: AuditRecord;
  /** Work that nobody waits for. */
  readonly afterwards: (work: Promise<unknown>) => void;
  /** Writes a card into somebody's personal chat. */
  readonly toPerson: (
    about: Committee,
    person: string,
    from: Place,
    card: Card,
  ) => Promise<unknown>;
  /** The day of the meeting before a meeting, if the plan goes back so far. */
  readonly meetingBefore: (
    committee: string,
    meeting: Day,
    now: Instant,
  ) => Promise<Day | undefined>;
}

/** The feature, and what takes up an import after a stop. */
interface NumbersFeature extends Feature {
  /** Finds a number by name among the words of a text. */
  indicatorIn(committee: string): Promise<(words: readonly string[]) => Mention | undefined>;
  resume(committee: Committee): Promise<void>;
  readonly digest: DigestSource;
  /** The numbers of a period as a paper. */
  readonly report: Paper;
}

/** Numbers: one honest screen for each, the finance report and the risk register. */
export function kpi({
  tables,
  audit,
  afterwards,
  toPerson,
  meetingBefore,
}: KpiParts): NumbersFeature {
  const definitions = createDefinitionStore(tables);
  const figures = createFigureStore(tables);
  const registers = createRegisterStore(tables);
  const listed = lists({ definitions, figures });
  const shown = showing({ definitions, figures, lists: listed });
  const money = finance(registers);
  const register = risks(registers);
  const imports = createImportStore(tables);
  const imported = importing({ imports, definitions, figures, audit, afterwards, toPerson });
  return {
    commands: [
      {
        id: "kpi.list",
        name: "kpi",
        examples: said.list,
        phrases: ["kpis", "numbers", "show kpis", "indicators", "list kpis", "all numbers"],
        purpose: "See the priorities and the numbers kept for each.",
        task: "Numbers",
        needs: { roles: EVERYONE, places: ANYWHERE },
        run: listed.priorities,
      },
      ...listed.commands,
      {
        id: "kpi.show",
        name: "kpi hate crime reports",
        full: "kpi {indicator}[ in {district}][ {time}]",
        examples: said.show,
        phrases: ["kpi {anything}", "kpis {anything}", "show kpi {anything}"],
        purpose: "See one number with its source, chart and table. Put any other after kpi.",
        task: "Numbers",
        needs: { roles: EVERYONE, places: ANYWHERE },
        run: shown.show,
      },
      ...shown.commands,
      ...money.commands,
      ...register.commands,
      ...imported.commands,
    ],
    verbs: { ...listed.verbs, ...shown.verbs, ...imported.verbs },
    jobs: [sweeping(imports)],
    hunch: shown.hunch,
    indicatorIn: shown.indicatorIn,
    resume: imported.resume,
    report: kpiReport({ definitions, figures }),
    digest: numbersInDigest({ definitions, figures, registers, meetingBefore }),
  };
}
