import { dayOf, type Instant } from "../calendar.ts";
import type { Committee, District } from "../council.ts";
import type { Done, Job, Sent } from "../feature.ts";
import { perLook } from "../per-look.ts";
import { nudgeCard } from "./cards.ts";
import { dueInRound, nameOf, type DueNudge } from "./due.ts";
import type { NudgeParts } from "./index.ts";
import { nudgeRounds, type Round } from "./rounds.ts";
import * as rules from "./rules.ts";
import type { Nudge } from "./schema.ts";
import type { StoredNudge } from "./store.ts";
import { whoIsMissingList } from "./who-is-missing.ts";

/**
 * What goes out by itself: each nudge once when it is due, or a line in the ledger that says why
 * not, and the officers' list at the draft deadline. Nothing is remembered between two looks but
 * the rows, so any replica goes on where another one stopped.
 */
export function scheduledNudges(parts: NudgeParts): Job[] {
  const { store, submittedFor, championOf, toPerson } = parts;
  const rounds = nudgeRounds(parts);
  const roundsAtLook = perLook(
    ({ id }: Committee) => id,
    (now, committee: Committee) => rounds.roundsOf(committee, now),
  );
  return [
    {
      name: "nudge",
      due: async (committee, now) =>
        (await dueIn(committee, await roundsAtLook(now, committee), now)).map(nameOf),
      run: nudge,
    },
    whoIsMissingList({ ...parts, rounds, roundsAtLook }),
  ];

  async function dueIn(
    committee: Committee,
    all: readonly Round[],
    now: Instant,
  ): Promise<DueNudge[]> {
    if (all.length === 0) return [];
    const champions = await Promise.all(
      committee.districts.map(({ id }) => championOf(committee.id, id, dayOf(now))),
    );
    return all.flatMap((round) => dueInRound(committee, round, champions, now));
  }

  /** Decide → claim → send → mark. Throws where it is to be tried again later. */
  async function nudge(committee: Committee, now: Instant, run: string): Promise<Done> {
    const all = await rounds.roundsOf(committee, now);
    const due = (await dueIn(committee, all, now)).find((each) => nameOf(each) === run);
    if (!due) return undefined;
    const { round, holder } = due;
    const silences = await silencesFor(committee, due, now);
    if (await rounds.hasChanged(committee, round, now)) return "changed";
    const claims = due.districts.map(({ district, earlier }, index) => ({
      previous: earlier,
      nudge: claimOf(due, district, { silence: silences[index], earlier, now }),
    }));
    if (!(await store.claimAll(committee.id, claims)) || !holder) return undefined;
    const sent = claims.map(({ nudge }) => nudge).filter(({ state }) => state === "sending");
    const named = due.districts
      .map(({ district }) => district)
      .filter(({ id }) => sent.some((each) => each.district === id));
    const [first] = named;
    if (!first) return undefined;
    const view = { district: first, districts: named, isOnly: due.isOnly, today: dayOf(now) };
    const card = nudgeCard({ ...round, ...view });
    const answer = await toPerson(committee, holder.id, round.way.place, card);
    const results = sent.map((claim) => settled(claim, answer));
    for (const result of results) await store.mark(committee.id, result);
    const refused = results.find((result) => rules.canTryAgain(result));
    if (refused) throw new Error(`A nudge was refused for now: ${refused.reason}`);
    return undefined;
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
