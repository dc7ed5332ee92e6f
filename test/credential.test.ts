import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClock } from "../src/calendar.ts";
import { readSettings, SettingsError, type Identity } from "../src/config.ts";
import { checkExpiry } from "../src/doctor/expiry-check.ts";
import { credentialsOf, MICROSOFT } from "../src/teams/authentication.ts";
import { selfSigned } from "./support/certificate.ts";

const SINGLE_TENANT = {
  MODE: "production",
  BOT_APP_TYPE: "SingleTenant",
  BOT_APP_ID: "3e5b1f86-92c4-4d7a-8f13-6a0c94d7e215",
  TENANT_ID: "0c0ffee0-0000-4000-8000-000000000001",
  TABLES_ENDPOINT: "https://champions.table.core.windows.net",
};
const SECRET = { ...SINGLE_TENANT, BOT_APP_PASSWORD: "PLANTED" };
const { certificate, key } = selfSigned("2027-03-31");

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "credential-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a certificate", () => {
  it("is read with its key from one file, and says itself when it expires", () => {
    const { identity } = readSettings(withCertificate(`${certificate}${key}`));

    expect(identity).toMatchObject({
      credential: { kind: "certificate", expires: "2027-03-31" },
      certificate: { thumbprint: expect.stringMatching(/^[\dA-F]{40}$/) },
      password: undefined,
    });
  });

  it("is what the bot proves itself with to Microsoft", async () => {
    const { identity } = readSettings(withCertificate(`${key}${certificate}`));
    const factory = credentialsOf(identity, MICROSOFT);

    const credentials = await factory.createCredentials(
      ...([SINGLE_TENANT.BOT_APP_ID, "https://api.botframework.com", "", true] as const),
    );

    expect(credentials.constructor.name).toBe("CertificateAppCredentials");
  });

  it.each([
    ["no file", undefined],
    ["no key", certificate],
    ["no certificate", key],
    ["another one's key", `${certificate}${selfSigned("2027-03-31").key}`],
    ["something else", "PLANTED"],
  ])("is refused with %s, and nothing of it is repeated", (_what, text) => {
    expect(faultsOf(withCertificate(text))).toEqual([
      "BOT_APP_CERTIFICATE must be the path of a PEM file with a certificate and its private key, like /secrets/bot.pem, or left out.",
    ]);
  });

  it("is refused beside a secret, and beside a managed identity", () => {
    const given = withCertificate(`${certificate}${key}`);

    expect(faultsOf({ ...given, BOT_APP_PASSWORD: "PLANTED" })).toEqual([
      "BOT_APP_PASSWORD must be left out with BOT_APP_CERTIFICATE: one of them is enough.",
    ]);
    expect(faultsOf({ ...given, BOT_APP_TYPE: "UserAssignedMsi" })).toEqual([
      "BOT_APP_CERTIFICATE must be left out with UserAssignedMsi: a managed identity has no secret.",
    ]);
  });
});

describe("a client secret", () => {
  it("has the day on which it expires from the settings", () => {
    const { identity } = readSettings({ ...SECRET, BOT_APP_PASSWORD_EXPIRES: "2027-03-31" });

    expect(identity).toMatchObject({
      credential: { kind: "client secret", expires: "2027-03-31" },
    });
  });

  it("is refused without that day, of which administrators would never be told", () => {
    expect(faultsOf(SECRET)).toEqual([
      "BOT_APP_PASSWORD_EXPIRES is missing. Enter the day on which the client secret expires, like 2027-03-31: the app registration gives it under Certificates & secrets, and administrators are told before.",
    ]);
  });

  it.each(["31 March 2027", "2027-02-30", "soon"])("is refused with %s as that day", (day) => {
    expect(faultsOf({ ...SECRET, BOT_APP_PASSWORD_EXPIRES: day })).toEqual([
      "BOT_APP_PASSWORD_EXPIRES must be the day on which the client secret expires, like 2027-03-31.",
    ]);
  });
});

describe("npm run doctor", () => {
  it.each([
    ["2027-01-29", "ok", "the client secret expires on 31 March 2027."],
    ["2027-01-30", "wrong", "the client secret expires on 31 March 2027. From then on"],
    ["2027-03-31", "wrong", "the client secret expires on 31 March 2027. From then on"],
    ["2027-04-01", "wrong", "the client secret expired on 31 March 2027."],
  ])("says on %s of a secret until 31 March 2027: %s", (day, state, what) => {
    const { identity } = readSettings({ ...SECRET, BOT_APP_PASSWORD_EXPIRES: "2027-03-31" });

    expect(checkExpiry(identity, createClock(`${day}T09:00`))).toEqual([
      expect.objectContaining({ state, what: expect.stringContaining(what) }),
    ]);
  });

  it("has nothing to say on one's own machine, and all is well with a managed identity", () => {
    const managed = readSettings({ ...SINGLE_TENANT, BOT_APP_TYPE: "UserAssignedMsi" }).identity;
    const off: Identity = { kind: "off" };
    const clock = createClock("2027-01-01T09:00");

    expect(checkExpiry(off, clock)).toEqual([]);
    expect(checkExpiry(managed, clock)).toEqual([expect.objectContaining({ state: "ok" })]);
  });
});

function withCertificate(text: string | undefined): Record<string, string> {
  const file = join(folder, "bot.pem");
  rmSync(file, { force: true });
  if (text !== undefined) writeFileSync(file, text);
  return { ...SINGLE_TENANT, BOT_APP_CERTIFICATE: file };
}

function faultsOf(given: Record<string, string>): readonly string[] {
  try {
    readSettings(given);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}
