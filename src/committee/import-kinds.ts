import { dayOf, longDate, type Day } from "../calendar.ts";
import { UserError } from "../errors.ts";
import type { Turn } from "../feature.ts";
import {
  ACTION_COLUMNS,
  compareActions,
  notHeldYet,
  OPTIONAL_ACTION_COLUMNS,
  readActions,
} from "./action-import.ts";
import { MOST_EDITS } from "./action-rows.ts";
import { comparePlan, itemEdits } from "./agenda-comparing.ts";
import { OPTIONAL_PLAN_COLUMNS, PLAN_COLUMNS, readPlan, type ListedPlan } from "./agenda-import.ts";
import { MOST_ITEM_EDITS, type StoredAgenda } from "./agenda-rows.ts";
import type { ImportPlan, Seen } from "./import-plan.ts";
import { onDay } from "./planning.ts";
import type { Author, Meeting, Stored } from "./schema.ts";
import type { CommitteeStore } from "./store.ts";

/** So often it is looked anew when somebody changes the same records at the same time. */
const MOST_LOOKS = 10;
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
  look(turn: Turn, text: string, seen?: Seen): Promise<ImportPlan>;
  /**
   * Writes in order what is not yet as the list has it, and still as a preview saw it: doing it
   * again goes on where it stopped. Gives the number of changes.
   */
  write(turn: Turn, text: string, seen: Seen): Promise<number>;
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
      look: async (turn, text, seen) => (await comparedPlan(turn, text, seen)).plan,
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
      look: async ({ committee, now }, text, seen) => {
        const listed = await readActions(text);
        const compared = compareActions(listed, await store.storedActions(committee.id), seen);
        return { ...compared, warnings: notHeldYet(listed.actions, dayOf(now)) };
      },
      write: writeActions,
    },
  };

  async function writeActions(turn: Turn, text: string, seen: Seen): Promise<number> {
    const { id } = turn.committee;
    const listed = await readActions(text);
    return untilWritten(async () => {
      const compared = compareActions(listed, await store.storedActions(id), seen);
      let written = 0;
      for (let at = 0; at < compared.edits.length; at += MOST_EDITS) {
        const part = compared.edits.slice(at, at + MOST_EDITS);
        // Somebody changed one of them just now: what is then not as it was seen stays.
        if (!(await store.changeActions(id, part, authorOf(turn))))
          return { written, isWhole: false };
        written += part.length;
      }
      return { written, isWhole: true };
    });
  }

  /** The meetings first, then each agenda: a meeting without items is mended by doing it again. */
  async function writePlan(turn: Turn, text: string, seen: Seen): Promise<number> {
    return untilWritten(async () => {
      const { listed, agendas, plan } = await comparedPlan(turn, text, seen);
      const { id } = turn.committee;
      let written = 0;
      for (let at = 0; at < plan.edits.length; at += MOST_EDITS) {
        const part = plan.edits.slice(at, at + MOST_EDITS);
        if (!(await store.changeMeetings(id, part, authorOf(turn))))
          return { written, isWhole: false };
        written += part.length;
      }
      for (const each of listed.meetings) {
        const agenda = agendas.get(each.meeting.date);
        const items = agenda ? await writeItems(turn, each, agenda, seen) : { written: 0 };
        written += items.written;
        if ("isOvertaken" in items) return { written, isWhole: false };
      }
      return { written, isWhole: true };
    });
  }

  async function writeItems(
    turn: Turn,
    listed: ListedPlan["meetings"][number],
    first: StoredAgenda,
    seen: Seen,
  ): Promise<{ written: number; isOvertaken?: true }> {
    const { id } = turn.committee;
    let written = 0;
    for (let agenda = first; ; agenda = await store.storedAgenda(id, agenda.kept)) {
      const edits = itemEdits(listed, agenda, seen);
      if (edits.length === 0) return { written };
      if (!(await store.changeAgenda(id, agenda, edits, authorOf(turn))))
        return { written, isOvertaken: true };
      written += edits.length;
      // Fewer than a transaction holds were all there were.
      if (edits.length < MOST_ITEM_EDITS) return { written };
    }
  }

  async function comparedPlan(turn: Turn, text: string, seen?: Seen) {
    const { id } = turn.committee;
    const listed = await readPlan(text, sourceOf(turn));
    const stored = await store.storedMeetings(id);
    const agendas = await agendasOf(id, listed, stored);
    return { listed, agendas, plan: comparePlan(listed, stored, agendas, seen) };
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

/** Writes until nobody was in the way. What was changed meanwhile is then no longer as it was seen. */
async function untilWritten(
  write: () => Promise<{ readonly written: number; readonly isWhole: boolean }>,
): Promise<number> {
  let all = 0;
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const { written, isWhole } = await write();
    all += written;
    if (isWhole) return all;
  }
  throw new UserError("Somebody else is changing the same records. Press Import again to go on.");
}

function authorOf({ person, now }: Turn): Author {
  return { name: person.name, at: now.toString() };
}

/** Where a new meeting of a list comes from, where the list does not say. */
function sourceOf({ person, now }: Turn): string {
  return `Imported by ${person.name} on ${longDate(dayOf(now))}`;
}
