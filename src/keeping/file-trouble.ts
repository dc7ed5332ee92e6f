import { UserError } from "../errors.ts";

/** What the system says of a file that cannot be written, and what to do about it. */
const UNWRITABLE: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `The folder of ${file} does not exist. Make it, or name another file.`,
  ENOTDIR: (file) => `The folder of ${file} is a file itself. Name another file.`,
  EEXIST: (file) => `${file} is there already. Name another file.`,
  EISDIR: (file) => `${file} is a folder. Name a file.`,
  EACCES: notYours,
  EPERM: notYours,
  EROFS: notYours,
  ENAMETOOLONG: () => "The name of the file is too long. Name another file.",
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: (file) => `${file} is larger than files may be there. Name one on another disk.`,
};
/** Where these come from, a file is not always named. A connection can be refused with EACCES too. */
const OF_FILES = new Set([
  "open",
  "access",
  "read",
  "write",
  "fsync",
  "rename",
  "unlink",
  "rm",
  "lstat",
]);

/**
 * What is thrown instead of a fault of the file system while a file is written: a UserError that
 * says what to do. Any other fault stays itself.
 */
export function unwritable(file: string, error: unknown): unknown {
  const code = codeOf(error);
  const words = code === undefined ? undefined : UNWRITABLE[code];
  return words ? new UserError(words(file), { cause: error }) : error;
}

/** The same while it is read. */
export function unreadable(file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  const words =
    code === "ENOENT" || code === "ENOTDIR"
      ? `There is no file ${file}.`
      : `${file} cannot be read (${code}). Name a file that you may read.`;
  return new UserError(words, { cause: error });
}

function notYours(file: string): string {
  return `You may not write ${file}. Name a file in a folder of yours.`;
}

function full(file: string): string {
  return `There is no room left for ${file}. Make room, or name a file on another disk.`;
}

/** The system's name for a fault of a file, such as ENOENT. */
function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: under jest, what Node itself throws is of another realm's class.
  if (typeof error !== "object" || error === null) return undefined;
  if (!("code" in error) || !("syscall" in error)) return undefined;
  const { code, syscall } = error;
  const isOfFile = typeof syscall === "string" && OF_FILES.has(syscall);
  return isOfFile && typeof code === "string" ? code : undefined;
}
