import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { UserError } from "../errors.ts";

/**
 * Makes a folder and those above it that are missing, or throws a UserError. Node's own recursive
 * `mkdir` tries for ever where the system says that a folder which is there is not, as in /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    for (const folder of await missingFolders(resolve(path)))
      await mkdir(folder).catch(unlessThere);
  } catch (error) {
    throw unusable(path, error);
  }
}

/** What is said of a folder that cannot be used. A fault that is not the file system's stays itself. */
export function unusable(folder: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  return new UserError(
    `The folder ${resolve(folder)} cannot be used (${code}). Name one that you may write to: npm start -- --folder FOLDER`,
    { cause: error },
  );
}

/** The system's name for what went wrong, such as ENOENT, or undefined when it is something else. */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: under jest, what Node itself throws is of another realm's class.
  const hasCode = typeof error === "object" && error !== null && "code" in error;
  return hasCode && typeof error.code === "string" ? error.code : undefined;
}

/** The folders to make, the outermost first: up to the nearest one that is there. */
async function missingFolders(path: string): Promise<string[]> {
  const missing: string[] = [];
  for (let folder = path; !(await isThere(folder)); folder = dirname(folder))
    missing.unshift(folder);
  return missing;
}

async function isThere(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return true;
    throw Object.assign(new Error(`${path} is not a folder`), { code: "ENOTDIR" });
  } catch (error) {
    // The top of a disk that is not there has no folder above it, so it is left to `mkdir` to fail.
    if (codeOf(error) === "ENOENT") return dirname(path) === path;
    throw error;
  }
}

// Another start may be making the same one.
function unlessThere(error: unknown): void {
  if (codeOf(error) !== "EEXIST") throw error;
}
