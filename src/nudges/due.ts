import type { Instant } from "../calendar.ts";
import type { Committee, District } from "../council.ts";
import type { Round } from "./rounds.ts";
import * as rules from "./rules.ts";
import type { StoredNudge } from "./store.ts";

export type Champion = { readonly id: string; readonly name: string } | undefined;

/** One nudge that has come due and is not dealt with: to one champion, for each of their districts. */
export interface DueNudge {
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

/** The nudges of one meeting that have come due: one for each champion and time. */
export function dueInRound(
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

export function nameOf({ round, slot, districts: [first] }: DueNudge): string {
  return `${round.meeting.date} ${slot.day} ${first?.district.id}`;
}
