import { dayOf, longDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import type { DigestSettings, SettingsForm } from "./schema.ts";
import type { DueThen, PlannedLine } from "./what-goes.ts";

/** When digests go out, to be changed. */
export function settingsCard(
  form: SettingsForm,
  settings: DigestSettings,
  about: {
    readonly turn: Turn;
    readonly note?: string;
    readonly problem?: string;
    readonly hasChannel?: boolean;
    readonly lines?: readonly PlannedLine[];
    /** What a pause keeps from going, or kept. */
    readonly notGone?: readonly DueThen[];
  },
): Card {
  const { note = "", problem = "", turn, hasChannel = true, lines = [], notGone: all = [] } = about;
  const pause = pauseOf(settings, turn);
  // What did not go for the next meeting stands among its lines, with what to do about it.
  const notGone = all.filter(({ isNext }) => pause.isPaused || !isNext);
  return fill("digest/settings", {
    committee: turn.committee.name,
    ...form,
    hasChannel,
    note,
    hasNote: note !== "",
    problem,
    hasProblem: problem !== "",
    ...{ planned: lines, hasPlanned: lines.length > 0 },
    ...pause,
    ...{ notGone, hasNotGone: notGone.length > 0 },
    whyNotGone: pause.isPaused ? "These do not go:" : "These did not go while digests were paused:",
    canPost: !pause.isPaused && all.some(({ kind, isNext }) => isNext && kind === "digest"),
  });
}

/** The question before digests are paused, with those that would not go. */
export function pauseCard(
  { until, problem = "" }: { readonly until: string; readonly problem?: string },
  lines: readonly PlannedLine[],
  { committee }: Turn,
): Card {
  return fill("digest/pause", {
    committee: committee.name,
    until,
    problem,
    hasProblem: problem !== "",
    ...{ planned: lines, hasPlanned: lines.length > 0 },
    which: until
      ? "These will not go by themselves:"
      : "These come due next. They will not go where that is before the day you choose:",
  });
}

function pauseOf({ pausedUntil }: DigestSettings, { now }: Turn) {
  const isPaused = pausedUntil !== undefined && pausedUntil > dayOf(now);
  return { isPaused, pausedUntil: isPaused ? longDate(pausedUntil) : "" };
}
