import { longDate, timeAndDate } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import type { Turn } from "../feature.ts";
import type { DigestMeeting } from "./cards.ts";
import { isPausedAt, planned, type Planned } from "./schedule.ts";
import { mayStand } from "./rules.ts";
import type { DigestSettings, Post, SettingsForm } from "./schema.ts";

const WHAT: Record<Planned["kind"], string> = {
  reminder: "The officers are reminded to choose a channel",
  digest: "The digest goes to the channel",
  chair: "The chair's own goes to their personal chat",
  publication: "The digest at publication goes to the channel",
};

const SENT: Record<Planned["kind"], string> = {
  reminder: "The reminder",
  digest: "The digest",
  chair: "The chair's own",
  publication: "The digest at publication",
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
    readonly known?: readonly Post[];
  },
): Card {
  const { note = "", problem = "", turn, hasChannel = true, known = [] } = about;
  const lines = meeting ? plannedLines(meeting, settings, known) : [];
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
  settings: DigestSettings,
  meeting: DigestMeeting | undefined,
  { turn, known = [] }: { readonly turn: Turn; readonly known?: readonly Post[] },
): Card {
  const { committee, now } = turn;
  const lines = meeting
    ? planned(meeting, settings)
        .filter(
          ({ at }) => !isPausedAt(at, settings) && at.epochMilliseconds > now.epochMilliseconds,
        )
        .filter(({ kind }) => !known.some((post) => post.kind === kind && mayStand(post.state)))
        .map(plannedLine)
    : [];
  return fill("digest/pause", {
    committee: committee.name,
    until,
    problem,
    hasProblem: problem !== "",
    ...{ planned: lines, hasPlanned: lines.length > 0 },
  });
}

/** What was posted is said, and of the rest only what is still to go. */
function plannedLines(
  meeting: DigestMeeting,
  settings: DigestSettings,
  known: readonly Post[] = [],
) {
  return planned(meeting, settings)
    .filter(({ at }) => !isPausedAt(at, settings))
    .toSorted((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)
    .flatMap(({ kind, at }) => {
      const post = known.find((each) => each.kind === kind && each.state !== "refused");
      if (!post) return [plannedLine({ kind, at })];
      const { state, by } = post;
      if (!mayStand(state)) return [];
      return [
        { line: `${SENT[kind]} was sent at ${timeAndDate(post.at)} by ${by}, and goes once.` },
      ];
    });
}

function plannedLine({ kind, at }: Planned) {
  return { line: `${WHAT[kind]} at ${timeAndDate(at.toString())}.` };
}

function pauseOf({ pausedUntil }: DigestSettings, { now }: Turn) {
  const isPaused = pausedUntil !== undefined && pausedUntil > now.toString().slice(0, 10);
  return { isPaused, pausedUntil: isPaused ? longDate(pausedUntil) : "" };
}
