import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import updates from "../data/updates.json" with { type: "json" };
import { createChampionStore } from "../src/champions/store.ts";
import { readSettings } from "../src/config.ts";
import { openTables } from "../src/tables.ts";
import { openTeamsClient, type PersonInTeams } from "./support/teams-client.ts";

const ROOT = join(__dirname, "..");
const COMMITTEE = "communities-and-partnership";
const FIELDS = {
  updates: "Updates",
  contacts: "New contacts, projects and priorities",
  goodPractice: "Community good practice",
} as const;
/** Starting everything and driving a browser through it takes longer than other tests. */
const PATIENCE_MS = 240_000;

let folder: string;
let started: ChildProcess;
let output: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "newcomer-"))));
afterEach(async () => {
  if (started.exitCode === null && started.signalCode === null) await interrupt();
  rmSync(folder, { recursive: true, force: true });
});

it(
  "takes a newcomer from npm start to the two updates of August 2019 in the channel's digest",
  async () => {
    const said = await start();
    const teams = await openTeamsClient(addressIn(said));
    await logUpdate(teams, "Huntingdonshire");
    await logUpdate(teams, "East Cambridgeshire");
    await teams.say("act as officer");
    await teams.cardThatSays("You are now Nick Mills");
    await teams.goToChannel("Committee room");
    await teams.post("use this channel for Communities and Partnership");
    await teams.cardThatSays("Use this channel for the digest?");
    await teams.press("Use this channel");
    await teams.cardThatSays("This channel gets the digest");
    await teams.press("Committee members and officers only");
    await teams.goToPersonalChat();
    await teams.say("post digest");
    await teams.cardThatSays("Post this digest?");
    await teams.press("Post the digest");
    const posted = await teams.cardThatSays("The digest is posted");
    await teams.goToChannel("Committee room");
    const digest = await teams.cardThatSays("Before the meeting on Thursday 10 October 2019");
    await teams.press("Read East Cambridgeshire");
    const whole = await teams.lastCard();
    await teams.close();
    const stopped = await interrupt();
    const restarted = await start();
    const again = await openTeamsClient(addressIn(restarted));
    await again.say("act as champion for Huntingdonshire");
    await again.say("my updates");
    const year = await again.cardThatSays("Your updates for Huntingdonshire");
    const kept = await rows();
    await again.close();

    const [costello, every] = updates.written;
    expect(said).toContain("You are Jan French. It is Wednesday 25 September 2019, 9am");
    expect(said.match(/^ {4}[a-z][a-z ]+$/gm)).toHaveLength(5);
    expect(posted).toContain("The digest is posted");
    expect(digest).toContain("Huntingdonshire, Adela Costello");
    expect(digest).toContain("Discussions held to launch Essentials by Sue in Sawtry");
    expect(digest).toContain("Fenland: Jan French");
    expect(whole).toContain(every?.sections.updates.at(-1));
    expect(stopped).toContain("Stopped. What you did is saved.");
    expect(year).toContain("Submitted by Adela Costello at 9am on 25 September 2019");
    expect(kept).toEqual([costello?.sections, every?.sections]);
  },
  PATIENCE_MS,
);

async function logUpdate(teams: PersonInTeams, place: string) {
  const district = place.toLowerCase().replace(" ", "-");
  const written = updates.written.find((update) => update.district === district);
  if (!written) throw new Error(`No update of ${place} in the sample`);
  await teams.say(`act as champion for ${place}`);
  await teams.say("log update");
  // The card that replaced the form before may arrive between question and answer.
  await teams.cardThatSays(`Monthly update for ${place}`);
  for (const [section, label] of Object.entries(FIELDS))
    await teams.fill(label, written.sections[section as keyof typeof FIELDS].join("\n"));
  await teams.press("Submit");
  await teams.cardThatSays(`${place}, September 2019`);
}

async function rows() {
  const record: unknown = JSON.parse(readFileSync(join(folder, "emulator.json"), "utf8"));
  const { port } = (record as { emulator: { port: number } }).emulator;
  const environment = {
    MODE: "local",
    HOST: "127.0.0.1",
    TABLES_CONNECTION_STRING: `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;TableEndpoint=http://127.0.0.1:${port}/devstoreaccount1;`,
  };
  const store = createChampionStore(openTables(readSettings(environment)));
  const found = await Promise.all(
    ["huntingdonshire", "east-cambridgeshire"].map((district) =>
      store.find(COMMITTEE, "2019-09", district),
    ),
  );
  return found.map((stored) => stored?.update.sections);
}

/** Runs `npm start` in a process group of its own, as a terminal does, until it says it is ready. */
async function start(): Promise<string> {
  started = spawn("npm", ["start", "--", "--folder", folder], { cwd: ROOT, detached: true });
  output = "";
  const ready = new Promise<void>((resolve) => {
    started.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("To stop, press Ctrl-C")) resolve();
    });
  });
  await Promise.race([ready, once(started, "exit")]);
  return output;
}

/** Ctrl-C reaches the whole process group. Gives all that was said, to the very end. */
async function interrupt(): Promise<string> {
  const closed = once(started, "close");
  process.kill(-(started.pid ?? 0), "SIGINT");
  await closed;
  return output;
}

function addressIn(said: string): string {
  return /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
}
