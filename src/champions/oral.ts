import { dayOf, monthName, monthOf } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { oralCard, updateCard } from "./cards.ts";
import type { ChampionParts } from "./index.ts";
import { LONGEST_SECTION } from "./length.ts";
import { itemsOf, writtenFor, type MeetingDates } from "./rules.ts";
import { OralForm, type Update } from "./schema.ts";
import { nameOf } from "./store.ts";
import { districtOfChampion } from "./whose.ts";
import { secondMeetingOn, whereTheyGo } from "./written-for.ts";
import said from "./said.json" with { type: "json" };

/** A champion who only spoke at the meeting, recorded by an officer (minute 188 of 8 August 2019). */
export function oralUpdates({ store, planFor, championOf, audit }: ChampionParts) {
  const officer = { roles: ["officer"], places: IN_PERSON } as const;
  const commands: Command[] = [
    {
      id: "champions.oral",
      name: "record oral update",
      full: "record oral update[ {whose}][ at {meeting}]",
      changes: true,
      examples: said.oral,
      phrases: [
        "record oral update {district}",
        "oral update",
        "oral update {district}",
        "record spoken update",
        "log oral update",
        "log oral update {district}",
      ],
      purpose: "Note that a champion gave their update by word of mouth.",
      task: "For officers",
      needs: officer,
      run: openOral,
    },
  ];
  const verbs: Record<string, Verb> = {
    "champions.recordOral": { needs: officer, run: recordOral, again: showAgain },
  };
  return { commands, verbs };

  /** With whose it is and when it was said filled in, as far as the text says so. */
  async function openOral(turn: Turn, { district, person, dates = [] }: Slots): Promise<Card> {
    const { committee, now } = turn;
    const plan = await planFor(committee.id, now);
    const meeting = dates.find((date) => date <= dayOf(now) && plan.on(date));
    const named = person && (await districtOfChampion(championOf, turn, person));
    const form = { district: district ?? named ?? "", minuted: "", operation: turn.id };
    return showForm(turn, meeting ? { ...form, meeting } : form);
  }

  async function recordOral(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(OralForm, data);
    const { meeting, district, champion } = await checkForm(turn, form);
    const plan = await planFor(turn.committee.id, turn.now);
    const months = plan.monthsFor(meeting.date);
    const month = months.at(-1) ?? monthOf(meeting.date);
    // What goes to the meeting may have been written for any of its months.
    const known = await Promise.all(
      [...new Set([...months, month])].map((each) =>
        store.find(turn.committee.id, each, district.id),
      ),
    );
    const current = known.at(-1);
    if (current?.update.operation === form.operation) return shown(turn, current.update);
    const sent = known.find(
      (stored) =>
        stored?.update.status === "submitted" &&
        (stored === current || plan.meetingOf(stored.update)?.date === meeting.date),
    )?.update;
    const second = secondMeetingOn(meeting.date, plan);
    if (sent && second && plan.meetingOf(sent)?.date !== meeting.date)
      throw new UserError(
        `${whereTheyGo(second)} ${district.name} has one there already, and a district has one update a month. What was said at this meeting is in its minutes.`,
      );
    if (sent)
      throw new UserError(
        `${district.name} has an update for this meeting already. Type show update ${district.name} ${monthName(sent.month)} to read it.`,
      );
    const update: Update = {
      month,
      district: district.id,
      ...writtenFor(meeting),
      version: (current?.update.version ?? 0) + 1,
      status: "submitted",
      kind: "oral",
      sections: { updates: itemsOf(form.minuted), contacts: [], goodPractice: [] },
      priorities: [],
      champion,
      author: { id: turn.person.id, name: turn.person.name },
      at: turn.now.toString(),
      late: false,
      operation: form.operation,
    };
    const saved = await store.save(turn.committee.id, update, current);
    if (!saved) return recordOral(turn, data);
    await audit(turn, "recorded an oral update", nameOf(update));
    return shown(turn, update);
  }

  async function checkForm(turn: Turn, { meeting: date, district: id, minuted }: OralForm) {
    const plan = await planFor(turn.committee.id, turn.now);
    const meeting = date && plan.on(date);
    if (!meeting) throw new UserError("Choose the meeting at which the champion spoke.");
    if (meeting.date > dayOf(turn.now))
      throw new UserError(
        "That meeting has not been held yet. Choose the meeting at which the champion spoke.",
      );
    const district = districtWithId(id ?? "", turn.committee);
    if (!district) throw new UserError("Choose the district.");
    if (minuted.length > LONGEST_SECTION)
      throw new UserError(
        `What was said has ${minuted.length} characters. Shorten it to ${LONGEST_SECTION} or fewer.`,
      );
    const holder = await championOf(turn.committee.id, district.id, meeting.date);
    if (!holder)
      throw new UserError(
        `${district.name} had no champion at that meeting. Choose another district.`,
      );
    return { meeting, district, champion: holder.name };
  }

  async function showAgain(
    turn: Turn,
    data: unknown,
    { problem, canRead }: Trouble,
  ): Promise<Card> {
    const form = checked(OralForm, data);
    if (canRead) return showForm(turn, form, problem);
    const meetings: MeetingDates[] = form.meeting
      ? [{ date: form.meeting, publication: form.meeting }]
      : [];
    return oralCard({ ...filled(form), problem, meetings, districts: turn.committee.districts });
  }

  async function showForm(turn: Turn, form: OralForm, problem?: string): Promise<Card> {
    const plan = await planFor(turn.committee.id, turn.now);
    const meetings = [plan.last, plan.next].filter((meeting) => meeting !== undefined);
    const meeting = form.meeting ?? plan.last?.date ?? "";
    return oralCard({
      ...filled({ ...form, meeting }),
      ...(problem ? { problem } : {}),
      meetings,
      districts: turn.committee.districts,
    });
  }
}

function filled({ meeting = "", district = "", minuted, operation }: OralForm) {
  return { meeting, district, minuted, operation };
}

function shown(turn: Turn, update: Update): Card {
  return updateCard(update, turn.committee, { canEdit: false, canSeeHistory: true });
}
