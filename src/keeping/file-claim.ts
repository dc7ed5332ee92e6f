import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { z } from "zod/v4";
import { UserError } from "../errors.ts";
import { isAbout } from "./backup-file.ts";

/** Who is writing a file: kept beside it, as FILE.claim. No two claims have the same token. */
const Claim = z.object({
  token: z.string().regex(/^[\w-]+$/),
  process: z.int().positive(),
  host: z.string(),
});
type Claim = Readonly<z.infer<typeof Claim>>;

/** What this process is writing: a claim with its number may be of an earlier one that had it. */
const held = new Set<string>();

/**
 * Does what needs a file alone. A claim whose process is gone is taken over, so whoever was killed
 * can be gone on with. Throws a UserError when somebody else is writing the file.
 */
export async function alone<Done>(file: string, work: () => Promise<Done>): Promise<Done> {
  const claim = `${file}.claim`;
  const mine: Claim = { token: randomUUID(), process: process.pid, host: hostname() };
  if (!(await created(claim, mine))) {
    await removeAbandoned(file, claim);
    if (!(await created(claim, mine))) throw taken(file, claim);
  }
  held.add(mine.token);
  try {
    return await work();
  } finally {
    await rm(claim, { force: true });
    held.delete(mine.token);
  }
}

/** False when there is one already. */
async function created(name: string, claim: Claim): Promise<boolean> {
  try {
    await writeFile(name, JSON.stringify(claim), { flag: "wx" });
    return true;
  } catch (error) {
    if (isAbout("EEXIST", error)) return false;
    // On a full disk it is there, and empty: nobody could tell whose it is.
    await rm(name, { force: true }).catch(() => undefined);
    throw error;
  }
}

/**
 * Only whoever makes the file named after a claim's token may remove that claim. So a slower one
 * never removes the claim that a quicker one has put in its place.
 */
async function removeAbandoned(file: string, claim: string): Promise<void> {
  const earlier = await read(claim);
  if (!earlier || isAtWork(earlier)) throw taken(file, claim, earlier);
  const right = `${claim}.${earlier.token}`;
  if (!(await created(right, earlier))) throw taken(file, claim);
  try {
    if ((await read(claim))?.token === earlier.token) await rm(claim, { force: true });
  } finally {
    await rm(right, { force: true });
  }
}

/** Undefined where it cannot be read, like one that a power failure has cut short. */
async function read(claim: string): Promise<Claim | undefined> {
  try {
    return Claim.parse(JSON.parse(await readFile(claim, "utf8")));
  } catch {
    return undefined;
  }
}

function isAtWork({ token, process: its, host }: Claim): boolean {
  // Nobody can tell here whether a process of another machine is gone.
  if (host !== hostname()) return true;
  if (its === process.pid) return held.has(token);
  try {
    process.kill(its, 0);
    return true;
  } catch (error) {
    return isAbout("EPERM", error);
  }
}

function taken(file: string, claim: string, by?: Claim): UserError {
  const who = by ? ` (process ${by.process} on ${by.host})` : "";
  return new UserError(
    `${file} is being written already${who}. Wait until that ends, or name another file. If nothing is writing it, remove ${claim} and try again.`,
  );
}
