import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { z } from "zod/v4";
import { isConnectionString, isHost, isPlainHttps, LOOPBACK } from "./address.ts";
import { TELEMETRY, telemetryIn, type TelemetrySettings } from "./telemetry-settings.ts";
import {
  credentialFaults,
  credentialIn,
  readCertificate,
  type Certificate,
  type Credential,
} from "./credential.ts";
import { turns } from "./turn-limit.ts";
import { Planner, plannerFaults, plannerIn, type PlannerSettings } from "./planner.ts";

const ENVIRONMENTS = join(import.meta.dirname, "..", "env");
/** Where Teams says that it can be answered, in the public cloud. */
const TEAMS_SERVICE = "https://smba.trafficmanager.net";
const LARGEST_PORT = 65_535;
const Guid = z.guid().toLowerCase();
const LIKE_A_GUID = "like 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";

// Every setting ends with what to enter: "X must be …" and "X is missing. Enter …" are said of it.
// Values are never repeated, because one of them may be a secret in the wrong place.

const MODES = "local (on your own computer) or production (for a council)";
const Both = {
  PORT: z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((port) => port <= LARGEST_PORT)
    .default(3978)
    .describe(`a whole number from 0 to ${LARGEST_PORT}, like 3978`),
  TURNS_OF_PERSON: turns(12, "one person"),
  TURNS_OF_TENANT: turns(2000, "one tenant"),
  ...TELEMETRY,
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("debug, info, warn, error or silent, like info"),
};

/** What runs on one's own machine: no sign-in, so nothing but this machine may reach it. */
const Local = z.object({
  MODE: z.literal("local").describe(MODES),
  HOST: z
    .string()
    .refine((host) => LOOPBACK.has(host))
    .describe("127.0.0.1 in local mode: nobody signs in there, so only this computer may reach it"),
  CLOCK: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
    .refine((time) => z.iso.datetime({ local: true }).safeParse(time).success)
    .optional()
    .describe("a day and time of London that exist, like 2019-09-25T09:00, or left out"),
  TABLES_CONNECTION_STRING: z
    .string()
    .refine(isConnectionString)
    .describe(
      "the connection string of a table emulator on this computer, like UseDevelopmentStorage=true",
    ),
  ...Both,
});

/** What runs for a council. Anything missing here is a fault, never "off". */
const Production = z.object({
  MODE: z.literal("production").describe(MODES),
  HOST: z
    .string()
    .refine(isHost)
    .default("0.0.0.0")
    .describe("the address to listen on, without a port, like 0.0.0.0"),
  BOT_APP_TYPE: z
    .enum(["SingleTenant", "UserAssignedMsi"])
    .describe("SingleTenant or UserAssignedMsi, as the bot is registered, like UserAssignedMsi"),
  BOT_APP_ID: Guid.describe(`the app id of the bot's registration, a GUID ${LIKE_A_GUID}`),
  BOT_APP_PASSWORD: z.string().optional(),
  BOT_APP_PASSWORD_EXPIRES: z.iso
    .date()
    .optional()
    .describe("the day on which the client secret expires, like 2027-03-31"),
  BOT_APP_CERTIFICATE: z
    .string()
    .transform(readCertificate)
    .refine((certificate) => certificate !== undefined)
    .optional()
    .describe(
      "the path of a PEM file with a certificate and its private key, like /secrets/bot.pem, or left out",
    ),
  TENANT_ID: Guid.describe(`the id of the council's tenant, a GUID ${LIKE_A_GUID}`),
  TENANTS: list(Guid)
    .optional()
    .describe(`tenant ids with commas between, each a GUID ${LIKE_A_GUID}, or left out`),
  FIRST_ADMINISTRATORS: list(Guid)
    .optional()
    .describe(`Entra object ids with commas between, each a GUID ${LIKE_A_GUID}, or left out`),
  SERVICE_ORIGINS: list(z.string().regex(/^https:\/\/[\w.-]+$/))
    .optional()
    .describe(
      `https addresses without a path, with commas between, like ${TEAMS_SERVICE}, or left out`,
    ),
  TABLES_ENDPOINT: z
    .string()
    .refine(isPlainHttps)
    .describe(
      "an https address, the storage account's for tables, like https://champions.table.core.windows.net",
    ),
  PUBLIC_ADDRESS: z
    .string()
    .refine(isPlainHttps)
    .optional()
    .describe(
      "the https address at which people reach this bot, like https://bot.council.gov.uk, or left out",
    ),
  CLOCK: z
    .undefined()
    .optional()
    .describe("left out in production: it pins the day of the sample council"),
  ...Planner,
  ...Both,
});

/** Everything that the program reads from its environment. */
export const SETTING_NAMES: readonly string[] = [
  ...new Set([Local, Production].flatMap(({ shape }) => Object.keys(shape))),
];

/** How a bot proves who it is to Teams. Off only on one's own machine. */
export type Identity =
  | { readonly kind: "off" }
  | {
      readonly kind: "SingleTenant" | "UserAssignedMsi";
      readonly appId: string;
      /** The tenant in which the bot is registered. */
      readonly tenant: string;
      /** The tenants whose people are let in. */
      readonly tenants: readonly string[];
      /** Where the bot's answers, with its token, may go. */
      readonly serviceOrigins: readonly string[];
      readonly password: string | undefined;
      readonly certificate?: Certificate | undefined;
      /** What of these expires; nothing with a managed identity. */
      readonly credential?: Credential | undefined;
    };

/** Everything that differs from one deployment to another. Read once, at start. */
export interface Settings {
  readonly mode: "local" | "production";
  readonly host: string;
  readonly port: number;
  /** `2019-09-25T09:00` in London, when the day is pinned. */
  readonly clock: string | undefined;
  readonly logLevel: string;
  readonly telemetry: TelemetrySettings;
  /** How many turns a person, and a tenant, may ask of one replica in ten seconds. */
  readonly limits: { readonly turnsOfPerson: number; readonly turnsOfTenant: number };
  /** Entra object ids of administrators of every committee: whoever gives the first roles. */
  readonly firstAdministrators: readonly string[];
  readonly identity: Identity;
  /** Where people reach the bot to download a file. Without it there are no links in production. */
  readonly publicAddress: string | undefined;
  /** The model behind the bot's own guesses. Off where there is none. */
  readonly planner?: PlannerSettings | undefined;
  /** Where the tables are: an emulator's connection string, or an account reached by identity. */
  readonly tables: { readonly connectionString: string } | { readonly endpoint: string };
}

/** Says every fault of the settings at once, each with its mend. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(["The settings have faults:", ...faults].join("\n  - "));
    this.faults = faults;
  }
}

/** Reads settings from names and values. Throws a SettingsError that lists every fault. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = withoutGaps(environment);
  const schema = isForLocal(given) ? Local : Production;
  const read = schema.safeParse(given);
  const wrong = new Set((read.error?.issues ?? []).map(({ path }) => String(path[0])));
  const faults = [
    ...[...wrong].map((name) => describe(name, given, schema)),
    ...(schema === Production ? [...credentialFaults(given), ...plannerFaults(given)] : []),
  ];
  if (!read.success || faults.length > 0) throw new SettingsError(faults);
  return Object.freeze(settingsFrom(read.data));
}

/**
 * The settings of this process: its environment over `env/.env.production`, or over the file that
 * the arguments `--env NAME` name. Throws a SettingsError.
 */
export function readProcessSettings(args: readonly string[]): Settings {
  const asked = askedEnvironment(args);
  const file = join(ENVIRONMENTS, `.env.${asked ?? "production"}`);
  if (existsSync(file)) return readSettings(readProcessValues(file));
  if (asked) throw new SettingsError([`env/.env.${asked} is missing. Write it, or name another.`]);
  // Whoever gives everything in the environment needs no file.
  return readSettings(process.env);
}

/** The names and values of this process: its environment over those of an env file. */
export function readProcessValues(file: string): Record<string, string | undefined> {
  return { ...parseEnv(readFileSync(file, "utf8")), ...process.env };
}

/** The environment for a program that this one starts. */
export function childEnvironment(
  extra: Record<string, string>,
): Record<string, string | undefined> {
  return { ...process.env, ...extra };
}

function askedEnvironment(args: readonly string[]): string | undefined {
  const usage = "Usage: npm run serve -- --env NAME, with the NAME of a file env/.env.NAME.";
  let asked: string | undefined;
  try {
    asked = parseArgs({ args: [...args], options: { env: { type: "string" } } }).values.env;
  } catch {
    throw new SettingsError([usage]);
  }
  if (asked !== undefined && !/^[\w-]+$/.test(asked)) throw new SettingsError([usage]);
  return asked;
}

/** An empty setting is a missing one. */
function withoutGaps(environment: Record<string, string | undefined>): Record<string, string> {
  const entries = Object.entries(environment).map(([name, value = ""]) => [name, value.trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value));
}

/** Without a mode that is known, the rest is still checked, for the mode that it looks like. */
function isForLocal({ MODE: mode, ...given }: Record<string, string>): boolean {
  if (mode === "local" || mode === "production") return mode === "local";
  return given.TABLES_CONNECTION_STRING !== undefined && given.BOT_APP_ID === undefined;
}

/** One line: which setting, and what to enter. */
function describe(
  name: string,
  given: Record<string, string>,
  { shape }: typeof Local | typeof Production,
): string {
  const setting = Object.entries(shape).find(([each]) => each === name)?.[1];
  const enter = setting?.description ?? "";
  return name in given ? `${name} must be ${enter}.` : `${name} is missing. Enter ${enter}.`;
}

/** A list with commas between. */
function list(item: z.ZodType<string>) {
  return z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim().toLowerCase()))
    .refine((parts) => parts.every((part) => item.safeParse(part).success));
}

function settingsFrom(read: z.infer<typeof Local> | z.infer<typeof Production>): Settings {
  const both = {
    ...{ host: read.HOST, port: read.PORT, logLevel: read.LOG_LEVEL },
    telemetry: telemetryIn(read),
    limits: { turnsOfPerson: read.TURNS_OF_PERSON, turnsOfTenant: read.TURNS_OF_TENANT },
  };
  if (read.MODE === "local")
    return {
      ...both,
      mode: "local",
      clock: read.CLOCK,
      firstAdministrators: [],
      identity: { kind: "off" },
      publicAddress: undefined,
      tables: { connectionString: read.TABLES_CONNECTION_STRING },
    };
  return {
    ...both,
    mode: "production",
    clock: undefined,
    firstAdministrators: read.FIRST_ADMINISTRATORS ?? [],
    identity: {
      kind: read.BOT_APP_TYPE,
      appId: read.BOT_APP_ID,
      tenant: read.TENANT_ID,
      tenants: read.TENANTS ?? [read.TENANT_ID],
      serviceOrigins: read.SERVICE_ORIGINS ?? [TEAMS_SERVICE],
      password: read.BOT_APP_PASSWORD,
      certificate: read.BOT_APP_CERTIFICATE,
      credential: credentialIn(read),
    },
    publicAddress: read.PUBLIC_ADDRESS,
    planner: plannerIn(read),
    tables: { endpoint: read.TABLES_ENDPOINT },
  };
}
