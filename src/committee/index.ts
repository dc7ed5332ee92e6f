import { dayOf, longDate, monthName, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { UserError } from "../errors.ts";
import {
  ANYWHERE,
  EVERYONE,
  type DigestSource,
  type Feature,
  type Slots,
  type Turn,
} from "../feature.ts";
import { agendaCard, agendaLine, meetingCard, openActionLine } from "./cards.ts";
import { nextMeeting, openActions } from "./rules.ts";
import type { Meeting } from "./schema.ts";
import type { CommitteeStore } from "./store.ts";

/** The agenda, in a digest: published titles, a private item by its title only. */
export function agendaInDigest(store: CommitteeStore): DigestSource {
  return async ({ committee, meeting }) => {
    const items = (await store.agendaOf(committee.id, meeting)).map(agendaLine);
    const lines = items.map(({ title, officer, note }) =>
      note.includes("private item") ? `${title}${note}` : `${title}${note}, ${officer}`,
    );
    return lines.length > 0 ? [{ title: "Agenda", blocks: [{ head: "", lines }] }] : [];
  };
}

/** What is open in the action log, the longest first. */
export function actionsInDigest(store: CommitteeStore): DigestSource {
  return async ({ committee }) => {
    const open = openActions(await store.actionsOf(committee.id));
    const lines = open.map(openActionLine);
    return lines.length > 0
      ? [{ title: `Open actions: ${open.length}`, blocks: [{ head: "", lines }] }]
      : [];
  };
}

/** What everyone may ask about the committee: its next meeting and that meeting's agenda. */
export function committee(store: CommitteeStore): Feature {
  const anyone = { roles: EVERYONE, places: ANYWHERE };
  const task = "Meetings";
  return {
    commands: [
      {
        name: "next meeting",
        phrases: [
          "when next meeting",
          "when is the next meeting",
          "next committee meeting",
          "meeting",
          "next meeting of {committee}",
          "show next meeting",
          "show the next meeting",
        ],
        purpose: "See when and where the committee meets, and its deadlines.",
        task,
        needs: anyone,
        run: showNextMeeting,
      },
      {
        name: "agenda",
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
        run: showAgenda,
      },
    ],
    verbs: {
      "committee.agenda": {
        needs: anyone,
        run: (turn) => showAgenda(turn, {}),
        justForMe: true,
      },
      "committee.meeting": { needs: anyone, run: showNextMeeting, justForMe: true },
    },
  };

  async function showNextMeeting(turn: Turn): Promise<Card> {
    const meeting = await findNextMeeting(turn);
    return meetingCard(turn.committee.name, meeting, dayOf(turn.now));
  }

  async function showAgenda(turn: Turn, { dates: [date] = [], month }: Slots): Promise<Card> {
    const meeting = await (date || month
      ? findMeeting(turn, date ?? month ?? "")
      : findNextMeeting(turn));
    const items = await store.agendaOf(turn.committee.id, meeting.date);
    return agendaCard(turn.committee.name, meeting, items, dayOf(turn.now));
  }

  /** The meeting on a day (`2019-10-10`) or in a month (`2019-10`). */
  async function findMeeting({ committee, now }: Turn, when: Day): Promise<Meeting> {
    const meetings = await store.meetingsFrom(committee.id, when);
    const meeting = meetings.find(({ date }) => date.startsWith(when));
    if (meeting) return meeting;
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
