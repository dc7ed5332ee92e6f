import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod/v4";

const LOOPBACK = new Set(["127.0.0.1", "::1", "[::1]", "localhost"]);
/** Where Teams says that it can be answered, in the public cloud. */
const TEAMS_SERVICE = "https://smba.trafficmanager.net";
const Text = z.string().trim().min(1);
const Guid = z.guid("Give the id as a GUID, like 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed.");

/** A list with commas between. A wrong one is named, so that it can be found. */
function list(item: z.ZodType<string>, what: string) {
  return z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .refine((parts) => parts.every((part) => item.safeParse(part).success), what);
}

/** What runs on one's own machine: no sign-in, so nothing but this machine may reach it. */
const Local = z.object({
  MODE: z.literal("local"),
  HOST: z
    .string()
    .refine((host) => LOOPBACK.has(host), "In local mode HOST must be 127.0.0.1: nobody signs in."),
  CLOCK: z.iso.datetime({ local: true, precision: -1 }).optional(),
  TABLES_CONNECTION_STRING: Text,
});

/** What runs for a council. Anything missing here is a fault, never "off". */
const Production = z.object({
  MODE: z.literal("production"),
  HOST: Text.default("0.0.0.0"),
  BOT_APP_TYPE: z.enum(["SingleTenant", "UserAssignedMsi"], {
    error: "BOT_APP_TYPE must be SingleTenant or UserAssignedMsi.",
  }),
  BOT_APP_ID: Guid,
  BOT_APP_PASSWORD: Text.optional(),
  TENANT_ID: Guid,
  TENANTS: list(Guid, "TENANTS must be tenant ids, as GUIDs with commas between.").optional(),
  FIRST_ADMINISTRATORS: list(
    Guid,
    "FIRST_ADMINISTRATORS must be Entra object ids, as GUIDs with commas between.",
  ).optional(),
  SERVICE_ORIGINS: list(
    z.string().regex(/^https:\/\/[\w.-]+$/),
    "SERVICE_ORIGINS must be https addresses without a path, with commas between.",
  ).optional(),
  TABLES_ENDPOINT: z.url({
    protocol: /^https$/,
    error: "TABLES_ENDPOINT must be an https address.",
  }),
  CLOCK: z.undefined({ error: "CLOCK pins the day of the sample council. Remove it." }).optional(),
});

const Both = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3978),
  TURNS_OF_PERSON: z.coerce.number().int().positive().default(20),
  TURNS_OF_TENANT: z.coerce.number().int().positive().default(2000),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

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
    };

/** Everything that differs from one deployment to another. Read once, at start. */
export interface Settings {
  readonly mode: "local" | "production";
  readonly host: string;
  readonly port: number;
  /** `2019-09-25T09:00` in London, when the day is pinned. */
  readonly clock: string | undefined;
  readonly logLevel: string;
  /** How many turns a person, and a tenant, may ask of one replica in ten seconds. */
  readonly limits: { readonly turnsOfPerson: number; readonly turnsOfTenant: number };
  /** Entra object ids of administrators of every committee: whoever gives the first roles. */
  readonly firstAdministrators: readonly string[];
  readonly identity: Identity;
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
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const mode = z.discriminatedUnion("MODE", [Local, Production], {
    error: "MODE must be local or production.",
  });
  const read = mode.and(Both).safeParse(given);
  const faults = read.success ? missingPassword(read.data) : read.error.issues.map(describe);
  if (!read.success || faults.length > 0) throw new SettingsError(faults);
  return Object.freeze(settingsFrom(read.data));
}

/** Whether an address is on this machine. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.has(URL.parse(address)?.hostname ?? "");
}

/** The settings of this process, from its environment. */
export function readProcessSettings(): Settings {
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

type Read = z.infer<typeof Both> & (z.infer<typeof Local> | z.infer<typeof Production>);

function missingPassword(read: Read): string[] {
  const missing =
    read.MODE === "production" && read.BOT_APP_TYPE === "SingleTenant" && !read.BOT_APP_PASSWORD;
  return missing
    ? [
        "BOT_APP_PASSWORD is missing. A single-tenant bot needs its client secret, or use UserAssignedMsi.",
      ]
    : [];
}

function describe({ path, message }: { path: PropertyKey[]; message: string }): string {
  const name = path.join(".") || "MODE";
  return message.includes(name) ? message : `${name}: ${message}`;
}

function limitsOf(read: Read): Settings["limits"] {
  return { turnsOfPerson: read.TURNS_OF_PERSON, turnsOfTenant: read.TURNS_OF_TENANT };
}

function settingsFrom(read: Read): Settings {
  const both = {
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    limits: limitsOf(read),
  };
  if (read.MODE === "local")
    return {
      ...both,
      mode: "local",
      clock: read.CLOCK,
      firstAdministrators: [],
      identity: { kind: "off" },
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
    },
    tables: { endpoint: read.TABLES_ENDPOINT },
  };
}
