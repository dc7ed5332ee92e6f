import { dayOf, readInstant, type Instant } from "../calendar.ts";
import type { Committee, District } from "../council.ts";
import type { Job, Sent } from "../feature.ts";
import { perLook } from "../per-look.ts";
import { listCard, nudgeCard } from "./cards.ts";
import type { NudgeParts } from "./index.ts";
import * as rules from "./rules.ts";
import type { MissingList, Nudge, NudgeSettings, Way } from "./schema.ts";
import type { Ledger, StoredNudge } from "./store.ts";

/** So often the officers' list is sent while nobody confirms it. */
const MOST_LISTS = 4;

/** The next meeting with its deadline, and what has become of its nudges so far. */
interface Round {
  readonly meeting: rules.NudgeMeeting;
  readonly deadline: rules.Deadline;
  readonly settings: NudgeSettings;
  readonly way: Way;
  /** What was due before it is not made up. */
  readonly since: Instant;
  readonly ledger: Ledger;
}

type Champion = { readonly id: string; readonly name: string } | undefined;

/** One nudge that has come due and is not dealt with. */
interface DueNudge {
  readonly round: Round;
  readonly district: District;
  readonly holder: Champion;
  /** Whether it is the only district that they write for. */
  readonly isOnly: boolean;
  readonly slot: rules.Slot;
  readonly earlier: StoredNudge | undefined;
}

/**
 * What goes out by itself: each nudge once when it is due, or a line in the ledger that says why
 * not, and the officers' list at the draft deadline. Nothing is remembered between two looks but
 * the rows, so any replica goes on where another one stopped.
 */
export function scheduledNudges(parts: NudgeParts): Job[] {
  const { store, meetingsOf, submittedFor, championOf, toPerson, tellOfficers } = parts;
  const roundsAtLook = perLook(
    ({ id }: Committee) => id,
    (now, committee: Committee) => roundsOf(committee, now),
  );
  return [
    {
      name: "nudge",
      due: async (committee, now) =>
        (await dueIn(committee, await roundsAtLook(now, committee), now)).map(nameOf),
      run: nudge,
    },
    {
      name: "who is missing",
      due: async (committee, now) => {
        const rounds = await roundsAtLook(now, committee);
        return rounds.filter((round) => isListDue(round, now)).map(listOf);
      },
      run: tellWhoIsMissing,
    },
  ];

  /** None while nobody may be written to. Else each meeting that something can have come due for. */
  async function roundsOf({ id }: Committee, now: Instant): Promise<Round[]> {
    if (!rules.isOfficeHour(now)) return [];
    const way = await store.wayOf(id);
    const settings = await store.settingsOf(id);
    if (!way || !settings.isOn) return [];
    const since = readInstant([way.at, settings.since ?? ""].toSorted().at(-1) ?? way.at);
    const coming = rules.comingOf(await meetingsOf(id, now), dayOf(now));
    const begun = coming
      .map((meeting) => ({ meeting, deadline: rules.deadlineOf(meeting) }))
      .filter(({ deadline }) => rules.hasBegun(deadline, settings, now));
    return Promise.all(
      begun.map(async ({ meeting, deadline }) => {
        const ledger = await store.ledgerOf(id, meeting.date);
        return { meeting, deadline, settings, way, since, ledger };
      }),
    );
  }

  async function dueIn(
    committee: Committee,
    rounds: readonly Round[],
    now: Instant,
  ): Promise<DueNudge[]> {
    if (rounds.length === 0) return [];
    const champions = await Promise.all(
      committee.districts.map(({ id }) => championOf(committee.id, id, dayOf(now))),
    );
    return rounds.flatMap((round) => dueInRound(committee, round, champions, now));
  }

  /** Decide → claim → send → mark. Throws where it is to be tried again later. */
  async function nudge(committee: Committee, now: Instant, run: string): Promise<void> {
    const rounds = await roundsOf(committee, now);
    const due = (await dueIn(committee, rounds, now)).find((each) => nameOf(each) === run);
    if (!due) return;
    const { round, district, holder, slot, earlier } = due;
    const silence = await silenceFor(committee, due, now);
    const claim: Nudge = {
      meeting: round.meeting.date,
      ...{ district: district.id, day: slot.day, due: slot.at.toString(), at: now.toString() },
      ...(holder ? { to: holder.id, name: holder.name } : {}),
      ...(silence ? { state: "skipped", silence } : { state: "sending" }),
      isAskedFor: slot.isAskedFor,
      attempt: (earlier?.nudge.attempt ?? 0) + 1,
    };
    if (!(await store.claim(committee.id, claim, earlier)) || silence || !holder) return;
    const card = nudgeCard({ ...round, district, isOnly: due.isOnly, today: dayOf(now) });
    const result = settled(claim, await toPerson(committee, holder.id, round.way.place, card));
    await store.mark(committee.id, result);
    if (rules.canTryAgain(result)) throw new Error(`A nudge was refused for now: ${result.reason}`);
  }

  async function silenceFor(committee: Committee, due: DueNudge, now: Instant) {
    const { round, district, holder, slot } = due;
    const { meeting, deadline, settings, ledger } = round;
    const submitted = await submittedFor(committee.id, meeting.date, now);
    const absences = await store.absencesOf(committee.id);
    const about = {
      holder,
      hasSubmitted: submitted.has(district.id),
      absence: holder && absences.get(holder.id),
      snooze: holder && ledger.snoozes.get(holder.id),
      before: ledger.nudges
        .map((each) => each.nudge)
        .filter((each) => each.district === district.id),
    };
    return rules.silenceFor(about, slot, deadline, { settings, now });
  }

  /**
   * The row is written when they were told: a stop in between has them told again by the next
   * replica, which does no harm.
   */
  async function tellWhoIsMissing(committee: Committee, now: Instant, run: string): Promise<void> {
    const rounds = await roundsOf(committee, now);
    const round = rounds.find((each) => isListDue(each, now) && listOf(each) === run);
    if (!round) return;
    const { meeting, deadline, way, ledger } = round;
    const missing = await whoIsMissing(committee, meeting, now);
    const attempt = (ledger.lists.get(deadline.day)?.attempt ?? 0) + 1;
    const card = listCard({ committee, meeting, deadline, missing, now });
    const isTold = missing.length > 0 && (await tellOfficers(committee, now, way.place, card));
    const state = missing.length === 0 ? "nobody missing" : isTold ? "sent" : "not confirmed";
    const list: MissingList = {
      ...{ deadline: deadline.day, state, missing: missing.length },
      ...{ attempt, at: now.toString() },
    };
    await store.saveList(committee.id, meeting.date, list);
    if (canSendAgain(list)) throw new Error("The officers could not be told who is missing");
  }

  async function whoIsMissing(
    { id, districts }: Committee,
    { date }: { date: string },
    now: Instant,
  ) {
    const today = dayOf(now);
    const submitted = await submittedFor(id, date, now);
    const absences = await store.absencesOf(id);
    const lines = await Promise.all(
      districts
        .filter((district) => !submitted.has(district.id))
        .map(async (district) => ({ district, holder: await championOf(id, district.id, today) })),
    );
    return lines.flatMap(({ district, holder }) => {
      if (!holder) return [];
      const absence = absences.get(holder.id);
      const awayUntil = rules.isAway(absence, today) ? absence?.until : undefined;
      return [{ district: district.name, name: holder.name, awayUntil }];
    });
  }
}

/** The nudges of one meeting that have come due. */
function dueInRound(
  committee: Committee,
  round: Round,
  champions: readonly Champion[],
  now: Instant,
): DueNudge[] {
  const { deadline, settings, since, ledger } = round;
  const planned = rules.plannedSlots(deadline, settings);
  return committee.districts.flatMap((district, index) => {
    const holder = champions[index];
    const snooze = holder && ledger.snoozes.get(holder.id);
    const slot = rules.slotDue(planned, snooze, settings, { now, since });
    const earlier = ledger.nudges.find(
      ({ nudge: { day, district: of } }) => day === slot?.day && of === district.id,
    );
    if (!slot || (earlier && !rules.canTryAgain(earlier.nudge))) return [];
    const isOnly = champions.filter((each) => each?.id === holder?.id).length === 1;
    return [{ round, district, holder, isOnly, slot, earlier }];
  });
}

function settled(claim: Nudge, sent: Sent): Nudge {
  if (sent.outcome === "sent") return { ...claim, state: "sent" };
  if (sent.outcome === "refused") return { ...claim, state: "refused", reason: sent.reason };
  return { ...claim, state: "doubtful" };
}

function isListDue({ deadline, since, ledger }: Round, now: Instant): boolean {
  const list = ledger.lists.get(deadline.day);
  return rules.isWithin(rules.listDue(deadline), since, now) && (!list || canSendAgain(list));
}

function canSendAgain({ state, attempt }: MissingList): boolean {
  return state === "not confirmed" && attempt < MOST_LISTS;
}

function listOf({ meeting, deadline }: Round): string {
  return `${meeting.date} ${deadline.day}`;
}

function nameOf({ round, slot, district }: DueNudge): string {
  return `${round.meeting.date} ${slot.day} ${district.id}`;
}
