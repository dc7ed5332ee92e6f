import { longDate, timeAndDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { isPausedAt, planned, type Planned } from "./schedule.ts";
import type { DigestSettings, SettingsForm } from "./schema.ts";

const WHAT: Record<Planned["kind"], string> = {
  reminder: "The officers are reminded to choose a channel",
  digest: "The digest goes to the channel",
  chair: "The chair's own goes to their personal chat",
  publication: "The digest at publication goes to the channel",
};

/** When digests go out, to be changed. */
export function settingsCard(
  form: SettingsForm,
  settings: DigestSettings,
  meeting: DigestMeeting | undefined,
  about: {
    readonly turn: Turn;
    readonly note?: string;
    readonly problem?: string;
    readonly hasChannel?: boolean;
  },
): Card {
  const { note = "", problem = "", turn, hasChannel = true } = about;
  return fill("digest/settings", {
    committee: turn.committee.name,
    ...form,
    hasChannel,
    note,
    hasNote: note !== "",
    problem,
    hasProblem: problem !== "",
    planned: meeting ? plannedLines(meeting, settings) : [],
    ...pauseOf(settings, turn),
  });
}

/** The question before digests are paused, with those that would not go. */
export function pauseCard(
  { until, problem = "" }: { readonly until: string; readonly problem?: string },
  settings: DigestSettings,
  meeting: DigestMeeting | undefined,
  { committee }: Turn,
): Card {
  return fill("digest/pause", {
    committee: committee.name,
    until,
    problem,
    hasProblem: problem !== "",
    planned: meeting ? plannedLines(meeting, settings) : [],
  });
}

function plannedLines(meeting: DigestMeeting, settings: DigestSettings) {
  return planned(meeting, settings)
    .filter(({ at }) => !isPausedAt(at, settings))
    .toSorted((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)
    .map(({ kind, at }) => ({ line: `${WHAT[kind]} at ${timeAndDate(at.toString())}.` }));
}

function pauseOf({ pausedUntil }: DigestSettings, { now }: Turn) {
  const isPaused = pausedUntil !== undefined && pausedUntil > now.toString().slice(0, 10);
  return { isPaused, pausedUntil: isPaused ? longDate(pausedUntil) : "" };
}
