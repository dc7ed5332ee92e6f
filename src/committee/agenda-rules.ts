import { MONTHS } from "../calendar.ts";
import { UserError } from "../errors.ts";
import type { ItemEdit } from "./agenda-rows.ts";
import type { AgendaItem, ItemForm } from "./schema.ts";

const LONGEST_TITLE = 500;
const LONGEST_OFFICER = 200;
export const LONGEST_KEY_DECISION = 100;
/** What one transaction can renumber. */
const MOST_ITEMS = 90;
const SAID =
  /\b(?:add|new)\s+(?:an?\s+)?(?:agenda\s+)?item\b(?:\s+(?:to|on|for)\s+(?:the\s+)?agenda\b)?[\s,:–-]*([\s\S]*)$/i;
const MONTH = `(?:${MONTHS.map((name) => name.slice(0, 3)).join("|")})[a-z]*`;
const DAY = String.raw`(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+)?${MONTH}(?:\s+\d{4})?|\d{4}-\d{2}-\d{2})`;
/** The meeting in front of the title, or behind it with a word before it that says so. */
const MEETING_FIRST = new RegExp(
  String.raw`^(?:(?:to|for|on|in)\s+)?${DAY}(?![\w-])[\s,:–-]*`,
  "i",
);
const MEETING_LAST = new RegExp(
  String.raw`\s+(?:to|for)\s+(?:the\s+)?(?:meeting\s+(?:on|of|in)\s+)?${DAY}[\s.]*$`,
  "i",
);

/** A form's item, the place aside. Titles stay as they are typed. Throws a `UserError`. */
export function readItem(form: ItemForm): Omit<AgendaItem, "order"> {
  const title = form.title.trim();
  const leadOfficer = form.leadOfficer.trim();
  if (title === "") throw new UserError("Enter the title.");
  if (title.length > LONGEST_TITLE)
    throw new UserError(
      `The title is too long. Shorten it to ${LONGEST_TITLE} characters or fewer.`,
    );
  if (leadOfficer.length > LONGEST_OFFICER)
    throw new UserError(
      `The lead officer is too long. Shorten it to ${LONGEST_OFFICER} characters or fewer.`,
    );
  const keyDecision = keyDecisionOf(form.keyDecision.trim());
  if (keyDecision.length > LONGEST_KEY_DECISION)
    throw new UserError(
      `The key decision is too long. Shorten it to ${LONGEST_KEY_DECISION} characters or fewer.`,
    );
  return {
    title,
    ...(leadOfficer ? { leadOfficer } : {}),
    ...(keyDecision ? { keyDecision } : {}),
    isPrivate: form.isPrivate === "true",
    goesToFullCouncil: form.goesToFullCouncil === "true",
  };
}

/** The plan's own words for a key decision; empty for "-", with which it says that it is none. */
export function keyDecisionOf(typed: string): string {
  return /^([-–]|no|n|none|n\/a)$/i.test(typed) ? "" : typed;
}

/** The number typed for an item's place, or undefined for the last. Throws a `UserError`. */
export function readOrder({ order }: ItemForm): number | undefined {
  if (order.trim() === "") return undefined;
  const number = Number(order);
  if (!Number.isInteger(number) || number < 1)
    throw new UserError("The number of the item is a whole number, 1 for the first. Enter it so.");
  return number;
}

/** A new item in its place; those behind it move on by one. */
export function addItem(
  items: readonly AgendaItem[],
  item: Omit<AgendaItem, "order">,
  order = Infinity,
): ItemEdit[] {
  if (items.length >= MOST_ITEMS)
    throw new UserError(`An agenda has at most ${MOST_ITEMS} items. Remove one first.`);
  const at = items.filter((each) => each.order < order).length;
  const added = { ...item, order: 0 };
  const next = renumbered(items.toSpliced(at, 0, added), [
    ...items.map((each) => each.order),
    (items.at(-1)?.order ?? 0) + 1,
  ]);
  return edits(items, next, { after: next[at], what: "added an agenda item" });
}

/** An item that changes, and perhaps its place. */
export function changeItem(
  items: readonly AgendaItem[],
  was: AgendaItem,
  item: Omit<AgendaItem, "order">,
  order = was.order,
): ItemEdit[] {
  const others = items.filter((each) => each.order !== was.order);
  // Towards the end it comes to stand behind the item that has its number now.
  const isLater = order > was.order;
  const place = others.filter((each) =>
    isLater ? each.order <= order : each.order < order,
  ).length;
  const next = renumbered(
    others.toSpliced(place, 0, { ...item, order: 0 }),
    items.map((each) => each.order),
  );
  const after = next[place];
  if (after && isSameItem(was, after)) return [];
  return edits(items, next, { before: was, after, what: "changed an agenda item" });
}

/** An item that goes; those behind it move up. */
export function removeItem(items: readonly AgendaItem[], was: AgendaItem): ItemEdit[] {
  const next = renumbered(
    items.filter((each) => each !== was),
    items.map((each) => each.order),
  );
  return edits(items, next, { before: was, what: "removed an agenda item" });
}

/** Whether two say the same, the place included. */
export function isSameItem(one: AgendaItem, other: AgendaItem): boolean {
  return whatIsSaid(one) === whatIsSaid(other);
}

function renumbered(items: readonly AgendaItem[], orders: readonly number[]): AgendaItem[] {
  return items.map((item, at) => ({ ...item, order: orders[at] ?? at + 1 }));
}

/** What is to be written: the item that is meant, and those that only move. */
function edits(
  before: readonly AgendaItem[],
  after: readonly AgendaItem[],
  main: ItemEdit,
): ItemEdit[] {
  const shifted = after.filter(
    (item) => item !== main.after && !before.some((each) => isSameItem(each, item)),
  );
  const gone = before.filter(({ order }) => !after.some((each) => each.order === order));
  return [
    main,
    ...shifted.map((each) => ({ after: each })),
    ...gone.map((each) => ({ before: each })),
  ];
}

function whatIsSaid(item: AgendaItem): string {
  const { order, title, leadOfficer = "", keyDecision = "", isPrivate, goesToFullCouncil } = item;
  return JSON.stringify([order, title, leadOfficer, keyDecision, isPrivate, goesToFullCouncil]);
}

/** "add agenda item Think Communities for 10 October": the title, with and without the meeting. */
export function titleSaid(typed: string): { readonly title: string; readonly whole: string } {
  const whole = (SAID.exec(typed)?.[1] ?? "").trim();
  return { title: whole.replace(MEETING_FIRST, "").replace(MEETING_LAST, "").trim(), whole };
}
