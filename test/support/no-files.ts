import type { Files } from "../../src/paper.ts";

/** Where no file is handed to anybody: no questions, no links. */
export const NO_FILES: Files = {
  canAsk: false,
  ask: untouched,
  upload: untouched,
  show: untouched,
  replace: untouched,
  linkTo: () => undefined,
};

async function untouched(): Promise<never> {
  throw new Error("A file was handed over");
}
