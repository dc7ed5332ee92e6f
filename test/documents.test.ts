import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { pino } from "pino";
import { SETTING_NAMES } from "../src/config.ts";
import { createProduct } from "../src/product.ts";
import { PRODUCT_TABLES } from "../src/doctor/tables-check.ts";
import { NO_FILES } from "./support/no-files.ts";

const ROOT = join(__dirname, "..");
/** A newcomer's page is read in one sitting. */
const LONGEST_README = 260;
/** Other tests write environments of their own beside these, and take them away again. */
const SHIPPED = /^\.env\.(local|playground|production)$/;
const documents = [
  ...["README.md", "SECURITY.md"],
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

it.each(documents)("%s leads only to what is there", (document) => {
  const links = [...read(document).matchAll(/\]\((?!https?:)([^)#]*)(?:#([\w-]+))?\)/g)];

  const lost = links.filter(([, file = "", heading]) => {
    const path = file ? join(ROOT, dirname(document), file) : join(ROOT, document);
    if (!existsSync(path)) return true;
    return heading !== undefined && !headingsOf(readFileSync(path, "utf8")).includes(heading);
  });

  expect(lost.map(([link]) => link)).toEqual([]);
});

it.each(documents)("%s names only scripts that package.json has", (document) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...read(document).matchAll(/npm run (?:--silent\s+)?([a-z][\w:-]*)/g)];

  expect(named.map(([, name = ""]) => name).filter((name) => !(name in scripts))).toEqual([]);
});

it("keeps the README a newcomer's page, with a way to every other document", () => {
  const readme = read("README.md");

  expect(readme.split("\n").length).toBeLessThanOrEqual(LONGEST_README);
  expect(documents.slice(1).filter((document) => !readme.includes(`(${document})`))).toEqual([]);
});

it("tells administrators of everything that only they can do", async () => {
  const refuse = async () => ({ outcome: "refused", reason: "nothing is posted here" }) as const;
  const { commands } = await createProduct({
    tables: async (name) => {
      throw new Error(`The table ${name} was touched`);
    },
    posting: {
      ...{ toChannel: refuse, toPerson: refuse, renewInChannel: refuse, renewForPerson: refuse },
      readersOf: async () => "not known",
      nameOf: async () => undefined,
    },
    files: NO_FILES,
    log: pino({ level: "silent" }),
    isLocal: false,
  });
  const guide = read("docs/administrator.md");

  const theirs = commands.filter(({ needs }) => needs.roles.join() === "administrator");

  expect(theirs.length).toBeGreaterThan(10);
  expect(theirs.map(({ name }) => name).filter((name) => !guide.includes(`\`${name}`))).toEqual([]);
});

it("describes every setting, and none that nothing reads", () => {
  const environments = readdirSync(join(ROOT, "env")).filter((name) => SHIPPED.test(name));
  const filled = environments.flatMap((name) => Object.keys(parseEnv(read(`env/${name}`))));
  const all = new Set([...SETTING_NAMES, ...filled]);
  const described = [...read("docs/settings.md").matchAll(/`([A-Z][A-Z_]+)`/g)].map(
    ([, name = ""]) => name,
  );

  expect([...all].filter((name) => !described.includes(name))).toEqual([]);
  expect(described.filter((name) => !all.has(name))).toEqual([]);
});

it("describes every table", () => {
  const described = read("docs/tables.md");

  expect(PRODUCT_TABLES.filter((name) => !described.includes(`\`${name}\``))).toEqual([]);
});

it("says what becomes of every table's records", () => {
  const schedule = read("docs/records-and-retention.md");

  expect(PRODUCT_TABLES.filter((name) => !schedule.includes(`\`${name}\``))).toEqual([]);
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );
}
