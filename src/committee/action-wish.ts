import { longDate, monthName, MONTHS } from "../calendar.ts";
import { UserError } from "../errors.ts";
import type { Slots } from "../slots.ts";
import { isOwnedBy, ownersOf } from "./action-rules.ts";
import type { Action, ActionFilter } from "./schema.ts";

const MONTH = `(?:${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join("|")})`;
/** "8 August 2019", "May 2019", "2019-05", "2019": with its year, no month is somebody's name. */
const TIME = new RegExp(
  String.raw`\b(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+)?${MONTH}\s+\d{4}|\d{4}(?:-\d{2}){0,2})\b`,
  "i",
);
const MONTHS_ONLY = new RegExp(String.raw`^(?:${MONTH}|to|and|until|\s)+$`, "i");
/** The order that the list has anyway. */
const LONGEST_FIRST = /\b(?:longest|oldest)(?: open)?(?: first)?\b/gi;
/** Words around a name or a time that are neither. */
const AROUND =
  /\b(all|open|outstanding|ongoing|overdue|still|left|due|now|completed?|from|since|in|during|longest|oldest|first|meetings?|minutes?|\d{4})\b/g;

/** What a text asks of the action log, and what it was taken to mean where it could mean another. */
export interface ActionWish {
  readonly filter: ActionFilter;
  readonly note: string;
}

/**
 * Reads whose actions are meant, and of which meetings. A month without its year is somebody's name
 * where the log has actions with it: "for May". Throws a `UserError` for several months.
 */
export function readActionWish(slots: Slots, me: string, actions: readonly Action[]): ActionWish {
  const { typed = "", unread = "", month = "", dates = [] } = slots;
  const show = shownIn(typed);
  // "my" is one of the little words that are read over, so the text itself says whose are meant.
  if (/\b(my|mine)\b/i.test(typed))
    return { filter: { show: show ?? "open", owner: me, meetings: "", page: 1 }, note: "" };
  const [time = ""] = TIME.exec(typed) ?? [];
  const named =
    nameIn(typed.replace(TIME, " ").replace(LONGEST_FIRST, " ")) || ownerSpoken(typed, actions);
  const isSomebody = named !== "" && actions.some((action) => isOwnedBy(action, named));
  const rest = unread.replaceAll(AROUND, "").trim();
  const isSpan = month !== "" && rest !== "" && MONTHS_ONLY.test(rest);
  if (isSpan) throw new UserError("Name one month of meetings: actions for May 2019.");
  const owner = isSomebody ? named : rest && (named || rest.replace(/[.?!\s]+$/, ""));
  const year = /^\d{4}$/.test(time) ? time : "";
  const meetings = time || !isSomebody ? (dates[0] ?? (month || year)) : "";
  return {
    filter: { show: show ?? (meetings ? "all" : "open"), owner, meetings, page: 1 },
    note: meetings
      ? takenAsTime(meetings, actions)
      : isSomebody && MONTHS_ONLY.test(named)
        ? takenAsName(named, actions)
        : "",
  };
}

/** "May 2019", "8 August 2019" or "2019". */
export function timeName(meetings: string): string {
  if (meetings.length === 4) return meetings;
  return meetings.length === 7 ? monthName(meetings) : longDate(meetings);
}

function takenAsTime(meetings: string, actions: readonly Action[]): string {
  const [name = ""] = MONTHS.slice(Number(meetings.slice(5, 7)) - 1);
  const people = meetings.length > 4 ? peopleCalled(name, actions) : [];
  const others = people.map((person) => `actions for ${person}`).join(", ");
  const unit = { 4: "year", 7: "month" }[meetings.length] ?? "day";
  return `I took ${timeName(meetings)} to be the ${unit} of the meetings.${others ? ` For the person, type ${others}.` : ""}`;
}

function takenAsName(named: string, actions: readonly Action[]): string {
  return `I took ${named} to be ${peopleCalled(named, actions).join(" or ")}. For the month, type its year too: actions for ${named} 2019.`;
}

function peopleCalled(name: string, actions: readonly Action[]): string[] {
  const people = actions.flatMap(ownersOf).filter((owner) => isOwnedBy({ owner }, name));
  return [...new Set(people)];
}

function shownIn(typed: string): ActionFilter["show"] | undefined {
  if (/\ball\b/i.test(typed)) return "all";
  if (/\bcompleted?\b/i.test(typed)) return "complete";
  return /\bopen\b/i.test(typed) ? "open" : undefined;
}

/** "adrian's actions", "what has Adrian got to do": somebody of the log by their first name. */
function ownerSpoken(typed: string, actions: readonly Action[]): string {
  const words: string[] = typed.toLowerCase().match(/\p{L}+/gu) ?? [];
  const owners = actions.flatMap(ownersOf).filter((owner) => {
    const [first = "", ...rest] = owner.toLowerCase().split(/\s+/);
    return rest.length > 0 && words.includes(first) && !MONTHS_ONLY.test(first);
  });
  const [one = "", another] = new Set(owners);
  return another ? "" : one;
}

function nameIn(typed: string): string {
  return /\b(?:for|of)\s+(.+)$/i.exec(typed.trim())?.[1]?.replace(/[.?!\s]+$/, "") ?? "";
}
