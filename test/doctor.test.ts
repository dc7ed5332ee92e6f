import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { createClock } from "../src/calendar.ts";
import { checkManifest } from "../src/doctor/manifest-check.ts";
import { createConcealment } from "../src/doctor/concealment.ts";
import { PRODUCT_TABLES } from "../src/doctor/tables-check.ts";
import { examine, type DoctorEdges } from "../src/doctor.ts";
import { readValues } from "../manifest/package.ts";
import { startTables } from "./support/council.ts";
import {
  leadTo,
  msalCredentials,
  odataError,
  standIn,
  standInForTables,
  type Answer,
  type StandIn,
} from "./support/microsoft.ts";

const ROOT = join(__dirname, "..");
const LOCAL = {
  MODE: "local",
  HOST: "127.0.0.1",
  TABLES_CONNECTION_STRING: "UseDevelopmentStorage=true",
};
const TENANT = "0c0ffee0-0000-4000-8000-000000000001";
const KEYS = { keys: [{ kid: "1", endorsements: ["msteams"] }] };
const stops: (() => Promise<void>)[] = [];
let emulator: Awaited<ReturnType<typeof startTables>>;
let connectionString: string;
/** What the identity of this machine answers: Azure's App Service has an address for it. */
let identityAnswer: Answer;
let identity: StandIn;

beforeAll(async () => {
  emulator = await startTables();
  const { tables } = emulator.settings;
  connectionString = "connectionString" in tables ? tables.connectionString : "";
  identity = await standIn(() => identityAnswer);
  process.env["IDENTITY_ENDPOINT"] = `${identity.url}/msi/token`;
  process.env["IDENTITY_HEADER"] = "PLANTED-header";
});

beforeEach(() => {
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const token = "eyJhbGciOi.PLANTED.token";
  identityAnswer = {
    status: 200,
    body: { access_token: token, expires_on: String(expires), resource: "r", token_type: "Bearer" },
  };
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

afterAll(async () => {
  delete process.env["IDENTITY_ENDPOINT"];
  delete process.env["IDENTITY_HEADER"];
  await identity.stop();
  await emulator.stop();
});

describe("npm run doctor", () => {
  it("finds nothing wrong with a local bot whose emulator runs", async () => {
    const { lines, errors, code } = await runDoctor(["--env", "local"], {
      TABLES_CONNECTION_STRING: connectionString,
    });

    expect(lines.filter((line) => line && !line.startsWith("ok "))).toEqual([
      "Found wrong: 0. Could not be checked: 0.",
    ]);
    for (const name of ["settings", "credentials", "tables", "manifest", "clock"])
      expect(lines.join("\n")).toMatch(new RegExp(`^ok +${name}: `, "m"));
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
  });

  it("examines production unless told otherwise, and goes on after the first fault", async () => {
    const { lines, code } = await runDoctor([], { CLOCK: "2019-09-25T09:00" });

    expect(lines.join("\n")).toMatch(
      /^wrong +settings: BOT_APP_ID is missing\. Enter the app id[^]*^wrong +settings: CLOCK must be left out[^]*^could not check +credentials: the settings are wrong[^]*^could not check +tables: [^]*^wrong +manifest: BOT_APP_ID has no value\. Write BOT_APP_ID=… in env\/\.env\.production\.[^]*^could not check +clock: the time[^]*^ok +clock: the bank holidays/m,
    );
    expect(code).toBe(1);
  });

  it.each([[["--env", "nowhere"]], [["--env", "../x"]], [["--fast"]]])(
    "says how it is used when it is asked for %j",
    async (args) => {
      const { errors, code } = await runDoctor(args, {});

      expect(errors).toContain("Usage: npm run doctor -- --env NAME");
      expect(code).toBe(1);
    },
  );
});

describe("the credentials", () => {
  it("are right when the bot gets its token and the keys are there", async () => {
    const { said } = await production({});

    expect(said).toMatch(/^ok +credentials: the bot gets its own token, as app /m);
    expect(said).toMatch(/^ok +credentials: the keys of the Bot Connector can be read at 127/m);
    expect(said).not.toContain("PLANTED");
  });

  it.each([
    [7_000_215, /does not accept the client secret.*\n.*Make a new secret.*its value, not.*its id/],
    [7_000_222, /the client secret has expired.*\n.*Make a new secret/],
    [90_002, /knows no tenant 0c0ffee0-.*\n.*Set TENANT_ID to/],
    [700_016, /knows no app \S+ in the tenant.*\n.*Set BOT_APP_ID to the Application/],
    [7_000_112, /is disabled.*\n.*Ask an administrator/],
    [53_003, /gives the bot no token.*\n.*error\?code=53003/],
  ])("say how to mend AADSTS%i", async (number, words) => {
    const entra = await started(
      standIn(() => ({
        status: 401,
        body: {
          error: "invalid_client",
          error_description: `AADSTS${number}: PLANTED-secret is refused. Trace ID: PLANTED`,
          error_codes: [number],
        },
      })),
    );

    const { said, code } = await singleTenant(entra.url);

    expect(said).toMatch(/^wrong +credentials: /m);
    expect(said).toMatch(words);
    expect(said).not.toContain("PLANTED");
    expect(code).toBe(1);
  });

  it("say that the login address could not be reached", async () => {
    const entra = await standIn(() => ({ status: 200 }));
    await entra.stop();

    const { said } = await singleTenant(entra.url);

    expect(said).toMatch(/^wrong +credentials: nothing listens at 127.*\n.*firewall/m);
  });

  it("say that the login address does not answer", async () => {
    const entra = await started(standIn(() => undefined));

    const { said } = await singleTenant(entra.url);

    expect(said).toMatch(/^wrong +credentials: \S+ did not answer in time\.\n.*firewall/m);
  });

  it("say that this machine has no such managed identity", async () => {
    identityAnswer = { status: 400, body: { statusCode: 400, message: "PLANTED" } };

    const { said, code } = await production({});

    expect(said).toMatch(
      /^wrong +credentials: this machine gets no token for the managed identity.*\n.*Assign the user-assigned identity/m,
    );
    expect(said).toMatch(
      /^wrong +tables: this machine gets no token for the storage.*\n.*AZURE_CLIENT_ID/m,
    );
    expect(said).not.toContain("PLANTED");
    expect(code).toBe(1);
  });

  it("refuse a secret beside a managed identity", async () => {
    const { said } = await production({ values: { BOT_APP_PASSWORD: "PLANTED-secret" } });

    expect(said).toMatch(/^wrong +settings: BOT_APP_PASSWORD must be left out/m);
    expect(said).not.toContain("PLANTED");
  });

  it.each<[string, Answer | undefined, RegExp]>([
    ["a page of a proxy", { status: 200, body: "PLANTED" }, /does not answer with the keys/],
    ["a refusal", { status: 503 }, /does not answer with the keys/],
    ["keys for others", { status: 200, body: { keys: [] } }, /publishes no key that vouches/],
    ["silence", undefined, /did not answer in time/],
  ])("say that there is %s in place of the keys", async (_what, answer, words) => {
    const issuer = await started(
      standIn(({ url, headers }) =>
        url === "/keys" || answer?.status !== 200 || answer.body === "PLANTED"
          ? answer
          : { status: 200, body: { jwks_uri: `http://${headers.host}/keys` } },
      ),
    );

    const { said, code } = await production({ issuer });

    expect(said).toMatch(new RegExp(`^wrong +credentials: .*${words.source}.*\n.*To mend it`, "m"));
    expect(said).not.toContain("PLANTED");
    expect(code).toBe(1);
  });

  it("could not be checked while the network is away", async () => {
    const { said } = await production({ issuer: { url: "http://no-such-host.invalid" } });

    expect(said).toMatch(/^could not check +credentials: the network is away: no-such-host/m);
  });
});

describe("the tables", () => {
  it("are right when a row comes back, and are named", async () => {
    const tables = await started(standInForTables(["updates", "people"]));

    const { said, code } = await production({ tables });

    expect(said).toMatch(/^ok +tables: a row was written, read back and removed/m);
    expect(said).toMatch(
      /^ok +tables: 2 of the product's \d+ tables are there.*: absences, acknowledgements, actions,/m,
    );
    expect(said).not.toContain("PLANTED");
    // The manifest of env/.env.production still has its gaps.
    expect(code).toBe(1);
  });

  it("are not asked with a signature that was pasted with their address, nor is it shown", async () => {
    const TABLES_ENDPOINT = "https://champions.invalid/?sig=PLANTED";

    const { said } = await production({ values: { TABLES_ENDPOINT } });

    expect(said).toMatch(/^wrong +settings: TABLES_ENDPOINT must be an https address/m);
    expect(said).not.toContain("PLANTED");
  });

  it("are all there once a council has them", async () => {
    const tables = await started(standInForTables(PRODUCT_TABLES));

    const { said } = await production({ tables });

    expect(said).toMatch(
      /^ok +tables: the product's tables are there: absences, acknowledgements/m,
    );
  });

  it.each([
    [
      403,
      "AuthorizationPermissionMismatch",
      "Give the bot's identity the role Storage Table Data Contributor on the storage account",
    ],
    [403, "AuthorizationFailure", "Networking page"],
    [401, "InvalidAuthenticationInfo", "Use an identity of the tenant"],
    [403, "AuthenticationFailed", "Use an identity of the tenant"],
    [404, "ResourceNotFound", "Set TABLES_ENDPOINT to the storage account's Table service"],
    [500, "InternalError", "Look at the storage account's health"],
  ])("say how to mend %i %s", async (status, code, mend) => {
    const tables = await started(standIn(() => ({ status, body: odataError(code) })));

    const { said, code: exit } = await production({ tables });

    expect(said).toMatch(new RegExp(`^wrong +tables: .*\n.*To mend it: .*${mend}`, "m"));
    expect(said).toMatch(/^could not check +tables: which tables are there/m);
    expect(said).not.toContain("PLANTED");
    expect(exit).toBe(1);
  });

  it("say that they do not answer", async () => {
    const tables = await started(standIn(() => undefined));

    const { said } = await production({ tables });

    expect(said).toMatch(/^wrong +tables: \S+ did not answer in time/m);
  });

  it("say that there is no such host", async () => {
    const tables = await started(standInForTables([]));
    const { said } = await production({
      tables: { ...tables, url: "http://no-such-host.invalid" },
    });

    expect(said).toMatch(
      /^wrong +tables: there is no host called .*\n.*Correct the name in TABLES_ENDPOINT/m,
    );
    expect(said).toMatch(/^could not check +clock: the time/m);
  });

  it("say that the emulator is not running", async () => {
    const gone = await standIn(() => undefined);
    await gone.stop();

    const { said } = await local({
      TABLES_CONNECTION_STRING: connectionString.replace(/http:\/\/127.0.0.1:\d+/, () => gone.url),
    });

    expect(said).toMatch(/^wrong +tables: nothing listens at.*\n.*npm start/m);
  });

  it("say that the key is wrong, and show neither key", async () => {
    const { said, code } = await local({
      TABLES_CONNECTION_STRING: connectionString.replace(
        /AccountKey=[^;]+/,
        "AccountKey=UExBTlRFRFBMQU5URUQ=",
      ),
    });

    expect(said).toMatch(/^wrong +tables: \S+ does not accept the key.*\n.*Copy the connection/m);
    expect(said).not.toContain("UExBTlRFRFBMQU5URUQ");
    expect(code).toBe(1);
  });

  it("say that a connection string is none, and do not show it", async () => {
    const { said } = await local({ TABLES_CONNECTION_STRING: "PLANTED, AccountKey=PLANTED" });

    expect(said).toMatch(
      /^wrong +settings: TABLES_CONNECTION_STRING must be the connection string of a table emulator/m,
    );
    expect(said).not.toContain("PLANTED");
  });

  it("are the ones that the stores open", () => {
    const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(ROOT, "src", file), "utf8"));

    const opened = sources.flatMap((source) => [...source.matchAll(/\btables\("([^"]+)"\)/g)]);

    const names = new Set(opened.map(([, name = ""]) => name));
    expect([...names].toSorted()).toEqual(PRODUCT_TABLES);
  });
});

describe("the manifest", () => {
  const others = { ...productionValues(), BOT_APP_ID: randomUUID() };

  it("is right when it is for this bot", async () => {
    const { BOT_APP_ID: id } = readValues("local");

    const { said } = await production({ environment: "local", values: { BOT_APP_ID: id } });

    expect(said).toMatch(/^ok +manifest: it is valid with the values of env\/\.env\.local/m);
    expect(said).toMatch(/^ok +manifest: it is for this bot/m);
  });

  it("is refused when it is for another bot", async () => {
    const { said, code } = await production({ environment: "local", values: others });

    expect(said).toMatch(
      /^wrong +manifest: it is for another bot: its bot id is 3e5b1f86-.*\n.*Set BOT_APP_ID to the same id in env\/\.env\.local/m,
    );
    expect(code).toBe(1);
  });

  it("could not be checked where only what runs is installed", async () => {
    const missing = Object.assign(new Error("Cannot find package"), {
      code: "ERR_MODULE_NOT_FOUND",
    });

    const findings = await checkManifest("local", emulator.settings, () => Promise.reject(missing));

    expect(findings).toEqual([
      {
        state: "could not check",
        what: expect.stringContaining("not installed here"),
        mend: expect.stringContaining("npm ci"),
      },
    ]);
  });
});

describe("the clock", () => {
  // What a service of October 2026 says, at midday by Greenwich.
  const date = "Fri, 02 Oct 2026 12:00:00 GMT";

  it.each([
    ["2026-10-02T13:04", /^ok +clock: this machine and the table service have the same time/m],
    ["2026-10-02T13:10", /^wrong +clock: .*is 10 minutes ahead of.*\n.*time synchronisation/m],
    ["2026-10-02T10:00", /^wrong +clock: .*is 3 hours behind.*\n.*time synchronisation/m],
  ])("is compared with the table service's at %s", async (pinned, words) => {
    const service = await started(standIn(() => ({ status: 403, headers: { date } })));

    const { said } = await local(
      { TABLES_CONNECTION_STRING: emulatorAt(service.url) },
      { clock: createClock(pinned) },
    );

    expect(said).toMatch(words);
  });

  it("needs the bank holidays of the year ahead", async () => {
    const { said, code } = await local({}, { clock: createClock("2028-02-01T09:00") });

    expect(said).toMatch(
      /^wrong +clock: the bank holidays are known only until 31 December 2028.*\n.*bank-holidays.json/m,
    );
    expect(code).toBe(1);
  });

  it("says when the clocks change and that the day is pinned", async () => {
    const { said } = await local(
      { CLOCK: "2019-09-25T09:00" },
      { clock: createClock("2026-11-22T09:00") },
    );

    expect(said).toMatch(/^ok +clock: the clocks in London change next on 28 March 2027\.$/m);
    expect(said).toMatch(/^ok +clock: the bot's day is pinned to 9am on 25 September 2019/m);
  });
});

it("takes secrets out of whatever is printed", () => {
  const conceal = createConcealment({
    BOT_APP_PASSWORD: "pa~ss/word",
    TABLES_CONNECTION_STRING: "AccountName=x;AccountKey=bXktc2VjcmV0==;EndpointSuffix=y",
    TABLES_ENDPOINT: "https://x.table.core.windows.net/?sv=1&sig=c2lnbmF0dXJl",
    LOG_LEVEL: "silent",
  });

  const shown = conceal(
    "silent pa~ss/word pa~ss%2Fword bXktc2VjcmV0== c2lnbmF0dXJl eyJhbGci.eyJhdWQi.c2ln",
  );

  expect(shown).toBe("silent (hidden) (hidden) (hidden) (hidden) (hidden)");
});

/** An examination with stand-ins for all of Microsoft's: whatever is not named works. */
async function production({
  values = {},
  environment = "production",
  ...services
}: {
  values?: Record<string, string | undefined>;
  environment?: string;
  tables?: StandIn;
  issuer?: { url: string };
  edges?: DoctorEdges["credentials"];
}) {
  const tables = services.tables ?? (await started(standInForTables(PRODUCT_TABLES)));
  const issuer = services.issuer ?? (await started(standInForIssuer()));
  return examination(
    { environment, values: { ...productionValues(), ...values } },
    {
      wayToAzure: leadTo(tables.url),
      credentials: {
        trust: { issuer: { name: "issuer", metadata: `${issuer.url}/openid` } },
        ...services.edges,
      },
    },
  );
}

/** A single-tenant bot whose tokens come from a stand-in. */
async function singleTenant(entra: string) {
  const values = {
    ...productionValues(),
    BOT_APP_TYPE: "SingleTenant",
    BOT_APP_PASSWORD: "PLANTED-secret",
    BOT_APP_PASSWORD_EXPIRES: "2999-03-31",
  };
  const issuer = await started(standInForIssuer());
  const tables = await started(standInForTables(PRODUCT_TABLES));
  const trust = {
    issuer: { name: "issuer", metadata: `${issuer.url}/openid` },
    credentials: msalCredentials(values.BOT_APP_ID, TENANT, entra),
  };
  return examination(
    { environment: "production", values },
    { wayToAzure: leadTo(tables.url), credentials: { trust, login: entra } },
  );
}

function local(values: Record<string, string>, edges: DoctorEdges = {}) {
  return examination({ environment: "local", values: { ...LOCAL, ...values } }, edges);
}

async function examination(patient: Parameters<typeof examine>[0], edges: DoctorEdges) {
  const lines: string[] = [];
  const code = await examine(patient, (line) => void lines.push(line), {
    patience: 1000,
    ...edges,
  });
  return { said: lines.join("\n"), code };
}

/** An app id of its own for each: the SDK keeps tokens by app id. */
function productionValues() {
  return {
    MODE: "production",
    BOT_APP_TYPE: "UserAssignedMsi",
    BOT_APP_ID: randomUUID(),
    TENANT_ID: TENANT,
    TABLES_ENDPOINT: "https://champions.invalid",
  };
}

function standInForIssuer() {
  return standIn(({ url, headers }) => ({
    status: 200,
    body: url === "/keys" ? KEYS : { jwks_uri: `http://${headers.host}/keys` },
  }));
}

function emulatorAt(url: string): string {
  return connectionString.replace(/http:\/\/127.0.0.1:\d+/, () => url);
}

async function started(starting: Promise<StandIn>): Promise<StandIn> {
  const service = await starting;
  stops.push(service.stop);
  return service;
}

/** The program as a person runs it. */
async function runDoctor(args: string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [join(ROOT, "src", "doctor.ts"), ...args], {
    env: { PATH: process.env["PATH"], ...environment },
  });
  const code = new Promise((resolve) => child.once("close", resolve));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { lines: output.split("\n"), errors, code: await code };
}
