import { longDate, timeAndDate, timeOfDay } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { HistoryEntry, HistoryReference } from "./schema.ts";

const CHANGES_A_PAGE = 6;
/** More of a text than this is not needed to see what changed. */
const IN_SHORT = 700;
/** Keys of a record in words, in the order in which they are shown. What is not here is not shown. */
const LABELS: Readonly<Record<string, string>> = {
  date: "Date",
  kind: "Kind",
  state: "State",
  movedTo: "Moved to",
  time: "Time",
  venue: "Place",
  draftDeadline: "Draft deadline",
  publication: "Publication",
  order: "Item",
  title: "Title",
  leadOfficer: "Lead officer",
  keyDecision: "Key decision",
  isPrivate: "Private (+)",
  goesToFullCouncil: "Full council (*)",
  minute: "Minute",
  meeting: "Meeting",
  report: "Report title",
  owner: "Action to be taken by",
  background: "Background",
  action: "Action",
  comments: "Comments",
  status: "Status",
};

/** The changes of one record, the newest first: who, when, and what was there before and after. */
export function historyCard(reference: HistoryReference, entries: readonly HistoryEntry[]): Card {
  const { of, record, page } = reference;
  const pages = Math.max(1, Math.ceil(entries.length / CHANGES_A_PAGE));
  const shown = Math.min(page, pages);
  const isHidden = privateItems(entries);
  const part = entries.slice((shown - 1) * CHANGES_A_PAGE, shown * CHANGES_A_PAGE);
  return fill("committee/history", {
    heading: headingOf(reference),
    ...{ of, record },
    entries: part.map((entry) => entryLines(entry, isHidden(entry))),
    hasNone: entries.length === 0,
    isMeeting: of === "meeting",
    isAgenda: of === "agenda",
    isAction: of === "action",
    hasNext: shown < pages,
    next: shown + 1,
    hasPrevious: shown > 1,
    previous: shown - 1,
  });
}

function headingOf({ of, record }: HistoryReference): string {
  if (of === "action") return `History of action ${record}`;
  const date = /^\d{4}-\d\d-\d\d$/.test(record) ? longDate(record) : record;
  return of === "agenda" ? `History of the agenda, ${date}` : `History of the meeting, ${date}`;
}

/** Which changes are of an item that is private, or was at any time: by all titles it has had. */
function privateItems(entries: readonly HistoryEntry[]): (entry: HistoryEntry) => boolean {
  const titles = new Set<unknown>();
  const isOne = ({ before, after }: HistoryEntry) =>
    [before, after].some(({ isPrivate, title }) => isPrivate === true || titles.has(title));
  for (let known = -1; known < titles.size;) {
    known = titles.size;
    for (const { before, after } of entries.filter(isOne))
      for (const { title } of [before, after]) if (title !== undefined) titles.add(title);
  }
  return isOne;
}

function entryLines({ what, by, at, before, after }: HistoryEntry, isPrivate: boolean) {
  const names = Object.keys(LABELS).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  // A private item is shown by its title only.
  const shown = isPrivate
    ? names.filter((name) => !["leadOfficer", "keyDecision"].includes(name))
    : names;
  return {
    what: `${timeAndDate(at)}, ${by} ${what}`,
    changes: shown.map((name) => ({
      change: `${LABELS[name]}: ${changeInWords(before[name], after[name])}`,
    })),
  };
}

function changeInWords(before: unknown, after: unknown): string {
  const was = inWords(before);
  if (was === "") return inWords(after);
  return `${inWords(after) || "nothing"} (before: ${was})`;
}

function inWords(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = String(value);
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return longDate(text);
  if (/^\d\d:\d\d$/.test(text)) return timeOfDay(text);
  return text.length > IN_SHORT ? `${text.slice(0, IN_SHORT)} …` : text;
}
