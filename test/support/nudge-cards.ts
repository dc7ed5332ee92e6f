import committeeFile from "../../data/committee.json" with { type: "json" };
import { createClock } from "../../src/calendar.ts";
import { Committee } from "../../src/council.ts";
import type { Turn } from "../../src/feature.ts";
import { awayCard, awayDoneCard } from "../../src/nudges/absence-cards.ts";
import { listCard, nudgeCard, snoozedCard, wokenCard } from "../../src/nudges/cards.ts";
import { historyCard } from "../../src/nudges/history-cards.ts";
import { deadlineOf } from "../../src/nudges/rules.ts";
import { NudgeSettings, Silence, type MissingList, type Nudge } from "../../src/nudges/schema.ts";
import { settingsCard } from "../../src/nudges/settings-cards.ts";
import type { Sample } from "./cards.ts";

const NOW = createClock("2019-09-25T09:00")();
const committee = Committee.parse(committeeFile);
const MEETING = { date: "2019-10-10", draftDeadline: "2019-09-27", state: "planned" } as const;
const WITHOUT_DEADLINE = { date: "2020-04-16", state: "planned" } as const;
const FENLAND = { id: "fenland", name: "Fenland", aliases: [] };
const JAN = { district: FENLAND, name: "Jan French" };

/** Every card of the nudges. */
export function nudgeSamples(): Sample[] {
  return [...championSamples(), ...officerSamples()];
}

function championSamples(): Sample[] {
  const reference = { meeting: MEETING.date, district: "fenland" };
  const nudge = (
    occasion: string,
    today: string,
    meeting = MEETING as typeof MEETING | typeof WITHOUT_DEADLINE,
  ) => ({
    name: "nudges/nudge",
    occasion,
    card: nudgeCard({
      ...{ meeting, deadline: deadlineOf(meeting), today },
      ...{ district: FENLAND, isOnly: true },
    }),
  });
  const form = { district: "fenland", until: "2019-11-01" };
  return [
    nudge("two working days before", "2019-09-25"),
    nudge("on the day of the deadline", "2019-09-27"),
    {
      name: "nudges/nudge",
      occasion: "for two districts",
      card: nudgeCard({
        ...{ meeting: MEETING, deadline: deadlineOf(MEETING), today: "2019-09-25" },
        ...{ district: FENLAND, isOnly: false },
        districts: [FENLAND, { ...FENLAND, id: "ely", name: "Ely" }],
      }),
    },
    nudge("with a deadline that the plan does not give", "2020-03-27", WITHOUT_DEADLINE),
    { name: "nudges/snoozed", occasion: "until tomorrow", card: snoozedCard(reference, NOW) },
    {
      name: "nudges/snoozed",
      occasion: "for the meeting",
      card: snoozedCard(reference, undefined),
    },
    { name: "nudges/snoozed", occasion: "taken back", card: wokenCard(MEETING.date, "fenland") },
    {
      name: "nudges/away",
      occasion: "of one's own",
      card: awayCard(form, [JAN], turnOf("champion")),
    },
    {
      name: "nudges/away-done",
      occasion: "away",
      card: awayDoneCard({ isOwn: true, ...JAN, until: "2019-11-01" }),
    },
    { name: "nudges/away-done", occasion: "back", card: awayDoneCard({ isOwn: false, ...JAN }) },
  ];
}

function officerSamples(): Sample[] {
  const turn = turnOf("officer");
  const settings = NudgeSettings.parse({});
  const form = { isOn: "true", daysBefore: "5, 2", time: "09:30", mostPerMeeting: "2", version: 0 };
  const away = { ...JAN, until: "2019-11-01" };
  const history = (occasion: string, count: number) => ({
    name: "nudges/history",
    occasion,
    card: historyCard(committee, Array.from({ length: count }, meetingOf), { now: NOW }),
  });
  return [
    {
      name: "nudges/away",
      occasion: "for a champion, with a problem",
      card: awayCard({ district: "fenland", until: "" }, [away], turn, "Enter the first day back."),
    },
    {
      name: "nudges/missing",
      occasion: "two of five",
      card: listCard({
        ...{ committee, meeting: MEETING, deadline: deadlineOf(MEETING) },
        now: createClock("2019-10-01T09:00")(),
        missing: [
          { district: "Fenland", name: "Jan French", awayUntil: undefined },
          { district: "Cambridge City", name: "Claire Richards", awayUntil: "2019-11-01" },
        ],
      }),
    },
    {
      name: "nudges/settings",
      occasion: "as set",
      card: settingsCard(form, turn, { settings, meeting: MEETING, note: "Saved." }),
    },
    {
      name: "nudges/settings",
      occasion: "switched off",
      card: settingsCard({ ...form, isOn: "false" }, turn, {
        settings: { ...settings, isOn: false },
        meeting: MEETING,
      }),
    },
    {
      name: "nudges/settings",
      occasion: "with a problem",
      card: settingsCard(form, turn, { problem: "Time of day must be between 8am and 4:59pm." }),
    },
    history("nothing yet", 0),
    history("as full as it gets", 4),
  ];
}

function meetingOf() {
  const nudge: Nudge = {
    ...{ meeting: MEETING.date, district: "fenland", day: "2019-09-20" },
    ...{ due: "2019-09-20T08:30:00Z", at: "2019-09-20T08:30:00Z" },
    ...{ state: "sent", to: "champion", name: "Jan French", isAskedFor: false, attempt: 1 },
  };
  const kinds: Nudge[] = [
    nudge,
    { ...nudge, at: "2019-09-23T07:00:00Z", isAskedFor: true },
    { ...nudge, state: "refused", reason: "403 BotNotInConversationRoster", attempt: 2 },
    { ...nudge, state: "doubtful" },
    { ...nudge, state: "sending", at: NOW.toString() },
    ...Silence.options.map((silence) => ({ ...nudge, state: "skipped" as const, silence })),
  ];
  const list: MissingList = {
    ...{ deadline: "2019-09-27", state: "sent", missing: 2, attempt: 1 },
    at: "2019-09-27T08:00:00Z",
  };
  return { date: MEETING.date, nudges: [...kinds, ...kinds, ...kinds], lists: [list] };
}

/** Only what these cards read of a turn. */
function turnOf(role: "champion" | "officer"): Turn {
  const person = { id: role, name: "Somebody", holdings: [{ role, district: "fenland" }] };
  return { committee, now: NOW, person } as Partial<Turn> as Turn;
}
