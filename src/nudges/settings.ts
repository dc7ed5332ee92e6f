import type { Card } from "../card-template.ts";
import { dayOf } from "../calendar.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import type { NudgeParts } from "./index.ts";
import { expectedSince, nextOf } from "./rules.ts";
import { NudgeSettings, SettingsForm } from "./schema.ts";
import { settingsCard } from "./settings-cards.ts";
import said from "./said.json" with { type: "json" };

const MOST_DAYS = 15;
const MOST_NUDGES = 5;
const OVERTAKEN =
  "Somebody changed these settings since you opened them. What you chose is still here. Type nudge settings to see theirs, or press Save again to put yours in their place.";

/** When champions are reminded, how often at most, and whether at all: set by an officer. */
export function nudgeSettings({ store, meetingsOf, audit }: NudgeParts) {
  const needs = { roles: ["officer"], places: IN_PERSON } as const;
  const commands: Command[] = [
    {
      id: "nudges.settings",
      name: "nudge settings",
      changes: true,
      saysNo: ["change"],
      examples: said.settings,
      phrases: [
        "nudges settings",
        "settings nudges",
        "reminder settings",
        "change nudge settings",
        "when do reminders go out",
      ],
      purpose: "See and change when champions who have not written are reminded.",
      task: "Reminders",
      needs,
      run: (turn) => show(turn),
    },
  ];
  const verbs: Record<string, Verb> = {
    "nudges.saveSettings": { needs, run: save, again: showAgain },
  };
  return { commands, verbs };

  /** What was typed, with the version that holds now where it can be asked: Save again is on purpose. */
  async function showAgain(
    turn: Turn,
    data: unknown,
    { problem, canRead }: Trouble,
  ): Promise<Card> {
    const form = checked(SettingsForm, data);
    const { version } = canRead ? await store.settingsOf(turn.committee.id) : form;
    return settingsCard({ ...form, version }, turn, { problem });
  }

  async function show(turn: Turn, note = ""): Promise<Card> {
    const { committee, now } = turn;
    const settings = await store.settingsOf(committee.id);
    const meeting = nextOf(await meetingsOf(committee.id, now), dayOf(now));
    const since = expectedSince(settings, await store.wayOf(committee.id));
    return settingsCard(formOf(settings), turn, { note, settings, meeting, since });
  }

  /** What was due before the change is not made up: nobody is reminded by a press on Save. */
  async function save(turn: Turn, data: unknown): Promise<Card> {
    const { committee, now } = turn;
    const form = checked(SettingsForm, data);
    const changed = readForm(form);
    const stored = await store.storedSettings(committee.id);
    if (stored.settings.version !== form.version) {
      // Pressed twice, or the other one wanted the same.
      if (isSame(stored.settings, changed)) return show(turn, "Saved.");
      throw new UserError(OVERTAKEN);
    }
    const next = { ...changed, since: now.toString(), version: form.version + 1 };
    if (!(await store.saveSettings(committee.id, next, stored.etag)))
      throw new UserError(OVERTAKEN);
    await audit(turn, "changed when champions are reminded", committee.id);
    return show(turn, "Saved.");
  }
}

function isSame(one: NudgeSettings, other: NudgeSettings): boolean {
  const [is, was] = [one, other].map((each) => JSON.stringify({ ...formOf(each), version: 0 }));
  return is === was;
}

function formOf({ isOn, daysBefore, time, mostPerMeeting, version }: NudgeSettings): SettingsForm {
  return {
    version,
    isOn: String(isOn),
    daysBefore: daysBefore.join(", "),
    time,
    mostPerMeeting: String(mostPerMeeting),
  };
}

/** Throws a UserError that names the field. */
function readForm({
  isOn,
  daysBefore,
  time,
  mostPerMeeting,
  version,
}: SettingsForm): NudgeSettings {
  const clock = NudgeSettings.shape.time.safeParse(time);
  const days = readDays(daysBefore);
  if (!clock.success) throw new UserError("Time of day must be between 8am and 4:59pm.");
  const most = NudgeSettings.shape.mostPerMeeting.safeParse(Number(mostPerMeeting || "no"));
  if (!most.success)
    throw new UserError("The most reminders for a meeting must be a whole number from 1 to 10.");
  return {
    isOn: isOn === "true",
    daysBefore: days,
    time: clock.data,
    mostPerMeeting: most.data,
    version,
  };
}

/** "5, 2" or "5 and 2", the most first and each once. */
function readDays(typed: string): number[] {
  const words = typed.split(/[\s,;]+|\band\b/).filter(Boolean);
  const days = words.map(Number);
  const isRight = days.every((day) => Number.isInteger(day) && day >= 1 && day <= MOST_DAYS);
  if (words.length === 0 || words.length > MOST_NUDGES || !isRight)
    throw new UserError(
      `Working days before the draft deadline must be 1 to ${MOST_NUDGES} whole numbers from 1 to ${MOST_DAYS}, like 5, 2.`,
    );
  return [...new Set(days)].toSorted((a, b) => b - a);
}
