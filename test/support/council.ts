import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClock } from "../../src/calendar.ts";
import type { Card } from "../../src/card-template.ts";
import { readSettings } from "../../src/config.ts";
import type { Place, PlaceKind, Posting, Readers, Sent } from "../../src/feature.ts";
import type { FileQuestion, Files, MadeFile, SavedFile } from "../../src/paper.ts";
import { createLog } from "../../src/log.ts";
import { startTableEmulator } from "../../src/local/table-emulator.ts";
import type { Ground } from "../../src/ground.ts";
import { createProduct } from "../../src/product.ts";
import { openTables, type Tables } from "../../src/tables.ts";
import { copyOf, loadOriginal, remembered } from "./sample-copies.ts";

/** People of the sample council (data/people.json). */
export const RICHARDS = person(1, "Claire Richards");
export const EVERY = person(2, "Lis Every");
export const FRENCH = person(3, "Jan French");
export const COSTELLO = person(4, "Adela Costello");
export const OFFICER = person(6, "Nick Mills");
export const CHAIR = person(7, "Steve Criswell");
export const ADMINISTRATOR = person(8, "Morgan Reed");
export const MEMBER = person(9, "Priya Shah");

/** A real table service for one test file. */
export async function startTables() {
  const dataFolder = mkdtempSync(join(tmpdir(), "council-"));
  // Test files run side by side, so each looks for a port from a place of its own.
  const port = 20_000 + (process.pid % 20_000);
  const emulator = await startTableEmulator({ dataFolder, port, inMemory: true });
  const settings = readSettings({
    MODE: "local",
    HOST: "127.0.0.1",
    PORT: "0",
    LOG_LEVEL: "silent",
    TURNS_OF_PERSON: "1000",
    CLOCK: "2019-09-25T09:00",
    TABLES_CONNECTION_STRING: emulator.connectionString,
  });
  const tables = openTables(settings);
  let tests = 0;
  return {
    settings,
    freshTables,
    sample: remembered(() => loadOriginal(freshTables(), false)),
    sampleWithNumbers: remembered(() => loadOriginal(freshTables(), true)),
    stop: async () => {
      await emulator.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };

  /** Tables of its own for each test: the same service, other names. */
  function freshTables(): Tables {
    tests += 1;
    const prefix = `t${tests}`;
    return (name) => tables(`${prefix}${name}`);
  }
}

export type TableService = Awaited<ReturnType<typeof startTables>>;

/** The sample council in tables of its own, as `npm start` loads it. */
export async function sampleCouncil(
  service: TableService,
  { withNumbers = false } = {},
): Promise<Tables> {
  const original = await (withNumbers ? service.sampleWithNumbers() : service.sample());
  return copyOf(original, service.freshTables());
}

/** Gives each test of a file the sample council in tables of its own, on one table service. */
export function withSampleCouncil(use: (tables: Tables) => void): void {
  let service: TableService;
  beforeAll(async () => (service = await startTables()));
  beforeEach(async () => use(await sampleCouncil(service)));
  afterAll(() => service.stop());
}

/** Where somebody is, and on which day. */
interface Standing {
  readonly clock?: string;
  readonly place?: PlaceKind;
  readonly channel?: string;
}

/** The product on real tables, without Teams: what people say and press, and what it posts. */
export async function openProduct(
  tables: Tables,
  {
    links = true,
    ...settings
  }: Pick<Ground, "credential" | "firstAdministrators" | "feeds" | "planner" | "wallClock"> & {
    readonly links?: boolean;
  } = {},
) {
  const posted: { to: string; card: Card }[] = [];
  /** Cards put in the place of posted ones, and which those were. */
  const renewed: { to: string; activity: string; card: Card }[] = [];
  /** What becomes of the next posts; a promise is a connector that takes its time. */
  const outcomes: (Sent | Promise<Sent>)[] = [];
  const lines: string[] = [];
  const channel: { readers: Readers; names: Record<string, string> } = {
    readers: "not known",
    names: {},
  };
  const posting: Posting = {
    toChannel: async ({ channel = "" }, card) => arrive(channel, card),
    toPerson: async (id, _from, card) => arrive(id, card),
    renewInChannel: async ({ channel = "" }, activity, card) => renew(channel, activity, card),
    renewForPerson: async (id, _from, activity, card) => renew(id, activity, card),
    readersOf: async () => channel.readers,
    nameOf: async ({ channel: id = "" }) => channel.names[id],
  };
  const handed = {
    questions: [] as FileQuestion[],
    uploads: [] as { to: string; file: MadeFile }[],
    shown: [] as SavedFile[],
    replaced: [] as { message: string; card: Card }[],
    /** What becomes of the next uploads. */
    troubles: [] as Error[],
  };
  const files: Files = {
    canAsk: true,
    ask: async (_person, _chat, question) => {
      handed.questions.push(question);
      return outcomes.shift() ?? { outcome: "sent", activity: "question" };
    },
    upload: async (to, file) => {
      const trouble = handed.troubles.shift();
      if (trouble) throw trouble;
      handed.uploads.push({ to, file });
    },
    show: async (_person, _chat, file) => {
      handed.shown.push(file);
      return { outcome: "sent", activity: "shown" };
    },
    replace: async (_chat, message, card) => void handed.replaced.push({ message, card }),
    linkTo: (token) => (links ? `https://bot.council.example/papers/${token}` : undefined),
  };
  const log = createLog("debug", { write: (line: string) => void lines.push(line) });
  const product = await createProduct({
    tables,
    posting,
    files,
    log,
    isLocal: false,
    ...settings,
  });
  return { ...product, channel, posted, renewed, handed, outcomes, lines, as, turnOf };

  async function renew(to: string, activity: string, card: Card): Promise<Sent> {
    renewed.push({ to, activity, card });
    return outcomes.shift() ?? { outcome: "sent", activity };
  }

  async function arrive(to: string, card: Card): Promise<Sent> {
    posted.push({ to, card });
    return outcomes.shift() ?? { outcome: "sent", activity: `message-${posted.length}` };
  }

  /** Somebody, somewhere, on some day. */
  function as(signedIn: { id: string; name: string }, standing: Standing = {}) {
    return {
      say: async (text: string, id: string = randomUUID()) => {
        const { card } = await product.say(await turnOf(signedIn, standing, id, { text }), text);
        return card;
      },
      press: async (verb: string, data: object, id: string = randomUUID()) => {
        const turn = await turnOf(signedIn, standing, id, { ...data });
        const { card } = await product.press(turn, verb, data);
        return card;
      },
    };
  }

  async function turnOf(
    signedIn: { id: string; name: string },
    { clock = "2019-09-25T09:00", place = "personal", channel = "room" }: Standing = {},
    id: string = randomUUID(),
    about: { text?: string; committee?: string } = {},
  ) {
    const rest = { id, place: placeOf(place, channel), now: createClock(clock)() };
    const made = await product.turnFor(signedIn, rest, about);
    if (!made) throw new Error("The council is empty");
    return made;
  }
}

/** All words on a card, as a person reads them, Markdown escapes taken off. */
export function wordsOn(node: unknown): string {
  if (Array.isArray(node)) return node.map(wordsOn).filter(Boolean).join("\n");
  if (typeof node !== "object" || node === null) return "";
  const shown = Object.entries(node).map(([key, value]) =>
    typeof value === "string" && SHOWN.has(key) ? unescape(value) : wordsOn(value),
  );
  return shown.filter(Boolean).join("\n");
}

/** The data that a button of a card sends, with what was typed into its inputs. */
export function pressing(card: Card, title: string, typed: Record<string, string> = {}) {
  const button = actionsOf(card).find((action) => action.title === title);
  if (!button)
    throw new Error(`The card has no button ${title}: it has ${titlesOf(card).join(", ")}`);
  return { verb: String(button.verb), data: { ...button.data, ...inputsOf(card), ...typed } };
}

/** The same, as the arguments of one press. Each press is an activity of its own. */
export function press(card: Card, title: string, typed: Record<string, string> = {}) {
  const { verb, data } = pressing(card, title, typed);
  return [verb, data, randomUUID()] as const;
}

/** The address that a button of a card opens. */
export function addressOn(card: Card, title: string): string {
  return actionsOf(card).find((action) => action.title === title)?.url ?? "";
}

/** The titles of a card's buttons. */
export function titlesOf(card: Card): string[] {
  return actionsOf(card).map(({ title }) => title);
}

/** What stands in the inputs of a card, by id. Empty inputs are left out, as Teams does. */
export function inputsOf(node: unknown): Record<string, string> {
  if (Array.isArray(node)) return Object.assign({}, ...node.map(inputsOf));
  if (typeof node !== "object" || node === null) return {};
  const own =
    "type" in node && String(node.type).startsWith("Input.") && "value" in node && node.value
      ? { [String("id" in node ? node.id : "")]: String(node.value) }
      : {};
  return Object.assign({}, own, ...Object.values(node).map(inputsOf));
}

const SHOWN = new Set(["text", "title", "value", "label", "placeholder"]);

interface Button {
  readonly title: string;
  readonly url?: string;
  readonly verb?: string;
  readonly data: Record<string, unknown>;
}

/** The buttons at the end of a card, then those that stand beside what they are about. */
function actionsOf(card: Card): Button[] {
  // Every button of the product's cards has a title and data: the contract test reads them all.
  return [...((card.actions ?? []) as Button[]), ...card.body.flatMap(buttonsIn)].filter(
    ({ verb, data, url }) => verb !== undefined || data !== undefined || url !== undefined,
  );
}

function buttonsIn(element: unknown): Button[] {
  if (typeof element !== "object" || element === null) return [];
  if ("actions" in element) return element.actions as Button[];
  return "items" in element ? (element.items as unknown[]).flatMap(buttonsIn) : [];
}

function unescape(text: string): string {
  return text
    .replaceAll(/\\(.)/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

function person(number: number, name: string) {
  return { id: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`, name };
}

function placeOf(kind: PlaceKind, channel: string): Place {
  const place: Place = {
    kind,
    conversation: kind === "channel" ? `${channel};messageid=1` : "chat",
    tenant: "tenant",
    serviceUrl: "https://smba.trafficmanager.net/uk/",
    bot: { id: "bot", name: "Community Champions" },
  };
  return kind === "channel" ? { ...place, team: "team", channel } : place;
}

/** An officer chooses a channel for the digest, and says yes to the question. */
export async function useChannel(
  here: {
    readonly say: (text: string) => Promise<Card>;
    readonly press: (verb: string, data: object) => Promise<Card>;
  },
  words = "use this channel",
): Promise<Card> {
  const [verb, data] = press(await here.say(words), "Use this channel");
  return here.press(verb, data);
}
