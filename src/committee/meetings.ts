import { addYears, dayOf, longDate, monthName, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { ANYWHERE, EVERYONE, holds, type Command, type Turn, type Verb } from "../feature.ts";
import type { SaidBy, Slots } from "../slots.ts";
import { agendaCard, meetingCard, planCard } from "./cards.ts";
import { canSeeHistory } from "./history.ts";
import { historyCard } from "./history-cards.ts";
import type { CommitteeParts } from "./index.ts";
import { nextMeeting } from "./rules.ts";
import { MeetingReference, PageForm, type Meeting } from "./schema.ts";
import said from "./said.json" with { type: "json" };

const OptionalMeeting = MeetingReference.partial();

/** What everyone may ask: when the committee meets, what about, and what else is planned. */
export function meetingReading({ store }: Pick<CommitteeParts, "store">) {
  const anyone = { roles: EVERYONE, places: ANYWHERE };
  const task = "Meetings";
  const commands: Command[] = [
    {
      id: "committee.meeting",
      name: "next meeting",
      full: "meeting[ {meeting}]",
      days: "near",
      examples: said.meeting,
      phrases: [
        "when next meeting",
        "when is the next meeting",
        "next committee meeting",
        "meeting",
        "next meeting of {committee}",
        "show next meeting",
        "show the next meeting",
        "meeting {date}",
        "meeting {month}",
        "show meeting {date}",
        "show meeting {month}",
        "{date} meeting",
        "history meeting {date}",
        "meeting history {date}",
        "history {date} meeting",
      ],
      purpose: "See when and where the committee meets, and its deadlines.",
      task,
      needs: anyone,
      run: showOrHistory,
    },
    {
      id: "committee.agenda",
      name: "agenda",
      full: "agenda[ {meeting}]",
      days: "near",
      examples: said.agenda,
      phrases: [
        "show agenda",
        "what is on the agenda",
        "what's on agenda",
        "agenda next meeting",
        "agenda {committee}",
        "next agenda",
        "show me the agenda",
        "agenda {date}",
        "agenda {month}",
        "show agenda {date}",
        "show agenda {month}",
        "agenda meeting {date}",
        "{date} agenda",
        "{month} agenda",
      ],
      purpose: "See what a meeting is about, and who leads each item: agenda 8 August 2019.",
      task,
      needs: anyone,
      run: async (turn, slots) => showAgenda(turn, await meant(turn, slots)),
    },
    {
      id: "committee.meetings",
      name: "meetings",
      examples: said.meetings,
      phrases: [
        "agenda plan",
        "show agenda plan",
        "show meetings",
        "list meetings",
        "all meetings",
      ],
      purpose: "See every meeting and workshop that is planned.",
      task,
      needs: anyone,
      run: (turn) => showPlan(turn, 1),
    },
  ];
  const verbs: Record<string, Verb> = {
    "committee.agenda": {
      needs: anyone,
      run: async (turn, data) => showAgenda(turn, await referred(turn, data)),
      justForMe: true,
    },
    "committee.meeting": {
      needs: anyone,
      run: async (turn, data) => show(turn, await referred(turn, data)),
      justForMe: true,
    },
    "committee.meetings": {
      needs: anyone,
      run: (turn, data) => showPlan(turn, checked(PageForm, data).page),
      justForMe: true,
    },
  };
  return { commands, verbs, showMeeting, agendaAfter };

  async function show(turn: Turn, meeting: Meeting, note = ""): Promise<Card> {
    const today = dayOf(turn.now);
    const next = nextMeeting(await store.meetingsFrom(turn.committee.id, today), today);
    const isNext = next?.date === meeting.date;
    const view = { today, note, isNext, canEdit: canEdit(turn) };
    return meetingCard(turn.committee.name, meeting, view);
  }

  /** A meeting as it stands now, with a word on what was just done to it. */
  async function showOrHistory(turn: Turn, slots: Slots): Promise<Card> {
    const meeting = await meant(turn, slots);
    const asksHistory = /\bhistory\b/i.test(slots.typed ?? "");
    if (!asksHistory || !canSeeHistory(turn)) return show(turn, meeting);
    const entries = await store.meetingHistory(turn.committee.id, meeting.date);
    return historyCard({ of: "meeting", record: meeting.date, page: 1 }, entries);
  }

  async function showMeeting(turn: Turn, date: Day, note: string): Promise<Card> {
    return show(turn, await on(turn, date), note);
  }

  async function agendaAfter(turn: Turn, date: Day, note: string): Promise<Card> {
    return showAgenda(turn, await on(turn, date), note);
  }

  async function showAgenda(turn: Turn, meeting: Meeting, note = ""): Promise<Card> {
    const items = await store.agendaOf(turn.committee.id, meeting.date);
    const view = { today: dayOf(turn.now), note, canEdit: canEdit(turn) };
    // The agenda of a meeting that was moved has gone along with it.
    return agendaCard(turn.committee.name, meeting, meeting.state === "moved" ? [] : items, view);
  }

  async function showPlan(turn: Turn, page: number): Promise<Card> {
    const { committee, now } = turn;
    const coming = await store.meetingsFrom(committee.id, dayOf(now));
    return planCard(committee.name, coming, { page, today: dayOf(now), canEdit: canEdit(turn) });
  }

  async function meant(turn: Turn, { dates: [date] = [], month, loose = {} }: Slots) {
    const when = date ?? month;
    return when ? findMeeting(turn, when, loose[when]) : findNextMeeting(turn);
  }

  async function referred(turn: Turn, data: unknown): Promise<Meeting> {
    const { date } = checked(OptionalMeeting, data);
    return date ? on(turn, date) : findNextMeeting(turn);
  }

  async function on({ committee }: Turn, date: Day): Promise<Meeting> {
    const [meeting] = await store.meetingsFrom(committee.id, date);
    if (meeting?.date === date) return meeting;
    throw new UserError(
      `No meeting is planned on ${longDate(date)}. Type meetings to see those that are.`,
    );
  }

  /** The meeting on a day (`2019-10-10`) or in a month (`2019-10`); without a year, also of the years beside it. */
  async function findMeeting({ committee, now }: Turn, when: Day, by?: SaidBy): Promise<Meeting> {
    const isDated = by !== "month";
    for (const each of isDated ? [when] : [when, addYears(when, 1), addYears(when, -1)]) {
      const meetings = await store.meetingsFrom(committee.id, each);
      const found = meetings.filter(({ date }) => date.startsWith(each));
      const meeting = found.find(({ state }) => state === "planned") ?? found[0];
      if (meeting) return meeting;
    }
    const said = when.length > "2019-08".length ? `on ${longDate(when)}` : `in ${monthName(when)}`;
    const next = nextMeeting(await store.meetingsFrom(committee.id, dayOf(now)), dayOf(now));
    const then = next ? ` The next one is on ${longDate(next.date)}: type agenda.` : "";
    throw new UserError(`I know of no meeting of the ${committee.name} ${said}.${then}`);
  }

  async function findNextMeeting({ committee, now }: Turn): Promise<Meeting> {
    const today = dayOf(now);
    const meeting = nextMeeting(await store.meetingsFrom(committee.id, today), today);
    if (!meeting)
      throw new UserError(
        `No meeting of the ${committee.name} is planned. Ask the committee's officer to add the next one.`,
      );
    return meeting;
  }
}

/** Officers have the buttons that change something, where only they see the card. */
function canEdit({ person, place }: Turn): boolean {
  return place.kind === "personal" && holds(person, "officer");
}
