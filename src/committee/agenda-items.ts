import { dayOf, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { itemFormCard, removeItemCard, whichItemCard } from "./item-cards.ts";
import type { ItemEdit, StoredAgenda } from "./agenda-rows.ts";
import {
  addItem,
  changeItem,
  isSameItem,
  readItem,
  readOrder,
  removeItem,
  titleSaid,
} from "./agenda-rules.ts";
import type { CommitteeParts } from "./index.ts";
import type { meetingReading } from "./meetings.ts";
import { goneError, plannedOn } from "./planning.ts";
import { ItemForm, ItemReference, type AgendaItem, type Meeting } from "./schema.ts";
import said from "./said.json" with { type: "json" };

const CHANGED =
  "Somebody changed this agenda since you opened it. What you typed is still here. Look at the agenda, then press Save again.";

/** Adding, changing and removing the items of a meeting's agenda. */
export function agendaItems(
  { store, audit }: CommitteeParts,
  { agendaAfter }: ReturnType<typeof meetingReading>,
) {
  const officer = { roles: ["officer"], places: IN_PERSON } as const;
  const commands: Command[] = [
    {
      id: "committee.addItem",
      name: "add agenda item",
      full: "add agenda item[ {meeting}]",
      days: "ahead",
      changes: true,
      examples: said.addItem,
      phrases: [
        "add item",
        "new agenda item",
        "add agenda item {date}",
        "add agenda item {month}",
        "add agenda item {anything}",
        "add item agenda",
        "add item agenda {date}",
      ],
      purpose:
        "Put an item into a meeting's agenda, private (+) or for full council (*) where it is.",
      task: "The agenda plan",
      needs: officer,
      run: openNew,
    },
  ];
  const verbs: Record<string, Verb> = {
    "committee.addItem": {
      needs: officer,
      run: async (turn, data) => openOn(turn, checked(ItemReference, data).meeting),
    },
    "committee.chooseItem": { needs: officer, run: choose },
    "committee.openItem": { needs: officer, run: open },
    "committee.saveItem": { needs: officer, run: save, again: showAgain },
    "committee.askRemoveItem": { needs: officer, run: askRemove },
    "committee.removeItem": { needs: officer, run: remove },
  };
  return { commands, verbs };

  async function openNew(
    turn: Turn,
    { dates: [date] = [], month, typed = "" }: Slots,
  ): Promise<Card> {
    const coming = await comingMeetings(turn);
    const meant = coming.find((each) =>
      date ? each.date === date : month ? each.date.startsWith(month) : true,
    );
    const { title, whole } = titleSaid(typed);
    if (meant) return openOn(turn, meant.date, title);
    // A time that is no meeting's belongs to the title: "Finance Report for August 2019".
    if (title && coming[0]) return openOn(turn, coming[0].date, whole);
    throw goneError(date ?? "", await store.storedMeetings(turn.committee.id));
  }

  async function openOn(turn: Turn, meeting: Day, title = ""): Promise<Card> {
    const { version } = await read(turn, meeting);
    const coming = await comingMeetings(turn);
    return itemFormCard({ ...EMPTY, title, meeting, version }, coming);
  }

  async function choose(turn: Turn, data: unknown): Promise<Card> {
    const { meeting } = checked(ItemReference, data);
    const agenda = await read(turn, meeting);
    if (agenda.items.length === 0) throw new UserError("The agenda has no items yet.");
    return whichItemCard(meeting, agenda);
  }

  async function open(turn: Turn, data: unknown): Promise<Card> {
    const { meeting, was } = checked(ItemReference, data);
    const agenda = await read(turn, meeting);
    const item = itemAt(agenda, was);
    return itemFormCard(formOf(meeting, agenda, item), await comingMeetings(turn));
  }

  async function save(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(ItemForm, data);
    if (!form.meeting) throw new UserError("Choose the meeting.");
    const agenda = await read(turn, form.meeting);
    const item = readItem(form);
    const order = readOrder(form);
    const isChanged = form.version !== agenda.version;
    // Pressed twice: the item is there already, and one is enough.
    if (isChanged && agenda.items.some((each) => isSameItem(each, { ...item, order: each.order })))
      return agendaAfter(turn, form.meeting, "This was saved already.");
    if (!form.was) return write(turn, form.meeting, agenda, addItem(agenda.items, item, order));
    if (isChanged) throw new UserError(CHANGED);
    const edits = changeItem(agenda.items, itemAt(agenda, form.was), item, order);
    return write(turn, form.meeting, agenda, edits);
  }

  async function askRemove(turn: Turn, data: unknown): Promise<Card> {
    const { meeting, was } = checked(ItemReference, data);
    const agenda = await read(turn, meeting);
    return removeItemCard(meeting, agenda, itemAt(agenda, was));
  }

  async function remove(turn: Turn, data: unknown): Promise<Card> {
    const { meeting, was, version } = checked(ItemReference, data);
    const agenda = await read(turn, meeting);
    if (agenda.version !== version)
      throw new UserError(
        "Somebody changed this agenda since you were asked. Type agenda to see it as it is.",
      );
    return write(turn, meeting, agenda, removeItem(agenda.items, itemAt(agenda, was)));
  }

  async function write(
    turn: Turn,
    meeting: Day,
    agenda: StoredAgenda,
    edits: readonly ItemEdit[],
  ): Promise<Card> {
    const [main] = edits;
    if (!main?.what) return agendaAfter(turn, meeting, "Nothing was different.");
    const { committee, person, now } = turn;
    const author = { name: person.name, at: now.toString() };
    if (!(await store.changeAgenda(committee.id, agenda, edits, author)))
      throw new UserError(CHANGED);
    await audit(turn, main.what, `${meeting}, item ${(main.after ?? main.before)?.order ?? ""}`);
    const done = main.after ? (main.before ? "Changed" : "Added") : "Removed";
    return agendaAfter(turn, meeting, `${done}: ${(main.after ?? main.before)?.title ?? ""}`);
  }

  async function showAgain(
    turn: Turn,
    data: unknown,
    { problem, canRead }: Trouble,
  ): Promise<Card> {
    const form = checked(ItemForm, data);
    if (!canRead) return itemFormCard(form, [], problem);
    const coming = await comingMeetings(turn);
    if (!coming.some(({ date }) => date === form.meeting))
      return itemFormCard(form, coming, problem);
    const { version } = await read(turn, form.meeting);
    return itemFormCard({ ...form, version }, coming, problem);
  }

  /** The agenda of a planned meeting, to be changed. */
  async function read({ committee }: Turn, meeting: Day): Promise<StoredAgenda> {
    const stored = await store.storedMeetings(committee.id);
    const was = plannedOn(meeting, stored);
    if (!was) throw goneError(meeting, stored);
    return store.storedAgenda(committee.id, was.value.agendaKept ?? meeting);
  }

  async function comingMeetings({ committee, now }: Turn): Promise<Meeting[]> {
    const coming = await store.meetingsFrom(committee.id, dayOf(now));
    const planned = coming.filter(({ state }) => state === "planned");
    if (planned.length === 0)
      throw new UserError("No meeting is planned. Type add meeting to plan one.");
    return planned;
  }
}

const EMPTY: ItemForm = {
  ...{ meeting: "", was: "", version: 0, order: "", title: "", leadOfficer: "" },
  keyDecision: "",
  ...{ isPrivate: "false", goesToFullCouncil: "false" },
};

function formOf(meeting: Day, { version }: StoredAgenda, item: AgendaItem): ItemForm {
  const { order, title, leadOfficer = "", keyDecision = "", isPrivate, goesToFullCouncil } = item;
  return {
    ...{ meeting, version, title, leadOfficer, keyDecision },
    was: String(order),
    order: String(order),
    isPrivate: String(isPrivate),
    goesToFullCouncil: String(goesToFullCouncil),
  };
}

function itemAt({ items }: StoredAgenda, order: string): AgendaItem {
  const item = items.find((each) => String(each.order) === order);
  if (item) return item;
  throw new UserError("Choose the item.");
}
