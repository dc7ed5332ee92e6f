import { randomUUID } from "node:crypto";
import {
  addMonths,
  millisecondsBetween,
  monthOf,
  monthsBackFrom,
  type Instant,
  type Month,
} from "../calendar.ts";
import type { Committee } from "../council.ts";
import { LONGEST_SENDING_MS, type Turn } from "../feature.ts";
import { lateCard } from "./cards.ts";
import type { ChampionParts } from "./index.ts";
import type { Update } from "./schema.ts";
import type { StoredNotice } from "./store.ts";

/** How far back a change can still be made to an update that the bot knows the meeting of. */
const MONTHS_BACK = 13;

/**
 * The officers are told of a change after publication. A notice stands in the tables from the
 * change itself until they are told, so a stop in between delays it but does not lose it. It is
 * tried again with the next late change, when an officer or the chair looks at the status or the
 * digest, and at every start. Whoever tries it claims it first, so that two replicas do not send
 * it at once; after a stop between telling and taking the notice away they are told twice.
 */
export function lateNotices({ store, planFor, tellOfficers, afterwards }: ChampionParts) {
  const replica = randomUUID();
  /** The last run of each committee: one follows another, so none tells what another is telling. */
  const running = new Map<string, Promise<void>>();
  return { announce, tryAgain, resume };

  /** Tells the officers of a late change, after the champion has their answer. */
  function announce({ committee, now }: Turn, update: Update): void {
    if (!update.late) return;
    const work = async () =>
      tellAll(committee, now, new Set([update.month, ...(await monthsInUse(committee, now))]));
    afterwards(inTurn(committee, work));
  }

  /** Tries what the officers could not be told yet, unless that is going on already. */
  function tryAgain(committee: Committee, now: Instant): void {
    if (running.has(committee.id)) return;
    const work = async () => tellAll(committee, now, await monthsInUse(committee, now));
    afterwards(inTurn(committee, work));
  }

  /** Sends what was still to be told when the bot stopped, whoever had claimed it. */
  async function resume(committee: Committee, now: Instant): Promise<void> {
    await inTurn(committee, () => tellAll(committee, now, monthsWithNotices(now), true));
  }

  async function inTurn({ id }: Committee, work: () => Promise<void>): Promise<void> {
    const run = following(running.get(id), work);
    running.set(id, run);
    try {
      await run;
    } finally {
      if (running.get(id) === run) running.delete(id);
    }
  }

  async function tellAll(
    committee: Committee,
    now: Instant,
    months: Iterable<Month>,
    isStart = false,
  ): Promise<void> {
    for (const month of months)
      for (const notice of await store.noticesOf(committee.id, month))
        if (isStart || !isBeingSent(notice, now)) await tell(committee, now, notice);
  }

  async function tell(committee: Committee, now: Instant, notice: StoredNotice): Promise<void> {
    const { from, update } = notice;
    if (!from) return;
    const claim = { by: replica, at: now.toString() };
    if (!(await store.claimNotice(committee.id, notice, claim))) return;
    const isTold = await tellOfficers(committee, now, from, lateCard(update, committee));
    if (isTold) await store.removeNotice(committee.id, update);
  }

  /** Another replica may be sending it. A claim of this one is over: its runs follow one another. */
  function isBeingSent({ claim }: StoredNotice, now: Instant): boolean {
    return (
      claim !== undefined &&
      claim.by !== replica &&
      millisecondsBetween(claim.at, now) < LONGEST_SENDING_MS
    );
  }

  /** Where nearly every late change is: what goes to the next meeting or went to the last one. */
  async function monthsInUse({ id }: Committee, now: Instant): Promise<Month[]> {
    const { next, last, monthsFor } = await planFor(id, now);
    return [next, last].flatMap((meeting) => (meeting ? monthsFor(meeting.date) : []));
  }
}

/** A run that failed was logged by whoever waited for it, and does not stop the next. */
async function following(
  before: Promise<void> | undefined,
  work: () => Promise<void>,
): Promise<void> {
  await before?.catch(() => undefined);
  await work();
}

function monthsWithNotices(now: Instant): Month[] {
  return monthsBackFrom(addMonths(monthOf(now), 1), MONTHS_BACK + 1);
}
