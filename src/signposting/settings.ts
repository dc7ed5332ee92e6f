import { dayOf } from "../calendar.ts";
import { fill, type Card } from "../card-template.ts";
import { checked, UserError } from "../errors.ts";
import { IN_PERSON, type Command, type Trouble, type Turn, type Verb } from "../feature.ts";
import { listOf, type Surroundings } from "./cards.ts";
import { doneCard } from "./cards.ts";
import type { SignpostingParts } from "./index.ts";
import { allKindsOn } from "./rules.ts";
import { Settings, SettingsForm } from "./schema.ts";
import type { setting } from "./setting.ts";
import said from "./said.json" with { type: "json" };

const NOTHING_COUNTED =
  "No kind is ticked. Nothing would be counted. Workers would still see 999 and the routes. To do that, press Save again.";
const MONTHS = /^\d{1,3}$/;

/** What an administrator decides: the note, the rule for numbers, how long, and which kinds. */
export function settings(
  { setupStore, audit }: SignpostingParts,
  { around }: ReturnType<typeof setting>,
) {
  const administrator = { roles: ["administrator"], places: IN_PERSON } as const;
  const commands: Command[] = [
    {
      id: "signposting.settings",
      name: "signposting settings",
      changes: true,
      saysNo: ["change", "touch"],
      examples: said.settings,
      phrases: ["change signposting settings", "settings signposting"],
      purpose:
        "Decide on the note, the numbers that are hidden, how long records are kept, and the kinds.",
      task: "Signposting settings",
      needs: administrator,
      run: open,
    },
  ];
  const verbs: Record<string, Verb> = {
    "signposting.saveSettings": { needs: administrator, run: save, again: showAgain },
  };
  return { commands, verbs };

  async function open(turn: Turn): Promise<Card> {
    const about = await around(turn);
    const found = await setupStore.read(turn.committee.id);
    const now = found?.setup.settings ?? about.setup.settings;
    const on = kindsOf(about).filter(({ id }) => !now.kindsOff.includes(id));
    return settingsCard(about, {
      noteIsOn: String(now.noteIsOn),
      threshold: String(now.threshold),
      zeroIsShown: String(now.zeroIsShown),
      retentionMonths: String(now.retentionMonths),
      kinds: on.map(({ id }) => id).join(),
      seen: found?.etag ?? "",
      isSure: String(on.length === 0),
    });
  }

  async function save(turn: Turn, data: unknown): Promise<Card> {
    const form = checked(SettingsForm, data);
    const about = await around(turn);
    if (form.kinds === "" && form.isSure !== "true")
      return settingsCard(about, { ...form, isSure: "true" }, NOTHING_COUNTED);
    const found = await setupStore.read(turn.committee.id);
    if ((found?.etag ?? "") !== form.seen)
      throw new UserError(
        "Somebody changed the settings in the meantime. Type signposting settings to see them.",
      );
    const changed = readSettings(form, about, found?.setup.settings ?? about.setup.settings);
    if (!(await setupStore.saveSettings(turn.committee.id, changed, found?.etag)))
      return save(turn, data);
    await audit(turn, "changed the signposting settings", inAudit(changed));
    return doneCard("Saved. Every replica of the bot knows it within a minute.");
  }

  async function showAgain(turn: Turn, data: unknown, { problem }: Trouble): Promise<Card> {
    return settingsCard(await around(turn), checked(SettingsForm, data), problem);
  }
}

function readSettings(form: SettingsForm, about: Surroundings, before: Settings): Settings {
  const kinds = listOf(form.kinds);
  if (!MONTHS.test(form.retentionMonths.trim()))
    throw new UserError("Enter the months as a number from 1 to 120.");
  const read = Settings.safeParse({
    noteIsOn: form.noteIsOn === "true",
    threshold: Number(form.threshold),
    zeroIsShown: form.zeroIsShown === "true",
    retentionMonths: Number(form.retentionMonths.trim()),
    kindsOff: kindsOf(about)
      .map(({ id }) => id)
      .filter((id) => !kinds.includes(id)),
    hold: before.hold,
  });
  if (read.success) return read.data;
  const [where] = read.error.issues.map(({ path }) => String(path[0]));
  throw new UserError(
    where === "threshold"
      ? "Choose 5, 8 or 10 for the counts that are hidden."
      : "Enter the months as a number from 1 to 120.",
  );
}

function settingsCard(about: Surroundings, form: SettingsForm, problem = ""): Card {
  return fill("signposting/settings", {
    ...form,
    kindChoices: kindsOf(about),
    hasProblem: problem !== "",
    problem,
  });
}

function kindsOf({ setup, now }: Surroundings) {
  return allKindsOn(dayOf(now), setup).filter(({ on }) => on);
}

function inAudit({
  noteIsOn,
  threshold,
  zeroIsShown,
  retentionMonths,
  kindsOff,
}: Settings): string {
  const note = noteIsOn ? "note on" : "note off";
  const zero = zeroIsShown ? "0 shown" : "0 hidden";
  const off = kindsOff.length > 0 ? `, off: ${kindsOff.join(" ")}` : "";
  return `${note}, hidden below ${threshold}, ${zero}, ${retentionMonths} months${off}`;
}
