import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { inflateSync } from "node:zlib";
import draft04, {
  type AnySchemaObject,
  type ErrorObject,
  type ValidateFunction,
} from "ajv-draft-04";
import formats from "ajv-formats";
import { strToU8, zipSync } from "fflate";

const ROOT = join(import.meta.dirname, "..");
// Read by path: the package itself cannot be imported, because it leaves out a dependency.
const SCHEMA =
  "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json";
const USAGE =
  "Say which environment to package for: --env local, --env production, or the NAME of another env/.env.NAME.";
const PLACEHOLDER = /\$\{\{ *(\w+) *\}\}/g;
const ICONS: readonly Icon[] = [
  { file: "color.png", size: 192, transparent: false },
  { file: "outline.png", size: 32, transparent: true },
];
const PNG_SIGNATURE = Buffer.from("89504e470d0a1a0a", "hex");
const PNG_HEADER_END = 33;
const COLOUR_WITH_ALPHA = 6;
/** After the first line's filter and the first pixel's red, green and blue. */
const FIRST_ALPHA = 4;
const holdAgainstSchema = compileSchema();

/** What Teams expects of an icon: a square of `size` pixels. */
interface Icon {
  readonly file: string;
  readonly size: number;
  readonly transparent: boolean;
}

/** Names and values, as in an env file. An empty value counts as missing. */
type Values = Readonly<Record<string, string | undefined>>;

/** A package without faults, or every fault, each with its mend. */
type Package = { readonly zip: Uint8Array } | { readonly faults: readonly string[] };

/** Puts values where the template has `${{NAME}}`, and names each one that has no value, once. */
export function expand(template: string, values: Values): { text: string; missing: string[] } {
  const missing = new Set<string>();
  const text = template.replaceAll(PLACEHOLDER, (placeholder: string, name: string) => {
    const value = values[name]?.trim();
    if (value) return JSON.stringify(value).slice(1, -1);
    missing.add(name);
    return placeholder;
  });
  return { text, missing: [...missing] };
}

/** Holds a manifest against the Teams schema 1.29. Says every fault; none means that it is valid. */
export function validate(manifest: unknown): string[] {
  holdAgainstSchema(manifest);
  const left = JSON.stringify(manifest).matchAll(PLACEHOLDER);
  const names = new Set([...left].map(([, name]) => name));
  return [
    ...[...names].map((name) => `manifest.json still holds \${{${name}}}. Give ${name} a value.`),
    ...(holdAgainstSchema.errors ?? []).filter((error) => !isPlaceholder(error.data)).map(describe),
  ];
}

/** Holds the bytes of an icon against what Teams expects of it. No faults means that it is right. */
export function checkIcon({ file, size, transparent }: Icon, png: Buffer): string[] {
  const isPng = png.length > PNG_HEADER_END && png.subarray(0, 8).equals(PNG_SIGNATURE);
  if (!isPng) return [`${file} is not a PNG. Save it as one.`];
  const faults: string[] = [];
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  if (width !== size || height !== size)
    faults.push(`${file} is ${width} by ${height} pixels. Save it at ${size} by ${size}.`);
  if (transparent && !hasTransparentCorner(png))
    faults.push(
      `${file} has no transparent corner. Save it as 32-bit PNG on a transparent ground.`,
    );
  return faults;
}

/** The text of the manifest for these values, and the names that have none. */
export function fillManifest(values: Values): { text: string; missing: string[] } {
  return expand(readFileSync(inManifest("manifest.json"), "utf8"), values);
}

/** The package for these values. `source` says in faults where the values come from. */
export function createPackage(values: Values, source: string): Package {
  const { text, missing } = fillManifest(values);
  const faults = [
    ...missing.map((name) => `${name} has no value. Write ${name}=… in ${source}.`),
    // With values missing the schema would only say the same again, less plainly.
    ...(missing.length === 0 ? checkText(text) : []),
    ...ICONS.flatMap(checkIconFile),
  ];
  if (faults.length > 0) return { faults };
  const icons = Object.fromEntries(ICONS.map(({ file }) => [file, readFileSync(inManifest(file))]));
  const files = { "manifest.json": strToU8(text), ...icons };
  // A fixed date, so that the same files always make the same package.
  return { zip: zipSync(files, { mtime: new Date(1980, 0, 1) }) };
}

/** The values of `env/.env.<name>`. */
export function readValues(environment: string): Values {
  return parseEnv(readFileSync(join(ROOT, envFile(environment)), "utf8"));
}

function envFile(environment: string): string {
  return `env/.env.${environment}`;
}

function inManifest(file: string): string {
  return join(ROOT, "manifest", file);
}

function checkText(text: string): string[] {
  try {
    return validate(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError)
      return [`manifest.json is not JSON: ${error.message}. Correct it.`];
    throw error;
  }
}

function compileSchema(): ValidateFunction {
  const schema: AnySchemaObject = JSON.parse(readFileSync(join(ROOT, SCHEMA), "utf8"));
  const ajv = new draft04.default({ allErrors: true, strict: false, verbose: true });
  formats.default(ajv);
  return ajv.compile(schema);
}

function isPlaceholder(data: unknown): boolean {
  return typeof data === "string" && data.search(PLACEHOLDER) >= 0;
}

function describe({ instancePath, message, params, data }: ErrorObject): string {
  const where = instancePath || "its top level";
  const detail = String(params["additionalProperty"] ?? params["allowedValues"] ?? "");
  const found = typeof data === "string" ? ` It is "${data}".` : "";
  return `manifest.json, ${where}: ${message}${detail ? ` (${detail})` : ""}.${found} Change it there, or the value that fills it.`;
}

function checkIconFile(icon: Icon): string[] {
  const path = inManifest(icon.file);
  if (!existsSync(path))
    return [`manifest/${icon.file} is missing. Draw it ${icon.size} pixels square.`];
  return checkIcon(icon, readFileSync(path));
}

/** The first pixel is stored as it is, whichever of PNG's filters the first line uses. */
function hasTransparentCorner(png: Buffer): boolean {
  const [depth, colour] = [png[24], png[25]];
  if (depth !== 8 || colour !== COLOUR_WITH_ALPHA) return false;
  return inflateSync(imageData(png))[FIRST_ALPHA] === 0;
}

function imageData(png: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at + 8 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const isData = png.toString("latin1", at + 4, at + 8) === "IDAT";
    if (isData) parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return Buffer.concat(parts);
}

function main(): void {
  const environment = askedEnvironment();
  const made = environment ? packageFor(environment) : { faults: [USAGE] };
  if ("faults" in made) {
    for (const fault of made.faults) console.error(fault);
    process.exitCode = 1;
    return;
  }
  const path = join(ROOT, "build", `community-champions-${environment}.zip`);
  mkdirSync(join(ROOT, "build"), { recursive: true });
  writeFileSync(path, made.zip);
  console.log(`${relative(process.cwd(), path)} (${made.zip.length} bytes)`);
}

function askedEnvironment(): string | undefined {
  try {
    const { values } = parseArgs({ options: { env: { type: "string", default: "local" } } });
    return /^[\w-]+$/.test(values.env) ? values.env : undefined;
  } catch (error) {
    // How parseArgs says that it does not know an option.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function packageFor(environment: string): Package {
  const file = envFile(environment);
  if (!existsSync(join(ROOT, file)))
    return { faults: [`${file} is missing. Create it, then try again.`] };
  return createPackage(readValues(environment), file);
}

if (process.argv[1] === import.meta.filename) main();
