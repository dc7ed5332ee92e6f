import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { RestError } from "@azure/data-tables";
import { readSettings } from "../src/config.ts";
import { createLog } from "../src/log.ts";

const LOCAL = {
  MODE: "local",
  HOST: "127.0.0.1",
  TABLES_CONNECTION_STRING: "UseDevelopmentStorage=true",
};
const PRODUCTION = {
  MODE: "production",
  BOT_APP_TYPE: "UserAssignedMsi",
  BOT_APP_ID: "3e5b1f86-92c4-4d7a-8f13-6a0c94d7e215",
  TENANT_ID: "0c0ffee0-0000-4000-8000-000000000001",
  TABLES_ENDPOINT: "https://champions.table.core.windows.net",
};

it("names every fault at once, each with its mend", () => {
  const wrong = {
    MODE: "production",
    BOT_APP_TYPE: "SystemAssignedMsi",
    TABLES_ENDPOINT: "http://x",
    CLOCK: "2019-09-25T09:00",
  };

  expect(() => readSettings(wrong)).toThrow(
    /BOT_APP_TYPE must be SingleTenant or UserAssignedMsi[^]*BOT_APP_ID[^]*TENANT_ID[^]*TABLES_ENDPOINT must be an https address[^]*CLOCK pins/,
  );
});

it.each([
  ["no mode at all", {}, "MODE must be local or production"],
  ["local mode open to the network", { ...LOCAL, HOST: "0.0.0.0" }, "HOST must be 127.0.0.1"],
  ["a bot without an app id", { ...PRODUCTION, BOT_APP_ID: "" }, "BOT_APP_ID"],
  [
    "a single-tenant bot without its secret",
    { ...PRODUCTION, BOT_APP_TYPE: "SingleTenant" },
    "BOT_APP_PASSWORD is missing",
  ],
  ["a port that is none", { ...LOCAL, PORT: "web" }, "PORT"],
])("refuses %s", (_what, environment, words) => {
  expect(() => readSettings(environment)).toThrow(words);
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
  expect(Object.keys(production).filter((name) => /PASSWORD|SECRET|KEY/.test(name))).toEqual([]);
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
  return parseEnv(readFileSync(join(__dirname, "..", "env", `${name}.env`), "utf8"));
}
