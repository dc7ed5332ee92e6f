import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseEnv } from "node:util";
import { RestError } from "@azure/data-tables";
import { readSettings, SettingsError } from "../src/config.ts";
import { createLog } from "../src/log.ts";

type Setting = [name: string, wrong: string[], must: string];

const ENVIRONMENTS = join(__dirname, "..", "env");
const TENANT = "0c0ffee0-0000-4000-8000-000000000001";
const CUT_SHORT = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=PLANTED;TableEndpoint=";
const LOCAL = {
  MODE: "local",
  HOST: "127.0.0.1",
  TABLES_CONNECTION_STRING: "UseDevelopmentStorage=true",
};
const PRODUCTION = {
  MODE: "production",
  BOT_APP_TYPE: "UserAssignedMsi",
  BOT_APP_ID: "3e5b1f86-92c4-4d7a-8f13-6a0c94d7e215",
  TENANT_ID: TENANT,
  TABLES_ENDPOINT: "https://champions.table.core.windows.net",
};

/** Every setting, values that are wrong for it, and what is said of them. */
const LOCAL_SETTINGS: Setting[] = [
  ["HOST", ["0.0.0.0", "example.org", "127.0.0.1:80"], "127.0.0.1 in local mode"],
  [
    "TABLES_CONNECTION_STRING",
    ["PLANTED", "AccountKey=PLANTED", CUT_SHORT],
    "the connection string of a table emulator",
  ],
];
const LOCAL_OPTIONS: Setting[] = [
  ["CLOCK", ["today", "2019-02-30T09:00", "2019-09-25T09:00Z", "2019-09-25"], "a day and time"],
];
const PRODUCTION_SETTINGS: Setting[] = [
  ["BOT_APP_TYPE", ["MultiTenant", "usermsi"], "SingleTenant or UserAssignedMsi"],
  ["BOT_APP_ID", ["PLANTED", "3e5b1f86"], "the app id"],
  ["TENANT_ID", ["council.gov.uk", "PLANTED"], "the id of the council's tenant, a GUID"],
  ["TABLES_ENDPOINT", ["http://a.example", "PLANTED", "https://a?sig=PLANTED"], "an https address"],
];
const PRODUCTION_OPTIONS: Setting[] = [
  ["HOST", ["http://a.example", "a b", "300.1.1.1", "0.0.0.0:80"], "the address to listen on"],
  ["TENANTS", ["council.gov.uk", `${TENANT},`, `${TENANT};${TENANT}`], "tenant ids with commas"],
  ["FIRST_ADMINISTRATORS", ["Dana Reid", `${TENANT},x`], "Entra object ids with commas"],
  ["SERVICE_ORIGINS", ["http://a.example", "https://a.example/path"], "https addresses"],
  ["CLOCK", ["2019-09-25T09:00", "x"], "left out in production"],
  ["PLANNER_KEY", ["PLANTED"], "left out where there is no PLANNER_ENDPOINT"],
];
const OPTIONS: Setting[] = [
  ["PORT", ["web", "99999", "-1", "80.5", "0x50", "1e3"], "a whole number from 0 to 65535"],
  ["LOG_LEVEL", ["loud", "INFO"], "debug, info, warn, error or silent"],
];

describe.each([
  ["local", LOCAL, LOCAL_SETTINGS, [...LOCAL_OPTIONS, ...OPTIONS]],
  ["production", PRODUCTION, PRODUCTION_SETTINGS, [...PRODUCTION_OPTIONS, ...OPTIONS]],
])("in %s mode", (mode, right, needed, optional) => {
  it.each(needed)("says what to enter when %s is missing or empty", (name, _values, enter) => {
    const line = new RegExp(`^${name} is missing\\. Enter ${enter}.*\\.$`);

    for (const value of [undefined, "", "  "])
      expect(faultsOf({ ...right, [name]: value })).toEqual([expect.stringMatching(line)]);
  });

  it.each(optional)("does without %s, missing or empty", (name) => {
    for (const value of [undefined, "", "  "])
      expect(faultsOf({ ...right, [name]: value })).toEqual([]);
  });

  it.each([...needed, ...optional])("says what %s must be when it is wrong", (name, values, be) => {
    const line = new RegExp(`^${name} must be ${be}.*\\.$`);

    for (const value of values)
      expect(faultsOf({ ...right, [name]: value })).toEqual([expect.stringMatching(line)]);
  });

  it("says every fault at once, each setting once, and no value", () => {
    const all = [...needed, ...optional];
    const wrong = Object.fromEntries(all.map(([name, [value]]) => [name, value]));
    const missing = needed.map(([name]) => name);

    const ofWrong = faultsOf({ ...right, ...wrong });
    const ofMissing = faultsOf({ MODE: mode, PORT: "web" });

    expect(namesIn(ofWrong)).toEqual(all.map(([name]) => name).toSorted());
    expect(ofWrong.join()).not.toContain("PLANTED");
    expect(ofWrong.join()).not.toMatch(/invalid|expected|received/i);
    expect(namesIn(ofMissing)).toEqual([...missing, "PORT"].toSorted());
  });
});

it("takes ids in capital letters for the same as in small ones", () => {
  const [id, other] = [PRODUCTION.TENANT_ID, "1B9D6BCD-BBFD-4B2D-9B5D-AB8DFBBD4BED"];
  const settings = readSettings({
    ...PRODUCTION,
    ...{ TENANT_ID: id.toUpperCase(), FIRST_ADMINISTRATORS: other },
    SERVICE_ORIGINS: "https://SMBA.trafficmanager.net",
  });

  expect(settings.firstAdministrators).toEqual([other.toLowerCase()]);
  expect(settings.identity).toMatchObject({
    tenants: [id],
    serviceOrigins: ["https://smba.trafficmanager.net"],
  });
});

it.each([
  [
    "a managed identity with a secret",
    { ...PRODUCTION, BOT_APP_PASSWORD: "x" },
    "must be left out",
  ],
  [
    "local mode on a council's own account",
    {
      ...LOCAL,
      TABLES_CONNECTION_STRING:
        "DefaultEndpointsProtocol=https;AccountName=c;AccountKey=eA==;TableEndpoint=https://c.table.core.windows.net/;",
    },
    "a table emulator on this computer",
  ],
])("refuses %s", (_what, environment, words) => {
  expect(() => readSettings(environment)).toThrow(words);
});

it("asks a single-tenant bot for its secret, whatever else is wrong", () => {
  const faults = faultsOf({ ...PRODUCTION, BOT_APP_TYPE: "SingleTenant", PORT: "99999" });

  expect(namesIn(faults)).toEqual(["BOT_APP_PASSWORD", "PORT"]);
  const given = { ...PRODUCTION, BOT_APP_TYPE: "SingleTenant", BOT_APP_PASSWORD: "x" };
  expect(namesIn(faultsOf(given))).toEqual(["BOT_APP_PASSWORD_EXPIRES"]);
  expect(faultsOf({ ...given, BOT_APP_PASSWORD_EXPIRES: "2027-03-31" })).toEqual([]);
});

it.each([
  ["no mode", undefined, "MODE is missing. Enter local (on your own computer) or production"],
  ["an empty mode", "", "MODE is missing"],
  ["a mode that is none", "Production", "MODE must be local (on your own computer) or production"],
])("checks the other settings too with %s", (_what, mode, line) => {
  const local = faultsOf({ ...LOCAL, MODE: mode, HOST: "0.0.0.0", PORT: "web" });
  const production = faultsOf({ MODE: mode, BOT_APP_TYPE: "SingleTenant" });

  expect(local.join()).toContain(line);
  expect(namesIn(local)).toEqual(["HOST", "MODE", "PORT"]);
  expect(namesIn(production)).toEqual(
    ["BOT_APP_ID", "BOT_APP_PASSWORD", "MODE", "TABLES_ENDPOINT", "TENANT_ID"].toSorted(),
  );
});

it.each([
  "UseDevelopmentStorage=true",
  "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=aa==;TableEndpoint=http://127.0.0.1:1/a;",
])("takes the connection string %s", (string) => {
  expect(faultsOf({ ...LOCAL, TABLES_CONNECTION_STRING: string })).toEqual([]);
});

describe("npm run serve", () => {
  const file = join(ENVIRONMENTS, ".env.tested");
  afterEach(() => rmSync(file, { force: true }));

  it("reads env/.env.production, and says what is still to be filled in there", async () => {
    const { code, said } = await serve([]);

    expect(code).toBe(1);
    expect(namesIn(linesOf(said))).toEqual(["BOT_APP_ID", "TABLES_ENDPOINT", "TENANT_ID"]);
  });

  it("reads another file when it is named, the environment winning over it", async () => {
    writeFileSync(file, "MODE=production\nPORT=web\nLOG_LEVEL=loud\n");

    const { said } = await serve(["--env", "tested"], { ...PRODUCTION, PORT: "3978" });

    expect(namesIn(linesOf(said))).toEqual(["LOG_LEVEL"]);
  });

  it.each([
    ["a file that is not there", ["--env", "nowhere"], "env/.env.nowhere is missing"],
    ["a path", ["--env", "../production"], "Usage: npm run serve -- --env NAME"],
    ["another word", ["production"], "Usage: npm run serve -- --env NAME"],
  ])("refuses %s in one line", async (_what, args, line) => {
    const { code, said } = await serve(args);

    expect(code).toBe(1);
    expect(linesOf(said)).toEqual([expect.stringContaining(line)]);
  });

  it("says in one line that another program listens at its port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    // A server on a port has an address of this shape.
    const { port } = other.address() as AddressInfo;

    const { code, said } = await serve([], { ...LOCAL, PORT: String(port) });
    other.close();

    expect(code).toBe(1);
    expect(linesOf(said)).toEqual([expect.stringContaining("another program listens there")]);
  });
});

it("turns sign-in off in local mode only", () => {
  expect(readSettings(LOCAL).identity).toEqual({ kind: "off" });
  expect(readSettings(PRODUCTION).identity).toMatchObject({ kind: "UserAssignedMsi" });
});

it("takes the files in env/, the production one once its gaps are filled", () => {
  const local = fileNamed("local");
  const production = fileNamed("production");

  expect(readSettings(local).clock).toBe("2019-09-25T09:00");
  expect(readSettings({ ...production, ...PRODUCTION }).mode).toBe("production");
  expect(Object.keys(production).filter((name) => /PASSWORD$|SECRET|KEY/.test(name))).toEqual([]);
});

it("logs an error of the tables without the row that was being written", () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line) => void lines.push(line) });
  const error = Object.assign(new RestError("Busy", { statusCode: 503 }), {
    request: { body: "PLANTED", headers: { authorization: "PLANTED" } },
  });

  log.error({ err: new Error("a turn failed", { cause: error }) }, "a turn failed");

  expect(lines[0]).toContain('"status":503');
  expect(lines[0]).not.toContain("PLANTED");
});

function fileNamed(name: string) {
  return parseEnv(readFileSync(join(ENVIRONMENTS, `.env.${name}`), "utf8"));
}

function faultsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}

/** The setting that each line begins with. */
function namesIn(faults: readonly string[]): string[] {
  return faults.map((line) => line.split(" ")[0] ?? "").toSorted();
}

/** Runs what `npm run serve` runs until it refuses to start, in an environment with nothing else in it. */
async function serve(args: string[], environment: Record<string, string> = {}) {
  const program = spawn(process.execPath, [join(__dirname, "..", "src", "main.ts"), ...args], {
    env: environment,
  });
  const [said, [code]] = await Promise.all([text(program.stderr), once(program, "exit")]);
  return { said, code };
}

function linesOf(said: string): string[] {
  return [...said.matchAll(/^ {2}- (.*)$/gm)].map(([, line = ""]) => line);
}
