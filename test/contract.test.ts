import { readdirSync, readFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { pino } from "pino";
import committeeFile from "../data/committee.json" with { type: "json" };
import manifest from "../manifest/manifest.json" with { type: "json" };
import { createClock } from "../src/calendar.ts";
import { cardNames } from "../src/card-template.ts";
import { Committee } from "../src/council.ts";
import type { Command, Person, Place, PlaceKind, Role, Turn } from "../src/feature.ts";
import { createProduct } from "../src/product.ts";
import type { StoredRow, Table, Tables } from "../src/tables.ts";
import { readCard, verbsOn } from "./support/cards.ts";
import { NO_FILES } from "./support/no-files.ts";

const ROOT = join(import.meta.dirname, "..");
const SDK = /^(botbuilder|botframework-|@microsoft\/teams-ai|restify)/;
const NAMES_THAT_SAY_NOTHING = ["utils", "helpers", "common", "constants", "types", "manager"];
const LONGEST_FILE = 300;
/** Commands in one list of the manifest: Teams shows no more on a phone. */
const LONGEST_LIST = 10;

const PLACES: Record<string, PlaceKind> = {
  personal: "personal",
  team: "channel",
  groupChat: "group",
};
const MANIFEST_LISTS = manifest.bots.flatMap(({ commandLists }) =>
  commandLists.flatMap(({ scopes, commands }) =>
    scopes.map((scope) => ({ scope, titles: commands.map(({ title }) => title) })),
  ),
);

const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /\.m?ts$|\.mjs$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(ROOT, "src", file), "utf8") }));
const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const committee = Committee.parse(committeeFile);
const NOBODY: Person = { id: "somebody", name: "Somebody", holdings: [] };

describe("the buttons on cards", () => {
  it("each have a handler", async () => {
    const { verbs } = await localProduct();

    const unanswered = verbsOnCards().filter((verb) => !verbs.has(verb));

    expect(unanswered).toEqual([]);
  });

  it("include every handler", async () => {
    const { verbs } = await localProduct();

    const unused = [...verbs.keys()].filter((verb) => !verbsOnCards().includes(verb));

    expect(unused).toEqual([]);
  });

  it("are named after the feature that answers them", () => {
    const owners = verbsOnCards().map((verb) => verb.split(".")[0]);

    expect(folders).toEqual(expect.arrayContaining(owners));
  });

  it("that anybody may press in a channel change nothing that others see there", async () => {
    const { verbs } = await product();

    const open = [...verbs].filter(
      ([, { needs, justForMe }]) =>
        needs.roles.includes("member") && needs.places.includes("channel") && !justForMe,
    );

    expect(open.map(([name]) => name)).toEqual([]);
  });

  it("say for whom and where they are", async () => {
    const { verbs } = await localProduct();

    const open = [...verbs].filter(
      ([, { needs }]) => needs.roles.length === 0 || needs.places.length === 0,
    );

    expect(open).toEqual([]);
  });
});

describe("the cards", () => {
  it("are each filled by the feature in whose folder they lie", () => {
    const filled = sources.flatMap(({ file, text }) =>
      all(text, /\bfill\(\s*"([^"]+)"/g).map((card) => ({ card, folder: posix.dirname(file) })),
    );

    expect(filled.filter(({ card, folder }) => posix.dirname(card) !== folder)).toEqual([]);
    expect([...new Set(filled.map(({ card }) => card))].toSorted()).toEqual(cardNames());
  });
});

describe("the commands", () => {
  it("each have a name of their own", async () => {
    const { commands } = await localProduct();

    const names = commands.map(({ name }) => name);

    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  });

  it("say for whom and where they are", async () => {
    const { commands } = await localProduct();

    const open = commands.filter(
      ({ needs }) => needs.roles.length === 0 || needs.places.length === 0,
    );

    expect(open).toEqual([]);
  });

  it("have no phrase in common", async () => {
    const { commands } = await localProduct();

    const phrases = commands.flatMap(({ name, phrases: others }) => [name, ...others]);

    expect(phrases.toSorted()).toEqual([...new Set(phrases)].toSorted());
  });
});

describe("a command or button in a place that it is not for", () => {
  const everything: Person = {
    ...NOBODY,
    holdings: [
      { role: "champion", district: "fenland" },
      ...(["officer", "chair", "safeguarding lead", "administrator"] as const).map((role) => ({
        role,
      })),
    ],
  };
  const places: PlaceKind[] = ["personal", "group", "channel"];

  it("does nothing, even for somebody with every role", async () => {
    const { commands, verbs, say, press } = await product();
    const wrong = (needs: Command["needs"]) =>
      places.filter((each) => !needs.places.includes(each));
    const at = (kind: PlaceKind): Turn => {
      const turn = turnOf(everything);
      return { ...turn, place: { ...turn.place, kind } };
    };

    const said = commands.flatMap(({ name, needs }) =>
      wrong(needs).map(async (kind) => (await say(at(kind), name)).card),
    );
    const pressed = [...verbs].flatMap(([verb, { needs }]) =>
      wrong(needs).map(async (kind) => (await press(at(kind), verb, {})).card),
    );

    const answers = (await Promise.all([...said, ...pressed])).map((card) => JSON.stringify(card));
    expect(answers.length).toBeGreaterThan(40);
    expect(answers.filter((answer) => !/ works in a (personal chat|channel)/.test(answer))).toEqual(
      [],
    );
  });
});

describe("the manifest's command lists", () => {
  it("cover every scope that the bot is offered in", () => {
    const scopes = manifest.bots.flatMap((bot) => bot.scopes);

    expect(MANIFEST_LISTS.map(({ scope }) => scope).toSorted()).toEqual(scopes.toSorted());
  });

  it.each(MANIFEST_LISTS)(
    "hold only commands that can be used in the scope $scope",
    async ({ scope, titles }) => {
      const { commands } = await product();

      const usable = commands.filter(({ needs }) =>
        needs.places.some((place) => place === PLACES[scope]),
      );

      expect(usable.map(({ name }) => name)).toEqual(expect.arrayContaining(titles));
    },
  );

  it.each(MANIFEST_LISTS)("have at most ten commands in the scope $scope", ({ titles }) => {
    expect(titles.length).toBeLessThanOrEqual(LONGEST_LIST);
  });

  it("hold every command of the personal chat for everyone, champions and officers, or are full", async () => {
    const { commands } = await product();
    const readers: Role[] = ["member", "champion", "officer"];

    const wanted = commands.filter(
      ({ needs }) =>
        needs.places.includes("personal") && needs.roles.some((role) => readers.includes(role)),
    );

    const listed = MANIFEST_LISTS.find(({ scope }) => scope === "personal")?.titles ?? [];
    const missing = wanted.map(({ name }) => name).filter((name) => !listed.includes(name));
    expect(listed.length === LONGEST_LIST ? [] : missing).toEqual([]);
  });
});

describe("the local commands", () => {
  it("exist on one's own machine", async () => {
    const { commands } = await localProduct();

    expect(actingCommands(commands)).toEqual(
      expect.arrayContaining(["act as administrator", "act as safeguarding lead"]),
    );
  });

  it("do not exist anywhere else", async () => {
    const { commands } = await product();

    expect(actingCommands(commands)).toEqual([]);
    expect(commands.filter(({ task }) => task === "Only on this computer")).toEqual([]);
  });

  it.each(["act as administrator", "act as officer", "act as champion Fenland", "act as member"])(
    "typed elsewhere as %s are not understood, and write nothing",
    async (text) => {
      const { say } = await product(readOnly);

      const { card } = await say(turnOf(NOBODY), text);

      expect(JSON.stringify(card.body)).toMatch(/I did not understand that|Which of these do you/);
    },
  );

  it("typed elsewhere give no role", async () => {
    const { say, turnFor } = await product(readOnly);
    const { person, ...rest } = turnOf(NOBODY);

    await say({ ...rest, person }, "act as administrator");
    const next = await turnFor(person, rest);

    expect(next?.person).toEqual(NOBODY);
  });
});

describe("the source", () => {
  it("keeps features apart: only the sample data reach into several", () => {
    const crossings = imports()
      .filter(({ from, to }) => from !== to && folders.includes(from) && folders.includes(to))
      .filter(
        ({ file, path }) =>
          !(file === "local/sample.ts" && /[/-](store|schema|sample)\.ts$/.test(path)),
      );

    expect(crossings).toEqual([]);
  });

  it("imports Microsoft's bot libraries only in src/teams", () => {
    const outside = imports().filter(({ path, from }) => SDK.test(path) && from !== "teams");

    expect(outside).toEqual([]);
    expect(imports().filter(({ path }) => SDK.test(path))).not.toEqual([]);
  });

  it("reads the environment only in config.ts", () => {
    expect(filesWith(/process\.env\b|process\[["']env["']\]/)).toEqual(["config.ts"]);
  });

  it("reads the clock only in calendar.ts", () => {
    expect(filesWith(/new Date\(|\bDate\.now\(|\bTemporal\.Now\b/)).toEqual(["calendar.ts"]);
  });

  it("has no file whose name says nothing", () => {
    const stems = sources.map(({ file }) => basename(file).replace(/\..*$/, ""));

    expect(stems.filter((stem) => NAMES_THAT_SAY_NOTHING.includes(stem))).toEqual([]);
  });

  it("has no file longer than 300 lines", () => {
    const long = sources.filter(({ text }) => text.trimEnd().split("\n").length > LONGEST_FILE);

    expect(long.map(({ file }) => file)).toEqual([]);
  });
});

/** What cards say, and what code puts on a card's button as data. */
function verbsOnCards(): string[] {
  const written = cardNames().flatMap((name) => verbsOn(readCard(name)));
  const given = sources.flatMap(({ text }) => all(text, /\bverb: "([^"]+)"/g));
  return [...new Set([...written.filter((verb) => !verb.includes("${")), ...given])];
}

/** Every import of a source file: the file, its folder, the path as written, the folder it reaches. */
function imports() {
  return sources.flatMap(({ file, text }) =>
    all(text, /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"']+)["']/g).map((path) => ({
      file,
      path,
      from: folderOf(file),
      to: path.startsWith(".") ? folderOf(posix.join(posix.dirname(file), path)) : "",
    })),
  );
}

function folderOf(file: string): string {
  return file.includes("/") ? (file.split("/")[0] ?? "") : "";
}

function filesWith(pattern: RegExp): string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = ""]) => found);
}

function actingCommands(commands: readonly Command[]): string[] {
  return commands.map(({ name }) => name).filter((name) => name.startsWith("act as"));
}

function localProduct() {
  return createProduct({ ...ground(untouched), isLocal: true });
}

/** The product as a council runs it. */
function product(tables: Tables = untouched) {
  return createProduct({ ...ground(tables), isLocal: false });
}

function ground(tables: Tables) {
  const refuse = async () => ({ outcome: "refused", reason: "nothing is posted here" }) as const;
  return {
    tables,
    posting: {
      ...{ toChannel: refuse, toPerson: refuse },
      ...{ renewInChannel: refuse, renewForPerson: refuse },
      readersOf: async () => "not known" as const,
      nameOf: async () => undefined,
    },
    files: NO_FILES,
    log: pino({ level: "silent" }),
  };
}

async function untouched(name: string): Promise<Table> {
  throw new Error(`The table ${name} was touched`);
}

/** Tables with the committee and nobody in it. Writing throws. */
async function readOnly(name: string): Promise<Table> {
  const row: StoredRow = {
    partitionKey: "committee",
    rowKey: committee.id,
    etag: "1",
    committee: JSON.stringify(committee),
  };
  const write = async () => untouched(name) as never;
  return {
    find: async () => undefined,
    list: async () => (name === "committees" ? [row] : []),
    ...{ create: write, replace: write, put: write, write, remove: write },
  };
}

function turnOf(person: Person): Turn {
  const place: Place = {
    kind: "personal",
    conversation: "chat",
    tenant: "council",
    serviceUrl: "http://127.0.0.1/",
    bot: { id: "bot", name: "Community Champions" },
  };
  return { id: "turn", person, place, committee, now: createClock("2019-09-25T09:00")() };
}
