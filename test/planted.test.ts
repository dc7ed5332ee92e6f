import { readSettings } from "../src/config.ts";
import { loadSampleCouncil } from "../src/local/sample.ts";
import { createLog } from "../src/log.ts";
import { startBot, type RunningBot } from "../src/main.ts";
import { listTableNames, openTables, type Table } from "../src/tables.ts";
import { activitiesTo, channel } from "./support/activities.ts";
import { cardNames } from "../src/card-template.ts";
import { elementsOf, readCard } from "./support/cards.ts";
import { startConnector } from "./support/connector.ts";
import { ADMINISTRATOR, EVERY, FRENCH, MEMBER, OFFICER, startTables } from "./support/council.ts";

const COMMITTEE = "communities-and-partnership";
const PLANTED = "PLANTED-55071";
const NOWHERE =
  "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=bm90aGluZw==;TableEndpoint=http://127.0.0.1:9/devstoreaccount1;";

let service: Awaited<ReturnType<typeof startTables>>;
let connector: Awaited<ReturnType<typeof startConnector>>;
let bots: RunningBot[] = [];
let lines: string[];

beforeAll(async () => {
  service = await startTables();
  connector = await startConnector();
  await loadSampleCouncil(openTables(service.settings));
});
beforeEach(() => (lines = []));
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];
  jest.restoreAllMocks();
});
afterAll(async () => {
  await connector.stop();
  await service.stop();
});

it.each([
  ["while all is well", undefined],
  ["while the tables are away", NOWHERE],
])("writes nothing that was typed into any log line, %s", async (_when, connectionString) => {
  const to = await botOn(connectionString);
  const data = { ...everyInput(), month: "2019-09", district: "fenland", openedFor: "2019-09" };

  for (const somebody of [FRENCH, EVERY, OFFICER, ADMINISTRATOR, MEMBER]) {
    await to.say(somebody, `${PLANTED} log update ${PLANTED}`);
    await to.say(somebody, `give officer ${PLANTED}`);
    await to.say({ ...somebody, name: PLANTED }, "agenda", channel("room"));
    const everywhere = [...verbsOnCards(), PLANTED].flatMap((verb) => [
      to.press(somebody, verb, data),
      to.press(somebody, verb, { ...data, version: 0, operation: "x", month: PLANTED }),
    ]);
    await Promise.all(everywhere);
  }
  await to.post(`{"text":"${PLANTED}`);
  await to.post({ type: PLANTED, text: PLANTED, serviceUrl: `http://${PLANTED}.example` });
  connector.moods.push(403, 502, "take it, then hang up");
  for (let time = 0; time < 3; time += 1) await to.say(MEMBER, `agenda ${PLANTED}`);
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];

  expect(lines.length).toBeGreaterThan(50);
  expect(lines.filter((line) => line.includes(PLANTED))).toEqual([]);
  expect(lines.filter((line) => !line.startsWith("{"))).toEqual([]);
});

it("keeps nothing of what was pressed on a signposting card, in no table", async () => {
  const to = await botOn(undefined);
  const word = "PLANTED-66182";
  const data = { ...everyInput(word), kind: "hate-crime", operation: "op-1", note: word };
  const verbs = verbsOnCards().filter((verb) => verb.startsWith("signposting."));

  for (const verb of verbs) await to.press(MEMBER, verb, data);
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];

  const tables = openTables(service.settings);
  const rows = await Promise.all(
    (await listTableNames(service.settings)).map(async (name) => everyRow(await tables(name))),
  );
  expect(verbs.length).toBeGreaterThan(4);
  expect(rows.flat().length).toBeGreaterThan(50);
  expect(rows.flat().filter((row) => JSON.stringify(row).includes(word))).toEqual([]);
});

it("keeps who searched for what in no table, and a correction only where it is decided", async () => {
  const to = await botOn(undefined);
  const word = "plantedword";
  const data = { ...everyInput(word), id: "soham-library", text: word, district: "", page: "1" };
  const suggestion = { ...data, field: "fees", operation: "planted-1" };
  const verbs = verbsOnCards().filter((verb) => /^directory\.(?!import)/.test(verb));

  await to.say(MEMBER, `find ${word}`);
  for (const verb of verbs) await to.press(MEMBER, verb, data, channel("group"));
  for (const verb of verbs) await to.press(MEMBER, verb, data);
  await to.press(MEMBER, "directory.send", suggestion);
  const directory = await openTables(service.settings)("directory");
  const [waiting] = await directory.list("suggestion", { prefix: "open|" });
  const { id, at } = JSON.parse(String(waiting?.["suggestion"])) as { id: string; at: string };
  await to.press(OFFICER, "directory.accept", { id, at, service: "soham-library" });
  await Promise.all(bots.map((bot) => bot.stop()));
  bots = [];

  const tables = openTables(service.settings);
  const names = await listTableNames(service.settings);
  const rows = await Promise.all(names.map(async (name) => everyRow(await tables(name))));
  const unmet = await directory.list(`unmet|${COMMITTEE}|2019-09`);
  expect(verbs.length).toBeGreaterThan(8);
  expect(await (await tables("deliveries")).list("2019-09-25")).not.toEqual([]);
  expect(rows.flat().filter((row) => JSON.stringify(row).includes(word))).toEqual([]);
  expect(unmet.filter((row) => JSON.stringify(row).includes(MEMBER.id))).toEqual([]);
});

/** Every row that a bot has written for a member of staff on its day, or keeps for good. */
async function everyRow(table: Table) {
  const partitions = ["2019-09-25", COMMITTEE, `${COMMITTEE}|2019-09`, `${COMMITTEE}|2019-09-25`];
  const people = [`${COMMITTEE}|${MEMBER.id}`, `${COMMITTEE}|person|${MEMBER.id}`];
  return (await Promise.all([...partitions, ...people].map((each) => table.list(each)))).flat();
}

/** A bot whose log, and whatever else is printed, is kept in `lines`. */
async function botOn(connectionString: string | undefined) {
  const log = createLog("debug", { write: (line: string) => void lines.push(line) });
  const settings = readSettings({
    ...{ MODE: "local", HOST: "127.0.0.1", PORT: "0", LOG_LEVEL: "debug" },
    ...{ CLOCK: "2019-09-25T09:00", TURNS_OF_PERSON: "10000", TURNS_OF_TENANT: "10000" },
    TABLES_CONNECTION_STRING: connectionString ?? connectionOf(service.settings.tables),
  });
  for (const way of ["log", "info", "warn", "error", "debug"] as const)
    jest.spyOn(console, way).mockImplementation((...said) => void lines.push(said.join(" ")));
  const bot = await startBot(settings, { log });
  bots.push(bot);
  return activitiesTo(bot.url, connector.url);
}

function connectionOf(tables: Awaited<ReturnType<typeof startTables>>["settings"]["tables"]) {
  if ("connectionString" in tables) return tables.connectionString;
  throw new Error("The tests' own tables have a connection string");
}

/** The planted words in every input that any card has. */
function everyInput(word = PLANTED): Record<string, string> {
  const inputs = cardNames().flatMap((name) =>
    elementsOf(readCard(name)).filter(({ type }) => String(type).startsWith("Input.")),
  );
  return Object.fromEntries(inputs.map(({ id }) => [String(id), `${word} ${String(id)}`]));
}

function verbsOnCards(): string[] {
  const buttons = cardNames().flatMap((name) => elementsOf(readCard(name), "Action.Execute"));
  return [...new Set(buttons.map(({ verb }) => String(verb)))].filter((verb) => !/[${]/.test(verb));
}
