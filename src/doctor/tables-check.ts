import { randomUUID } from "node:crypto";
import type { Settings } from "../config.ts";
import { isOk, ok, unchecked, wrong, type Finding } from "../finding.ts";
import type { WayToAzure } from "../table-client.ts";
import { addressOf, listTableNames, openTables, signIn } from "../tables.ts";
import { within } from "../deadline.ts";
import { kindOf, networkTrouble, readTrouble, type Reading } from "../trouble.ts";

/** The tables that features open by name. `test/doctor.test.ts` holds the list to their stores. */
export const PRODUCT_TABLES = [
  ...["absences", "acknowledgements", "actions", "agenda", "audit", "committees"],
  ...["conversations", "deliveries", "directory", "feedpages", "feeds", "figures", "finance"],
  ...["imports", "indicators", "jobs", "lists", "meetings", "nudges", "offers", "people", "posts"],
  ...[
    "questions",
    "replicas",
    "risks",
    "routes",
    "services",
    "settings",
    "signpostcounts",
    "signposts",
  ],
  ...["signpostsetup", "snapshots", "updates"],
];
/** Kept when the check is over: Azure takes a minute to remove a table, and refuses it till then. */
const OWN_TABLE = "doctor";
const TOKEN_REFUSED = ["AuthenticationFailed", "InvalidAuthenticationInfo"];

/** Whether the tables can be reached, written and read by the identity of the settings. */
export async function checkTables(
  settings: Settings,
  patience: number,
  way?: WayToAzure,
): Promise<Finding[]> {
  const { host } = addressOf(settings);
  const names = "which tables are there, because of the line before.";
  try {
    await within(patience, () => signIn(settings));
  } catch (error) {
    return [noIdentity(readTrouble(error)), unchecked(names)];
  }
  const row = await attempt(() => writeAndRead(settings, host, way));
  if (!isOk(row)) return [row, unchecked(names)];
  return [row, await attempt(() => nameTables(settings, way))];

  async function attempt(work: () => Promise<Finding>): Promise<Finding> {
    try {
      return await within(patience, work);
    } catch (error) {
      return explain(readTrouble(error), host, settings);
    }
  }
}

async function writeAndRead(settings: Settings, host: string, way?: WayToAzure): Promise<Finding> {
  const table = await openTables(settings, way)(OWN_TABLE);
  // A row of its own, for a doctor may run beside another one.
  const row = { partitionKey: OWN_TABLE, rowKey: randomUUID(), text: "£ and é" };
  await table.create(row);
  const read = await table.find(row.partitionKey, row.rowKey);
  await table.remove(row.partitionKey, row.rowKey);
  return read?.["text"] === row.text
    ? ok(`a row was written, read back and removed at ${host}, in the table ${OWN_TABLE}.`)
    : wrong(
        `a row written at ${host} does not come back as it was.`,
        "Look for a proxy that changes or keeps answers between this machine and the tables.",
      );
}

async function nameTables(settings: Settings, way?: WayToAzure): Promise<Finding> {
  const there = await listTableNames(settings, way);
  const missing = PRODUCT_TABLES.filter((name) => !there.includes(name));
  if (missing.length === 0)
    return ok(`the product's tables are there: ${PRODUCT_TABLES.join(", ")}.`);
  return ok(
    `${PRODUCT_TABLES.length - missing.length} of the product's ${PRODUCT_TABLES.length} tables are there. The bot makes the others when it first needs them: ${missing.join(", ")}.`,
  );
}

function explain(reading: Reading, host: string, { tables, mode }: Settings): Finding {
  const setting = "endpoint" in tables ? "TABLES_ENDPOINT" : "TABLES_CONNECTION_STRING";
  const { codes, status } = reading;
  if (codes.includes("ECONNREFUSED") && mode === "local")
    return wrong(
      `nothing listens at ${host}.`,
      `Start the emulator with npm start, or correct ${setting}. Then run the doctor again.`,
    );
  if (status === 401) return wrong(...notAccepted(host));
  if (status === 403) return forbidden(reading, host, setting);
  if (status === 404 || status === 400 || status === 405)
    return wrong(
      `what answers at ${host} is not a table service (${kindOf(reading)}).`,
      `Set ${setting} to the storage account's Table service address, like https://champions.table.core.windows.net`,
    );
  if (status)
    return wrong(
      `the table service at ${host} does not do its work (${kindOf(reading)}).`,
      "Look at the storage account's health in the Azure portal. Then run the doctor again.",
    );
  return (
    networkTrouble(reading, { name: host, setting }) ??
    wrong(`the tables at ${host} cannot be used (${kindOf(reading)}).`, `Check ${setting}.`)
  );
}

function noIdentity(reading: Reading): Finding {
  return wrong(
    `this machine gets no token for the storage account (${kindOf(reading)}).`,
    "Run the doctor where the bot runs, and assign a managed identity there. For a user-assigned one, set AZURE_CLIENT_ID to its client ID.",
  );
}

function notAccepted(host: string): [string, string] {
  return [
    `${host} does not accept the bot's token.`,
    "Use an identity of the tenant that the storage account's subscription is in.",
  ];
}

/** Azure has one status for several doors, and tells them apart by a code. */
function forbidden({ codes }: Reading, host: string, setting: string): Finding {
  const has = (...some: string[]) => some.some((code) => codes.includes(code));
  if (has("AuthorizationFailure", "PublicAccessNotPermitted"))
    return wrong(
      `the firewall of the storage account keeps this machine out of ${host} (403).`,
      "Let the bot's network in, on the storage account's Networking page, or run the doctor where the bot runs.",
    );
  if (has("KeyBasedAuthenticationNotPermitted"))
    return wrong(
      `${host} lets nobody in by key (403).`,
      "Run the bot in production mode, with TABLES_ENDPOINT and a managed identity.",
    );
  if (setting === "TABLES_CONNECTION_STRING")
    return wrong(
      `${host} does not accept the key of the connection string (403).`,
      `Copy the connection string again into ${setting}. If it is right, set this machine's clock.`,
    );
  if (has(...TOKEN_REFUSED)) return wrong(...notAccepted(host));
  return wrong(
    `${host} knows the bot's identity and refuses it (403).`,
    "Give the bot's identity the role Storage Table Data Contributor on the storage account. It takes up to ten minutes to count.",
  );
}
