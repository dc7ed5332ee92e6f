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

/** One nudge that has come due and is not dealt with: to one champion, for each of their districts. */
interface DueNudge {
  readonly round: Round;
  readonly holder: Champion;
  /** Whether they write for one district only. */
  readonly isOnly: boolean;
  readonly slot: rules.Slot;
  readonly districts: readonly DueDistrict[];
}

interface DueDistrict {
  readonly district: District;
  readonly earlier: StoredNudge | undefined;
}

/**
 * What goes out by itself: each nudge once when it is due, or a line in the ledger that says why
 * not, and the officers' list at the draft deadline. Nothing is remembered between two looks but
 * the rows, so any replica goes on where another one stopped.
 */
export function scheduledNudges(parts: NudgeParts): Job[] {
  const { store, meetingsOf, meetingNow, submittedFor, championOf, toPerson, tellOfficers } = parts;
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
    const { round, holder } = due;
    const silences = await silencesFor(committee, due, now);
    await refuseChanged(committee, round, now);
    const claims = due.districts.map(({ district, earlier }, index) => ({
      previous: earlier,
      nudge: claimOf(due, district, { silence: silences[index], earlier, now }),
    }));
    if (!(await store.claimAll(committee.id, claims)) || !holder) return;
    const sent = claims.map(({ nudge }) => nudge).filter(({ state }) => state === "sending");
    const named = due.districts
      .map(({ district }) => district)
      .filter(({ id }) => sent.some((each) => each.district === id));
    const [first] = named;
    if (!first) return;
    const view = { district: first, districts: named, isOnly: due.isOnly, today: dayOf(now) };
    const card = nudgeCard({ ...round, ...view });
    const answer = await toPerson(committee, holder.id, round.way.place, card);
    const results = sent.map((claim) => settled(claim, answer));
    for (const result of results) await store.mark(committee.id, result);
    const refused = results.find((result) => rules.canTryAgain(result));
    if (refused) throw new Error(`A nudge was refused for now: ${refused.reason}`);
  }

  /** A plan that is remembered for a minute does not know yet what was cancelled or moved. */
  async function refuseChanged({ id }: Committee, { meeting, deadline }: Round, now: Instant) {
    const fresh = await meetingNow(id, meeting.date, now);
    const isSame = fresh?.state === "planned" && rules.deadlineOf(fresh).day === deadline.day;
    if (!isSame) throw new Error("The meeting was changed a moment ago");
  }

  /** Why each of the districts is not nudged for, if it is not. */
  async function silencesFor(committee: Committee, due: DueNudge, now: Instant) {
    const { round, holder, slot } = due;
    const { meeting, deadline, settings, ledger } = round;
    const submitted = await submittedFor(committee.id, meeting.date, now);
    const absences = await store.absencesOf(committee.id);
    const about = {
      holder,
      absence: holder && absences.get(holder.id),
      snooze: holder && ledger.snoozes.get(holder.id),
      before: ledger.nudges.map((each) => each.nudge),
    };
    return due.districts.map(({ district }) => {
      const hasSubmitted = submitted.has(district.id);
      return rules.silenceFor({ ...about, hasSubmitted }, slot, deadline, { settings, now });
    });
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
    await refuseChanged(committee, round, now);
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

/** The nudges of one meeting that have come due: one for each champion and time. */
function dueInRound(
  committee: Committee,
  round: Round,
  champions: readonly Champion[],
  now: Instant,
): DueNudge[] {
  const { deadline, settings, since, ledger } = round;
  const planned = rules.plannedSlots(deadline, settings);
  const all = committee.districts.flatMap((district, index) => {
    const holder = champions[index];
    const snooze = holder && ledger.snoozes.get(holder.id);
    const slot = rules.slotDue(planned, snooze, settings, { now, since });
    const earlier = ledger.nudges.find(
      ({ nudge: { day, district: of } }) => day === slot?.day && of === district.id,
    );
    if (!slot || (earlier && !rules.canTryAgain(earlier.nudge))) return [];
    const isOnly = champions.filter((each) => each?.id === holder?.id).length === 1;
    return [{ round, holder, isOnly, slot, districts: [{ district, earlier }] }];
  });
  const groups = Map.groupBy(all, ({ holder, slot, districts: [of] }) =>
    holder ? `${holder.id} ${slot.day}` : `vacant ${of?.district.id}`,
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first
      ? [{ ...first, districts: [first, ...others].flatMap(({ districts }) => districts) }]
      : [],
  );
}

function claimOf(
  { round, holder, slot }: DueNudge,
  { id }: District,
  {
    silence,
    earlier,
    now,
  }: {
    readonly silence: Nudge["silence"];
    readonly earlier: StoredNudge | undefined;
    readonly now: Instant;
  },
): Nudge {
  return {
    meeting: round.meeting.date,
    ...{ district: id, day: slot.day, due: slot.at.toString(), at: now.toString() },
    ...(holder ? { to: holder.id, name: holder.name } : {}),
    ...(silence ? { state: "skipped", silence } : { state: "sending" }),
    isAskedFor: slot.isAskedFor,
    attempt: (earlier?.nudge.attempt ?? 0) + 1,
  };
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

function nameOf({ round, slot, districts: [first] }: DueNudge): string {
  return `${round.meeting.date} ${slot.day} ${first?.district.id}`;
}
