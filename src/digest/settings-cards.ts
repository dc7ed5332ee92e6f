import { dayOf, longDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import type { DigestSettings, SettingsForm } from "./schema.ts";
import type { PlannedLine } from "./what-goes.ts";

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
  },
): Card {
  const { note = "", problem = "", turn, hasChannel = true, lines = [] } = about;
  return fill("digest/settings", {
    committee: turn.committee.name,
    ...form,
    hasChannel,
    note,
    hasNote: note !== "",
    problem,
    hasProblem: problem !== "",
    ...{ planned: lines, hasPlanned: lines.length > 0 },
    ...pauseOf(settings, turn),
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
  });
}

function pauseOf({ pausedUntil }: DigestSettings, { now }: Turn) {
  const isPaused = pausedUntil !== undefined && pausedUntil > dayOf(now);
  return { isPaused, pausedUntil: isPaused ? longDate(pausedUntil) : "" };
}
