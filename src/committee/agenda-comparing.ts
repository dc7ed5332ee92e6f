import { dateWithWeekday, longDate, type Day } from "../calendar.ts";
import type { ListedItem, ListedMeeting, ListedPlan } from "./agenda-import.ts";
import { MOST_ITEM_EDITS, type ItemEdit, type StoredAgenda } from "./agenda-rows.ts";
import { isSameItem } from "./agenda-rules.ts";
import { marksOf } from "./cards.ts";
import { deadlineWarnings } from "./deadlines.ts";
import type { Edit } from "./history-rows.ts";
import {
  becomes,
  recordName,
  short,
  type ImportPlan,
  type Overtaken,
  type Seen,
} from "./import-plan.ts";
import { isSame, onDay } from "./planning.ts";
import type { AgendaItem, Meeting, Stored } from "./schema.ts";

/**
 * What of the list is new, changed or the same, beside the meetings and agendas that are stored,
 * and what is not as a preview saw it.
 */
export function comparePlan(
  { meetings, bad }: ListedPlan,
  stored: readonly Stored<Meeting>[],
  agendas: ReadonlyMap<Day, StoredAgenda>,
  previewed?: Seen,
): ImportPlan & { readonly edits: readonly Edit<Meeting>[] } {
  const fresh: string[] = [];
  const changed: string[] = [];
  const refused: string[] = [];
  const overtaken: Overtaken[] = [];
  const seen: Record<string, string> = {};
  let same = 0;
  let left = 0;
  const edits: Edit<Meeting>[] = [];
  const toWrite: string[] = [];
  for (const { meeting, items } of meetings) {
    const there = onDay(meeting.date, stored);
    if (there && there.value.state !== "planned") {
      refused.push(goneLine(there.value));
      continue;
    }
    seen[meeting.date] = there?.etag ?? "";
    const edit = meetingEdit(meeting, there);
    if (edit && isAsSeen(meeting.date, seen, previewed)) {
      edits.push(edit);
      toWrite.push(meeting.date);
      const line = `${dateWithWeekday(meeting.date)}, ${meeting.kind}`;
      if (there) changed.push(`${line}. ${meetingChanges(there.value, edit.after)}`);
      else fresh.push(line);
    } else if (edit) {
      const line = `the meeting on ${longDate(meeting.date)}`;
      overtaken.push({ kind: "meeting", record: meeting.date, line });
    }
    const compared = compareItems(meeting.date, items, agendas.get(meeting.date), previewed);
    fresh.push(...compared.fresh);
    changed.push(...compared.changed);
    toWrite.push(...compared.toWrite);
    overtaken.push(...compared.overtaken);
    Object.assign(seen, compared.seen);
    same += compared.same;
    left += compared.left;
  }
  const warnings = meetings.flatMap(({ meeting }) =>
    deadlineWarnings(meeting).map((warning) => `${longDate(meeting.date)}: ${warning}`),
  );
  return {
    ...{
      fresh,
      changed,
      toWrite,
      same,
      edits,
      warnings,
      bad: [...bad, ...refused],
      seen,
      overtaken,
    },
    left:
      left > 0
        ? `Items of these meetings that are not on the list: ${left}. They stay. Remove one with agenda, then Change an item.`
        : "",
  };
}

/**
 * The items of one meeting that are not as the list has them, in parts that one transaction holds.
 * What is not as a preview saw it stays.
 */
export function itemEdits(
  { meeting, items }: ListedMeeting,
  agenda: StoredAgenda,
  previewed: Seen,
): ItemEdit[] {
  const edits = items.flatMap((listed): ItemEdit[] => {
    const before = itemAt(agenda, listed);
    const item = withKept(listed, before);
    if (before && isSameItem(before, item)) return [];
    const name = itemName(meeting.date, item);
    if (!isAsSeen(name, seenOf(name, item, agenda), previewed)) return [];
    return [
      { before, after: item, what: `${before ? "changed" : "added"} an agenda item by import` },
    ];
  });
  return edits.slice(0, MOST_ITEM_EDITS);
}

function compareItems(
  date: Day,
  items: readonly ListedItem[],
  agenda: StoredAgenda | undefined,
  previewed: Seen | undefined,
) {
  const fresh: string[] = [];
  const changed: string[] = [];
  const overtaken: Overtaken[] = [];
  const seen: Record<string, string> = {};
  const toWrite: string[] = [];
  let same = 0;
  for (const listed of items) {
    const was = itemAt(agenda, listed);
    const item = withKept(listed, was);
    const name = itemName(date, item);
    const line = `${longDate(date)}, item ${item.order}`;
    Object.assign(seen, seenOf(name, item, agenda));
    if (was && isSameItem(was, item)) {
      same += 1;
      continue;
    }
    if (!isAsSeen(name, seen, previewed)) {
      overtaken.push({ kind: "item", record: date, order: item.order, line });
      continue;
    }
    toWrite.push(name);
    if (was) changed.push(`${line}. ${itemChanges(was, item)}`);
    else fresh.push(`${line}: ${short(item.title)}${marksOf(item)}`);
  }
  const orders = new Set(items.map(({ item }) => item.order));
  const left = (agenda?.items ?? []).filter(({ order }) => !orders.has(order)).length;
  return { fresh, changed, toWrite, overtaken, seen, same, left };
}

function itemAt(agenda: StoredAgenda | undefined, { item }: ListedItem): AgendaItem | undefined {
  return agenda?.items.find(({ order }) => order === item.order);
}

/** What the list has no column for stays as it is in the plan. */
function withKept({ item, leftOut }: ListedItem, before: AgendaItem | undefined): AgendaItem {
  const kept = leftOut.flatMap((part) =>
    before?.[part] === undefined ? [] : [[part, before[part]]],
  );
  return { ...item, ...Object.fromEntries(kept) };
}

function itemName(date: Day, { order }: AgendaItem): string {
  return recordName({ record: date, order });
}

function seenOf(name: string, { order }: AgendaItem, agenda: StoredAgenda | undefined): Seen {
  return { [name]: agenda?.etags.get(order) ?? "" };
}

function isAsSeen(name: string, seen: Seen, previewed: Seen | undefined): boolean {
  return !previewed || previewed[name] === seen[name];
}

function meetingChanges(was: Meeting, after: Meeting): string {
  return [
    becomes("Kind", was.kind, after.kind),
    becomes("Time", was.time ?? "", after.time ?? ""),
    becomes("Place", was.venue ?? "", after.venue ?? ""),
    becomes("Draft deadline", inWords(was.draftDeadline), inWords(after.draftDeadline)),
    becomes("Publication", inWords(was.publication), inWords(after.publication)),
  ]
    .filter(Boolean)
    .join(". ");
}

/** A private item is shown by its title only. */
function itemChanges(was: AgendaItem, after: AgendaItem): string {
  const isPrivate = was.isPrivate || after.isPrivate;
  const officer = becomes("Lead officer", was.leadOfficer ?? "", after.leadOfficer ?? "");
  const keyDecision = becomes("Key decision", was.keyDecision ?? "", after.keyDecision ?? "");
  return [
    becomes("Title", was.title, after.title),
    officer && isPrivate ? "Lead officer: another" : officer,
    keyDecision && isPrivate ? "Key decision: another" : keyDecision,
    becomes("Private (+)", yesOrNo(was.isPrivate), yesOrNo(after.isPrivate)),
    becomes("Full council (*)", yesOrNo(was.goesToFullCouncil), yesOrNo(after.goesToFullCouncil)),
  ]
    .filter(Boolean)
    .join(". ");
}

/** What the list does not say of a meeting stays as it is stored. */
function meetingEdit(
  listed: Meeting,
  there: Stored<Meeting> | undefined,
): Edit<Meeting> | undefined {
  const known = there?.value;
  const after: Meeting = {
    ...known,
    ...listed,
    source: known?.source ?? listed.source,
  };
  if (known && isSame(known, after)) return undefined;
  return { before: there, after, what: `${there ? "changed" : "added"} the meeting by import` };
}

function inWords(date?: Day): string {
  return date ? longDate(date) : "";
}

function yesOrNo(is: boolean): string {
  return is ? "yes" : "no";
}

function goneLine({ date, state, movedTo }: Meeting): string {
  const what = state === "moved" && movedTo ? `was moved to ${longDate(movedTo)}` : "was cancelled";
  const mend =
    state === "moved" && movedTo
      ? `Write ${movedTo} in column meeting_date, or move the meeting back first.`
      : "Take its lines out, or add the meeting again first.";
  return `Column meeting_date: the meeting on ${longDate(date)} ${what}. ${mend}`;
}
