import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { createClock, type Clock } from "./calendar.ts";
import { createCommitteeStore } from "./committee/store.ts";
import { readProcessSettings, SettingsError } from "./config.ts";
import type { Committee } from "./council.ts";
import { UserError } from "./errors.ts";
import { check } from "./kpi/checking.ts";
import { createDefinitionStore } from "./kpi/definitions.ts";
import { createImportStore, type Import } from "./kpi/import-store.ts";
import { beginImport } from "./kpi/importing.ts";
import { decoderFor } from "./kpi/sheet.ts";
import { createFigureStore } from "./kpi/store.ts";
import { storeImport } from "./kpi/storing.ts";
import { openTables, type Tables } from "./tables.ts";

const USAGE = `Usage: npm run import-kpis -- FILE [--env NAME] [--committee ID] [--store NAME]
       says what the list would do; with --store NAME it is stored as imported by NAME`;

/** What a decoder puts in the place of bytes that are not UTF-8. */
const REPLACEMENT = "\uFFFD";

/** What is asked for on the command line. */
export interface Wishes {
  readonly file: string;
  /** The id of the committee, where there are several. */
  readonly committee?: string | undefined;
  /** Who stores it. Without a name nothing is stored. */
  readonly store?: string | undefined;
}

/** Reads a file of any size piece by piece, says what it would do, and stores it when told to. */
export async function importFile(
  tables: Tables,
  { file, committee: named, store }: Wishes,
  { clock, print }: { clock: Clock; print: (line: string) => void },
): Promise<number> {
  const parts = {
    imports: createImportStore(tables),
    definitions: createDefinitionStore(tables),
    figures: createFigureStore(tables),
  };
  const committee = chooseCommittee(await createCommitteeStore(tables).committees(), named);
  const begun = beginImport(store ?? "nobody yet", clock().toString(), basename(file));
  const ready = await check(parts, committee, begun, await readPieces(file));
  for (const line of linesOf(ready)) print(line);
  if (!store || ready.added + ready.revised === 0) {
    await parts.imports.close(committee.id, ready);
    print("Nothing was stored.");
    return ready.refused > 0 ? 1 : 0;
  }
  // The open row first: whatever ends the command after it, the bot's next start goes on.
  await parts.imports.open(committee.id, ready.id);
  await parts.imports.save(committee.id, { ...ready, state: "storing" });
  await storeImport(parts, committee.id, ready.id);
  print(`Stored: ${ready.added + ready.revised}.`);
  return ready.refused > 0 ? 1 : 0;
}

function chooseCommittee(committees: readonly Committee[], named: string | undefined): Committee {
  const [committee, another] = committees.filter(({ id }) => !named || id === named);
  if (committee && !another) return committee;
  const ids = committees.map(({ id }) => id).join(", ");
  throw new UserError(`Name the committee with --committee: ${ids || "there is none yet"}.`);
}

/** The text of a file in pieces. It is read twice: only its whole says whether it is UTF-8. */
async function readPieces(file: string): Promise<AsyncIterable<string>> {
  const encoding = await encodingOf(file);
  return pieces();

  async function* pieces() {
    const decoder = new TextDecoder(encoding);
    for await (const bytes of createReadStream(file))
      yield decoder.decode(bytes as Uint8Array, { stream: true });
    yield decoder.decode();
  }
}

async function encodingOf(file: string): Promise<string> {
  const decoder = new TextDecoder();
  let first: Uint8Array | undefined;
  for await (const bytes of createReadStream(file)) {
    // A stream without an encoding gives bytes.
    const piece = bytes as Uint8Array;
    first ??= piece;
    const { encoding } = decoderFor(first.subarray(0, 2));
    if (encoding.startsWith("utf-16")) return encoding;
    if (decoder.decode(piece, { stream: true }).includes(REPLACEMENT)) return "windows-1252";
  }
  return decoder.decode().includes(REPLACEMENT) ? "windows-1252" : "utf-8";
}

function linesOf({ rows, added, revised, same, refused, refusals, revisions }: Import): string[] {
  return [
    `Rows: ${rows}. New: ${added}. Changed: ${revised}. Same as stored: ${same}. Refused: ${refused}.`,
    ...refusals.map(({ line, column, problem }) => `  Line ${line}, ${column}: ${problem}`),
    ...(refused > refusals.length ? [`  And ${refused - refusals.length} more rows.`] : []),
    ...revisions.map((change) => `  Changes: ${change}`),
  ];
}

async function run(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        env: { type: "string" },
        committee: { type: "string" },
        store: { type: "string" },
      },
    });
    const [file, another] = positionals;
    if (!file || another) return refuse(USAGE);
    const settings = readProcessSettings(values.env ? ["--env", values.env] : []);
    const edges = {
      clock: createClock(settings.clock),
      print: (line: string) => void process.stdout.write(`${line}\n`),
    };
    return await importFile(openTables(settings), { file, ...values }, edges);
  } catch (error) {
    if (error instanceof SettingsError || error instanceof UserError) return refuse(error.message);
    // How parseArgs says that it does not know an option.
    if (error instanceof TypeError) return refuse(USAGE);
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return refuse(`The file is not there. ${USAGE}`);
    throw error;
  }
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}

if (process.argv[1] === import.meta.filename) void run().then((code) => (process.exitCode = code));
