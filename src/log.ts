import { pino, type DestinationStream, type Logger } from "pino";
import { currentTrace } from "./measuring.ts";

/**
 * The one log: a JSON line each. An error is written by its kind, message and place in the code
 * only: the errors of the SDKs carry whole requests, with what people typed and with tokens.
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainError },
    // A line is found from its trace, and the trace from the line with somebody's reference.
    mixin: () => {
      const trace = currentTrace();
      return trace ? { trace } : {};
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, stack = "", cause } = error;
  // What could not be read as JSON is quoted in the error, and it can be what somebody typed.
  const isQuote = error instanceof SyntaxError;
  const message = isQuote ? "unreadable JSON" : error.message;
  const where = isQuote ? stack.split("\n").slice(1).join("\n") : stack;
  const status = "statusCode" in error ? error.statusCode : undefined;
  const inner = cause === undefined ? {} : { cause: plainError(cause) };
  // A service's message ends in request ids and times on lines of their own.
  return { type: name, message: message.split("\n", 1)[0], status, stack: where, ...inner };
}
