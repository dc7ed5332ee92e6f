import { dayOf, longDate, type Day } from "../calendar.ts";
import type { Turn } from "../feature.ts";
import {
  ACTION_COLUMNS,
  compareActions,
  OPTIONAL_ACTION_COLUMNS,
  readActions,
} from "./action-import.ts";
import { MOST_EDITS } from "./action-rows.ts";
import {
  comparePlan,
  itemEdits,
  OPTIONAL_PLAN_COLUMNS,
  PLAN_COLUMNS,
  readPlan,
  type ListedPlan,
} from "./agenda-import.ts";
import { MOST_ITEM_EDITS, type StoredAgenda } from "./agenda-rows.ts";
import type { ImportPlan } from "./import-plan.ts";
import { onDay } from "./planning.ts";
import type { Author, Meeting, Stored } from "./schema.ts";
import type { CommitteeStore } from "./store.ts";

/** So many transactions in one press, so that Teams is answered in time. Another press goes on. */
const MOST_TRANSACTIONS = 30;
/** So many agendas are read at the same time. */
const SIDE_BY_SIDE = 16;

/** How a list of one kind is looked at and written. */
export interface ImportKind {
  readonly name: "meetings" | "actions";
  readonly command: string;
  readonly columns: readonly string[];
  readonly optional: readonly string[];
  /** A line that could be imported. */
  readonly example: Readonly<Record<string, string>>;
  /** Compares the list with what is stored. Throws a `UserError` where it is no list at all. */
  look(turn: Turn, text: string): Promise<ImportPlan>;
  /** Writes in order what is not yet as the list has it: doing it again goes on where it stopped. */
  write(turn: Turn, text: string): Promise<Written>;
}

interface Written {
  readonly written: number;
  readonly isFinished: boolean;
}

export function importKinds(store: CommitteeStore): Record<ImportKind["name"], ImportKind> {
  return {
    meetings: {
      name: "meetings",
      command: "import meetings",
      columns: PLAN_COLUMNS,
      optional: OPTIONAL_PLAN_COLUMNS,
      example: {
        ...{ meeting_date: "2019-10-17", meeting_type: "committee meeting", item_order: "1" },
        ...{ agenda_item: "Minutes of the last meeting", lead_officer: "N Mills" },
        ...{ key_decision: "-", draft_deadline: "2019-10-04", agenda_publication: "2019-10-09" },
        ...{ full_council_marker: "no", confidential_marker: "no", time: "10:00" },
      },
      look: async (turn, text) => (await comparedPlan(turn, text)).plan,
      write: writePlan,
    },
    actions: {
      name: "actions",
      command: "import actions",
      columns: ACTION_COLUMNS,
      optional: OPTIONAL_ACTION_COLUMNS,
      example: {
        ...{ meeting_date: "2019-08-08", minute_no: "187", sub_item: "d", report_title: "REPORT" },
        ...{ action_to_be_taken_by: "Rob Hill / Jawaid Khan", action: "Action: to report back." },
        ...{ comments: "Awaiting update.", status: "ACTION ONGOING" },
      },
      look: async ({ committee }, text) =>
        compareActions(readActions(text), await store.storedActions(committee.id)),
      write: writeActions,
    },
  };

  async function writeActions(turn: Turn, text: string): Promise<Written> {
    const { id } = turn.committee;
    const { edits } = compareActions(readActions(text), await store.storedActions(id));
    let written = 0;
    const most = MOST_EDITS * MOST_TRANSACTIONS;
    for (let at = 0; at < Math.min(edits.length, most); at += MOST_EDITS) {
      const part = edits.slice(at, Math.min(at + MOST_EDITS, most));
      // Somebody else changed one of them: pressing again looks anew.
      if (!(await store.changeActions(id, part, authorOf(turn))))
        return { written, isFinished: false };
      written += part.length;
    }
    return { written, isFinished: written === edits.length };
  }

  /** The meetings first, then each agenda: a meeting without items is mended by doing it again. */
  async function writePlan(turn: Turn, text: string): Promise<Written> {
    const { id } = turn.committee;
    const { plan, listed, agendas } = await comparedPlan(turn, text);
    let written = 0;
    let transactions = 0;
    for (let at = 0; at < plan.edits.length; at += MOST_EDITS) {
      const part = plan.edits.slice(at, at + MOST_EDITS);
      if (!(await store.changeMeetings(id, part, authorOf(turn))))
        return { written, isFinished: false };
      written += part.length;
      transactions += 1;
    }
    for (const { meeting, items } of listed.meetings) {
      let agenda = agendas.get(meeting.date);
      for (;;) {
        const edits = agenda ? itemEdits(items, agenda) : [];
        if (!agenda || edits.length === 0) break;
        if (transactions >= MOST_TRANSACTIONS) return { written, isFinished: false };
        if (!(await store.changeAgenda(id, agenda, edits, authorOf(turn))))
          return { written, isFinished: false };
        written += edits.length;
        transactions += 1;
        // Fewer than a transaction holds were all there were.
        agenda =
          edits.length < MOST_ITEM_EDITS ? undefined : await store.storedAgenda(id, agenda.kept);
      }
    }
    return { written, isFinished: true };
  }

  async function comparedPlan(turn: Turn, text: string) {
    const { id } = turn.committee;
    const listed = readPlan(text, sourceOf(turn));
    const stored = await store.storedMeetings(id);
    const agendas = await agendasOf(id, listed, stored);
    return { listed, agendas, plan: comparePlan(listed, stored, agendas) };
  }

  async function agendasOf(
    committee: string,
    { meetings }: ListedPlan,
    stored: readonly Stored<Meeting>[],
  ): Promise<Map<Day, StoredAgenda>> {
    const agendas = new Map<Day, StoredAgenda>();
    const days = meetings.map(({ meeting }) => meeting.date);
    for (let at = 0; at < days.length; at += SIDE_BY_SIDE)
      await Promise.all(
        days.slice(at, at + SIDE_BY_SIDE).map(async (day) => {
          const kept = onDay(day, stored)?.value.agendaKept ?? day;
          agendas.set(day, await store.storedAgenda(committee, kept));
        }),
      );
    return agendas;
  }
}

function authorOf({ person, now }: Turn): Author {
  return { name: person.name, at: now.toString() };
}

/** Where a new meeting of a list comes from, where the list does not say. */
function sourceOf({ person, now }: Turn): string {
  return `Imported by ${person.name} on ${longDate(dayOf(now))}`;
}
