import { dateWithWeekday, longDate, type Day } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { StoredAgenda } from "./agenda-rows.ts";
import { troubled } from "./cards.ts";
import type { AgendaItem, ItemForm, Meeting } from "./schema.ts";

/** The form of an agenda item, new or changed. */
export function itemFormCard(form: ItemForm, meetings: readonly Meeting[], problem = ""): Card {
  const isNew = form.was === "";
  return fill("committee/item-form", {
    ...form,
    ...troubled(problem),
    heading: isNew ? "Add an agenda item" : `Change item ${form.was}`,
    isNew: isNew && meetings.length > 0,
    isKnown: !isNew,
    // Without the list of meetings, as when the tables are away, the chosen one stays.
    isFixed: !isNew || meetings.length === 0,
    when: form.meeting ? longDate(form.meeting) : "not chosen",
    meetings: meetings.map(({ date, kind }) => ({
      value: date,
      title: `${dateWithWeekday(date)}${kind === "workshop" ? " (workshop)" : ""}`,
    })),
  });
}

/** Asks which item of an agenda is meant. */
export function whichItemCard(meeting: Day, { items }: StoredAgenda): Card {
  return fill("committee/which-item", {
    meeting,
    date: longDate(meeting),
    first: String(items[0]?.order ?? ""),
    items: items.map(({ order, title }) => ({ value: String(order), title: `${order}. ${title}` })),
  });
}

/** The last question before an item goes. */
export function removeItemCard(
  meeting: Day,
  { version }: StoredAgenda,
  { order, title }: AgendaItem,
): Card {
  const date = longDate(meeting);
  // Choices and buttons carry text.
  return fill("committee/item-remove", { meeting, date, version, order: String(order), title });
}
