import { TableClient } from "@azure/data-tables";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "../src/local/free-port.ts";
import { startTableEmulator } from "../src/local/table-emulator.ts";
import { startTeamsClient } from "../src/local/teams-client.ts";

const ROOT = join(__dirname, "..");
const START = join(ROOT, "src", "local", "start.mjs");
// Away from the ports of `npm start`, which may be running beside the tests.
const TABLES_PORT = 12_002;
const TEAMS_PORT = 58_150;

/** The number of a process that is gone: larger than any. */
const GONE = 4_194_305;
const RECORD = { token: "a", launcher: GONE, emulator: { pid: GONE, port: TABLES_PORT } };
/** By then programs that are started together have loaded, and go on at the same moment. */
const LONGEST_LOADING_MS = 2500;
const LONGER_THAN_ONE_PRESS_MS = 400;

let folder: string;
const toStop: { stop(): Promise<void> }[] = [];
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "local-"))));
afterEach(async () => {
  for (const part of toStop.splice(0)) await part.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the table emulator", () => {
  it("keeps rows over stop and start", async () => {
    const first = await emulator();
    await writeRow(first.connectionString);
    await first.stop();

    const second = await emulator();

    expect(await readNote(second.connectionString)).toBe("kept");
  });

  it("keeps rows when the program that started it is killed", async () => {
    const launcher = launch(`
      import { startTableEmulator } from ${JSON.stringify(join(ROOT, "src", "local", "table-emulator.ts"))};
      const options = { dataFolder: ${JSON.stringify(folder)}, port: ${TABLES_PORT} };
      console.log((await startTableEmulator(options)).connectionString);
    `);
    await writeRow(await firstLine(launcher));
    await killed(launcher);

    const next = await emulator();

    expect(await readNote(next.connectionString)).toBe("kept");
  });

  it("starts empty when it is asked to start fresh", async () => {
    const first = await emulator();
    await writeRow(first.connectionString);
    await first.stop();

    const fresh = await emulator({ fresh: true });

    await expect(readNote(fresh.connectionString)).rejects.toMatchObject({ statusCode: 404 });
  });

  it("refuses tables that another one has open", async () => {
    await emulator();

    await expect(emulator()).rejects.toThrow("The bot is already running from this folder");
  });

  it.each([
    ["of an emulator that is gone", JSON.stringify(RECORD)],
    ["of a launcher that was killed before its emulator ran", `{"launcher":${GONE}}`],
    ["cut short", '{"launch'],
  ])(
    "lets one of several starts at once have the tables after a record %s",
    async (_what, record) => {
      writeFileSync(join(folder, "emulator.json"), record);

      const starts = await Promise.allSettled([emulator(), emulator(), emulator(), emulator()]);

      const refused = starts.filter(({ status }) => status === "rejected");
      const again = emulator();
      expect(refused).toHaveLength(3);
      await expect(again).rejects.toThrow("The bot is already running from this folder");
      expect(readdirSync(folder).toSorted()).toEqual(["emulator.json", "emulator.log", "tables"]);
    },
  );

  it("lets one of several programs that start at once have the tables", async () => {
    writeFileSync(join(folder, "emulator.json"), JSON.stringify(RECORD));
    const at = Date.now() + LONGEST_LOADING_MS;
    const starts = [0, 1, 2].map(() =>
      launch(`
        import { startTableEmulator } from ${JSON.stringify(join(ROOT, "src", "local", "table-emulator.ts"))};
        const options = { dataFolder: ${JSON.stringify(folder)}, port: ${TABLES_PORT} };
        await new Promise((resolve) => setTimeout(resolve, ${at} - Date.now()));
        await startTableEmulator(options).then(() => console.log("started"), () => console.log("refused"));
      `),
    );

    const ends = await Promise.all(starts.map(firstLine));

    expect(ends.toSorted()).toEqual(["refused", "refused", "started"]);
  });

  it("takes the tables over when a start was killed while it did so", async () => {
    writeFileSync(join(folder, "emulator.json"), JSON.stringify(RECORD));
    const rights = `{"token":"b","launcher":${GONE}}`;
    writeFileSync(join(folder, "emulator.json.a"), rights);

    const { connectionString } = await emulator();
    await writeRow(connectionString);

    expect(await readNote(connectionString)).toBe("kept");
  });

  it("leaves nothing beside its tables and its log when it has stopped", async () => {
    const { stop } = await emulator();

    await stop();

    expect(readdirSync(folder).toSorted()).toEqual(["emulator.log", "tables"]);
  });

  it("takes another port when the wanted one is taken", async () => {
    const wanted = await occupiedPort();

    const { port, connectionString } = await emulator({ port: wanted });
    await writeRow(connectionString);

    expect(port).toBeGreaterThan(wanted);
    expect(await readNote(connectionString)).toBe("kept");
  });

  it("is gone when it has stopped", async () => {
    const { pid, stop } = await emulator();

    await stop();

    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});

describe("the local Teams client", () => {
  it("answers at 127.0.0.1 and at no other address of this computer", async () => {
    const { port, person } = await teamsClient();

    const answering = await addressesThatAnswer(port);

    expect(answering).toEqual(["127.0.0.1"]);
    expect(person).toBe("Jan French");
  });

  it("takes another port when the wanted one is taken", async () => {
    const wanted = await occupiedPort();

    const { port, url } = await teamsClient(wanted);

    expect(port).toBeGreaterThan(wanted);
    expect((await fetch(url)).status).toBe(200);
  });

  it("is gone when it has stopped", async () => {
    const { pid, stop } = await teamsClient();

    await stop();

    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});

describe("npm start", () => {
  it("says in one line what is needed when Node is too old", async () => {
    const { code, said } = await runStart([], "v20.20.2");

    expect(code).toBe(1);
    expect(said).toMatch(/^This needs Node 24, or 22\.18 at least, and found v20\.20\.2\. .*\n$/);
  });

  it("says how it is used when it does not know an option", async () => {
    const { code, said } = await runStart(["--frsh"]);

    expect(code).toBe(1);
    expect(said).toMatch(/^Usage: npm start .*starts the bot/);
  });

  it.each([
    ["where the system makes none", () => "/proc/nope"],
    ["inside one where the system makes none", () => "/proc/nope/deeper"],
    ["inside a file", () => join(START, "deeper")],
    ["that is a file", () => START],
    ["where nobody can write", () => "/proc"],
  ])("says what to do about a folder %s", async (_what, named) => {
    const { code, said } = await runStart(["--folder", named()]);

    expect(code).toBe(1);
    expect(said.trim()).toMatch(/^The folder .* cannot be used \(E\w+\)\. .*--folder FOLDER$/);
  });

  it("ends at the second Ctrl-C, whatever it waits for", async () => {
    const child = spawn(process.execPath, [START, "--folder", folder]);
    toStop.push({ stop: () => killed(child) });
    const pid = await emulatorStarted();
    process.kill(pid, "SIGSTOP");
    child.kill("SIGINT");
    await untilSaid(child, "Stopping.");
    await pause(LONGER_THAN_ONE_PRESS_MS);
    const afterFirst = child.exitCode ?? child.signalCode;

    child.kill("SIGINT");
    await once(child, "exit");
    process.kill(pid, "SIGCONT");

    expect(afterFirst).toBeNull();
    // It saves, and its folder is taken away only then.
    while (isAlive(pid)) await pause(50);
  });

  it("ends at the second Ctrl-C also when many come in quick succession", async () => {
    const child = spawn(process.execPath, [START, "--folder", folder]);
    toStop.push({ stop: () => killed(child) });
    const pid = await emulatorStarted();
    process.kill(pid, "SIGSTOP");
    const presses = setInterval(() => child.kill("SIGINT"), 100);

    const [, signal] = await once(child, "exit");
    clearInterval(presses);
    process.kill(pid, "SIGCONT");

    expect(signal).toBe("SIGKILL");
    while (isAlive(pid)) await pause(50);
  });
});

/** The process of the emulator, as soon as a start has noted it. */
async function emulatorStarted(): Promise<number> {
  for (;;) {
    const file = join(folder, "emulator.json");
    const record = existsSync(file) ? readFileSync(file, "utf8") : "";
    const [, pid] = /"pid":(\d+)/.exec(record) ?? [];
    if (pid) return Number(pid);
    await pause(20);
  }
}

async function untilSaid({ stdout }: ChildProcess, words: string): Promise<void> {
  let said = "";
  // Every program of these tests has a pipe for what it says.
  while (!said.includes(words)) said += String(await once(stdout as Readable, "data"));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function emulator(options: { port?: number; fresh?: boolean } = {}) {
  const port = options.port ?? (await freePort(TABLES_PORT));
  const started = await startTableEmulator({ ...options, dataFolder: folder, port });
  toStop.push(started);
  return started;
}

async function teamsClient(port = TEAMS_PORT) {
  // It waits until something answers where the bot should be.
  const bot = await listening(
    createHttpServer((_, response) => response.end()),
    0,
  );
  const botUrl = `http://127.0.0.1:${bot}`;
  const started = await startTeamsClient({ botUrl, dataFolder: folder, port });
  toStop.push(started);
  return started;
}

function table(connectionString: string): TableClient {
  const options = { allowInsecureConnection: true };
  return TableClient.fromConnectionString(connectionString, "notes", options);
}

async function writeRow(connectionString: string): Promise<void> {
  await table(connectionString).createTable();
  await table(connectionString).createEntity({ partitionKey: "a", rowKey: "b", note: "kept" });
}

async function readNote(connectionString: string): Promise<unknown> {
  const row = await table(connectionString).getEntity<{ note: unknown }>("a", "b");
  return row.note;
}

/** A port that a server of this test listens on. */
async function occupiedPort(): Promise<number> {
  return listening(createServer(), await freePort(TEAMS_PORT + 1000));
}

async function listening(server: Server, wanted: number): Promise<number> {
  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  toStop.push({ stop: () => new Promise((resolve) => server.close(() => resolve())) });
  // A server that listens at a port has such an address, not the path of a pipe.
  return (server.address() as AddressInfo).port;
}

// On Linux 127.0.0.2 reaches whatever listens on every address, also where there is no network.
async function addressesThatAnswer(port: number): Promise<string[]> {
  const known = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  const addresses = new Set(["127.0.0.1", "127.0.0.2", ...known.map(({ address }) => address)]);
  const answers = await Promise.all([...addresses].map((address) => doesAnswer(address, port)));
  return [...addresses].filter((_, index) => answers[index]);
}

async function doesAnswer(address: string, port: number): Promise<boolean> {
  const host = address.includes(":") ? `[${address}]` : address;
  return fetch(`http://${host}:${port}/`).then(
    () => true,
    () => false,
  );
}

function launch(program: string): ChildProcess {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], { cwd: ROOT });
  toStop.push({ stop: () => killed(child) });
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.signalCode !== null || child.exitCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  for await (const chunk of stdout ?? []) return String(chunk).trim();
  throw new Error("The program ended without a word.");
}

/** Runs the entry of `npm start` until it ends by itself, under the Node of the tests or as if under another. */
async function runStart(args: string[], version = process.version) {
  const pretence = `Object.defineProperty(process, "version", { value: "${version}" })`;
  const preload = `data:text/javascript,${encodeURIComponent(pretence)}`;
  const child = spawn(process.execPath, ["--import", preload, START, ...args]);
  toStop.push({ stop: () => killed(child) });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return { said, code };
}
