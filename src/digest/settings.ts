import { addDays, atTime, dayOf, isDay, longDate, readInstant } from "../calendar.ts";
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
import { pauseCard, settingsCard } from "./settings-cards.ts";
import { DigestSettings, PauseForm, SettingsForm } from "./schema.ts";
import type { DigestStore } from "./store.ts";
import type { DueIn, DueThen, WhatGoes } from "./what-goes.ts";
import said from "./said.json" with { type: "json" };

/** Nothing is due longer than this before a meeting. */
const DAYS_AHEAD = 60;

interface SettingsParts {
  readonly store: DigestStore;
  readonly audit: AuditRecord;
  readonly whatGoes: WhatGoes;
  readonly dueIn: DueIn;
}

/** When digests go out, and when they do not: set by an officer, in chat. */
export function digestSettings({ store, audit, whatGoes, dueIn }: SettingsParts) {
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
      ends: true,
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

  async function show(turn: Turn, note: unknown = "", notGone: readonly DueThen[] = []) {
    const settings = await store.settingsOf(turn.committee.id);
    const said = typeof note === "string" ? note : "";
    const hasChannel = (await store.channelOf(turn.committee.id)) !== undefined;
    const about = { note: said, turn, hasChannel, notGone, ...(await whatGoes(turn)) };
    return settingsCard(formOf(settings), settings, about);
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
    const until = dates.at(-1) ?? "";
    return pauseCard({ until }, await notGoing(turn, until), turn);
  }

  /** What comes due before a day, or in the next weeks while no day is said. */
  async function notGoing(turn: Turn, until: string): Promise<DueThen[]> {
    const { now } = turn;
    const last = isDay(until) ? until : addDays(dayOf(now), DAYS_AHEAD);
    return dueIn(turn, { from: now, until: atTime(last, "00:00") });
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
    const said = `No digest goes out by itself before ${longDate(until)}.`;
    return show(turn, said, await notGoing(turn, until));
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
    const missed = pausedFrom
      ? await dueIn(turn, { from: readInstant(pausedFrom), until: turn.now })
      : [];
    return show(turn, "Digests are not paused.", missed);
  }
}

async function showAgain(turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  const settings = DigestSettings.parse({});
  return settingsCard(checked(SettingsForm, data), settings, { problem, turn });
}

async function askAgain(turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
  const { until } = checked(PauseForm, data);
  return pauseCard({ until, problem }, [], turn);
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
