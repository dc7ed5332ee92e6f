import { addDays, dayOf, isDay, longDate, type Day } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { districtWithId } from "../council.ts";
import { checked, NotAllowed, UserError } from "../errors.ts";
import { holds, IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import type { Slots } from "../slots.ts";
import { awayCard, awayDoneCard } from "./absence-cards.ts";
import type { NudgeParts } from "./index.ts";
import { isAway } from "./rules.ts";
import { AwayForm } from "./schema.ts";
import said from "./said.json" with { type: "json" };

/** Nobody is away for longer than a council's year. */
const MOST_DAYS = 366;

/** Until when a champion is away: said by themselves, or by an officer for them. */
export function absences({ store, championOf, audit }: NudgeParts) {
  const needs = { roles: ["champion", "officer"], places: IN_PERSON } as const;
  const task = "Reminders";
  const commands: Command[] = [
    {
      id: "nudges.away",
      name: "away",
      full: "away[ {whose}][ until {until}]",
      days: "ahead",
      changes: true,
      saysNo: ["away", "going", "holiday", "stop", "put", "quiet"],
      ends: true,
      examples: said.away,
      phrases: [
        "away until {date}",
        "away {district}",
        "away {district} until {date}",
        "{district} away until {date}",
        "I am away",
        "I am away until {date}",
        "I'm away until {date}",
        "back {date}",
        "I'm back {date}",
        "I am back {date}",
        "I will be back {date}",
        "I'll be back {date}",
        "away {anything}",
      ],
      purpose: "Get no reminders while you are away: away until 1 November 2019.",
      task,
      needs,
      run: openForm,
    },
    {
      id: "nudges.back",
      name: "I am back",
      full: "I am back[ {whose}]",
      changes: true,
      saysNo: ["back", "remind", "start", "chase"],
      examples: said.back,
      phrases: ["I'm back", "back", "end away", "not away", "back {district}", "{district} back"],
      purpose: "Get reminders again before the day you gave.",
      task,
      needs,
      run: askBack,
    },
  ];
  const verbs: Record<string, Verb> = {
    "nudges.away": { needs, run: goAway, again: showAgain },
    "nudges.back": { needs, run: (turn, data) => comeBack(turn, checked(AwayForm, data)) },
  };
  return { commands, verbs };

  /** Nothing is written by typing: the form shows first what was understood. */
  async function openForm(turn: Turn, slots: Slots): Promise<Card> {
    const { dates = [] } = slots;
    const district = await districtNamed(turn, slots);
    // "from Monday until Friday": the last one is meant.
    const until = dates.at(-1) ?? "";
    const today = dayOf(turn.now);
    const problem = until && until <= today ? tooEarly(today) : undefined;
    return showForm(turn, { district: district || ownDistrict(turn), until }, problem);
  }

  async function goAway(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(AwayForm, data);
    const { committee, person, now } = turn;
    const { district, holder } = await whoseAbsence(turn, form.district);
    const until = checkDay(form.until, dayOf(now));
    const absence = { until, by: person.name, at: now.toString() };
    await store.saveAbsence(committee.id, holder.id, absence);
    await audit(turn, `said that a champion is away until ${until}`, district.id);
    const isOwn = holder.id === person.id;
    return awayDoneCard({ isOwn, name: holder.name, district, until });
  }

  /** Typing writes nothing: the card of the absence has the button that ends it. */
  async function askBack(turn: Turn, slots: Slots): Promise<Card> {
    const { committee, person, now } = turn;
    const named = await districtNamed(turn, slots);
    const { district, holder } = await whoseAbsence(turn, named || ownDistrict(turn));
    const absence = (await store.absencesOf(committee.id)).get(holder.id);
    const until = isAway(absence, dayOf(now)) ? absence?.until : undefined;
    const isOwn = holder.id === person.id;
    return awayDoneCard({ isOwn, name: holder.name, district, ...(until && { until }) });
  }

  async function comeBack(turn: Turn, { district: named = "" }: Partial<AwayForm>): Promise<Card> {
    const { committee, person, now } = turn;
    const { district, holder } = await whoseAbsence(turn, named || ownDistrict(turn));
    const absence = (await store.absencesOf(committee.id)).get(holder.id);
    if (isAway(absence, dayOf(now))) {
      await store.endAbsence(committee.id, holder.id);
      await audit(turn, "ended a champion's absence", district.id);
    }
    return awayDoneCard({ isOwn: holder.id === person.id, name: holder.name, district });
  }

  /** The district that is named, or that of the champion who is. */
  async function districtNamed({ committee, now }: Turn, { district, person }: Slots) {
    if (district || !person) return district ?? "";
    for (const { id } of committee.districts)
      if ((await championOf(committee.id, id, dayOf(now)))?.name === person) return id;
    return "";
  }

  /** The champion of the district now, if it is the person's own, or theirs to speak for. */
  async function whoseAbsence({ committee, person, now }: Turn, id: string) {
    const district = districtWithId(id, committee);
    if (!district) throw new UserError("Choose the district whose champion is meant.");
    if (!holds(person, "officer") && !holds(person, "champion", district.id))
      throw new NotAllowed(
        `${district.name} is not your district. Ask the committee's officer to do this.`,
      );
    const holder = await championOf(committee.id, district.id, dayOf(now));
    if (!holder)
      throw new UserError(`${district.name} has no champion at the moment, so nobody is reminded.`);
    return { district, holder };
  }

  async function showForm(turn: Turn, form: AwayForm, problem?: string): Promise<Card> {
    const { committee, now } = turn;
    const away = await store.absencesOf(committee.id);
    const today = dayOf(now);
    const all = await Promise.all(
      committee.districts.map(async (district) => {
        const holder = await championOf(committee.id, district.id, today);
        const absence = holder && away.get(holder.id);
        return {
          district,
          name: holder?.name,
          until: isAway(absence, today) ? absence?.until : "",
        };
      }),
    );
    const choices = all.flatMap(({ name, ...rest }) => (name ? [{ ...rest, name }] : []));
    return awayCard(form, choices, turn, problem);
  }

  /** While the tables are away nobody knows the champions, so only the form's own words stand. */
  async function showAgain(
    turn: Turn,
    data: unknown,
    { problem, canRead }: Trouble,
  ): Promise<Card> {
    const form = checked(AwayForm, data);
    if (canRead) return showForm(turn, form, problem);
    const choices = turn.committee.districts.map((district) => ({ district, name: "" }));
    return awayCard(form, choices, turn, problem);
  }
}

/** An officer chooses the district; a champion without that role means their own. */
function ownDistrict({ person }: Turn): string {
  return person.holdings.find(({ role }) => role === "champion")?.district ?? "";
}

/** Throws a UserError. */
function checkDay(until: string, today: Day): Day {
  const latest = addDays(today, MOST_DAYS);
  if (!isDay(until)) throw new UserError("Enter the first day back.");
  if (until <= today) throw new UserError(tooEarly(today));
  if (until > latest)
    throw new UserError(`The first day back must be ${longDate(latest)} or earlier.`);
  return until;
}

function tooEarly(today: Day): string {
  return `The first day back must be ${longDate(addDays(today, 1))} or later.`;
}
