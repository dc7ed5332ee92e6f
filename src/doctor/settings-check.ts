import { readSettings, SettingsError, type Settings } from "../config.ts";
import { ok, wrong, type Finding } from "../finding.ts";

/** The settings, or what is wrong with them: every fault on a line of its own. */
export interface CheckedSettings {
  readonly settings?: Settings;
  readonly findings: Finding[];
}

/** Reads the settings as the bot does at its start. */
export function checkSettings(
  values: Record<string, string | undefined>,
  source: string,
): CheckedSettings {
  try {
    const settings = readSettings(values);
    const findings = [ok(`${settings.mode} mode, from ${source} and the environment over it.`)];
    return { settings, findings };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return { findings: error.faults.map((fault) => wrong(fault)) };
  }
}
