import { dateWithWeekday, latestPublication, longDate, timeOfDay, type Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Action, AgendaItem, Meeting } from "./schema.ts";

const NOT_GIVEN = "Not given in the agenda plan";

/** The next meeting: when, where, and the dates that lead up to it. */
export function meetingCard(committee: string, meeting: Meeting, today: Day): Card {
  return fill("committee/meeting", { committee, ...meetingFacts(meeting, today) });
}

/** The agenda in order, a private item by its title only. */
export function agendaCard(
  committee: string,
  meeting: Meeting,
  items: readonly AgendaItem[],
  today: Day,
): Card {
  return fill("committee/agenda", {
    committee,
    ...meetingFacts(meeting, today),
    items: items.map(agendaLine),
    hasItems: items.length > 0,
    hasNoItems: items.length === 0,
    hasPrivateItems: items.some(({ isPrivate }) => isPrivate),
    source: meeting.source,
  });
}

/** One agenda item in words. */
export function agendaLine({ title, leadOfficer, isPrivate, goesToFullCouncil }: AgendaItem) {
  const marks = [isPrivate && "private item", goesToFullCouncil && "goes to full council"];
  const note = marks.filter(Boolean).join(", ");
  // A private item is shown by its title only.
  const officer = isPrivate ? "Private item" : (leadOfficer ?? "Not given");
  return { title, officer, note: note ? ` (${note})` : "" };
}

/** An open action in one line: its minute number, who has it, and what was agreed. */
export function openActionLine({ minute, owner, action, meeting, report }: Action): string {
  const since = meeting ? `since ${longDate(meeting)}` : "meeting not stated in the log";
  return `${minute}, ${report}, ${owner} (${since}): ${action.replace(/^Action: /, "")}`;
}

function meetingFacts(meeting: Meeting, today: Day) {
  const { date, time, venue, draftDeadline, publication, source } = meeting;
  const lastDay = latestPublication(date);
  return {
    date: dateWithWeekday(date),
    time: time ? timeOfDay(time) : "Not given",
    venue: venue ?? "Not given",
    draftDeadline: draftDeadline ? longDate(draftDeadline) : NOT_GIVEN,
    publication: publication
      ? `${longDate(publication)} (${publication <= today ? "published" : "not yet published"})`
      : `${NOT_GIVEN}${lastDay ? `. The last day the law allows is ${longDate(lastDay)}` : ""}`,
    source,
  };
}
