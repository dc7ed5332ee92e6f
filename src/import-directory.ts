import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { Logger } from "pino";
import { createClock, type Clock } from "./calendar.ts";
import { createCommitteeStore } from "./committee/store.ts";
import { readProcessSettings, SettingsError, type Settings } from "./config.ts";
import { createImporting } from "./directory/feed/importing.ts";
import { LARGEST_FILE, readList } from "./directory/feed/list.ts";
import { addressGuard } from "./directory/feed/public-address.ts";
import { counted, feedId, inWords, isHeld, isUnfinished } from "./directory/feed/rules.ts";
import { listSource } from "./directory/feed/source.ts";
import { createFeedStore } from "./directory/feed/store.ts";
import { FeedTrouble } from "./directory/feed/trouble.ts";
import { createServiceStore } from "./directory/store.ts";
import { UserError } from "./errors.ts";
import { createLog } from "./log.ts";
import { openTables, type Tables } from "./tables.ts";

const USAGE = `Usage: npm run import-directory -- FILE_OR_URL               into the tables of env/.env.production
       npm run import-directory -- FILE_OR_URL --env NAME    into those of env/.env.NAME`;
const LOOK_EVERY_MS = 2000;
const AT_WORK =
  "Another run may be at work on this, or one was stopped before it could say so. Nothing was done. Try again in 5 minutes: it goes on from the page that was reached.";

type Print = (line: string) => void;

/** What the import stands on. */
interface CommandParts {
  readonly tables: Tables;
  readonly clock: Clock;
  readonly log: Logger;
  readonly isLoopbackAllowed: boolean;
}

/**
 * Reads a feed or a file into the directory, as `import directory` does in a chat. A feed that was
 * broken off goes on from its page. Gives the exit code.
 */
export async function importDirectory(what: string, parts: CommandParts, print: Print) {
  const { tables, clock, log, isLoopbackAllowed } = parts;
  const [committee] = await createCommitteeStore(tables).committees();
  if (!committee) throw new UserError("There is no committee in the tables yet. Load one first.");
  const store = createFeedStore(tables);
  const wallClock = createClock();
  const guard = addressGuard({ isLoopbackAllowed });
  const importing = createImporting({
    ...{ store, guard, log, directory: createServiceStore(tables), wallClock },
    tell: async () => undefined,
  });
  const isFeed = /^https?:\/\//i.test(what);
  const url = isFeed ? guard.check(what) : undefined;
  const list = isFeed ? undefined : readList(readFile(what));
  const name = url?.host ?? basename(what);
  const id = feedId(committee.id, url?.href ?? `list ${name}`);
  const known = (await store.find(id))?.feed;
  const feed = { id, committee: committee.id, name, isDaily: known?.isDaily ?? false };
  const now = clock();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, importing.stop);
  await importing.begin({ ...feed, ...(url && { url: url.href }) }, now, true);
  const look = setInterval(() => void tell().catch(() => undefined), LOOK_EVERY_MS);
  try {
    const source = list && listSource(list.records, list.standard);
    await importing.carryOn(id, committee, now, source);
  } finally {
    clearInterval(look);
  }
  const reading = await tell();
  const faults = reading ? await store.faultsOf({ feed: id, run: reading.run }) : [];
  for (const fault of faults) print(`  ${fault.id}: ${fault.reason}`);
  if (reading?.problem) print(reading.problem);
  if (reading && isUnfinished(reading) && isHeld(reading, wallClock())) print(AT_WORK);
  if (reading?.state === "held") print("Type directory feeds in a chat with the bot to decide.");
  return reading?.state === "done" ? 0 : 1;

  async function tell() {
    const reading = (await store.find(id))?.feed.reading;
    if (!reading) return undefined;
    const { state, pages, records, total, added, changed, same, refused, kept, vanished } = reading;
    const of = total === undefined ? "" : ` of ${inWords(total)}`;
    print(
      `${state}: ${inWords(records)}${of} services read, ${counted(pages, "page")}; new ${inWords(added)}, changed ${inWords(changed)}, the same ${inWords(same)}, gone ${inWords(vanished)}, not taken ${inWords(refused + kept)}`,
    );
    return reading;
  }
}

function readFile(file: string): string {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new UserError(`There is no file ${file}.`);
  if (size > LARGEST_FILE)
    throw new UserError(`${file} is larger than ${LARGEST_FILE / 1_000_000} MB. Split it.`);
  return readFileSync(file, "utf8");
}

function partsOf(settings: Settings): CommandParts {
  return {
    tables: openTables(settings),
    clock: createClock(settings.clock),
    log: createLog(settings.logLevel),
    isLoopbackAllowed: settings.mode === "local",
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(): Promise<number> {
  try {
    const options = { env: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [what, ...others] = positionals;
    if (!what || others.length > 0) throw new UserError(USAGE);
    const settings = readProcessSettings(values.env === undefined ? [] : ["--env", values.env]);
    return await importDirectory(what, partsOf(settings), print);
  } catch (error) {
    const isForPeople =
      error instanceof UserError || error instanceof SettingsError || error instanceof FeedTrouble;
    // How parseArgs says that it does not know an option.
    if (!isForPeople && !(error instanceof TypeError)) throw error;
    process.stderr.write(`${isForPeople ? error.message : USAGE}\n`);
    return 1;
  }
}

// At once: a connection that is kept open for the next call would hold the program for a while.
if (process.argv[1] === import.meta.filename) void run().then((code) => process.exit(code));
