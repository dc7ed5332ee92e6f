import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../errors.ts";
import type { ImportParts } from "./checking.ts";

/** Pauses before each further try of one call, in milliseconds. */
const PAUSES = [200, 1000, 3000, 8000, 15_000];
/** How the tables' client says that a call took too long or did not get through. */
const SLOW = new Set(["AbortError", "TimeoutError"]);
const AGAIN = new Set([408, 429, 500, 502, 503, 504]);

/**
 * The same stores, for work that nobody waits for: one slow call among thousands does not end an
 * import. Each call is tried again a few times. Every one of them may be done twice. Throws a
 * UserError when the tables still do not answer.
 */
export function withPatience({ imports, definitions, figures }: ImportParts): ImportParts {
  return {
    imports: {
      ...imports,
      find: patiently(imports.find),
      save: patiently(imports.save),
      advance: patiently(imports.advance),
      putAside: patiently(imports.putAside),
      saveChunk: patiently(imports.saveChunk),
      chunkAt: patiently(imports.chunkAt),
      close: patiently(imports.close),
    },
    definitions: {
      ...definitions,
      indicatorsOf: patiently(definitions.indicatorsOf),
      save: patiently(definitions.save),
    },
    figures: {
      figuresOf: patiently(figures.figuresOf),
      everyRevisionOf: patiently(figures.everyRevisionOf),
      add: patiently(figures.add),
    },
  };
}

function patiently<Given extends unknown[], Result>(call: (...given: Given) => Promise<Result>) {
  return async (...given: Given): Promise<Result> => {
    for (const milliseconds of PAUSES) {
      try {
        return await call(...given);
      } catch (error) {
        if (!isSlow(error)) throw error;
        await pause(milliseconds);
      }
    }
    try {
      return await call(...given);
    } catch (error) {
      if (!isSlow(error)) throw error;
      throw new UserError(
        "The tables do not answer at the moment. What was stored stays, and nothing is stored twice. Wait a few minutes, then do the same again.",
      );
    }
  };
}

function isSlow(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (SLOW.has(error.name)) return true;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown }; // as the client's errors have them
  if (typeof statusCode === "number") return AGAIN.has(statusCode);
  return typeof code === "string" && /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|REQUEST_SEND)/.test(code);
}
