import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createClock, type Clock } from "./calendar.ts";
import { readProcessValues } from "./config.ts";
import { checkClock } from "./doctor/clock-check.ts";
import { checkExpiry } from "./doctor/expiry-check.ts";
import { createConcealment } from "./doctor/concealment.ts";
import { checkManifest } from "./doctor/manifest-check.ts";
import { checkPeople } from "./doctor/people-check.ts";
import { checkSettings } from "./doctor/settings-check.ts";
import { checkTables } from "./doctor/tables-check.ts";
import { unchecked, wrong, type Finding } from "./finding.ts";
import type { WayToAzure } from "./table-client.ts";
import type { CredentialsEdges } from "./teams/credentials-check.ts";
import { kindOf, readTrouble } from "./trouble.ts";

/** Whom the doctor examines. */
export interface Patient {
  /** The name of the file in `env/`. */
  readonly environment: string;
  /** Its values, with those of the process over them. */
  readonly values: Record<string, string | undefined>;
}

/** What a test puts in place of Microsoft, Azure, the time of day and a few seconds' wait. */
export interface DoctorEdges {
  readonly credentials?: CredentialsEdges;
  readonly wayToAzure?: WayToAzure;
  readonly clock?: Clock;
  readonly patience?: number;
}

const ROOT = join(import.meta.dirname, "..");
const USAGE =
  "Usage: npm run doctor -- --env NAME      examines env/.env.NAME (production unless named)";
/** How long one step may take, in milliseconds. */
const PATIENCE = 5000;
const WIDEST_STATE = "could not check".length;
const NEEDS_SETTINGS = [unchecked("the settings are wrong. Mend them first.")];

/** Makes every check, one after the other, and prints what each found. Gives the exit code. */
export async function examine(
  { environment, values }: Patient,
  print: (line: string) => void,
  edges: DoctorEdges = {},
): Promise<number> {
  const { patience = PATIENCE, clock = createClock() } = edges;
  const conceal = createConcealment(values);
  const all: Finding[] = [];
  const { settings, findings } = checkSettings(values, `env/.env.${environment}`);
  await show("settings", async () => findings);
  await show("credentials", async () => {
    if (!settings) return NEEDS_SETTINGS;
    // Loaded when it is needed: the SDKs take seconds, and the settings are shown meanwhile.
    const { checkCredentials } = await import("./teams/credentials-check.ts");
    const found = await checkCredentials(settings.identity, patience, edges.credentials);
    return [...found, ...checkExpiry(settings.identity, clock)];
  });
  await show("tables", async () =>
    settings ? checkTables(settings, patience, edges.wayToAzure) : NEEDS_SETTINGS,
  );
  await show("people", async () => (settings ? checkPeople(settings) : NEEDS_SETTINGS));
  await show("manifest", () => checkManifest(environment, settings));
  await show("clock", () => checkClock(settings, clock, patience));
  print(summary(all));
  return all.some(({ state }) => state === "wrong") ? 1 : 0;

  async function show(name: string, check: () => Promise<Finding[]>): Promise<void> {
    for (const finding of await attempt(check)) {
      all.push(finding);
      for (const line of linesOf(name, finding)) print(conceal(line));
    }
  }
}

/** A check that breaks must not keep the others from being made. */
async function attempt(check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [
      wrong(
        `the check itself broke (${kindOf(readTrouble(error))}).`,
        "Report this as a fault of the doctor.",
      ),
    ];
  }
}

function linesOf(name: string, { state, what, mend }: Finding): string[] {
  const first = `${state.padEnd(WIDEST_STATE)}  ${name}: ${what}`;
  return mend ? [first, `${" ".repeat(WIDEST_STATE)}  To mend it: ${mend}`] : [first];
}

function summary(findings: readonly Finding[]): string {
  const count = (state: Finding["state"]) =>
    findings.filter((finding) => finding.state === state).length;
  return `\nFound wrong: ${count("wrong")}. Could not be checked: ${count("could not check")}.`;
}

async function run(): Promise<number> {
  const environment = askedEnvironment();
  if (!environment) return refuse(USAGE);
  const file = `env/.env.${environment}`;
  const path = join(ROOT, file);
  if (!existsSync(path)) return refuse(`${file} is not there.\n${USAGE}`);
  const values = readProcessValues(path);
  return examine({ environment, values }, (line) => void process.stdout.write(`${line}\n`));
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}

function askedEnvironment(): string | undefined {
  try {
    const { values } = parseArgs({ options: { env: { type: "string", default: "production" } } });
    return /^[\w-]+$/.test(values.env) ? values.env : undefined;
  } catch (error) {
    // How parseArgs says that it does not know an option.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

if (process.argv[1] === import.meta.filename)
  void run().then((code) => {
    // Once all is written, at once: what a late answer still holds open is nobody's to wait for.
    process.stdout.write("", () => process.exit(code));
  });
