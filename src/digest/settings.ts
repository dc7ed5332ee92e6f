import { addDays, dayOf, isDay, longDate } from "../calendar.ts";
import type { Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import {
  IN_PERSON,
  type AuditRecord,
  type Command,
  type Trouble,
  type Turn,
  type Verb,
} from "../feature.ts";
import type { Slots } from "../slots.ts";
import type { DigestMeeting } from "./cards.ts";
import { pauseCard, settingsCard } from "./settings-cards.ts";
import { DigestSettings, PauseForm, SettingsForm } from "./schema.ts";
import type { DigestStore } from "./store.ts";
import said from "./said.json" with { type: "json" };

interface SettingsParts {
  readonly store: DigestStore;
  readonly audit: AuditRecord;
  readonly nextMeeting: (turn: Turn) => Promise<DigestMeeting | undefined>;
}

/** When digests go out, and when they do not: set by an officer, in chat. */
export function digestSettings({ store, audit, nextMeeting }: SettingsParts) {
  const needs = { roles: ["officer"], places: IN_PERSON } as const;
  const task = "The digest";
  const commands: Command[] = [
    {
      id: "digest.settings",
      name: "digest settings",
      changes: true,
      saysNo: ["change"],
      examples: said.settings,
      phrases: ["settings digest", "change digest settings", "when do digests go out"],
      purpose: "See and change when digests go out by themselves.",
      task,
      needs,
      run: show,
    },
    {
      id: "digest.pause",
      name: "pause digests",
      full: "pause digests[ until {until}]",
      days: "ahead",
      changes: true,
      saysNo: ["pause", "hold", "stop", "halt", "freeze", "suspend"],
      examples: said.pause,
      phrases: ["pause digests until {date}", "pause digests {anything}", "pause digest"],
      purpose: "Let no digest go out by itself until a day: pause digests until 1 November 2019.",
      task,
      needs,
      run: askPause,
    },
    {
      id: "digest.resume",
      name: "resume digests",
      changes: true,
      saysNo: ["resume", "restart", "start", "post", "ready"],
      examples: said.resume,
      phrases: ["end pause digests", "resume digest", "unpause digests"],
      purpose: "End the pause: digests go out by themselves again.",
      task,
      needs,
      run: askResume,
    },
  ];
  const verbs: Record<string, Verb> = {
    "digest.saveSettings": { needs, run: save, again: showAgain },
    "digest.pause": { needs, run: pause, again: askAgain },
    "digest.resume": { needs, run: resume },
  };
  return { commands, verbs };

  async function show(turn: Turn, note: unknown = ""): Promise<Card> {
    const settings = await store.settingsOf(turn.committee.id);
    const said = typeof note === "string" ? note : "";
    const hasChannel = (await store.channelOf(turn.committee.id)) !== undefined;
    const meeting = await nextMeeting(turn);
    const stored = meeting ? await store.postsOf(turn.committee.id, meeting.date) : [];
    const known = stored.map(({ post }) => post);
    const about = { note: said, turn, hasChannel, known };
    return settingsCard(formOf(settings), settings, meeting, about);
  }

  async function save(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(SettingsForm, data);
    const before = await store.settingsOf(turn.committee.id);
    await store.saveSettings(turn.committee.id, { ...before, ...readForm(form) });
    await audit(turn, "changed when digests go out", turn.committee.id);
    return show(turn, "Saved.");
  }

  /** Nothing is paused by typing: the form says first which digests would not go. */
  async function askPause(turn: Turn, { dates = [] }: Slots): Promise<Card> {
    const settings = await store.settingsOf(turn.committee.id);
    const meeting = await nextMeeting(turn);
    const stored = meeting ? await store.postsOf(turn.committee.id, meeting.date) : [];
    const known = stored.map(({ post }) => post);
    return pauseCard({ until: dates.at(-1) ?? "" }, settings, meeting, { turn, known });
  }

  async function pause(turn: Turn, data: unknown): Promise<Card> {
    const { until } = checked(PauseForm, data);
    const { committee, now } = turn;
    if (!isDay(until)) throw new UserError("Enter the day on which digests start again.");
    if (until <= dayOf(now))
      throw new UserError(
        `The day on which digests start again must be ${longDate(addDays(dayOf(now), 1))} or later.`,
      );
    const before = await store.settingsOf(committee.id);
    await store.saveSettings(committee.id, {
      ...before,
      pausedFrom: now.toString(),
      pausedUntil: until,
    });
    await audit(turn, `paused digests until ${until}`, committee.id);
    return show(turn, `No digest goes out by itself before ${longDate(until)}.`);
  }

  /** The card of a pause has the button that ends it. */
  async function askResume(turn: Turn): Promise<Card> {
    const { pausedFrom } = await store.settingsOf(turn.committee.id);
    return show(
      turn,
      pausedFrom ? "Press Resume digests to end the pause." : "Digests are not paused.",
    );
  }

  async function resume(turn: Turn): Promise<Card> {
    const { committee } = turn;
    const { pausedFrom, pausedUntil: _ended, ...settings } = await store.settingsOf(committee.id);
    await store.saveSettings(committee.id, settings);
    if (pausedFrom) await audit(turn, "ended the pause of digests", committee.id);
    return show(turn, "Digests are not paused.");
  }
}

async function showAgain(turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  const settings = DigestSettings.parse({});
  return settingsCard(checked(SettingsForm, data), settings, undefined, { problem, turn });
}

async function askAgain(turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  const { until } = checked(PauseForm, data);
  return pauseCard({ until, problem }, DigestSettings.parse({}), undefined, { turn });
}

function formOf(settings: DigestSettings): SettingsForm {
  return {
    workingDaysBefore: String(settings.workingDaysBefore),
    time: settings.time,
    atPublication: String(settings.atPublication),
    toChair: String(settings.toChair),
  };
}

/** Throws a UserError that names the field. */
function readForm({ workingDaysBefore, time, atPublication, toChair }: SettingsForm) {
  const days = DigestSettings.shape.workingDaysBefore.safeParse(Number(workingDaysBefore || "no"));
  if (!days.success)
    throw new UserError("Working days before the meeting must be a whole number from 1 to 15.");
  const clock = DigestSettings.shape.time.safeParse(time);
  if (!clock.success) throw new UserError("Time of day must be between 6am and 9:59pm.");
  return {
    workingDaysBefore: days.data,
    time: clock.data,
    atPublication: atPublication === "true",
    toChair: toChair === "true",
  };
}
