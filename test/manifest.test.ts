import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { strFromU8, unzipSync } from "fflate";
import { checkIcon, createPackage, expand, readValues, validate } from "../manifest/package.ts";

const folder = join(import.meta.dirname, "../manifest");
const template = readFileSync(join(folder, "manifest.json"), "utf8");
const local = readValues("local");
const colour = { file: "color.png", size: 192, transparent: false };
const outline = { file: "outline.png", size: 32, transparent: true };

describe("the manifest", () => {
  it("is valid with the local settings", () => {
    const { text, missing } = expand(template, local);

    expect(missing).toEqual([]);
    expect(validate(JSON.parse(text))).toEqual([]);
  });

  it("is refused with a placeholder left in, by its name", () => {
    const { text } = expand(template, { ...local, BOT_APP_ID: undefined });

    const faults = validate(JSON.parse(text));

    expect(faults).toEqual(["manifest.json still holds ${{BOT_APP_ID}}. Give BOT_APP_ID a value."]);
  });

  it("is refused with a placeholder where any text would be valid", () => {
    const { text } = expand(template, { ...local, DEVELOPER_NAME: "" });

    const faults = validate(JSON.parse(text));

    expect(faults).toEqual([expect.stringContaining("DEVELOPER_NAME")]);
  });

  it("is refused with a name that is too long", () => {
    const manifest = localManifest();
    manifest.name.short = "Community Champions of the county";

    const faults = validate(manifest);

    expect(faults).toEqual([expect.stringMatching(/\/name\/short: .*30 characters.*Change it/)]);
  });

  it("is refused with a setting that is not what Teams asks for, and shows it", () => {
    const { text } = expand(template, { ...local, BOT_APP_ID: "the bot" });

    const faults = validate(JSON.parse(text));

    expect(faults).toEqual([
      expect.stringMatching(/\/bots\/0\/botId: .*"the bot"/),
      expect.stringMatching(/\/composeExtensions\/0\/botId: .*"the bot"/),
    ]);
  });

  it("keeps quotation marks in a setting", () => {
    const { text } = expand(template, { ...local, DEVELOPER_NAME: 'The "sample" council' });

    expect(JSON.parse(text).developer.name).toBe('The "sample" council');
  });

  it("asks for no permission", () => {
    const asked = Object.keys(localManifest());

    for (const name of ["permissions", "devicePermissions", "authorization", "webApplicationInfo"])
      expect(asked).not.toContain(name);
  });
});

describe("the icons", () => {
  it.each([colour, outline])("has $file at $size pixels", (icon) => {
    expect(checkIcon(icon, readFileSync(join(folder, icon.file)))).toEqual([]);
  });

  it("refuses the wrong size and says the right one", () => {
    const png = readFileSync(join(folder, "outline.png"));

    const faults = checkIcon(colour, png);

    expect(faults).toEqual(["color.png is 32 by 32 pixels. Save it at 192 by 192."]);
  });

  it("refuses an outline without transparency", () => {
    const png = readFileSync(join(folder, "color.png"));

    const faults = checkIcon({ ...outline, size: 192 }, png);

    expect(faults).toEqual([expect.stringContaining("no transparent corner")]);
  });

  it("refuses a drawing that is not a PNG", () => {
    const svg = readFileSync(join(folder, "color.svg"));

    const faults = checkIcon(colour, svg);

    expect(faults).toEqual(["color.png is not a PNG. Save it as one."]);
  });
});

describe("the package", () => {
  it("holds the manifest and the icons, and nothing else", () => {
    const files = unpack(local);

    expect(Object.keys(files).toSorted()).toEqual(["color.png", "manifest.json", "outline.png"]);
    expect(Buffer.from(files["color.png"] ?? [])).toEqual(readFileSync(join(folder, "color.png")));
  });

  it("holds a manifest with every placeholder filled", () => {
    const text = strFromU8(unpack(local)["manifest.json"] ?? new Uint8Array());

    expect(text).not.toContain("${{");
    expect(JSON.parse(text).id).toBe(local["TEAMS_APP_ID"]);
  });

  it("is the same on another day when the files are the same", () => {
    jest.useFakeTimers({ now: new Date("2026-03-02T09:00") });
    const monday = createPackage(local, "env/.env.local");
    jest.setSystemTime(new Date("2026-03-05T14:30"));
    const thursday = createPackage(local, "env/.env.local");
    jest.useRealTimers();

    expect(thursday).toEqual(monday);
  });

  it("names every missing production setting together", () => {
    const names = Object.keys(local).filter((name) => template.includes(`\${{${name}}}`));
    const empty = Object.fromEntries(names.map((name) => [name, ""]));

    const made = createPackage(empty, "env/.env.production");

    const expected = names.map(
      (name) => `${name} has no value. Write ${name}=… in env/.env.production.`,
    );
    expect(made).toEqual({ faults: expect.arrayContaining(expected) });
    expect(names).toHaveLength(7);
  });
});

describe("npm run package", () => {
  const root = join(folder, "..");
  const file = join(root, "env/.env.packed");
  const zip = join(root, "build/community-champions-packed.zip");
  const lines = (values: typeof local) =>
    Object.entries(values)
      .map(([name, value]) => `${name}="${value}"\n`)
      .join("");
  afterEach(() => {
    for (const made of [file, zip]) rmSync(made, { force: true });
  });

  it("makes the package of any environment that has a file", async () => {
    writeFileSync(file, lines(local));

    const { said, code } = await pack(["--env", "packed"]);

    expect(said).toMatch(/^build\/community-champions-packed\.zip \(\d+ bytes\)$/m);
    expect(code).toBe(0);
    expect(Object.keys(unzipSync(readFileSync(zip)))).toContain("manifest.json");
  });

  it("names a missing id and one that is none in one go, and makes no package", async () => {
    writeFileSync(file, lines({ ...local, BOT_APP_ID: "" }));
    const missing = await pack(["--env", "packed"]);
    writeFileSync(file, lines({ ...local, TEAMS_APP_ID: "champions" }));
    const wrong = await pack(["--env", "packed"]);

    expect(missing).toEqual({
      said: "BOT_APP_ID has no value. Write BOT_APP_ID=… in env/.env.packed.",
      code: 1,
    });
    expect(wrong.said).toMatch(/\/id: .*It is "champions"\. Change it there/);
    expect(() => readFileSync(zip)).toThrow("ENOENT");
  });

  it("says where production still has gaps", async () => {
    const { said, code } = await pack(["--env", "production"]);

    expect(said.split("\n")).toContain(
      "TEAMS_APP_ID has no value. Write TEAMS_APP_ID=… in env/.env.production.",
    );
    expect(code).toBe(1);
  });

  it.each([
    [["--env", "nowhere"], /^env\/\.env\.nowhere is missing/],
    [["--env", "../x"], /^Say which environment/],
    [["--fast"], /^Say which environment/],
  ])("says how it is used when it is asked for %j", async (args, words) => {
    const { said, code } = await pack(args);

    expect(said).toMatch(words);
    expect(code).toBe(1);
  });

  async function pack(args: readonly string[]) {
    const program = spawn("node", ["manifest/package.ts", ...args], { cwd: root });
    const [out, errors] = await Promise.all([
      text(program.stdout),
      text(program.stderr),
      once(program, "close"),
    ]);
    return { said: `${out}${errors}`.trim(), code: program.exitCode };
  }
});

it("names a placeholder that no environment has", () => {
  const { missing } = expand(template.replace("en-gb", "${{LANGUAGE}}"), local);

  expect(missing).toEqual(["LANGUAGE"]);
});

it("is of the same version as the program", () => {
  const { version } = JSON.parse(readFileSync(join(folder, "../package.json"), "utf8"));

  expect(localManifest().version).toBe(version);
});

function localManifest() {
  return JSON.parse(expand(template, local).text);
}

function unpack(values: typeof local) {
  const made = createPackage(values, "env/.env.local");
  if ("faults" in made) throw new Error(made.faults.join("\n"));
  return unzipSync(made.zip);
}
