import { dayOf, type Instant } from "../calendar.ts";
import type { Committee } from "../council.ts";
import type { Done, Job } from "../feature.ts";
import { listCard } from "./cards.ts";
import type { NudgeParts } from "./index.ts";
import type { nudgeRounds, Round } from "./rounds.ts";
import * as rules from "./rules.ts";
import type { MissingList } from "./schema.ts";

/** So often the officers' list is sent while nobody confirms it. */
const MOST_LISTS = 4;

interface MissingParts extends NudgeParts {
  readonly rounds: ReturnType<typeof nudgeRounds>;
  readonly roundsAtLook: (now: Instant, committee: Committee) => Promise<Round[]>;
}

/** The officers' list at the draft deadline: who has not written, and who of them is away. */
export function whoIsMissingList(parts: MissingParts): Job {
  const { store, rounds, roundsAtLook, submittedFor, championOf, tellOfficers } = parts;
  return {
    name: "who is missing",
    due: async (committee, now) => {
      const all = await roundsAtLook(now, committee);
      return all.filter((round) => isListDue(round, now)).map(listOf);
    },
    run: tellWhoIsMissing,
  };

  /**
   * The row is written when they were told: a stop in between has them told again by the next
   * replica, which does no harm.
   */
  async function tellWhoIsMissing(committee: Committee, now: Instant, run: string): Promise<Done> {
    const all = await rounds.roundsOf(committee, now);
    const round = all.find((each) => isListDue(each, now) && listOf(each) === run);
    if (!round) return undefined;
    const { meeting, deadline, way, ledger } = round;
    const missing = await whoIsMissing(committee, meeting, now);
    if (await rounds.hasChanged(committee, round, now)) return "changed";
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
    return undefined;
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
