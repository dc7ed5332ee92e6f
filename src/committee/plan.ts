import { addMonths, dayOf, monthOf, type Day, type Instant } from "../calendar.ts";
import { planOf } from "./rules.ts";
import type { HistoryEntry } from "./schema.ts";
import type { CommitteeStore } from "./store.ts";

/** How far back the agenda plan is read: a champion's year and the month before it. */
const MONTHS_OF_PLAN = 13;

/** The agenda plan around a day, as the other features need it. */
export function agendaPlan({
  meetingsFrom,
  storedMeetings,
  meetingHistory,
}: Pick<CommitteeStore, "meetingsFrom" | "storedMeetings" | "meetingHistory">) {
  return { planFor, planAround, meetingsOf, meetingNow, plannedSince, meetingBefore };

  function planFor(committee: string, now: Instant) {
    return planAround(committee, dayOf(now));
  }

  async function planAround(committee: string, day: Day) {
    const from = `${addMonths(monthOf(day), -MONTHS_OF_PLAN)}-01`;
    return planOf(await meetingsFrom(committee, from), day);
  }

  /** Every meeting, moved and cancelled ones too, the earliest first. */
  async function meetingsOf(committee: string, now: Instant) {
    return (await planFor(committee, now)).all;
  }

  /** A meeting as it stands in this moment, and not as it was a minute ago. */
  async function meetingNow(committee: string, date: Day, now: Instant) {
    const stored = await storedMeetings(committee);
    const { all } = planOf(
      stored.map(({ value }) => value),
      dayOf(now),
    );
    return all.find((meeting) => meeting.date === date);
  }

  /** When a meeting came into the plan on its day, and whether as a new one or from another day. */
  async function plannedSince(committee: string, date: Day) {
    const entry = (await meetingHistory(committee, date)).find(
      ({ before, after }) => after["state"] === "planned" && !isPlannedOn(before, date),
    );
    const how = entry?.before["state"] === "planned" ? ("moved" as const) : ("added" as const);
    return entry && { at: entry.at, how };
  }

  /** The day of the meeting that was held before a meeting, if the plan goes back so far. */
  async function meetingBefore(committee: string, meeting: Day, now: Instant) {
    const all = await meetingsOf(committee, now);
    return all.findLast(({ date, state }) => state === "planned" && date < meeting)?.date;
  }
}

function isPlannedOn({ state, date }: HistoryEntry["before"], day: Day): boolean {
  return state === "planned" && date === day;
}
